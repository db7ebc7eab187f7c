//! The sections `run` and `lesson`: commands with what they should do, advances of the clock, patches.

use super::expect::{self, Expect};
use super::fields;
use super::findings::At;
use super::hosts::{self, Host};
use super::loading::Loading;
use super::localized_text::{self, LocalizedText};
use super::patch::{self, Operation};
use crate::gather::Gather;
use crate::json::segments;
use crate::sorted::{SortedMap, SortedSet};

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it stands in the scenario.
    pub pointer: String,
    /// What it does.
    pub action: StepAction,
    /// What a command should do; `None`: nothing is checked.
    pub expect: Option<Expect>,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum StepAction {
    /// Runs a command.
    Run {
        /// The host's name; the only host's where the step names none.
        on: Option<String>,
        /// As typed.
        command: String,
    },
    /// Moves the clock.
    AdvanceClock {
        /// Forward, in seconds.
        seconds: i64,
    },
    /// Edits the scenario.
    Patch {
        /// In order.
        operations: Vec<Operation>,
    },
}

/// An entry of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonEntry {
    /// Where it stands in the scenario.
    pub pointer: String,
    /// What the reader is told.
    pub text: LocalizedText,
    /// Commands offered.
    pub run: Vec<Step>,
    /// What the reader makes true by editing.
    pub goal: Vec<Step>,
    /// One way to do so.
    pub solution: Vec<Step>,
    /// Shown when asked.
    pub hints: Vec<LocalizedText>,
    /// Whether the reader is asked for Allow or Deny first.
    pub predict: bool,
}

pub(super) const STEP: [&str; 5] = ["on", "command", "expect", "advanceClock", "patch"];
pub(super) const ENTRY: [&str; 6] = ["text", "run", "goal", "solution", "hints", "predict"];

/// The longest advance of the clock: ten years.
const MAX_ADVANCE: i64 = 10 * 366 * 86_400;

/// A finding lists so many hosts.
const MAX_NAMES: usize = 20;

/// Names of hosts that steps may name.
struct Known<'h> {
    hosts: &'h SortedMap<String, Host>,
    /// Logical ids of resources that a patch of this document adds.
    added: SortedSet<String>,
}

/// Reads both sections.
pub(crate) fn read(
    loading: &mut Loading<'_>,
    root: At<'_>,
    hosts: &SortedMap<String, Host>,
) -> (Vec<Step>, Vec<LessonEntry>) {
    let known = Known { hosts, added: added(root) };
    let run = read_steps(loading, root, "run", &known);
    let Some(lesson) = root.field("lesson").filter(|at| fields::is_array(*at, &mut loading.findings)) else {
        return (run, Vec::new());
    };
    let lesson = lesson.items().filter_map(|entry| read_entry(loading, entry, &known)).gather();
    (run, lesson)
}

fn read_entry(loading: &mut Loading<'_>, at: At<'_>, known: &Known<'_>) -> Option<LessonEntry> {
    if !fields::check(at, &ENTRY, &mut loading.findings) {
        return None;
    }
    let text = fields::required(at, "text", &mut loading.findings)?;
    let text = localized_text::read(text, &mut loading.findings);
    let hints = at.field("hints").filter(|hints| fields::is_array(*hints, &mut loading.findings));
    let hints = hints.into_iter().flat_map(|hints| hints.items());
    let hints = hints.map(|hint| localized_text::read(hint, &mut loading.findings)).gather();
    let predict = at.field("predict").is_some_and(|predict| {
        fields::is(predict, predict.node.as_bool().is_some(), "boolean", &mut loading.findings);
        predict.node.as_bool() == Some(true)
    });
    let entry = LessonEntry {
        pointer: loading.findings.pointer(at.span()),
        text,
        run: read_steps(loading, at, "run", known),
        goal: read_steps(loading, at, "goal", known),
        solution: read_steps(loading, at, "solution", known),
        hints,
        predict,
    };
    match (at.field("goal"), at.field("solution")) {
        (Some(goal), None) => loading.findings.error("diagnostic.goal-without-solution", goal, &[]),
        (None, Some(solution)) => loading.findings.error("diagnostic.solution-without-goal", solution, &[]),
        _ => {}
    }
    Some(entry)
}

