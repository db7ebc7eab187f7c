//! HeadObject: the headers of GetObject. Its errors have no body, so that a client sees the status alone.
//!
//! AWS page: S3 API Reference, "HeadObject".

use super::{S3Request, get_object, object};
use crate::http::{Body, Response};
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let (found, condition) = object::read(call, request)?;
    let whole = get_object::answer(request, found, condition)?;
    Ok(Response { body: Body::default(), ..whole })
}
