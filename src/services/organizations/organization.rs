//! The organization itself: CreateOrganization, DeleteOrganization, DescribeOrganization, ListRoots.
//!
//! AWS page: Organizations API Reference, the operations of these names.

use super::{Answer, Ask, shapes};
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::errors::{ORG_ALREADY_IN, ORG_INVALID_INPUT, ORG_NOT_EMPTY};
use crate::services::protocol::json::{list, one};

/// CreateOrganization: the caller's account becomes the management account.
pub(super) fn create(ask: &mut Ask<'_>) -> Answer {
    let Some(account) = ask.cloud.accounts.get(&ask.account).filter(|_| ask.management.is_empty()) else {
        return Err(ORG_ALREADY_IN.error());
    };
    let all_features = match ask.text("FeatureSet") {
        "" | "ALL" => true,
        "CONSOLIDATED_BILLING" => false,
        _ => return Err(ORG_INVALID_INPUT.with(&[("name", "FeatureSet")]).field("Reason", "INVALID_ENUM")),
    };
    let made = Organization::new(&ask.cloud.entropy, account, ask.cloud.now, all_features);
    let answer = one("Organization", shapes::organization(&made));
    ask.cloud.organizations.insert(ask.account.clone(), made);
    Ok(answer)
}

/// DeleteOrganization, when the management account is alone in it.
pub(super) fn delete(ask: &mut Ask<'_>) -> Answer {
    let organization = ask.organization()?;
    if organization.accounts.len() > 1 || !organization.units.is_empty() {
        return Err(ORG_NOT_EMPTY.error());
    }
    ask.cloud.organizations.remove(&ask.management);
    Ok(Value::Null)
}

/// DescribeOrganization, which every member may ask.
pub(super) fn describe(ask: &mut Ask<'_>) -> Answer {
    Ok(one("Organization", shapes::organization(ask.organization()?)))
}

/// ListRoots: there is one.
pub(super) fn roots(ask: &mut Ask<'_>) -> Answer {
    Ok(one("Roots", list(vec![shapes::root(ask.organization()?)])))
}
