//! What the policy is attached to.

use super::super::PolicyKind;

/// The kind of policy and, for a resource-based one, the resource's type if it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Decides which elements are legal.
    pub kind: PolicyKind,
    /// Decides which actions and resources are legal.
    pub resource_type: Option<ResourceType>,
}

/// The types of resource whose policies have rules of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceType {
    /// `AWS::S3::Bucket`
    Bucket,
    /// `AWS::IAM::AssumeRolePolicyDocument`
    AssumeRolePolicyDocument,
    /// `AWS::EC2::VPCEndpoint`; Access Analyzer has no such type, this model adds it.
    VpcEndpoint,
}

impl Subject {
    /// From the parameters of `ValidatePolicy`; `None` if they don't exist or don't fit each other.
    pub fn new(policy_type: &str, resource_type: Option<&str>) -> Option<Self> {
        let kind = match (policy_type, resource_type) {
            ("IDENTITY_POLICY", None) => PolicyKind::Identity,
            ("SERVICE_CONTROL_POLICY", None) => PolicyKind::ServiceControl,
            ("RESOURCE_CONTROL_POLICY", None) => PolicyKind::ResourceControl,
            ("RESOURCE_POLICY", None) => PolicyKind::Resource,
            ("RESOURCE_POLICY", Some("AWS::S3::Bucket")) => return Some(Self::bucket()),
            ("RESOURCE_POLICY", Some("AWS::IAM::AssumeRolePolicyDocument")) => PolicyKind::Trust,
            ("RESOURCE_POLICY", Some("AWS::EC2::VPCEndpoint")) => PolicyKind::VpcEndpoint,
            _ => return None,
        };
        Some(kind.into())
    }

    /// What a scenario's policy of this kind is attached to: the resource-based ones are buckets'.
    pub fn attached(kind: PolicyKind) -> Self {
        if kind == PolicyKind::Resource { Self::bucket() } else { kind.into() }
    }

    /// A bucket policy.
    pub fn bucket() -> Self {
        Subject { kind: PolicyKind::Resource, resource_type: Some(ResourceType::Bucket) }
    }

    /// `IDENTITY_POLICY`, ...
    pub fn policy_type(self) -> &'static str {
        match self.kind {
            PolicyKind::Identity => "IDENTITY_POLICY",
            PolicyKind::Resource | PolicyKind::Trust | PolicyKind::VpcEndpoint => "RESOURCE_POLICY",
            PolicyKind::ServiceControl => "SERVICE_CONTROL_POLICY",
            PolicyKind::ResourceControl => "RESOURCE_CONTROL_POLICY",
        }
    }
}

impl From<PolicyKind> for Subject {
    fn from(kind: PolicyKind) -> Self {
        let resource_type = match kind {
            PolicyKind::Trust => Some(ResourceType::AssumeRolePolicyDocument),
            PolicyKind::VpcEndpoint => Some(ResourceType::VpcEndpoint),
            _ => None,
        };
        Subject { kind, resource_type }
    }
}

impl ResourceType {
    /// `AWS::S3::Bucket`, ...
    pub fn name(self) -> &'static str {
        match self {
            ResourceType::Bucket => "AWS::S3::Bucket",
            ResourceType::AssumeRolePolicyDocument => "AWS::IAM::AssumeRolePolicyDocument",
            ResourceType::VpcEndpoint => "AWS::EC2::VPCEndpoint",
        }
    }
}
