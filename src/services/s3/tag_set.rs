//! Tags of buckets and objects, in XML and in the header `x-amz-tagging`.
//!
//! AWS pages: S3 API Reference, "Tag"; S3 User Guide, "Categorizing your objects using tags" (limits).

use super::{NAMESPACE, S3Request, ok};
use crate::authorization::Context;
use crate::gather::Gather;
use crate::http::{Response, decode};
use crate::services::errors::{
    AwsError, S3_MALFORMED_XML, S3_TAG, S3_TAG_HEADER, S3_TAG_TWICE, S3_TOO_MANY_TAGS,
};
use crate::services::protocol::{Xml, rest_xml};
use crate::sorted::SortedMap;

/// The most tags of an object; a bucket may have fifty.
pub(super) const OF_OBJECT: usize = 10;
pub(super) const OF_BUCKET: usize = 50;

pub(super) type Tags = SortedMap<String, String>;

/// The body of GetBucketTagging and GetObjectTagging.
pub(super) fn write(tags: &Tags) -> Response {
    let mut xml = Xml::new("Tagging", Some(NAMESPACE));
    xml.begin("TagSet");
    for (key, value) in tags {
        xml.begin("Tag");
        xml.leaf("Key", key);
        xml.leaf("Value", value);
        xml.end();
    }
    ok(xml)
}

/// The body of PutBucketTagging and PutObjectTagging.
///
/// # Errors
/// MalformedXML, InvalidTag, BadRequest for too many.
pub(super) fn read(body: &[u8], most: usize) -> Result<Tags, AwsError> {
    let root = rest_xml::document(body, "Tagging")?;
    let set = root.child("TagSet").ok_or_else(|| S3_MALFORMED_XML.error())?;
    let pairs = set.children("Tag").map(|tag| tag.child_text("Key").zip(tag.child_text("Value")));
    let pairs: Option<Vec<_>> = pairs.gather();
    checked(pairs.ok_or_else(|| S3_MALFORMED_XML.error())?, most)
}

/// The tags in `x-amz-tagging: a=1&b=2`.
///
/// # Errors
/// InvalidArgument, InvalidTag, BadRequest for too many.
pub(super) fn of_header(request: &S3Request<'_>) -> Result<Option<Tags>, AwsError> {
    let Some(header) = request.header("x-amz-tagging") else { return Ok(None) };
    let read = |text: &str| decode(&text.replace('+', " "));
    let pairs = header.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs: Vec<_> = pairs.map(|(key, value)| (read(key), read(value))).gather();
    if pairs.iter().any(|(key, _)| key.is_empty()) {
        return Err(S3_TAG_HEADER.error().field("ArgumentName", "x-amz-tagging"));
    }
    checked(pairs, OF_OBJECT).map(Some)
}

fn checked(pairs: Vec<(String, String)>, most: usize) -> Result<Tags, AwsError> {
    if pairs.len() > most {
        return Err(S3_TOO_MANY_TAGS.with(&[("most", &most.to_string())]));
    }
    let mut tags = Tags::default();
    for (key, value) in pairs {
        let long = key.chars().count() > 128 || value.chars().count() > 256;
        if key.is_empty() || long || key.starts_with("aws:") {
            return Err(S3_TAG.error().field("TagKey", &key));
        }
        if tags.insert(key.clone(), value).is_some() {
            return Err(S3_TAG_TWICE.error().field("TagKey", &key));
        }
    }
    Ok(tags)
}

/// s3:RequestObjectTag/KEY and s3:RequestObjectTagKeys.
pub(super) fn request_keys(keys: &mut Context, tags: Option<&Tags>) {
    let Some(tags) = tags else { return keys.absent("s3:RequestObjectTagKeys", "origin.absent.not-sent") };
    for (tag, value) in tags {
        keys.set(&["s3:RequestObjectTag/", tag].concat(), value.as_str(), "origin.request");
    }
    keys.set_all("s3:RequestObjectTagKeys", tags.keys().cloned().gather(), "origin.request");
}
