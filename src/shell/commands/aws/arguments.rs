//! Global options of the CLI, which stand anywhere on the line.
//!
//! AWS page: AWS CLI User Guide, "Command line options". Options about terminals, certificates and time-outs
//! change nothing here.

use super::messages;
use super::output::OutputFormat;
use crate::client::Options;
use crate::shell::commands::Answer;

/// What the line asks for, global options and the operation's own.
#[derive(Debug, Clone, Default)]
pub(super) struct Arguments {
    pub(super) options: Options,
    /// `--output`; `None`: as the profile says.
    pub(super) output: Option<OutputFormat>,
    /// `--query`, which only operations read.
    pub(super) query: Option<String>,
    pub(super) version: bool,
    pub(super) debug: bool,
    pub(super) no_paginate: bool,
    /// A global option, a value that it doesn't take, and those that it takes.
    pub(super) invalid: Option<(&'static str, String, &'static [&'static str])>,
    /// The operation's flags.
    pub(super) flags: Vec<String>,
    /// The operation's options with their values, as given.
    pub(super) values: Vec<(String, String)>,
    /// The operation's positional arguments.
    pub(super) paths: Vec<String>,
}

impl Arguments {
    /// The value of an option.
    pub(super) fn value(&self, option: &str) -> Option<&str> {
        self.values.iter().rev().find(|(own, _)| own == option).map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|own| own == flag)
    }
}

/// The global options, and whether a value follows.
pub(super) const GLOBAL: [(&str, bool); 19] = [
    ("--debug", false),
    ("--endpoint-url", true),
    ("--no-verify-ssl", false),
    ("--no-paginate", false),
    ("--output", true),
    ("--query", true),
    ("--profile", true),
    ("--region", true),
    ("--version", false),
    ("--color", true),
    ("--no-sign-request", false),
    ("--ca-bundle", true),
    ("--cli-read-timeout", true),
    ("--cli-connect-timeout", true),
    ("--no-cli-pager", false),
    ("--cli-auto-prompt", false),
    ("--no-cli-auto-prompt", false),
    ("--cli-binary-format", true),
    ("--cli-error-format", true),
];

/// What `--color` takes.
pub(super) const COLORS: [&str; 3] = ["on", "off", "auto"];

/// Global options, and the words that are left: service, operation, and its own options.
pub(super) fn parse(words: &[String]) -> Result<(Arguments, Vec<String>), Box<Answer>> {
    let mut arguments = Arguments::default();
    let mut rest = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, attached) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word.as_str(), None),
        };
        let Some((name, valued)) = GLOBAL.iter().find(|(own, _)| *own == name) else {
            rest.push(word.clone());
            continue;
        };
        let refuse = |text: &[&str]| {
            let text = [&["argument ", name, ": "], text].concat().concat();
            Box::new(Answer::error(252, messages::usage(&text)))
        };
        let value = match (valued, attached) {
            (true, None) => words.next().cloned().ok_or_else(|| refuse(&["expected one argument"]))?,
            (false, Some(value)) => return Err(refuse(&["ignored explicit argument '", value, "'"])),
            (_, value) => value.unwrap_or_default().to_string(),
        };
        arguments.take(name, value)?;
    }
    Ok((arguments, rest))
}

impl Arguments {
    fn take(&mut self, name: &'static str, value: String) -> Result<(), Box<Answer>> {
        let refuse = |text: String| Err(Box::new(Answer::error(252, text)));
        match name {
            "--version" => self.version = true,
            "--debug" => self.debug = true,
            "--no-sign-request" => self.options.no_sign_request = true,
            "--no-paginate" => self.no_paginate = true,
            "--profile" => self.options.profile = Some(value),
            "--region" => self.options.region = Some(value),
            "--endpoint-url" if !value.contains("://") => return refuse(messages::bad_endpoint_url(&value)),
            "--endpoint-url" => self.options.endpoint_url = Some(value),
            "--query" => self.query = Some(value),
            "--output" => match OutputFormat::of(&value) {
                Some(format) => self.output = Some(format),
                None if OutputFormat::LEFT_OUT.contains(&&*value) => {
                    return Err(Box::new(Answer::not_modelled("aws --output", &value)));
                }
                None => self.invalid = Some((name, value, &OutputFormat::ALL)),
            },
            "--color" if !COLORS.contains(&&*value) => self.invalid = Some((name, value, &COLORS)),
            "--cli-read-timeout" | "--cli-connect-timeout" if value.trim().parse::<i64>().is_err() => {
                let text = ["argument ", name, ": invalid int value: '", &value, "'"].concat();
                return refuse(messages::usage(&text));
            }
            "--cli-error-format" if value == "enhanced" => {}
            "--cli-auto-prompt" | "--cli-binary-format" | "--cli-error-format" => {
                return Err(Box::new(Answer::not_modelled("aws", name)));
            }
            // Time-outs don't move the clock, so their length doesn't matter.
            _ => {}
        }
        Ok(())
    }
}
