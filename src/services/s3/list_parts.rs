//! ListParts: the parts of an upload that have come, in pages.
//!
//! AWS page: S3 API Reference, "ListParts".

use super::listing::{encoding, id, limit, number, owner_of, truth};
use super::put_object::class;
use super::upload_part::{names, upload};
use super::{NAMESPACE, S3Request, bucket, checksum, ok, permit};
use crate::authorization::Context;
use crate::gather::Gather;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 3] = ["max-parts", "part-number-marker", "encoding-type"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let most = limit(request, "max-parts")?;
    let encoding = encoding(request)?;
    let marker = number(request, "part-number-marker")?.unwrap_or(0);
    permit(call, request, "s3:ListMultipartUploadParts", Context::default())?;
    let owner = owner_of(call.cloud, bucket(call.cloud, &request.bucket)?).to_string();
    let upload = upload(call, request)?;
    let mut after = upload.parts.iter().filter(|(number, _)| usize::from(**number) > marker);
    let page: Vec<_> = after.by_ref().take(most).gather();
    let mut xml = Xml::new("ListPartsResult", Some(NAMESPACE));
    xml.leaf("Bucket", &request.bucket);
    xml.leaf("Key", &encoding.encode(&request.key));
    xml.leaf("UploadId", &names(request).1);
    id(&mut xml, "Initiator", &upload.initiator.0);
    id(&mut xml, "Owner", &owner);
    xml.leaf("StorageClass", class(&upload.object));
    xml.number("PartNumberMarker", marker);
    xml.number("NextPartNumberMarker", page.last().map_or(marker, |(number, _)| usize::from(**number)));
    xml.number("MaxParts", most);
    truth(&mut xml, "IsTruncated", after.next().is_some() && most > 0);
    if let Some((algorithm, kind)) = &upload.checksum {
        xml.leaf("ChecksumAlgorithm", &algorithm.to_ascii_uppercase());
        xml.leaf("ChecksumType", checksum::kind(*kind));
    }
    for (number, part) in page {
        xml.begin("Part");
        xml.number("PartNumber", usize::from(*number));
        xml.leaf("LastModified", &part.modified.iso8601_millis());
        xml.leaf("ETag", &part.etag);
        xml.number("Size", part.body.len());
        if let Some((algorithm, value)) = &part.checksum {
            xml.leaf(checksum::element(algorithm), value);
        }
        xml.end();
    }
    Ok(ok(xml))
}
