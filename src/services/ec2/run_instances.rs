//! RunInstances: launches instances. Each is a machine of its own in the network, with its metadata service.
//!
//! AWS pages: EC2 API Reference, "RunInstances"; IAM User Guide, "Grant a user permissions to pass a role to an AWS
//! service"; EC2 User Guide, "Example policies" (the resources that RunInstances is authorized on).

use super::exchange::{Ec2, Wanted, invalid, number, required};
use super::place::{self, Place};
use super::profile_association::{self, Named};
use super::resource::{IMAGE, SECURITY_GROUP, SUBNET, enabled, http_tokens};
use super::tags::{self, Tags};
use super::{describe_instances, instance, modify_instance_metadata_options};
use crate::cloud::{
    HttpTokens, Instance, InstanceRecord, InstanceState, MetadataOptions, Origin, ProfileAssociation, mac,
};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;
use crate::sorted::SortedMap;
use std::sync::Arc;

/// Most instances of one request, and of an account.
const MOST: u64 = 20;
const MOST_OF_ACCOUNT: usize = 500;
/// User data, before it is encoded.
const MAX_USER_DATA: usize = 16 * 1024;
/// The one network interface that a launch may describe.
pub(super) const INTERFACE: &str = "NetworkInterface.1.";
const DEFAULT_TYPE: &str = "m1.small";

/// What the request asks for, beside its place.
struct Order<'p> {
    image: &'p str,
    least: u64,
    most: u64,
    instance_type: &'p str,
    options: MetadataOptions,
    user_data: Option<Arc<[u8]>>,
    tags: Tags,
}

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let order = read(input)?;
    let named = profile_association::named(ec2, input);
    let place = place::find(ec2, input);
    let wanted =
        wanted(ec2, input, &order, place.as_ref().ok(), named.as_ref().ok().and_then(Option::as_ref));
    let role = named.as_ref().ok().and_then(Option::as_ref).map(|named| named.role.clone());
    ec2.permit(input, wanted, role.as_ref())?;
    if let Some(again) = launched_before(ec2, input)? {
        return Ok(again);
    }
    if !IMAGE.is_well_formed(order.image) {
        return Err(IMAGE.missing(order.image));
    }
    let (named, place) = (named?, place?);
    if ec2.own()?.instances.len() >= MOST_OF_ACCOUNT {
        return Err(EC2_INSTANCE_LIMIT.error());
    }
    let made = ec2.next_made()?;
    let reservation = ec2.cloud().entropy.ec2("r", &[&ec2.account, &made]);
    let mut launched: Vec<Instance> = Vec::new();
    for index in 0..order.most {
        match launch(ec2, input, &order, &place, named.as_ref(), &reservation, index) {
            Ok(instance) => launched.push(instance),
            Err(_) if index >= order.least => break,
            Err(error) => {
                let account = ec2.own_mut()?;
                launched.iter().for_each(|instance| drop(account.instances.remove(&instance.id)));
                account.network.made = account.network.made.saturating_sub(1);
                return Err(error);
            }
        }
    }
    let items = launched.iter().map(|instance| instance::tree(ec2.cloud(), instance)).gather();
    Ok(describe_instances::reservation(&reservation, &ec2.account, items))
}

fn read(input: &Parameters) -> Result<Order<'_>, AwsError> {
    let further = |name: &&str| name.starts_with("NetworkInterface.") && !name.starts_with(INTERFACE);
    if let Some(second) = input.names().find(further) {
        return Err(EC2_UNKNOWN_PARAMETER
            .with(&[("parameter", second)])
            .for_want_of(format!("ec2:RunInstances {second}")));
    }
    for (name, modelled) in [("DeviceIndex", "0"), ("DeleteOnTermination", "true")] {
        let parameter = [INTERFACE, name].concat();
        if let Some(other) = input.get(&parameter).filter(|value| !value.eq_ignore_ascii_case(modelled)) {
            let error = invalid(&parameter, other, &["Only ", modelled, " is modelled."].concat());
            return Err(error.for_want_of(format!("ec2:RunInstances {parameter} {other}")));
        }
    }
    if input.get("SecurityGroup.1").is_some() && input.get("SubnetId").is_some() {
        return Err(EC2_GROUP_NAME_AND_SUBNET.error());
    }
    let image = required(input, "ImageId")?;
    required(input, "MinCount")?;
    required(input, "MaxCount")?;
    let least = number(input, "MinCount")?.unwrap_or(0);
    let most = number(input, "MaxCount")?.unwrap_or(0);
    if least < 1 || most < least {
        return Err(invalid("MinCount", &least.to_string(), "It must be at least 1 and at most maxCount."));
    }
    if least > MOST {
        return Err(EC2_INSTANCE_LIMIT.error());
    }
    let user_data = input.get("UserData").map(user_data).transpose()?;
    let default = MetadataOptions {
        http_tokens: HttpTokens::Optional,
        hop_limit: 1,
        enabled: true,
        instance_tags: false,
    };
    let options = modify_instance_metadata_options::read(input, "MetadataOptions.", default)?;
    let tags = tags::specified(input, "instance")?;
    if options.instance_tags {
        tags::in_metadata(tags.keys())?;
    }
    Ok(Order {
        image,
        least,
        most: most.min(MOST),
        instance_type: input.get("InstanceType").unwrap_or(DEFAULT_TYPE),
        options,
        user_data,
        tags,
    })
}

/// User data from its base64.
pub(super) fn user_data(text: &str) -> Result<Arc<[u8]>, AwsError> {
    let bytes = crate::base64::STANDARD.decode(text.trim()).ok();
    let bytes = bytes.ok_or_else(|| EC2_USER_DATA.error())?;
    if bytes.len() > MAX_USER_DATA { Err(EC2_USER_DATA_SIZE.error()) } else { Ok(bytes.into()) }
}

