//! What every listing of a bucket shares: keys in pages, grouped at a delimiter.
//!
//! AWS page: S3 User Guide, "Organizing objects using prefixes". Entry: [`page`], linear in the keys that it passes.

use super::put_object::class;
use super::{NAMESPACE, S3Request, argument, checksum, request_keys};
use crate::authorization::Context;
use crate::base64::STANDARD;
use crate::cloud::{Bucket, Cloud, Object};
use crate::services::errors::{
    AwsError, S3_CONTINUATION_TOKEN, S3_ENCODING_TYPE, S3_MAX_KEYS, S3_NEGATIVE_MAX_KEYS,
};
use crate::services::protocol::Xml;
use std::ops::Bound;

/// The most entries of a page.
pub(super) const PAGE: usize = 1000;

/// What the query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Input {
    pub prefix: String,
    pub delimiter: Option<String>,
    pub max_keys: usize,
    pub start_after: Option<String>,
    pub after: Option<Mark>,
    pub encoding: Encoding,
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

/// One page.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub contents: Vec<(&'a String, &'a Object)>,
    pub common_prefixes: Vec<String>,
    pub next: Option<Mark>,
}

impl Input {
    /// Reads the query; `marker` names the parameter after whose key the page begins.
    ///
    /// # Errors
    /// InvalidArgument for a bad max-keys, continuation-token or encoding-type.
    pub fn parse(request: &S3Request<'_>, marker: &str) -> Result<Self, AwsError> {
        let text = |name: &str| request.parameter(name).filter(|text| !text.is_empty()).map(str::to_string);
        let mut input = Input {
            prefix: text("prefix").unwrap_or_default(),
            delimiter: text("delimiter"),
            max_keys: limit(request, "max-keys")?,
            start_after: text(marker),
            after: None,
            encoding: encoding(request)?,
        };
        if let Some(token) = request.parameter("continuation-token") {
            let mark = Mark::read(token);
            let wrong = || argument(S3_CONTINUATION_TOKEN.error(), "continuation-token", token);
            input.after = Some(mark.ok_or_else(wrong)?);
        } else if marker != "start-after"
            && let (Some(delimiter), Some(marker)) = (&input.delimiter, &input.start_after)
            && marker.ends_with(delimiter.as_str())
        {
            // A marker that is a common prefix stands for everything under it.
            input.after = Some(Mark::CommonPrefix(marker.clone()));
        }
        Ok(input)
    }

    pub fn encode(&self, text: &str) -> String {
        self.encoding.encode(text)
    }
}

/// The parameter that limits a page: at most a thousand entries, as many where it isn't sent.
///
/// # Errors
/// InvalidArgument.
pub(super) fn limit(request: &S3Request<'_>, name: &str) -> Result<usize, AwsError> {
    Ok(number(request, name)?.map_or(PAGE, |number| number.min(PAGE)))
}

/// A parameter that is a number and not negative.
///
/// # Errors
/// InvalidArgument.
pub(super) fn number(request: &S3Request<'_>, name: &str) -> Result<Option<usize>, AwsError> {
    let Some(value) = request.parameter(name).filter(|value| !value.is_empty()) else { return Ok(None) };
    let number: i32 =
        value.parse().map_err(|_| argument(S3_MAX_KEYS.with(&[("name", name)]), name, value))?;
    let number = usize::try_from(number)
        .map_err(|_| argument(S3_NEGATIVE_MAX_KEYS.with(&[("name", name)]), name, value))?;
    Ok(Some(number))
}

/// How keys are to be written.
///
/// # Errors
/// InvalidArgument.
pub(super) fn encoding(request: &S3Request<'_>) -> Result<Encoding, AwsError> {
    match request.parameter("encoding-type") {
        None | Some("") => Ok(Encoding::Plain),
        Some("url") => Ok(Encoding::Url),
        Some(other) => Err(argument(S3_ENCODING_TYPE.error(), "encoding-type", other)),
    }
}

impl Encoding {
    /// The element that tells it.
    pub fn describe(self, xml: &mut Xml) {
        if self == Encoding::Url {
            xml.leaf("EncodingType", "url");
        }
    }

