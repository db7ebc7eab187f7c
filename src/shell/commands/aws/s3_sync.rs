//! `aws s3 sync`: transfers what is missing or different at the destination, one way.
//!
//! AWS page: AWS CLI Command Reference, "s3 sync". The CLI compares sizes and times. Files of this shell have no times:
//! the contents, by the MD5 that an ETag is, stand for them.

use super::s3_cp::{missing, two_paths};
use super::s3_transfer::{Found, Place, Transfer, joined, place, verb, with_work};
use super::{Answer, Arguments, Invocation};

pub(super) const FLAGS: &[&str] = &[
    "--delete",
    "--size-only",
    "--exact-timestamps",
    "--dryrun",
    "--quiet",
    "--no-progress",
    "--only-show-errors",
    "--no-follow-symlinks",
    "--follow-symlinks",
];

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let (source, destination) = match two_paths(arguments, "sync") {
        Ok(paths) => paths,
        Err(answer) => return *answer,
    };
    let home = invocation.shell.home();
    let (from, to) = (place(source, home, true), place(destination, home, true));
    if let Some(answer) = missing(invocation, source, &from) {
        return answer;
    }
    let verb = verb(&from, &to);
    with_work(invocation, arguments, &mut |work| {
        let (here, there) = (work.under(&from)?, work.under(&to)?);
        for found in &here {
            let same = |other: &Found| {
                other.size == found.size && (arguments.has("--size-only") || other.etag == found.etag)
            };
            if !named(&there, &found.name).is_some_and(same) {
                let (from, to) = (joined(&from, &found.name), joined(&to, &found.name));
                work.transfer(&Transfer { verb, from, to });
            }
        }
        if arguments.has("--delete") {
            for other in there.iter().filter(|other| named(&here, &other.name).is_none()) {
                match joined(&to, &other.name) {
                    Place::S3(bucket, key) => work.delete(&bucket, &key),
                    Place::Local(file) => work.delete_file(&file),
                }
            }
        }
        Ok(())
    })
}

/// What is called so, of files or objects in the order of their names.
fn named<'a>(found: &'a [Found], name: &str) -> Option<&'a Found> {
    found.get(found.binary_search_by(|one| one.name.as_str().cmp(name)).ok()?)
}
