//! Whether a scenario does what it says: its `run`, and its lesson with goals and solutions.
//!
//! Entry: [`run`]. The lesson starts on a fresh load; of each goal some step must fail before the solution, and
//! all must hold after it. Left out on purpose: printing, which the command line does.

use crate::gather::Gather;
use crate::json::{Diagnostic, Params};
use crate::sandbox::{Ran, Sandbox};
use crate::scenario::{Document, LessonEntry, Mismatch, Observed, Step, StepAction, check, load};

/// Something on which a scenario's steps can be done. A clone goes its own way.
pub trait Stage: Clone {
    /// What a command did.
    type Ran;

    /// Does one step; `None`: it isn't a command, or no host could run it.
    ///
    /// Errors: the diagnostics of a patch that is refused.
    fn apply(&mut self, action: &StepAction) -> Result<Option<Self::Ran>, Vec<Diagnostic>>;

    /// What there is to compare of a command.
    fn observed(ran: &Self::Ran) -> Observed<'_>;
}

impl Stage for Sandbox {
    type Ran = Ran;

    fn apply(&mut self, action: &StepAction) -> Result<Option<Ran>, Vec<Diagnostic>> {
        Sandbox::apply(self, action)
    }

    fn observed(ran: &Ran) -> Observed<'_> {
        ran.observed()
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// One for each step, in the order in which they were done.
    pub lines: Vec<Line>,
    /// What is wrong or not modelled in the document; each counts as failed.
    pub diagnostics: Vec<Diagnostic>,
    /// How many steps did what they should.
    pub passed: usize,
    /// How many didn't, and how many diagnostics there are.
    pub failed: usize,
}

/// One step and its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// JSON Pointer of the step, or of the goal.
    pub pointer: String,
    /// The command; empty for other steps.
    pub command: String,
    /// How it went.
    pub verdict: Verdict,
}

/// How a step went.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// As expected.
    Passed,
    /// These fields don't hold.
    Failed(Vec<Mismatch>),
    /// No host could run it.
    NotRun,
    /// The patch makes a wrong document.
    Refused(Vec<Diagnostic>),
    /// The goal holds before anything is done for it.
    GoalHolds,
}

impl Line {
    /// The line as catalogue keys and parameters; a failed step has one for each field.
    pub fn texts(&self) -> Vec<(&'static str, Params)> {
        let text = |code, more: &[(&'static str, &str)]| {
            let mut params =
                Params::from([("step", self.pointer.clone()), ("command", self.command.clone())]);
            params.extend(more.iter().map(|(name, value)| (*name, (*value).to_string())));
            (code, params)
        };
        match &self.verdict {
            Verdict::Passed => vec![text("check.passed", &[])],
            Verdict::NotRun => vec![text("check.not-run", &[])],
            Verdict::GoalHolds => vec![text("check.goal-holds", &[])],
            Verdict::Refused(found) => {
                found.iter().map(|found| text("check.refused", &[("code", found.code)])).gather()
            }
            Verdict::Failed(found) => {
                let line = |found: &Mismatch| {
                    let Mismatch { field, expected, actual } = found;
                    text("check.failed", &[("field", field), ("expected", expected), ("actual", actual)])
                };
                found.iter().map(line).gather()
            }
        }
    }
}

/// Checks a document; `start` loads it afresh.
pub fn run<S: Stage>(document: &Document, start: impl Fn() -> Result<S, Vec<Diagnostic>>) -> Report {
    let mut report = Report::default();
    let loaded = match load(document) {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report.failed = diagnostics.len();
            report.diagnostics = diagnostics;
            return report;
        }
    };
    report.failed = loaded.diagnostics.len();
    report.diagnostics = loaded.diagnostics;
    for part in [Part::Run(&loaded.run), Part::Lesson(&loaded.lesson)] {
        match start() {
            Ok(mut stage) => part.check(&mut stage, &mut report),
            Err(diagnostics) => {
                report.failed += diagnostics.len();
                report.diagnostics = diagnostics;
            }
        }
    }
    report
}

/// A part of the document that starts on a fresh load.
enum Part<'p> {
    Run(&'p [Step]),
    Lesson(&'p [LessonEntry]),
}

impl Part<'_> {
    fn check<S: Stage>(self, stage: &mut S, report: &mut Report) {
        match self {
            Part::Run(steps) => steps.iter().for_each(|step| report.add(line(stage, step))),
            Part::Lesson(entries) => {
                for entry in entries {
                    entry.run.iter().for_each(|step| report.add(line(stage, step)));
                    check_goal(stage, entry, report);
                }
            }
        }
    }
}

