//! Lists and objects without content.

use super::issue::{
    EMPTY_ARRAY_ACTION, EMPTY_ARRAY_CONDITION, EMPTY_ARRAY_CONDITION_FORALLVALUES,
    EMPTY_ARRAY_CONDITION_FORANYVALUE, EMPTY_ARRAY_CONDITION_IFEXISTS, EMPTY_ARRAY_PRINCIPAL,
    EMPTY_ARRAY_RESOURCE, EMPTY_OBJECT_CONDITION, EMPTY_OBJECT_PRINCIPAL,
};
use super::place::{Place, Pointer};
use super::report::Report;
use super::{Document, Qualifier, Statement};
use crate::json::{Node, Value};

/// Elements that hold nothing.
pub fn check(document: &Document<'_>, report: &mut Report) {
    for statement in &document.statements {
        let pointer = |name: &'static str| statement.place.pointer.key(name);
        let empty_list = |name: &'static str| {
            let node = statement.node.get(name)?;
            is_empty_list(node).then(|| Place::new(pointer(name), node.span))
        };
        for (name, issue) in [
            ("Action", EMPTY_ARRAY_ACTION),
            ("NotAction", EMPTY_ARRAY_ACTION),
            ("Resource", EMPTY_ARRAY_RESOURCE),
            ("NotResource", EMPTY_ARRAY_RESOURCE),
        ] {
            if let Some(place) = empty_list(name) {
                report.add(issue, &place).with("element", name);
            }
        }
        for name in ["Principal", "NotPrincipal"] {
            if let Some(node) = statement.node.get(name) {
                principal(node, &pointer(name), report);
            }
        }
        if let Some(node) = statement.node.get("Condition") {
            condition_objects(node, &pointer("Condition"), report);
        }
        conditions(statement, report);
    }
}

fn is_empty_list(node: &Node) -> bool {
    matches!(&node.value, Value::Array(items) if items.is_empty())
}

fn is_empty_object(node: &Node) -> bool {
    matches!(&node.value, Value::Object(members) if members.is_empty())
}

fn principal<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    if is_empty_object(node) {
        report.add(EMPTY_OBJECT_PRINCIPAL, &Place::new(pointer.clone(), node.span));
    }
    for member in node.members().iter().filter(|member| is_empty_list(&member.node)) {
        report.add(EMPTY_ARRAY_PRINCIPAL, &Place::new(pointer.key(&member.key), member.node.span));
    }
}

fn condition_objects<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    if is_empty_object(node) {
        report.add(EMPTY_OBJECT_CONDITION, &Place::new(pointer.clone(), node.span));
    }
    for block in node.members().iter().filter(|block| is_empty_object(&block.node)) {
        report.add(EMPTY_OBJECT_CONDITION, &Place::new(pointer.key(&block.key), block.node.span));
    }
}

fn conditions(statement: &Statement<'_>, report: &mut Report) {
    for condition in &statement.conditions {
        let Some(operator) = condition.operator else { continue };
        if !condition.is_list || !condition.values.is_empty() {
            continue;
        }
        let issue = match operator.qualifier {
            Some(Qualifier::ForAllValues) => EMPTY_ARRAY_CONDITION_FORALLVALUES,
            Some(Qualifier::ForAnyValue) => EMPTY_ARRAY_CONDITION_FORANYVALUE,
            None if operator.if_exists => EMPTY_ARRAY_CONDITION_IFEXISTS,
            None => EMPTY_ARRAY_CONDITION,
        };
        report.add(issue, &condition.values_place).with("key", condition.key.text);
    }
}
