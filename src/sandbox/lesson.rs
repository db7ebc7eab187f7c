//! How far a reader is in the scenario's lesson: which offered commands were run as they should, which goals hold.
//!
//! A goal is tried on a copy, so that looking at it changes nothing.

use super::{Ran, Sandbox};
use crate::chunk::Missing;
use crate::gather::Gather;
use crate::scenario::{self, LocalizedText, StepAction};
use crate::services::WhatIf;
use crate::sorted::SortedSet;
use serde::Serialize;

/// Which offered commands have been run with the result that was expected: (entry, step).
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    done: SortedSet<(usize, usize)>,
}

/// One entry of the lesson.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LessonEntry {
    /// What the author says.
    pub text: LocalizedText,
    /// Commands that the reader is offered.
    pub run: Vec<LessonStep>,
    /// What the reader should make true; empty if there is no goal.
    pub goal: Vec<LessonStep>,
    /// Hints, first to last.
    pub hints: Vec<LocalizedText>,
    /// Whether the reader is asked for Allow or Deny first.
    pub predict: bool,
    /// Whether there is a solution to show.
    pub has_solution: bool,
    /// Whether every command was run as expected and the goal holds.
    pub done: bool,
}

/// A command of a lesson and whether its expectations are met.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LessonStep {
    /// The host, if the author names one.
    pub on: Option<String>,
    /// As the author wrote it; empty for a patch or a move of the clock.
    pub command: String,
    /// Whether it was run, or holds, as expected.
    pub done: bool,
}

impl Progress {
    /// Marks offered commands that `ran` is an instance of and whose expectations it meets.
    pub(super) fn note(&mut self, lesson: &[scenario::LessonEntry], ran: &Ran) {
        for (place, entry) in lesson.iter().enumerate() {
            for (number, step) in entry.run.iter().enumerate() {
                let StepAction::Run { on, command } = &step.action else { continue };
                let same_host = on.as_ref().is_none_or(|on| *on == ran.trace.host);
                let same_words = crate::shell::parse(command) == crate::shell::parse(&ran.trace.command);
                if same_host && same_words && meets(step, ran) {
                    self.done.insert((place, number));
                }
            }
        }
    }
}

/// Whether `ran` does what `step` expects.
fn meets(step: &scenario::Step, ran: &Ran) -> bool {
    step.expect.as_ref().is_none_or(|expect| scenario::check(expect, &ran.observed()).is_empty())
}

/// The lesson with the commands that were run; no goal is tried.
pub(super) fn entries(sandbox: &Sandbox) -> Vec<LessonEntry> {
    let lesson = sandbox.loaded.lesson.iter().enumerate();
    lesson.map(|(place, entry)| one(&sandbox.lesson, place, entry).settled()).gather()
}

/// The lesson with the goals that hold.
pub(super) fn with_goals(sandbox: &Sandbox) -> Result<Vec<LessonEntry>, Missing> {
    let mut entries = entries(sandbox);
    for (shown, entry) in entries.iter_mut().zip(&sandbox.loaded.lesson) {
        for (step, holds) in shown.goal.iter_mut().zip(goal(sandbox, &entry.goal)?) {
            step.done = holds;
        }
    }
    Ok(entries.into_iter().map(LessonEntry::settled).gather())
}

fn one(progress: &Progress, place: usize, entry: &scenario::LessonEntry) -> LessonEntry {
    let shown = |(number, step): (usize, &scenario::Step), ran: bool| {
        let (on, command) = match &step.action {
            StepAction::Run { on, command } => (on.clone(), command.clone()),
            _ => (None, String::new()),
        };
        LessonStep { on, command, done: ran && progress.done.contains(&(place, number)) }
    };
    LessonEntry {
        text: entry.text.clone(),
        hints: entry.hints.clone(),
        predict: entry.predict,
        has_solution: !entry.solution.is_empty(),
        run: entry.run.iter().enumerate().map(|step| shown(step, true)).gather(),
        goal: entry.goal.iter().enumerate().map(|step| shown(step, false)).gather(),
        done: false,
    }
}

impl LessonEntry {
    fn settled(mut self) -> Self {
        self.done = self.run.iter().chain(&self.goal).all(|step| step.done);
        self
    }
}

/// Whether each step of a goal holds, tried in order on one copy, in which no what-if holds.
fn goal(sandbox: &Sandbox, steps: &[scenario::Step]) -> Result<Vec<bool>, Missing> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let mut copy = sandbox.clone();
    copy.loaded.lesson.clear();
    copy.ledger.what_if = WhatIf::default();
    let tried = steps
        .iter()
        .map(|step| match copy.apply(&step.action) {
            Ok(Some(ran)) => meets(step, &ran),
            Ok(None) => !matches!(step.action, StepAction::Run { .. }),
            Err(_) => false,
        })
        .gather();
    copy.missing().map_or(Ok(tried), Err)
}
