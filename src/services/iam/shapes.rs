//! How entities stand in answers. AWS page: IAM API Reference, "Data Types".

use super::kind::{Kind, find};
use super::policy_document::encoded;
use crate::clock::Timestamp;
use crate::cloud::*;
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::services::protocol::Tree;
use crate::sorted::SortedMap;

/// Whether a shape is the one of a list, which leaves out tags and the permissions boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    Listed,
    Full,
}

/// Texts that an entity has more than [`Detail::Listed`].
fn extras(tree: &mut Tree, detail: Detail, boundary: Option<&str>, tags: Option<&SortedMap<String, String>>) {
    if detail == Detail::Listed {
        return;
    }
    if let Some(arn) = boundary {
        let names = ["PermissionsBoundaryType", "PermissionsBoundaryArn"];
        tree.put("PermissionsBoundary", pair(names, "Policy", arn));
    }
    if let Some(tags) = tags.filter(|tags| !tags.is_empty()) {
        tree.put("Tags", tag_items(tags));
    }
}

/// Key and Value of each tag.
pub(super) fn tag_items(tags: &SortedMap<String, String>) -> Tree {
    let mut items = Vec::new();
    for (key, value) in tags {
        items.push(pair(["Key", "Value"], key, value));
    }
    Tree::Items(items)
}

/// Two texts.
pub(super) fn pair([first, second]: [&'static str; 2], one: &str, other: &str) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[(first, one), (second, other)]);
    tree
}

/// User, Group, Role, or InstanceProfile with its role; `None`: there is no such entity.
pub(super) fn entity(account: &Account, kind: Kind, name: &str, detail: Detail) -> Option<Tree> {
    let (facts, entity) = (kind.facts(), find(account, kind, name)?);
    let mut tree = Tree::new();
    tree.texts(&[
        ("Path", entity.path),
        (facts.new, entity.name),
        (facts.id, entity.id),
        ("Arn", entity.arn),
        ("CreateDate", &entity.created.iso8601()),
    ]);
    match kind {
        Kind::Role => role(&mut tree, account.roles.get(name)?),
        Kind::InstanceProfile => {
            let held = account.instance_profiles.get(name)?.role.as_ref();
            let held = held.and_then(|role| self::entity(account, Kind::Role, role, Detail::Listed));
            tree.put("Roles", Tree::Items(held.into_iter().gather()));
        }
        _ => {}
    }
    extras(&mut tree, detail, entity.boundary, entity.tags);
    Some(tree)
}

fn role(tree: &mut Tree, role: &Role) {
    tree.text("AssumeRolePolicyDocument", &encoded(&role.trust_policy, PolicyKind::Trust));
    if !role.description.is_empty() {
        tree.text("Description", &role.description);
    }
    tree.text("MaxSessionDuration", &role.max_session_duration.to_string());
}

/// Policy, without its document.
pub(super) fn policy(account: &Account, policy: &ManagedPolicy, detail: Detail) -> Tree {
    let mut tree = Tree::new();
    let (attached, bounding) = uses(account, &policy.arn);
    tree.texts(&[
        ("PolicyName", &policy.name),
        ("PolicyId", &policy.id),
        ("Arn", &policy.arn),
        ("Path", &policy.path),
        ("DefaultVersionId", &version_id(policy.default_version)),
        ("AttachmentCount", &attached.to_string()),
        ("PermissionsBoundaryUsageCount", &bounding.to_string()),
        ("IsAttachable", "true"),
    ]);
    // When AWS made its own policies isn't carried.
    if policy.created > Timestamp::default() {
        tree.texts(&[("CreateDate", &policy.created.iso8601()), ("UpdateDate", &policy.updated.iso8601())]);
    }
    if detail == Detail::Full && !policy.description.is_empty() {
        tree.text("Description", &policy.description);
    }
    extras(&mut tree, detail, None, Some(&policy.tags));
    tree
}

/// PolicyVersion; a list leaves the document out.
pub(super) fn version(policy: &ManagedPolicy, version: &PolicyVersion, detail: Detail) -> Tree {
    let mut tree = Tree::new();
    if detail == Detail::Full {
        tree.text("Document", &encoded(&version.policy, PolicyKind::Identity));
    }
    tree.text("VersionId", &version_id(version.number));
    tree.flag("IsDefaultVersion", version.number == policy.default_version);
    if version.created > Timestamp::default() {
        tree.text("CreateDate", &version.created.iso8601());
    }
    tree
}

/// `v1`
pub(super) fn version_id(number: u32) -> String {
    format!("v{number}")
}

/// How often a managed policy is attached, and how often it is a permissions boundary.
pub(super) fn uses(account: &Account, arn: &str) -> (usize, usize) {
    let (mut attached, mut bounding) = (0, 0);
    let mut count = |policies: &[String], boundary: Option<&str>| {
        attached += usize::from(policies.iter().any(|other| other == arn));
        bounding += usize::from(boundary == Some(arn));
    };
    for user in account.users.values() {
        count(&user.attached_policies, user.permissions_boundary.as_deref());
    }
    for role in account.roles.values() {
        count(&role.attached_policies, role.permissions_boundary.as_deref());
    }
    for group in account.groups.values() {
        count(&group.attached_policies, None);
    }
    (attached, bounding)
}

/// PolicyName and PolicyArn of an attached policy.
pub(super) fn attached(arn: &str) -> Tree {
    pair(["PolicyName", "PolicyArn"], arn.rsplit('/').next().unwrap_or(arn), arn)
}
