//! A client signs a request, in headers or in the query.
//!
//! AWS pages: IAM User Guide, "Create a signed AWS API request"; S3 API Reference, "Authenticating Requests:
//! Using Query Parameters".

use super::CredentialScope;
use super::canonical_request::{UNSIGNED_PAYLOAD, canonical_request, encode, payload_hash};
use super::signing_key::{signature, signing_key};
use super::string_to_sign::{ALGORITHM, string_to_sign};
use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::http::Request;
use crate::sorted::SortedSet;

/// Headers that proxies change, so that clients don't sign them.
const NOT_SIGNED: [&str; 5] =
    ["authorization", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id"];

/// With what, for where and when a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct SigningKeyParams<'a> {
    /// `AKIA...` or `ASIA...`.
    pub access_key_id: &'a str,
    /// 40 characters.
    pub secret: &'a str,
    /// Of temporary credentials.
    pub session_token: Option<&'a str>,
    /// Region code.
    pub region: &'a str,
    /// `s3`, `sts`, ...
    pub service: &'a str,
    /// The client's clock.
    pub at: Timestamp,
}

/// A signed request and how its signature came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The request with what the signature adds.
    pub request: Request,
    /// The request in its canonical form.
    pub canonical_request: String,
    /// What the key signs.
    pub string_to_sign: String,
    /// Day, region, service.
    pub scope: CredentialScope,
    /// Names of signed headers, `;` between.
    pub signed_headers: String,
    /// 64 hexadecimal digits.
    pub signature: String,
}

/// Signs in the `Authorization` header.
///
/// Adds `X-Amz-Date`, `X-Amz-Security-Token` if there is a token, and for S3 `X-Amz-Content-Sha256`
/// unless the request has one.
pub fn sign(request: &Request, params: &SigningKeyParams<'_>) -> Signed {
    let mut request = request.clone();
    let kept = ["x-amz-date", "x-amz-security-token", "authorization"];
    request.headers.retain(|(name, _)| !kept.iter().any(|kept| name.eq_ignore_ascii_case(kept)));
    request = request.with_header("X-Amz-Date", params.at.amz_date());
    if let Some(token) = params.session_token {
        request = request.with_header("X-Amz-Security-Token", token);
    }
    let hash = match request.header("x-amz-content-sha256") {
        Some(given) => given.to_string(),
        None => payload_hash(&request.body.0),
    };
    if params.service == "s3" && request.header("x-amz-content-sha256").is_none() {
        request = request.with_header("X-Amz-Content-Sha256", hash.as_str());
    }
    let names = names_to_sign(&request);
    let signed = finish(request, params, &names, &hash);
    let authorization = format!(
        "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={}",
        params.access_key_id, signed.scope, signed.signed_headers, signed.signature
    );
    Signed { request: signed.request.with_header("Authorization", authorization), ..signed }
}

/// Signs in the query: a URL that whoever holds it may use for `expires` seconds.
///
/// Only `Host` and `X-Amz-...` headers are signed. A request whose URL isn't absolute stays as it is.
pub fn presign(request: &Request, params: &SigningKeyParams<'_>, expires: u32) -> Signed {
    let mut request = request.clone();
    let scope = CredentialScope::new(params.at, params.region, params.service);
    let mut names = names_to_sign(&request);
    names.retain(|name| name == "host" || name.starts_with("x-amz-"));
    let credential = format!("{}/{scope}", params.access_key_id);
    let mut added = vec![
        ("X-Amz-Algorithm", ALGORITHM.to_string()),
        ("X-Amz-Credential", credential),
        ("X-Amz-Date", params.at.amz_date()),
        ("X-Amz-Expires", expires.to_string()),
        ("X-Amz-SignedHeaders", names.join(";")),
    ];
    if let Some(token) = params.session_token {
        added.push(("X-Amz-Security-Token", token.to_string()));
    }
    for (name, value) in added {
        append_query(&mut request, name, &value);
    }
    let hash =
        if params.service == "s3" { UNSIGNED_PAYLOAD.to_string() } else { payload_hash(&request.body.0) };
    let mut signed = finish(request, params, &names, &hash);
    append_query(&mut signed.request, "X-Amz-Signature", &signed.signature);
    signed
}

/// Computes the signature of a request that carries everything else already.
fn finish(request: Request, params: &SigningKeyParams<'_>, names: &[String], hash: &str) -> Signed {
    let scope = CredentialScope::new(params.at, params.region, params.service);
    let canonical_request = canonical_request(&request, params.service, names, hash);
    let string_to_sign = string_to_sign(params.at, &scope, &canonical_request);
    let signature = signature(&signing_key(params.secret, &scope), &string_to_sign);
    Signed { request, canonical_request, string_to_sign, scope, signed_headers: names.join(";"), signature }
}

fn names_to_sign(request: &Request) -> Vec<String> {
    let names = request.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let signed: SortedSet<String> = names.filter(|name| !NOT_SIGNED.contains(&name.as_str())).gather();
    signed.into_iter().gather()
}

fn append_query(request: &mut Request, name: &str, value: &str) {
    let glue = if request.url.contains('?') { '&' } else { '?' };
    request.url.push_str(&format!("{glue}{name}={}", encode(value)));
}