/// Some step of the goal fails, then the solution makes all hold.
fn check_goal<S: Stage>(stage: &mut S, entry: &LessonEntry, report: &mut Report) {
    let Some(first) = entry.goal.first() else {
        return;
    };
    let mut copy = stage.clone();
    let lines: Vec<Line> = entry.goal.iter().map(|step| line(&mut copy, step)).gather();
    let pointer = first.pointer.rsplit_once('/').map_or("", |(goal, _)| goal).to_string();
    if lines.iter().all(|line| line.verdict == Verdict::Passed) {
        report.add(Line { pointer, command: String::new(), verdict: Verdict::GoalHolds });
    }
    entry.solution.iter().for_each(|step| report.add(line(stage, step)));
    let mut copy = stage.clone();
    entry.goal.iter().for_each(|step| report.add(line(&mut copy, step)));
}

fn line<S: Stage>(stage: &mut S, step: &Step) -> Line {
    let command = match &step.action {
        StepAction::Run { command, .. } => command.clone(),
        _ => String::new(),
    };
    let verdict = match (stage.apply(&step.action), &step.action) {
        (Err(diagnostics), _) => Verdict::Refused(diagnostics),
        (Ok(None), StepAction::Run { .. }) => Verdict::NotRun,
        (Ok(None), _) => Verdict::Passed,
        (Ok(Some(ran)), _) => {
            let expect = step.expect.as_ref();
            let found = expect.map(|expect| check(expect, &S::observed(&ran))).unwrap_or_default();
            if found.is_empty() { Verdict::Passed } else { Verdict::Failed(found) }
        }
    };
    Line { pointer: step.pointer.clone(), command, verdict }
}

impl Report {
    fn add(&mut self, line: Line) {
        match line.verdict {
            Verdict::Passed => self.passed += 1,
            _ => self.failed += 1,
        }
        self.lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Echoes; a patch turns what `cat` prints from a to b.
    #[derive(Clone, Default)]
    struct Echo {
        patched: bool,
    }

    impl Stage for Echo {
        type Ran = String;

        fn apply(&mut self, action: &StepAction) -> Result<Option<String>, Vec<Diagnostic>> {
            match action {
                StepAction::Run { command, .. } if command == "cat" => {
                    Ok(Some(if self.patched { "b" } else { "a" }.to_string()))
                }
                StepAction::Run { command, .. } => Ok(Some(command.clone())),
                StepAction::Patch { .. } => {
                    self.patched = true;
                    Ok(None)
                }
                StepAction::AdvanceClock { .. } => Ok(None),
            }
        }

        fn observed(ran: &String) -> Observed<'_> {
            Observed { exit: 0, stdout: ran, stderr: "", error: None, steps: &[] }
        }
    }

    fn report(parts: &str) -> Report {
        let text = format!(
            r#"{{"version": 1, "accounts": {{"111122223333": {{"template": {{"Resources": {{"B": {{"Type": "AWS::S3::Bucket"}}}}}}}}}},
                "hosts": {{"laptop": {{"internet": "198.51.100.20"}}}}, {parts}}}"#
        );
        run(&Document::parse(text).unwrap(), || Ok(Echo::default()))
    }

    #[test]
    fn counts_and_names_what_does_not_hold() {
        let report = report(
            r#""run": [{"command": "x", "expect": {"stdout": "x"}}, {"advanceClock": 5}, {"command": "y", "expect": {"exit": 1, "stdout": {"equals": "z"}}}]"#,
        );
        assert_eq!((report.passed, report.failed, report.diagnostics.len()), (2, 1, 0));
        let texts = report.lines[2].texts();
        assert_eq!(texts.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["check.failed"; 2]);
        assert_eq!((texts[1].1["step"].as_str(), texts[1].1["field"].as_str()), ("/run/2", "stdout.equals"));
    }

    #[test]
    fn a_goal_fails_before_its_solution_and_holds_after_it() {
        let lesson = |wanted: &str, patch: &str| {
            let text = r#""lesson": [{"text": "t", "goal": [{"command": "cat", "expect": {"stdout": "WANTED"}}], "solution": [PATCH]}]"#;
            report(&text.replace("WANTED", wanted).replace("PATCH", patch))
        };
        let patch = r#"{"patch": [{"op": "remove", "path": "/accounts/111122223333/template/Resources/B"}]}"#;
        let right = lesson("b", patch);
        assert_eq!((right.passed, right.failed), (2, 0));
        let easy = lesson("", patch);
        assert_eq!(easy.lines[0].verdict, Verdict::GoalHolds);
        assert_eq!(easy.lines[0].pointer, "/lesson/0/goal");
        let unsolved = lesson("b", r#"{"advanceClock": 1}"#);
        assert_eq!((unsolved.passed, unsolved.failed), (1, 1));
    }

    #[test]
    fn a_wrong_document_fails_with_its_diagnostics() {
        let report = report(r#""run": [{"on": "nobody", "command": "x"}]"#);
        assert_eq!((report.passed, report.failed, report.diagnostics.len()), (0, 1, 1));
    }
}
