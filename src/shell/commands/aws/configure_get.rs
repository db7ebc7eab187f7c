//! `aws configure get NAME`: one setting of a profile, as the files have it.
//!
//! AWS page: AWS CLI Command Reference, "configure get". Names: `region`, `default.region`, `profile.NAME.region`,
//! `s3.addressing_style`. What nothing sets: status 1 and no word.

use super::{Answer, Arguments, Invocation, configuration, failure, messages};
use crate::gather::Gather;

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
    let parts: Vec<&str> = name.split('.').gather();
    let is_profile = |name: &str| name == "default" || configuration.of_profile(name).has_profile();
    let (profile, rest) = match parts.as_slice() {
        ["profile", profile, rest @ ..] => (*profile, rest),
        [profile, rest @ ..] if !rest.is_empty() && is_profile(profile) => (*profile, rest),
        all => (configuration.profile.as_str(), all),
    };
    let configuration = configuration.of_profile(profile);
    let value = rest.first().and_then(|key| configuration.setting(key));
    let value = match (value, rest) {
        (Some(value), [_, inner]) => within(value, inner),
        (value, _) => value,
    };
    match value {
        Some(section) if section.starts_with('\n') => Answer::error(1, messages::not_a_value(name)),
        Some(value) => Answer::text([value, "\n"].concat()),
        None => Answer::exit(1),
    }
}

/// A setting inside a setting, which stand a line each.
fn within<'a>(section: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = section.lines().filter_map(|line| line.split_once('='));
    lines.find(|(own, _)| own.trim() == name).map(|(_, value)| value.trim())
}
