//! `aws configure set NAME VALUE`: writes a setting of a profile into ~/.aws/config, keys into ~/.aws/credentials.
//!
//! AWS page: AWS CLI Command Reference, "configure set". Other lines of the file stay as they are. Left out on
//! purpose: settings inside settings, which say so.

use super::{Answer, Arguments, Invocation, configuration, failure, messages};
use crate::client::absolute_path;
use crate::gather::Gather;

/// What stands in the credentials file.
const SECRETS: [&str; 4] =
    ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    let (name, value) = match arguments.paths.as_slice() {
        [name, value] => (name, value),
        [] => {
            return Answer::error(
                252,
                messages::usage("the following arguments are required: varname, value"),
            );
        }
        [_] => return Answer::error(252, messages::usage("the following arguments are required: value")),
        [_, _, third, ..] => return Answer::error(252, messages::unknown_options(third)),
    };
    if value.contains(['\n', '\r']) {
        return Answer::error(255, messages::error(&messages::newline_in_value(name)));
    }
    // A profile that doesn't exist yet is made.
    let mut unnamed = arguments.clone();
    let asked = unnamed.options.profile.take();
    let configuration = match configuration(invocation, &unnamed) {
        Ok(configuration) => configuration,
        Err(error) => return failure::general(&error),
    };
    let current = asked.unwrap_or_else(|| configuration.profile.clone());
    let (profile, key) = match name.split('.').gather::<Vec<_>>().as_slice() {
        [key] => (current, key.to_string()),
        ["default", key] => ("default".to_string(), key.to_string()),
        ["profile", profile, key] => (profile.to_string(), key.to_string()),
        _ => return Answer::not_modelled("aws configure set", name),
    };
    let secret = SECRETS.contains(&key.as_str());
    let (file, section) = match (secret, profile.as_str()) {
        (true, _) => (&configuration.credentials_file.path, profile.clone()),
        (false, "default") => (&configuration.config_file.path, profile.clone()),
        (false, _) if profile.contains([' ', '\t']) => {
            (&configuration.config_file.path, ["profile '", &profile, "'"].concat())
        }
        (false, _) => (&configuration.config_file.path, ["profile ", &profile].concat()),
    };
    let path = absolute_path(file, invocation.shell.home());
    let before = invocation.shell.files.get(&path).cloned().unwrap_or_default();
    match invocation.save(&path, &written(&before, &section, &key, value)) {
        true => Answer::default(),
        false => Answer::too_large(),
    }
}

/// The file's text with the setting in its section: in the setting's line, else after the section's last one.
fn written(text: &str, section: &str, key: &str, value: &str) -> String {
    let line = [key, " = ", value].concat();
    let header = ["[", section, "]"].concat();
    let mut lines: Vec<&str> = text.lines().gather();
    let Some(start) = lines.iter().position(|line| line.trim() == header) else {
        lines.extend([header.as_str(), line.as_str()]);
        return lines.join("\n") + "\n";
    };
    let mut last = start;
    for (place, own) in lines.iter().enumerate().skip(start + 1) {
        if own.trim_start().starts_with('[') {
            break;
        }
        let Some((name, _)) = own.split_once(['=', ':']) else { continue };
        if name.trim() == key {
            if let Some(found) = lines.get_mut(place) {
                *found = &line;
            }
            return lines.join("\n") + "\n";
        }
        last = place;
    }
    lines.insert(last + 1, &line);
    lines.join("\n") + "\n"
}
