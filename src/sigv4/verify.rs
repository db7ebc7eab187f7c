//! A service reads a request's signature and computes it again.
//!
//! AWS pages: as for signing; S3 API Reference, "Error responses" for what a fault leads to. The clock and the
//! credential's own validity are the services' business.

use super::CredentialScope;
use super::canonical_request::{UNSIGNED_PAYLOAD, canonical_request, payload_hash};
use super::signing_key::{signature, signing_key};
use super::string_to_sign::{ALGORITHM, string_to_sign};
use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::http::Request;
use crate::sorted::SortedSet;

/// The longest life of a signed URL: seven days.
const MAX_EXPIRES: i64 = 604_800;

/// Where a request carries its signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvidedIn {
    /// In the `Authorization` header.
    Header,
    /// In the query, good for this many seconds.
    Query {
        /// X-Amz-Expires.
        expires: i64,
    },
}

/// What a request says about its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provided {
    /// Header or query.
    pub place: ProvidedIn,
    /// `AKIA...` or `ASIA...`.
    pub access_key_id: String,
    /// Day, region, service.
    pub scope: CredentialScope,
    /// Names in lower case, in the order given.
    pub signed_headers: Vec<String>,
    /// Hexadecimal digits.
    pub signature: String,
    /// The client's clock when it signed.
    pub at: Timestamp,
    /// The session token, if one is sent.
    pub session_token: Option<String>,
}

/// Why what a request says about its signature can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorizationFault {
    /// Another algorithm, such as Signature Version 2.
    UnsupportedAlgorithm,
    /// A signature in the header and one in the query.
    Twice,
    /// This part is missing.
    Missing(&'static str),
    /// This part isn't of its form.
    Malformed(&'static str),
    /// The date of the scope isn't the date of the request.
    DateMismatch {
        /// Eight digits, from the scope.
        scope: String,
        /// X-Amz-Date.
        at: String,
    },
}

/// The signature computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The request in its canonical form.
    pub canonical_request: String,
    /// What the key signs.
    pub string_to_sign: String,
    /// The signature that the request should carry.
    pub signature: String,
    /// Whether it does.
    pub matches: bool,
    /// Whether the body is the one whose hash was signed.
    pub payload_matches: bool,
}

/// Reads the signature of a request: `Ok(None)` if it carries none.
///
/// # Errors
/// [`AuthorizationFault`] names the part that is missing or malformed.
pub fn parse_authorization(request: &Request) -> Result<Option<Provided>, AuthorizationFault> {
    let pairs = request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    let find = |name: &str| pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    if let Some(header) = request.header("authorization") {
        if find("X-Amz-Algorithm").is_some() || find("X-Amz-Signature").is_some() {
            return Err(AuthorizationFault::Twice);
        }
        return parse_header(request, header).map(Some);
    }
    if find("AWSAccessKeyId").is_some() && find("Signature").is_some() {
        return Err(AuthorizationFault::UnsupportedAlgorithm);
    }
    if find("X-Amz-Algorithm").is_none() && find("X-Amz-Signature").is_none() {
        return Ok(None);
    }
    parse_query(&find).map(Some)
}

fn parse_header(request: &Request, header: &str) -> Result<Provided, AuthorizationFault> {
    let (algorithm, rest) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
    if algorithm != ALGORITHM {
        return Err(AuthorizationFault::UnsupportedAlgorithm);
    }
    let part = |name: &'static str| {
        rest.split(',')
            .filter_map(|part| part.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
            .ok_or(AuthorizationFault::Missing(name))
    };
    let credential = part("Credential")?;
    let (names, signature) = (part("SignedHeaders")?, part("Signature")?);
    let (access_key_id, scope) =
        CredentialScope::parse_credential(credential).ok_or(AuthorizationFault::Malformed("Credential"))?;
    let date = request.header("x-amz-date").ok_or(AuthorizationFault::Missing("X-Amz-Date"))?;
    let at = Timestamp::parse_amz_date(date).ok_or(AuthorizationFault::Malformed("X-Amz-Date"))?;
    if !date.starts_with(&scope.date) {
        return Err(AuthorizationFault::DateMismatch { scope: scope.date, at: date.to_string() });
    }
    Ok(Provided {
        place: ProvidedIn::Header,
        access_key_id: access_key_id.to_string(),
        scope,
        signed_headers: names.split(';').map(str::to_string).gather(),
        signature: signature.to_string(),
        at,
        session_token: request.header("x-amz-security-token").map(str::to_string),
    })
}

