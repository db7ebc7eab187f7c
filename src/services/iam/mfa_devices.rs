//! Virtual MFA devices: Create, Enable, Resync, Deactivate, Delete, List, Get.
//!
//! AWS pages: IAM API Reference, "CreateVirtualMFADevice" and its likes. Left out on purpose: the QR code, which holds
//! the same seed as Base32StringSeed; hardware devices and security keys.

use super::create::within;
use super::kind::{Kind, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam, parameters};
use crate::arn;
use crate::cloud::{MfaDevice, Origin};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::sorted::SortedMap;

/// AWS's quota of devices for each user.
const MOST_DEVICES: usize = 8;

/// CreateVirtualMFADevice.
pub(super) fn create(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text("VirtualMFADeviceName");
    let serial = arn::iam(&iam.id, kind.facts().arn, &parameters::path(iam.input), name);
    let tags = parameters::tags(iam.input)?;
    if iam.account()?.mfa_devices.contains_key(&serial) {
        return Err(IAM_MFA_EXISTS.error());
    }
    within(kind.facts().quota, iam.account()?.mfa_devices.len() + 1, kind.facts().most)?;
    let requests = iam.call.cloud.requests.to_string();
    let entropy = iam.call.cloud.entropy;
    let mut device = MfaDevice::new(Origin::default(), serial.clone(), entropy, &[&serial, &requests]);
    device.tags = tags;
    let seed = crate::base64::STANDARD.encode(device.base32_seed());
    let mut tree = Tree::new();
    tree.texts(&[("SerialNumber", &serial), ("Base32StringSeed", &seed)]);
    if !device.tags.is_empty() {
        tree.put("Tags", shapes::tag_items(&device.tags));
    }
    iam.account_mut()?.mfa_devices.insert(serial, device);
    Ok(Some(Tree::of("VirtualMFADevice", tree)))
}

/// DeleteVirtualMFADevice, of one that nobody has.
pub(super) fn delete(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let serial = iam.text("SerialNumber");
    if device(iam)?.user.is_some() {
        return Err(IAM_MFA_IN_USE.error());
    }
    iam.account_mut()?.mfa_devices.remove(serial);
    Ok(None)
}

/// EnableMFADevice: two codes that follow each other prove that the user has the device.
pub(super) fn enable(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let user = iam.name(kind);
    iam.named(kind)?;
    if device(iam)?.user.is_some() {
        return Err(IAM_MFA_TAKEN.error());
    }
    let devices = iam.account()?.mfa_devices.values();
    let held = devices.filter(|device| device.user.as_deref() == Some(user)).count();
    within("MFADevicesPerUser", held + 1, MOST_DEVICES)?;
    let period = codes(iam)?;
    let now = iam.call.cloud.now;
    let device = device(iam)?;
    device.user = Some(user.to_string());
    device.enabled = Some(now);
    device.used = period;
    Ok(None)
}

/// ResyncMFADevice.
pub(super) fn resync(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    held(iam)?;
    let period = codes(iam)?;
    device(iam)?.used = period;
    Ok(None)
}

/// The period of the second of two codes.
fn codes(iam: &mut Iam<'_, '_>) -> Result<i64, AwsError> {
    let (first, second) = (iam.text("AuthenticationCode1"), iam.text("AuthenticationCode2"));
    let now = iam.call.cloud.now;
    device(iam)?.accepts_two(first, second, now).ok_or_else(|| IAM_MFA_CODES.error())
}

/// DeactivateMFADevice: the device stays, nobody's.
pub(super) fn deactivate(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let device = held(iam)?;
    device.user = None;
    device.enabled = None;
    Ok(None)
}

/// GetMFADevice.
pub(super) fn get(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    Ok(Some(of_user(held(iam)?)))
}

fn of_user(device: &MfaDevice) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("UserName", device.user.as_deref().unwrap_or_default()),
        ("SerialNumber", &device.serial_number),
        ("EnableDate", &device.enabled.unwrap_or_default().iso8601()),
    ]);
    tree
}

/// ListMFADevices, of a user.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let user = iam.user_name()?;
    iam.entity(kind, &user)?;
    let devices = &iam.account()?.mfa_devices;
    let page = iam.page(serials(devices, &|device| device.user.as_deref() == Some(&user)))?;
    Ok(Some(page.answer("MFADevices", &|serial| devices.get(serial).map(of_user))))
}

/// ListVirtualMFADevices, of the account.
pub(super) fn list_virtual(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let status = iam.input.get("AssignmentStatus").unwrap_or("Any");
    let account = iam.account()?;
    let wanted = |device: &MfaDevice| match status {
        "Assigned" => device.user.is_some(),
        "Unassigned" => device.user.is_none(),
        _ => true,
    };
    let page = iam.page(serials(&account.mfa_devices, &wanted))?;
    let shape = |serial: &str| {
        let device = account.mfa_devices.get(serial)?;
        let mut item = Tree::of("SerialNumber", Tree::Text(device.serial_number.clone()));
        let user = device.user.as_ref();
        if let Some(user) = user.and_then(|name| shapes::entity(account, Kind::User, name, Detail::Listed)) {
            item.put("User", user);
        }
        if let Some(at) = device.enabled {
            item.text("EnableDate", &at.iso8601());
        }
        Some(item)
    };
    Ok(Some(page.answer("VirtualMFADevices", &shape)))
}

fn serials(devices: &SortedMap<String, MfaDevice>, wanted: &dyn Fn(&MfaDevice) -> bool) -> Vec<String> {
    devices.values().filter(|device| wanted(device)).map(|device| device.serial_number.clone()).gather()
}

/// The device that the request names.
fn device<'a>(iam: &'a mut Iam<'_, '_>) -> Result<&'a mut MfaDevice, AwsError> {
    let serial = iam.text("SerialNumber");
    iam.account_mut()?.mfa_devices.get_mut(serial).ok_or_else(|| no_such(Kind::MfaDevice, serial))
}

/// The device that the request names, if the user has it.
fn held<'a>(iam: &'a mut Iam<'_, '_>) -> Result<&'a mut MfaDevice, AwsError> {
    let user = iam.user_name()?;
    iam.entity(Kind::User, &user)?;
    let device = device(iam)?;
    match &device.user {
        Some(owner) if *owner == user => Ok(device),
        _ => Err(IAM_MFA_OF_ANOTHER.error()),
    }
}
