//! IAM's entities. AWS page: IAM API Reference, "Data Types".

use super::Origin;
use crate::clock::Timestamp;
use crate::policy::Policy;
use crate::sorted::SortedMap;
use std::sync::Arc;

/// A policy that lives inside one user, group or role.
#[derive(Debug, Clone, PartialEq)]
pub struct InlinePolicy {
    /// PolicyName.
    pub name: String,
    /// The document.
    pub policy: Arc<Policy>,
}

/// A role.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Where it comes from.
    pub origin: Origin,
    /// RoleName.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// With path.
    pub arn: String,
    /// `AROA...`
    pub id: String,
    /// Description; empty: none.
    pub description: String,
    /// AssumeRolePolicyDocument.
    pub trust_policy: Arc<Policy>,
    /// Inline policies in order.
    pub inline_policies: Vec<InlinePolicy>,
    /// ARNs of attached managed policies in order.
    pub attached_policies: Vec<String>,
    /// ARN of the permissions boundary.
    pub permissions_boundary: Option<String>,
    /// Seconds, 3600 to 43200.
    pub max_session_duration: u32,
    /// Tag keys and values.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A user.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// Where it comes from.
    pub origin: Origin,
    /// UserName.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// With path.
    pub arn: String,
    /// `AIDA...`
    pub id: String,
    /// Inline policies in order.
    pub inline_policies: Vec<InlinePolicy>,
    /// ARNs of attached managed policies in order.
    pub attached_policies: Vec<String>,
    /// Names of the groups it is in.
    pub groups: Vec<String>,
    /// ARN of the permissions boundary.
    pub permissions_boundary: Option<String>,
    /// Tag keys and values.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A group of users.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Where it comes from.
    pub origin: Origin,
    /// GroupName.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// With path.
    pub arn: String,
    /// `AGPA...`
    pub id: String,
    /// Inline policies in order.
    pub inline_policies: Vec<InlinePolicy>,
    /// ARNs of attached managed policies in order.
    pub attached_policies: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A customer managed policy.
#[derive(Debug, Clone, PartialEq)]
pub struct ManagedPolicy {
    /// Where it comes from.
    pub origin: Origin,
    /// PolicyName.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// With path.
    pub arn: String,
    /// `ANPA...`
    pub id: String,
    /// Description; empty: none.
    pub description: String,
    /// The default version's document.
    pub policy: Arc<Policy>,
    /// The default version's number.
    pub default_version: u32,
    /// All versions, the default one among them, oldest first.
    pub versions: Vec<PolicyVersion>,
    /// How many versions there have been: numbers aren't used again.
    pub last_version: u32,
    /// Tag keys and values.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
    /// When its last version was made.
    pub updated: Timestamp,
}

/// One version of a customer managed policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyVersion {
    /// 1 for `v1`.
    pub number: u32,
    /// The document.
    pub policy: Arc<Policy>,
    /// When it was made.
    pub created: Timestamp,
}

impl ManagedPolicy {
    /// A policy with its first version, from origin, name, path, ARN and unique id.
    pub fn new(
        origin: Origin,
        [name, path, arn, id]: [String; 4],
        policy: Arc<Policy>,
        now: Timestamp,
    ) -> Self {
        ManagedPolicy {
            origin,
            name,
            path,
            arn,
            id,
            description: String::new(),
            policy: policy.clone(),
            default_version: 1,
            versions: vec![PolicyVersion { number: 1, policy, created: now }],
            last_version: 1,
            tags: SortedMap::new(),
            created: now,
            updated: now,
        }
    }
}

/// The container that passes a role to an instance.
#[derive(Debug, Clone, PartialEq)]
pub struct InstanceProfile {
    /// Where it comes from.
    pub origin: Origin,
    /// InstanceProfileName.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// With path.
    pub arn: String,
    /// `AIPA...`
    pub id: String,
    /// Name of its one role, if it has one.
    pub role: Option<String>,
    /// Tag keys and values.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A long-term access key of a user or of a root user.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessKey {
    /// `AKIA...`
    pub access_key_id: String,
    /// 40 characters.
    pub secret_access_key: String,
    /// The account it belongs to.
    pub account: String,
    /// The user's name; `None`: the root user.
    pub user: Option<String>,
    /// Whether its status is Active.
    pub active: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When, where (the region) and with which service it last signed a request.
    pub last_used: Option<(Timestamp, String, &'static str)>,
}
