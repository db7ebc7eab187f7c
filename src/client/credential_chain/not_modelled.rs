//! Providers of the real chain that aren't modelled: what selects each, and the step that says so.
//!
//! AWS page: AWS SDKs Reference Guide, "Standardized credential providers".

use super::Attempt;
use crate::client::{ClientError, Configuration, Selected, Transport};

/// Variables and profile settings that select a provider. Those of a session of SSO without a role select none.
const SELECTORS: [(&str, &str, bool); 8] = [
    ("assume-role-with-web-identity", "AWS_WEB_IDENTITY_TOKEN_FILE", true),
    ("assume-role-with-web-identity", "web_identity_token_file", false),
    ("sso", "sso_role_name", false),
    ("sso", "sso_account_id", false),
    ("login", "login_session", false),
    ("custom-process", "credential_process", false),
    ("container-role", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", true),
    ("container-role", "AWS_CONTAINER_CREDENTIALS_FULL_URI", true),
];

/// Stops the chain where the configuration selects one of these providers.
pub(super) fn stop_at(
    providers: &[&str],
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<(), Box<ClientError>> {
    let selected = SELECTORS.iter().find(|(provider, name, is_variable)| {
        // With `--profile` a variable for web identity doesn't count, as no variable with keys does.
        let counts = *provider == "container-role" || configuration.options.profile.is_none();
        let value = match is_variable {
            true => configuration.variable(name).filter(|_| counts),
            false => configuration.setting(name),
        };
        providers.contains(provider) && value.is_some()
    });
    let Some((provider, by, _)) = selected else {
        return Ok(());
    };
    Attempt::begin(provider, None, transport).with("by", by).failed("reason.not-modelled", transport);
    Err(ClientError::NotModelled(Selected { provider, by }).into())
}
