//! `aws s3 cp`: up, down, between buckets, one object or all under a prefix, `-` for a stream.
//!
//! AWS page: AWS CLI Command Reference, "s3 cp". Of a single object on S3 the CLI asks HeadObject before it begins, so
//! that a refusal is a `fatal error`; to `-` the same refusal is that of the transfer.

use super::s3_transfer::{Place, Transfer, Work, joined, place, verb, with_work};
use super::{Answer, Arguments, Invocation, failure, messages, path};
use crate::client::ClientError;
use crate::client::operations::head_object;

const USAGE: &str = "<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>";

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    run_as(invocation, arguments, "cp")
}

/// `cp`, or `mv`, which deletes what it has copied.
pub(super) fn run_as(invocation: &mut Invocation<'_>, arguments: &Arguments, command: &str) -> Answer {
    let (source, destination) = match two_paths(arguments, command) {
        Ok(paths) => paths,
        Err(answer) => return *answer,
    };
    let (home, recursive) = (invocation.shell.home(), arguments.has("--recursive"));
    let from = place(source, home, recursive);
    let to = place(destination, home, recursive);
    let verb = if command == "mv" { "move" } else { verb(&from, &to) };
    if let Some(answer) = missing(invocation, source, &from) {
        return answer;
    }
    if (recursive || command == "mv") && (source == "-" || destination == "-") {
        let text = "Streaming currently is only compatible with non-recursive cp commands";
        return Answer::error(252, messages::coded_error("ParamValidation", text));
    }
    let from = match from {
        // The CLI means to open it as a file, by a path that ends in a slash.
        Place::Local(directory) if !recursive && invocation.shell.is_directory(&directory) => {
            Place::Local(directory + "/")
        }
        from => from,
    };
    let is_directory = destination.ends_with('/') || invocation.shell.is_directory(destination);
    let to = if recursive { to } else { named(to, &from, is_directory) };
    if command == "mv" && from == to {
        let text = ["Cannot mv a file onto itself: ", source, " - ", destination].concat();
        return Answer::error(252, messages::coded_error("ParamValidation", &text));
    }
    if recursive {
        return with_work(invocation, arguments, &mut |work| {
            for found in work.under(&from)? {
                let (from, to) = (joined(&from, &found.name), joined(&to, &found.name));
                work.transfer(&Transfer { verb, from, to });
            }
            Ok(())
        });
    }
    let transfer = Transfer { verb, from, to };
    with_work(invocation, arguments, &mut |work| one(work, &transfer))
}

/// Source and destination, at least one of which is on S3.
pub(super) fn two_paths<'a>(
    arguments: &'a Arguments,
    command: &str,
) -> Result<(&'a str, &'a str), Box<Answer>> {
    let [source, destination] = arguments.paths.as_slice() else {
        return Err(Box::new(match arguments.paths.get(2) {
            Some(third) => Answer::error(252, messages::unknown_options(third)),
            None => Answer::error(252, messages::usage("the following arguments are required: paths")),
        }));
    };
    if path::s3_path(source).is_none() && path::s3_path(destination).is_none() {
        let usage = messages::invalid_argument_type(&[command, " ", USAGE].concat());
        return Err(Box::new(Answer::error(252, usage)));
    }
    Ok((source, destination))
}

/// The CLI's words for a local source that isn't there.
pub(super) fn missing(invocation: &Invocation<'_>, given: &str, from: &Place) -> Option<Answer> {
    let Place::Local(file) = from else { return None };
    let shell = &invocation.shell;
    let there = file == "-" || shell.files.contains_key(file) || shell.is_directory(file);
    (!there).then(|| Answer::error(255, messages::error(&messages::no_such_path(given))))
}

/// The destination with the source's name, where it names a directory or a bucket.
fn named(to: Place, from: &Place, is_directory: bool) -> Place {
    let name = match from {
        Place::Local(file) => file.rsplit('/').next().unwrap_or_default(),
        Place::S3(_, key) => key.rsplit('/').next().unwrap_or_default(),
    };
    match &to {
        Place::Local(file) if file != "-" && is_directory => joined(&to, name),
        Place::S3(_, key) if key.is_empty() || key.ends_with('/') => joined(&to, name),
        _ => to,
    }
}

fn one(work: &mut Work<'_, '_>, transfer: &Transfer) -> Result<(), Box<ClientError>> {
    if let Place::S3(bucket, key) = &transfer.from
        && let Err(error) = head_object(work.client, bucket, key)
    {
        work.answer = match (&transfer.to, &*error) {
            (Place::Local(file), _) if file == "-" => {
                failure::transfer(&error, "download", &["s3://", bucket, "/", key, " to -"].concat())
            }
            (_, ClientError::Service { status: 404, .. }) => {
                failure::of_transfer(&error, messages::fatal(&messages::no_such_key(key)))
            }
            _ => failure::fatal(&error),
        };
        return Ok(());
    }
    work.transfer(transfer);
    Ok(())
}
