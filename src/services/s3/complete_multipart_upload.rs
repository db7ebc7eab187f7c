//! CompleteMultipartUpload: the parts become the object.
//!
//! AWS pages: S3 API Reference, "CompleteMultipartUpload"; S3 User Guide, "Checking object integrity in Amazon S3"
//! (checksums of parts and of the whole).

use super::operation::not_modelled;
use super::payload::{body, etag};
use super::put_object::Makes;
use super::upload_part::{names, upload};
use super::{NAMESPACE, S3Request, bucket_mut, checksum, ok, permit, put_object};
use crate::base64::STANDARD;
use crate::checksum::md5;
use crate::cloud::{Checksum, ChecksumType, Object, Part, Upload};
use crate::gather::Gather;
use crate::http::{Body, Response};
use crate::services::call::Call;
use crate::services::errors::{
    AwsError, S3_BAD_CHECKSUM, S3_INVALID_PART, S3_MALFORMED_XML, S3_NO_PART_CHECKSUM, S3_OBJECT_SIZE,
    S3_PART_ORDER, S3_PART_TOO_SMALL, S3_UPLOAD_CHECKSUM_TYPE,
};
use crate::services::protocol::{Xml, rest_xml};
use crate::xml::Element;

/// The least size of a part that isn't the last, in bytes.
const LEAST: usize = 5 * 1024 * 1024;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    permit(call, request, "s3:PutObject", put_object::keys(request, Makes::Object))?;
    let (body, _) = body(request)?;
    let root = rest_xml::document(&body, "CompleteMultipartUpload")?;
    let parts: Vec<&Element> = root.children("Part").gather();
    if parts.is_empty() {
        return Err(S3_MALFORMED_XML.error());
    }
    let upload = upload(call, request)?;
    let parts = chosen(upload, &parts)?;
    let object = assembled(upload, &parts, request)?;
    let mut xml = Xml::new("CompleteMultipartUploadResult", Some(NAMESPACE));
    xml.leaf("Location", request.http.url.split('?').next().unwrap_or_default());
    xml.leaf("Bucket", &request.bucket);
    xml.leaf("Key", &request.key);
    xml.leaf("ETag", &object.etag);
    checksum::elements(&mut xml, &checksum::of(&object));
    let object = Object { modified: call.cloud.now, ..object };
    put_object::store(call, request, object)?;
    bucket_mut(call.cloud, &request.bucket)?.uploads.remove(&names(request));
    Ok(ok(xml).with_header("x-amz-server-side-encryption", "AES256"))
}

/// The parts that the request lists, in its order.
fn chosen<'a>(upload: &'a Upload, listed: &[&Element]) -> Result<Vec<&'a Part>, AwsError> {
    let mut parts: Vec<&Part> = Vec::with_capacity(listed.len());
    let mut before = 0;
    for element in listed {
        let number = element.child_text("PartNumber").and_then(|text| text.trim().parse::<u16>().ok());
        let number = number.ok_or_else(|| S3_MALFORMED_XML.error())?;
        let told = element.child_text("ETag").ok_or_else(|| S3_MALFORMED_XML.error())?;
        if number <= before {
            return Err(S3_PART_ORDER.error());
        }
        before = number;
        let part = upload.parts.get(&number);
        let same = |part: &&Part| {
            let checksum = part.checksum.as_ref();
            let told_sum =
                checksum.and_then(|(algorithm, _)| element.child_text(checksum::element(algorithm)));
            part.etag.trim_matches('"') == told.trim_matches('"')
                && told_sum.is_none_or(|told| checksum.is_some_and(|(_, value)| *value == told))
        };
        let invalid = || S3_INVALID_PART.error().field("PartNumber", number.to_string()).field("ETag", &told);
        let part = part.filter(same).ok_or_else(invalid)?;
        if let Some((algorithm, ChecksumType::Composite)) = &upload.checksum
            && element.child(checksum::element(algorithm)).is_none()
        {
            let number = number.to_string();
            return Err(S3_NO_PART_CHECKSUM.with(&[("algorithm", algorithm), ("part", &number)]));
        }
        parts.push(part);
    }
    let all_but_last = parts.split_last().map_or(&[][..], |(_, rest)| rest);
    match all_but_last.iter().position(|part| part.body.len() < LEAST) {
        None => Ok(parts),
        Some(place) => Err(S3_PART_TOO_SMALL
            .error()
            .field("ProposedSize", parts.get(place).map_or(0, |part| part.body.len()).to_string())
            .field("MinSizeAllowed", LEAST.to_string())
            .field("PartNumber", (place + 1).to_string())),
    }
}

/// The object: the bytes of the parts, an ETag and a checksum made of theirs.
fn assembled(upload: &Upload, parts: &[&Part], request: &S3Request<'_>) -> Result<Object, AwsError> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.body.len()).sum());
    let (mut digests, mut sums) = (Vec::new(), Vec::new());
    for part in parts {
        bytes.extend_from_slice(&part.body);
        digests.extend_from_slice(&md5(&part.body));
        if let Some((_, value)) = &part.checksum {
            sums.extend(STANDARD.decode(value).unwrap_or_default());
        }
    }
    let number = ["-", &parts.len().to_string()].concat();
    let mut checksum = match &upload.checksum {
        Some((algorithm, ChecksumType::Composite)) => {
            Checksum { kind: ChecksumType::Composite, ..checksum::full(algorithm, &sums) }
        }
        Some((algorithm, ChecksumType::FullObject)) => checksum::full(algorithm, &bytes),
        None => checksum::full(checksum::DEFAULT, &bytes),
    };
    if checksum.kind == ChecksumType::Composite {
        checksum.value.push_str(&number);
    }
    check_told(request, &checksum, bytes.len())?;
    Ok(Object {
        etag: etag(&digests, &number),
        body: Body::from(bytes),
        checksum: Some(checksum),
        ..upload.object.clone()
    })
}

/// What the request says of the object: its checksum, the checksum's type, its size.
fn check_told(request: &S3Request<'_>, checksum: &Checksum, size: usize) -> Result<(), AwsError> {
    let kind = checksum::kind(checksum.kind);
    if request.header("x-amz-checksum-type").is_some_and(|told| told != kind) {
        return Err(S3_UPLOAD_CHECKSUM_TYPE.with(&[("type", kind)]));
    }
    for field in &request.fields {
        match checksum::named(field) {
            Some(algorithm) if algorithm != checksum.algorithm => return Err(not_modelled(&field.0)),
            Some(_) if field.1 != checksum.value => {
                return Err(S3_BAD_CHECKSUM.with(&[("algorithm", &checksum.algorithm.to_ascii_uppercase())]));
            }
            _ => {}
        }
    }
    match request.header("x-amz-mp-object-size") {
        Some(told) if told.parse() != Ok(size) => {
            Err(S3_OBJECT_SIZE.with(&[("told", told), ("size", &size.to_string())]))
        }
        _ => Ok(()),
    }
}
