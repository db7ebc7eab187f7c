//! What opens a gate that lacks an Allow: exactly what is asked is granted.
//!
//! Where an Allow fails by one element alone, and all else in it names exactly what is asked, that element is
//! widened; otherwise a statement of its own grants less.

use super::super::question::{Question, ResourceGate};
use super::super::{Gate, PrincipalKind};
use super::change::{Change, string};
use super::draft::{Proposal, Slot, What};
use super::{ADD_ACTION, ADD_RESOURCE, ADD_STATEMENT, NEW_POLICY, Source};
use crate::arn;
use crate::gather::Gather;
use crate::json::{Member, Node, Value, lookup};
use crate::policy::{Asked, Condition, Effect, Policy, Statement, Version};

/// The edits that make the gate's policies allow.
pub(super) fn propose(question: &Question<'_>, gate: Gate, source: &Source<'_>) -> Vec<Proposal> {
    match gate {
        // Each level needs its own Allow.
        Gate::Scp => {
            let levels = question.policies.scp.iter().enumerate();
            let lacking =
                levels.filter(|(_, level)| !level.policies.iter().any(|policy| allows(question, policy)));
            lacking
                .filter_map(|(number, level)| {
                    let slots: Vec<Slot> =
                        (0..level.policies.len()).map(|place| Slot::Scp(number, place)).gather();
                    propose_in(question, gate, source, &slots, Slot::Scp(number, level.policies.len()))
                })
                .gather()
        }
        Gate::Rcp | Gate::S3BlockPublicAccess => Vec::new(),
        _ => {
            let slots = Slot::all(question.policies, gate);
            let new = match gate {
                Gate::Identity => Slot::Identity(slots.len()),
                Gate::Boundary => Slot::Boundary,
                Gate::Session => Slot::Session(slots.len()),
                Gate::VpcEndpoint => Slot::VpcEndpoint(slots.len()),
                _ => Slot::Resource,
            };
            propose_in(question, gate, source, &slots, new).into_iter().gather()
        }
    }
}

fn allows(question: &Question<'_>, policy: &Policy) -> bool {
    let asked = question.to(policy);
    policy
        .statements()
        .iter()
        .any(|statement| statement.effect == Effect::Allow && statement.matches(&asked).is_some())
}

/// One edit in one of these policies, or a new policy.
fn propose_in(
    question: &Question<'_>,
    gate: Gate,
    source: &Source<'_>,
    slots: &[Slot],
    new: Slot,
) -> Option<Proposal> {
    let mut near = None;
    let mut any = None;
    for slot in slots {
        let Some(policy) = slot.get(question.policies).filter(|policy| is_editable(policy)) else { continue };
        let asked = question.to(policy);
        let written = source(policy);
        any = any.or(Some(*slot));
        for (number, statement) in policy.statements().iter().enumerate() {
            if let Some((code, change)) = widen(statement, number, &asked, policy, written.as_ref()) {
                return Some(Proposal { slot: *slot, code, what: What::Change(change) });
            }
            if near.is_none() && statement.effect == Effect::Allow && statement.is_about(&asked) {
                near = Some((*slot, statement));
            }
        }
    }
    let slot = near.map(|(slot, _)| slot).or(any);
    let policy = slot.and_then(|slot| slot.get(question.policies));
    let version = policy
        .and_then(|policy| policy.document.as_ref())
        .map_or(Version::V2012, |document| document.version);
    let conditions = near.map_or(&[][..], |(_, statement)| &statement.conditions);
    let granted = statement(question, gate, conditions, version)?;
    match slot {
        Some(slot) => Some(Proposal { slot, code: ADD_STATEMENT, what: What::Change(Change::Add(granted)) }),
        None if gate == Gate::VpcEndpoint || slots.contains(&new) => None,
        None => {
            let statements = Value::Array(vec![granted]).node();
            let members =
                vec![Member::new("Version", string("2012-10-17")), Member::new("Statement", statements)];
            Some(Proposal { slot: new, code: NEW_POLICY, what: What::New(Value::Object(members).node()) })
        }
    }
}

/// AWS's own managed policies can't be edited, nor those that can't be seen.
fn is_editable(policy: &Policy) -> bool {
    policy.document.is_some() && !policy.arn.as_deref().is_some_and(|arn| arn.contains(":iam::aws:policy/"))
}

