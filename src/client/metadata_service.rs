//! The client's side of the instance metadata service: a token by PUT, then GETs; version 1 where no token comes.
//!
//! AWS page: AWS SDKs Reference Guide, "IMDS credential provider". Which answers fall back to version 1 follows
//! botocore: 403, 404, 405, any other status but 400, and no answer; 400 gives up.

use super::{ClientError, Configuration, Transport};
use crate::http::Request;

/// Where the metadata service is and what the configuration says of it.
pub(super) struct MetadataService {
    base: String,
    user_agent: String,
    disabled: bool,
    v1_disabled: bool,
}

/// Why nothing came from the metadata service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MetadataFault {
    /// AWS_EC2_METADATA_DISABLED.
    Disabled,
    /// No token, and AWS_EC2_METADATA_V1_DISABLED.
    V1Disabled,
    /// The token request was answered with 400.
    BadRequest,
    /// No connection.
    NoConnection,
    /// An answer that isn't 200, or an empty one.
    Refused(u16),
}

impl MetadataService {
    pub(super) fn new(configuration: &Configuration) -> Result<Self, Box<ClientError>> {
        let is_true = |value: Option<&str>| value.is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let setting = |variable, key| configuration.variable(variable).or_else(|| configuration.setting(key));
        let base = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
            .unwrap_or("http://169.254.169.254/")
            .to_string();
        if crate::http::Url::parse(&base).is_none() {
            return Err(ClientError::InvalidEndpoint { url: base }.into());
        }
        Ok(MetadataService {
            base: base.trim_end_matches('/').to_string(),
            user_agent: configuration.user_agent(),
            disabled: is_true(configuration.variable("AWS_EC2_METADATA_DISABLED")),
            v1_disabled: is_true(setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")),
        })
    }

    /// A session token; `None`: go on with version 1.
    pub(super) fn token(&self, transport: &mut dyn Transport) -> Result<Option<String>, MetadataFault> {
        if self.disabled {
            return Err(MetadataFault::Disabled);
        }
        let ttl = Some(("x-aws-ec2-metadata-token-ttl-seconds", "21600"));
        let request = self.request("PUT", "/latest/api/token", ttl).with_header("Content-Length", "0");
        match transport.exchange(request) {
            Ok(response) if response.status == 200 => Ok(response.body.text().map(str::to_string)),
            Ok(response) if response.status == 400 => Err(MetadataFault::BadRequest),
            Ok(_) | Err(_) if self.v1_disabled => Err(MetadataFault::V1Disabled),
            Ok(_) | Err(_) => Ok(None),
        }
    }

    /// The text at a path below the service's base.
    pub(super) fn get(
        &self,
        transport: &mut dyn Transport,
        path: &str,
        token: Option<&str>,
    ) -> Result<String, MetadataFault> {
        let request = self.request("GET", path, token.map(|token| ("x-aws-ec2-metadata-token", token)));
        let response = transport.exchange(request).map_err(|_| MetadataFault::NoConnection)?;
        let text = response.body.text().unwrap_or_default();
        if response.status != 200 || text.is_empty() {
            return Err(MetadataFault::Refused(response.status));
        }
        Ok(text.to_string())
    }

    fn request(&self, method: &str, path: &str, header: Option<(&str, &str)>) -> Request {
        let mut request =
            Request::new(method, &format!("{}{path}", self.base)).with_header("Accept-Encoding", "identity");
        if let Some((name, value)) = header {
            request = request.with_header(name, value);
        }
        request.with_header("User-Agent", self.user_agent.as_str())
    }
}
