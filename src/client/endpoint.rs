//! Where a service is asked, and with which region and service name its requests are signed.
//!
//! AWS pages: S3 User Guide, "Virtual hosting of general purpose buckets"; AWS SDKs Reference Guide, "AWS STS
//! Regional endpoints" and "Service-specific endpoints". Entry: [`endpoint_for`]. Version 2 of the CLI uses
//! regional endpoints everywhere; without a region S3, STS and IAM have a global one, signed for us-east-1.
//! Left out on purpose: FIPS, access point ARNs, accelerate; dual stack names resolve but no option selects them.

use super::{ClientError, Configuration};
use crate::http::Url;

const GLOBAL_REGION: &str = "us-east-1";

/// Where requests to a service go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://HOST`, without a slash at its end.
    pub url: String,
    /// What stands before a key in the path: empty, or `/BUCKET` in path style.
    pub path: String,
    /// The region to sign for.
    pub signing_region: String,
}

/// The endpoint of `service` (`s3`, `sts`, ...), for one bucket if `bucket` names it.
pub fn endpoint_for(
    configuration: &Configuration,
    service: &str,
    region: Option<&str>,
    bucket: Option<&str>,
) -> Result<Endpoint, Box<ClientError>> {
    let signing_region = match service {
        "iam" | "organizations" => GLOBAL_REGION,
        _ => region.unwrap_or(GLOBAL_REGION),
    };
    let endpoint =
        |url: String, path: String| Endpoint { url, path, signing_region: signing_region.to_string() };
    if let Some(custom) = custom(configuration, service) {
        let url = Url::parse(&custom).ok_or_else(|| ClientError::InvalidEndpoint { url: custom.clone() })?;
        let base = custom.split('?').next().unwrap_or_default().trim_end_matches('/');
        return Ok(match bucket {
            Some(bucket)
                if is_virtual_hostable(bucket) && url.host.parse::<std::net::Ipv4Addr>().is_err() =>
            {
                endpoint(base.replacen("://", &format!("://{bucket}."), 1), String::new())
            }
            Some(bucket) => endpoint(base.to_string(), format!("/{bucket}")),
            None => endpoint(base.to_string(), String::new()),
        });
    }
    let host = match (service, region) {
        ("iam", _) => "iam.amazonaws.com".to_string(),
        ("organizations", _) => "organizations.us-east-1.amazonaws.com".to_string(),
        (service, Some(region)) => format!("{service}.{region}.amazonaws.com"),
        ("s3" | "sts", None) => format!("{service}.amazonaws.com"),
        (_, None) => return Err(ClientError::NoRegion.into()),
    };
    Ok(match bucket {
        Some(bucket) if is_virtual_hostable(bucket) => {
            endpoint(format!("https://{bucket}.{host}"), String::new())
        }
        Some(bucket) => endpoint(format!("https://{host}"), format!("/{bucket}")),
        None => endpoint(format!("https://{host}"), String::new()),
    })
}

/// `--endpoint-url`, then AWS_ENDPOINT_URL_S3 and the like, then AWS_ENDPOINT_URL, then the profile's.
fn custom(configuration: &Configuration, service: &str) -> Option<String> {
    let ignored = configuration
        .variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        .or_else(|| configuration.setting("ignore_configured_endpoint_urls"))
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    // After the service's id: S3_CONTROL, but ACCESSANALYZER.
    let id = if service == "access-analyzer" { "accessanalyzer".into() } else { service.replace('-', "_") };
    let of_service = format!("AWS_ENDPOINT_URL_{}", id.to_ascii_uppercase());
    let configured = || {
        let variable =
            configuration.variable(&of_service).or_else(|| configuration.variable("AWS_ENDPOINT_URL"));
        variable.or_else(|| configuration.setting("endpoint_url")).filter(|_| !ignored)
    };
    configuration.options.endpoint_url.as_deref().or_else(configured).map(str::to_string)
}

/// Whether a bucket's name can be a label of an HTTPS host (no dots, no capitals).
fn is_virtual_hostable(bucket: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=63).contains(&bucket.len())
        && bucket.bytes().all(inner)
        && !bucket.starts_with('-')
        && !bucket.ends_with('-')
}
