//! GetAccessKeyInfo: the account of an access key, whether or not the key is active.
//!
//! AWS page: STS API Reference, "GetAccessKeyInfo". Simplified: AWS reads the account in the key id itself, this program
//! knows the keys of its own accounts alone.

use super::Sts;
use crate::cloud::{Credential, SessionPrincipal};
use crate::services::constraints::{characters, length};
use crate::services::errors::{AwsError, STS_ACCESS_KEY};
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    let id = input.get("AccessKeyId").unwrap_or_default();
    length("AccessKeyId", id, (16, 128))?;
    characters("AccessKeyId", id, "", "[\\w]*")
}

pub(super) fn run(sts: &mut Sts<'_, '_>) -> Result<Tree, AwsError> {
    sts.authorize_all("sts:GetAccessKeyInfo")?;
    let id = sts.text("AccessKeyId");
    let account = match sts.call.cloud.credentials.get(id) {
        Some(Credential::LongTerm(key)) => &key.account,
        Some(Credential::Temporary(session)) => match &session.principal {
            SessionPrincipal::AssumedRole { account, .. }
            | SessionPrincipal::User { account, .. }
            | SessionPrincipal::FederatedUser { account, .. } => account,
        },
        _ => return Err(STS_ACCESS_KEY.with(&[("id", id)])),
    };
    Ok(Tree::of("Account", Tree::Text(account.clone())))
}
