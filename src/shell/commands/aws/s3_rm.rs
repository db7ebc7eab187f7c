//! `aws s3 rm s3://BUCKET/KEY [--recursive]`
//!
//! AWS page: AWS CLI Command Reference, "s3 rm".

use super::{Answer, Arguments, Invocation, failure, messages, path, s3_ls, with_client};
use crate::client::Client;
use crate::client::operations::delete_object;

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let given = match arguments.paths.as_slice() {
        [given] => given,
        [] => return Answer::error(252, messages::usage("the following arguments are required: paths")),
        [_, second, ..] => return Answer::error(252, messages::error(&format!("Unknown options: {second}"))),
    };
    let Some((bucket, key)) = path::s3_path(given) else {
        return Answer::error(252, messages::invalid_argument_type("rm <S3Uri>"));
    };
    if key.is_empty() && !arguments.has("--recursive") {
        // The CLI lists here, to find nothing of that exact name.
        return Answer::not_modelled("aws s3 rm", given);
    }
    let mut answer = with_client(invocation, arguments, "s3", |client| {
        Ok(match arguments.has("--recursive") {
            true => recursive(client, bucket, key),
            false => one(client, bucket, key),
        })
    });
    if arguments.has("--quiet") {
        answer.stdout.clear();
        answer.stderr.clear();
    } else if arguments.has("--only-show-errors") {
        answer.stdout.clear();
    }
    answer
}

fn one(client: &mut Client<'_>, bucket: &str, key: &str) -> Answer {
    let place = format!("s3://{bucket}/{key}");
    match delete_object(client, bucket, key) {
        Ok(()) => Answer::text(messages::transferred("delete", &place)),
        Err(error) => failure::transfer(&error, "delete", &place),
    }
}

fn recursive(client: &mut Client<'_>, bucket: &str, prefix: &str) -> Answer {
    let pages = match s3_ls::pages(client, bucket, prefix, None) {
        Ok(pages) => pages,
        Err(error) => return failure::fatal(&error),
    };
    let mut answer = Answer::default();
    for object in pages.iter().flat_map(|page| &page.objects) {
        let Answer { exit_code, stdout, stderr, error_code, notices } = one(client, bucket, &object.key);
        answer.exit_code = answer.exit_code.max(exit_code);
        answer.stdout.push_str(&stdout);
        answer.stderr.push_str(&stderr);
        answer.error_code = error_code.or(answer.error_code);
        answer.notices.extend(notices);
    }
    answer
}
