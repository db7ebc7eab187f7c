//! `aws s3 mv`: as `cp`, and deletes each source that has arrived.
//!
//! AWS page: AWS CLI Command Reference, "s3 mv".

use super::{Answer, Arguments, Invocation, s3_cp};

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    s3_cp::run_as(invocation, arguments, "mv")
}