/// The resources that the launch uses and makes, the instance first.
fn wanted(
    ec2: &Ec2<'_, '_>,
    input: &Parameters,
    order: &Order<'_>,
    place: Option<&Place>,
    named: Option<&Named>,
) -> Vec<Wanted> {
    let subnet = place.map(|place| place.subnet.id.as_str());
    let subnet = subnet.or(input.get("SubnetId")).or(input.get("NetworkInterface.1.SubnetId")).unwrap_or("*");
    let subnet = SUBNET.wanted(ec2, subnet);
    let mut around: Vec<(String, String)> = subnet
        .keys
        .iter()
        .filter(|(key, _)| key == "ec2:Vpc" || key == "ec2:AvailabilityZone")
        .cloned()
        .gather();
    around.push(("ec2:Subnet".into(), subnet.arn.clone()));
    let mut keys: Vec<(String, String)> = [
        ("ec2:InstanceType", order.instance_type),
        ("ec2:MetadataHttpTokens", http_tokens(order.options.http_tokens)),
        ("ec2:MetadataHttpEndpoint", enabled(order.options.enabled)),
        ("ec2:MetadataHttpPutResponseHopLimit", &order.options.hop_limit.to_string()),
        ("ec2:Tenancy", "default"),
        ("ec2:RootDeviceType", "ebs"),
        ("ec2:EbsOptimized", "false"),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_string(), value.to_string()))
    .gather();
    keys.extend(named.map(|named| ("ec2:InstanceProfile".to_string(), named.arn.clone())));
    keys.extend(tags::request_keys(&order.tags));
    let instance = Wanted::new(ec2.arn("instance", "*"), [keys, around.clone()].concat());
    let mut interface = around.clone();
    if let Some(place) = place {
        interface.push(("ec2:AssociatePublicIpAddress".into(), place.public.to_string()));
    }
    let mut wanted = vec![
        instance,
        IMAGE.wanted(ec2, order.image),
        subnet,
        Wanted::new(ec2.arn("network-interface", "*"), interface),
    ];
    for group in place.map_or(&[][..], |place| &place.groups) {
        wanted.push(SECURITY_GROUP.wanted(ec2, group));
    }
    wanted.push(Wanted::new(ec2.arn("volume", "*"), around));
    wanted.extend(input.get("KeyName").map(|key| Wanted::new(ec2.arn("key-pair", key), Vec::new())));
    if !order.tags.is_empty() {
        wanted.push(Wanted::tagging(ec2, "instance/*", &order.tags, "RunInstances"));
    }
    wanted
}

/// The answer that was given to the same ClientToken.
fn launched_before(ec2: &Ec2<'_, '_>, input: &Parameters) -> Result<Option<Tree>, AwsError> {
    let Some(token) = input.get("ClientToken").filter(|token| !token.is_empty()) else { return Ok(None) };
    let cloud = ec2.cloud();
    let all = ec2.own()?.instances.values();
    let same: Vec<&Instance> = all.filter(|each| each.record.client_token == token).gather();
    let Some(first) = same.first() else { return Ok(None) };
    let items = same.iter().map(|each| instance::tree(cloud, each)).gather();
    Ok(Some(describe_instances::reservation(&first.record.reservation_id, &ec2.account, items)))
}

fn launch(
    ec2: &mut Ec2<'_, '_>,
    input: &Parameters,
    order: &Order<'_>,
    place: &Place,
    named: Option<&Named>,
    reservation: &str,
    index: u64,
) -> Result<Instance, AwsError> {
    let made = ec2.next_made()?;
    let cloud = ec2.cloud();
    let names = [ec2.account.as_str(), &made];
    let entropy = cloud.entropy;
    let id = entropy.ec2("i", &names);
    let free = cloud.derive_private_ip(&place.subnet.id, place.subnet.cidr, &names);
    let address = place.address.filter(|_| index == 0).or(free);
    let public_ip = if place.public { cloud.derive_public_ip(&names) } else { None };
    let launched = Instance {
        origin: Origin::default(),
        arn: ec2.arn("instance", &id),
        account: ec2.account.clone(),
        region: ec2.region.clone(),
        image_id: order.image.to_string(),
        instance_type: order.instance_type.to_string(),
        subnet_id: place.subnet.id.clone(),
        vpc_id: place.subnet.vpc_id.clone(),
        network_interface_id: entropy.ec2("eni", &names),
        mac: mac(entropy, &names),
        private_ip: address.ok_or_else(|| EC2_NO_ADDRESS.with(&[("subnet", &place.subnet.id)]))?,
        public_ip,
        security_groups: place.groups.clone(),
        instance_profile: named.map(|named| named.arn.clone()),
        metadata_options: order.options,
        state: InstanceState::Running,
        tags: order.tags.clone(),
        launched: cloud.now,
        role_credentials: SortedMap::new(),
        record: InstanceRecord {
            launch: ec2.own()?.network.made,
            reservation_id: reservation.to_string(),
            launch_index: index,
            client_token: input.get("ClientToken").unwrap_or_default().to_string(),
            key_name: input.get("KeyName").map(str::to_string),
            user_data: order.user_data.clone(),
            since: cloud.now,
            association: named.map(|named| ProfileAssociation {
                id: entropy.ec2("iip-assoc", &names),
                profile: named.arn.clone(),
                since: cloud.now,
            }),
            former_association: None,
        },
        id,
    };
    ec2.own_mut()?.instances.insert(launched.id.clone(), launched.clone());
    Ok(launched)
}
