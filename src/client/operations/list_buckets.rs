//! ListBuckets. AWS page: S3 API Reference, "ListBuckets".

use crate::client::{Call, Client, ClientError, xml};
use crate::clock::Timestamp;

/// A bucket of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketEntry {
    /// Its name.
    pub name: String,
    /// CreationDate.
    pub created: Timestamp,
}

/// The buckets of the caller's account.
pub fn list_buckets(client: &mut Client<'_>) -> Result<Vec<BucketEntry>, ClientError> {
    let call = Call { operation: "ListBuckets", method: "GET", ..Call::default() };
    let response = client.send(&call)?;
    read(response.body.text().unwrap_or_default())
        .ok_or(ClientError::ResponseParse { operation: "ListBuckets" })
}

fn read(text: &str) -> Option<Vec<BucketEntry>> {
    let document = xml::parse(text)?;
    let buckets =
        xml::children(document.root_element(), "Buckets").flat_map(|list| xml::children(list, "Bucket"));
    buckets
        .map(|bucket| {
            Some(BucketEntry {
                name: xml::child_text(bucket, "Name")?,
                created: Timestamp::parse_iso8601(&xml::child_text(bucket, "CreationDate")?)?,
            })
        })
        .collect()
}
