//! Kinds of resources: how their ids begin, what EC2 says when one isn't there, the condition keys each brings.
//!
//! AWS pages: EC2 API Reference, "Error codes"; Service Authorization Reference, "Amazon EC2".

use super::exchange::{Ec2, Wanted};
use super::{address, names, route_table, tags};
use crate::cloud::{Account, Cloud, HttpTokens, Instance};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::query::Parameters;

/// A kind of resource.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// `i` of `i-...`
    prefix: &'static str,
    /// In ARNs.
    pub arn: &'static str,
    /// The condition key that holds its id.
    id_key: &'static str,
    missing: Text,
}

const fn kind(prefix: &'static str, arn: &'static str, id_key: &'static str, missing: Text) -> Kind {
    Kind { prefix, arn, id_key, missing }
}

pub(super) const INSTANCE: Kind = kind("i-", "instance", "ec2:InstanceID", EC2_NO_INSTANCE);
pub(super) const IMAGE: Kind = kind("ami-", "image", "ec2:ImageID", EC2_NO_IMAGE);
pub(super) const SUBNET: Kind = kind("subnet-", "subnet", "ec2:SubnetID", EC2_NO_SUBNET);
pub(super) const SECURITY_GROUP: Kind =
    kind("sg-", "security-group", "ec2:SecurityGroupID", EC2_NO_SECURITY_GROUP);
pub(super) const SECURITY_GROUP_RULE: Kind = kind("sgr-", "security-group-rule", "", EC2_NO_RULE_ID);
pub(super) const VPC: Kind = kind("vpc-", "vpc", "ec2:VpcID", EC2_NO_VPC);
pub(super) const ROUTE_TABLE: Kind = kind("rtb-", "route-table", "ec2:RouteTableID", EC2_NO_ROUTE_TABLE);
pub(super) const INTERNET_GATEWAY: Kind =
    kind("igw-", "internet-gateway", "ec2:InternetGatewayID", EC2_NO_INTERNET_GATEWAY);
pub(super) const NAT_GATEWAY: Kind = kind("nat-", "natgateway", "", EC2_NO_NAT_GATEWAY);
pub(super) const ELASTIC_IP: Kind = kind("eipalloc-", "elastic-ip", "ec2:AllocationId", EC2_NO_ALLOCATION);
pub(super) const VPC_ENDPOINT: Kind = kind("vpce-", "vpc-endpoint", "", EC2_NO_VPC_ENDPOINT);
pub(super) const PROFILE_ASSOCIATION: Kind = kind("iip-assoc-", "", "", EC2_NO_ASSOCIATION);
pub(super) const REGION: Kind = kind("", "", "", EC2_NO_REGION);
pub(super) const ZONE: Kind = kind("", "", "", EC2_NO_ZONE);
pub(super) const PREFIX_LIST: Kind = kind("", "", "", EC2_NO_PREFIX_LIST);
pub(super) const TAG: Kind = kind("", "", "", EC2_NO_RESOURCE);

const KINDS: [Kind; 11] = [
    INSTANCE,
    IMAGE,
    SUBNET,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
    VPC,
    ROUTE_TABLE,
    INTERNET_GATEWAY,
    NAT_GATEWAY,
    ELASTIC_IP,
    VPC_ENDPOINT,
];

impl Kind {
    /// Whether it is of no account and no Region.
    pub fn is_everywhere(&self) -> bool {
        self.prefix.is_empty() || self.prefix == "ami-"
    }

    /// Whether the account has it.
    pub fn exists(&self, account: &Account, id: &str) -> bool {
        let network = &account.network;
        match self.prefix {
            "vpc-" => network.vpcs.contains_key(id),
            "subnet-" => network.subnets.contains_key(id),
            "sg-" => network.security_groups.contains_key(id),
            "rtb-" => network.route_tables.contains_key(id),
            "igw-" => network.internet_gateways.contains_key(id),
            "nat-" => network.nat_gateways.contains_key(id),
            "eipalloc-" => network.elastic_ips.contains_key(id),
            "vpce-" => network.vpc_endpoints.contains_key(id),
            "i-" => account.instances.contains_key(id),
            _ => true,
        }
    }

