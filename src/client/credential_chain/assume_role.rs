//! A profile with `role_arn`: its source signs AssumeRole, and the session's credentials are the profile's.
//!
//! AWS pages: AWS CLI User Guide, "Using an IAM role in the AWS CLI"; AWS SDKs Reference Guide, "Assume role
//! credential provider". As the CLI this keeps sessions in ~/.aws/cli/cache, and uses them until 15 minutes before
//! they end. The one-time code of `mfa_serial` comes from standard input, as where there is no terminal.
//! Left out on purpose: `credential_source = EcsContainer`, which says so.

use super::shared_credentials_file;
use super::{Attempt, Credentials, Kept, config_file, environment, instance_metadata, not_modelled};
use crate::client::operations::{AssumeRole, assume_role};
use crate::client::{Client, ClientError, Configuration, Selected, Transport};
use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::json::{self, Node};

const PROVIDER: &str = "assume-role";
/// Seconds before their end when kept credentials aren't used any more.
const REFRESHED_BEFORE: i64 = 900;

/// Credentials of the profile's role; `None`: the profile names none.
pub(super) fn load(
    configuration: &Configuration,
    region: Option<&str>,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    if !names_role(configuration) {
        return Ok(None);
    }
    of_profile(configuration, region, transport, &mut vec![configuration.profile.clone()]).map(Some)
}

fn names_role(configuration: &Configuration) -> bool {
    configuration.setting("role_arn").is_some() && configuration.setting("web_identity_token_file").is_none()
}

fn of_profile(
    configuration: &Configuration,
    region: Option<&str>,
    transport: &mut dyn Transport,
    visited: &mut Vec<String>,
) -> Result<Credentials, Box<ClientError>> {
    let role_arn = configuration.setting("role_arn").unwrap_or_default();
    let attempt = Attempt::begin(PROVIDER, None, transport)
        .with("profile", &configuration.profile)
        .with("role", role_arn);
    match session(configuration, role_arn, region, transport, visited) {
        Ok(credentials) if credentials.kept.is_none() => {
            attempt.reused(&credentials, transport);
            Ok(credentials)
        }
        Ok(credentials) => {
            attempt.found(&credentials, transport);
            Ok(credentials)
        }
        Err(error) => {
            let (reason, code) = match &*error {
                ClientError::Service { code, .. } => ("reason.assume-role.refused", code.as_str()),
                ClientError::EndOfInput => ("reason.assume-role.no-code", ""),
                ClientError::InvalidConfig { .. } | ClientError::PartialCredentials { .. } => {
                    ("reason.assume-role.settings", "")
                }
                other => ("reason.assume-role.failed", other.class()),
            };
            attempt.with("code", code).failed(reason, transport);
            Err(error)
        }
    }
}

/// The session that is kept, or a new one.
fn session(
    configuration: &Configuration,
    role_arn: &str,
    region: Option<&str>,
    transport: &mut dyn Transport,
    visited: &mut Vec<String>,
) -> Result<Credentials, Box<ClientError>> {
    let source = source(configuration, region, transport, visited)?;
    let setting = |name| configuration.setting(name).map(str::to_string);
    let now = transport.now().epoch_seconds();
    let mut request = AssumeRole {
        role_arn: role_arn.to_string(),
        session_name: setting("role_session_name"),
        external_id: setting("external_id"),
        serial_number: setting("mfa_serial"),
        duration: setting("duration_seconds").filter(|text| text.parse::<u32>().is_ok()),
        token_code: None,
    };
    let path = ["~/.aws/cli/cache/", &key(&request), ".json"].concat();
    let kept = configuration.kept.get(&crate::client::absolute_path(&path, &configuration.home));
    let kept = kept.and_then(|text| json::parse(text).ok()).and_then(|node| read(&node));
    if let Some(credentials) =
        kept.filter(|kept| kept.expires.is_some_and(|end| end.epoch_seconds() - now >= REFRESHED_BEFORE))
    {
        return Ok(credentials);
    }
    let prompt = match &request.serial_number {
        None => String::new(),
        Some(serial) => {
            let code = configuration.options.input.lines().next().map(str::trim);
            request.token_code = Some(code.ok_or(ClientError::EndOfInput)?.to_string());
            ["Enter MFA code for ", serial, ": "].concat()
        }
    };
    request.session_name.get_or_insert_with(|| format!("AWS-CLI-session-{now}"));
    let mut client = Client::with(configuration, transport, "sts", region, source);
    let text = assume_role(&mut client, &request)?;
    let mut credentials = json::parse(&text)
        .ok()
        .and_then(|node| read(&node))
        .ok_or(ClientError::ResponseParse { operation: "AssumeRole" })?;
    credentials.kept = Some(Kept { path, text, prompt });
    Ok(credentials)
}