    pub fn encode(self, text: &str) -> String {
        match self {
            Encoding::Plain => text.to_string(),
            Encoding::Url => percent_encoding::utf8_percent_encode(text, KEY).to_string().replace("%20", "+"),
        }
    }
}

/// Everything is encoded but letters, digits and `-._*/`; a space becomes `+`.
const KEY: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b'/');

impl Mark {
    pub fn write(&self) -> String {
        let kind = match self {
            Mark::Key(_) => "k",
            Mark::CommonPrefix(_) => "p",
        };
        STANDARD.encode([kind, self.text()].concat())
    }

    fn read(token: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
        match text.split_at_checked(1)? {
            ("k", key) => Some(Mark::Key(key.to_string())),
            ("p", prefix) => Some(Mark::CommonPrefix(prefix.to_string())),
            _ => None,
        }
    }

    /// The key or the common prefix.
    pub fn text(&self) -> &str {
        match self {
            Mark::Key(text) | Mark::CommonPrefix(text) => text,
        }
    }
}

/// s3:prefix, s3:delimiter and s3:max-keys are there where the request carries the parameter.
pub(super) fn keys(request: &S3Request<'_>) -> Context {
    let mut keys = Context::default();
    request_keys(&mut keys, &request.query, &["s3:prefix", "s3:delimiter", "s3:max-keys"]);
    keys
}

/// The keys of a page.
pub(super) fn page<'a>(bucket: &'a Bucket, input: &Input) -> Page<'a> {
    let most = input.max_keys;
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

/// The canonical id of the bucket's account.
pub(super) fn owner_of<'a>(cloud: &'a Cloud, bucket: &Bucket) -> &'a str {
    cloud.accounts.get(&bucket.account).map_or("", |account| account.canonical_id.as_str())
}

/// An element with an id in it.
pub(super) fn id(xml: &mut Xml, name: &'static str, id: &str) {
    xml.begin(name);
    xml.leaf("ID", id);
    xml.end();
}

/// `true` or `false`.
pub(super) fn truth(xml: &mut Xml, name: &'static str, is: bool) {
    xml.leaf(name, if is { "true" } else { "false" });
}

/// What a listing of objects begins with.
pub(super) fn begin(root: &'static str, bucket: &Bucket, input: &Input) -> Xml {
    let mut xml = Xml::new(root, Some(NAMESPACE));
    xml.leaf("Name", &bucket.name);
    xml.leaf("Prefix", &input.encode(&input.prefix));
    xml
}

/// What follows a listing's own elements: the rest of what was asked for, objects or versions, common prefixes.
pub(super) fn entries(
    xml: &mut Xml,
    input: &Input,
    page: &Page<'_>,
    element: &'static str,
    owner: Option<&str>,
) {
    xml.number("MaxKeys", input.max_keys);
    xml.maybe("Delimiter", input.delimiter.as_ref().map(|text| input.encode(text)).as_deref());
    input.encoding.describe(xml);
    truth(xml, "IsTruncated", page.next.is_some());
    for (key, object) in &page.contents {
        xml.begin(element);
        xml.leaf("Key", &input.encode(key));
        if element == "Version" {
            xml.leaf("VersionId", "null");
            xml.leaf("IsLatest", "true");
        }
        describe(xml, object, owner);
        xml.end();
    }
    for prefix in &page.common_prefixes {
        xml.begin("CommonPrefixes");
        xml.leaf("Prefix", &input.encode(prefix));
        xml.end();
    }
}

fn describe(xml: &mut Xml, object: &Object, owner: Option<&str>) {
    xml.leaf("LastModified", &object.modified.iso8601_millis());
    xml.leaf("ETag", &object.etag);
    if let Some(checksum) = &object.checksum {
        xml.leaf("ChecksumAlgorithm", &checksum.algorithm.to_ascii_uppercase());
        xml.leaf("ChecksumType", checksum::kind(checksum.kind));
    }
    xml.number("Size", object.body.len());
    if let Some(owner) = owner {
        id(xml, "Owner", owner);
    }
    xml.leaf("StorageClass", class(object));
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
        assert_eq!(Encoding::Url.encode("test_file(3) é/x~.png"), "test_file%283%29+%C3%A9/x%7E.png");
    }
}
