//! The request in the one form that client and service both compute.
//!
//! AWS page: IAM User Guide, "Elements of an AWS API request signature", step 1.

use crate::gather::Gather;
use crate::http::{Headers, Request};
use crate::sorted::sort_by;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};

/// SHA-256 of no bytes.
pub const EMPTY_PAYLOAD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// Stands in for the payload's hash where S3 lets the body go unsigned.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Everything is encoded but letters, digits and `-._~`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const PATH: &AsciiSet = &UNRESERVED.remove(b'/');

/// Method, path, query, signed headers, their names, hash of the payload; a line each.
///
/// `signed_headers` are in lower case and sorted. S3's path is taken as it is, other services' path is
/// normalised and encoded once more. `X-Amz-Signature` in the query isn't part of it.
/// A request whose URL isn't absolute has the path `/`.
pub fn canonical_request(
    request: &Request,
    service: &str,
    signed_headers: &[String],
    payload_hash: &str,
) -> String {
    let (path, query) = request.parts().map_or(("/", ""), |url| (url.path, url.query));
    let path = if service == "s3" { s3_path(path) } else { other_path(path) };
    let mut text = format!("{}\n{path}\n{}\n", request.method, canonical_query(query));
    for name in signed_headers {
        text.push_str(name);
        text.push(':');
        text.push_str(&canonical_value(&request.headers, name));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&signed_headers.join(";"));
    text.push('\n');
    text.push_str(payload_hash);
    text
}

/// SHA-256 of a payload in hexadecimal digits.
pub fn payload_hash(body: &[u8]) -> String {
    hex(&Sha256::digest(body))
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).gather()
}

/// Encoded once; neither dot segments nor double slashes are touched, for a key may hold both.
fn s3_path(path: &str) -> String {
    percent_encode(&decoded(path), PATH).to_string()
}

/// Dot segments and empty segments resolved, then each segment encoded again.
fn other_path(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let mut plain = format!("/{}", segments.join("/"));
    let ends_open = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    if ends_open && plain.len() > 1 {
        plain.push('/');
    }
    percent_encode(plain.as_bytes(), PATH).to_string()
}

/// Parameters encoded and then sorted by name and value; a parameter without `=` gets one.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .filter(|(name, _)| name != "X-Amz-Signature")
        .gather();
    sort_by(&mut pairs, Ord::cmp);
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).gather();
    pairs.join("&")
}

/// All values of a header, each without outer white space and with inner runs of spaces made one.
fn canonical_value(headers: &Headers, name: &str) -> String {
    let values: Vec<String> = headers
        .iter()
        .filter(|(header, _)| header.eq_ignore_ascii_case(name))
        .map(|(_, value)| {
            value.split([' ', '\t']).filter(|word| !word.is_empty()).gather::<Vec<_>>().join(" ")
        })
        .gather();
    values.join(",")
}

pub(super) fn encode(text: &str) -> String {
    percent_encode(text.as_bytes(), UNRESERVED).to_string()
}

fn encoded(text: &str) -> String {
    percent_encode(&decoded(text), UNRESERVED).to_string()
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).gather()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_each_services_rule() {
        assert_eq!(s3_path("/a//b/../c%20d/%E1%88%B4+"), "/a//b/../c%20d/%E1%88%B4%2B");
        assert_eq!(other_path("/a//b/../c%20d/"), "/a/c%2520d/");
        assert_eq!(other_path("/foo/.."), "/");
        assert_eq!(other_path("//"), "/");
    }

    #[test]
    fn query_is_sorted_after_encoding() {
        assert_eq!(canonical_query("b=2&a=%7e&a=1&lifecycle&X-Amz-Signature=x"), "a=1&a=~&b=2&lifecycle=");
        assert_eq!(canonical_query("prefix=a/b&delimiter=%2F"), "delimiter=%2F&prefix=a%2Fb");
    }

    #[test]
    fn values_of_one_name_are_joined() {
        let headers = vec![("My-Header".into(), "  a   b ".into()), ("my-header".into(), "c".into())];
        assert_eq!(canonical_value(&headers, "my-header"), "a b,c");
    }
}
