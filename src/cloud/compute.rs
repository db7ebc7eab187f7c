//! Instances. AWS page: EC2 API Reference, "Instance" and "InstanceMetadataOptionsRequest".

use super::{Origin, RoleDelivery, Session};
use crate::clock::Timestamp;
use crate::sorted::SortedMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// An instance.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Where it comes from.
    pub origin: Origin,
    /// `i-...`
    pub id: String,
    /// Its account.
    pub account: String,
    /// `arn:aws:ec2:REGION:ACCOUNT:instance/i-...`
    pub arn: String,
    /// Its region.
    pub region: String,
    /// `ami-...`
    pub image_id: String,
    /// `t3.micro`
    pub instance_type: String,
    /// `subnet-...`
    pub subnet_id: String,
    /// `vpc-...`
    pub vpc_id: String,
    /// `eni-...`
    pub network_interface_id: String,
    /// `0a:...`
    pub mac: String,
    /// Address in the subnet.
    pub private_ip: Ipv4Addr,
    /// Public address, if it has one.
    pub public_ip: Option<Ipv4Addr>,
    /// Ids of its security groups.
    pub security_groups: Vec<String>,
    /// ARN of its instance profile.
    pub instance_profile: Option<String>,
    /// How its metadata service answers.
    pub metadata_options: MetadataOptions,
    /// Life cycle.
    pub state: InstanceState,
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// LaunchTime.
    pub launched: Timestamp,
    /// Role credentials that the metadata service holds, by the version that delivers them.
    pub role_credentials: SortedMap<RoleDelivery, Arc<Session>>,
}

/// MetadataOptions of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetadataOptions {
    /// HttpTokens.
    pub http_tokens: HttpTokens,
    /// HttpPutResponseHopLimit, 1 to 64.
    pub hop_limit: u8,
    /// HttpEndpoint is `enabled`.
    pub enabled: bool,
    /// InstanceMetadataTags is `enabled`.
    pub instance_tags: bool,
}

/// Whether IMDSv1 is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpTokens {
    /// IMDSv1 and IMDSv2.
    Optional,
    /// IMDSv2 alone.
    Required,
}

/// Life cycle of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceState {
    /// `running`, code 16.
    Running,
    /// `stopped`, code 80.
    Stopped,
    /// `terminated`, code 48.
    Terminated,
}
