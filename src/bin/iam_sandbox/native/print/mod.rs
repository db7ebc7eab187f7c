//! A command and its trace, for people: a line for each step, and under it what a refusal comes from.
//!
//! Entry: [`ran`]. What passes is told in data alone; what fails has the catalogue's sentence too. The numbers
//! are those of the trace; the way to the instance's own metadata service shares a line with its request.

mod authorize;
mod wire;

use super::terminal::printable;
use super::texts::Texts;
use iam_sandbox::authorization::Citation;
use iam_sandbox::json::{self, LineIndex, Node};
use iam_sandbox::network::{HopVerdict, RouteKind};
use iam_sandbox::sandbox::Ran;
use iam_sandbox::trace::{Evidence, HttpEvidence, Outcome, Params, RouteEvidence, Step, StepKind};
use serde::Serialize;

/// Before the kind of a step: its number, its outcome, and blanks.
const MARGIN: usize = 16;
/// The longest kind, `authenticate`, and two blanks.
const KIND: usize = 14;
/// The longest provider, `shared-credentials-file`.
const PROVIDER: usize = 23;

/// How much is told of each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A line, and the reasons of a refusal.
    Steps,
    /// HTTP messages, canonical requests, every hop and condition key too.
    Bytes,
}

/// The document that citations point into.
pub struct Source<'a> {
    /// As given on the command line.
    pub file: &'a str,
    /// The document, to find a pointer's line.
    pub root: &'a Node,
    /// Its lines.
    pub lines: LineIndex<'a>,
}

/// What writes: where citations lead, how sentences read, and what has been written.
struct Page<'p> {
    source: &'p Source<'p>,
    texts: &'p Texts,
    detail: Detail,
    out: String,
}

/// The command, what it printed, and its steps.
pub fn ran(ran: &Ran, source: &Source<'_>, texts: &Texts, detail: Detail) -> String {
    let command: Vec<String> = ran.trace.command.lines().map(printable).collect();
    let mut out = format!("{}$ {}\n", ran.trace.host, command.join("\n"));
    for stream in [&ran.stdout, &ran.stderr] {
        out.push_str(stream);
        if !stream.is_empty() && !stream.ends_with('\n') {
            out.push('\n');
        }
    }
    for notice in &ran.notices {
        out.push_str(&format!("{}\n", printable(&texts.say(notice.code, &notice.params))));
    }
    if ran.exit_code != 0 {
        out.push_str(&format!("[exit {}]\n", ran.exit_code));
    }
    let mut page = Page { source, texts, detail, out };
    page.steps(&ran.trace.steps);
    page.out
}

