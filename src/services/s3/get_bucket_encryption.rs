//! GetBucketEncryption: S3's own keys, the default that no bucket is without.
//!
//! AWS pages: S3 API Reference, "GetBucketEncryption"; S3 User Guide, "Setting default server-side encryption behavior".
//! Left out on purpose: other settings, which PutBucketEncryption would make.

use super::{NAMESPACE, S3Request, ok};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

pub(super) fn handle(_: &mut Call<'_>, _: &S3Request<'_>) -> Result<Response, AwsError> {
    let mut xml = Xml::new("ServerSideEncryptionConfiguration", Some(NAMESPACE));
    xml.begin("Rule");
    xml.begin("ApplyServerSideEncryptionByDefault");
    xml.leaf("SSEAlgorithm", "AES256");
    xml.end();
    xml.leaf("BucketKeyEnabled", "false");
    Ok(ok(xml))
}
