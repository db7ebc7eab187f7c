//! ListMultipartUploads: the uploads of a bucket that are under way, in pages.
//!
//! AWS page: S3 API Reference, "ListMultipartUploads". Left out on purpose: delimiters, which answer NotImplemented.

use super::listing::{encoding, id, limit, owner_of, truth};
use super::put_object::class;
use super::{NAMESPACE, S3Request, bucket, ok, permit};
use crate::authorization::Context;
use crate::gather::Gather;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 5] =
    ["prefix", "key-marker", "upload-id-marker", "max-uploads", "encoding-type"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let most = limit(request, "max-uploads")?;
    let encoding = encoding(request)?;
    permit(call, request, "s3:ListBucketMultipartUploads", Context::default())?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let text = |name: &str| request.parameter(name).unwrap_or_default();
    let (prefix, marker, id_marker) = (text("prefix"), text("key-marker"), text("upload-id-marker"));
    // Without an id the marker stands for every upload of its key.
    let is_after = |key: &str, id: &str| match id_marker {
        "" => marker.is_empty() || key > marker,
        id_marker => (key, id) > (marker, id_marker),
    };
    let fits = |key: &str, id: &str| key.starts_with(prefix) && is_after(key, id);
    let mut found = bucket.uploads.iter().filter(|((key, id), _)| fits(key, id));
    let page: Vec<_> = found.by_ref().take(most).gather();
    let is_truncated = found.next().is_some() && most > 0;
    let mut xml = Xml::new("ListMultipartUploadsResult", Some(NAMESPACE));
    xml.leaf("Bucket", &request.bucket);
    xml.leaf("KeyMarker", &encoding.encode(marker));
    xml.leaf("UploadIdMarker", id_marker);
    if let Some(((key, id), _)) = page.last().filter(|_| is_truncated) {
        xml.leaf("NextKeyMarker", &encoding.encode(key));
        xml.leaf("NextUploadIdMarker", id);
    }
    xml.leaf("Prefix", &encoding.encode(prefix));
    xml.number("MaxUploads", most);
    encoding.describe(&mut xml);
    truth(&mut xml, "IsTruncated", is_truncated);
    for ((key, upload_id), upload) in page {
        xml.begin("Upload");
        xml.leaf("Key", &encoding.encode(key));
        xml.leaf("UploadId", upload_id);
        id(&mut xml, "Initiator", &upload.initiator.0);
        id(&mut xml, "Owner", owner_of(call.cloud, bucket));
        xml.leaf("StorageClass", class(&upload.object));
        xml.leaf("Initiated", &upload.initiated.iso8601_millis());
        xml.end();
    }
    Ok(ok(xml))
}
