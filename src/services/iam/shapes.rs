//! How entities stand in answers. AWS page: IAM API Reference, "Data Types".

use super::policy_document::encoded;
use crate::clock::Timestamp;
use crate::cloud::*;
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
        let mut own = Tree::new();
        own.texts(&[("PermissionsBoundaryType", "Policy"), ("PermissionsBoundaryArn", arn)]);
        tree.put("PermissionsBoundary", own);
    }
    if let Some(tags) = tags.filter(|tags| !tags.is_empty()) {
        tree.put("Tags", Tree::Items(tag_items(tags)));
    }
}

/// Key and Value of each tag.
pub(super) fn tag_items(tags: &SortedMap<String, String>) -> Vec<Tree> {
    let mut items = Vec::new();
    for (key, value) in tags {
        let mut item = Tree::new();
        item.texts(&[("Key", key), ("Value", value)]);
        items.push(item);
    }
    items
}

/// User.
pub(super) fn user(user: &User, detail: Detail) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("Path", &user.path),
        ("UserName", &user.name),
        ("UserId", &user.id),
        ("Arn", &user.arn),
        ("CreateDate", &user.created.iso8601()),
    ]);
    extras(&mut tree, detail, user.permissions_boundary.as_deref(), Some(&user.tags));
    tree
}

/// Group.
pub(super) fn group(group: &Group) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("Path", &group.path),
        ("GroupName", &group.name),
        ("GroupId", &group.id),
        ("Arn", &group.arn),
        ("CreateDate", &group.created.iso8601()),
    ]);
    tree
}

/// Role.
pub(super) fn role(role: &Role, detail: Detail) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("Path", &role.path),
        ("RoleName", &role.name),
        ("RoleId", &role.id),
        ("Arn", &role.arn),
        ("CreateDate", &role.created.iso8601()),
        ("AssumeRolePolicyDocument", &encoded(&role.trust_policy, PolicyKind::Trust)),
    ]);
    if !role.description.is_empty() {
        tree.text("Description", &role.description);
    }
    tree.text("MaxSessionDuration", &role.max_session_duration.to_string());
    extras(&mut tree, detail, role.permissions_boundary.as_deref(), Some(&role.tags));
    tree
}

/// InstanceProfile, with its role.
pub(super) fn instance_profile(account: &Account, profile: &InstanceProfile, detail: Detail) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("Path", &profile.path),
        ("InstanceProfileName", &profile.name),
        ("InstanceProfileId", &profile.id),
        ("Arn", &profile.arn),
        ("CreateDate", &profile.created.iso8601()),
    ]);
    let held = profile.role.as_ref().and_then(|name| account.roles.get(name));
    tree.put("Roles", Tree::Items(held.iter().map(|held| role(held, Detail::Listed)).collect()));
    extras(&mut tree, detail, None, Some(&profile.tags));
    tree
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
    let has = |list: &Vec<String>| usize::from(list.iter().any(|other| other == arn));
    let bounds = |boundary: &Option<String>| usize::from(boundary.as_deref() == Some(arn));
    let (mut attached, mut bounding) = (0, 0);
    for user in account.users.values() {
        attached += has(&user.attached_policies);
        bounding += bounds(&user.permissions_boundary);
    }
    for role in account.roles.values() {
        attached += has(&role.attached_policies);
        bounding += bounds(&role.permissions_boundary);
    }
    for group in account.groups.values() {
        attached += has(&group.attached_policies);
    }
    (attached, bounding)
}

/// PolicyName and PolicyArn of an attached policy.
pub(super) fn attached(arn: &str) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[("PolicyName", arn.rsplit('/').next().unwrap_or(arn)), ("PolicyArn", arn)]);
    tree
}
