//! AWS::Organizations::OrganizationalUnit.
//!
//! AWS page: CloudFormation Template Reference, "AWS::Organizations::OrganizationalUnit".

use super::{is_known, organization};
use crate::cloud::OrganizationalUnit;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, not_modelled, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::Organizations::OrganizationalUnit",
    properties: &[required("Name", Shape::Text), required("ParentId", Shape::Text), not_modelled("Tags")],
    attributes: &["Arn", "Id"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let entropy = loading.cloud.entropy;
    let Some(found) = organization(loading, resource) else {
        return Identity::default();
    };
    let id = found.unit_id(&entropy, &resource.names());
    let identity = Identity::new(&id, &[&found.arn("ou", &id), &id]);
    let parent = resource.given("ParentId");
    let name = resource.given("Name");
    let Some(((at, parent), (named, name))) = parent.zip(name) else {
        return identity;
    };
    loading.take_name(format!("unit {parent}"), name, resource.logical_id, named);
    if is_known(loading, resource, at, parent) {
        let unit = OrganizationalUnit {
            origin: resource.origin(),
            name: name.to_string(),
            parent: parent.to_string(),
        };
        if let Some(found) = organization(loading, resource) {
            found.add_unit(&id, unit);
        }
    }
    identity
}
