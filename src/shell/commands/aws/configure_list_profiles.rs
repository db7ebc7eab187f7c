//! `aws configure list-profiles`: the names of all profiles, in the order of the files.
//!
//! AWS page: AWS CLI Command Reference, "configure list-profiles".

use super::{Answer, Arguments, Invocation, configuration, failure};
use crate::client::{Environment, profile_names};
use crate::gather::Gather;

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    // What can't be read is told.
    if let Err(error) = configuration(invocation, arguments) {
        return failure::general(&error);
    }
    let variables = invocation.shell.environment();
    let shell = &invocation.shell;
    let environment = Environment { variables: &variables, files: &shell.files, home: shell.home() };
    Answer::text(profile_names(&environment).into_iter().map(|name| name + "\n").gather::<String>())
}
