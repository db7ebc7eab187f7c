//! Which profile counts, and what variables, files and options say.
//!
//! AWS page: AWS CLI User Guide, "Configuration and credential file settings" and "Environment variables".
//! Left out on purpose: settings that no modelled command reads.

use super::ini::{self, Ini};
use super::{ClientError, Environment, absolute_path};
use crate::gather::Gather;
use crate::sorted::SortedMap;

/// Global options of the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// `--profile`
    pub profile: Option<String>,
    /// `--region`
    pub region: Option<String>,
    /// `--endpoint-url`
    pub endpoint_url: Option<String>,
    /// `--no-sign-request`
    pub no_sign_request: bool,
    /// The command, `s3.ls`: part of the User-Agent.
    pub command: String,
    /// Standard input, which answers what the CLI asks.
    pub input: String,
}

/// What applies to one command.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Options of the command line.
    pub options: Options,
    /// Exported variables.
    pub variables: SortedMap<String, String>,
    /// The profile in force.
    pub profile: String,
    /// ~/.aws/config or AWS_CONFIG_FILE.
    pub config_file: ConfigurationFile,
    /// ~/.aws/credentials or AWS_SHARED_CREDENTIALS_FILE.
    pub credentials_file: ConfigurationFile,
    /// Sessions of roles that earlier commands kept: contents by absolute path.
    pub kept: SortedMap<String, String>,
    /// The home directory.
    pub home: String,
}

const CONFIG_FILE: &str = "~/.aws/config";
const CREDENTIALS_FILE: &str = "~/.aws/credentials";

/// Where the CLI keeps sessions, below the home directory.
const CACHE: &str = "/.aws/cli/cache/";

/// One of the two files.
#[derive(Debug, Clone)]
pub struct ConfigurationFile {
    /// As the user would name it.
    pub path: String,
    /// Its contents; `None`: there is no such file.
    pub ini: Option<Ini>,
}

impl Configuration {
    /// Reads the files and checks that a profile that was asked for exists.
    pub fn load(environment: &Environment<'_>, options: Options) -> Result<Self, Box<ClientError>> {
        let config_file = read(environment, "AWS_CONFIG_FILE", CONFIG_FILE)?;
        let credentials_file = read(environment, "AWS_SHARED_CREDENTIALS_FILE", CREDENTIALS_FILE)?;
        let variable =
            || environment.variable("AWS_PROFILE").or_else(|| environment.variable("AWS_DEFAULT_PROFILE"));
        let asked = options.profile.clone().or_else(|| variable().map(str::to_string));
        let configuration = Configuration {
            options,
            variables: environment.variables.clone(),
            profile: asked.clone().unwrap_or_else(|| "default".to_string()),
            config_file,
            credentials_file,
            kept: kept(environment),
            home: environment.home.to_string(),
        };
        match asked {
            Some(profile) if !configuration.has_profile() => {
                Err(ClientError::ProfileNotFound { profile }.into())
            }
            _ => Ok(configuration),
        }
    }

    /// A variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A setting of the profile in force: the credentials file's, else the config file's.
    pub fn setting(&self, key: &str) -> Option<&str> {
        let credentials = self.credentials_section().and_then(|section| section.get(key));
        let found = credentials.or_else(|| self.config_section().and_then(|section| section.get(key)));
        found.map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The profile's section of the credentials file.
    pub fn credentials_section(&self) -> Option<&SortedMap<String, String>> {
        self.credentials_file.ini.as_ref()?.section(&self.profile)
    }

    /// The profile's section of the config file, `[profile NAME]` or `[default]`.
    pub fn config_section(&self) -> Option<&SortedMap<String, String>> {
        let ini = self.config_file.ini.as_ref()?;
        let name = ini.names().find(|name| profile_of(name) == Some(self.profile.as_str()))?;
        ini.section(name)
    }

    /// User-Agent of every request. Versions that change with each release are those of one release.
    pub fn user_agent(&self) -> String {
        let command = match self.options.command.as_str() {
            "" => String::new(),
            command => format!(" md/command#{command}"),
        };
        format!(
            "aws-cli/2.36.0 md/awscrt#0.31.2 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13.11 md/pyimpl#CPython \
             cfg/retry-mode#standard md/installer#exe md/distrib#amzn.2023 md/prompt#off{command}"
        )
    }

    /// The same with another profile in force.
    pub fn of_profile(&self, profile: &str) -> Self {
        Configuration { profile: profile.to_string(), ..self.clone() }
    }

    /// Whether a file has the profile in force.
    pub fn has_profile(&self) -> bool {
        self.credentials_section().is_some() || self.config_section().is_some()
    }
}

/// Names of all profiles: those of the config file, then what the credentials file has beside. None where a file
/// can't be read.
pub fn profile_names(environment: &Environment<'_>) -> Vec<String> {
    let files = read(environment, "AWS_CONFIG_FILE", CONFIG_FILE).and_then(|config| {
        Ok((config.ini, read(environment, "AWS_SHARED_CREDENTIALS_FILE", CREDENTIALS_FILE)?.ini))
    });
    let Ok((config, credentials)) = files else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for (ini, is_config) in [(config, true), (credentials, false)] {
        let Some(ini) = ini else { continue };
        for section in ini.names() {
            let name = if is_config { profile_of(section) } else { Some(section) };
            if let Some(name) = name.filter(|name| !names.iter().any(|own| own == name)) {
                names.push(name.to_string());
            }
        }
    }
    names
}

/// The profile that a section of the config file describes.
fn profile_of(section: &str) -> Option<&str> {
    if section == "default" {
        return Some(section);
    }
    let name = section.strip_prefix("profile")?;
    let trimmed = name.trim_start();
    if trimmed.len() == name.len() {
        return None;
    }
    let trimmed = trimmed.trim_end();
    let unquoted = |quote| trimmed.strip_prefix(quote).and_then(|name| name.strip_suffix(quote));
    unquoted('"').or_else(|| unquoted('\'')).or(Some(trimmed))
}

fn kept(environment: &Environment<'_>) -> SortedMap<String, String> {
    let directory = [environment.home, CACHE].concat();
    let own = environment.files.iter().filter(|(path, _)| path.starts_with(&directory));
    SortedMap::of_many(own.map(|(path, text)| (path.clone(), text.clone())).gather())
}

fn read(
    environment: &Environment<'_>,
    variable: &str,
    default: &str,
) -> Result<ConfigurationFile, Box<ClientError>> {
    let path = environment.variable(variable).unwrap_or(default).to_string();
    let ini = match environment.file(&path) {
        None => None,
        Some(text) => Some(
            ini::parse(text)
                .map_err(|_| ClientError::ConfigParse { path: absolute_path(&path, environment.home) })?,
        ),
    };
    Ok(ConfigurationFile { path, ini })
}
