//! SerialNumber and TokenCode: the caller proves that it has an MFA device.
//!
//! AWS page: IAM User Guide, "Secure API access with MFA". A code is good once.

use super::Sts;
use crate::authorization::PrincipalKind;
use crate::services::constraints::{characters, invalid, length};
use crate::services::errors::*;
use crate::services::protocol::query::Parameters;

/// The form of both parameters.
pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    if let Some(serial) = input.get("SerialNumber") {
        length("SerialNumber", serial, (9, 256))?;
        characters("SerialNumber", serial, "+=/:,.@-", "[\\w+=/:,.@-]*")?;
    }
    if let Some(code) = input.get("TokenCode") {
        length("TokenCode", code, (6, 6))?;
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            let pattern = "Member must satisfy regular expression pattern: [\\d]*";
            return Err(invalid("TokenCode", code, pattern));
        }
    }
    Ok(())
}

/// A code that a device has shown.
pub(super) struct Proof {
    serial: String,
    period: i64,
}

/// What the request proves: [`crate::services::authenticate::Caller::mfa`] is set. The code is used up when a session
/// is issued ([`use_up`]): a refused call changes nothing.
///
/// # Errors
/// AccessDenied.
pub(super) fn prove(sts: &mut Sts<'_, '_>) -> Result<(), AwsError> {
    let (serial, code) = (sts.input.get("SerialNumber"), sts.input.get("TokenCode"));
    let (serial, code) = match (serial, code) {
        (None, None) => return Ok(()),
        (Some(serial), Some(code)) => (serial, code),
        _ => return Err(STS_MFA_BOTH.error()),
    };
    let now = sts.call.cloud.now;
    let owner = match sts.caller.principal.kind {
        PrincipalKind::User => sts.caller.user(sts.call.cloud).map(|user| &user.name),
        _ => None,
    };
    let account = sts.call.cloud.accounts.get(&sts.account());
    let device = account.and_then(|account| account.mfa_devices.get(serial));
    let device = device.filter(|device| owner.is_some() && device.user.as_ref() == owner);
    let device = device.ok_or_else(|| STS_MFA_SERIAL.error())?;
    let period = device.accepts(code, now).ok_or_else(|| STS_MFA_CODE.error())?;
    sts.proof = Some(Proof { serial: serial.to_string(), period });
    sts.caller.mfa = Some(now);
    Ok(())
}

/// The code that the request showed isn't good again.
pub(super) fn use_up(sts: &mut Sts<'_, '_>) {
    let (Some(proof), account) = (sts.proof.take(), sts.account()) else { return };
    let account = sts.call.cloud.accounts.get_mut(&account);
    if let Some(device) = account.and_then(|account| account.mfa_devices.get_mut(&proof.serial)) {
        device.used = proof.period;
    }
}
