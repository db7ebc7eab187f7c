//! AWS::Organizations::Policy: a service or resource control policy and where it is attached.
//!
//! AWS page: CloudFormation Template Reference, "AWS::Organizations::Policy".
//! Left out on purpose: the management policies (tag, backup, ...), which decide no request.

use super::super::known::texts;
use super::{is_known, organization};
use crate::cloud::{AttachedControlPolicy, ControlPolicyKind};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::PolicyPlace;
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, not_modelled, optional, required};
use crate::sorted::SortedSet;

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::Organizations::Policy",
    properties: &[
        required("Content", Shape::Policy),
        optional("Description", Shape::Text),
        required("Name", Shape::Text),
        not_modelled("Tags"),
        optional("TargetIds", TEXTS),
        required("Type", Shape::Text),
    ],
    attributes: &["Arn", "AwsManaged", "Id"],
    create,
    connect: Some(connect),
};

/// Types that AWS has and this model doesn't.
const OTHER_TYPES: [&str; 7] = [
    "AISERVICES_OPT_OUT_POLICY",
    "BACKUP_POLICY",
    "CHATBOT_POLICY",
    "DECLARATIVE_POLICY_EC2",
    "INSPECTOR_POLICY",
    "SECURITYHUB_POLICY",
    "TAG_POLICY",
];

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let Some((at, kind)) = resource.given("Type") else {
        return Identity::default();
    };
    if OTHER_TYPES.contains(&kind) {
        loading.findings.warning("diagnostic.not-modelled.policy-type", at, &[("name", kind)]);
        return Identity::default();
    }
    let Some(kind) = ControlPolicyKind::named(kind) else {
        let expected = ControlPolicyKind::ALL.map(ControlPolicyKind::name).join(", ");
        loading.findings.error("diagnostic.wrong-value", at, &[("expected", &expected)]);
        return Identity::default();
    };
    let id = loading.cloud.entropy.hex("p-", 8, &resource.names());
    let Some(found) = organization(loading, resource) else {
        return Identity::default();
    };
    found.enable(kind);
    let arn = found.policy_arn(kind, &id);
    let identity = Identity::new(&id, &[&arn, "false", &id]);
    let name = resource.text("Name").unwrap_or_default();
    let Some(content) = resource.property("Content") else {
        return identity;
    };
    let place = PolicyPlace {
        at: content,
        kind: kind.policy_kind(),
        title: name,
        arn: Some(arn),
        limit: kind.longest(),
    };
    let Some(policy) = loading.policy(resource, place) else {
        return identity;
    };
    if kind == ControlPolicyKind::Resource
        && policy.statements().iter().any(|statement| statement.effect == crate::policy::Effect::Allow)
    {
        loading.findings.error("diagnostic.rcp-allows", content, &[]);
    }
    let attached = AttachedControlPolicy {
        origin: resource.origin(),
        name: name.to_string(),
        description: resource.string("Description"),
        kind,
        policy,
        targets: SortedSet::new(),
    };
    if let Some(found) = organization(loading, resource) {
        found.policies.insert(id, attached);
    }
    identity
}

/// Attaches the policy to its targets, when all accounts are members.
fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let id = loading.cloud.entropy.hex("p-", 8, &resource.names());
    for (at, target) in texts(resource.property("TargetIds")) {
        if !is_known(loading, resource, at, target) {
            continue;
        }
        let Some(found) = loading.cloud.organizations.get_mut(resource.account) else {
            return;
        };
        let Some(policy) = found.policies.get_mut(&id) else {
            return;
        };
        policy.targets.insert(target.to_string());
        let kind = policy.kind;
        if found.attached(target, kind).count() > kind.most_attached() {
            let limit = kind.most_attached().to_string();
            let params = [("name", target), ("limit", limit.as_str())];
            loading.findings.error("diagnostic.too-many-policies", at, &params);
        }
    }
}
