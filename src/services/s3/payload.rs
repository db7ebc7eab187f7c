//! The bytes that a request brings, without their transfer coding, and checked against their checksums.
//!
//! AWS pages: S3 User Guide, "Checking object integrity in Amazon S3"; S3 API Reference, "Signature Calculations
//! for the Authorization Header: Transferring Payload in Multiple Chunks". Entry: [`payload`].

use super::S3Request;
use super::checksum;
use crate::base64::STANDARD;
use crate::checksum::{compute, md5};
use crate::http::Body;
use crate::services::errors::{
    AwsError, S3_BAD_CHECKSUM, S3_BAD_MD5, S3_CHECKSUM_FORM, S3_CHECKSUM_MISSING, S3_CHECKSUMS,
    S3_INCOMPLETE_BODY, S3_MD5_FORM, S3_SIGNATURE, S3_TRAILER,
};
use crate::sigv4::{ChunkSignatures, hex, parse_authorization};

/// The algorithm that a client says it uses.
const ANNOUNCED: &str = "x-amz-sdk-checksum-algorithm";
const UNSIGNED_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// What a request brings.
pub(super) struct Payload {
    pub bytes: Body,
    /// Algorithm and value of the checksum that was sent, and holds.
    pub checksum: Option<(String, String)>,
}

/// Name and value.
pub(super) type Field = (String, String);

/// The body's bytes.
///
/// # Errors
/// BadDigest, InvalidDigest, InvalidRequest, IncompleteBody, SignatureDoesNotMatch for a chunk, MalformedTrailerError;
/// NotImplemented for algorithms that aren't modelled.
pub(super) fn payload(request: &S3Request<'_>) -> Result<Payload, AwsError> {
    let (bytes, trailers) = body(request)?;
    let checksum = check_sum(request, &trailers, &bytes)?;
    Ok(Payload { bytes, checksum })
}

/// The body's bytes and trailers, where checksum headers aren't the body's own.
///
/// # Errors
/// As of [`payload`], but for checksums.
pub(super) fn body(request: &S3Request<'_>) -> Result<(Body, Vec<Field>), AwsError> {
    let coded = request.header("x-amz-content-sha256").filter(|hash| hash.starts_with("STREAMING-"));
    let (bytes, trailers) = match coded {
        Some(coding) => {
            let signatures = if coding == UNSIGNED_TRAILER { None } else { Some(signatures(request)?) };
            let (bytes, trailers) = decoded(&request.http.body, signatures)?;
            let told = request.header("x-amz-decoded-content-length");
            if told.is_some_and(|told| told.parse() != Ok(bytes.len())) {
                return Err(S3_INCOMPLETE_BODY.error());
            }
            (Body::from(bytes), trailers)
        }
        None => (request.http.body.clone(), Vec::new()),
    };
    if let Some(name) = request.header("x-amz-trailer") {
        let named = |(found, _): &Field| found.eq_ignore_ascii_case(name.trim());
        if !trailers.iter().any(named) {
            return Err(S3_TRAILER.error());
        }
    }
    check_md5(request, &bytes)?;
    Ok((bytes, trailers))
}

/// The checksum that is sent, in headers or trailers, if it holds.
fn check_sum(
    request: &S3Request<'_>,
    trailers: &[Field],
    bytes: &[u8],
) -> Result<Option<(String, String)>, AwsError> {
    let mut sent =
        request.fields.iter().chain(trailers).filter_map(|field| Some((field, checksum::named(field)?)));
    let (first, second) = (sent.next(), sent.next());
    if second.is_some() {
        return Err(S3_CHECKSUMS.error());
    }
    let announced = request.header(ANNOUNCED);
    let Some(((name, value), algorithm)) = first else {
        return if announced.is_some() { Err(S3_CHECKSUM_MISSING.error()) } else { Ok(None) };
    };
    if announced.is_some_and(|announced| !announced.eq_ignore_ascii_case(algorithm)) {
        return Err(S3_CHECKSUM_FORM.with(&[("name", ANNOUNCED)]));
    }
    let algorithm = checksum::algorithm(algorithm)?;
    let computed = compute(&algorithm, bytes);
    let told = STANDARD.decode(value).ok().filter(|told| told.len() == computed.len());
    match told {
        None => Err(S3_CHECKSUM_FORM.with(&[("name", name)])),
        Some(told) if told != computed => {
            Err(S3_BAD_CHECKSUM.with(&[("algorithm", &algorithm.to_ascii_uppercase())]))
        }
        Some(_) => Ok(Some((algorithm, value.clone()))),
    }
}

