//! Which bucket and object a request means.
//!
//! AWS page: S3 User Guide, "Virtual hosting of buckets".

use crate::http::{Request, Url};
use crate::services::errors::{AwsError, S3_INVALID_URI};
use percent_encoding::percent_decode_str;

/// What a URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resource {
    /// The service: all buckets.
    Service,
    /// A bucket.
    Bucket(String),
    /// An object.
    Object(String, String),
}

impl Resource {
    /// The bucket's name and the key, each empty where it isn't named.
    pub fn into_names(self) -> (String, String) {
        match self {
            Resource::Service => Default::default(),
            Resource::Bucket(bucket) => (bucket, String::new()),
            Resource::Object(bucket, key) => (bucket, key),
        }
    }

    /// The bucket's name.
    pub fn bucket(&self) -> Option<&str> {
        match self {
            Resource::Service => None,
            Resource::Bucket(bucket) | Resource::Object(bucket, _) => Some(bucket),
        }
    }
}

/// The bucket that a request to S3 names, in its host or path.
pub fn bucket_of(request: &Request) -> Option<String> {
    resource(request).ok()?.bucket().map(str::to_string)
}

/// Bucket and key, from the host (virtual-hosted style) or the path.
///
/// # Errors
/// InvalidURI where the path isn't UTF-8.
pub(super) fn resource(request: &Request) -> Result<Resource, AwsError> {
    let url = request.parts().ok_or_else(|| S3_INVALID_URI.error())?;
    let path = percent_decode_str(url.path)
        .decode_utf8()
        .map_err(|_| S3_INVALID_URI.error().field("URI", url.path))?;
    let path = path.strip_prefix('/').unwrap_or(&path);
    let (bucket, key) = match virtual_host(&url) {
        Some(bucket) => (bucket, path),
        None => path.split_once('/').unwrap_or((path, "")),
    };
    Ok(match (bucket, key) {
        ("", _) => Resource::Service,
        (bucket, "") => Resource::Bucket(bucket.to_string()),
        (bucket, key) => Resource::Object(bucket.to_string(), key.to_string()),
    })
}

/// The bucket in `BUCKET.s3.REGION.amazonaws.com`, or in `BUCKET.localhost` and `BUCKET.s3.localhost`, which stand for
/// it on one's own machine. Other hosts are path style.
fn virtual_host<'a>(url: &Url<'a>) -> Option<&'a str> {
    let rest = match url.host.strip_suffix(".localhost") {
        Some(rest) if rest == "s3" || rest.starts_with("s3.") => return None,
        Some(rest) if !rest.ends_with(".s3") && !rest.contains(".s3.") => return Some(rest),
        Some(rest) => rest,
        None => url.host.strip_suffix(".amazonaws.com")?,
    };
    // The last label that names S3, for a bucket's name may hold ".s3" itself.
    let place = rest.rfind(".s3.").or_else(|| rest.rfind(".s3-")).or_else(|| {
        let end = rest.len().checked_sub(3)?;
        rest.ends_with(".s3").then_some(end)
    })?;
    rest.get(..place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Resource {
        resource(&Request::new("GET", url)).unwrap()
    }

    #[test]
    fn finds_bucket_and_key_in_either_style() {
        let object = |key: &str| Resource::Object("b".into(), key.into());
        assert_eq!(of("https://s3.us-east-1.amazonaws.com/"), Resource::Service);
        assert_eq!(of("https://s3.amazonaws.com/b"), Resource::Bucket("b".into()));
        assert_eq!(of("https://s3.us-east-1.amazonaws.com/b/"), Resource::Bucket("b".into()));
        assert_eq!(of("https://s3.us-east-1.amazonaws.com/b/c/d%2Fe%20f"), object("c/d/e f"));
        assert_eq!(of("https://b.s3.us-east-1.amazonaws.com/c/d"), object("c/d"));
        assert_eq!(of("https://b.s3.amazonaws.com/"), Resource::Bucket("b".into()));
        assert_eq!(of("https://b.s3-us-west-2.amazonaws.com/"), Resource::Bucket("b".into()));
        assert_eq!(of("https://a.s3.b.s3.us-east-1.amazonaws.com/"), Resource::Bucket("a.s3.b".into()));
        assert_eq!(of("http://127.0.0.1:4566/b//k"), object("/k"));
        assert_eq!(of("http://localhost:4566/b//k"), object("/k"));
        assert_eq!(of("http://s3.localhost:4566/b//k"), object("/k"));
        for host in ["b.localhost", "b.s3.localhost", "b.s3.eu-west-1.localhost"] {
            assert_eq!(of(&format!("http://{host}:4566/c/d")), object("c/d"), "{host}");
        }
        assert!(resource(&Request::new("GET", "https://s3.amazonaws.com/b/%FF")).is_err());
    }
}
