//! ListObjectVersions: of a bucket that never had versions, each object with the version id `null`.
//!
//! AWS pages: S3 API Reference, "ListObjectVersions"; S3 User Guide, "Retaining multiple versions of objects".

use super::listing::{Input, begin, entries, keys, owner_of, page};
use super::{S3Request, argument, bucket, ok, permit};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_VERSION_ID, S3_VERSION_MARKER};

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 6] =
    ["prefix", "delimiter", "key-marker", "version-id-marker", "max-keys", "encoding-type"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let input = Input::parse(request, "key-marker")?;
    check_marker(request)?;
    permit(call, request, "s3:ListBucketVersions", keys(request))?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let page = page(bucket, &input);
    let mut xml = begin("ListVersionsResult", bucket, &input);
    xml.leaf("KeyMarker", &input.encode(input.start_after.as_deref().unwrap_or_default()));
    xml.leaf("VersionIdMarker", request.parameter("version-id-marker").unwrap_or_default());
    if let Some(next) = &page.next {
        xml.leaf("NextKeyMarker", &input.encode(next.text()));
        xml.leaf("NextVersionIdMarker", "null");
    }
    entries(&mut xml, &input, &page, "Version", Some(owner_of(call.cloud, bucket)));
    Ok(ok(xml))
}

/// The marker of a version goes with that of a key; the only version is `null`, after which its key has no other.
fn check_marker(request: &S3Request<'_>) -> Result<(), AwsError> {
    let text = |name: &str| request.parameter(name).filter(|text| !text.is_empty());
    match (text("version-id-marker"), text("key-marker")) {
        (Some(marker), None) => Err(argument(S3_VERSION_MARKER.error(), "version-id-marker", marker)),
        (Some(marker), _) if marker != "null" => {
            Err(argument(S3_VERSION_ID.error(), "version-id-marker", marker))
        }
        _ => Ok(()),
    }
}