fn parse_query<'a>(find: &dyn Fn(&str) -> Option<&'a str>) -> Result<Provided, AuthorizationFault> {
    let part = |name: &'static str| find(name).ok_or(AuthorizationFault::Missing(name));
    if part("X-Amz-Algorithm")? != ALGORITHM {
        return Err(AuthorizationFault::UnsupportedAlgorithm);
    }
    let (access_key_id, scope) = CredentialScope::parse_credential(part("X-Amz-Credential")?)
        .ok_or(AuthorizationFault::Malformed("X-Amz-Credential"))?;
    let (names, signature) = (part("X-Amz-SignedHeaders")?, part("X-Amz-Signature")?);
    let date = part("X-Amz-Date")?;
    let at = Timestamp::parse_amz_date(date).ok_or(AuthorizationFault::Malformed("X-Amz-Date"))?;
    let expires: i64 =
        part("X-Amz-Expires")?.parse().map_err(|_| AuthorizationFault::Malformed("X-Amz-Expires"))?;
    if !(0..=MAX_EXPIRES).contains(&expires) {
        return Err(AuthorizationFault::Malformed("X-Amz-Expires"));
    }
    if !date.starts_with(&scope.date) {
        return Err(AuthorizationFault::DateMismatch { scope: scope.date, at: date.to_string() });
    }
    Ok(Provided {
        place: ProvidedIn::Query { expires },
        access_key_id: access_key_id.to_string(),
        scope,
        signed_headers: names.split(';').map(str::to_string).gather(),
        signature: signature.to_string(),
        at,
        session_token: find("X-Amz-Security-Token").map(str::to_string),
    })
}

/// Headers that must be signed and aren't: `Host` and every `X-Amz-...` header.
pub fn unsigned_headers(request: &Request, provided: &Provided) -> Vec<String> {
    let names = request.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let must_be = names.filter(|name| name == "host" || name.starts_with("x-amz-"));
    let unsigned: SortedSet<String> = must_be.filter(|name| !provided.signed_headers.contains(name)).gather();
    unsigned.into_iter().gather()
}

/// Computes the signature of a received request again and compares it in constant time.
pub fn verify(request: &Request, provided: &Provided, secret: &str) -> Verification {
    let s3 = provided.scope.service == "s3";
    let stated = request.header("x-amz-content-sha256").filter(|_| s3);
    let actual = payload_hash(&request.body.0);
    let hash = match (stated, provided.place) {
        (Some(stated), _) => stated,
        (None, ProvidedIn::Query { .. }) if s3 => UNSIGNED_PAYLOAD,
        (None, _) => actual.as_str(),
    };
    let canonical_request =
        canonical_request(request, &provided.scope.service, &provided.signed_headers, hash);
    let string_to_sign = string_to_sign(provided.at, &provided.scope, &canonical_request);
    let signature = signature(&signing_key(secret, &provided.scope), &string_to_sign);
    let matches = equal_in_constant_time(signature.as_bytes(), provided.signature.as_bytes());
    let is_hash = hash.len() == actual.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let payload_matches = !is_hash || hash.eq_ignore_ascii_case(&actual);
    Verification { canonical_request, string_to_sign, signature, matches, payload_matches }
}

