//! GetSessionToken: a user's own rights for a time, with the proof of an MFA device. No permission is needed, and no
//! policy can deny it.
//!
//! AWS page: STS API Reference, "GetSessionToken".

use super::credentials::{Request, duration, issue};
use super::{Sts, mfa};
use crate::authorization::PrincipalKind;
use crate::cloud::SessionPrincipal;
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;
use crate::sorted::SortedMap;

/// 36 hours, and 12 hours by default; a root user's end after one.
const MOST: u32 = 129_600;
const DEFAULT: i64 = 43_200;
const ROOT: i64 = 3_600;

pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    duration(input, MOST)?;
    mfa::parse(input)
}

pub(super) fn run(sts: &mut Sts<'_, '_>) -> Result<Tree, AwsError> {
    mfa::prove(sts)?;
    let seconds = duration(sts.input, MOST)?.unwrap_or(DEFAULT);
    let root = sts.caller.principal.kind == PrincipalKind::Root;
    let user = sts.caller.user(sts.call.cloud).map(|user| user.name.clone());
    let id = sts.caller.principal.unique_id.clone().unwrap_or_default();
    let account = sts.account();
    let request = Request {
        principal: SessionPrincipal::User { account, user, id: id.clone() },
        names: [&id, "session-token"],
        seconds: if root { seconds.min(ROOT) } else { seconds },
        session_policies: None,
        tags: SortedMap::new(),
        transitive_tags: Vec::new(),
        source_identity: None,
        mfa: sts.caller.mfa,
    };
    let credentials = issue(sts, request);
    Ok(Tree::of("Credentials", credentials))
}
