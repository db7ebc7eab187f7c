//! `aws s3 presign s3://BUCKET/KEY [--expires-in SECONDS]`
//!
//! AWS page: AWS CLI Command Reference, "s3 presign". Nothing is sent: whether the URL works shows when it is used.

use super::{Answer, Arguments, Invocation, failure, messages, path, with_client};
use crate::client::{Call, ClientError, empty_key};

/// An hour.
const EXPIRES: u32 = 3600;

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let [given] = arguments.paths.as_slice() else {
        return Answer::error(252, messages::usage("the following arguments are required: path"));
    };
    let (bucket, key) = path::bucket_and_key(given.strip_prefix("s3://").unwrap_or(given));
    let expires = match arguments.value("--expires-in").map(str::parse) {
        None => EXPIRES,
        Some(Ok(seconds)) => seconds,
        Some(Err(_)) => {
            let value = arguments.value("--expires-in").unwrap_or_default();
            return Answer::error(255, messages::error(&messages::not_a_number(value)));
        }
    };
    if key.is_empty() {
        return failure::general(&ClientError::ParamValidation { report: empty_key() });
    }
    let call = Call {
        operation: "GetObject",
        method: "GET",
        bucket: Some(bucket.to_string()),
        key: Some(key.to_string()),
        ..Call::default()
    };
    with_client(invocation, arguments, "s3", |client| {
        Ok(Answer::text([&client.presign(&call, expires)?, "\n"].concat()))
    })
}
