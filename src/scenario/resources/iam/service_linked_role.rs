//! AWS::IAM::ServiceLinkedRole: the role that a service has for itself; SCPs and RCPs don't bind it.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::ServiceLinkedRole".
//! Left out on purpose: services beyond the common ones, and what a service attaches to its role.

use crate::cloud::{Role, service_linked_role_name};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::ServiceLinkedRole",
    properties: &[
        required("AWSServiceName", Shape::Text),
        optional("CustomSuffix", Shape::Text),
        optional("Description", Shape::Text),
    ],
    attributes: &["RoleName"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let Some((at, service)) = resource.given("AWSServiceName") else {
        return Identity::default();
    };
    let Some(name) = service_linked_role_name(service, resource.text("CustomSuffix")) else {
        let params = [("name", service)];
        loading.findings.warning("diagnostic.not-modelled.service-linked-role", at, &params);
        return Identity::default();
    };
    loading.take_name(format!("role {}", resource.account), &name, resource.logical_id, at);
    let id = loading.cloud.entropy.unique_id("AROA", &resource.names());
    let (citation, now) = (resource.name(), loading.cloud.now);
    let role = Role::service_linked(resource.account, (service, &name), id, &citation, now);
    let account = loading.cloud.accounts.get_mut(resource.account);
    if let Some((mut role, account)) = role.zip(account) {
        role.origin = resource.origin();
        role.description = resource.string("Description");
        account.roles.insert(name.clone(), role);
    }
    Identity::new(&name, &[&name])
}
