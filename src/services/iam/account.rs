//! GetAccountSummary and GetAccountAuthorizationDetails. AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, find, names};
use super::policy_document::encoded;
use super::shapes::{self, Detail, attached, pair};
use super::{Answer, Iam};
use crate::cloud::{Account, Credential, InlinePolicy, aws_managed_policy};
use crate::policy::PolicyKind;
use crate::services::protocol::Tree;
use crate::sorted::SortedSet;

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
    let entry = |(key, value): (&str, usize)| ("entry", pair(["key", "value"], key, &value.to_string()));
    let map = Tree::Fields(facts.into_iter().map(entry).collect());
    Ok(Some(Tree::of("SummaryMap", map)))
}

/// What `Filter` calls a kind, its list in the answer, and the list of its inline policies.
const LISTS: [(&str, &str, &str, Kind); 4] = [
    ("User", "UserDetailList", "UserPolicyList", Kind::User),
    ("Group", "GroupDetailList", "GroupPolicyList", Kind::Group),
    ("Role", "RoleDetailList", "RolePolicyList", Kind::Role),
    ("LocalManagedPolicy", "Policies", "", Kind::Policy),
];

/// Every user, group, role and managed policy with its policies.
pub(super) fn details(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let filter = iam.input.members("Filter", "");
    let wanted = |kind: &str| filter.is_empty() || filter.contains(&kind);
    let account = iam.account()?;
    let key = |kind: Kind, name: &str| format!("{}/{name}", kind.facts().arn);
    let mut keys = Vec::new();
    for (word, _, _, kind) in LISTS {
        keys.extend(names(account, kind).filter(|_| wanted(word)).map(|name| key(kind, name)));
    }
    if wanted("AWSManagedPolicy") {
        keys.extend(attached_of_aws(account).iter().map(|arn| key(Kind::Policy, arn)));
    }
    let page = iam.page(keys)?;
    let mut tree = Tree::new();
    for (_, list, inline, kind) in LISTS {
        let told = |key: &str| match key.split_once('/') {
            Some((of, arn)) if of == kind.facts().arn && kind == Kind::Policy => policy(account, arn),
            Some((of, name)) if of == kind.facts().arn => holder(account, kind, name, inline),
            _ => None,
        };
        tree.put(list, page.items(&told));
    }
    page.end(&mut tree);
    Ok(Some(tree))
}

/// ARNs of AWS's own policies that are attached somewhere.
fn attached_of_aws(account: &Account) -> SortedSet<String> {
    let mut arns = SortedSet::new();
    for kind in [Kind::User, Kind::Group, Kind::Role] {
        for entity in names(account, kind).filter_map(|name| find(account, kind, name)) {
            for arn in entity.attached.iter().filter(|arn| !account.managed_policies.contains_key(*arn)) {
                arns.insert(arn.clone());
            }
        }
    }
    arns
}

/// A user, group or role with its policies.
fn holder(account: &Account, kind: Kind, name: &str, list: &'static str) -> Option<Tree> {
    let entity = find(account, kind, name)?;
    let mut tree = shapes::entity(account, kind, name, Detail::Full)?;
    match kind {
        Kind::User => {
            let groups = entity.groups.iter().map(|name| Tree::Text(name.clone())).collect();
            tree.put("GroupList", Tree::Items(groups));
        }
        Kind::Role => {
            let profiles = account.instance_profiles.values();
            let profiles = profiles.filter(|profile| profile.role.as_deref() == Some(name));
            let shape = |name: &String| shapes::entity(account, Kind::InstanceProfile, name, Detail::Full);
            let held = profiles.filter_map(|profile| shape(&profile.name)).collect();
            tree.put("InstanceProfileList", Tree::Items(held));
        }
        _ => {}
    }
    let document = |inline: &InlinePolicy| {
        let text = encoded(&inline.policy, PolicyKind::Identity);
        pair(["PolicyName", "PolicyDocument"], &inline.name, &text)
    };
    tree.put(list, Tree::Items(entity.inline.iter().map(document).collect()));
    let managed = entity.attached.iter().map(|arn| attached(arn)).collect();
    tree.put("AttachedManagedPolicies", Tree::Items(managed));
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
