//! `aws s3 cp s3://BUCKET/KEY -|FILE`: downloads.
//!
//! AWS page: AWS CLI Command Reference, "s3 cp". To a file the CLI asks HeadObject before it begins, so that a
//! refusal is a `fatal error`; to `-` the same refusal is that of the transfer. Left out on purpose: uploads,
//! copies between buckets, `--recursive`, ranges of large objects.

use super::{Answer, Arguments, Invocation, failure, messages, path, with_client};
use crate::client::operations::{get_object, head_object};
use crate::client::{Client, ClientError, absolute_path};

const USAGE: &str = "cp <LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>";

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let [source, destination] = arguments.paths.as_slice() else {
        return match arguments.paths.get(2) {
            Some(third) => Answer::error(252, messages::error(&format!("Unknown options: {third}"))),
            None => Answer::error(252, messages::usage("the following arguments are required: paths")),
        };
    };
    let (bucket, key) = match (path::s3_path(source), path::s3_path(destination)) {
        (Some(found), None) => found,
        (None, None) => return Answer::error(252, messages::invalid_argument_type(USAGE)),
        (_, Some(_)) => return Answer::not_modelled("aws s3 cp", destination),
    };
    if destination == "-" {
        return with_client(invocation, arguments, "s3", |client| Ok(to_stdout(client, bucket, key)));
    }
    let home = invocation.shell.home();
    let mut file = absolute_path(destination, home);
    if destination.ends_with('/') || invocation.shell.is_directory(&file) {
        let name = key.rsplit('/').next().unwrap_or_default();
        file = format!("{}/{name}", file.trim_end_matches('/'));
    }
    let mut bytes = None;
    let mut answer = with_client(invocation, arguments, "s3", |client| {
        Ok(match download(client, bucket, key, &path::relative(&file, home)) {
            Ok((found, answer)) => {
                bytes = Some(found);
                answer
            }
            Err(answer) => *answer,
        })
    });
    if let Some(bytes) = bytes {
        // Files of this shell are text.
        if !invocation.save(&file, &String::from_utf8_lossy(&bytes)) {
            return Answer::too_large();
        }
    }
    if arguments.has("--quiet") {
        answer.stdout.clear();
        answer.stderr.clear();
    } else if arguments.has("--only-show-errors") {
        answer.stdout.clear();
    }
    answer
}

fn to_stdout(client: &mut Client<'_>, bucket: &str, key: &str) -> Answer {
    let found = head_object(client, bucket, key).and_then(|_| get_object(client, bucket, key));
    match found {
        Ok(bytes) => Answer::text(String::from_utf8_lossy(&bytes)),
        Err(error) => failure::transfer(&error, "download", &format!("s3://{bucket}/{key} to -")),
    }
}

/// The bytes and the line that is printed; `Err` with what is printed instead.
fn download(
    client: &mut Client<'_>,
    bucket: &str,
    key: &str,
    shown: &str,
) -> Result<(Vec<u8>, Answer), Box<Answer>> {
    head_object(client, bucket, key).map_err(|error| Box::new(refused(&error, key)))?;
    let place = format!("s3://{bucket}/{key} to {shown}");
    let bytes = get_object(client, bucket, key)
        .map_err(|error| Box::new(failure::transfer(&error, "download", &place)))?;
    Ok((bytes, Answer::text(messages::transferred("download", &place))))
}

fn refused(error: &ClientError, key: &str) -> Answer {
    match error {
        ClientError::Service { status: 404, .. } => {
            failure::of_transfer(error, messages::fatal(&messages::no_such_key(key)))
        }
        _ => failure::fatal(error),
    }
}