/// Name of the file that keeps a session: the CLI's hash over what was asked for, names sorted.
fn key(request: &AssumeRole) -> String {
    let number = request.duration.as_ref().map(|seconds| ["\"DurationSeconds\": ", seconds].concat());
    let text = |name: &str, value: Option<&str>| {
        let mut text = ["\"", name, "\": "].concat();
        value.map(|value| {
            json::quote(value, &mut text);
            text
        })
    };
    let parts = [
        number,
        text("ExternalId", request.external_id.as_deref()),
        text("RoleArn", Some(&request.role_arn)),
        text("RoleSessionName", request.session_name.as_deref()),
        text("SerialNumber", request.serial_number.as_deref()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().gather();
    let digest = crate::checksum::sha1(["{", &parts.join(", "), "}"].concat().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).gather()
}

fn read(node: &Node) -> Option<Credentials> {
    let credentials = node.get("Credentials")?;
    let text = |name: &str| credentials.get(name).and_then(Node::as_str).map(str::to_string);
    Some(Credentials {
        access_key_id: text("AccessKeyId")?,
        secret_access_key: text("SecretAccessKey")?,
        session_token: Some(text("SessionToken")?),
        expires: Some(Timestamp::parse_iso8601(&text("Expiration")?)?),
        provider: PROVIDER,
        kept: None,
    })
}

/// The credentials that sign AssumeRole.
fn source(
    configuration: &Configuration,
    region: Option<&str>,
    transport: &mut dyn Transport,
    visited: &mut Vec<String>,
) -> Result<Credentials, Box<ClientError>> {
    let invalid = |parts: &[&str]| Err(Box::new(ClientError::InvalidConfig { text: parts.concat() }));
    let profile = configuration.profile.as_str();
    match (configuration.setting("credential_source"), configuration.setting("source_profile")) {
        (Some(_), Some(_)) => {
            invalid(&["The profile \"", profile, "\" contains both source_profile and credential_source."])
        }
        (None, None) => Err(ClientError::PartialCredentials {
            provider: PROVIDER,
            missing: "source_profile or credential_source",
        }
        .into()),
        (Some(source), None) => {
            let found = match source {
                "Environment" => environment::variables(configuration, transport)?,
                "Ec2InstanceMetadata" => instance_metadata::load(configuration, transport)?,
                "EcsContainer" => {
                    return Err(ClientError::NotModelled(Selected {
                        provider: "container-role",
                        by: "credential_source = EcsContainer",
                    })
                    .into());
                }
                _ => {
                    let parts = [
                        "The credential source \"",
                        source,
                        "\" referenced in profile \"",
                        profile,
                        "\" is not valid.",
                    ];
                    return invalid(&parts);
                }
            };
            found.map_or_else(
                || {
                    let text = "No credentials found in credential_source referenced in profile ";
                    invalid(&["Error when retrieving credentials from ", source, ": ", text, profile])
                },
                Ok,
            )
        }
        (None, Some(source)) => of_source_profile(configuration, source, region, transport, visited),
    }
}

fn of_source_profile(
    configuration: &Configuration,
    source: &str,
    region: Option<&str>,
    transport: &mut dyn Transport,
    visited: &mut Vec<String>,
) -> Result<Credentials, Box<ClientError>> {
    let other = configuration.of_profile(source);
    let profile = configuration.profile.as_str();
    if !other.has_profile() {
        let parts = [
            "The source_profile \"",
            source,
            "\" referenced in the profile \"",
            profile,
            "\" does not exist.",
        ];
        return Err(ClientError::InvalidConfig { text: parts.concat() }.into());
    }
    let has_keys =
        ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| other.setting(key).is_some());
    if visited.iter().any(|own| own == source) && !(source == profile && has_keys) {
        let names = visited.iter().map(|name| ["'", name, "'"].concat()).gather::<Vec<_>>().join(", ");
        let parts = [
            "Infinite loop in credential configuration detected. Attempting to load from profile ",
            source,
            " which has already been visited. Visited profiles: [",
            &names,
            "]",
        ];
        return Err(ClientError::InvalidConfig { text: parts.concat() }.into());
    }
    visited.push(source.to_string());
    if !has_keys && names_role(&other) {
        return of_profile(&other, region, transport, visited);
    }
    not_modelled::stop_at(&["assume-role-with-web-identity", "sso"], &other, transport)?;
    if let Some(found) = shared_credentials_file::load(&other, transport)? {
        return Ok(found);
    }
    not_modelled::stop_at(&["login", "custom-process"], &other, transport)?;
    let text = || ["The source profile \"", source, "\" must have credentials."].concat();
    config_file::load(&other, transport)?.ok_or_else(|| ClientError::InvalidConfig { text: text() }.into())
}
