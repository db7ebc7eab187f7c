//! AWS::IAM::VirtualMFADevice: a device whose codes one user gives.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::VirtualMFADevice". The user has it as soon as it is made.

use super::{Entity, EntityKind, entity_name, exists, path, role::tags};
use crate::arn;
use crate::cloud::MfaDevice;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, TEXTS, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::VirtualMFADevice",
    properties: &[
        optional("Path", Shape::Text),
        optional("Tags", TAGS),
        required("Users", TEXTS),
        optional("VirtualMfaDeviceName", Shape::Text),
    ],
    attributes: &["SerialNumber"],
    create,
    connect: Some(connect),
};

const KIND: EntityKind = EntityKind { kind: "mfa", property: "VirtualMfaDeviceName", longest: 226 };

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = entity_name(loading, resource, KIND);
    let path = path(loading, resource);
    let serial = arn::iam(resource.account, "mfa", &path, &name);
    let entropy = loading.cloud.entropy;
    let mut device = MfaDevice::new(resource.origin(), serial.clone(), entropy, &resource.names());
    device.tags = tags(loading, resource);
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.mfa_devices.insert(serial.clone(), device);
    }
    Identity::new(&serial).with("SerialNumber", serial)
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let users = resource.texts("Users");
    if users.len() > 1
        && let Some(at) = resource.property("Users")
    {
        loading.findings.error("diagnostic.out-of-range", &at, &[("least", "1"), ("most", "1")]);
    }
    let Some((at, user)) = users.first() else { return };
    if !exists(loading, resource, Entity::User, at, user) {
        return;
    }
    let now = loading.cloud.now;
    let account = loading.cloud.accounts.get_mut(resource.account);
    let mut devices = account.into_iter().flat_map(|account| account.mfa_devices.values_mut());
    if let Some(device) = devices.find(|device| device.origin.pointer == resource.at.pointer) {
        device.user = Some((*user).to_string());
        device.enabled = Some(now);
    }
}
