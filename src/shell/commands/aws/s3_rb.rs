//! `aws s3 rb s3://BUCKET [--force]`
//!
//! AWS page: AWS CLI Command Reference, "s3 rb". `--force` deletes the objects first, as `rm --recursive` does.

use super::s3_mb::{bucket, told};
use super::s3_transfer::{Place, with_work};
use super::{Answer, Arguments, Invocation, messages, s3_rm};
use crate::client::operations::delete_bucket;

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let bucket = match bucket(arguments, "rb") {
        Ok(bucket) => bucket,
        Err(answer) => return *answer,
    };
    with_work(invocation, arguments, &mut |work| {
        if arguments.has("--force") {
            let emptied = s3_rm::all(work, &Place::S3(bucket.to_string(), String::new()));
            if let Err(error) = emptied {
                work.answer = super::failure::fatal(&error);
            }
            if work.answer.exit_code != 0 {
                work.answer.exit_code = 255;
                work.answer.stderr.push_str(&messages::error(messages::NOT_EMPTIED));
                return Ok(());
            }
        }
        let given = arguments.paths.first().map_or("", String::as_str);
        let answer = told("remove_bucket", bucket, given, delete_bucket(work.client, bucket));
        work.answer.exit_code = answer.exit_code;
        work.answer.stdout.push_str(&answer.stdout);
        work.answer.stderr.push_str(&answer.stderr);
        work.answer.error_code = answer.error_code;
        Ok(())
    })
}
