//! A body in chunks, each signed with the signature before it.
//!
//! AWS pages: S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in
//! Multiple Chunks", and the same "... Including Trailing Headers". Entry: [`ChunkSignatures`].

use super::canonical_request::{EMPTY_PAYLOAD, payload_hash};
use super::signing_key::{signature, signing_key};
use super::verify::equal_in_constant_time;
use super::{CredentialScope, Provided};
use crate::clock::Timestamp;

/// The chain of signatures of a body's chunks.
#[derive(Debug, Clone)]
pub struct ChunkSignatures {
    key: [u8; 32],
    at: Timestamp,
    scope: CredentialScope,
    /// 64 hexadecimal digits.
    previous: String,
}

impl ChunkSignatures {
    /// The chain begins with the signature of the headers.
    pub fn new(provided: &Provided, secret: &str) -> Self {
        ChunkSignatures {
            key: signing_key(secret, &provided.scope),
            at: provided.at,
            scope: provided.scope.clone(),
            previous: provided.signature.clone(),
        }
    }

    /// Whether this signature is that of the next chunk.
    pub fn fits(&mut self, chunk: &[u8], provided: &str) -> bool {
        let hashes = [EMPTY_PAYLOAD, "\n", &payload_hash(chunk)].concat();
        let computed = self.sign("AWS4-HMAC-SHA256-PAYLOAD", &hashes);
        let fits = equal_in_constant_time(computed.as_bytes(), provided.as_bytes());
        self.previous = computed;
        fits
    }

    /// Whether this signature is that of the trailers, a `name:value` line each.
    pub fn fits_trailers(&self, trailers: &str, provided: &str) -> bool {
        let computed = self.sign("AWS4-HMAC-SHA256-TRAILER", &payload_hash(trailers.as_bytes()));
        equal_in_constant_time(computed.as_bytes(), provided.as_bytes())
    }

    fn sign(&self, algorithm: &str, hashes: &str) -> String {
        let scope = self.scope.to_string();
        let lines = [algorithm, &self.at.amz_date(), &scope, &self.previous, hashes];
        signature(&self.key, &lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::ProvidedIn;

    /// The example of AWS's page: 64 KB and 1 KB of the letter a.
    #[test]
    fn the_documented_example_fits() {
        let provided = Provided {
            place: ProvidedIn::Header,
            access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
            scope: CredentialScope {
                date: "20130524".into(),
                region: "us-east-1".into(),
                service: "s3".into(),
            },
            signed_headers: Vec::new(),
            signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9".into(),
            at: Timestamp::parse_amz_date("20130524T000000Z").unwrap(),
            session_token: None,
        };
        let mut chain = ChunkSignatures::new(&provided, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let first = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
        let second = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
        let last = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
        assert!(chain.fits(&[b'a'; 65_536], first));
        assert!(chain.fits(&[b'a'; 1024], second));
        assert!(!chain.clone().fits(b"x", last));
        assert!(chain.fits(b"", last));
    }
}
