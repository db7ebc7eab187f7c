//! What makes a client stop, named after the CLI's exception classes.

/// Why a command of the CLI fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientError {
    /// No provider of the chain has credentials.
    NoCredentials,
    /// A provider has an access key id and no secret.
    PartialCredentials {
        /// Method name of the provider.
        provider: &'static str,
        /// The variable or option that lacks.
        missing: &'static str,
    },
    /// Nothing names a region, and the service has no endpoint without one.
    NoRegion,
    /// `--profile` or `AWS_PROFILE` names a profile that no file has.
    ProfileNotFound {
        /// The name.
        profile: String,
    },
    /// A configuration file isn't INI.
    ConfigParse {
        /// Its absolute path.
        path: String,
    },
    /// A profile's settings contradict each other or lead nowhere.
    InvalidConfig {
        /// botocore's own words.
        text: String,
    },
    /// A code was asked for, and standard input had none.
    EndOfInput,
    /// No token for version 2 of the metadata service, and version 1 is disabled on the client.
    MetadataRetrieval,
    /// The address of an endpoint isn't a URL.
    InvalidEndpoint {
        /// As given.
        url: String,
    },
    /// A region name that can't stand in a host name.
    InvalidRegion {
        /// As given.
        region: String,
    },
    /// A parameter is refused before anything is sent.
    ParamValidation {
        /// What the CLI prints below `Parameter validation failed:`.
        report: String,
    },
    /// The connection timed out.
    ConnectTimeout {
        /// The whole URL of the request.
        url: String,
    },
    /// The name doesn't resolve or nothing answers there.
    EndpointConnection {
        /// The whole URL of the request.
        url: String,
    },
    /// The service answered with an error.
    Service {
        /// As the client read it: S3's code, or the status where the body is hidden (HEAD).
        code: String,
        /// AWS's message, or the status's phrase.
        message: String,
        /// `ListBuckets`
        operation: &'static str,
        /// HTTP status.
        status: u16,
        /// The code that the service decided, also where `code` can't show it.
        decided: Option<String>,
    },
    /// The answer isn't what the operation defines.
    ResponseParse {
        /// `ListBuckets`
        operation: &'static str,
    },
    /// A service names a page once more.
    Pagination {
        /// Its token, as Python shows it.
        token: String,
    },
    /// A waiter that gave up.
    Waiter {
        /// `InstanceRunning`
        name: &'static str,
        /// Why, in botocore's words.
        reason: String,
    },
    /// The configuration selects a credential provider that isn't modelled.
    NotModelled(Selected),
    /// A setting isn't modelled, or what is beyond a bound of the client.
    SettingNotModelled {
        /// The variable or setting, or what is too much.
        by: &'static str,
    },
}

/// What selected something that isn't modelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// The provider's method name, `assume-role`.
    pub provider: &'static str,
    /// The variable or option that selected it.
    pub by: &'static str,
}

impl ClientError {
    /// The name of botocore's exception class; `ClientError` for an error of a service.
    pub fn class(&self) -> &'static str {
        match self {
            ClientError::NoCredentials => "NoCredentialsError",
            ClientError::PartialCredentials { .. } => "PartialCredentialsError",
            ClientError::NoRegion => "NoRegionError",
            ClientError::ProfileNotFound { .. } => "ProfileNotFound",
            ClientError::ConfigParse { .. } => "ConfigParseError",
            ClientError::InvalidConfig { .. } => "InvalidConfigError",
            ClientError::EndOfInput => "EOFError",
            ClientError::MetadataRetrieval => "MetadataRetrievalError",
            ClientError::InvalidEndpoint { .. } => "ValueError",
            ClientError::InvalidRegion { .. } => "InvalidRegionError",
            ClientError::ParamValidation { .. } => "ParamValidationError",
            ClientError::ConnectTimeout { .. } => "ConnectTimeoutError",
            ClientError::EndpointConnection { .. } => "EndpointConnectionError",
            ClientError::Service { .. } => "ClientError",
            ClientError::ResponseParse { .. } => "ResponseParserError",
            ClientError::Pagination { .. } => "PaginationError",
            ClientError::Waiter { .. } => "WaiterError",
            ClientError::NotModelled(_) | ClientError::SettingNotModelled { .. } => "NotModelled",
        }
    }

    /// The code that the service decided, else [`ClientError::class`].
    pub fn decided(&self) -> String {
        match self {
            ClientError::Service { code, decided, .. } => decided.clone().unwrap_or_else(|| code.clone()),
            other => other.class().to_string(),
        }
    }
}
