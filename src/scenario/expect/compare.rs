//! Compares what a command did with what it should do.

use super::{DROPS, Decider, Exit, Expect, GATES, Output, ROUTES, name_of};
use crate::authorization::{Citation, Decision, Gate};
use crate::gather::Gather;
use crate::sorted::SortedSet;
use crate::trace::{AuthorizeEvidence, Evidence, Outcome, Step, StepKind};

/// What a command did.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'r> {
    /// Exit status.
    pub exit: i32,
    /// Standard output.
    pub stdout: &'r str,
    /// Standard error.
    pub stderr: &'r str,
    /// The code that the service decided, or the class of the client's exception.
    pub error: Option<&'r str>,
    /// The steps of its trace.
    pub steps: &'r [Step],
}

/// A field that doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// As in the scenario: `exit`, `blockedBy`, `context.aws:SourceIp`.
    pub field: String,
    /// What the scenario says.
    pub expected: String,
    /// What happened; empty: nothing.
    pub actual: String,
}

/// Every field that doesn't hold; none: the expectation is met.
pub fn check(expect: &Expect, ran: &Observed<'_>) -> Vec<Mismatch> {
    let mut found = Vec::new();
    check_exit(expect, ran, &mut found);
    let mut compare = |field: &str, expected: Option<&str>, actual: Option<&str>| {
        if expected.is_some() && expected != actual {
            found.push(mismatch(field, expected.unwrap_or_default(), actual.unwrap_or_default()));
        }
    };
    compare("error", expect.error.as_deref(), ran.error);
    compare("credentials", expect.credentials.as_deref(), provider(ran.steps));
    let (route, dropped) = (last_route(ran.steps), last_drop(ran.steps));
    compare("route", expect.route.as_ref().map(|route| name_of(&ROUTES, route)), route);
    compare("droppedBy", expect.dropped_by.as_ref().map(|drop| name_of(&DROPS, drop)), dropped);
    let (expected, actual) = (expect.status.map(|status| status.to_string()), last_status(ran.steps));
    compare("status", expected.as_deref(), actual.as_deref());
    check_authorization(expect, ran, &mut found);
    for (field, output, actual) in
        [("stdout", &expect.stdout, ran.stdout), ("stderr", &expect.stderr, ran.stderr)]
    {
        if let Some(output) = output {
            check_output(field, output, actual, &mut found);
        }
    }
    found
}

fn mismatch(field: &str, expected: &str, actual: &str) -> Mismatch {
    Mismatch { field: field.to_string(), expected: expected.to_string(), actual: actual.to_string() }
}

/// 0 where nothing else is expected; nonzero where a failure is.
fn check_exit(expect: &Expect, ran: &Observed<'_>, found: &mut Vec<Mismatch>) {
    let blocked = expect.blocked_by.as_ref().is_some_and(|gates| !gates.is_empty());
    let fails = expect.error.is_some() || blocked || expect.dropped_by.is_some();
    let expected = expect.exit.unwrap_or(if fails { Exit::Nonzero } else { Exit::Code(0) });
    let (holds, shown) = match expected {
        Exit::Code(code) => (ran.exit == code, code.to_string()),
        Exit::Nonzero => (ran.exit != 0, "nonzero".to_string()),
    };
    if !holds {
        found.push(mismatch("exit", &shown, &ran.exit.to_string()));
    }
}

fn check_authorization(expect: &Expect, ran: &Observed<'_>, found: &mut Vec<Mismatch>) {
    let asked = expect.action.is_some()
        || expect.blocked_by.is_some()
        || !expect.decided_by.is_empty()
        || !expect.context.is_empty();
    if !asked {
        return;
    }
    let Some(evidence) = authorization(ran.steps, expect.action.as_deref()) else {
        match &expect.action {
            Some(action) => found.push(mismatch("action", action, &actions(ran.steps))),
            None => found.push(mismatch("authorize", "1", "0")),
        }
        return;
    };
    if let Some(gates) = &expect.blocked_by {
        let actual: SortedSet<Gate> = evidence.blocked_by.iter().copied().gather();
        if *gates != actual {
            found.push(mismatch("blockedBy", &gate_names(gates), &gate_names(&actual)));
        }
    }
    for decider in &expect.decided_by {
        if !evidence.decided_by.iter().any(|citation| cites(evidence, citation, decider)) {
            let shown: Vec<String> =
                evidence.decided_by.iter().map(|citation| shown(evidence, citation)).gather();
            let sid = decider.sid.as_ref().map(|sid| format!("#{sid}")).unwrap_or_default();
            found.push(mismatch("decidedBy", &format!("{}{sid}", decider.policy), &shown.join(", ")));
        }
    }
    for (key, expected) in &expect.context {
        let entry = evidence.context.iter().find(|(other, _)| other.eq_ignore_ascii_case(key));
        let actual = entry.and_then(|(_, entry)| entry.values.clone());
        if *expected != actual {
            let show = |values: &Option<Vec<String>>| match values {
                Some(values) => values.join(", "),
                None => "null".to_string(),
            };
            found.push(mismatch(&format!("context.{key}"), &show(expected), &show(&actual)));
        }
    }
}

