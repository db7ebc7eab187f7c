//! `iam-sandbox check`: whether scenarios do what they say, for CI.

use super::terminal::{Stop, printable};
use super::texts::Texts;
use iam_sandbox::check::{self, Report, Verdict};
use iam_sandbox::sandbox::Sandbox;
use iam_sandbox::scenario::Document;
use std::process::ExitCode;

pub fn main(files: &[String]) -> Result<ExitCode, Stop> {
    if files.is_empty() {
        return Err(Stop::Because("check needs a scenario file".to_string()));
    }
    let texts = Texts::english();
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        let report = report(&super::read(file)?);
        for line in lines(file, &report, &texts) {
            super::print(&line)?;
        }
        passed += report.passed;
        failed += report.failed;
    }
    super::print(&format!("{passed} passed, {failed} failed"))?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(text: &str) -> Report {
    match Document::parse(text) {
        Ok(document) => check::run(&document, || Sandbox::new(text)),
        Err(diagnostics) => Report { failed: diagnostics.len(), diagnostics, ..Report::default() },
    }
}

/// A line for each step, more for one that fails, one for each finding.
fn lines(file: &str, report: &Report, texts: &Texts) -> Vec<String> {
    let mut out: Vec<String> =
        report.diagnostics.iter().map(|finding| texts.diagnostic(file, finding)).collect();
    for line in &report.lines {
        let mark = if line.verdict == Verdict::Passed { "ok" } else { "FAILED" };
        for (code, params) in line.texts() {
            out.push(printable(&format!("{mark} {file} {}", texts.say(code, &params))));
        }
    }
    out
}
