//! What a service answers when it can't tell who asks, in its own words.
//!
//! AWS pages: S3 API Reference, "Error responses"; IAM User Guide, "Troubleshoot signed requests for AWS APIs".

use super::{Dialect, MAX_SKEW};
use crate::cloud::Cloud;
use crate::gather::Gather;
use crate::http::Request;
use crate::services::errors::*;
use crate::sigv4::{AuthorizationFault, Provided, Verification};

pub(super) fn fault_error(fault: AuthorizationFault, request: &Request, dialect: Dialect) -> AwsError {
    match dialect {
        Dialect::S3 => s3_fault(fault, request.header("authorization").is_some()),
        Dialect::Query => query_fault(fault, request.header("authorization").unwrap_or_default()),
    }
}

fn s3_fault(fault: AuthorizationFault, in_header: bool) -> AwsError {
    use AuthorizationFault::{DateMismatch, Malformed, Missing, Twice, UnsupportedAlgorithm};
    match fault {
        UnsupportedAlgorithm => S3_OTHER_MECHANISM.error(),
        Twice => S3_TWO_MECHANISMS.error(),
        DateMismatch { scope, at } => {
            let text = if in_header { S3_HEADER_DATE } else { S3_QUERY_DATE };
            text.with(&[("scope", &scope), ("date", day(&at))])
        }
        Missing(_) | Malformed(_) if !in_header => S3_QUERY_PARAMETERS.error(),
        Missing("X-Amz-Date") | Malformed("X-Amz-Date") => S3_NO_DATE.error(),
        Missing(part) | Malformed(part) => S3_HEADER_MALFORMED.with(&[("part", part)]),
    }
}

fn query_fault(fault: AuthorizationFault, header: &str) -> AwsError {
    use AuthorizationFault::{DateMismatch, Malformed, Missing, Twice, UnsupportedAlgorithm};
    match fault {
        Twice => QUERY_TWICE.error(),
        Missing(part) | Malformed(part) if header.is_empty() => {
            QUERY_STRING_INCOMPLETE.with(&[("part", part)])
        }
        UnsupportedAlgorithm => QUERY_INCOMPLETE.with(&[("part", "Credential"), ("header", header)]),
        DateMismatch { scope, at } => {
            QUERY_SCOPE_DATE.with(&[("scope", &scope), ("date", day(&at)), ("at", &at)])
        }
        Missing(part) => QUERY_INCOMPLETE.with(&[("part", part), ("header", header)]),
        Malformed(part) => QUERY_MALFORMED.with(&[("part", part), ("header", header)]),
    }
}

/// The date of `20260107T090000Z`.
fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}

pub(super) fn unknown_key(provided: &Provided, dialect: Dialect) -> AwsError {
    match dialect {
        Dialect::S3 => {
            S3_INVALID_ACCESS_KEY_ID.error().field("AWSAccessKeyId", provided.access_key_id.as_str())
        }
        Dialect::Query => QUERY_INVALID_TOKEN.error(),
    }
}

/// `seconds`: how long a signature is good.
pub(super) fn expired_signature(provided: &Provided, cloud: &Cloud, seconds: i64) -> AwsError {
    QUERY_EXPIRED_SIGNATURE.with(&[
        ("provided", &provided.at.amz_date()),
        ("limit", &cloud.now.plus_seconds(-seconds).amz_date()),
        ("now", &cloud.now.amz_date()),
        ("minutes", &(seconds / 60).to_string()),
    ])
}

pub(super) fn early_signature(provided: &Provided, cloud: &Cloud) -> AwsError {
    QUERY_EARLY_SIGNATURE.with(&[
        ("provided", &provided.at.amz_date()),
        ("limit", &cloud.now.plus_seconds(MAX_SKEW).amz_date()),
        ("now", &cloud.now.amz_date()),
    ])
}

pub(super) fn mismatch(provided: &Provided, verification: &Verification, dialect: Dialect) -> AwsError {
    if dialect == Dialect::Query {
        return QUERY_SIGNATURE.error();
    }
    let bytes = |text: &str| -> String {
        text.bytes().map(|byte| format!("{byte:02x}")).gather::<Vec<_>>().join(" ")
    };
    S3_SIGNATURE
        .error()
        .field("AWSAccessKeyId", provided.access_key_id.as_str())
        .field("StringToSign", verification.string_to_sign.as_str())
        .field("SignatureProvided", provided.signature.as_str())
        .field("StringToSignBytes", bytes(&verification.string_to_sign))
        .field("CanonicalRequest", verification.canonical_request.as_str())
        .field("CanonicalRequestBytes", bytes(&verification.canonical_request))
}

pub(super) fn failure_code(error: &AwsError) -> &'static str {
    match error.code {
        "InvalidAccessKeyId" | "InvalidClientTokenId" | "InvalidToken" | "AuthFailure" => {
            "authenticate.unknown-key"
        }
        "ExpiredToken" | "RequestExpired" => "authenticate.expired",
        "RequestTimeTooSkewed" => "authenticate.skewed",
        "SignatureDoesNotMatch" if error.message.starts_with("The request signature") => {
            "authenticate.signature-differs"
        }
        "XAmzContentSHA256Mismatch" => "authenticate.payload-differs",
        "MissingAuthenticationToken" => "authenticate.unsigned",
        _ => "authenticate.malformed",
    }
}
