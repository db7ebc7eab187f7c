//! AWS::IAM::Group. AWS page: CloudFormation Template Reference, "AWS::IAM::Group".

use super::role::inline_policies;
use super::{EntityKind, INLINE_POLICIES, Kind, attach_listed, entity_name, path};
use crate::arn;
use crate::cloud::Group;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, optional};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::Group",
    properties: &[
        optional("GroupName", Shape::Text),
        optional("ManagedPolicyArns", TEXTS),
        optional("Path", Shape::Text),
        optional("Policies", INLINE_POLICIES),
    ],
    attributes: &["Arn"],
    create,
    connect: Some(connect),
};

const KIND: EntityKind = EntityKind { kind: "group", property: "GroupName", longest: 128 };

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = entity_name(loading, resource, KIND);
    let path = path(loading, resource);
    let arn = arn::iam(resource.account, "group", &path, &name);
    let group = Group {
        origin: resource.origin(),
        name: name.clone(),
        path,
        arn: arn.clone(),
        id: loading.cloud.entropy.unique_id("AGPA", &resource.names()),
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        created: loading.cloud.now,
    };
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.groups.insert(name.clone(), group);
    }
    inline_policies(loading, resource, Kind::Group, &name);
    Identity::new(&name, &[&arn])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    attach_listed(loading, resource, Kind::Group);
}
