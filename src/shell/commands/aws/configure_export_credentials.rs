//! `aws configure export-credentials [--format process|env|env-no-export]`: the credentials in force, for others.
//!
//! AWS page: AWS CLI Command Reference, "configure export-credentials". Left out on purpose: the forms of other
//! shells than this one.

use super::{Answer, Arguments, Invocation, configuration, failure, keep, messages};
use crate::client::{Credentials, credential_chain, region};
use crate::json;

/// Forms; this shell has no use for the later ones.
const FORMATS: [&str; 6] = ["process", "env", "env-no-export", "powershell", "windows-cmd", "fish"];

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    if let Some(word) = arguments.paths.first() {
        return Answer::error(252, messages::unknown_options(word));
    }
    let format = arguments.value("--format").unwrap_or("process");
    match FORMATS.iter().position(|own| *own == format) {
        Some(0..3) => {}
        Some(_) => return Answer::not_modelled("aws configure export-credentials --format", format),
        None => return Answer::error(252, messages::invalid_choice_of("--format", format, &FORMATS)),
    }
    let found = configuration(invocation, arguments).and_then(|configuration| {
        let region = match configuration.setting("role_arn") {
            Some(_) => region(&configuration, invocation.transport)?.map(|(region, _)| region),
            None => None,
        };
        credential_chain(&configuration, region.as_deref(), invocation.transport)
    });
    let credentials = match found {
        Ok(Some(credentials)) => credentials,
        Ok(None) => {
            let text = messages::coded_error("Configuration", messages::NOTHING_TO_EXPORT);
            return Answer { error_code: Some("NoCredentialsError".into()), ..Answer::error(253, text) };
        }
        Err(error) => return failure::general(&error),
    };
    let mut answer = match format {
        "env" => Answer::text(variables(&credentials, "export ")),
        "env-no-export" => Answer::text(variables(&credentials, "")),
        _ => Answer::text(process(&credentials)),
    };
    keep(invocation, credentials.kept, &mut answer);
    answer
}

fn process(credentials: &Credentials) -> String {
    let expires = credentials.expires.map(|expires| expires.iso8601().replace('Z', "+00:00"));
    let mut out = String::from("{\n  \"Version\": 1");
    for (name, value) in [
        ("AccessKeyId", Some(&credentials.access_key_id)),
        ("SecretAccessKey", Some(&credentials.secret_access_key)),
        ("SessionToken", credentials.session_token.as_ref()),
        ("Expiration", expires.as_ref()),
    ] {
        let Some(value) = value else { continue };
        out.push_str(",\n  \"");
        out.push_str(name);
        out.push_str("\": ");
        json::quote(value, &mut out);
    }
    out + "\n}\n"
}

fn variables(credentials: &Credentials, before: &str) -> String {
    let expires = credentials.expires.map(|expires| expires.iso8601().replace('Z', "+00:00"));
    let mut out = String::new();
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", Some(&credentials.access_key_id)),
        ("AWS_SECRET_ACCESS_KEY", Some(&credentials.secret_access_key)),
        ("AWS_SESSION_TOKEN", credentials.session_token.as_ref()),
        ("AWS_CREDENTIAL_EXPIRATION", expires.as_ref()),
    ] {
        if let Some(value) = value {
            out.push_str(&[before, name, "=", value, "\n"].concat());
        }
    }
    out
}
