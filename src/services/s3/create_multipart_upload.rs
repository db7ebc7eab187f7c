//! CreateMultipartUpload: begins an object that comes in parts. It needs the permission to put it.
//!
//! AWS page: S3 API Reference, "CreateMultipartUpload".

use super::put_object::{Makes, prepare};
use super::{NAMESPACE, S3Request, bucket_mut, checksum, ok};
use crate::cloud::{ChecksumType, Upload};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::context::user_id;
use crate::services::errors::{AwsError, S3_CHECKSUM_TYPE};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let object = prepare(call, request, Makes::Part)?;
    let checksum = checksum(request)?;
    let names = ["upload", request.bucket.as_str(), request.key.as_str(), &call.cloud.requests.to_string()];
    let id = call.cloud.entropy.hex("", 64, &names);
    let upload = Upload {
        object,
        initiated: call.cloud.now,
        initiator: (request.caller.principal.arn.clone(), user_id(&request.caller)),
        checksum: checksum.clone(),
        ..Upload::default()
    };
    let bucket = bucket_mut(call.cloud, &request.bucket)?;
    bucket.uploads.insert((request.key.clone(), id.clone()), upload);
    let mut xml = Xml::new("InitiateMultipartUploadResult", Some(NAMESPACE));
    xml.leaf("Bucket", &request.bucket);
    xml.leaf("Key", &request.key);
    xml.leaf("UploadId", &id);
    let mut response = ok(xml).with_header("x-amz-server-side-encryption", "AES256");
    if let Some((algorithm, kind)) = checksum {
        response = response
            .with_header("x-amz-checksum-algorithm", algorithm.to_ascii_uppercase())
            .with_header("x-amz-checksum-type", checksum::kind(kind));
    }
    Ok(response)
}

/// Algorithm and type that the upload begins with.
fn checksum(request: &S3Request<'_>) -> Result<Option<(String, ChecksumType)>, AwsError> {
    let Some(name) = request.header("x-amz-checksum-algorithm") else { return Ok(None) };
    let algorithm = checksum::algorithm(name)?;
    let kind = match (request.header("x-amz-checksum-type"), algorithm.as_str()) {
        (None, checksum::DEFAULT) | (Some("FULL_OBJECT"), "crc32" | "crc32c" | checksum::DEFAULT) => {
            ChecksumType::FullObject
        }
        (None | Some("COMPOSITE"), "crc32" | "crc32c" | "sha1" | "sha256") => ChecksumType::Composite,
        (Some(kind), _) => {
            let values = [("type", kind), ("algorithm", name)];
            return Err(S3_CHECKSUM_TYPE.with(&values));
        }
        (None, _) => ChecksumType::Composite,
    };
    Ok(Some((algorithm, kind)))
}
