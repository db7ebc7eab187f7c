//! CreateBucket. AWS page: S3 API Reference, "CreateBucket".

use crate::client::{Call, Client, ClientError};

/// Makes a bucket in the client's region.
pub fn create_bucket(client: &mut Client<'_>, bucket: &str) -> Result<(), Box<ClientError>> {
    let mut call = Call {
        operation: "CreateBucket",
        method: "PUT",
        bucket: Some(bucket.to_string()),
        ..Call::default()
    };
    // us-east-1 is where buckets are made that name no place.
    if let Some(region) = client.region().filter(|region| *region != "us-east-1") {
        call.body = [
            "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>",
            region,
            "</LocationConstraint></CreateBucketConfiguration>",
        ]
        .concat();
    }
    client.send(&call).map(|_| ())
}
