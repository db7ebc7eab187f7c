//! Kinds of resources: how their ids begin, what EC2 says when one isn't there, the condition keys each brings.
//!
//! AWS pages: EC2 API Reference, "Error codes"; Service Authorization Reference, "Amazon EC2".

use super::exchange::{Ec2, Wanted};
use super::{names, tags};
use crate::cloud::{Account, Cloud, HttpTokens, Instance};
use crate::services::errors::*;

/// A kind of resource.
pub(super) struct Kind {
    /// `i` of `i-...`
    prefix: &'static str,
    /// In ARNs.
    pub arn: &'static str,
    /// The condition key that holds its id.
    id_key: &'static str,
    missing: Text,
}

pub(super) const INSTANCE: Kind =
    Kind { prefix: "i-", arn: "instance", id_key: "ec2:InstanceID", missing: EC2_NO_INSTANCE };
pub(super) const SUBNET: Kind =
    Kind { prefix: "subnet-", arn: "subnet", id_key: "ec2:SubnetID", missing: EC2_NO_SUBNET };
pub(super) const SECURITY_GROUP: Kind = Kind {
    prefix: "sg-",
    arn: "security-group",
    id_key: "ec2:SecurityGroupID",
    missing: EC2_NO_SECURITY_GROUP,
};
pub(super) const IMAGE: Kind =
    Kind { prefix: "ami-", arn: "image", id_key: "ec2:ImageID", missing: EC2_NO_IMAGE };
pub(super) const PROFILE_ASSOCIATION: Kind =
    Kind { prefix: "iip-assoc-", arn: "", id_key: "", missing: EC2_NO_ASSOCIATION };

impl Kind {
    /// What EC2 says of an id that isn't there.
    pub fn missing(&self, id: &str) -> AwsError {
        if self.is_well_formed(id) || self.id_key.is_empty() {
            return self.missing.with(&[("id", id)]);
        }
        match self.prefix {
            "i-" => EC2_MALFORMED_INSTANCE.with(&[("id", id)]),
            "ami-" => EC2_MALFORMED_IMAGE.with(&[("id", id)]),
            _ => self.missing.with(&[("id", id)]),
        }
    }

    /// Whether the id has the prefix and 8 or 17 hexadecimal digits.
    pub fn is_well_formed(&self, id: &str) -> bool {
        let digits = id.strip_prefix(self.prefix).unwrap_or_default();
        matches!(digits.len(), 8 | 17) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// The resource as the caller must be allowed to use it; its keys too if it exists.
    pub fn wanted(&self, ec2: &Ec2<'_, '_>, id: &str) -> Wanted {
        let mut keys = vec![(self.id_key.to_string(), id.to_string())];
        if let Some(account) = ec2.cloud().accounts.get(&ec2.account) {
            for (tag, value) in tags::of(account, id) {
                keys.push((["aws:ResourceTag/", tag].concat(), value.clone()));
                keys.push((["ec2:ResourceTag/", tag].concat(), value.clone()));
            }
            match account.instances.get(id) {
                Some(instance) => keys.extend(instance_keys(ec2.cloud(), instance)),
                None => keys.extend(network_keys(ec2, account, id)),
            }
        }
        Wanted::new(ec2.arn(self.arn, id), keys)
    }
}

fn instance_keys(cloud: &Cloud, instance: &Instance) -> Vec<(String, String)> {
    let options = &instance.metadata_options;
    let mut keys = vec![
        ("ec2:InstanceType", instance.instance_type.clone()),
        ("ec2:AvailabilityZone", names::zone(cloud, instance)),
        ("ec2:MetadataHttpTokens", http_tokens(options.http_tokens).to_string()),
        ("ec2:MetadataHttpPutResponseHopLimit", options.hop_limit.to_string()),
        ("ec2:MetadataHttpEndpoint", enabled(options.enabled).to_string()),
        ("ec2:InstanceMetadataTags", enabled(options.instance_tags).to_string()),
        ("ec2:Tenancy", "default".to_string()),
        ("ec2:RootDeviceType", "ebs".to_string()),
        ("ec2:EbsOptimized", "false".to_string()),
    ];
    keys.extend(instance.instance_profile.clone().map(|profile| ("ec2:InstanceProfile", profile)));
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// The VPC of a resource, and the zone of a subnet.
fn network_keys(ec2: &Ec2<'_, '_>, account: &Account, id: &str) -> Vec<(String, String)> {
    let network = &account.network;
    let subnet = network.subnets.get(id);
    let vpc = subnet
        .map(|subnet| &subnet.vpc_id)
        .or_else(|| network.security_groups.get(id).map(|group| &group.vpc_id))
        .or_else(|| network.route_tables.get(id).map(|table| &table.vpc_id));
    let mut keys = Vec::new();
    if let Some(vpc) = vpc {
        keys.push(("ec2:Vpc".to_string(), ec2.arn("vpc", vpc)));
    }
    if let Some(subnet) = subnet {
        keys.push(("ec2:AvailabilityZone".to_string(), subnet.availability_zone.clone()));
    }
    keys
}

/// `optional` or `required`.
pub(super) fn http_tokens(tokens: HttpTokens) -> &'static str {
    match tokens {
        HttpTokens::Optional => "optional",
        HttpTokens::Required => "required",
    }
}

/// `enabled` or `disabled`.
pub(super) fn enabled(on: bool) -> &'static str {
    if on { "enabled" } else { "disabled" }
}
