//! GetBucketVersioning: nothing, for versions aren't modelled: no bucket has had them on.
//!
//! AWS page: S3 API Reference, "GetBucketVersioning".

use super::{NAMESPACE, S3Request, ok};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

pub(super) fn handle(_: &mut Call<'_>, _: &S3Request<'_>) -> Result<Response, AwsError> {
    Ok(ok(Xml::new("VersioningConfiguration", Some(NAMESPACE))))
}
