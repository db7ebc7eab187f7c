//! GetBucketLocation: the bucket's region, nothing for us-east-1.
//!
//! AWS page: S3 API Reference, "GetBucketLocation".

use super::{NAMESPACE, S3Request, bucket, ok};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let region = bucket(call.cloud, &request.bucket)?.region.as_str();
    let mut xml = Xml::new("LocationConstraint", Some(NAMESPACE));
    xml.text(if region == "us-east-1" { "" } else { region });
    Ok(ok(xml))
}
