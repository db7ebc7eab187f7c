//! Reads the field `expect` of a step.

use super::{DROPS, Decider, Exit, Expect, GATES, Output, PROVIDERS, ROUTES};
use crate::gather::Gather;
use crate::json::Value;
use crate::scenario::fields;
use crate::scenario::findings::{At, Findings};
use crate::scenario::intrinsics::intrinsic;
use crate::scenario::loading::Loading;
use crate::scenario::names::{NotFound, Scope};

pub(in crate::scenario) const FIELDS: [&str; 12] = [
    "exit",
    "error",
    "action",
    "blockedBy",
    "decidedBy",
    "context",
    "credentials",
    "route",
    "droppedBy",
    "status",
    "stdout",
    "stderr",
];

/// Reads what a command should do.
pub(crate) fn read(loading: &mut Loading<'_>, at: At<'_>) -> Expect {
    if !fields::check(at, &FIELDS, &mut loading.findings) {
        return Expect::default();
    }
    let decided_by = list(at, "decidedBy", &mut loading.findings);
    let decided_by = decided_by.iter().filter_map(|item| decider(loading, *item)).gather();
    let context = at.field("context").filter(|section| fields::is_object(*section, &mut loading.findings));
    let context = context.into_iter().flat_map(|section| section.members());
    let context =
        context.filter_map(|(key, value)| Some((key.to_string(), context_values(loading, value)?))).gather();
    let findings = &mut loading.findings;
    let text = |name: &str, findings: &mut Findings<'_>| {
        at.field(name).and_then(|field| fields::text(field, findings).map(str::to_string))
    };
    Expect {
        exit: at.field("exit").and_then(|field| exit(field, findings)),
        error: text("error", findings),
        action: text("action", findings),
        blocked_by: at.field("blockedBy").map(|_| {
            let items = list(at, "blockedBy", findings);
            items.iter().filter_map(|item| one_of(*item, &GATES, findings)).gather()
        }),
        decided_by,
        context,
        credentials: at.field("credentials").and_then(|field| provider(field, findings)),
        route: at.field("route").and_then(|field| one_of(field, &ROUTES, findings)),
        dropped_by: at.field("droppedBy").and_then(|field| one_of(field, &DROPS, findings)),
        status: at.field("status").and_then(|field| status(field, findings)),
        stdout: at.field("stdout").map(|field| output(field, findings)),
        stderr: at.field("stderr").map(|field| output(field, findings)),
    }
}

fn list<'a>(at: At<'a>, name: &str, findings: &mut Findings<'_>) -> Vec<At<'a>> {
    let field = at.field(name).filter(|field| fields::is_array(*field, findings));
    field.into_iter().flat_map(|field| field.items()).gather()
}

fn exit(at: At<'_>, findings: &mut Findings<'_>) -> Option<Exit> {
    if at.text() == Some("nonzero") {
        return Some(Exit::Nonzero);
    }
    let code =
        at.node.as_i64().and_then(|code| i32::try_from(code).ok()).filter(|code| (0..256).contains(code));
    if code.is_none() {
        findings.error("diagnostic.wrong-value", at, &[("expected", "0 … 255, \"nonzero\"")]);
    }
    code.map(Exit::Code)
}

fn status(at: At<'_>, findings: &mut Findings<'_>) -> Option<u16> {
    let status = at.node.as_i64().and_then(|status| u16::try_from(status).ok());
    let status = status.filter(|status| (100..600).contains(status));
    if status.is_none() {
        findings.error("diagnostic.wrong-value", at, &[("expected", "100 … 599")]);
    }
    status
}

fn provider(at: At<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let name = fields::text(at, findings)?;
    if !PROVIDERS.contains(&name) {
        findings.error("diagnostic.wrong-value", at, &[("expected", &PROVIDERS.join(", "))]);
    }
    Some(name.to_string())
}

fn one_of<T: Copy>(at: At<'_>, table: &[(&str, T)], findings: &mut Findings<'_>) -> Option<T> {
    let found = table.iter().find(|(name, _)| at.text() == Some(name));
    if found.is_none() {
        let names: Vec<&str> = table.iter().map(|(name, _)| *name).gather();
        findings.error("diagnostic.wrong-value", at, &[("expected", &names.join(", "))]);
    }
    found.map(|(_, value)| *value)
}

/// `LogicalId`, `LogicalId#Sid`, with `ACCOUNT/` before where two accounts share the id, or an ARN.
fn decider(loading: &mut Loading<'_>, at: At<'_>) -> Option<Decider> {
    let text = fields::text(at, &mut loading.findings)?;
    let (policy, sid) = match text.split_once('#') {
        Some((policy, sid)) => (policy, Some(sid.to_string())),
        None => (text, None),
    };
    // A name that is unknown now may be made by a patch; the run tells.
    if !policy.starts_with("arn:")
        && let Err(NotFound::Ambiguous(names)) = loading.names.find(Scope::Scenario, policy)
    {
        let params = [("name", policy), ("names", &*names.join(", "))];
        loading.findings.error("diagnostic.ambiguous-name", at, &params);
    }
    Some(Decider { policy: policy.to_string(), sid })
}

/// A value, several, or `null` for a key that is absent.
fn context_values(loading: &mut Loading<'_>, at: At<'_>) -> Option<Option<Vec<String>>> {
    match &at.node.value {
        Value::Null => Some(None),
        Value::Array(_) => {
            let items: Vec<At<'_>> = at.items().gather();
            Some(Some(items.iter().filter_map(|item| loading.resolve_text(*item)).gather()))
        }
        Value::Object(_) if intrinsic(at.node).is_none() => {
            fields::is(at, false, "string", &mut loading.findings);
            None
        }
        _ => loading.resolve_text(at).map(|value| Some(vec![value])),
    }
}

/// A string (contains), several (all), or `{equals, contains, lacks}`.
fn output(at: At<'_>, findings: &mut Findings<'_>) -> Output {
    if let Value::Object(_) = at.node.value {
        fields::check(at, &["equals", "contains", "lacks"], findings);
        let equals = at.field("equals").and_then(|field| fields::text(field, findings).map(str::to_string));
        return Output {
            equals,
            contains: at.field("contains").map(|field| texts(field, findings)).unwrap_or_default(),
            lacks: at.field("lacks").map(|field| texts(field, findings)).unwrap_or_default(),
        };
    }
    Output { contains: texts(at, findings), ..Output::default() }
}

fn texts(at: At<'_>, findings: &mut Findings<'_>) -> Vec<String> {
    let items: Vec<At<'_>> = match at.node.value {
        Value::Array(_) => at.items().gather(),
        _ => vec![at],
    };
    items.iter().filter_map(|item| fields::text(*item, findings).map(str::to_string)).gather()
}
