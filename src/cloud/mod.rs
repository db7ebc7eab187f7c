//! The state of the cloud: accounts, principals, sessions, instances, network, buckets, clock.
//!
//! AWS pages: the API references of IAM, EC2 and S3 for the shape of each resource. Entry: [`Cloud`].
//! Left out on purpose: every behaviour; services read and change this state, the network reads it.

mod address;
mod arrival;
mod aws_managed;
mod bucket;
mod compute;
mod default_vpc;
mod iam;
mod mfa;
mod object;
mod organization;
mod region;
mod service_linked_role;
mod session;
mod trail;
mod vpc;

pub use address::{mac, private_dns_name};
pub use arrival::{Arrival, EndpointPassage};
pub use aws_managed::{AWS_MANAGED, aws_managed_policies, aws_managed_policy};
pub use bucket::{Bucket, ObjectOwnership};
pub use compute::{HttpTokens, Instance, InstanceRecord, InstanceState, MetadataOptions, ProfileAssociation};
pub use default_vpc::{DefaultVpc, all_egress, anywhere, default_security_group};
pub use iam::{AccessKey, Group, InlinePolicy, InstanceProfile, ManagedPolicy, PolicyVersion, Role, User};
pub use mfa::MfaDevice;
pub use object::{Checksum, ChecksumType, Object, Part, Upload};
pub use organization::{
    AttachedControlPolicy, ControlPolicyKind, MemberAccount, Organization, OrganizationalUnit,
};
pub use region::REGIONS;
pub use service_linked_role::{ACCESS_ROLE, service_linked_role_name};
pub use session::{Credential, Ec2Delivery, RoleDelivery, Session, SessionPrincipal};
pub use trail::{Trail, TrailEvent};
pub use vpc::*;

use crate::authorization::PublicAccessBlock;
use crate::clock::Timestamp;
use crate::ids::Entropy;
use crate::policy::Policy;
use crate::sorted::SortedMap;
use std::sync::Arc;

/// Where a resource comes from: its citation name and its place in the scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// `ACCOUNT/LogicalId`; empty for what AWS makes by itself (default VPC) or a command made.
    pub name: String,
    /// JSON Pointer of the resource in the scenario; empty likewise.
    pub pointer: String,
}

/// Everything that exists, at one instant.
#[derive(Debug, Clone)]
pub struct Cloud {
    /// The scenario's clock.
    pub now: Timestamp,
    /// The source of every id.
    pub entropy: Entropy,
    /// How many requests services have answered; makes request ids.
    pub requests: u64,
    /// Accounts by their twelve digits.
    pub accounts: SortedMap<String, Account>,
    /// Organizations by the id of their management account.
    pub organizations: SortedMap<String, Organization>,
    /// Buckets by their globally unique name.
    pub buckets: SortedMap<String, Bucket>,
    /// Long-term and temporary credentials by access key id.
    pub credentials: SortedMap<String, Credential>,
    /// Policies that AWS manages, by ARN: those that the scenario names.
    pub aws_managed_policies: SortedMap<String, Arc<Policy>>,
    /// The event history of CloudTrail.
    pub trail: Trail,
    /// Set where real clients are served: what their requests may differ in.
    pub real_clients: Option<RealClients>,
}

/// Real clients live in another time than the model, and sign for whatever region they are configured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RealClients {
    /// The clock of their machine: signatures made by it are in time too.
    pub now: Timestamp,
}

/// One AWS account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// The name given in the scenario.
    pub name: String,
    /// The region of its template.
    pub region: String,
    /// Canonical user id, 64 hexadecimal digits (bucket owner in S3's answers).
    pub canonical_id: String,
    /// Users by name.
    pub users: SortedMap<String, User>,
    /// Groups by name.
    pub groups: SortedMap<String, Group>,
    /// Roles by name.
    pub roles: SortedMap<String, Role>,
    /// Customer managed policies by ARN.
    pub managed_policies: SortedMap<String, ManagedPolicy>,
    /// Instance profiles by name.
    pub instance_profiles: SortedMap<String, InstanceProfile>,
    /// Virtual MFA devices by serial number.
    pub mfa_devices: SortedMap<String, MfaDevice>,
    /// Ids of the deletions of service-linked roles.
    pub deletions: Vec<String>,
    /// Instances by id.
    pub instances: SortedMap<String, Instance>,
    /// Its virtual networks.
    pub network: Network,
    /// S3 Block Public Access of the account.
    pub public_access_block: Option<PublicAccessBlock>,
}

impl Account {
    /// An account with nothing but its default VPC.
    pub fn new(entropy: &Entropy, id: &str, name: &str, region: &str) -> Self {
        let mut account = Account {
            id: id.to_string(),
            name: name.to_string(),
            region: region.to_string(),
            canonical_id: entropy.hex("", 64, &[id, "canonical"]),
            users: SortedMap::new(),
            groups: SortedMap::new(),
            roles: SortedMap::new(),
            managed_policies: SortedMap::new(),
            instance_profiles: SortedMap::new(),
            mfa_devices: SortedMap::new(),
            deletions: Vec::new(),
            instances: SortedMap::new(),
            network: Network::default(),
            public_access_block: None,
        };
        default_vpc::create(&mut account, entropy);
        account
    }
}

impl Cloud {
    /// An empty cloud.
    pub fn new(now: Timestamp, seed: u64) -> Self {
        Cloud {
            now,
            entropy: Entropy::new(seed),
            requests: 0,
            accounts: SortedMap::new(),
            organizations: SortedMap::new(),
            buckets: SortedMap::new(),
            credentials: SortedMap::new(),
            aws_managed_policies: SortedMap::new(),
            trail: Trail::default(),
            real_clients: None,
        }
    }

    /// The organization that an account is in.
    pub fn organization_of(&self, account: &str) -> Option<&Organization> {
        self.organizations.values().find(|organization| organization.accounts.contains_key(account))
    }

    /// The role with that ARN.
    pub fn role(&self, arn: &str) -> Option<&Role> {
        let account = self.accounts.get(crate::arn::Arn::parse(arn)?.account)?;
        account.roles.values().find(|role| role.arn == arn)
    }

    /// The document of the managed policy with that ARN, a customer's or AWS's own.
    pub fn managed_policy(&self, arn: &str) -> Option<&Arc<Policy>> {
        let account = self.accounts.get(crate::arn::Arn::parse(arn)?.account);
        let own = account.and_then(|account| account.managed_policies.get(arn)).map(|found| &found.policy);
        own.or_else(|| self.aws_managed_policies.get(arn))
    }

    /// The instance with that id, whatever its account.
    pub fn instance(&self, id: &str) -> Option<&Instance> {
        self.accounts.values().find_map(|account| account.instances.get(id))
    }

    /// The instance profile with that ARN.
    pub fn instance_profile(&self, arn: &str) -> Option<&InstanceProfile> {
        let account = self.accounts.get(crate::arn::Arn::parse(arn)?.account)?;
        account.instance_profiles.values().find(|profile| profile.arn == arn)
    }
}
