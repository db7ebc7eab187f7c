//! GetAccountSummary and GetAccountAuthorizationDetails. AWS pages: IAM API Reference, the operations of these names.

use super::kind::Kind;
use super::policy_document::encoded;
use super::shapes::{self, Detail, attached};
use super::{Answer, Iam};
use crate::cloud::{Account, Credential, InlinePolicy, aws_managed_policy};
use crate::policy::PolicyKind;
use crate::services::protocol::Tree;

/// Counts and quotas.
pub(super) fn summary(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let account = iam.account()?;
    let is_root_key = |credential: &&Credential| matches!(credential, Credential::LongTerm(key) if key.account == iam.id && key.user.is_none());
    let root_keys = iam.call.cloud.credentials.values().filter(is_root_key).count();
    let in_use = account.mfa_devices.values().filter(|device| device.user.is_some()).count();
    let versions = account.managed_policies.values().map(|policy| policy.versions.len()).sum();
    let facts = [
        ("Users", account.users.len()),
        ("UsersQuota", 5_000),
        ("Groups", account.groups.len()),
        ("GroupsQuota", 300),
        ("Roles", account.roles.len()),
        ("RolesQuota", 1_000),
        ("Policies", account.managed_policies.len()),
        ("PoliciesQuota", 1_500),
        ("PolicyVersionsInUse", versions),
        ("PolicyVersionsInUseQuota", 10_000),
        ("InstanceProfiles", account.instance_profiles.len()),
        ("InstanceProfilesQuota", 1_000),
        ("MFADevices", account.mfa_devices.len()),
        ("MFADevicesInUse", in_use),
        ("AccountMFAEnabled", 0),
        ("AccountAccessKeysPresent", usize::from(root_keys > 0)),
        ("AccessKeysPerUserQuota", 2),
        ("GroupsPerUserQuota", 10),
        ("AttachedPoliciesPerUserQuota", 10),
        ("AttachedPoliciesPerGroupQuota", 10),
        ("AttachedPoliciesPerRoleQuota", 20),
        ("PolicySizeQuota", 6_144),
        ("VersionsPerPolicyQuota", 5),
        ("UserPolicySizeQuota", 2_048),
        ("GroupPolicySizeQuota", 5_120),
        ("RolePolicySizeQuota", 10_240),
        ("AssumeRolePolicySizeQuota", 2_048),
    ];
    let entry = |(key, value): (&str, usize)| {
        let mut tree = Tree::new();
        tree.texts(&[("key", key), ("value", &value.to_string())]);
        ("entry", tree)
    };
    let map = Tree::Fields(facts.into_iter().map(entry).collect());
    Ok(Some(Tree::of("SummaryMap", map)))
}

/// Every user, group, role and managed policy with its policies.
pub(super) fn details(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let filter = iam.input.members("Filter", "");
    let wanted = |kind: &str| filter.is_empty() || filter.contains(&kind);
    let account = iam.account()?;
    let mut keys: Vec<(&str, &str)> = Vec::new();
    if wanted("User") {
        keys.extend(account.users.keys().map(|name| ("user", name.as_str())));
    }
    if wanted("Group") {
        keys.extend(account.groups.keys().map(|name| ("group", name.as_str())));
    }
    if wanted("Role") {
        keys.extend(account.roles.keys().map(|name| ("role", name.as_str())));
    }
    if wanted("LocalManagedPolicy") {
        keys.extend(account.managed_policies.keys().map(|arn| ("policy", arn.as_str())));
    }
    let aws = attached_of_aws(account);
    if wanted("AWSManagedPolicy") {
        keys.extend(aws.iter().map(|arn| ("policy", arn.as_str())));
    }
    let page = iam.page(keys.iter().map(|(kind, name)| format!("{kind}/{name}")).collect())?;
    let mut lists: [Vec<Tree>; 4] = Default::default();
    let [users, groups, roles, policies] = &mut lists;
    for key in &page.keys {
        let (kind, name) = key.split_once('/').unwrap_or_default();
        match kind {
            "user" => users.extend(user(account, name)),
            "group" => groups.extend(group(account, name)),
            "role" => roles.extend(role(account, name)),
            _ => policies.extend(policy(account, name)),
        }
    }
    let mut tree = Tree::new();
    let names = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];
    for (name, list) in names.into_iter().zip(lists) {
        tree.put(name, Tree::Items(list));
    }
    page.end(&mut tree);
    Ok(Some(tree))
}

/// ARNs of AWS's own policies that are attached somewhere.
fn attached_of_aws(account: &Account) -> Vec<String> {
    let mut arns: Vec<String> = Vec::new();
    let lists = account.users.values().map(|user| &user.attached_policies);
    let lists = lists.chain(account.groups.values().map(|group| &group.attached_policies));
    for arn in lists.chain(account.roles.values().map(|role| &role.attached_policies)).flatten() {
        if !account.managed_policies.contains_key(arn) && !arns.contains(arn) {
            arns.push(arn.clone());
        }
    }
    arns.sort();
    arns
}

fn policies_of(tree: &mut Tree, list: &'static str, inline: &[InlinePolicy], managed: &[String]) {
    let document = |inline: &InlinePolicy| {
        let mut tree = Tree::new();
        tree.texts(&[
            ("PolicyName", &inline.name),
            ("PolicyDocument", &encoded(&inline.policy, PolicyKind::Identity)),
        ]);
        tree
    };
    tree.put(list, Tree::Items(inline.iter().map(document).collect()));
    tree.put("AttachedManagedPolicies", Tree::Items(managed.iter().map(|arn| attached(arn)).collect()));
}

fn user(account: &Account, name: &str) -> Option<Tree> {
    let user = account.users.get(name)?;
    let mut tree = shapes::user(user, Detail::Full);
    let groups = user.groups.iter().map(|name| Tree::Text(name.clone())).collect();
    tree.put("GroupList", Tree::Items(groups));
    policies_of(&mut tree, "UserPolicyList", &user.inline_policies, &user.attached_policies);
    Some(tree)
}

fn group(account: &Account, name: &str) -> Option<Tree> {
    let group = account.groups.get(name)?;
    let mut tree = shapes::group(group);
    policies_of(&mut tree, "GroupPolicyList", &group.inline_policies, &group.attached_policies);
    Some(tree)
}

fn role(account: &Account, name: &str) -> Option<Tree> {
    let role = account.roles.get(name)?;
    let mut tree = shapes::role(role, Detail::Full);
    let profiles = account.instance_profiles.values();
    let held = profiles.filter(|profile| profile.role.as_deref() == Some(name));
    let held = held.map(|profile| shapes::instance_profile(account, profile, Detail::Full)).collect();
    tree.put("InstanceProfileList", Tree::Items(held));
    policies_of(&mut tree, "RolePolicyList", &role.inline_policies, &role.attached_policies);
    Some(tree)
}

fn policy(account: &Account, arn: &str) -> Option<Tree> {
    let policy = account.managed_policies.get(arn).cloned().or_else(|| aws_managed_policy(arn))?;
    let mut tree = shapes::policy(account, &policy, Detail::Full);
    let versions = policy.versions.iter().rev();
    let versions = versions.map(|version| shapes::version(&policy, version, Detail::Full)).collect();
    tree.put("PolicyVersionList", Tree::Items(versions));
    Some(tree)
}
