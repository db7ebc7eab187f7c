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

/// Global options, and the words that are left: service, operation, and its own options.
pub(super) fn parse(words: &[String]) -> Result<(Arguments, Vec<String>), Box<Answer>> {
    let mut arguments = Arguments::default();
    let mut rest = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, attached) = match word.split_once('=').filter(|_| word.starts_with("--")) {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (word.as_str(), None),
        };
        let mut value = || {
            attached.clone().or_else(|| words.next().cloned()).ok_or_else(|| {
                let text = format!("argument {name}: expected one argument");
                Box::new(Answer::error(252, messages::usage(&text)))
            })
        };
        match name {
            "--version" => arguments.version = true,
            "--debug" => arguments.debug = true,
            "--no-sign-request" => arguments.options.no_sign_request = true,
            "--no-paginate" => arguments.no_paginate = true,
            "--no-cli-pager" | "--no-verify-ssl" | "--no-cli-auto-prompt" => {}
            "--cli-auto-prompt" => return Err(Box::new(Answer::not_modelled("aws", word))),
            "--profile" => arguments.options.profile = Some(value()?),
            "--region" => arguments.options.region = Some(value()?),
            "--endpoint-url" => {
                let url = value()?;
                if !url.contains("://") {
                    return Err(Box::new(Answer::error(252, messages::bad_endpoint_url(&url))));
                }
                arguments.options.endpoint_url = Some(url);
            }
            // Time-outs don't move the clock, so their length doesn't matter.
            "--cli-connect-timeout" | "--cli-read-timeout" | "--color" | "--ca-bundle" => drop(value()?),
            "--output" => {
                let format = value()?;
                let Some(format) = OutputFormat::of(&format) else {
                    return Err(Box::new(Answer::error(252, messages::invalid_choice("--output", &format))));
                };
                arguments.output = Some(format);
            }
            "--query" => arguments.query = Some(value()?),
            _ => rest.push(word.clone()),
        }
    }
    Ok((arguments, rest))
}
