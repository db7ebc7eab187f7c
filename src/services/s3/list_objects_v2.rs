//! ListObjectsV2: keys of a bucket, in pages, grouped at a delimiter.
//!
//! AWS page: S3 API Reference, "ListObjectsV2".

use super::listing::{Input, common_prefixes, describe, keys, owner_of, page, truth};
use super::{NAMESPACE, S3Request, bucket, ok, permit};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 7] =
    ["prefix", "delimiter", "max-keys", "start-after", "continuation-token", "encoding-type", "fetch-owner"];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let input = Input::parse(request, "start-after")?;
    permit(call, request, "s3:ListBucket", keys(request))?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let page = page(bucket, &input);
    let owner = (request.parameter("fetch-owner") == Some("true")).then(|| owner_of(call.cloud, bucket));
    let mut xml = Xml::new("ListBucketResult", Some(NAMESPACE));
    xml.leaf("Name", &bucket.name);
    xml.leaf("Prefix", &input.encode(&input.prefix));
    xml.maybe("StartAfter", input.start_after.as_ref().map(|key| input.encode(key)).as_deref());
    xml.maybe("ContinuationToken", request.parameter("continuation-token"));
    xml.maybe("NextContinuationToken", page.next.as_ref().map(|mark| mark.write()).as_deref());
    xml.leaf("KeyCount", &(page.contents.len() + page.common_prefixes.len()).to_string());
    input.describe(&mut xml);
    truth(&mut xml, "IsTruncated", page.next.is_some());
    for (key, object) in &page.contents {
        xml.begin("Contents");
        xml.leaf("Key", &input.encode(key));
        describe(&mut xml, object, owner);
        xml.end();
    }
    common_prefixes(&mut xml, &input, &page);
    Ok(ok(xml).with_header("x-amz-bucket-region", bucket.region.as_str()))
}
