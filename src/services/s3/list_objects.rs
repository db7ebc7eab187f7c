//! ListObjects: the first version, with a marker instead of a token. It needs the same permission.
//!
//! AWS page: S3 API Reference, "ListObjects".

use super::listing::{Input, begin, entries, keys, owner_of, page};
use super::{S3Request, bucket, ok, permit};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 5] = ["prefix", "delimiter", "marker", "max-keys", "encoding-type"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let input = Input::parse(request, "marker")?;
    permit(call, request, "s3:ListBucket", keys(request))?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let page = page(bucket, &input);
    let mut xml = begin("ListBucketResult", bucket, &input);
    xml.leaf("Marker", &input.encode(input.start_after.as_deref().unwrap_or_default()));
    // Without a delimiter the last key is the next marker.
    let next = page.next.as_ref().filter(|_| input.delimiter.is_some());
    xml.maybe("NextMarker", next.map(|mark| input.encode(mark.text())).as_deref());
    entries(&mut xml, &input, &page, "Contents", Some(owner_of(call.cloud, bucket)));
    Ok(ok(xml).with_header("x-amz-bucket-region", bucket.region.as_str()))
}
