//! ListBuckets. AWS page: S3 API Reference, "ListBuckets".

use crate::client::{Call, Client, ClientError};
use crate::clock::Timestamp;
use crate::xml;

/// A bucket of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketEntry {
    /// Its name.
    pub name: String,
    /// CreationDate.
    pub created: Timestamp,
}

/// The buckets of the caller's account.
pub fn list_buckets(client: &mut Client<'_>) -> Result<Vec<BucketEntry>, Box<ClientError>> {
    let call = Call { operation: "ListBuckets", method: "GET", ..Call::default() };
    let response = client.send(&call)?;
    read(response.body.text().unwrap_or_default())
        .ok_or_else(|| ClientError::ResponseParse { operation: "ListBuckets" }.into())
}

fn read(text: &str) -> Option<Vec<BucketEntry>> {
    let root = xml::parse(text)?;
    let mut buckets = Vec::new();
    for bucket in root.children("Buckets").flat_map(|list| list.children("Bucket")) {
        buckets.push(BucketEntry {
            name: bucket.child_text("Name")?,
            created: Timestamp::parse_iso8601(&bucket.child("CreationDate")?.text)?,
        });
    }
    Some(buckets)
}
