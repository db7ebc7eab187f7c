//! DeleteBucket. AWS page: S3 API Reference, "DeleteBucket".

use crate::client::{Call, Client, ClientError};

/// Deletes an empty bucket.
pub fn delete_bucket(client: &mut Client<'_>, bucket: &str) -> Result<(), Box<ClientError>> {
    let bucket = Some(bucket.to_string());
    let call = Call { operation: "DeleteBucket", method: "DELETE", bucket, ..Call::default() };
    client.send(&call).map(|_| ())
}
