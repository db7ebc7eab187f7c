//! Which bucket, object and operation a request means.
//!
//! AWS page: S3 User Guide, "Virtual hosting of buckets".

use super::{list_buckets, list_objects_v2};
use crate::http::{Request, Url};
use crate::services::errors::{AwsError, S3_INVALID_URI, S3_METHOD, S3_NOT_IMPLEMENTED};
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

/// Operations that are modelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operation {
    ListBuckets(list_buckets::Input),
    ListObjectsV2 { bucket: String, input: list_objects_v2::Input },
    HeadBucket { bucket: String },
    GetObject { bucket: String, key: String },
    HeadObject { bucket: String, key: String },
    DeleteObject { bucket: String, key: String },
}

impl Resource {
    /// The bucket's name.
    pub fn bucket(&self) -> Option<&str> {
        match self {
            Resource::Service => None,
            Resource::Bucket(bucket) | Resource::Object(bucket, _) => Some(bucket),
        }
    }
}

impl Operation {
    /// AWS's name of the operation.
    pub fn name(&self) -> &'static str {
        match self {
            Operation::ListBuckets(_) => "ListBuckets",
            Operation::ListObjectsV2 { .. } => "ListObjectsV2",
            Operation::HeadBucket { .. } => "HeadBucket",
            Operation::GetObject { .. } => "GetObject",
            Operation::HeadObject { .. } => "HeadObject",
            Operation::DeleteObject { .. } => "DeleteObject",
        }
    }

    /// The bucket's name.
    pub fn bucket(&self) -> Option<&str> {
        match self {
            Operation::ListBuckets(_) => None,
            Operation::ListObjectsV2 { bucket, .. }
            | Operation::HeadBucket { bucket }
            | Operation::GetObject { bucket, .. }
            | Operation::HeadObject { bucket, .. }
            | Operation::DeleteObject { bucket, .. } => Some(bucket),
        }
    }
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

/// The bucket in `BUCKET.s3.REGION.amazonaws.com`. Other hosts are path style.
fn virtual_host<'a>(url: &Url<'a>) -> Option<&'a str> {
    let rest = url.host.strip_suffix(".amazonaws.com")?;
    // The last label that names S3, for a bucket's name may hold ".s3" itself.
    let place = rest.rfind(".s3.").or_else(|| rest.rfind(".s3-")).or_else(|| {
        let end = rest.len().checked_sub(3)?;
        rest.ends_with(".s3").then_some(end)
    })?;
    rest.get(..place)
}

/// The operation.
///
/// # Errors
/// NotImplemented for what isn't modelled: operations, sub-resources, parameters.
pub(super) fn operation(request: &Request, resource: Resource) -> Result<Operation, AwsError> {
    let pairs = request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    let allow = |known: &[&str]| match pairs.iter().find(|(name, _)| !is_known(name, known)) {
        Some((name, _)) => Err(not_modelled(format!("{} ?{name}", request.method))),
        None => Ok(()),
    };
    match (request.method.as_str(), resource) {
        ("GET", Resource::Service) => {
            allow(&list_buckets::Input::PARAMETERS)?;
            Ok(Operation::ListBuckets(list_buckets::Input::parse(&pairs)?))
        }
        ("GET", Resource::Bucket(bucket)) => {
            if !pairs.contains(&("list-type".to_string(), "2".to_string())) {
                let what =
                    pairs.first().map_or("ListObjects".to_string(), |(name, _)| format!("GET ?{name}"));
                return Err(not_modelled(what));
            }
            allow(&list_objects_v2::Input::PARAMETERS)?;
            let input = list_objects_v2::Input::parse(&pairs)?;
            Ok(Operation::ListObjectsV2 { bucket, input })
        }
        ("GET", Resource::Object(bucket, key)) => {
            allow(&[])?;
            Ok(Operation::GetObject { bucket, key })
        }
        ("HEAD", Resource::Bucket(bucket)) => {
            allow(&[])?;
            Ok(Operation::HeadBucket { bucket })
        }
        ("HEAD", Resource::Object(bucket, key)) => {
            allow(&[])?;
            Ok(Operation::HeadObject { bucket, key })
        }
        ("DELETE", Resource::Object(bucket, key)) => {
            allow(&[])?;
            Ok(Operation::DeleteObject { bucket, key })
        }
        (method @ ("PUT" | "POST" | "HEAD" | "DELETE" | "OPTIONS"), resource) => {
            let on = match resource {
                Resource::Service => "/",
                Resource::Bucket(_) => "bucket",
                Resource::Object(..) => "object",
            };
            Err(not_modelled(format!("{method} {on}")))
        }
        (method, _) => Err(S3_METHOD.error().field("Method", method).field("ResourceType", "SERVICE")),
    }
}

/// Signature Version 2 in the query: authentication tells that it isn't supported.
const VERSION_2: [&str; 3] = ["AWSAccessKeyId", "Signature", "Expires"];

fn is_known(name: &str, known: &[&str]) -> bool {
    name == "x-id"
        || VERSION_2.contains(&name)
        || name.to_ascii_lowercase().starts_with("x-amz-")
        || known.contains(&name)
}

/// NotImplemented, with what was asked for.
pub(super) fn not_modelled(what: String) -> AwsError {
    S3_NOT_IMPLEMENTED.error().field("Header", what.as_str()).for_want_of(format!("s3: {what}"))
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
        assert!(resource(&Request::new("GET", "https://s3.amazonaws.com/b/%FF")).is_err());
    }
}
