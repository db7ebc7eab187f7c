//! IAM JSON policies: text to typed statements, and what their elements match.
//!
//! AWS page: IAM User Guide, "IAM JSON policy reference". Entry: [`Policy::parse`].
//! Left out on purpose: who is bound by which policy, which is the authorization module's work; sizes and
//! other limits that a service checks when a policy is stored.

pub mod complete;
mod document;
mod fault;
mod index;
mod matching;
mod public;
mod read;
mod write;
pub mod validate;

pub use document::{ActionElement, Document, Effect, ResourceElement, Statement, StatementForm, Version};
pub use fault::Fault;
pub use matching::{
    AccountMeaning, ActionPattern, Asked, AskedResource, Caller, CallerKind, Condition, ConditionKeys,
    KeyValues, Naming, Operand, PrincipalElement, PrincipalPattern, ResourcePattern,
};

use crate::json::Node;
use std::sync::Arc;

/// What a policy is attached to; it decides which elements are legal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// A policy with its names, ready to be evaluated and cited.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// How citations name it: `ACCOUNT/LogicalId`, an AWS managed policy's ARN, or the caller's own name.
    pub name: String,
    /// The policy's own ARN, if it is a managed policy.
    pub arn: Option<String>,
    /// Where the document stands in the scenario or request line.
    pub pointer: String,
    /// The document as written; spans refer to it. Empty: the document has no text of its own.
    pub text: Arc<str>,
    /// What it says; `None`: a policy that exists and can't be seen.
    pub document: Option<Arc<Document>>,
    /// What an account in Principal stands for.
    pub account_meaning: AccountMeaning,
}

impl Policy {
    /// A policy from its document: `node` with intrinsics resolved, its spans in `text`.
    ///
    /// Errors: everything that AWS's grammar refuses in a policy of this kind, in the order of the text.
    pub fn parse(
        name: impl Into<String>,
        arn: Option<String>,
        pointer: impl Into<String>,
        text: Arc<str>,
        node: &Node,
        kind: PolicyKind,
    ) -> Result<Policy, Vec<Fault>> {
        let document = Arc::new(Document::parse(node, kind)?);
        Ok(Policy { arn, ..Policy::known(name, pointer, text, document, kind) })
    }

    /// A policy whose document has been parsed as that kind.
    pub fn known(
        name: impl Into<String>,
        pointer: impl Into<String>,
        text: Arc<str>,
        document: Arc<Document>,
        kind: PolicyKind,
    ) -> Policy {
        Policy {
            name: name.into(),
            arn: None,
            pointer: pointer.into(),
            text,
            document: Some(document),
            account_meaning: meaning(kind),
        }
    }

    /// A policy of which only the name is known: it may allow, deny or say nothing.
    pub fn unknown(name: impl Into<String>, pointer: impl Into<String>) -> Policy {
        Policy {
            name: name.into(),
            arn: None,
            pointer: pointer.into(),
            text: Arc::from(""),
            document: None,
            account_meaning: AccountMeaning::Everybody,
        }
    }

    /// The policy of an interface endpoint, whose principals are read as everywhere else; a gateway endpoint's
    /// accounts are their root users.
    pub fn of_interface_endpoint(mut self) -> Policy {
        self.account_meaning = AccountMeaning::Everybody;
        self
    }

    /// The statements in order; none if the policy can't be seen.
    pub fn statements(&self) -> &[Statement] {
        self.document.as_deref().map_or(&[], |document| &document.statements)
    }
}

impl Document {
    /// A document from its JSON, with intrinsics resolved.
    ///
    /// Errors: everything that AWS's grammar refuses in a policy of this kind, in the order of the text.
    pub fn parse(node: &Node, kind: PolicyKind) -> Result<Document, Vec<Fault>> {
        read::document(node, kind)
    }
}

/// AWS page: VPC guide, "Gateway endpoints": an account in Principal grants to its root user only.
fn meaning(kind: PolicyKind) -> AccountMeaning {
    if kind == PolicyKind::VpcEndpoint { AccountMeaning::RootUser } else { AccountMeaning::Everybody }
}
