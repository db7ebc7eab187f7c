//! An instance as EC2 tells of it, and the state that it is in.
//!
//! AWS pages: EC2 API Reference, "Instance"; EC2 User Guide, "Amazon EC2 instance state changes".

use super::exchange::{Ec2, Wanted};
use super::resource::{INSTANCE, enabled, http_tokens};
use super::{names, tags};
use crate::clock::Timestamp;
use crate::cloud::{Cloud, Instance, InstanceState};
use crate::gather::Gather;
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

/// For how many seconds a change of state is told as such.
const PENDING: i64 = 5;
const STOPPING: i64 = 10;
/// For how many seconds a terminated instance is told of: about an hour.
const REMEMBERED: i64 = 3_600;

/// Code and name of the state.
pub(super) fn state(instance: &Instance, now: Timestamp) -> (&'static str, &'static str) {
    let within = |seconds: i64| instance.record.since.plus_seconds(seconds) > now;
    match instance.state {
        InstanceState::Running if within(PENDING) => ("0", "pending"),
        InstanceState::Running => ("16", "running"),
        InstanceState::Stopped if within(STOPPING) => ("64", "stopping"),
        InstanceState::Stopped => ("80", "stopped"),
        InstanceState::Terminated if within(STOPPING) => ("32", "shutting-down"),
        InstanceState::Terminated => ("48", "terminated"),
    }
}

/// Whether EC2 still tells of it.
pub(super) fn is_known(instance: &Instance, now: Timestamp) -> bool {
    instance.state != InstanceState::Terminated || instance.record.since.plus_seconds(REMEMBERED) > now
}

/// `instanceState` and the like.
pub(super) fn state_tree((code, name): (&'static str, &'static str)) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[("code", code), ("name", name)]);
    tree
}

/// The id of the reservation that launched it.
pub(in crate::services) fn reservation_id(cloud: &Cloud, instance: &Instance) -> String {
    match instance.record.reservation_id.as_str() {
        "" => cloud.entropy.ec2("r", &["reservation", &instance.id]),
        id => id.to_string(),
    }
}

/// The instance with that id, if EC2 still tells of it.
///
/// # Errors
/// InvalidInstanceID.NotFound, or .Malformed.
pub(super) fn find<'e>(ec2: &'e Ec2<'_, '_>, id: &str) -> Result<&'e Instance, AwsError> {
    let found = ec2.own()?.instances.get(id).filter(|instance| is_known(instance, ec2.cloud().now));
    found.ok_or_else(|| INSTANCE.missing(id))
}

/// Changes the state of the instances in `InstanceId.N`, all or none; before and after are told of each.
pub(super) fn change(
    ec2: &mut Ec2<'_, '_>,
    input: &Parameters,
    check: fn(&Instance, Timestamp) -> Result<(), AwsError>,
    apply: fn(&mut Ec2<'_, '_>, &mut Instance) -> Result<(), AwsError>,
) -> Result<Tree, AwsError> {
    let ids = input.list("InstanceId", "");
    super::exchange::required(input, "InstanceId.1")?;
    let wanted: Vec<Wanted> = ids.iter().map(|id| INSTANCE.wanted(ec2, id)).gather();
    ec2.permit(input, wanted, None)?;
    let now = ec2.cloud().now;
    for id in &ids {
        check(find(ec2, id)?, now)?;
    }
    let mut items = Vec::new();
    for id in &ids {
        let mut instance = find(ec2, id)?.clone();
        let before = state(&instance, now);
        apply(ec2, &mut instance)?;
        let mut item = Tree::new();
        item.text("instanceId", id);
        item.put("currentState", state_tree(state(&instance, now)));
        item.put("previousState", state_tree(before));
        items.push(item);
        ec2.own_mut()?.instances.insert(instance.id.clone(), instance);
    }
    Ok(Tree::of("instancesSet", Tree::Items(items)))
}

