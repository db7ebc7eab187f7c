//! GetFederationToken: a session for somebody whom a user vouches for, with at most the user's rights.
//!
//! AWS page: STS API Reference, "GetFederationToken". Left out on purpose: federated sessions of the root user, which
//! answer that they aren't modelled.

use super::credentials::{Request, duration, issue};
use super::{Sts, session_policies, session_tags};
use crate::arn;
use crate::authorization::{Context, PrincipalKind};
use crate::cloud::SessionPrincipal;
use crate::services::authorize::Target;
use crate::services::constraints::{characters, length};
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

const MOST: u32 = 129_600;
const DEFAULT: i64 = 43_200;

pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    let name = input.get("Name").unwrap_or_default();
    length("Name", name, (2, 32))?;
    characters("Name", name, "+=,.@-", "[\\w+=,.@-]*")?;
    duration(input, MOST)?;
    session_policies::parse(input)?;
    session_tags::parse(input)
}

pub(super) fn run(sts: &mut Sts<'_, '_>) -> Result<Tree, AwsError> {
    if sts.caller.principal.kind == PrincipalKind::Root {
        return Err(QUERY_NOT_MODELLED
            .with(&[("parameter", "Name")])
            .for_want_of("sts:GetFederationToken of the root user"));
    }
    let name = sts.text("Name");
    let account = sts.account();
    let federated = arn::federated_user(&account, name);
    let tags = session_tags::read(sts)?;
    for action in ["sts:GetFederationToken", "sts:TagSession"] {
        if action == "sts:TagSession" && tags.tags.is_empty() {
            continue;
        }
        let mut keys = Context::default();
        session_tags::keys(&mut keys, sts.input, &tags);
        let target = Target {
            action,
            resource: federated.clone(),
            account: Some(account.clone()),
            ..Target::default()
        };
        sts.authorize(target, keys).demand(ResourceClause::Plain)?;
    }
    let policies = session_policies::read(sts, name, &account)?;
    let mut tree = Tree::new();
    session_policies::packed_size(sts, &mut tree)?;
    let id = sts.caller.principal.unique_id.clone().unwrap_or_default();
    let request = Request {
        principal: SessionPrincipal::FederatedUser {
            account: account.clone(),
            name: name.to_string(),
            id: id.clone(),
        },
        names: [&id, &federated],
        seconds: duration(sts.input, MOST)?.unwrap_or(DEFAULT),
        session_policies: policies,
        tags: tags.tags,
        transitive_tags: Vec::new(),
        source_identity: None,
        mfa: None,
    };
    tree.put("Credentials", issue(sts, request));
    let mut who = Tree::new();
    who.texts(&[("FederatedUserId", &format!("{account}:{name}")), ("Arn", &federated)]);
    tree.put("FederatedUser", who);
    Ok(tree)
}
