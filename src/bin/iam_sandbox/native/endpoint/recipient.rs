//! Which service a request at the one port is for: the credential scope says it, else `X-Amz-Target`, else the
//! version of the API, else it is S3.

use iam_sandbox::http::Request;
use iam_sandbox::services::bucket_of;
use iam_sandbox::sigv4::CredentialScope;

/// The longest form in which a version is looked for.
const MAX_FORM: usize = 1024 * 1024;

/// What a request says about its recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// `s3`, `sts`, ..., as in host names; also of a service that isn't modelled.
    pub service: String,
    pub region: Option<String>,
    /// Of S3 alone.
    pub bucket: Option<String>,
}

/// The recipient.
pub fn recipient(request: &Request) -> Named {
    let (service, region) = match scope(request) {
        Some(scope) => (scope.service, Some(scope.region)),
        None => (by_target(request).or_else(|| by_version(request)).unwrap_or("s3").to_string(), None),
    };
    let path = request.parts().map_or("/", |url| url.path);
    // The account's part of S3 signs as S3 does.
    let control = request.header("x-amz-account-id").is_some() && path.starts_with("/v20180820/");
    let service = if service == "s3" && control { "s3-control".to_string() } else { service };
    let bucket = if service == "s3" { bucket_of(request) } else { None };
    Named { service, region, bucket }
}

/// The scope of a signature, in the header or in the query.
fn scope(request: &Request) -> Option<CredentialScope> {
    let parse = |text: &str| CredentialScope::parse_credential(text).map(|(_, scope)| scope);
    if let Some(header) = request.header("authorization") {
        let credential = header.split("Credential=").nth(1)?.split([',', ' ']).next()?;
        return parse(credential);
    }
    let pairs = request.parts()?.query_pairs();
    parse(&pairs.iter().find(|(name, _)| name == "X-Amz-Credential")?.1)
}

fn by_target(request: &Request) -> Option<&'static str> {
    let target = request.header("x-amz-target")?;
    if target.starts_with("AWSOrganizationsV20161128.") {
        Some("organizations")
    } else if target.contains("CloudTrail_20131101.") {
        Some("cloudtrail")
    } else {
        None
    }
}

fn by_version(request: &Request) -> Option<&'static str> {
    let url = request.parts().filter(|url| url.path == "/")?;
    let form = request.body.text().filter(|_| request.body.0.len() <= MAX_FORM).unwrap_or("");
    let mut pairs = url.query.split('&').chain(form.split('&')).filter_map(|pair| pair.split_once('='));
    let version = pairs.find(|(name, _)| *name == "Version").map(|(_, value)| value)?;
    match version {
        "2011-06-15" => Some("sts"),
        "2010-05-08" => Some("iam"),
        "2016-11-15" => Some("ec2"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(request: &Request) -> (String, Option<String>, Option<String>) {
        let Named { service, region, bucket } = recipient(request);
        (service, region, bucket)
    }

    #[test]
    fn scope_then_target_then_version_then_s3() {
        let credential = "Credential=AKIA/20260107/eu-west-1/sts/aws4_request";
        let signed = Request::new("POST", "http://h/")
            .with_header(
                "Authorization",
                format!("AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0"),
            )
            .with_header("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots");
        assert_eq!(named(&signed), ("sts".into(), Some("eu-west-1".into()), None));
        let url = "http://h/my-bucket/k?X-Amz-Credential=A%2F20260107%2Fus-west-2%2Fs3%2Faws4_request";
        let presigned = Request::new("GET", url);
        assert_eq!(named(&presigned), ("s3".into(), Some("us-west-2".into()), Some("my-bucket".into())));
        let target = Request::new("POST", "http://h/")
            .with_header("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots");
        assert_eq!(named(&target).0, "organizations");
        let mut form = Request::new("POST", "http://h/");
        form.body = "Action=GetUser&Version=2010-05-08".into();
        assert_eq!(named(&form).0, "iam");
        assert_eq!(named(&Request::new("GET", "http://h/")), ("s3".into(), None, None));
        assert_eq!(named(&Request::new("PUT", "http://h/my-bucket/k")).2, Some("my-bucket".into()));
        assert_eq!(named(&Request::new("GET", "http://my-bucket.localhost:1/k")).2, Some("my-bucket".into()));
        let control = Request::new("GET", "http://h/v20180820/configuration/publicAccessBlock")
            .with_header("x-amz-account-id", "111122223333");
        assert_eq!(named(&control), ("s3-control".into(), None, None));
    }
}
