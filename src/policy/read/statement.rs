//! One statement.

use super::super::PolicyKind;
use super::super::document::{ActionElement, Effect, ResourceElement, Statement};
use super::super::fault::{
    BOTH_ACTIONS, BOTH_PRINCIPALS, BOTH_RESOURCES, FORBIDDEN_NOT_PRINCIPAL, FORBIDDEN_PRINCIPAL,
    FORBIDDEN_RESOURCE, INVALID_EFFECT, MISSING_ACTION, MISSING_FIELD, MISSING_PRINCIPAL, MISSING_RESOURCE,
};
use super::super::matching::{ActionPattern, PrincipalElement, ResourcePattern};
use super::Reader;
use super::place::Place;
use crate::gather::Gather;
use crate::json::{Node, Params};

impl Reader {
    pub(super) fn statement(&mut self, node: &Node, place: Place<'_>) -> Option<Statement> {
        let mut found = Elements::default();
        for member in self.object(node, place)? {
            let slot = match &*member.key {
                "Sid" => &mut found.sid,
                "Effect" => &mut found.effect,
                "Principal" => &mut found.principal,
                "NotPrincipal" => &mut found.not_principal,
                "Action" => &mut found.action,
                "NotAction" => &mut found.not_action,
                "Resource" => &mut found.resource,
                "NotResource" => &mut found.not_resource,
                "Condition" => &mut found.condition,
                _ => {
                    self.unknown(member, place);
                    continue;
                }
            };
            slot.get_or_insert(&member.node);
        }
        let sid = found.sid.and_then(|sid| self.string(sid, place.key("Sid"))).map(Box::from);
        let effect = self.effect(found.effect, node, place);
        let principal = self.principal_of_statement(&found, node, place);
        let actions = self.actions(&found, node, place);
        let resources = self.resources(&found, node, place);
        let conditions = found.condition.map(|node| self.conditions(node, place.key("Condition")));
        Some(Statement {
            sid,
            effect: effect?,
            span: node.span,
            principal,
            actions: actions?,
            resources,
            conditions: conditions.unwrap_or_default().into(),
        })
    }

    fn effect(&mut self, effect: Option<&Node>, node: &Node, place: Place<'_>) -> Option<Effect> {
        let Some(effect) = effect else {
            self.missing(MISSING_FIELD, "Effect", node, place);
            return None;
        };
        match self.string(effect, place.key("Effect"))? {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            other => {
                let params = Params::from([("value", other.to_string())]);
                self.fault_with(INVALID_EFFECT, effect, place.key("Effect"), params);
                None
            }
        }
    }

    fn principal_of_statement(
        &mut self,
        found: &Elements<'_>,
        node: &Node,
        place: Place<'_>,
    ) -> Option<PrincipalElement> {
        let takes_principal = !matches!(self.kind, PolicyKind::Identity | PolicyKind::ServiceControl);
        match (found.principal, found.not_principal) {
            (Some(_), Some(other)) if takes_principal => {
                self.fault(BOTH_PRINCIPALS, other, place.key("NotPrincipal"));
                None
            }
            (Some(principal), _) if !takes_principal => {
                self.fault(FORBIDDEN_PRINCIPAL, principal, place.key("Principal"));
                None
            }
            (None, Some(principal)) if !takes_principal || self.kind == PolicyKind::Trust => {
                self.fault(FORBIDDEN_NOT_PRINCIPAL, principal, place.key("NotPrincipal"));
                None
            }
            (Some(principal), _) => self.principals(principal, place.key("Principal"), false),
            (None, Some(principal)) => self.principals(principal, place.key("NotPrincipal"), true),
            (None, None) => {
                if takes_principal {
                    self.missing(MISSING_PRINCIPAL, "Principal", node, place);
                }
                None
            }
        }
    }

    fn actions(&mut self, found: &Elements<'_>, node: &Node, place: Place<'_>) -> Option<ActionElement> {
        let (element, name, negated) = match (found.action, found.not_action) {
            (Some(_), Some(other)) => {
                self.fault(BOTH_ACTIONS, other, place.key("NotAction"));
                return None;
            }
            (Some(element), None) => (element, "Action", false),
            (None, Some(element)) => (element, "NotAction", true),
            (None, None) => {
                self.missing(MISSING_ACTION, "Action", node, place);
                return None;
            }
        };
        let texts = self.strings(element, place.key(name));
        Some(ActionElement { negated, patterns: texts.into_iter().map(ActionPattern::new).gather() })
    }

    fn resources(&mut self, found: &Elements<'_>, node: &Node, place: Place<'_>) -> Option<ResourceElement> {
        let (element, name, negated) = match (found.resource, found.not_resource) {
            (Some(element), _) if self.kind == PolicyKind::Trust => {
                self.fault(FORBIDDEN_RESOURCE, element, place.key("Resource"));
                return None;
            }
            (None, Some(element)) if self.kind == PolicyKind::Trust => {
                self.fault(FORBIDDEN_RESOURCE, element, place.key("NotResource"));
                return None;
            }
            (Some(_), Some(other)) => {
                self.fault(BOTH_RESOURCES, other, place.key("NotResource"));
                return None;
            }
            (Some(element), None) => (element, "Resource", false),
            (None, Some(element)) => (element, "NotResource", true),
            (None, None) => {
                if self.kind != PolicyKind::Trust {
                    self.missing(MISSING_RESOURCE, "Resource", node, place);
                }
                return None;
            }
        };
        let texts = self.strings(element, place.key(name));
        let variables = self.variables;
        let patterns = texts.into_iter().map(|text| ResourcePattern::new(text, variables)).gather();
        Some(ResourceElement { negated, patterns })
    }
}

/// The members of a statement by name.
#[derive(Default)]
struct Elements<'n> {
    sid: Option<&'n Node>,
    effect: Option<&'n Node>,
    principal: Option<&'n Node>,
    not_principal: Option<&'n Node>,
    action: Option<&'n Node>,
    not_action: Option<&'n Node>,
    resource: Option<&'n Node>,
    not_resource: Option<&'n Node>,
    condition: Option<&'n Node>,
}