/// One more entry in Action or Resource of an Allow whose every other element names just what is asked.
fn widen(
    statement: &Statement,
    number: usize,
    asked: &Asked<'_>,
    policy: &Policy,
    written: Option<&Node>,
) -> Option<(&'static str, Change)> {
    let document = policy.document.as_ref()?;
    let fits = statement.effect == Effect::Allow
        && !statement.actions.negated
        && statement.resources.as_ref().is_some_and(|resources| !resources.negated)
        && statement.matches_principal(asked).is_some()
        && statement.conditions.iter().all(|condition| condition.holds(asked.keys));
    lookup(written?, &document.statement_pointer(number))?;
    if !fits {
        return None;
    }
    let resources = &statement.resources.as_ref()?.patterns;
    let only_action =
        matches!(&*statement.actions.patterns, [one] if one.text().eq_ignore_ascii_case(asked.action));
    let only_resource =
        matches!(&**resources, [one] if one.text() == asked.resource.text() && one.text() != "*");
    if only_action && !statement.matches_resource(asked) && asked.resource.arn().is_some() {
        let text = literal(asked.resource.text(), document.version)?;
        return Some((ADD_RESOURCE, Change::AddItem { statement: number, element: "Resource", text }));
    }
    if only_resource && !statement.matches_action(asked.action) {
        let text = asked.action.to_string();
        return Some((ADD_ACTION, Change::AddItem { statement: number, element: "Action", text }));
    }
    None
}

/// A statement that allows the request and nothing else.
fn statement(question: &Question<'_>, gate: Gate, like: &[Condition], version: Version) -> Option<Node> {
    let request = question.request;
    let mut conditions = conditions(question, like, version);
    let mut members = vec![Member::new("Effect", string("Allow"))];
    match gate {
        Gate::Resource => members.push(Member::new("Principal", caller(question)?)),
        Gate::VpcEndpoint => {
            members.push(Member::new("Principal", string("*")));
            if let Some(arn) = request.context.values("aws:PrincipalArn").and_then(<[String]>::first) {
                let arn = literal(arn, version)?;
                conditions.push(("ArnEquals".to_string(), "aws:PrincipalArn".to_string(), vec![arn]));
            }
        }
        _ => {}
    }
    members.push(Member::new("Action", string(&request.action)));
    if gate != Gate::Resource || question.resource_gate != ResourceGate::Trust {
        let resource = match request.resource.as_str() {
            "*" => "*".to_string(),
            resource => literal(resource, version)?,
        };
        members.push(Member::new("Resource", string(&resource)));
    }
    if !conditions.is_empty() {
        members.push(Member::new("Condition", block(conditions)));
    }
    Some(Value::Object(members).node())
}

/// The caller as Principal names it: the role of a session, since sessions come and go.
pub(super) fn caller(question: &Question<'_>) -> Option<Node> {
    let principal = question.principal();
    let (kind, name) = match principal.kind {
        PrincipalKind::Anonymous => return Some(string("*")),
        PrincipalKind::Service => ("Service", principal.arn.clone()),
        PrincipalKind::AssumedRole => ("AWS", principal.issuer.clone()?),
        PrincipalKind::User | PrincipalKind::FederatedUser => ("AWS", principal.arn.clone()),
        PrincipalKind::Root => ("AWS", arn::root(principal.account.as_deref()?)),
    };
    Some(Value::Object(vec![Member::new(kind, string(&name))]).node())
}

/// Operator, key, values.
type Triple = (String, String, Vec<String>);

/// The conditions of a statement that nearly allows, those that fail with the request's own value instead.
fn conditions(question: &Question<'_>, like: &[Condition], version: Version) -> Vec<Triple> {
    let keys = &question.request.context;
    let mut triples: Vec<Triple> = Vec::new();
    for condition in like {
        let (operator, key) = (condition.operator.to_string(), condition.key.to_string());
        if condition.holds(keys) {
            let values = condition.values.iter().map(|value| value.text.to_string()).gather();
            triples.push((operator, key, values));
        } else if let Some(values) = condition.values_of(keys).filter(|_| condition.takes_values()) {
            let exact = |value: &String| match condition.reads_wildcards() {
                true => literal(value, version),
                false => Some(value.clone()),
            };
            if let Some(values) = values.values.iter().map(exact).gather() {
                triples.push((operator, key, values));
            }
        }
    }
    triples
}

fn block(triples: Vec<Triple>) -> Node {
    let mut operators: Vec<Member> = Vec::new();
    for (operator, key, values) in triples {
        let value = match values.as_slice() {
            [one] => string(one),
            values => Value::Array(values.iter().map(|value| string(value)).gather()).node(),
        };
        let key = Member::new(&key, value);
        match operators.iter_mut().find(|member| *member.key == *operator) {
            Some(Member { node: Node { value: Value::Object(keys), .. }, .. }) => keys.push(key),
            _ => operators.push(Member::new(&operator, Value::Object(vec![key]).node())),
        }
    }
    Value::Object(operators).node()
}

/// A text of which no character is a wildcard or begins a variable; `None` if the version has no way to write it.
pub(super) fn literal(text: &str, version: Version) -> Option<String> {
    if !text.contains(['*', '?']) && !text.contains("${") {
        return Some(text.to_string());
    }
    if version == Version::V2008 {
        return None;
    }
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '*' | '?' | '$' => out.extend(['$', '{', c, '}']),
            c => out.push(c),
        }
    }
    Some(out)
}