/// The whole instance.
pub(super) fn tree(cloud: &Cloud, instance: &Instance) -> Tree {
    let gone = instance.state == InstanceState::Terminated;
    let record = &instance.record;
    let mut tree = Tree::new();
    tree.text("instanceId", &instance.id);
    tree.text("imageId", &instance.image_id);
    tree.put("instanceState", state_tree(state(instance, cloud.now)));
    let private_dns = names::private_dns(instance);
    tree.text("privateDnsName", if gone { "" } else { &private_dns });
    tree.text("dnsName", &names::public_dns(cloud, instance).unwrap_or_default());
    tree.text("reason", reason(instance));
    if let Some(key) = &record.key_name {
        tree.text("keyName", key);
    }
    tree.text("amiLaunchIndex", &record.launch_index.to_string());
    tree.text("instanceType", &instance.instance_type);
    tree.text("launchTime", &instance.launched.iso8601_millis());
    let mut placement = Tree::new();
    let zone = names::zone(cloud, instance);
    placement.texts(&[("availabilityZone", &zone), ("groupName", ""), ("tenancy", "default")]);
    tree.put("placement", placement);
    tree.put("monitoring", Tree::of("state", Tree::Text("disabled".into())));
    if !gone {
        tree.text("subnetId", &instance.subnet_id);
        tree.text("vpcId", &instance.vpc_id);
        tree.text("privateIpAddress", &instance.private_ip.to_string());
        if let Some(address) = instance.public_ip {
            tree.text("ipAddress", &address.to_string());
        }
        tree.put("networkInterfaceSet", Tree::Items(vec![interface(cloud, instance, &private_dns)]));
        tree.put("groupSet", groups(cloud, instance));
    }
    tree.texts(&[
        ("sourceDestCheck", "true"),
        ("architecture", "x86_64"),
        ("rootDeviceType", "ebs"),
        ("rootDeviceName", "/dev/xvda"),
        ("virtualizationType", "hvm"),
        ("clientToken", &record.client_token),
        ("hypervisor", "xen"),
        ("ebsOptimized", "false"),
        ("enaSupport", "true"),
        ("platformDetails", "Linux/UNIX"),
    ]);
    if let Some(profile) = &instance.instance_profile {
        tree.put("iamInstanceProfile", profile_tree(cloud, profile));
    }
    tree.put("metadataOptions", metadata_options(instance));
    if !instance.tags.is_empty() {
        tree.put("tagSet", tags::tree(&instance.tags));
    }
    tree
}

/// StateTransitionReason.
fn reason(instance: &Instance) -> &'static str {
    match instance.state {
        InstanceState::Running => "",
        InstanceState::Stopped | InstanceState::Terminated => "User initiated",
    }
}

/// ARN and id of an instance profile.
pub(super) fn profile_tree(cloud: &Cloud, arn: &str) -> Tree {
    let mut tree = Tree::new();
    tree.text("arn", arn);
    if let Some(profile) = cloud.instance_profile(arn) {
        tree.text("id", &profile.id);
    }
    tree
}

/// MetadataOptions with their state.
pub(super) fn metadata_options(instance: &Instance) -> Tree {
    let options = &instance.metadata_options;
    let mut tree = Tree::new();
    tree.texts(&[
        ("state", "applied"),
        ("httpTokens", http_tokens(options.http_tokens)),
        ("httpPutResponseHopLimit", &options.hop_limit.to_string()),
        ("httpEndpoint", enabled(options.enabled)),
        ("httpProtocolIpv6", "disabled"),
        ("instanceMetadataTags", enabled(options.instance_tags)),
    ]);
    tree
}

/// Ids and names of its security groups.
pub(super) fn groups(cloud: &Cloud, instance: &Instance) -> Tree {
    let known = cloud.accounts.get(&instance.account).map(|account| &account.network.security_groups);
    let item = |id: &String| {
        let name = known.and_then(|groups| groups.get(id)).map(|group| group.name.as_str());
        let mut tree = Tree::new();
        tree.texts(&[("groupId", id), ("groupName", name.unwrap_or_default())]);
        tree
    };
    Tree::Items(instance.security_groups.iter().map(item).gather())
}

fn interface(cloud: &Cloud, instance: &Instance, private_dns: &str) -> Tree {
    let address = instance.private_ip.to_string();
    let mut tree = Tree::new();
    tree.texts(&[
        ("networkInterfaceId", &instance.network_interface_id),
        ("subnetId", &instance.subnet_id),
        ("vpcId", &instance.vpc_id),
        ("description", ""),
        ("ownerId", &instance.account),
        ("status", "in-use"),
        ("macAddress", &instance.mac),
        ("privateIpAddress", &address),
        ("privateDnsName", private_dns),
        ("sourceDestCheck", "true"),
        ("interfaceType", "interface"),
    ]);
    tree.put("groupSet", groups(cloud, instance));
    let mut attachment = Tree::new();
    attachment.texts(&[("deviceIndex", "0"), ("status", "attached"), ("deleteOnTermination", "true")]);
    tree.put("attachment", attachment);
    let mut own = Tree::new();
    own.texts(&[("privateIpAddress", &address), ("privateDnsName", private_dns), ("primary", "true")]);
    if let Some(public) = instance.public_ip {
        let mut association = Tree::new();
        association.text("publicIp", &public.to_string());
        association.text("publicDnsName", &names::public_dns(cloud, instance).unwrap_or_default());
        association.text("ipOwnerId", "amazon");
        own.put("association", association.clone());
        tree.put("association", association);
    }
    tree.put("privateIpAddressesSet", Tree::Items(vec![own]));
    tree
}
