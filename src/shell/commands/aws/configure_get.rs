//! `aws configure get NAME`: one setting of a profile, as the files have it.
//!
//! AWS page: AWS CLI Command Reference, "configure get". Names: `region`, `default.region`, `profile.NAME.region`.
//! What nothing sets: status 1 and no word. Left out on purpose: settings inside settings (`s3.addressing_style`).

use super::{Answer, Arguments, Invocation, configuration, failure, messages};

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let name = match arguments.paths.as_slice() {
        [name] => name,
        [] => {
            return Answer::error(252, messages::usage("the following arguments are required: varname"));
        }
        [_, second, ..] => return Answer::error(252, messages::unknown_options(second)),
    };
    let configuration = match configuration(invocation, arguments) {
        Ok(configuration) => configuration,
        Err(error) => return failure::general(&error),
    };
    let (profile, key) = match name.split('.').collect::<Vec<_>>().as_slice() {
        ["profile", profile, key] => (profile.to_string(), key.to_string()),
        [profile, key] => (profile.to_string(), key.to_string()),
        _ => (configuration.profile.clone(), name.clone()),
    };
    match configuration.of_profile(&profile).setting(&key.to_ascii_lowercase()) {
        Some(value) => Answer::text([value, "\n"].concat()),
        None => Answer::exit(1),
    }
}
