//! Reads a policy as far as it can be read: what has the wrong form is left out, since the grammar reports it.

use super::place::{Place, Pointer};
use super::{Family, Operator, Subject};
use crate::gather::Gather;
use crate::json::{Member, Node, Value as Json};
use std::borrow::Cow;

/// A policy.
#[derive(Debug)]
pub struct Document<'a> {
    /// What it is attached to.
    pub subject: Subject,
    /// The whole document.
    pub place: Place<'a>,
    /// Whether variables are replaced: `Version` is 2012-10-17.
    pub has_variables: bool,
    /// Its statements, those that are objects.
    pub statements: Vec<Statement<'a>>,
}

/// A statement.
#[derive(Debug)]
pub struct Statement<'a> {
    /// The whole object.
    pub place: Place<'a>,
    /// The object itself.
    pub node: &'a Node,
    /// `Effect`, if it is legal.
    pub effect: Option<Effect>,
    /// `Sid`, if it is a string.
    pub sid: Option<Value<'a>>,
    /// `Principal`
    pub principal: Option<Principal<'a>>,
    /// `NotPrincipal`
    pub not_principal: Option<Principal<'a>>,
    /// `Action`
    pub action: Option<Values<'a>>,
    /// `NotAction`
    pub not_action: Option<Values<'a>>,
    /// `Resource`
    pub resource: Option<Values<'a>>,
    /// `NotResource`
    pub not_resource: Option<Values<'a>>,
    /// Where `Condition` stands, if there is one.
    pub condition_place: Option<Place<'a>>,
    /// Each key under each operator.
    pub conditions: Vec<Condition<'a>>,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

/// A string of the policy.
#[derive(Debug, Clone)]
pub struct Value<'a> {
    /// Unescaped.
    pub text: &'a str,
    /// Where it stands.
    pub place: Place<'a>,
}

/// The strings of an element, one or a list.
#[derive(Debug)]
pub struct Values<'a> {
    /// The string or the list.
    pub place: Place<'a>,
    /// Its strings.
    pub items: Vec<Value<'a>>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Debug)]
pub struct Principal<'a> {
    /// The element's value.
    pub place: Place<'a>,
    /// The value itself.
    pub node: &'a Node,
    /// The string, if it is one (`*`).
    pub text: Option<&'a str>,
    /// The members, if it is an object: `AWS`, `Service`, ...
    pub kinds: Vec<(Value<'a>, Values<'a>)>,
}

/// A key under an operator, with its values.
#[derive(Debug)]
pub struct Condition<'a> {
    /// The operator's name as written.
    pub operator_text: &'a str,
    /// The operator, if it exists.
    pub operator: Option<Operator>,
    /// Where the operator's name stands.
    pub operator_place: Place<'a>,
    /// The key, with the place of its name.
    pub key: Value<'a>,
    /// The value or the list.
    pub values_place: Place<'a>,
    /// Whether the values stand in a list.
    pub is_list: bool,
    /// The values.
    pub values: Vec<ConditionValue<'a>>,
}

/// A value of a condition key; numbers and booleans count as their text.
#[derive(Debug)]
pub struct ConditionValue<'a> {
    /// The text that is compared.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub place: Place<'a>,
}

impl<'a> Document<'a> {
    /// Reads what is there.
    pub fn read(node: &'a Node, subject: Subject) -> Self {
        let place = Place::new(Pointer::default(), node.span);
        let has_variables = node.get("Version").and_then(Node::as_str) == Some("2012-10-17");
        let pointer = place.pointer.key("Statement");
        let statements = match node.get("Statement") {
            Some(list @ Node { value: Json::Array(_), .. }) => {
                let items = list.items().iter().enumerate();
                items.filter_map(|(at, item)| Statement::read(item, pointer.item(at))).gather()
            }
            Some(one) => Statement::read(one, pointer).into_iter().gather(),
            None => Vec::new(),
        };
        Document { subject, place, has_variables, statements }
    }
}

impl<'a> Statement<'a> {
    fn read(node: &'a Node, pointer: Pointer<'a>) -> Option<Self> {
        if !matches!(node.value, Json::Object(_)) {
            return None;
        }
        let values =
            |name: &'static str| node.get(name).and_then(|value| Values::read(value, pointer.key(name)));
        let principal =
            |name: &'static str| node.get(name).map(|value| Principal::read(value, pointer.key(name)));
        let effect = match node.get("Effect").and_then(Node::as_str) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        let condition = node.get("Condition");
        let condition_pointer = pointer.key("Condition");
        Some(Statement {
            effect,
            sid: node.get("Sid").and_then(|value| Value::read(value, pointer.key("Sid"))),
            principal: principal("Principal"),
            not_principal: principal("NotPrincipal"),
            action: values("Action"),
            not_action: values("NotAction"),
            resource: values("Resource"),
            not_resource: values("NotResource"),
            conditions: condition.map(|node| conditions(node, &condition_pointer)).unwrap_or_default(),
            condition_place: condition.map(|node| Place::new(condition_pointer, node.span)),
            place: Place::new(pointer, node.span),
            node,
        })
    }

