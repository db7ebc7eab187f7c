//! AWS::IAM::UserToGroupAddition. AWS page: CloudFormation Template Reference, "AWS::IAM::UserToGroupAddition".

use super::user::join;
use super::{Kind, is_known, texts};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::UserToGroupAddition",
    properties: &[required("GroupName", Shape::Text), required("Users", TEXTS)],
    attributes: &["Id"],
    create,
    connect: Some(connect),
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.hex("sandbox-", 12, &resource.names());
    Identity::new(&id, &[&id])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some(group) = resource.given("GroupName") else { return };
    if !is_known(loading, resource, Kind::Group, group) {
        return;
    }
    for (at, user) in texts(resource.property("Users")) {
        if is_known(loading, resource, Kind::User, (at, user)) {
            join(loading, resource.account, user, group.1);
        }
    }
}
