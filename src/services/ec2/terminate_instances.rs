//! TerminateInstances: for good; the association with an instance profile ends too.
//!
//! AWS page: EC2 API Reference, "TerminateInstances".

use super::exchange::Ec2;
use super::{instance, stop_instances};
use crate::cloud::{Instance, InstanceState};
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    instance::change(ec2, input, |_, _| Ok(()), apply)
}

fn apply(ec2: &mut Ec2<'_, '_>, instance: &mut Instance) -> Result<(), AwsError> {
    if instance.state == InstanceState::Terminated {
        return Ok(());
    }
    stop_instances::release(ec2, instance)?;
    instance.public_ip = None;
    instance.state = InstanceState::Terminated;
    instance.record.since = ec2.cloud().now;
    Ok(())
}
