//! `iam-sandbox run`: commands on a scenario's hosts, with their traces.

use super::print::{self, Detail, Source};
use super::terminal::Stop;
use super::texts::Texts;
use iam_sandbox::json::{Diagnostic, LineIndex};
use iam_sandbox::sandbox::{NoSuchHost, Ran, Sandbox};
use iam_sandbox::scenario::{Document, LessonEntry, Step, StepAction, load};
use iam_sandbox::shell::Notice;
use iam_sandbox::trace::Trace;
use serde::Serialize;
use std::process::ExitCode;

/// What the command line asks for.
struct Options {
    file: String,
    host: Option<String>,
    what: What,
    form: Form,
}

/// Which commands run.
enum What {
    /// The scenario's `run`.
    Run,
    /// The scenario's lesson: what it offers, and each goal before and after its solution.
    Lesson,
    /// These.
    Commands(Vec<String>),
}

/// How they are told.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Text(Detail),
}

/// One command, as `Sandbox.run` returns it in the browser, with `on` and `command`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'r> {
    on: &'r str,
    command: &'r str,
    exit_code: i32,
    stdout: &'r str,
    stderr: &'r str,
    error: Option<&'r str>,
    notices: &'r [Notice],
    trace: &'r Trace,
}

/// Runs commands and keeps the exit status of the last one.
struct Session<'s> {
    options: &'s Options,
    texts: &'s Texts,
    last: i32,
}

pub fn main(arguments: &[String]) -> Result<ExitCode, Stop> {
    let options = parse(arguments)?;
    let texts = Texts::english();
    let text = super::read(&options.file)?;
    let mut sandbox = match Sandbox::new(&text) {
        Ok(sandbox) => sandbox,
        Err(findings) => {
            super::warn(&told(&findings, &options, &texts));
            return Ok(ExitCode::FAILURE);
        }
    };
    for finding in sandbox.diagnostics() {
        super::warn(&texts.diagnostic(&options.file, finding));
    }
    let mut session = Session { options: &options, texts: &texts, last: 0 };
    match &options.what {
        What::Run => {
            let steps = sandbox.run_steps().to_vec();
            session.steps(&mut sandbox, &steps)?;
        }
        What::Lesson => session.lesson(&mut sandbox, &lesson(&text))?,
        What::Commands(commands) => {
            for command in commands {
                session.command(&mut sandbox, command, options.host.as_deref())?;
            }
        }
    }
    Ok(ExitCode::from(u8::try_from(session.last.clamp(0, 255)).unwrap_or(1)))
}

fn lesson(text: &str) -> Vec<LessonEntry> {
    let loaded = Document::parse(text).and_then(|document| load(&document));
    loaded.map(|loaded| loaded.lesson).unwrap_or_default()
}

impl Session<'_> {
    /// Each entry as a reader meets it; a goal runs on a copy, so that trying it changes nothing.
    fn lesson(&mut self, sandbox: &mut Sandbox, entries: &[LessonEntry]) -> Result<(), Stop> {
        for entry in entries {
            self.steps(sandbox, &entry.run)?;
            self.steps(&mut sandbox.clone(), &entry.goal)?;
            self.steps(sandbox, &entry.solution)?;
            if !entry.solution.is_empty() {
                self.steps(&mut sandbox.clone(), &entry.goal)?;
            }
        }
        Ok(())
    }

    fn steps(&mut self, sandbox: &mut Sandbox, steps: &[Step]) -> Result<(), Stop> {
        for step in steps {
            match &step.action {
                StepAction::Run { on, command } => self.command(sandbox, command, on.as_deref())?,
                other => {
                    let done = sandbox.apply(other);
                    drop(done.map_err(|findings| told(&findings, self.options, self.texts))?);
                }
            }
        }
        Ok(())
    }

    fn command(&mut self, sandbox: &mut Sandbox, command: &str, host: Option<&str>) -> Result<(), Stop> {
        let ran = sandbox.run(command, host).map_err(|error| no_such_host(&error))?;
        let told = match self.options.form {
            Form::Json => line(&ran)?,
            Form::Text(detail) => {
                let lines = LineIndex::new(sandbox.text());
                let source = Source { file: &self.options.file, root: sandbox.root(), lines };
                print::ran(&ran, &source, self.texts, detail)
            }
        };
        self.last = ran.exit_code;
        super::print(&told)
    }
}

fn line(ran: &Ran) -> Result<String, String> {
    let line = Line {
        on: &ran.trace.host,
        command: &ran.trace.command,
        exit_code: ran.exit_code,
        stdout: &ran.stdout,
        stderr: &ran.stderr,
        error: ran.error.as_deref(),
        notices: &ran.notices,
        trace: &ran.trace,
    };
    serde_json::to_string(&line).map_err(|error| error.to_string())
}

/// Findings, a line each.
fn told(findings: &[Diagnostic], options: &Options, texts: &Texts) -> String {
    let lines: Vec<String> =
        findings.iter().map(|finding| texts.diagnostic(&options.file, finding)).collect();
    lines.join("\n")
}

fn no_such_host(error: &NoSuchHost) -> String {
    let known = error.hosts.join(", ");
    match &error.asked {
        Some(asked) => format!("no host is named {asked}; the scenario has: {known}"),
        None => format!("the scenario has several hosts; choose one with --on: {known}"),
    }
}

fn parse(arguments: &[String]) -> Result<Options, String> {
    let mut options =
        Options { file: String::new(), host: None, what: What::Run, form: Form::Text(Detail::Steps) };
    let mut commands = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().cloned().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--on" => options.host = Some(value()?),
            "-c" => commands.push(value()?),
            "--lesson" => options.what = What::Lesson,
            "-v" | "--verbose" => options.form = Form::Text(Detail::Bytes),
            "--format" => match value()?.as_str() {
                "json" => options.form = Form::Json,
                "text" => {}
                other => return Err(format!("--format {other}: choose text or json")),
            },
            flag if flag.starts_with('-') => return Err(format!("run: unknown option {flag}")),
            file if options.file.is_empty() => options.file = file.to_string(),
            extra => return Err(format!("run takes one scenario; {extra} is one too many")),
        }
    }
    if options.file.is_empty() {
        return Err("run needs a scenario file".to_string());
    }
    if !commands.is_empty() {
        if matches!(options.what, What::Lesson) {
            return Err("choose either --lesson or -c".to_string());
        }
        options.what = What::Commands(commands);
    } else if options.host.is_some() {
        return Err("--on says where the commands of -c run: give one".to_string());
    }
    Ok(options)
}
