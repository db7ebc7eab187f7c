//! ListObjectsV2: keys of a bucket, in pages, grouped at a delimiter.
//!
//! AWS page: S3 API Reference, "ListObjectsV2".

use super::listing::{Input, begin, entries, keys, owner_of, page};
use super::{S3Request, bucket, ok, permit};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 7] =
    ["prefix", "delimiter", "max-keys", "start-after", "continuation-token", "encoding-type", "fetch-owner"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let input = Input::parse(request, "start-after")?;
    permit(call, request, "s3:ListBucket", keys(request))?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let page = page(bucket, &input);
    let owner = (request.parameter("fetch-owner") == Some("true")).then(|| owner_of(call.cloud, bucket));
    let mut xml = begin("ListBucketResult", bucket, &input);
    xml.maybe("StartAfter", input.start_after.as_ref().map(|key| input.encode(key)).as_deref());
    xml.maybe("ContinuationToken", request.parameter("continuation-token"));
    xml.maybe("NextContinuationToken", page.next.as_ref().map(|mark| mark.write()).as_deref());
    xml.number("KeyCount", page.contents.len() + page.common_prefixes.len());
    entries(&mut xml, &input, &page, "Contents", owner);
    Ok(ok(xml).with_header("x-amz-bucket-region", bucket.region.as_str()))
}
