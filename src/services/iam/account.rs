//! GetAccountSummary and GetAccountAuthorizationDetails. AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, find, names};
use super::policy_document::encoded;
use super::shapes::{self, Detail, attached, pair};
use super::{Answer, Iam};
use crate::cloud::{Account, Credential, aws_managed_policy};
use crate::policy::PolicyKind;
use crate::services::protocol::Tree;
use crate::sorted::SortedSet;

/// Counts and quotas.
pub(super) fn summary(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let account = iam.account()?;
    let (mut root_keys, mut in_use, mut versions) = (0, 0, 0);
    for credential in iam.call.cloud.credentials.values() {
        if let Credential::LongTerm(key) = credential
            && key.account == iam.id
            && key.user.is_none()
        {
            root_keys += 1;
        }
    }
    for device in account.mfa_devices.values() {
        in_use += usize::from(device.user.is_some());
    }
    for policy in account.managed_policies.values() {
        versions += policy.versions.len();
    }
    let mut entries = Vec::new();
    let mut tell = |key: &str, value: usize| {
        entries.push(("entry", pair(["key", "value"], key, &value.to_string())));
    };
    for kind in [Kind::User, Kind::Group, Kind::Role, Kind::Policy, Kind::InstanceProfile] {
        let facts = kind.facts();
        tell(facts.many, names(account, kind).len());
        tell(&[facts.many, "Quota"].concat(), facts.most);
    }
    tell("PolicyVersionsInUse", versions);
    tell("MFADevices", account.mfa_devices.len());
    tell("MFADevicesInUse", in_use);
    tell("AccountAccessKeysPresent", usize::from(root_keys > 0));
    for (key, value) in QUOTAS {
        tell(key, value);
    }
    Ok(Some(Tree::of("SummaryMap", Tree::Fields(entries))))
}

/// What is the same for every account. The root user has no MFA device here.
const QUOTAS: [(&str, usize); 13] = [
    ("AccountMFAEnabled", 0),
    ("PolicyVersionsInUseQuota", 10_000),
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
        for name in names(account, kind).filter(|_| wanted(word)) {
            keys.push(key(kind, name));
        }
    }
    for arn in attached_of_aws(account).iter().filter(|_| wanted("AWSManagedPolicy")) {
        keys.push(key(Kind::Policy, arn));
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
            let mut groups = Vec::new();
            for name in entity.groups {
                groups.push(Tree::Text(name.clone()));
            }
            tree.put("GroupList", Tree::Items(groups));
        }
        Kind::Role => {
            let mut held = Vec::new();
            for profile in account.instance_profiles.values() {
                if profile.role.as_deref() == Some(name) {
                    held.extend(shapes::entity(account, Kind::InstanceProfile, &profile.name, Detail::Full));
                }
            }
            tree.put("InstanceProfileList", Tree::Items(held));
        }
        _ => {}
    }
    let (mut inline, mut managed) = (Vec::new(), Vec::new());
    for policy in entity.inline {
        let text = encoded(&policy.policy, PolicyKind::Identity);
        inline.push(pair(["PolicyName", "PolicyDocument"], &policy.name, &text));
    }
    for arn in entity.attached {
        managed.push(attached(arn));
    }
    tree.put(list, Tree::Items(inline));
    tree.put("AttachedManagedPolicies", Tree::Items(managed));
    Some(tree)
}

fn policy(account: &Account, arn: &str) -> Option<Tree> {
    let policy = account.managed_policies.get(arn).cloned().or_else(|| aws_managed_policy(arn))?;
    let mut tree = shapes::policy(account, &policy, Detail::Full);
    let mut versions = Vec::new();
    for version in policy.versions.iter().rev() {
        versions.push(shapes::version(&policy, version, Detail::Full));
    }
    tree.put("PolicyVersionList", Tree::Items(versions));
    Some(tree)
}
