//! How far a reader is in the scenario's lesson: which offered commands were run as they should, which goals hold.
//!
//! A goal is tried on a copy, so that looking at it changes nothing.

use super::{Ran, Sandbox};
use crate::chunk::Missing;
use crate::scenario::{self, LocalizedText, Mismatch, StepAction};
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
    /// What differs, for a goal.
    pub mismatches: Vec<Mismatch>,
}

impl Progress {
    /// Marks offered commands that `ran` is an instance of and whose expectations it meets.
    pub(super) fn note(&mut self, lesson: &[scenario::LessonEntry], ran: &Ran) {
        for (place, entry) in lesson.iter().enumerate() {
            for (number, step) in entry.run.iter().enumerate() {
                let StepAction::Run { on, command } = &step.action else { continue };
                let same_host = on.as_ref().is_none_or(|on| *on == ran.trace.host);
                let same_words = crate::shell::parse(command) == crate::shell::parse(&ran.trace.command);
                if same_host && same_words && mismatches(step, ran).is_empty() {
                    self.done.insert((place, number));
                }
            }
        }
    }
}

/// Where `ran` differs from what `step` expects.
fn mismatches(step: &scenario::Step, ran: &Ran) -> Vec<Mismatch> {
    step.expect.as_ref().map(|expect| scenario::check(expect, &ran.observed())).unwrap_or_default()
}

/// The lesson as the reader sees it now.
pub(super) fn entries(sandbox: &Sandbox) -> Result<Vec<LessonEntry>, Missing> {
    let lesson = &sandbox.loaded.lesson;
    lesson.iter().enumerate().map(|(place, entry)| one(sandbox, place, entry)).collect()
}

fn one(sandbox: &Sandbox, place: usize, entry: &scenario::LessonEntry) -> Result<LessonEntry, Missing> {
    let offered = |(number, step)| {
        let (on, command) = words_of(step);
        LessonStep {
            on,
            command,
            done: sandbox.lesson.done.contains(&(place, number)),
            mismatches: Vec::new(),
        }
    };
    let run: Vec<LessonStep> = entry.run.iter().enumerate().map(offered).collect();
    let goal = goal(sandbox, &entry.goal)?;
    let done = run.iter().chain(&goal).all(|step| step.done);
    Ok(LessonEntry {
        text: entry.text.clone(),
        hints: entry.hints.clone(),
        predict: entry.predict,
        has_solution: !entry.solution.is_empty(),
        run,
        goal,
        done,
    })
}

/// Each step of a goal, in order on one copy.
fn goal(sandbox: &Sandbox, steps: &[scenario::Step]) -> Result<Vec<LessonStep>, Missing> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let mut copy = sandbox.clone();
    copy.loaded.lesson.clear();
    let tried = steps
        .iter()
        .map(|step| {
            let (on, command) = words_of(step);
            let (done, mismatches) = match copy.apply(&step.action) {
                Ok(Some(ran)) => {
                    let found = mismatches(step, &ran);
                    (found.is_empty(), found)
                }
                Ok(None) => (!matches!(step.action, StepAction::Run { .. }), Vec::new()),
                Err(_) => (false, Vec::new()),
            };
            LessonStep { on, command, done, mismatches }
        })
        .collect();
    copy.missing().map_or(Ok(tried), Err)
}

fn words_of(step: &scenario::Step) -> (Option<String>, String) {
    match &step.action {
        StepAction::Run { on, command } => (on.clone(), command.clone()),
        _ => (None, String::new()),
    }
}
