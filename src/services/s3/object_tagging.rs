//! GetObjectTagging, PutObjectTagging, DeleteObjectTagging: the tags of an object.
//!
//! AWS pages: S3 API Reference, one of each name.

use super::payload::payload;
use super::{S3Request, bucket_mut, done, no_content, object, permit, tag_set};
use crate::authorization::Context;
use crate::cloud::Object;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn get(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    Ok(tag_set::write(&there(call, request)?.tags))
}

pub(super) fn put(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let tags = tag_set::read(&payload(request)?.bytes, tag_set::OF_OBJECT)?;
    let mut keys = Context::default();
    tag_set::request_keys(&mut keys, Some(&tags));
    permit(call, request, "s3:PutObjectTagging", keys)?;
    there(call, request)?.tags = tags;
    Ok(done())
}

pub(super) fn delete(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    there(call, request)?.tags.clear();
    Ok(no_content())
}

fn there<'a>(call: &'a mut Call<'_>, request: &S3Request<'_>) -> Result<&'a mut Object, AwsError> {
    let bucket = bucket_mut(call.cloud, &request.bucket)?;
    bucket.objects.get_mut(&request.key).ok_or_else(|| object::no_such_key(&request.key))
}
