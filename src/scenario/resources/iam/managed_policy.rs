//! AWS::IAM::ManagedPolicy. AWS page: CloudFormation Template Reference, "AWS::IAM::ManagedPolicy".

use super::{EntityKind, attach_managed, entity_name, path};
use crate::arn;
use crate::cloud::ManagedPolicy;
use crate::policy::PolicyKind;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::PolicyPlace;
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::ManagedPolicy",
    properties: &[
        optional("Description", Shape::Text),
        optional("Groups", TEXTS),
        optional("ManagedPolicyName", Shape::Text),
        optional("Path", Shape::Text),
        required("PolicyDocument", Shape::Policy),
        optional("Roles", TEXTS),
        optional("Users", TEXTS),
    ],
    attributes: &["PolicyArn", "PolicyId"],
    create,
    connect: Some(connect),
};

const KIND: EntityKind = EntityKind { kind: "policy", property: "ManagedPolicyName", longest: 128 };

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = entity_name(loading, resource, KIND);
    let path = path(loading, resource);
    let arn = arn::iam(resource.account, "policy", &path, &name);
    let id = loading.cloud.entropy.unique_id("ANPA", &resource.names());
    let identity = Identity::new(&arn, &[&arn, &id]);
    let Some(document) = resource.property("PolicyDocument") else {
        return identity;
    };
    let place = PolicyPlace {
        at: document,
        kind: PolicyKind::Identity,
        title: &name,
        arn: Some(arn.clone()),
        limit: 6_144,
    };
    if let Some(policy) = loading.policy(resource, place) {
        let names = [name, path, arn.clone(), id];
        let mut managed = ManagedPolicy::new(resource.origin(), names, policy, loading.cloud.now);
        managed.description = resource.string("Description");
        if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
            account.managed_policies.insert(arn, managed);
        }
    }
    identity
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let account = loading.cloud.accounts.get(resource.account);
    if let Some((account, arn)) = account.zip(resource.reference.as_ref())
        && account.managed_policies.contains_key(arn)
    {
        attach_managed(loading, resource, arn);
    }
}
