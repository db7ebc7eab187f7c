//! The answer as a line of JSON, written directly: a stream of lines spends its time here.

use super::error::{Error, Wording};
use crate::authorization::{
    Authorization, Citation, Detail, Edit, Gate, Operation, PolicyMatch, StatementMatch, Suggestion,
};
use crate::json::{Node, Position, quote, to_compact};

pub(super) fn write(
    id: Option<&Node>,
    answer: &Authorization,
    detail: Detail,
    suggestions: Option<&[Suggestion]>,
    out: &mut String,
) {
    out.push('{');
    write_id(id, out);
    key("decision", out);
    quote(answer.decision.name(), out);
    next("blockedBy", out);
    list(&answer.blocked_by, out, |gate, out| quote(gate.name(), out));
    next("gates", out);
    out.push('{');
    for (place, (gate, state)) in answer.gates.iter().enumerate() {
        separate(place, out);
        key(gate.name(), out);
        quote(state.name(), out);
    }
    out.push('}');
    next("decidedBy", out);
    list(&answer.decided_by, out, citation);
    next("unsupported", out);
    list(&answer.unsupported, out, |one, out| {
        out.push('{');
        texts(&[("policy", &one.policy), ("pointer", &one.pointer), ("code", one.code)], out);
        out.push('}');
    });
    if !answer.depends_on.is_empty() {
        next("dependsOn", out);
        list(&answer.depends_on, out, |one, out| {
            out.push('{');
            texts(&[("gate", one.gate.name()), ("policy", &one.policy)], out);
            next("couldBe", out);
            list(&one.could_be, out, |decision, out| quote(decision.name(), out));
            out.push('}');
        });
    }
    if detail == Detail::Full {
        explanation(answer, out);
    }
    if let Some(suggestions) = suggestions {
        next("suggestions", out);
        list(suggestions, out, suggestion);
    }
    out.push('}');
}

fn suggestion(one: &Suggestion, out: &mut String) {
    out.push('{');
    texts(&[("gate", one.gate.name()), ("code", one.short_code())], out);
    next("policy", out);
    match &one.policy {
        Some(policy) => quote(policy, out),
        None => out.push_str("null"),
    }
    for (name, text) in [("pointer", &one.pointer), ("target", &one.target)] {
        if let Some(text) = text {
            out.push(',');
            texts(&[(name, text)], out);
        }
    }
    match &one.edit {
        Edit::Patch(operations) => {
            next("patch", out);
            list(operations, out, operation);
        }
        Edit::Document(document) => {
            next("document", out);
            out.push_str(&to_compact(document));
        }
    }
    out.push('}');
}

fn operation(one: &Operation, out: &mut String) {
    out.push('{');
    texts(&[("op", one.op), ("path", &one.path)], out);
    if let Some(value) = &one.value {
        next("value", out);
        out.push_str(&to_compact(value));
    }
    out.push('}');
}

pub(super) fn write_error(id: Option<&Node>, error: &Error, wording: &Wording<'_>, out: &mut String) {
    out.push('{');
    write_id(id, out);
    key("error", out);
    out.push('{');
    let message = error.message(wording);
    texts(&[("code", error.short_code()), ("message", &message), ("pointer", &error.pointer)], out);
    out.push_str("}}");
}

fn write_id(id: Option<&Node>, out: &mut String) {
    if let Some(id) = id {
        key("id", out);
        out.push_str(&to_compact(id));
        out.push(',');
    }
}

fn explanation(answer: &Authorization, out: &mut String) {
    next("explain", out);
    out.push('{');
    for (place, (gate, policies)) in answer.explain.iter().enumerate() {
        separate(place, out);
        gate_key(*gate, out);
        list(policies, out, policy);
    }
    out.push('}');
    next("nearMisses", out);
    list(&answer.near_misses, out, |one, out| {
        out.push('{');
        let code = one.short_code();
        let members =
            [("policy", &*one.policy), ("pointer", &one.pointer), ("element", &one.element), ("code", code)];
        texts(&members, out);
        out.push('}');
    });
}

fn gate_key(gate: Gate, out: &mut String) {
    key(gate.name(), out);
}

fn policy(one: &PolicyMatch, out: &mut String) {
    out.push('{');
    texts(&[("policy", &one.policy)], out);
    next("statements", out);
    list(&one.statements, out, statement);
    out.push('}');
}

fn statement(one: &StatementMatch, out: &mut String) {
    out.push('{');
    texts(&[("pointer", &one.pointer)], out);
    span(one.span, out);
    if let Some(sid) = &one.sid {
        out.push(',');
        texts(&[("sid", sid)], out);
    }
    out.push(',');
    texts(&[("effect", one.effect)], out);
    truth("matched", one.matched, out);
    next("elements", out);
    list(&one.elements, out, |element, out| {
        out.push('{');
        texts(&[("element", element.element), ("pointer", &element.pointer)], out);
        truth("matched", element.matched, out);
        out.push(',');
        texts(&[("asked", &element.asked)], out);
        next("against", out);
        list(&element.against, out, |text, out| quote(text, out));
        out.push('}');
    });
    next("conditions", out);
    list(&one.conditions, out, |condition, out| {
        out.push('{');
        let (operator, key) = (&*condition.operator, &*condition.key);
        texts(&[("operator", operator), ("key", key), ("pointer", &condition.pointer)], out);
        next("values", out);
        list(&condition.values, out, |text, out| quote(text, out));
        next("actual", out);
        match &condition.actual {
            Some(actual) => list(actual, out, |text, out| quote(text, out)),
            None => out.push_str("null"),
        }
        truth("matched", condition.matched, out);
        out.push('}');
    });
    out.push('}');
}

fn citation(one: &Citation, out: &mut String) {
    out.push('{');
    texts(&[("policy", &one.policy), ("pointer", &one.pointer)], out);
    span(one.span, out);
    out.push('}');
}

fn span(span: Option<crate::json::TextSpan>, out: &mut String) {
    if let Some(span) = span {
        next("span", out);
        out.push('{');
        key("start", out);
        position(span.start, out);
        next("end", out);
        position(span.end, out);
        out.push('}');
    }
}

fn position(position: Position, out: &mut String) {
    out.push_str(&format!("{{\"line\":{},\"column\":{}}}", position.line, position.column));
}

fn truth(name: &str, value: bool, out: &mut String) {
    next(name, out);
    out.push_str(if value { "true" } else { "false" });
}

fn list<T>(items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push('[');
    for (place, item) in items.iter().enumerate() {
        separate(place, out);
        write(item, out);
    }
    out.push(']');
}

/// Members with texts, commas between.
fn texts(members: &[(&str, &str)], out: &mut String) {
    for (place, (name, text)) in members.iter().enumerate() {
        separate(place, out);
        key(name, out);
        quote(text, out);
    }
}

fn separate(place: usize, out: &mut String) {
    if place > 0 {
        out.push(',');
    }
}

/// A further member's key.
fn next(name: &str, out: &mut String) {
    out.push(',');
    key(name, out);
}

/// A key of our own, which needs no escapes.
fn key(name: &str, out: &mut String) {
    out.push('"');
    out.push_str(name);
    out.push_str("\":");
}
