//! `iam-sandbox run`: commands on a scenario's hosts, with their traces.

use super::print::{self, Source};
use super::texts::Texts;
use iam_sandbox::json::{Diagnostic, LineIndex};
use iam_sandbox::sandbox::{NoSuchHost, Ran, Sandbox};
use iam_sandbox::scenario::StepAction;
use std::process::ExitCode;

/// What the command line asks for.
struct Options {
    file: String,
    host: Option<String>,
    commands: Vec<String>,
    json: bool,
}

pub fn main(arguments: &[String]) -> Result<ExitCode, String> {
    let options = parse(arguments)?;
    let texts = Texts::english();
    let text = super::read(&options.file)?;
    let mut sandbox = match Sandbox::new(&text) {
        Ok(sandbox) => sandbox,
        Err(findings) => {
            for finding in &findings {
                eprintln!("{}", texts.diagnostic(&options.file, finding));
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    for finding in sandbox.diagnostics() {
        eprintln!("{}", texts.diagnostic(&options.file, finding));
    }
    let mut last = 0;
    if options.commands.is_empty() {
        for step in sandbox.run_steps().to_vec() {
            match step.action {
                StepAction::Run { on, command } => {
                    last = one(&mut sandbox, &command, on.as_deref(), &options, &texts)?;
                }
                other => {
                    drop(sandbox.apply(&other).map_err(|findings| refused(&findings, &options, &texts))?)
                }
            }
        }
    }
    for command in &options.commands {
        last = one(&mut sandbox, command, options.host.as_deref(), &options, &texts)?;
    }
    Ok(ExitCode::from(u8::try_from(last.clamp(0, 255)).unwrap_or(1)))
}

/// The findings of a patch that is refused, a line each.
fn refused(findings: &[Diagnostic], options: &Options, texts: &Texts) -> String {
    let lines: Vec<String> =
        findings.iter().map(|finding| texts.diagnostic(&options.file, finding)).collect();
    lines.join("\n")
}

fn one(
    sandbox: &mut Sandbox,
    command: &str,
    host: Option<&str>,
    options: &Options,
    texts: &Texts,
) -> Result<i32, String> {
    let ran = sandbox.run(command, host).map_err(|error| no_such_host(&error))?;
    if options.json {
        println!("{}", line(&ran)?);
    } else {
        let text = sandbox.text();
        let source = Source { file: &options.file, root: sandbox.root(), lines: LineIndex::new(text) };
        println!("{}", print::ran(&ran, &source, texts));
    }
    Ok(ran.exit_code)
}

/// One JSON object: as `Sandbox.run` returns it, with `on` and `command`.
fn line(ran: &Ran) -> Result<String, String> {
    let object = serde_json::json!({
        "on": ran.trace.host,
        "command": ran.trace.command,
        "exitCode": ran.exit_code,
        "stdout": ran.stdout,
        "stderr": ran.stderr,
        "notices": ran.notices,
        "trace": ran.trace,
    });
    serde_json::to_string(&object).map_err(|error| error.to_string())
}

fn no_such_host(error: &NoSuchHost) -> String {
    let known = error.hosts.join(", ");
    match &error.asked {
        Some(asked) => format!("no host is named {asked}; the scenario has: {known}"),
        None => format!("the scenario has several hosts; choose one with --on: {known}"),
    }
}

fn parse(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options { file: String::new(), host: None, commands: Vec::new(), json: false };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().cloned().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--on" => options.host = Some(value()?),
            "-c" => options.commands.push(value()?),
            "--format" => {
                options.json = match value()?.as_str() {
                    "json" => true,
                    "text" => false,
                    other => return Err(format!("--format {other}: choose text or json")),
                }
            }
            flag if flag.starts_with('-') => return Err(format!("run: unknown option {flag}")),
            file if options.file.is_empty() => options.file = file.to_string(),
            extra => return Err(format!("run takes one scenario; {extra} is one too many")),
        }
    }
    if options.file.is_empty() {
        return Err("run needs a scenario file".to_string());
    }
    Ok(options)
}
