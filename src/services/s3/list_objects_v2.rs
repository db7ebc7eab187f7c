//! ListObjectsV2: keys of a bucket, in pages, grouped at a delimiter.
//!
//! AWS page: S3 API Reference, "ListObjectsV2".

use super::{NAMESPACE, S3Request, bucket, permit};
use crate::authorization::Context;
use crate::cloud::{Bucket, Cloud, Object};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{
    AwsError, S3_CONTINUATION_TOKEN, S3_ENCODING_TYPE, S3_MAX_KEYS, S3_NEGATIVE_MAX_KEYS,
};
use crate::services::protocol::Xml;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::ops::Bound;

/// The most keys of a page.
pub(super) const PAGE: usize = 1000;

/// What the query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Input {
    pub(super) prefix: String,
    pub(super) delimiter: Option<String>,
    pub(super) max_keys: Option<usize>,
    pub(super) start_after: Option<String>,
    continuation_token: Option<String>,
    pub(super) after: Option<Mark>,
    pub(super) encoding: Encoding,
    owner: Owner,
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// After this key.
    Key(String),
    /// After all keys under this common prefix.
    CommonPrefix(String),
}

/// How keys are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    #[default]
    Plain,
    Url,
}

/// Whether owners are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Owner {
    #[default]
    Hidden,
    Fetched,
}

/// One page.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) contents: Vec<(&'a String, &'a Object)>,
    pub(super) common_prefixes: Vec<String>,
    pub(super) next: Option<Mark>,
}

impl Input {
    /// Every parameter that is modelled.
    pub const PARAMETERS: [&'static str; 8] = [
        "list-type",
        "prefix",
        "delimiter",
        "max-keys",
        "start-after",
        "continuation-token",
        "encoding-type",
        "fetch-owner",
    ];

    /// Reads the query.
    ///
    /// # Errors
    /// InvalidArgument for a bad max-keys, continuation-token or encoding-type.
    pub fn parse(pairs: &[(String, String)]) -> Result<Self, AwsError> {
        let mut input = Input::default();
        for (name, value) in pairs {
            let argument = |error: AwsError| {
                error.field("ArgumentName", name.as_str()).field("ArgumentValue", value.as_str())
            };
            match name.as_str() {
                "prefix" => input.prefix = value.clone(),
                "delimiter" => input.delimiter = Some(value.clone()).filter(|text| !text.is_empty()),
                "start-after" => input.start_after = Some(value.clone()),
                "max-keys" if value.is_empty() => {}
                "max-keys" => {
                    let number: i32 = value.parse().map_err(|_| argument(S3_MAX_KEYS.error()))?;
                    let number = usize::try_from(number);
                    let number = number.map_err(|_| argument(S3_NEGATIVE_MAX_KEYS.error()))?;
                    input.max_keys = Some(number.min(PAGE));
                }
                "continuation-token" => {
                    let mark = Mark::read(value).ok_or_else(|| argument(S3_CONTINUATION_TOKEN.error()))?;
                    input.after = Some(mark);
                    input.continuation_token = Some(value.clone());
                }
                "marker" => input.start_after = Some(value.clone()).filter(|key| !key.is_empty()),
                "encoding-type" if value == "url" => input.encoding = Encoding::Url,
                "encoding-type" if !value.is_empty() => return Err(argument(S3_ENCODING_TYPE.error())),
                "fetch-owner" if value == "true" => input.owner = Owner::Fetched,
                _ => {}
            }
        }
        Ok(input)
    }

    pub(super) fn encode(&self, text: &str) -> String {
        match self.encoding {
            Encoding::Plain => text.to_string(),
            Encoding::Url => percent_encoding::utf8_percent_encode(text, KEY).to_string().replace("%20", "+"),
        }
    }
}

/// Everything is encoded but letters, digits and `-._*/`; a space becomes `+`.
const KEY: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b'/');

impl Mark {
    fn write(&self) -> String {
        let (kind, text) = match self {
            Mark::Key(key) => ('k', key),
            Mark::CommonPrefix(prefix) => ('p', prefix),
        };
        STANDARD.encode(format!("{kind}{text}"))
    }

    fn read(token: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
        match text.split_at_checked(1)? {
            ("k", key) => Some(Mark::Key(key.to_string())),
            ("p", prefix) => Some(Mark::CommonPrefix(prefix.to_string())),
            _ => None,
        }
    }
}

pub(super) fn handle(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    input: &Input,
) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:ListBucket", keys(call))?;
    let bucket = bucket(call.cloud, name)?;
    let page = page(bucket, input);
    let text = render(call.cloud, bucket, input, &page);
    Ok(Response::new(200, "application/xml", text).with_header("x-amz-bucket-region", bucket.region.as_str()))
}

/// s3:prefix, s3:delimiter and s3:max-keys are there where the request carries the parameter.
pub(super) fn keys(call: &Call<'_>) -> Context {
    let mut keys = Context::default();
    let pairs = call.request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    for (key, name) in [("s3:prefix", "prefix"), ("s3:delimiter", "delimiter"), ("s3:max-keys", "max-keys")] {
        match pairs.iter().find(|(found, _)| found == name) {
            Some((_, value)) => keys.set(key, value.as_str(), "origin.request"),
            None => keys.absent(key, "origin.absent.not-sent"),
        }
    }
    keys
}

