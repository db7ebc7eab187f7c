//! `mfa-code SERIAL`: what the phone shows for that virtual MFA device now. Not a command of any real host.
//!
//! AWS page: IAM User Guide, "Assign a virtual MFA device in the AWS Management Console".

use super::{Answer, Invocation};
use crate::shell::Notice;
use crate::shell::messages::missing_operand;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let serial = match invocation.arguments {
        [serial] => serial,
        [] => return Answer::error(1, missing_operand("mfa-code")),
        [_, more, ..] => return Answer::not_modelled("mfa-code", more),
    };
    match invocation.transport.mfa_code(serial) {
        Some(code) => Answer::text(code + "\n"),
        None => {
            let notices = vec![Notice::new("cli.mfa-code.unknown", &[("serial", serial)])];
            Answer { exit_code: 1, notices, ..Answer::default() }
        }
    }
}
