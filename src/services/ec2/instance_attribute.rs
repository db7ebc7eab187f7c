//! DescribeInstanceAttribute, ModifyInstanceAttribute, DescribeInstanceStatus, RebootInstances.
//!
//! AWS page: EC2 API Reference, "DescribeInstanceAttribute", "ModifyInstanceAttribute", "InstanceStatus". Left out on
//! purpose: attributes without effect here. A reboot keeps everything, so that nothing is to be seen of it.

use super::describe::Describe;
use super::exchange::{Ec2, flag, invalid, required};
use super::instance::{self, state, state_tree};
use super::names;
use super::resource::INSTANCE;
use super::run_instances::user_data;
use super::vpc::done;
use crate::base64::STANDARD;
use crate::cloud::InstanceState;
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

/// For how many seconds the checks of a new instance haven't ended.
const INITIALIZING: i64 = 60;

pub(super) fn describe(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (id, attribute) = (required(input, "InstanceId")?, required(input, "Attribute")?);
    let found = instance::find(ec2, id)?;
    let value = |text: &str| Tree::of("value", Tree::Text(text.to_string()));
    let mut answer = Tree::new();
    answer.text("instanceId", id);
    match attribute {
        "instanceType" => answer.put("instanceType", value(&found.instance_type)),
        "userData" => answer.put(
            "userData",
            found.record.user_data.as_ref().map_or(Tree::new(), |bytes| value(&STANDARD.encode(bytes))),
        ),
        "groupSet" => answer.put("groupSet", instance::groups(ec2.cloud(), found)),
        "sourceDestCheck" => answer.put("sourceDestCheck", value("true")),
        "disableApiTermination" => answer.put("disableApiTermination", value("false")),
        "rootDeviceName" => answer.put("rootDeviceName", value("/dev/xvda")),
        other => {
            let error = invalid("attribute", other, "It isn't modelled.");
            return Err(error.for_want_of(format!("ec2:DescribeInstanceAttribute {other}")));
        }
    }
    Ok(answer)
}

pub(super) fn modify(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "InstanceId")?;
    let mut changed = instance::find(ec2, id)?.clone();
    let groups = input.list("GroupId", "");
    let (kind, data) = (input.get("InstanceType.Value"), input.get("UserData.Value"));
    if usize::from(!groups.is_empty()) + usize::from(kind.is_some()) + usize::from(data.is_some()) != 1 {
        return Err(EC2_ONE_ATTRIBUTE.error());
    }
    if groups.is_empty() && changed.state != InstanceState::Stopped {
        return Err(EC2_INSTANCE_STATE.with(&[("id", id), ("what", "modified")]));
    }
    let known = &ec2.own()?.network.security_groups;
    let foreign = |group: &&&str| known.get(**group).is_some_and(|group| group.vpc_id != changed.vpc_id);
    if let Some(group) = groups.iter().find(foreign) {
        return Err(EC2_DIFFERENT_NETWORKS.with(&[("group", group), ("subnet", &changed.subnet_id)]));
    }
    if !groups.is_empty() {
        changed.security_groups = groups.into_iter().map(str::to_string).gather();
    }
    if let Some(kind) = kind {
        changed.instance_type = kind.to_string();
    }
    if let Some(data) = data {
        changed.record.user_data = Some(user_data(data)?);
    }
    ec2.own_mut()?.instances.insert(id.to_string(), changed);
    Ok(done())
}

pub(super) fn reboot(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    for id in input.list("InstanceId", "") {
        if instance::find(ec2, id)?.state != InstanceState::Running {
            return Err(EC2_INSTANCE_STATE.with(&[("id", id), ("what", "rebooted")]));
        }
    }
    Ok(done())
}

pub(super) const DESCRIBE_STATUS: Describe = Describe {
    parameter: "InstanceId",
    id: "instanceId",
    set: "instanceStatusSet",
    kind: &INSTANCE,
    all: |ec2, input| {
        let (cloud, everything) = (ec2.cloud(), flag(input, "IncludeAllInstances")? == Some(true));
        let mut items = Vec::new();
        for found in ec2.own()?.instances.values().filter(|found| instance::is_known(found, cloud.now)) {
            let now = state(found, cloud.now);
            if now.1 != "running" && !everything {
                continue;
            }
            let young = found.record.since.plus_seconds(INITIALIZING) > cloud.now;
            let status = match now.1 {
                "running" | "pending" if young => "initializing",
                "running" => "ok",
                _ => "not-applicable",
            };
            let mut item = Tree::new();
            item.texts(&[("instanceId", &found.id), ("availabilityZone", &names::zone(cloud, found))]);
            item.put("instanceState", state_tree(now));
            item.put("systemStatus", Tree::of("status", Tree::Text(status.into())));
            item.put("instanceStatus", Tree::of("status", Tree::Text(status.into())));
            items.push(item);
        }
        Ok(items)
    },
    filters: "availability-zone=availabilityZone instance-state-code=instanceState/code \
instance-state-name=instanceState/name instance-status.status=instanceStatus/status \
system-status.status=systemStatus/status",
    arrange: |items| items,
};
