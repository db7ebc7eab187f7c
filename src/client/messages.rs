//! The texts of botocore's exceptions, the library below the AWS CLI. AWS changes them: this is the one table.
//!
//! Source: botocore's `exceptions.py`, and output of the CLI.

use super::ClientError;

impl ClientError {
    /// The text as botocore gives it, before the CLI adds its prefix. Empty for what isn't modelled.
    pub fn message(&self) -> String {
        match self {
            ClientError::NoCredentials => "Unable to locate credentials".to_string(),
            ClientError::PartialCredentials { provider, missing } => {
                format!("Partial credentials found in {provider}, missing: {missing}")
            }
            ClientError::NoRegion => "You must specify a region.".to_string(),
            ClientError::ProfileNotFound { profile } => {
                format!("The config profile ({profile}) could not be found")
            }
            ClientError::ConfigParse { path } => format!("Unable to parse config file: {path}"),
            ClientError::InvalidConfig { text } => text.clone(),
            ClientError::EndOfInput => String::new(),
            ClientError::MetadataRetrieval => {
                "Error retrieving metadata: Unable to retrieve token for use in IMDSv2 \
                                               call and IMDSv1 has been disabled"
                    .to_string()
            }
            ClientError::InvalidEndpoint { url } => format!("Invalid endpoint: {url}"),
            ClientError::InvalidRegion { region } => {
                format!("Provided region_name '{region}' doesn't match a supported format.")
            }
            ClientError::ParamValidation { report } => format!("Parameter validation failed:\n{report}"),
            ClientError::ConnectTimeout { url } => format!("Connect timeout on endpoint URL: \"{url}\""),
            ClientError::EndpointConnection { url } => {
                format!("Could not connect to the endpoint URL: \"{url}\"")
            }
            ClientError::Service { code, message, operation, .. } => {
                format!("An error occurred ({code}) when calling the {operation} operation: {message}")
            }
            ClientError::ResponseParse { .. } => {
                "Unable to parse response, invalid XML received. Further retries may succeed".to_string()
            }
            ClientError::Pagination { token } => {
                ["Error during pagination: The same next token was received twice: ", token].concat()
            }
            ClientError::Waiter { name, reason } => ["Waiter ", name, " failed: ", reason].concat(),
            ClientError::NotModelled(_) | ClientError::SettingNotModelled { .. } => String::new(),
        }
    }
}

/// What botocore prints of a bucket's name that can't be one.
pub(super) fn invalid_bucket_name(bucket: &str) -> String {
    format!(
        "Invalid bucket name \"{bucket}\": Bucket name must match the regex \"^[a-zA-Z0-9.\\-_]{{1,255}}$\" or be an \
         ARN matching the regex \"^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{{12}}:accesspoint[/:]\
         [a-zA-Z0-9\\-.]{{1,63}}$|^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{{12}}:outpost[/:]\
         [a-zA-Z0-9\\-]{{1,63}}[/:]accesspoint[/:][a-zA-Z0-9\\-]{{1,63}}$\""
    )
}

/// What botocore prints of a key that is empty.
pub fn empty_key() -> String {
    "Invalid length for parameter Key, value: 0, valid min length: 1".to_string()
}

/// The reason phrase of a status, which stands for the message where an answer has no body (RFC 9110).
pub fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "",
    }
}
