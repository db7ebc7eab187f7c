//! What each element of a statement matches.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements reference". Entry: [`Statement::matches`].

pub(crate) mod action;
pub(crate) mod condition;
pub(crate) mod principal;
pub(crate) mod resource;
pub(crate) mod variable;
mod symbols;
mod wildcard;

use super::document::{Effect, Statement};
pub use action::ActionPattern;
pub use condition::{Condition, Operand};
pub use principal::{AccountMeaning, Caller, CallerKind, Naming, PrincipalElement, PrincipalPattern};
pub use resource::{AskedResource, ResourcePattern};

/// Where condition keys and variables get their values.
pub trait ConditionKeys {
    /// The values of a key, given in lower case; `None` if the request doesn't carry it.
    fn get(&self, lower_case_key: &str) -> Option<KeyValues<'_>>;
}

/// The values of one key.
#[derive(Debug, Clone, Copy)]
pub struct KeyValues<'a> {
    /// The values; a multivalued key may have none.
    pub values: &'a [String],
    /// Whether the key is multivalued.
    pub multivalued: bool,
}

impl<'a> KeyValues<'a> {
    /// The value of a single-valued key: multivalued keys can't be variables.
    pub(crate) fn single(&self) -> Option<&'a str> {
        if self.multivalued { None } else { self.values.first().map(String::as_str) }
    }
}

/// Everything that a statement compares itself with.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// `s3:GetObject`
    pub action: &'a str,
    /// An ARN or `*`.
    pub resource: AskedResource<'a>,
    /// Who asks.
    pub caller: Caller<'a>,
    /// Condition keys.
    pub keys: &'a dyn ConditionKeys,
    /// What an account in Principal stands for.
    pub account_meaning: AccountMeaning,
}

impl Statement {
    /// How the statement names the caller, if everything in it matches. A statement without Principal names it fully.
    pub fn matches(&self, asked: &Asked<'_>) -> Option<Naming> {
        if !self.matches_action(asked.action) || !self.matches_resource(asked) {
            return None;
        }
        let naming = self.matches_principal(asked)?;
        self.conditions.iter().all(|condition| condition.holds(asked.keys)).then_some(naming)
    }

    /// Whether everything but the conditions matches.
    pub fn is_about(&self, asked: &Asked<'_>) -> bool {
        self.matches_action(asked.action)
            && self.matches_resource(asked)
            && self.matches_principal(asked).is_some()
    }

    /// Whether Action or NotAction matches.
    pub fn matches_action(&self, action: &str) -> bool {
        self.actions.patterns.iter().any(|pattern| pattern.matches(action)) != self.actions.negated
    }

    /// Whether Resource or NotResource matches; a trust policy has neither.
    pub fn matches_resource(&self, asked: &Asked<'_>) -> bool {
        self.resources.as_ref().is_none_or(|resources| {
            let any = resources.patterns.iter().any(|pattern| pattern.matches(&asked.resource, asked.keys));
            any != resources.negated
        })
    }

    /// How Principal or NotPrincipal names the caller, if it does.
    pub fn matches_principal(&self, asked: &Asked<'_>) -> Option<Naming> {
        match (&self.principal, self.effect) {
            (None, _) => Some(Naming::Caller),
            (Some(element), Effect::Allow) => element.allows(&asked.caller, asked.account_meaning),
            (Some(element), Effect::Deny) => {
                element.denies(&asked.caller, asked.account_meaning).then_some(Naming::Caller)
            }
        }
    }
}

/// A request without any condition key.
#[cfg(test)]
pub(crate) struct NoKeys;

#[cfg(test)]
impl ConditionKeys for NoKeys {
    fn get(&self, _: &str) -> Option<KeyValues<'_>> {
        None
    }
}
