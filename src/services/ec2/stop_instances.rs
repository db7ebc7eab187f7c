//! StopInstances: the public address goes back unless it is an Elastic IP; what the metadata service held is gone.
//!
//! AWS page: EC2 API Reference, "StopInstances"; EC2 User Guide, "How instance stop and start works".

use super::exchange::Ec2;
use super::instance;
use crate::clock::Timestamp;
use crate::cloud::{Instance, InstanceState};
use crate::services::errors::{AwsError, EC2_INSTANCE_STATE};
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    instance::change(ec2, input, check, apply)
}

fn check(instance: &Instance, _: Timestamp) -> Result<(), AwsError> {
    match instance.state {
        InstanceState::Terminated => {
            Err(EC2_INSTANCE_STATE.with(&[("id", &instance.id), ("what", "stopped")]))
        }
        InstanceState::Running | InstanceState::Stopped => Ok(()),
    }
}

fn apply(ec2: &mut Ec2<'_, '_>, instance: &mut Instance) -> Result<(), AwsError> {
    if instance.state == InstanceState::Stopped {
        return Ok(());
    }
    release(ec2, instance)?;
    instance.state = InstanceState::Stopped;
    instance.record.since = ec2.cloud().now;
    Ok(())
}

/// Gives back the address and the credentials of an instance that no longer runs.
pub(super) fn release(ec2: &Ec2<'_, '_>, instance: &mut Instance) -> Result<(), AwsError> {
    let elastic = ec2.own()?.network.elastic_ips.values();
    if !elastic.into_iter().any(|address| Some(address.public_ip) == instance.public_ip) {
        instance.public_ip = None;
    }
    instance.role_credentials.clear();
    Ok(())
}
