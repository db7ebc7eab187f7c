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
    /// What EC2's API tells of it beside that.
    pub record: InstanceRecord,
}

/// What EC2's API tells of an instance, besides what works: how it was launched and when it last changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InstanceRecord {
    /// Place among the instances that commands launched, from 1; 0: the scenario's own.
    pub launch: u64,
    /// `r-...`; empty: derived from the instance's id.
    pub reservation_id: String,
    /// AmiLaunchIndex.
    pub launch_index: u64,
    /// ClientToken.
    pub client_token: String,
    /// KeyName.
    pub key_name: Option<String>,
    /// User data, decoded.
    pub user_data: Option<Arc<[u8]>>,
    /// When its state began.
    pub since: Timestamp,
    /// The association with the instance profile, if a command made it.
    pub association: Option<ProfileAssociation>,
    /// The association that a command ended last.
    pub former_association: Option<ProfileAssociation>,
}

/// The association of an instance with an instance profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileAssociation {
    /// `iip-assoc-...`
    pub id: String,
    /// ARN of the instance profile.
    pub profile: String,
    /// When it began to associate or to disassociate.
    pub since: Timestamp,
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

impl MetadataOptions {
    /// Whether the metadata service can tell a tag of that key, which is a part of its path.
    pub fn can_tell(key: &str) -> bool {
        let right = |c: char| c.is_ascii_alphanumeric() || "-_+=,.@:".contains(c);
        (1..=255).contains(&key.len()) && key.chars().all(right) && ![".", "..", "_index"].contains(&key)
    }
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
