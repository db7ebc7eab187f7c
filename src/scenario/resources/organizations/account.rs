//! AWS::Organizations::Account: a member account. Named as an entry of `accounts`, it is that entry.
//!
//! AWS page: CloudFormation Template Reference, "AWS::Organizations::Account".
//! Simplified: AWS makes the role OrganizationAccountAccessRole in every account that it creates; here an account that
//! is an entry of `accounts` has it only if `RoleName` is given.

use super::super::iam::check_name;
use super::super::known::texts;
use super::{is_known, organization};
use crate::cloud::{ACCESS_ROLE, Account, MemberAccount};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::Organizations::Account",
    properties: &[
        required("AccountName", Shape::Text),
        required("Email", Shape::Text),
        optional("ParentIds", TEXTS),
        optional("RoleName", Shape::Text),
        not_modelled("Tags"),
    ],
    attributes: &["AccountId", "Arn", "JoinedMethod", "JoinedTimestamp", "Status"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let Some(name) = resource.text("AccountName") else {
        return Identity::default();
    };
    let (id, is_new) = account(loading, resource, name);
    let now = loading.cloud.now;
    if let Some(other) = loading.cloud.organization_of(&id) {
        let params = [("name", name), ("other", other.origin.name.as_str())];
        loading.findings.error("diagnostic.account-in-organization", resource.at, &params);
        return Identity::new(&id, &[]);
    }
    let Some(found) = organization(loading, resource) else {
        return Identity::new(&id, &[]);
    };
    let values = [&*id, &found.arn("account", &id), "CREATED", &now.iso8601(), "ACTIVE"];
    let identity = Identity::new(&id, &values);
    let root = found.root_id.clone();
    let parents = texts(resource.property("ParentIds"));
    if parents.len() > 1
        && let Some(at) = resource.property("ParentIds")
    {
        loading.findings.error("diagnostic.out-of-range", at, &[("least", "0"), ("most", "1")]);
    }
    let parent = match parents.first() {
        Some((at, parent)) if is_known(loading, resource, *at, parent) => (*parent).to_string(),
        _ => root,
    };
    let member = MemberAccount {
        origin: resource.origin(),
        name: name.to_string(),
        email: resource.string("Email"),
        parent,
        joined: now,
        created: true,
    };
    if let Some(found) = organization(loading, resource) {
        found.add_account(&id, member);
    }
    let role = resource.text("RoleName").or(is_new.then_some(ACCESS_ROLE));
    if let Some(role) = role {
        let at = resource.property("RoleName").unwrap_or(resource.at);
        check_name(loading, at, role, 64);
        if loading.take_name(format!("role {id}"), role, resource.logical_id, at) {
            loading.cloud.add_access_role(&id, resource.account, role, resource.origin());
        }
    }
    identity
}

/// The id of the account of that name; where the scenario has none, a new account is made.
fn account(loading: &mut Loading<'_>, resource: &Resource<'_>, name: &str) -> (String, bool) {
    let mut known = loading.cloud.accounts.values();
    if let Some(account) = known.find(|account| account.name == name) {
        return (account.id.clone(), false);
    }
    let entropy = loading.cloud.entropy;
    let id = entropy.account_id(&resource.names());
    let account = Account::new(&entropy, &id, name, resource.region);
    loading.cloud.accounts.insert(id.clone(), account);
    (id, true)
}
