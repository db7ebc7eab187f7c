//! The profile's keys in ~/.aws/credentials.
//!
//! AWS page: AWS CLI User Guide, "Configuration and credential file settings".

use super::{Attempt, Credentials};
use crate::client::configuration::ConfigurationFile;
use crate::client::{ClientError, Configuration, Transport};
use crate::sorted::SortedMap;

pub(super) fn load(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    let section = configuration.credentials_section();
    of_file("shared-credentials-file", &configuration.credentials_file, section, configuration, transport)
}

/// The keys of one file's section, with the step that says what was there.
pub(super) fn of_file(
    provider: &'static str,
    file: &ConfigurationFile,
    section: Option<&SortedMap<String, String>>,
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    let attempt = Attempt::begin(provider, None, transport)
        .with("file", &file.path)
        .with("profile", &configuration.profile);
    let reason = match (&file.ini, section) {
        (None, _) => Some("reason.file.missing"),
        (Some(_), None) => Some("reason.file.no-profile"),
        (Some(_), Some(section)) if !section.contains_key("aws_access_key_id") => Some("reason.file.no-key"),
        (Some(_), Some(_)) => None,
    };
    if let Some(reason) = reason {
        attempt.passed_over(reason, transport);
        return Ok(None);
    }
    let value = |key: &str| section.and_then(|section| section.get(key)).cloned();
    let (Some(access_key_id), Some(secret_access_key)) =
        (value("aws_access_key_id"), value("aws_secret_access_key"))
    else {
        attempt.with("missing", "aws_secret_access_key").failed("reason.partial", transport);
        return Err(ClientError::PartialCredentials { provider, missing: "aws_secret_access_key" }.into());
    };
    let session_token = value("aws_security_token").or_else(|| value("aws_session_token"));
    let credentials =
        Credentials { access_key_id, secret_access_key, session_token, expires: None, provider, kept: None };
    attempt.found(&credentials, transport);
    Ok(Some(credentials))
}
