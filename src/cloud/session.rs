//! Credentials that sign requests: long-term keys, and the temporary ones that STS issued.
//!
//! AWS page: IAM User Guide, "Temporary security credentials in IAM".

use super::AccessKey;
use crate::clock::Timestamp;
use crate::policy::Policy;
use crate::sorted::SortedMap;
use std::sync::Arc;

/// What an access key id stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Credential {
    /// A user's or root user's key.
    LongTerm(AccessKey),
    /// A session's key, with its token.
    Temporary(Arc<Session>),
    /// The key with which an AWS service signs its own calls, such as `ec2.amazonaws.com` to STS.
    Service {
        /// The service principal.
        principal: String,
        /// 40 characters.
        secret_access_key: String,
    },
}

/// A session that STS issued.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// `ASIA...`
    pub access_key_id: String,
    /// 40 characters.
    pub secret_access_key: String,
    /// Sent as `X-Amz-Security-Token`; belongs to this key alone.
    pub session_token: String,
    /// aws:TokenIssueTime.
    pub issued: Timestamp,
    /// From then on ExpiredToken.
    pub expires: Timestamp,
    /// Whose session.
    pub principal: SessionPrincipal,
    /// Inline and managed session policies; `None`: none was passed.
    pub session_policies: Option<Vec<Arc<Policy>>>,
    /// Session tags.
    pub tags: SortedMap<String, String>,
    /// Keys of the tags that the sessions of roles assumed with this one inherit.
    pub transitive_tags: Vec<String>,
    /// When its holder proved possession of an MFA device (aws:MultiFactorAuthAge); `None`: not at all.
    pub mfa: Option<Timestamp>,
    /// aws:SourceIdentity.
    pub source_identity: Option<String>,
    /// What EC2 adds to credentials that it delivers to an instance.
    pub ec2: Option<Ec2Delivery>,
}

/// Whose session it is.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionPrincipal {
    /// Of a role.
    AssumedRole {
        /// The role's account.
        account: String,
        /// RoleName.
        role_name: String,
        /// The role's ARN with path.
        role_arn: String,
        /// `AROA...`; a role made again under the same name has another.
        role_id: String,
        /// RoleSessionName; the instance's id for EC2.
        session_name: String,
    },
    /// Of a user, or of the root user: GetSessionToken.
    User {
        /// The user's account.
        account: String,
        /// UserName when it was issued; `None`: the root user.
        user: Option<String>,
        /// `AIDA...`, or the account's id.
        id: String,
    },
    /// Of somebody for whom a user asked: GetFederationToken.
    FederatedUser {
        /// The user's account.
        account: String,
        /// Name, as the user gave it.
        name: String,
        /// `AIDA...` of that user.
        id: String,
    },
}

/// Facts that EC2 binds to an instance's role credentials.
///
/// AWS page: IAM User Guide, "AWS global condition context keys" (`ec2:SourceInstanceARN`, `aws:Ec2InstanceSourceVpc`).
#[derive(Debug, Clone, PartialEq)]
pub struct Ec2Delivery {
    /// ec2:SourceInstanceARN.
    pub instance_arn: String,
    /// ec2:RoleDelivery.
    pub delivery: RoleDelivery,
    /// aws:Ec2InstanceSourceVpc.
    pub vpc_id: String,
    /// aws:Ec2InstanceSourcePrivateIPv4.
    pub private_ip: std::net::Ipv4Addr,
}

/// Version of the metadata service that delivered the credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoleDelivery {
    /// `1.0`
    ImdsV1,
    /// `2.0`
    ImdsV2,
}

impl Credential {
    /// The key that signs.
    pub fn secret_access_key(&self) -> &str {
        match self {
            Credential::LongTerm(key) => &key.secret_access_key,
            Credential::Temporary(session) => &session.secret_access_key,
            Credential::Service { secret_access_key, .. } => secret_access_key,
        }
    }
}