/// The last of that action; without one, the first that was denied, else the last.
fn authorization<'s>(steps: &'s [Step], action: Option<&str>) -> Option<&'s AuthorizeEvidence> {
    let mut all = steps.iter().filter_map(authorize_evidence);
    match action {
        Some(action) => all.rfind(|evidence| evidence.action.eq_ignore_ascii_case(action)),
        None => {
            let denied = all.clone().find(|evidence| evidence.decision != Decision::Allow);
            denied.or_else(|| all.next_back())
        }
    }
}

fn authorize_evidence(step: &Step) -> Option<&AuthorizeEvidence> {
    if let Evidence::Authorize(evidence) = &step.evidence { Some(evidence) } else { None }
}

fn actions(steps: &[Step]) -> String {
    let names: Vec<&str> =
        steps.iter().filter_map(authorize_evidence).map(|evidence| evidence.action.as_str()).gather();
    names.join(", ")
}

fn gate_names(gates: &SortedSet<Gate>) -> String {
    let names: Vec<&str> = gates.iter().map(|gate| name_of(&GATES, gate)).gather();
    format!("[{}]", names.join(", "))
}

/// Whether a citation names that policy, and that statement of it.
fn cites(evidence: &AuthorizeEvidence, citation: &Citation, decider: &Decider) -> bool {
    let named = citation.policy == decider.policy
        || citation.policy.rsplit_once('/').is_some_and(|(account, name)| {
            name == decider.policy && account.bytes().all(|byte| byte.is_ascii_digit())
        });
    named && decider.sid.as_deref().is_none_or(|sid| sid_of(evidence, citation) == Some(sid))
}

/// The Sid of the statement that a citation points at or into.
fn sid_of<'e>(evidence: &'e AuthorizeEvidence, citation: &Citation) -> Option<&'e str> {
    let policies = evidence.explain.values().flatten();
    let mut statements =
        policies.filter(|policy| policy.policy == citation.policy).flat_map(|policy| &policy.statements);
    let statement = statements.find(|statement| {
        let rest = citation.pointer.strip_prefix(&statement.pointer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    statement?.sid.as_deref()
}

fn shown(evidence: &AuthorizeEvidence, citation: &Citation) -> String {
    match sid_of(evidence, citation) {
        Some(sid) => format!("{}#{sid}", citation.policy),
        None => citation.policy.clone(),
    }
}

/// The provider whose credentials were used last. What a role's own source has stands inside its step.
fn provider(steps: &[Step]) -> Option<&'static str> {
    let is_source = |step: &Step| {
        let parent = step.parent.and_then(|parent| steps.iter().find(|other| other.step == parent));
        parent.is_some_and(|parent| parent.kind == StepKind::Credentials)
    };
    steps.iter().rev().find_map(|step| match &step.evidence {
        Evidence::Credentials(found) if step.outcome == Outcome::Ok && !is_source(step) => {
            Some(found.provider)
        }
        _ => None,
    })
}

fn last_route(steps: &[Step]) -> Option<&'static str> {
    let last = steps.iter().rev().find_map(|step| match &step.evidence {
        Evidence::Route(evidence) => Some(evidence),
        _ => None,
    });
    last.and_then(|evidence| evidence.route.as_ref()).map(|route| name_of(&ROUTES, route))
}

fn last_drop(steps: &[Step]) -> Option<&'static str> {
    let last = steps.iter().rev().find_map(|step| match &step.evidence {
        Evidence::Route(evidence) => evidence.dropped_by.as_ref(),
        _ => None,
    });
    last.map(|drop| name_of(&DROPS, drop))
}

/// Of the last response that the client itself got: what STS answered a service is a part of an `sts` step.
fn last_status(steps: &[Step]) -> Option<String> {
    let mut inside: SortedSet<u32> = SortedSet::new();
    let mut last = None;
    for step in steps {
        if step.kind == StepKind::Sts || step.parent.is_some_and(|parent| inside.contains(&parent)) {
            inside.insert(step.step);
            continue;
        }
        if let Evidence::Http(evidence) = &step.evidence
            && let Some(response) = &evidence.response
        {
            last = Some(response.status);
        }
    }
    last.map(|status| status.to_string())
}

fn check_output(field: &str, expected: &Output, actual: &str, found: &mut Vec<Mismatch>) {
    if let Some(text) = &expected.equals
        && text != actual
    {
        found.push(mismatch(&format!("{field}.equals"), text, actual));
    }
    for text in expected.contains.iter().filter(|text| !actual.contains(text.as_str())) {
        found.push(mismatch(&format!("{field}.contains"), text, actual));
    }
    for text in expected.lacks.iter().filter(|text| actual.contains(text.as_str())) {
        found.push(mismatch(&format!("{field}.lacks"), text, actual));
    }
}
