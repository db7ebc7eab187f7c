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

/// What the request proves: [`crate::services::authenticate::Caller::mfa`] is set, and the code is used up.
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
        PrincipalKind::User => sts.caller.user(sts.call.cloud).map(|user| user.name.clone()),
        _ => None,
    };
    let account = sts.caller.principal.account.as_deref().unwrap_or_default();
    let account = sts.call.cloud.accounts.get_mut(account);
    let device = account.and_then(|account| account.mfa_devices.get_mut(serial));
    let device = device.filter(|device| owner.is_some() && device.user == owner);
    let device = device.ok_or_else(|| STS_MFA_SERIAL.error())?;
    device.used = device.accepts(code, now).ok_or_else(|| STS_MFA_CODE.error())?;
    sts.caller.mfa = Some(now);
    Ok(())
}
