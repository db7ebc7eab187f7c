//! IAM JSON policies: text to typed statements, and what their elements match.
//!
//! AWS page: IAM User Guide, "IAM JSON policy reference". Entry: [`Policy`].
//! Left out on purpose: who is bound by which policy, which is the authorization module's work.

use std::sync::Arc;

/// What a policy is attached to; it decides which elements are legal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// Identity-based, permissions boundary or session policy.
    Identity,
    /// Resource-based, such as a bucket policy.
    Resource,
    /// A role's trust policy.
    Trust,
    /// A VPC endpoint's policy.
    VpcEndpoint,
    /// Service control policy.
    ServiceControl,
    /// Resource control policy.
    ResourceControl,
}

/// A policy document with its names, ready to be evaluated and cited.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// How citations name it: `ACCOUNT/LogicalId`, an AWS managed policy's ARN, or the caller's own name.
    pub name: String,
    /// The policy's own ARN, if it is a managed policy.
    pub arn: Option<String>,
    /// Where the document stands in the scenario or request line.
    pub pointer: String,
    /// The document as written; spans refer to it.
    pub text: Arc<str>,
}
