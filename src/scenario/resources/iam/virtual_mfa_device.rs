//! AWS::IAM::VirtualMFADevice: a device whose codes one user gives.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::VirtualMFADevice". The user has it as soon as it is made.

use super::{EntityKind, Kind, entity_name, is_known, path, texts};
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
    device.tags.clone_from(&resource.tags);
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.mfa_devices.insert(serial.clone(), device);
    }
    Identity::new(&serial, &[&serial])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let users = texts(resource.property("Users"));
    if users.len() > 1
        && let Some(at) = resource.property("Users")
    {
        loading.findings.error("diagnostic.out-of-range", at, &[("least", "1"), ("most", "1")]);
    }
    let Some(given) = users.first().copied() else { return };
    if !is_known(loading, resource, Kind::User, given) {
        return;
    }
    let now = loading.cloud.now;
    let account = loading.cloud.accounts.get_mut(resource.account);
    if let Some((account, serial)) = account.zip(resource.reference.as_ref())
        && let Some(device) = account.mfa_devices.get_mut(serial)
    {
        device.user = Some(given.1.to_string());
        device.enabled = Some(now);
    }
}