/// Whether the request vouches for its body in one way or another.
pub(super) fn is_vouched_for(request: &S3Request<'_>) -> bool {
    let vouches = |name: &str| name == "content-md5" || name == "x-amz-trailer";
    request.fields.iter().any(|field| vouches(&field.0) || checksum::named(field).is_some())
}

/// Quoted MD5 in hexadecimal digits, with what follows it.
pub(super) fn etag(bytes: &[u8], suffix: &str) -> String {
    ["\"", &hex(&md5(bytes)), suffix, "\""].concat()
}

fn check_md5(request: &S3Request<'_>, bytes: &[u8]) -> Result<(), AwsError> {
    let Some(header) = request.header("content-md5") else { return Ok(()) };
    let told = STANDARD.decode(header).ok().filter(|told| told.len() == 16);
    let told = told.ok_or_else(|| S3_MD5_FORM.error().field("Content-MD5", header))?;
    let computed = md5(bytes);
    if told == computed.as_slice() {
        return Ok(());
    }
    let error = S3_BAD_MD5.error().field("ExpectedDigest", header);
    Err(error.field("CalculatedDigest", STANDARD.encode(computed)))
}

/// The signatures of the chunks go on from that of the headers.
fn signatures(request: &S3Request<'_>) -> Result<ChunkSignatures, AwsError> {
    let provided = parse_authorization(request.http).ok().flatten();
    let secret = request.caller.credential.as_ref().map(|credential| credential.secret_access_key());
    let (provided, secret) = provided.zip(secret).ok_or_else(|| S3_SIGNATURE.error())?;
    Ok(ChunkSignatures::new(&provided, secret))
}

/// The bytes in `aws-chunked` coding, and the trailers after them.
fn decoded(body: &[u8], mut signatures: Option<ChunkSignatures>) -> Result<(Vec<u8>, Vec<Field>), AwsError> {
    let cut = || S3_INCOMPLETE_BODY.error();
    let (mut bytes, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let (head, after) = line(rest).ok_or_else(cut)?;
        let (digits, extension) = head.split_once(';').unwrap_or((head, ""));
        let size = usize::from_str_radix(digits, 16).map_err(|_| cut())?;
        let (chunk, after) = after.split_at_checked(size).ok_or_else(cut)?;
        if let Some(signatures) = &mut signatures {
            let provided = extension.strip_prefix("chunk-signature=").unwrap_or_default();
            if !signatures.fits(chunk, provided) {
                return Err(S3_SIGNATURE.error());
            }
        }
        if size == 0 {
            return Ok((bytes, trailers(after, signatures)?));
        }
        bytes.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").ok_or_else(cut)?;
    }
}

fn trailers(mut rest: &[u8], signatures: Option<ChunkSignatures>) -> Result<Vec<Field>, AwsError> {
    let malformed = || S3_TRAILER.error();
    let (mut found, mut signed, mut signature) = (Vec::new(), String::new(), None);
    while !rest.is_empty() {
        let (text, after) = line(rest).ok_or_else(malformed)?;
        rest = after;
        if text.is_empty() {
            continue;
        }
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_string());
        if name == "x-amz-trailer-signature" {
            signature = Some(value);
            continue;
        }
        signed.push_str(&[&name, ":", &value, "\n"].concat());
        found.push((name, value));
    }
    match signatures {
        Some(signatures)
            if !found.is_empty() && !signatures.fits_trailers(&signed, &signature.unwrap_or_default()) =>
        {
            Err(S3_SIGNATURE.error())
        }
        _ => Ok(found),
    }
}

/// The text up to the line break, and what stands after it.
fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    /// Longer than any line between chunks.
    const LONGEST: usize = 1024;
    let end = bytes.windows(2).take(LONGEST).position(|two| two == b"\r\n")?;
    let (line, rest) = bytes.split_at_checked(end)?;
    Some((std::str::from_utf8(line).ok()?, rest.get(2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        let (bytes, trailers) =
            decoded(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nx-amz-checksum-crc32:A=\r\n\r\n", None).unwrap();
        assert_eq!(bytes, b"abcde");
        assert_eq!(trailers, [("x-amz-checksum-crc32".to_string(), "A=".to_string())]);
        for wrong in ["", "3\r\nab", "3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "ffffffffffffffff\r\na"] {
            assert!(decoded(wrong.as_bytes(), None).is_err(), "{wrong}");
        }
    }
}