    /// `Action` or `NotAction`.
    pub fn actions(&self) -> impl Iterator<Item = &Values<'a>> {
        self.action.iter().chain(&self.not_action)
    }

    /// `Resource` or `NotResource`.
    pub fn resources(&self) -> impl Iterator<Item = &Values<'a>> {
        self.resource.iter().chain(&self.not_resource)
    }

    /// Whether a condition names this key, in any case.
    pub fn has_key(&self, key: &str) -> bool {
        self.conditions.iter().any(|condition| condition.is(key))
    }
}

impl<'a> Value<'a> {
    fn read(node: &'a Node, pointer: Pointer<'a>) -> Option<Self> {
        node.as_str().map(|text| Value { text, place: Place::new(pointer, node.span) })
    }

    fn of_key(member: &'a Member, pointer: Pointer<'a>) -> Self {
        Value { text: &member.key, place: Place::new(pointer, member.key_span) }
    }
}

impl Condition<'_> {
    /// Whether this is the key, in any case; a name that ends in `/` stands for all tag keys after it.
    pub fn is(&self, name: &str) -> bool {
        let start = self.key.text.get(..name.len()).unwrap_or("");
        start.eq_ignore_ascii_case(name) && (self.key.text.len() == name.len() || name.ends_with('/'))
    }

    /// Whether the operator asks only for the key's presence.
    pub fn is_null(&self) -> bool {
        self.operator.is_some_and(|operator| operator.family == Family::Null)
    }
}

impl<'a> Values<'a> {
    fn read(node: &'a Node, pointer: Pointer<'a>) -> Option<Self> {
        let place = Place::new(pointer, node.span);
        let items = match &node.value {
            Json::String(text) => vec![Value { text, place: place.clone() }],
            Json::Array(items) => {
                let item = |(at, item): (usize, &'a Node)| Value::read(item, place.pointer.item(at));
                items.iter().enumerate().filter_map(item).gather()
            }
            _ => return None,
        };
        Some(Values { place, items })
    }
}

impl<'a> Principal<'a> {
    fn read(node: &'a Node, pointer: Pointer<'a>) -> Self {
        let kind = |member: &'a Member| {
            let pointer = pointer.key(&member.key);
            let values = Values::read(&member.node, pointer.clone())?;
            Some((Value::of_key(member, pointer), values))
        };
        let kinds = node.members().iter().filter_map(kind).gather();
        Principal { node, text: node.as_str(), kinds, place: Place::new(pointer, node.span) }
    }

    /// The values of one kind of principal.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Value<'a>> {
        let kinds = self.kinds.iter().filter(move |(name, _)| name.text == kind);
        kinds.flat_map(|(_, values)| &values.items)
    }
}

fn conditions<'a>(node: &'a Node, pointer: &Pointer<'a>) -> Vec<Condition<'a>> {
    let mut conditions = Vec::new();
    for block in node.members() {
        let block_pointer = pointer.key(&block.key);
        let operator = Operator::parse(&block.key);
        for member in block.node.members() {
            let key_pointer = block_pointer.key(&member.key);
            conditions.push(Condition {
                operator_text: &block.key,
                operator,
                operator_place: Place::new(block_pointer.clone(), block.key_span),
                values_place: Place::new(key_pointer.clone(), member.node.span),
                is_list: matches!(member.node.value, Json::Array(_)),
                values: condition_values(&member.node, &key_pointer),
                key: Value::of_key(member, key_pointer),
            });
        }
    }
    conditions
}

fn condition_values<'a>(node: &'a Node, pointer: &Pointer<'a>) -> Vec<ConditionValue<'a>> {
    let value = |node: &'a Node, pointer: Pointer<'a>| {
        let text = match &node.value {
            Json::String(text) | Json::Number(text) => Cow::Borrowed(&**text),
            Json::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            _ => return None,
        };
        Some(ConditionValue { text, place: Place::new(pointer, node.span) })
    };
    match &node.value {
        Json::Array(items) => {
            let items = items.iter().enumerate();
            items.filter_map(|(at, item)| value(item, pointer.item(at))).gather()
        }
        _ => value(node, pointer.clone()).into_iter().gather(),
    }
}
