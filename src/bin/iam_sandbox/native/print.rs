//! A command and its trace, for people.

use super::texts::Texts;
use iam_sandbox::authorization::{Citation, GateState};
use iam_sandbox::json::{self, LineIndex, Node};
use iam_sandbox::sandbox::Ran;
use iam_sandbox::trace::{AuthorizeEvidence, Evidence, Outcome, RouteEvidence, Step};

/// The document that citations point into.
pub struct Source<'a> {
    /// As given on the command line.
    pub file: &'a str,
    /// The document, to find a pointer's line.
    pub root: &'a Node,
    /// Its lines.
    pub lines: LineIndex<'a>,
}

/// The command, what it printed, and each step with its deciding statements.
pub fn ran(ran: &Ran, source: &Source<'_>, texts: &Texts) -> String {
    let mut out = format!("{}$ {}\n", ran.trace.host, ran.trace.command);
    for stream in [&ran.stdout, &ran.stderr] {
        out.push_str(stream);
        if !stream.is_empty() && !stream.ends_with('\n') {
            out.push('\n');
        }
    }
    for notice in &ran.notices {
        out.push_str(&format!("{}\n", texts.say(notice.code, &notice.params)));
    }
    if ran.exit_code != 0 {
        out.push_str(&format!("[exit status {}]\n", ran.exit_code));
    }
    out.push('\n');
    for step in &ran.trace.steps {
        self::step(step, depth(step, &ran.trace.steps), source, texts, &mut out);
    }
    out
}

fn depth(step: &Step, steps: &[Step]) -> usize {
    let mut parent = step.parent;
    let mut depth = 0;
    while let Some(found) = parent.and_then(|number| steps.iter().find(|step| step.step == number)) {
        depth += 1;
        parent = found.parent.filter(|next| *next < found.step);
    }
    depth
}

fn step(step: &Step, depth: usize, source: &Source<'_>, texts: &Texts, out: &mut String) {
    let mark = match step.outcome {
        Outcome::Ok => "ok     ",
        Outcome::Denied => "DENIED ",
        Outcome::Error => "ERROR  ",
        Outcome::Skipped => "skipped",
    };
    let indent = "  ".repeat(depth);
    let sentence = texts.say(step.code, &step.params);
    out.push_str(&format!("{:>3}  {mark}  {indent}{sentence}\n", step.step));
    let margin = format!("{:14}{indent}", "");
    match &step.evidence {
        Evidence::Route(route) => hops(route, source, texts, &margin, out),
        Evidence::Authorize(evidence) => authorization(evidence, source, &margin, out),
        Evidence::Credentials(credentials) => {
            if let Some(reason) = credentials.reason {
                out.push_str(&format!("{margin}{}\n", texts.say(reason, &step.params)));
            }
        }
        _ => {}
    }
}

fn hops(route: &RouteEvidence, source: &Source<'_>, texts: &Texts, margin: &str, out: &mut String) {
    for hop in &route.hops {
        let place = hop.pointer.as_deref().map(|pointer| source.place(pointer)).unwrap_or_default();
        let sentence = texts.say(hop.code, &Default::default());
        out.push_str(&format!("{margin}{}: {sentence}{place}\n", hop.node.id));
    }
}

fn authorization(evidence: &AuthorizeEvidence, source: &Source<'_>, margin: &str, out: &mut String) {
    let (action, resource) = (&evidence.action, &evidence.resource);
    out.push_str(&format!("{margin}{action} on {resource}: {:?}\n", evidence.decision));
    let gates: Vec<String> = evidence
        .gates
        .iter()
        .filter(|(_, state)| **state != GateState::NotApplicable)
        .map(|(gate, state)| format!("{} {}", name(gate), name(state)))
        .collect();
    out.push_str(&format!("{margin}{}\n", gates.join(", ")));
    for citation in &evidence.decided_by {
        out.push_str(&format!("{margin}decided by {}\n", cite(citation, source)));
    }
    for near in &evidence.near_misses {
        let place = source.place(&near.pointer);
        out.push_str(&format!("{margin}nearly: {} {} ({}){place}\n", near.policy, near.element, near.code));
    }
    for unsupported in &evidence.unsupported {
        let place = source.place(&unsupported.pointer);
        out.push_str(&format!(
            "{margin}not evaluated: {} ({}){place}\n",
            unsupported.policy, unsupported.code
        ));
    }
}

fn cite(citation: &Citation, source: &Source<'_>) -> String {
    format!("{}{}", citation.policy, source.place(&citation.pointer))
}

/// The JSON name of a gate or state, as `evaluate` writes it.
fn name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_string()
}

impl Source<'_> {
    /// ` at file:line:column` of a pointer, or nothing where the document has no such place.
    fn place(&self, pointer: &str) -> String {
        let Some(node) = json::lookup(self.root, pointer) else { return String::new() };
        let position = self.lines.position(node.span.start);
        format!(" at {}:{}:{}", self.file, position.line, position.column)
    }
}
