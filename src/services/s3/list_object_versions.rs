//! ListObjectVersions: of a bucket that never had versions, each object with the version id `null`.
//!
//! AWS pages: S3 API Reference, "ListObjectVersions"; S3 User Guide, "Retaining multiple versions of objects".

use super::listing::{Input, common_prefixes, describe, keys, owner_of, page, truth};
use super::{NAMESPACE, S3Request, bucket, ok, permit};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 6] =
    ["prefix", "delimiter", "key-marker", "version-id-marker", "max-keys", "encoding-type"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let input = Input::parse(request, "key-marker")?;
    permit(call, request, "s3:ListBucketVersions", keys(request))?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let page = page(bucket, &input);
    let mut xml = Xml::new("ListVersionsResult", Some(NAMESPACE));
    xml.leaf("Name", &bucket.name);
    xml.leaf("Prefix", &input.encode(&input.prefix));
    xml.leaf("KeyMarker", &input.encode(input.start_after.as_deref().unwrap_or_default()));
    xml.leaf("VersionIdMarker", request.parameter("version-id-marker").unwrap_or_default());
    if let Some(next) = &page.next {
        xml.leaf("NextKeyMarker", &input.encode(next.text()));
        xml.leaf("NextVersionIdMarker", "null");
    }
    input.describe(&mut xml);
    truth(&mut xml, "IsTruncated", page.next.is_some());
    for (key, object) in &page.contents {
        xml.begin("Version");
        xml.leaf("Key", &input.encode(key));
        xml.leaf("VersionId", "null");
        xml.leaf("IsLatest", "true");
        describe(&mut xml, object, Some(owner_of(call.cloud, bucket)));
        xml.end();
    }
    common_prefixes(&mut xml, &input, &page);
    Ok(ok(xml))
}
