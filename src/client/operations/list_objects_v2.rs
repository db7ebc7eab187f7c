//! ListObjectsV2, one page. AWS page: S3 API Reference, "ListObjectsV2".

use crate::client::{Call, Client, ClientError};
use crate::clock::Timestamp;
use crate::http;
use crate::xml;

/// What is listed.
#[derive(Debug, Clone, Default)]
pub struct ListObjectsV2 {
    /// Bucket.
    pub bucket: String,
    /// Prefix, possibly empty.
    pub prefix: String,
    /// `/`, or none for a recursive listing.
    pub delimiter: Option<&'static str>,
    /// ContinuationToken of the page before.
    pub continuation_token: Option<String>,
}

/// One page of a listing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// CommonPrefixes.
    pub prefixes: Vec<String>,
    /// Contents.
    pub objects: Vec<ObjectEntry>,
    /// NextContinuationToken.
    pub next: Option<String>,
}

/// An object of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectEntry {
    /// Its key.
    pub key: String,
    /// LastModified.
    pub modified: Timestamp,
    /// Bytes.
    pub size: u64,
    /// Its ETag, without quotes.
    pub etag: String,
}

/// Asks for one page.
pub fn list_objects_v2(client: &mut Client<'_>, list: &ListObjectsV2) -> Result<Page, Box<ClientError>> {
    let mut query = vec![("list-type", "2".to_string()), ("prefix", list.prefix.clone())];
    if let Some(delimiter) = list.delimiter {
        query.push(("delimiter", delimiter.to_string()));
    }
    if let Some(token) = &list.continuation_token {
        query.push(("continuation-token", token.clone()));
    }
    query.push(("encoding-type", "url".to_string()));
    let bucket = Some(list.bucket.clone());
    let call = Call { operation: "ListObjectsV2", method: "GET", bucket, query, ..Call::default() };
    let response = client.send(&call)?;
    read(response.body.text().unwrap_or_default())
        .ok_or_else(|| ClientError::ResponseParse { operation: "ListObjectsV2" }.into())
}

fn read(text: &str) -> Option<Page> {
    let root = xml::parse(text)?;
    let encoded = root.child_text("EncodingType").as_deref() == Some("url");
    // In this encoding a plus sign is a space.
    let decode = |text: &str| if encoded { http::decode(&text.replace('+', " ")) } else { text.to_string() };
    let mut page = Page { next: root.child_text("NextContinuationToken"), ..Page::default() };
    for prefix in root.children("CommonPrefixes") {
        page.prefixes.push(decode(&prefix.child("Prefix")?.text));
    }
    for object in root.children("Contents") {
        page.objects.push(ObjectEntry {
            key: decode(&object.child("Key")?.text),
            modified: Timestamp::parse_iso8601(&object.child("LastModified")?.text)?,
            size: object.child("Size")?.text.parse().ok()?,
            etag: object.child_text("ETag").unwrap_or_default().trim_matches('"').to_string(),
        });
    }
    Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_page() {
        let page = read(
            "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>\
             <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>t+1</NextContinuationToken>\
             <Contents><Key>a+b%2Bc%20d.txt</Key><LastModified>2026-01-07T09:00:00.000Z</LastModified><Size>14</Size></Contents>\
             <CommonPrefixes><Prefix>r%26d/</Prefix></CommonPrefixes></ListBucketResult>",
        )
        .unwrap();
        assert_eq!(page.objects[0].key, "a b+c d.txt");
        assert_eq!(page.objects[0].size, 14);
        assert_eq!((page.prefixes[0].as_str(), page.next.as_deref()), ("r&d/", Some("t+1")));
        assert_eq!(read("<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>"), None);
        assert_eq!(read("no"), None);
    }
}