/// Looks at every byte, whatever the first difference.
pub fn equal_in_constant_time(one: &[u8], other: &[u8]) -> bool {
    let difference = one.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b));
    one.len() == other.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::{SigningKeyParams, presign, sign};
    use proptest::prelude::*;

    fn params(service: &str) -> SigningKeyParams<'_> {
        SigningKeyParams {
            access_key_id: "ASIAEXAMPLE",
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            session_token: Some("token"),
            region: "us-east-1",
            service,
            at: Timestamp(1_767_776_400_000),
        }
    }

    fn verified(request: &Request) -> bool {
        let provided = parse_authorization(request).unwrap().unwrap();
        let answer = verify(request, &provided, params("s3").secret);
        answer.matches && answer.payload_matches
    }

    #[test]
    fn says_what_is_missing_or_malformed() {
        let with = |value: &str| {
            parse_authorization(&Request::new("GET", "https://h/").with_header("Authorization", value))
        };
        let credential = "Credential=A/20260107/us-east-1/s3/aws4_request";
        assert_eq!(with("AWS AKIA:sig"), Err(AuthorizationFault::UnsupportedAlgorithm));
        assert_eq!(with(ALGORITHM), Err(AuthorizationFault::Missing("Credential")));
        assert_eq!(
            with(&format!("{ALGORITHM} {credential}")),
            Err(AuthorizationFault::Missing("SignedHeaders"))
        );
        let whole = format!("{ALGORITHM} {credential}, SignedHeaders=host, Signature=00");
        assert_eq!(with(&whole), Err(AuthorizationFault::Missing("X-Amz-Date")));
        assert_eq!(
            with(&whole.replace("20260107", "2026")),
            Err(AuthorizationFault::Malformed("Credential"))
        );
        assert_eq!(parse_authorization(&Request::new("GET", "https://h/")), Ok(None));
        let old = Request::new("GET", "https://h/?AWSAccessKeyId=A&Signature=s&Expires=1");
        assert_eq!(parse_authorization(&old), Err(AuthorizationFault::UnsupportedAlgorithm));
    }

    #[test]
    fn a_header_left_out_of_the_signature_is_named() {
        let signed = sign(&Request::new("GET", "https://b.s3.amazonaws.com/k"), &params("s3"));
        let request = signed.request.with_header("X-Amz-Meta-A", "1");
        let provided = parse_authorization(&request).unwrap().unwrap();
        assert_eq!(unsigned_headers(&request, &provided), ["x-amz-meta-a"]);
    }

    proptest! {
        #[test]
        fn a_signed_request_verifies_and_any_changed_byte_fails(
            path in "/[a-zA-Z0-9 /.%+~]{0,20}",
            query in "([a-z]{1,4}=[a-zA-Z0-9%/+ ]{0,6}&){0,3}",
            value in "[ -~]{0,20}",
            body in proptest::collection::vec(any::<u8>(), 1..20),
            service in prop_oneof![Just("s3"), Just("sts")],
            place in any::<prop::sample::Index>(),
        ) {
            let mut request = Request::new("PUT", &format!("https://h.amazonaws.com{path}?{query}"))
                .with_header("X-Amz-Meta-A", value);
            request.body = body.into();
            let signed = sign(&request, &params(service)).request;
            prop_assert!(verified(&signed));

            let mut changed = signed.clone();
            let mut bytes = changed.body.to_vec();
            let at = place.index(bytes.len());
            bytes[at] ^= 1;
            changed.body = bytes.into();
            prop_assert!(!verified(&changed));

            let mut changed = signed.clone();
            changed.method = "GET".into();
            prop_assert!(!verified(&changed));

            let mut changed = signed.clone();
            changed.url.push_str("&z=z");
            prop_assert!(!verified(&changed));

            for name in ["X-Amz-Meta-A", "X-Amz-Security-Token", "Host"] {
                let mut changed = signed.clone();
                for (header, value) in &mut changed.headers {
                    if header == name {
                        value.push('x');
                    }
                }
                prop_assert!(!verified(&changed), "{}", name);
            }

            let mut changed = signed.clone();
            if let Some((_, value)) = changed.headers.last_mut() {
                let last = if value.ends_with('0') { '1' } else { '0' };
                value.pop();
                value.push(last);
            }
            prop_assert!(!verified(&changed));
        }

        #[test]
        fn a_presigned_url_verifies_and_any_changed_character_fails(
            key in "[a-z]{1,8}",
            place in any::<prop::sample::Index>(),
        ) {
            let request = Request::new("GET", &format!("https://b.s3.amazonaws.com/{key}"));
            let signed = presign(&request, &params("s3"), 900).request;
            prop_assert!(verified(&signed));
            let mut changed = signed.clone();
            let at = "https://b.s3.amazonaws.com/".len() + place.index(key.len());
            let byte = if changed.url.as_bytes()[at] == b'a' { "b" } else { "a" };
            changed.url.replace_range(at..at + 1, byte);
            prop_assert!(!verified(&changed));
        }

        #[test]
        fn any_authorization_header_is_read_without_panic(value in "\\PC{0,200}", query in "\\PC{0,60}") {
            let request = Request::new("GET", &format!("https://h/?{query}")).with_header("Authorization", value);
            let _ = parse_authorization(&request);
        }
    }
}
