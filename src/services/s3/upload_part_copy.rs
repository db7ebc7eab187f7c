//! UploadPartCopy: a part whose bytes are those of an object, or a range of it.
//!
//! AWS page: S3 API Reference, "UploadPartCopy": s3:GetObject on the source and s3:PutObject on the destination.

use super::conditions::{Range, bytes};
use super::payload::etag;
use super::put_object::Makes;
use super::upload_part::{number, upload};
use super::{NAMESPACE, S3Request, argument, checksum, copy_object, ok, permit, put_object};
use crate::cloud::Part;
use crate::http::{Body, Response};
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_COPY_RANGE, S3_COPY_RANGE_SIZE};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let number = number(request)?;
    let source = copy_object::source(call, request)?;
    permit(call, request, "s3:PutObject", put_object::keys(request, Makes::Part))?;
    let body = match request.header("x-amz-copy-source-range") {
        None => source.body,
        Some(range) => part(range, &source.body)?,
    };
    let modified = call.cloud.now;
    let upload = upload(call, request)?;
    let own = upload.checksum.as_ref().map(|(algorithm, _)| checksum::full(algorithm, &body));
    let etag = etag(&body, "");
    let mut xml = Xml::new("CopyPartResult", Some(NAMESPACE));
    xml.leaf("LastModified", &modified.iso8601_millis());
    xml.leaf("ETag", &etag);
    if let Some(own) = &own {
        xml.leaf(checksum::element(&own.algorithm), &own.value);
    }
    let checksum = own.map(|own| (own.algorithm, own.value));
    upload.parts.insert(number, Part { body, etag, checksum, modified });
    Ok(ok(xml).with_header("x-amz-server-side-encryption", "AES256"))
}

/// `bytes=first-last`, both of which must be there.
fn part(range: &str, body: &Body) -> Result<Body, AwsError> {
    let wrong = |error: AwsError| Err(argument(error, "x-amz-copy-source-range", range));
    let last = range.rsplit('-').next().and_then(|last| last.parse::<usize>().ok());
    match (bytes(range, body.len()), last) {
        (Range::Part(first, to), Some(last)) if !range.contains("=-") => match last == to {
            true => Ok(Body::from(body.get(first..=last).unwrap_or_default())),
            false => wrong(S3_COPY_RANGE_SIZE.with(&[("size", &body.len().to_string())])),
        },
        (Range::Unsatisfiable(_), _) => wrong(S3_COPY_RANGE_SIZE.with(&[("size", &body.len().to_string())])),
        _ => wrong(S3_COPY_RANGE.error()),
    }
}