pub(super) fn page<'a>(bucket: &'a Bucket, input: &Input) -> Page<'a> {
    let most = input.max_keys.unwrap_or(PAGE);
    let start = match (&input.after, &input.start_after) {
        (Some(Mark::Key(key) | Mark::CommonPrefix(key)), _) => Bound::Excluded(key.clone()),
        (None, Some(key)) if *key >= input.prefix => Bound::Excluded(key.clone()),
        (None, _) => Bound::Included(input.prefix.clone()),
    };
    let mut page = Page::default();
    let mut last: Option<Mark> = None;
    for (key, object) in bucket.objects.range((start, Bound::Unbounded)) {
        let Some(rest) = key.strip_prefix(input.prefix.as_str()) else {
            if *key < input.prefix {
                continue;
            }
            break;
        };
        let group = input
            .delimiter
            .as_ref()
            .and_then(|delimiter| rest.split_once(delimiter.as_str()).map(|(head, _)| (head, delimiter)))
            .map(|(head, delimiter)| format!("{}{head}{delimiter}", input.prefix));
        let seen = |mark: &Option<Mark>| match (mark, &group) {
            (Some(Mark::CommonPrefix(seen)), Some(group)) => seen == group,
            _ => false,
        };
        if seen(&last) || (last.is_none() && seen(&input.after)) {
            continue;
        }
        if page.contents.len() + page.common_prefixes.len() == most {
            // No page at all was asked for: nothing is left out of it either.
            page.next = last;
            break;
        }
        match group {
            Some(prefix) => {
                last = Some(Mark::CommonPrefix(prefix.clone()));
                page.common_prefixes.push(prefix);
            }
            None => {
                last = Some(Mark::Key(key.clone()));
                page.contents.push((key, object));
            }
        }
    }
    page
}

fn render(cloud: &Cloud, bucket: &Bucket, input: &Input, page: &Page<'_>) -> String {
    let mut xml = Xml::new("ListBucketResult", Some(NAMESPACE));
    xml.leaf("Name", &bucket.name);
    xml.leaf("Prefix", &input.encode(&input.prefix));
    if let Some(key) = &input.start_after {
        xml.leaf("StartAfter", &input.encode(key));
    }
    if let Some(token) = &input.continuation_token {
        xml.leaf("ContinuationToken", token);
    }
    if let Some(mark) = &page.next {
        xml.leaf("NextContinuationToken", &mark.write());
    }
    xml.leaf("KeyCount", &(page.contents.len() + page.common_prefixes.len()).to_string());
    xml.leaf("MaxKeys", &input.max_keys.unwrap_or(PAGE).to_string());
    if let Some(delimiter) = &input.delimiter {
        xml.leaf("Delimiter", &input.encode(delimiter));
    }
    if input.encoding == Encoding::Url {
        xml.leaf("EncodingType", "url");
    }
    xml.leaf("IsTruncated", if page.next.is_some() { "true" } else { "false" });
    for (key, object) in &page.contents {
        let owner = match input.owner {
            Owner::Fetched => Some(owner_of(cloud, bucket)),
            Owner::Hidden => None,
        };
        contents(&mut xml, &input.encode(key), object, owner);
    }
    common_prefixes(&mut xml, input, page);
    xml.finish()
}

/// The canonical id of the bucket's account.
pub(super) fn owner_of<'a>(cloud: &'a Cloud, bucket: &Bucket) -> &'a str {
    cloud.accounts.get(&bucket.account).map_or("", |account| account.canonical_id.as_str())
}

/// What is told of one object.
pub(super) fn contents(xml: &mut Xml, key: &str, object: &Object, owner: Option<&str>) {
    xml.begin("Contents");
    xml.leaf("Key", key);
    xml.leaf("LastModified", &object.modified.iso8601_millis());
    xml.leaf("ETag", &object.etag);
    xml.leaf("Size", &object.body.len().to_string());
    if let Some(owner) = owner {
        xml.begin("Owner");
        xml.leaf("ID", owner);
        xml.end();
    }
    xml.leaf("StorageClass", "STANDARD");
    xml.end();
}

pub(super) fn common_prefixes(xml: &mut Xml, input: &Input, page: &Page<'_>) {
    for prefix in &page.common_prefixes {
        xml.begin("CommonPrefixes");
        xml.leaf("Prefix", &input.encode(prefix));
        xml.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuation_tokens_read_back_and_bad_ones_are_refused() {
        for mark in [Mark::Key("é/b".into()), Mark::CommonPrefix("a/".into())] {
            assert_eq!(Mark::read(&mark.write()), Some(mark));
        }
        for wrong in ["", "x", "AAAA", "!!"] {
            assert_eq!(Mark::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_are_encoded_as_s3_does() {
        let input = Input { encoding: Encoding::Url, ..Input::default() };
        assert_eq!(input.encode("test_file(3) é/x~.png"), "test_file%283%29+%C3%A9/x%7E.png");
    }
}
