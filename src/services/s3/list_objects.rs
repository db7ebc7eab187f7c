//! ListObjects: the first version, with a marker instead of a token. It needs the same permission.
//!
//! AWS page: S3 API Reference, "ListObjects".

use super::list_objects_v2::{Encoding, Input, Mark, PAGE, common_prefixes, contents, keys, owner_of, page};
use super::{NAMESPACE, S3Request, bucket, permit};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 5] = ["prefix", "delimiter", "marker", "max-keys", "encoding-type"];

pub(super) fn handle(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    input: &Input,
) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:ListBucket", keys(call))?;
    let bucket = bucket(call.cloud, name)?;
    let mut input = input.clone();
    let marker = input.start_after.clone().unwrap_or_default();
    // A marker that is a common prefix stands for everything under it.
    let grouped = input.delimiter.as_ref().is_some_and(|delimiter| marker.ends_with(delimiter.as_str()));
    if grouped {
        input.after = Some(Mark::CommonPrefix(marker.clone()));
    }
    let page = page(bucket, &input);
    let mut xml = Xml::new("ListBucketResult", Some(NAMESPACE));
    xml.leaf("Name", &bucket.name);
    xml.leaf("Prefix", &input.encode(&input.prefix));
    xml.leaf("Marker", &input.encode(&marker));
    if let Some(delimiter) = &input.delimiter {
        // Without a delimiter the last key is the next marker.
        if let Some(Mark::Key(next) | Mark::CommonPrefix(next)) = &page.next {
            xml.leaf("NextMarker", &input.encode(next));
        }
        xml.leaf("Delimiter", &input.encode(delimiter));
    }
    xml.leaf("MaxKeys", &input.max_keys.unwrap_or(PAGE).to_string());
    if input.encoding == Encoding::Url {
        xml.leaf("EncodingType", "url");
    }
    xml.leaf("IsTruncated", if page.next.is_some() { "true" } else { "false" });
    for (key, object) in &page.contents {
        contents(&mut xml, &input.encode(key), object, Some(owner_of(call.cloud, bucket)));
    }
    common_prefixes(&mut xml, &input, &page);
    let response = Response::new(200, "application/xml", xml.finish());
    Ok(response.with_header("x-amz-bucket-region", bucket.region.as_str()))
}
