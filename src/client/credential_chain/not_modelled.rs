//! Providers of the real chain that aren't modelled: what selects each, and the step that says so.
//!
//! AWS page: AWS SDKs Reference Guide, "Standardized credential providers".

use super::Attempt;
use crate::client::{ClientError, Configuration, Selected, Transport};

/// Variables and profile settings that select a provider.
const SELECTORS: [(&str, &str, bool); 9] = [
    ("assume-role-with-web-identity", "AWS_WEB_IDENTITY_TOKEN_FILE", true),
    ("assume-role-with-web-identity", "web_identity_token_file", false),
    ("sso", "sso_session", false),
    ("sso", "sso_start_url", false),
    ("login", "login_session", false),
    ("custom-process", "credential_process", false),
    ("container-role", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", true),
    ("container-role", "AWS_CONTAINER_CREDENTIALS_FULL_URI", true),
    ("container-role", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", true),
];

/// Stops the chain where the configuration selects one of these providers.
pub(super) fn stop_at(
    providers: &[&str],
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<(), ClientError> {
    let selected = SELECTORS.iter().find(|(provider, name, is_variable)| {
        let value = if *is_variable { configuration.variable(name) } else { configuration.setting(name) };
        providers.contains(provider) && value.is_some()
    });
    let Some((provider, by, _)) = selected else {
        return Ok(());
    };
    Attempt::begin(provider, None, transport).with("by", by).failed("reason.not-modelled", transport);
    Err(ClientError::NotModelled(Selected { provider, by }))
}
