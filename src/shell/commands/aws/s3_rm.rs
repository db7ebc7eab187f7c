//! `aws s3 rm s3://BUCKET/KEY [--recursive]`
//!
//! AWS page: AWS CLI Command Reference, "s3 rm".

use super::s3_transfer::{Place, Work, joined, place, with_work};
use super::{Answer, Arguments, Invocation, messages, path};
use crate::client::ClientError;

pub(super) const FLAGS: &[&str] = &["--recursive", "--dryrun", "--quiet", "--only-show-errors"];

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let given = match arguments.paths.as_slice() {
        [given] => given,
        [] => return Answer::error(252, messages::usage("the following arguments are required: paths")),
        [_, second, ..] => {
            return Answer::error(252, messages::unknown_options(second));
        }
    };
    let Some((bucket, key)) = path::s3_path(given) else {
        return Answer::error(252, messages::invalid_argument_type("rm <S3Uri>"));
    };
    let recursive = arguments.has("--recursive");
    if key.is_empty() && !recursive {
        // The CLI lists here, to find nothing of that exact name.
        return Answer::not_modelled("aws s3 rm", given);
    }
    let base = place(given, invocation.shell.home(), recursive);
    with_work(invocation, arguments, &mut |work| match recursive {
        true => all(work, &base),
        false => {
            work.delete(bucket, key);
            Ok(())
        }
    })
}

/// Deletes everything under a prefix, what the console made for folders too.
pub(super) fn all(work: &mut Work<'_, '_>, base: &Place) -> Result<(), Box<ClientError>> {
    for found in work.all_under(base)? {
        if let Place::S3(bucket, key) = joined(base, &found.name) {
            work.delete(&bucket, &key);
        }
    }
    Ok(())
}