    /// What EC2 says of an id that isn't there.
    pub fn missing(&self, id: &str) -> AwsError {
        match self.prefix {
            _ if self.is_well_formed(id) => self.missing.with(&[("id", id)]),
            "i-" => EC2_MALFORMED_INSTANCE.with(&[("id", id)]),
            "ami-" => EC2_MALFORMED_IMAGE.with(&[("id", id)]),
            "vpce-" => EC2_MALFORMED_VPC_ENDPOINT.with(&[("id", id)]),
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
        let mut keys = Vec::new();
        if !self.id_key.is_empty() {
            keys.push((self.id_key.to_string(), id.to_string()));
        }
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

/// The kind of resource that has ids like this one.
pub(super) fn of_id(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| id.starts_with(kind.prefix))
}

/// Authorizes an operation on the resources of its row, and finds those that must exist.
///
/// A row is `KIND=PARAMETER` (must be given), `KIND?PARAMETER` (may be), `KIND=PARAMETER.N` (a list), `KIND=*` (made
/// by the operation, perhaps with tags), `KIND@PARAMETER` (what the association of that id is of), separated by spaces.
pub(super) fn permit(ec2: &mut Ec2<'_, '_>, input: &Parameters, row: &str) -> Result<(), AwsError> {
    let mut wanted = Vec::new();
    let mut named: Vec<(&'static Kind, &str)> = Vec::new();
    for entry in row.split(' ') {
        let (kind, parameter) = entry.split_once(['=', '?', '@']).unwrap_or((entry, "*"));
        let Some(kind) = KINDS.iter().find(|known| known.arn == kind) else { continue };
        if parameter == "*" {
            let tags = tags::specified(input, kind.arn)?;
            wanted.push(Wanted::new(ec2.arn(kind.arn, "*"), made_keys(ec2, input, &tags)));
            if !tags.is_empty() {
                let by = ec2.action.strip_prefix("ec2:").unwrap_or_default();
                wanted.push(Wanted::tagging(ec2, &[kind.arn, "/*"].concat(), &tags, by));
            }
            continue;
        }
        let ids = match parameter.strip_suffix(".N") {
            Some(list) => input.list(list, ""),
            None => input.get(parameter).into_iter().gather(),
        };
        if ids.is_empty() && !entry.contains('?') {
            return Err(EC2_MISSING_PARAMETER.with(&[("parameter", parameter.trim_end_matches(".N"))]));
        }
        if entry.contains('@') {
            let associated = ids.iter().flat_map(|id| associated(ec2, id));
            let own = associated.filter(|id| id == "*" || id.starts_with(kind.prefix));
            wanted.extend(own.map(|id| kind.wanted(ec2, &id)));
            continue;
        }
        for id in ids {
            wanted.push(kind.wanted(ec2, id));
            named.push((kind, id));
        }
    }
    ec2.permit(input, wanted, None)?;
    let account = ec2.own()?;
    match named.iter().find(|(kind, id)| !kind.exists(account, id)) {
        Some((kind, id)) => Err(kind.missing(id)),
        None => Ok(()),
    }
}

/// Ids of what an association connects; `*` if there is none, so that a caller who may nothing learns nothing.
fn associated(ec2: &Ec2<'_, '_>, association: &str) -> Vec<String> {
    let of_address = address::associated(ec2, association).map(|(id, _)| vec![id]);
    let ids = of_address.or_else(|_| route_table::associated(ec2, association));
    ids.unwrap_or_else(|_| vec!["*".to_string()])
}

/// Keys of what an operation makes: tags, VPC, service.
fn made_keys(ec2: &Ec2<'_, '_>, input: &Parameters, tags: &tags::Tags) -> Vec<(String, String)> {
    let mut keys = tags::request_keys(tags);
    keys.extend(input.get("VpcId").map(|vpc| ("ec2:Vpc".to_string(), ec2.arn("vpc", vpc))));
    for (key, parameter) in [
        ("ec2:VpceServiceName", "ServiceName"),
        ("ec2:AvailabilityZone", "AvailabilityZone"),
        ("ec2:Domain", "Domain"),
    ] {
        keys.extend(input.get(parameter).map(|value| (key.to_string(), value.to_string())));
    }
    keys
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
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).gather()
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
