//! GetCallerIdentity: whose credentials these are. No permission is needed, and no policy can deny it.
//!
//! AWS page: STS API Reference, "GetCallerIdentity".

use super::NAMESPACE;
use crate::http::Response;
use crate::services::authenticate::Caller;
use crate::services::call::Call;
use crate::services::context::user_id;
use crate::services::errors::{AwsError, QUERY_INVALID_TOKEN};
use crate::services::protocol::query;

pub(super) fn handle(call: &Call<'_>, caller: &Caller) -> Result<Response, AwsError> {
    // A service's own key has no identity to tell.
    let account = caller.principal.account.as_deref().ok_or_else(|| QUERY_INVALID_TOKEN.error())?;
    let response = query::success(
        "GetCallerIdentityResponse",
        "GetCallerIdentityResult",
        NAMESPACE,
        &call.uuid(),
        |xml| {
            xml.leaf("Arn", &caller.principal.arn);
            xml.leaf("UserId", &user_id(caller));
            xml.leaf("Account", account);
        },
    );
    Ok(response)
}