fn read_steps(loading: &mut Loading<'_>, at: At<'_>, field: &str, known: &Known<'_>) -> Vec<Step> {
    let list = at.field(field).filter(|list| fields::is_array(*list, &mut loading.findings));
    let items = list.into_iter().flat_map(|list| list.items());
    items.filter_map(|item| read_step(loading, item, known)).gather()
}

fn read_step(loading: &mut Loading<'_>, at: At<'_>, known: &Known<'_>) -> Option<Step> {
    if !fields::check(at, &STEP, &mut loading.findings) {
        return None;
    }
    let kinds = ["command", "advanceClock", "patch"].map(|name| at.field(name));
    let given = kinds.iter().flatten().count();
    if given != 1 {
        loading.findings.error("diagnostic.wrong-step", at, &[]);
        return None;
    }
    let [command, advance, patch] = kinds;
    if command.is_none() {
        for extra in ["on", "expect"].iter().filter_map(|name| at.field(name)) {
            loading.findings.error("diagnostic.field-without-command", extra, &[]);
        }
    }
    let expect = at.field("expect").filter(|_| command.is_some());
    let expect = expect.map(|expect| expect::read(loading, expect));
    let action = if let Some(command) = &command {
        read_command(loading, at, *command, known)?
    } else if let Some(advance) = advance {
        let seconds = fields::integer(advance, &mut loading.findings)?;
        if !(0..=MAX_ADVANCE).contains(&seconds) {
            let most = MAX_ADVANCE.to_string();
            loading.findings.error("diagnostic.out-of-range", advance, &[("least", "0"), ("most", &most)]);
        }
        StepAction::AdvanceClock { seconds }
    } else {
        StepAction::Patch { operations: patch::read_all(patch?, &mut loading.findings) }
    };
    Some(Step { pointer: loading.findings.pointer(at.span()), action, expect })
}

fn read_command(
    loading: &mut Loading<'_>,
    at: At<'_>,
    command: At<'_>,
    known: &Known<'_>,
) -> Option<StepAction> {
    let line = fields::text(command, &mut loading.findings)?;
    let on = match at.field("on") {
        Some(on) => {
            let name = fields::text(on, &mut loading.findings)?;
            Some(host(loading, on, name, known)?)
        }
        None => only_host(loading, at, known),
    };
    Some(StepAction::Run { on, command: line.to_string() })
}

/// A command that names no host needs a document that has one.
fn only_host(loading: &mut Loading<'_>, at: At<'_>, known: &Known<'_>) -> Option<String> {
    let mut names = known.hosts.keys();
    if let (Some(name), None) = (names.next(), names.next()) {
        return Some(name.clone());
    }
    let mut all: Vec<&str> = known.hosts.keys().take(MAX_NAMES).map(String::as_str).gather();
    if all.len() < known.hosts.len() {
        all.push("…");
    }
    loading.findings.error("diagnostic.host-needed", at, &[("names", &all.join(", "))]);
    None
}

fn host(loading: &mut Loading<'_>, at: At<'_>, name: &str, known: &Known<'_>) -> Option<String> {
    if let Some((name, _)) = hosts::find(known.hosts, name) {
        return Some(name.to_string());
    }
    if known.added.contains(name) {
        return Some(name.to_string());
    }
    hosts::unknown_instance(loading, known.hosts, at, name);
    None
}

/// Logical ids that patches in steps add.
fn added(root: At<'_>) -> SortedSet<String> {
    let mut found = SortedSet::new();
    let entries = root.field("lesson").into_iter().flat_map(|lesson| lesson.items());
    for part in std::iter::once(root).chain(entries) {
        for section in ["run", "goal", "solution"] {
            let steps = part.field(section).into_iter().flat_map(|steps| steps.items());
            for operation in steps.filter_map(|step| step.field("patch")).flat_map(|patch| patch.items()) {
                let path = operation.field("path").and_then(|path| path.text()).and_then(segments);
                found.extend(path.filter(|path| path.len() == 5).and_then(|path| path.into_iter().nth(4)));
            }
        }
    }
    found
}