impl Page<'_> {
    fn steps(&mut self, steps: &[Step]) {
        let mut rest = steps;
        if !steps.is_empty() {
            self.out.push('\n');
        }
        while let Some((step, after)) = rest.split_first() {
            rest = after;
            let depth = depth(step, steps);
            match after.split_first() {
                Some((request, beyond)) if self.folds(step, request) => {
                    rest = beyond;
                    self.step(&format!("{}-{}", step.step, request.step), request, depth);
                }
                _ => self.step(&step.step.to_string(), step, depth),
            }
        }
    }

    /// Whether `step` is no more than the way of `request` to the instance's own metadata service.
    fn folds(&self, step: &Step, request: &Step) -> bool {
        let Evidence::Route(route) = &step.evidence else { return false };
        self.detail == Detail::Steps
            && route.route == Some(RouteKind::LinkLocal)
            && route.hops.len() == 1
            && step.outcome == Outcome::Ok
            && request.kind == StepKind::Imds
    }

    fn step(&mut self, number: &str, step: &Step, depth: usize) {
        let outcome = match step.outcome {
            Outcome::Ok => "ok",
            Outcome::Denied => "DENIED",
            Outcome::Error => "ERROR",
            Outcome::Skipped => "skipped",
            Outcome::Unknown => "UNKNOWN",
        };
        let indent = "  ".repeat(depth);
        let kind = name(&step.kind);
        let line = format!("{number:>5}  {outcome:7}  {indent}{kind:KIND$}{}", self.line(step));
        self.put("", &line);
        let margin = " ".repeat(MARGIN + indent.len() + KIND);
        let failed = matches!(step.outcome, Outcome::Denied | Outcome::Error | Outcome::Unknown);
        match &step.evidence {
            Evidence::Authorize(evidence) => self.authorization(evidence, failed, &margin),
            Evidence::Route(route) => self.hops(route, &margin),
            _ => {}
        }
        if failed && !matches!(step.kind, StepKind::Authorize | StepKind::Respond) {
            self.say(&margin, step.code, &step.params);
        }
        if self.detail == Detail::Bytes {
            self.bytes(step, &margin);
        }
    }

    /// What a step is about, in its own terms.
    fn line(&self, step: &Step) -> String {
        let param = |name: &str| step.params.get(name).map(String::as_str).unwrap_or_default();
        match &step.evidence {
            Evidence::Credentials(evidence) => {
                let found = evidence.access_key_id.as_deref().unwrap_or_default();
                let said = match evidence.reason {
                    Some(reason) => self.texts.say(reason, &step.params),
                    None => [found, evidence.arn.as_deref().unwrap_or_default()].join(" "),
                };
                format!("{:PROVIDER$}  {said}", evidence.provider)
            }
            Evidence::Http(evidence) => http(step, evidence),
            Evidence::Route(route) => way(step, route),
            Evidence::Sign(evidence) => format!("{} with {}", evidence.scope, param("accessKeyId")),
            Evidence::Authenticate(evidence) => {
                let said = evidence.principal.as_deref().or(evidence.error.as_deref());
                said.unwrap_or_default().to_string()
            }
            Evidence::Authorize(evidence) => {
                format!("{} on {}: {}", evidence.action, evidence.resource, evidence.decision.name())
            }
        }
    }

    /// What dropped the packet and why; with every hop where all is told.
    fn hops(&mut self, route: &RouteEvidence, margin: &str) {
        for hop in &route.hops {
            if hop.verdict == HopVerdict::Drop || self.detail == Detail::Bytes {
                let place = hop.pointer.as_deref().map(|pointer| self.place(pointer)).unwrap_or_default();
                let sentence = self.texts.say(hop.code, &Params::new());
                self.put(margin, &format!("{}{place}: {sentence}", hop.node.id));
            }
        }
    }

    fn say(&mut self, margin: &str, code: &str, params: &Params) {
        let sentence = self.texts.say(code, params);
        self.put(margin, &sentence);
    }

    fn put(&mut self, margin: &str, text: &str) {
        self.out.push_str(margin);
        self.out.push_str(printable(text).trim_end());
        self.out.push('\n');
    }

    /// ` at file:line:column` of a pointer, or nothing where the document has no such place.
    fn place(&self, pointer: &str) -> String {
        let Some(node) = json::lookup(self.source.root, pointer) else { return String::new() };
        let position = self.source.lines.position(node.span.start);
        format!(" at {}:{}:{}", self.source.file, position.line, position.column)
    }
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

/// `GET URL: 403 AccessDenied`; of the metadata service the path is enough.
fn http(step: &Step, evidence: &HttpEvidence) -> String {
    let request = &evidence.request;
    let target = match step.kind {
        StepKind::Imds => request.url.splitn(4, '/').nth(3).map(|path| format!("/{path}")),
        // EC2's call for the role: a form that a person needs only in bytes.
        StepKind::Sts => step.params.get("role").map(|role| format!("AssumeRole {role}")),
        _ => None,
    };
    let method = if step.kind == StepKind::Sts { "" } else { request.method.as_str() };
    let target = target.unwrap_or_else(|| request.url.clone());
    let status = evidence.response.as_ref().map(|response| response.status.to_string());
    let error = step.params.get("error").map(|error| format!(" {error}")).unwrap_or_default();
    format!("{} {target}: {}{error}", method, status.unwrap_or_default()).trim_start().to_string()
}

/// `internet-gateway: sg-1 > rtb-1 > igw-1 > s3, from 203.0.113.5`
fn way(step: &Step, route: &RouteEvidence) -> String {
    let kind = route.route.map(|route| name(&route)).unwrap_or_default();
    let dropped = route.dropped_by.map(|by| format!("dropped by {}", name(&by))).unwrap_or_default();
    let mut nodes: Vec<&str> = route.hops.iter().map(|hop| hop.node.id.as_str()).collect();
    if route.dropped_by.is_none() && step.outcome == Outcome::Ok {
        nodes.push(&step.to.id);
    }
    let head = if dropped.is_empty() { kind } else { dropped };
    let from = route.source_ip.as_ref().map(|address| format!(", from {address}")).unwrap_or_default();
    let way = format!("{}{from}", nodes.join(" > "));
    let parts: Vec<String> = [head, way].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

/// The JSON name of an enum's value, as the trace writes it.
fn name<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_string()
}

/// `Policy#Sid`, as expectations name it.
fn statement_name(citation: &Citation, sid: Option<&str>) -> String {
    match sid {
        Some(sid) => format!("{}#{sid}", citation.policy),
        None => citation.policy.clone(),
    }
}
