//! UploadPart: one part of an upload, in the place of the part with the same number.
//!
//! AWS page: S3 API Reference, "UploadPart".

use super::payload::{etag, payload};
use super::put_object::Makes;
use super::{S3Request, argument, bucket_mut, checksum, permit, put_object};
use crate::cloud::{Checksum, ChecksumType, Part, Upload};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_UPLOAD, S3_PART_CHECKSUM, S3_PART_NUMBER};

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let number = number(request)?;
    permit(call, request, "s3:PutObject", put_object::keys(request, Makes::Part))?;
    let payload = payload(request)?;
    let modified = call.cloud.now;
    let upload = upload(call, request)?;
    check_algorithm(upload, payload.checksum.as_ref())?;
    let etag = etag(&payload.bytes, "");
    let mut response = put_object::done_with(&etag);
    if let Some((algorithm, value)) = payload.checksum.clone() {
        let checksum = Checksum { algorithm, value, kind: ChecksumType::FullObject };
        response = checksum::headers(response, &checksum);
    }
    let part = Part { body: payload.bytes, etag, checksum: payload.checksum, modified };
    upload.parts.insert(number, part);
    Ok(response)
}

/// partNumber.
///
/// # Errors
/// InvalidArgument.
pub(super) fn number(request: &S3Request<'_>) -> Result<u16, AwsError> {
    let text = request.parameter("partNumber").unwrap_or_default();
    let number = text.parse().ok().filter(|number| (1..=10_000).contains(number));
    let wrong = || argument(S3_PART_NUMBER.error(), "partNumber", text);
    number.ok_or_else(wrong)
}

/// The upload that the request is for.
///
/// # Errors
/// NoSuchUpload.
pub(super) fn upload<'a>(
    call: &'a mut Call<'_>,
    request: &S3Request<'_>,
) -> Result<&'a mut Upload, AwsError> {
    let names = names(request);
    let missing = || S3_NO_SUCH_UPLOAD.error().field("UploadId", &names.1);
    bucket_mut(call.cloud, &request.bucket)?.uploads.get_mut(&names).ok_or_else(missing)
}

/// Key and upload id.
pub(super) fn names(request: &S3Request<'_>) -> (String, String) {
    (request.key.clone(), request.parameter("uploadId").unwrap_or_default().to_string())
}

/// An upload that began with an algorithm takes parts with checksums of it alone.
fn check_algorithm(upload: &Upload, sent: Option<&(String, String)>) -> Result<(), AwsError> {
    let Some((expected, _)) = &upload.checksum else { return Ok(()) };
    match sent.map(|(algorithm, _)| algorithm) {
        Some(algorithm) if algorithm == expected => Ok(()),
        // S3 computes it where it is the one of the whole object.
        None if expected == checksum::DEFAULT => Ok(()),
        other => {
            let actual = other.map_or("null", String::as_str);
            Err(S3_PART_CHECKSUM.with(&[("expected", expected), ("actual", actual)]))
        }
    }
}
