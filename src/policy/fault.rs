//! What is wrong in a policy document, and where.

use crate::json::{Params, Span};

/// Something that AWS's policy grammar refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Catalogue key, `diagnostic.policy....`.
    pub code: &'static str,
    /// Values of the text's placeholders.
    pub params: Params,
    /// JSON Pointer, relative to the document.
    pub pointer: String,
    /// The place in the policy's own text.
    pub span: Span,
}

impl Fault {
    /// The code without its catalogue prefix, as `evaluate` answers it: `missing-principal`.
    pub fn short_code(&self) -> &'static str {
        self.code.rsplit_once('.').map_or(self.code, |(_, short)| short)
    }
}

/// An object has a key twice.
pub(super) const DUPLICATE_KEY: &str = "diagnostic.policy.duplicate-key";
/// An element that a statement or document must have isn't there.
pub(super) const MISSING_FIELD: &str = "diagnostic.policy.missing-field";
/// A value has the wrong JSON type.
pub(super) const INVALID_TYPE: &str = "diagnostic.policy.invalid-type";
/// Effect is neither Allow nor Deny.
pub(super) const INVALID_EFFECT: &str = "diagnostic.policy.invalid-effect";
/// Version is neither of the two.
pub(super) const INVALID_VERSION: &str = "diagnostic.policy.invalid-version";
/// A resource policy's statement names nobody.
pub(super) const MISSING_PRINCIPAL: &str = "diagnostic.policy.missing-principal";
/// An identity policy or SCP has a Principal.
pub(super) const FORBIDDEN_PRINCIPAL: &str = "diagnostic.policy.forbidden-principal";
/// This policy type has no NotPrincipal.
pub(super) const FORBIDDEN_NOT_PRINCIPAL: &str = "diagnostic.policy.forbidden-not-principal";
/// A trust policy has a Resource.
pub(super) const FORBIDDEN_RESOURCE: &str = "diagnostic.policy.forbidden-resource";
/// Both forms of Action.
pub(super) const BOTH_ACTIONS: &str = "diagnostic.policy.both-action-and-not-action";
/// No form of Action.
pub(super) const MISSING_ACTION: &str = "diagnostic.policy.missing-action";
/// Both forms of Resource.
pub(super) const BOTH_RESOURCES: &str = "diagnostic.policy.both-resource-and-not-resource";
/// No form of Resource.
pub(super) const MISSING_RESOURCE: &str = "diagnostic.policy.missing-resource";
/// Both forms of Principal.
pub(super) const BOTH_PRINCIPALS: &str = "diagnostic.policy.both-principal-and-not-principal";
/// A principal that can't exist.
pub(super) const INVALID_PRINCIPAL: &str = "diagnostic.policy.invalid-principal";
/// `NullIfExists`.
pub(super) const NULL_IF_EXISTS: &str = "diagnostic.policy.null-if-exists";
/// Id where it isn't legal.
pub(super) const FORBIDDEN_ID: &str = "diagnostic.policy.forbidden-id";
/// A Sid stands twice.
pub(super) const DUPLICATE_SID: &str = "diagnostic.policy.duplicate-sid";
/// An element that doesn't exist.
pub(super) const UNKNOWN_ELEMENT: &str = "diagnostic.policy.unknown-element";
/// Statement is an empty array.
pub(super) const EMPTY_STATEMENT: &str = "diagnostic.policy.empty-statement";
