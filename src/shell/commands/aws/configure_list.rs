//! `aws configure list`: which credentials and region are in force, and where they come from.
//!
//! AWS page: AWS CLI Command Reference, "configure list". As in the CLI `--region` doesn't count here.

use super::{Answer, Arguments, Invocation, configuration, failure, messages};
use crate::client::{Configuration, RegionSource, credential_chain, region};

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    if let Some(word) = arguments.paths.first() {
        return Answer::error(252, messages::unknown_options(word));
    }
    let mut arguments = arguments.clone();
    arguments.options.region = None;
    let mut stdout = messages::configure_row("NAME", "VALUE", "TYPE", "LOCATION");
    stdout.push_str(&profile_row(invocation, &arguments));
    let loaded = configuration(invocation, &arguments)
        .and_then(|configuration| {
            let keys = credential_rows(invocation, &configuration)?;
            stdout.push_str(&keys);
            Ok(configuration)
        })
        .and_then(|configuration| region_row(invocation, &configuration));
    match loaded {
        Ok(row) => Answer::text(stdout + &row),
        Err(error) => Answer { stdout, ..failure::general(&error) },
    }
}

fn profile_row(invocation: &Invocation<'_>, arguments: &Arguments) -> String {
    let variables = invocation.shell.environment();
    let variable = |name: &str| variables.get(name).filter(|value| !value.is_empty());
    match (&arguments.options.profile, variable("AWS_PROFILE").or_else(|| variable("AWS_DEFAULT_PROFILE"))) {
        (Some(profile), _) => messages::configure_row("profile", profile, "manual", "--profile"),
        (None, Some(profile)) => {
            messages::configure_row("profile", profile, "env", "['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']")
        }
        (None, None) => messages::configure_row_unset("profile"),
    }
}

fn credential_rows(
    invocation: &mut Invocation<'_>,
    configuration: &Configuration,
) -> Result<String, Box<crate::client::ClientError>> {
    let names = ["access_key", "secret_key"];
    // Only a profile's role is asked for in a region.
    let configured = match configuration.setting("role_arn") {
        Some(_) => region(configuration, invocation.transport)?.map(|(region, _)| region),
        None => None,
    };
    Ok(match credential_chain(configuration, configured.as_deref(), invocation.transport)? {
        None => names.map(messages::configure_row_unset).concat(),
        Some(found) => {
            super::keep(invocation, found.kept.clone(), &mut Answer::default());
            let [access_key, secret_key] = names;
            let row = |name, value: &str| messages::configure_row(name, &mask(value), found.provider, "");
            row(access_key, &found.access_key_id) + &row(secret_key, &found.secret_access_key)
        }
    })
}

fn region_row(
    invocation: &mut Invocation<'_>,
    configuration: &Configuration,
) -> Result<String, Box<crate::client::ClientError>> {
    Ok(match region(configuration, invocation.transport)? {
        None => messages::configure_row_unset("region"),
        Some((name, source)) => {
            let (kind, place) = match source {
                RegionSource::Option => ("manual", "--region"),
                RegionSource::Variable => ("env", "['AWS_REGION', 'AWS_DEFAULT_REGION']"),
                RegionSource::Profile => ("config-file", configuration.config_file.path.as_str()),
                RegionSource::MetadataService => ("imds", ""),
            };
            messages::configure_row("region", &name, kind, place)
        }
    })
}

/// Sixteen stars and the last four characters.
fn mask(secret: &str) -> String {
    let shown = secret.char_indices().rev().nth(3).map_or(0, |(place, _)| place);
    format!("{}{}", "*".repeat(16), secret.get(shown..).unwrap_or_default())
}
