//! GetCallerIdentity: whose credentials these are. No permission is needed, and no policy can deny it.
//!
//! AWS page: STS API Reference, "GetCallerIdentity".

use super::Sts;
use crate::services::context::user_id;
use crate::services::errors::{AwsError, QUERY_INVALID_TOKEN};
use crate::services::protocol::Tree;

pub(super) fn run(sts: &mut Sts<'_, '_>) -> Result<Tree, AwsError> {
    let principal = &sts.caller.principal;
    // A service's own key has no identity to tell.
    let account = principal.account.as_deref().ok_or_else(|| QUERY_INVALID_TOKEN.error())?;
    let mut tree = Tree::new();
    tree.texts(&[("Arn", &principal.arn), ("UserId", &user_id(&sts.caller)), ("Account", account)]);
    Ok(tree)
}
