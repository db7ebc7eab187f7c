//! A policy document as typed statements.
//!
//! AWS page: IAM User Guide, "Grammar of the IAM JSON policy language".

use super::index::StatementIndex;
use super::matching::{ActionPattern, Condition, PrincipalElement, ResourcePattern};
use crate::json::{Span, child};

/// The language version, which decides whether variables exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Also where Version is missing: `${...}` is text.
    V2008,
    /// With policy variables.
    V2012,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever grants.
    Deny,
}

impl Effect {
    /// As AWS writes it.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}

/// Whether Statement is one object or an array, which decides the pointers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementForm {
    /// `"Statement": {}`
    Object,
    /// `"Statement": []`
    Array,
}

/// A document that grammar accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Version, 2008-10-17 if it is missing.
    pub version: Version,
    /// Id.
    pub id: Option<Box<str>>,
    /// The statements in order.
    pub statements: Box<[Statement]>,
    pub(super) form: StatementForm,
    pub(super) index: StatementIndex,
}

/// Action or NotAction.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionElement {
    /// Whether it is NotAction.
    pub negated: bool,
    /// Its entries.
    pub patterns: Box<[ActionPattern]>,
}

/// Resource or NotResource.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourceElement {
    /// Whether it is NotResource.
    pub negated: bool,
    /// Its entries.
    pub patterns: Box<[ResourcePattern]>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Sid.
    pub sid: Option<Box<str>>,
    /// Effect.
    pub effect: Effect,
    /// The statement's place in the policy's own text.
    pub span: Span,
    /// Principal or NotPrincipal; `None` in identity policies and SCPs.
    pub principal: Option<PrincipalElement>,
    /// Action or NotAction.
    pub actions: ActionElement,
    /// Resource or NotResource; `None` in trust policies.
    pub resources: Option<ResourceElement>,
    /// The conditions, one for each operator and key; all must hold.
    pub conditions: Box<[Condition]>,
}

impl Document {
    /// The statements that can match an action; the others can't. Some may come twice, in no order.
    pub fn candidates<'d>(&'d self, action: &'d str) -> impl Iterator<Item = &'d Statement> {
        self.index.candidates(&self.statements, action)
    }

    /// Whether Statement is an array.
    pub fn is_list(&self) -> bool {
        self.form == StatementForm::Array
    }

    /// The pointer of a statement, relative to the document.
    pub fn statement_pointer(&self, place: usize) -> String {
        match self.form {
            StatementForm::Object => "/Statement".to_string(),
            StatementForm::Array => format!("/Statement/{place}"),
        }
    }
}

impl Statement {
    /// `Action` or `NotAction`.
    pub fn action_element(&self) -> &'static str {
        if self.actions.negated { "NotAction" } else { "Action" }
    }

    /// `Resource` or `NotResource`.
    pub fn resource_element(&self) -> &'static str {
        if self.resources.as_ref().is_some_and(|resources| resources.negated) {
            "NotResource"
        } else {
            "Resource"
        }
    }

    /// `Principal` or `NotPrincipal`.
    pub fn principal_element(&self) -> &'static str {
        if self.principal.as_ref().is_some_and(|element| element.negated) {
            "NotPrincipal"
        } else {
            "Principal"
        }
    }
}

impl Condition {
    /// The pointer of the key, relative to the statement.
    pub fn pointer(&self) -> String {
        child(&self.operator_pointer(), &self.key)
    }

    /// The pointer of the operator, relative to the statement.
    pub fn operator_pointer(&self) -> String {
        child("/Condition", &self.operator)
    }
}
