//! Variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.
//!
//! AWS page: AWS CLI User Guide, "Environment variables". `--profile` takes this provider out of the chain;
//! AWS_PROFILE doesn't.

use super::{Attempt, Credentials};
use crate::client::{ClientError, Configuration, Transport};
use crate::clock::Timestamp;

const PROVIDER: &str = "env";

pub(super) fn load(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    if configuration.options.profile.is_some() {
        let attempt = Attempt::begin(PROVIDER, None, transport);
        attempt.with("profile", &configuration.profile).passed_over("reason.env.profile-option", transport);
        return Ok(None);
    }
    variables(configuration, transport)
}

/// The variables, whatever the profile.
pub(super) fn variables(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    let attempt = Attempt::begin(PROVIDER, None, transport);
    let Some(access_key_id) = configuration.variable("AWS_ACCESS_KEY_ID") else {
        attempt.passed_over("reason.env.unset", transport);
        return Ok(None);
    };
    let Some(secret_access_key) = configuration.variable("AWS_SECRET_ACCESS_KEY") else {
        attempt.with("missing", "AWS_SECRET_ACCESS_KEY").failed("reason.partial", transport);
        return Err(
            ClientError::PartialCredentials { provider: PROVIDER, missing: "AWS_SECRET_ACCESS_KEY" }.into()
        );
    };
    // The older name comes first, as in botocore.
    let token =
        configuration.variable("AWS_SECURITY_TOKEN").or_else(|| configuration.variable("AWS_SESSION_TOKEN"));
    let credentials = Credentials {
        access_key_id: access_key_id.to_string(),
        secret_access_key: secret_access_key.to_string(),
        session_token: token.map(str::to_string),
        expires: configuration.variable("AWS_CREDENTIAL_EXPIRATION").and_then(Timestamp::parse_iso8601),
        provider: PROVIDER,
        kept: None,
    };
    attempt.found(&credentials, transport);
    Ok(Some(credentials))
}
