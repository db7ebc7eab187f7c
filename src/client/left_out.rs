//! Settings that would change what is sent or printed and aren't modelled: they say so.
//!
//! AWS pages: AWS CLI User Guide, "Configuration and credential file settings" and "Environment variables"; AWS SDKs
//! Reference Guide, "Settings reference". What only tells of time-outs, retries, certificates, pagers and parallel
//! transfers changes nothing here and isn't named.

use super::{ClientError, Configuration};

/// A variable, the profile's setting of that meaning, and the values that are as without it.
const SETTINGS: [(&str, &str, &[&str]); 16] = [
    ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", &["false"]),
    ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", &["false"]),
    ("AWS_REQUEST_CHECKSUM_CALCULATION", "request_checksum_calculation", &["when_supported"]),
    ("AWS_RESPONSE_CHECKSUM_VALIDATION", "response_checksum_validation", &["when_supported"]),
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode", &["ipv4"]),
    ("AWS_CLI_AUTO_PROMPT", "cli_auto_prompt", &["off"]),
    ("AWS_CLI_ERROR_FORMAT", "cli_error_format", &["enhanced"]),
    ("AWS_SDK_UA_APP_ID", "sdk_ua_app_id", &[]),
    ("", "cli_timestamp_format", &["iso8601"]),
    ("", "parameter_validation", &["true"]),
    ("", "s3", &[]),
    ("", "services", &[]),
    ("HTTPS_PROXY", "", &[]),
    ("https_proxy", "", &[]),
    ("HTTP_PROXY", "", &[]),
    ("http_proxy", "", &[]),
];

/// Stops at the first of them that is set.
pub(super) fn stop(configuration: &Configuration) -> Result<(), Box<ClientError>> {
    for (variable, setting, plain) in SETTINGS {
        let changes = |value: &&str| !plain.iter().any(|own| value.eq_ignore_ascii_case(own));
        let found = configuration.variable(variable);
        if found.filter(changes).is_some() {
            return Err(ClientError::SettingNotModelled { by: variable }.into());
        }
        if found.is_none() && configuration.setting(setting).filter(changes).is_some() {
            return Err(ClientError::SettingNotModelled { by: setting }.into());
        }
    }
    Ok(())
}
