//! AWS::IAM::InstanceProfile: the container that passes one role to an instance.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::InstanceProfile".

use super::{EntityKind, Kind, entity_name, is_known, path, texts};
use crate::arn;
use crate::cloud::InstanceProfile;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::InstanceProfile",
    properties: &[
        optional("InstanceProfileName", Shape::Text),
        optional("Path", Shape::Text),
        required("Roles", TEXTS),
    ],
    attributes: &["Arn"],
    create,
    connect: Some(connect),
};

const KIND: EntityKind =
    EntityKind { kind: "instance-profile", property: "InstanceProfileName", longest: 128 };

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = entity_name(loading, resource, KIND);
    let path = path(loading, resource);
    let arn = arn::iam(resource.account, "instance-profile", &path, &name);
    let profile = InstanceProfile {
        origin: resource.origin(),
        name: name.clone(),
        path,
        arn: arn.clone(),
        id: loading.cloud.entropy.unique_id("AIPA", &resource.names()),
        role: None,
        tags: Default::default(),
        created: loading.cloud.now,
    };
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.instance_profiles.insert(name.clone(), profile);
    }
    Identity::new(&name, &[&arn])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some(roles) = resource.property("Roles") else {
        return;
    };
    if roles.node.items().len() > 1 {
        loading.findings.error("diagnostic.two-roles-in-profile", roles, &[]);
        return;
    }
    let Some(given) = texts(Some(roles)).into_iter().next() else {
        return;
    };
    if !is_known(loading, resource, Kind::Role, given) {
        return;
    }
    let account = loading.cloud.accounts.get_mut(resource.account);
    if let Some((account, name)) = account.zip(resource.reference.as_ref())
        && let Some(profile) = account.instance_profiles.get_mut(name)
    {
        profile.role = Some(given.1.to_string());
    }
}
