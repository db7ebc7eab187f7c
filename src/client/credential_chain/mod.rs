//! The credential chain: providers in the CLI's order, each a step that says what it found or why it was passed over.
//!
//! AWS page: AWS CLI User Guide, "Configuration settings and precedence". One file a provider. Providers that
//! aren't modelled (`assume-role-with-web-identity`, `sso`, `login`, `custom-process`,
//! `container-role`) are silent unless the configuration selects them; then the chain stops and says so.

mod assume_role;
mod config_file;
mod environment;
mod instance_metadata;
mod not_modelled;
mod shared_credentials_file;

use super::{ClientError, Configuration, Transport};
use crate::clock::Timestamp;
use crate::trace::{CredentialsEvidence, Evidence, NodeRef, Outcome, Params, StepId, StepKind};

/// A key to sign with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// `AKIA...` or `ASIA...`
    pub access_key_id: String,
    /// 40 characters.
    pub secret_access_key: String,
    /// Of temporary credentials.
    pub session_token: Option<String>,
    /// When they end, where the provider says it.
    pub expires: Option<Timestamp>,
    /// Method name of the provider, as `aws configure list` prints it.
    pub provider: &'static str,
    /// What the CLI keeps of them in a file, where they are new.
    pub kept: Option<Kept>,
}

/// A file in which the CLI keeps a role's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// `~/.aws/cli/cache/HASH.json`
    pub path: String,
    /// Its contents.
    pub text: String,
    /// What was asked before, on standard error; possibly nothing.
    pub prompt: String,
}

impl std::fmt::Debug for Credentials {
    /// Without the secret, so that no message can show it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

/// Walks the chain; `region` is where a profile's role is asked for. `Ok(None)`: no provider has credentials.
///
/// An error is one that stops the chain in the CLI too: half a key, a provider that isn't modelled.
pub fn credential_chain(
    configuration: &Configuration,
    region: Option<&str>,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    if let Some(found) = environment::load(configuration, transport)? {
        return Ok(Some(found));
    }
    if let Some(found) = assume_role::load(configuration, region, transport)? {
        return Ok(Some(found));
    }
    not_modelled::stop_at(&["assume-role-with-web-identity", "sso"], configuration, transport)?;
    if let Some(found) = shared_credentials_file::load(configuration, transport)? {
        return Ok(Some(found));
    }
    not_modelled::stop_at(&["login", "custom-process"], configuration, transport)?;
    if let Some(found) = config_file::load(configuration, transport)? {
        return Ok(Some(found));
    }
    not_modelled::stop_at(&["container-role"], configuration, transport)?;
    instance_metadata::load(configuration, transport)
}

/// The step of one provider.
struct Attempt {
    provider: &'static str,
    step: StepId,
    params: Params,
}

impl Attempt {
    fn begin(provider: &'static str, to: Option<NodeRef>, transport: &mut dyn Transport) -> Self {
        let (host, now) = (transport.host(), transport.now());
        let to = to.unwrap_or_else(|| host.clone());
        let step = transport.recorder().open(StepKind::Credentials, host, to, now);
        Attempt { provider, step, params: Params::from([("provider", provider.to_string())]) }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.params.insert(name, value.to_string());
        self
    }

    fn found(self, credentials: &Credentials, transport: &mut dyn Transport) {
        self.ok("credentials.found", credentials, transport);
    }

    /// Found, in what an earlier command kept.
    fn reused(self, credentials: &Credentials, transport: &mut dyn Transport) {
        self.ok("credentials.reused", credentials, transport);
    }

    fn ok(mut self, code: &'static str, credentials: &Credentials, transport: &mut dyn Transport) {
        self.params.insert("accessKeyId", credentials.access_key_id.clone());
        let key = Some(credentials.access_key_id.clone());
        self.close(Outcome::Ok, code, None, key, transport);
    }

    fn passed_over(self, reason: &'static str, transport: &mut dyn Transport) {
        self.close(Outcome::Skipped, "credentials.passed-over", Some(reason), None, transport);
    }

    fn failed(self, reason: &'static str, transport: &mut dyn Transport) {
        self.close(Outcome::Error, "credentials.failed", Some(reason), None, transport);
    }

    fn close(
        self,
        outcome: Outcome,
        code: &'static str,
        reason: Option<&'static str>,
        access_key_id: Option<String>,
        transport: &mut dyn Transport,
    ) {
        let evidence = CredentialsEvidence { provider: self.provider, reason, access_key_id, arn: None };
        transport.recorder().close(self.step, outcome, code, self.params, Evidence::Credentials(evidence));
    }
}
