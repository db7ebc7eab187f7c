//! StartInstances: stopped instances run again, with another public address.
//!
//! AWS page: EC2 API Reference, "StartInstances"; EC2 User Guide, "How instance stop and start works".

use super::exchange::Ec2;
use super::instance::{self, state};
use crate::clock::Timestamp;
use crate::cloud::{Instance, InstanceState};
use crate::services::errors::{AwsError, EC2_INSTANCE_STATE};
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    instance::change(ec2, input, check, apply)
}

fn check(instance: &Instance, now: Timestamp) -> Result<(), AwsError> {
    match state(instance, now).1 {
        "stopped" | "pending" | "running" => Ok(()),
        _ => Err(EC2_INSTANCE_STATE.with(&[("id", &instance.id), ("what", "started")])),
    }
}

fn apply(ec2: &mut Ec2<'_, '_>, instance: &mut Instance) -> Result<(), AwsError> {
    if instance.state == InstanceState::Running {
        return Ok(());
    }
    let name = ec2.next_made()?;
    let now = ec2.cloud().now;
    let network = &ec2.own()?.network;
    let public =
        network.subnets.get(&instance.subnet_id).is_some_and(|subnet| subnet.map_public_ip_on_launch);
    if instance.public_ip.is_none() && public {
        instance.public_ip = ec2.cloud().derive_public_ip(&[&instance.account, &name]);
    }
    instance.state = InstanceState::Running;
    instance.launched = now;
    instance.record.since = now;
    Ok(())
}
