//! `aws s3 mb s3://BUCKET`
//!
//! AWS page: AWS CLI Command Reference, "s3 mb".

use super::s3_transfer::with_work;
use super::{Answer, Arguments, Invocation, failure, messages, path};
use crate::client::ClientError;
use crate::client::operations::create_bucket;

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let bucket = match bucket(arguments, "mb") {
        Ok(bucket) => bucket,
        Err(answer) => return *answer,
    };
    with_work(invocation, arguments, &mut |work| {
        let given = arguments.paths.first().map_or("", String::as_str);
        work.answer = told("make_bucket", bucket, given, create_bucket(work.client, bucket));
        Ok(())
    })
}

/// The bucket of `mb` and `rb`, which take nothing else.
pub(super) fn bucket<'a>(arguments: &'a Arguments, command: &str) -> Result<&'a str, Box<Answer>> {
    let wrong = |text: String| Err(Box::new(Answer::error(252, text)));
    let [given] = arguments.paths.as_slice() else {
        return wrong(messages::usage("the following arguments are required: path"));
    };
    match path::s3_path(given) {
        Some((bucket, key)) if command == "rb" && !key.is_empty() => wrong(messages::bucket_only(bucket)),
        Some((bucket, _)) => Ok(bucket),
        None => wrong(messages::coded_error("ParamValidation", messages::NO_S3_URI)),
    }
}

/// `make_bucket: b`, or `make_bucket failed: s3://b ...`.
pub(super) fn told(verb: &str, bucket: &str, given: &str, result: Result<(), Box<ClientError>>) -> Answer {
    match result {
        Ok(()) => Answer::text(messages::transferred(verb, bucket)),
        Err(error) => failure::transfer(&error, verb, given),
    }
}
