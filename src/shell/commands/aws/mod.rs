//! `aws`: version 2 of the AWS CLI, for the operations that are modelled.
//!
//! AWS page: AWS CLI Command Reference, "aws", and "Return codes". Operations of services are generic
//! ([`operation`]); `s3` and `configure` have a file a command; the CLI's own texts are in [`messages`]. What isn't
//! modelled says so, with status 127.

mod arguments;
mod close_matches;
mod complete;
mod configure_export_credentials;
mod configure_get;
mod configure_list;
mod configure_list_profiles;
mod configure_set;
mod customized;
mod failure;
mod help;
mod messages;
mod names;
mod operation;
mod options;
mod output;
mod pages;
mod parameters;
mod path;
mod s3_cp;
mod s3_filter;
mod s3_ls;
mod s3_mb;
mod s3_mv;
mod s3_presign;
mod s3_rb;
mod s3_rm;
mod s3_sync;
mod s3_transfer;
mod shorthand;
mod wait;

use super::{Answer, Invocation, lack};
use crate::chunk;
use crate::client::{Client, ClientError, Configuration, Environment, Kept, Options, absolute_path};
use crate::data::models::{Model, waiter_names};
use crate::gather::Gather;
use crate::shell::Notice;
use arguments::Arguments;
pub(in crate::shell) use complete::wanted as complete_aws;
use output::OutputFormat;

/// A command that is more than one operation, with the options it takes.
struct Operation {
    service: &'static str,
    name: &'static str,
    flags: &'static [&'static str],
    /// Options that take a value.
    options: &'static [&'static str],
    /// The most words that are no options.
    paths: usize,
    run: fn(&mut Invocation<'_>, &Arguments) -> Answer,
}

const fn op(
    service: &'static str,
    name: &'static str,
    flags: &'static [&'static str],
    options: &'static [&'static str],
    paths: usize,
    run: fn(&mut Invocation<'_>, &Arguments) -> Answer,
) -> Operation {
    Operation { service, name, flags, options, paths, run }
}

/// The CLI's other commands of these two; beyond them there are none.
const LEFT_OUT: [(&str, &[&str]); 2] =
    [("configure", &["add-model", "import", "mfa-login", "sso", "sso-session"]), ("s3", &["website"])];

/// Options of one or another command of `s3` that the CLI takes beside; anything else there is none.
const LEFT_OUT_OF_S3: &str = "bucket-name-prefix bucket-region case-conflict checksum-algorithm checksum-mode copy-props \
    expected-size expires force-glacier-transfer grants ignore-glacier-warnings no-guess-mime-type no-overwrite page-size request-payer \
    source-region sse-c sse-c-copy-source sse-c-copy-source-key sse-c-key tags validate-same-s3-paths website-redirect";

/// With what readers begin; it stands in the first part of the program.
const NEAR: &[Operation] =
    &[op("s3", "ls", &["--recursive", "--human-readable", "--summarize"], &[], 1, s3_ls::run)];

/// What stands in the chunk `shell`.
const FAR: &[Operation] = &[
    op("configure", "list", &[], &[], 0, configure_list::run),
    op("configure", "get", &[], &[], 1, configure_get::run),
    op("configure", "set", &[], &[], 2, configure_set::run),
    op("configure", "list-profiles", &[], &[], 0, configure_list_profiles::run),
    op("configure", "export-credentials", &[], &["--format"], 0, configure_export_credentials::run),
    op("s3", "cp", s3_transfer::FLAGS, s3_transfer::OPTIONS, 2, s3_cp::run),
    op("s3", "mv", s3_transfer::FLAGS, s3_transfer::OPTIONS, 2, s3_mv::run),
    op("s3", "sync", s3_sync::FLAGS, s3_transfer::OPTIONS, 2, s3_sync::run),
    op("s3", "rm", s3_rm::FLAGS, &["--exclude", "--include"], 1, s3_rm::run),
    op("s3", "mb", &[], &[], 1, s3_mb::run),
    op("s3", "rb", &["--force"], &[], 1, s3_rb::run),
    op("s3", "presign", &[], &["--expires-in"], 1, s3_presign::run),
];

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (arguments, words) = match arguments::parse(invocation.arguments) {
        Ok(parsed) => parsed,
        Err(answer) => return *answer,
    };
    if arguments.version {
        return Answer::text(messages::VERSION);
    }
    if words.last().is_some_and(|word| word == "help") {
        match chunk::shell(|| help::page(&words)) {
            Ok(Some(page)) => return Answer::text(page),
            Ok(None) => {}
            Err(missing) => return lack(invocation, missing),
        }
    }
    if let Some((name, value, choices)) = &arguments.invalid {
        return chunk::shell(|| Answer::error(252, messages::invalid_choice_of(name, value, choices)))
            .unwrap_or_else(|missing| lack(invocation, missing));
    }
    let mut words = words.into_iter();
    let Some(service) = words.next() else {
        return Answer::error(252, messages::usage("the following arguments are required: command"));
    };
    let Some(name) = words.next() else {
        return chunk::shell(|| names::alone(&service)).unwrap_or_else(|missing| lack(invocation, missing));
    };
    let mut arguments = arguments;
    arguments.options.command = format!("{service}.{name}");
    let words: Vec<String> = words.gather();
    let mut answer = match find(NEAR, &service, &name) {
        Some(operation) => run_command(invocation, operation, &mut arguments, words),
        None => match chunk::shell(|| far(invocation, &mut arguments, &service, &name, words)) {
            Ok(answer) => answer,
            Err(missing) => return lack(invocation, missing),
        },
    };
    if arguments.debug {
        answer.notices.push(Notice::new("cli.aws.debug", &[]));
    }
    answer
}

fn find(operations: &'static [Operation], service: &str, name: &str) -> Option<&'static Operation> {
    operations.iter().find(|operation| operation.service == service && operation.name == name)
}

fn far(
    invocation: &mut Invocation<'_>,
    arguments: &mut Arguments,
    service: &str,
    name: &str,
    words: Vec<String>,
) -> Answer {
    if let Some(operation) = find(FAR, service, name) {
        return run_command(invocation, operation, arguments, words);
    }
    let Some(model) = Model::of(service) else {
        let is_known = help::services().iter().any(|own| own == service);
        return if is_known { names::not_there(&[service], name) } else { names::not_there(&[], service) };
    };
    match model.operation(name) {
        Some(operation) => operation::run(invocation, arguments, &model, &operation, &words),
        None if name == "wait" && !waiter_names(service).is_empty() => {
            wait::run(invocation, arguments, &model, service, &words)
        }
        None => names::not_there(&[service], name),
    }
}

/// Runs a command of [`NEAR`] or [`FAR`], its flags and paths apart.
fn run_command(
    invocation: &mut Invocation<'_>,
    operation: &Operation,
    arguments: &mut Arguments,
    words: Vec<String>,
) -> Answer {
    let mut unknown: Vec<String> = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let (name, attached) = word.split_once('=').unwrap_or((&word, ""));
        if operation.options.contains(&name) {
            let value = match name {
                _ if name.len() < word.len() => Some(attached.to_string()),
                // Its value may be left out.
                "--sse" if words.as_slice().first().is_none_or(|next| next.starts_with("--")) => {
                    Some("AES256".to_string())
                }
                _ => words.next(),
            };
            let Some(value) = value else {
                let one = if matches!(name, "--exclude" | "--include") { "1" } else { "one" };
                let text = ["argument ", name, ": expected ", one, " argument"].concat();
                return Answer::error(252, messages::usage(&text));
            };
            arguments.values.push((name.to_string(), value));
            continue;
        }
        match word.strip_prefix("--") {
            Some(_) if operation.flags.contains(&word.as_str()) => arguments.flags.push(word),
            Some(_) if operation.flags.contains(&name) => {
                let text = ["argument ", name, ": ignored explicit argument '", attached, "'"].concat();
                return Answer::error(252, messages::usage(&text));
            }
            Some(option)
                if operation.service == "s3" && LEFT_OUT_OF_S3.split(' ').any(|own| own == option) =>
            {
                let command = ["aws ", operation.service, " ", operation.name].concat();
                return Answer::not_modelled(&command, &word);
            }
            None if arguments.paths.len() < operation.paths => arguments.paths.push(word),
            _ => unknown.push(word),
        }
    }
    if !unknown.is_empty() {
        return Answer::error(252, messages::unknown_options(&unknown.join(",")));
    }
    (operation.run)(invocation, arguments)
}

/// `--output`, AWS_DEFAULT_OUTPUT, the profile's, else JSON.
fn output_format(configuration: &Configuration, arguments: &Arguments) -> Result<OutputFormat, Box<Answer>> {
    let configured =
        || configuration.variable("AWS_DEFAULT_OUTPUT").or_else(|| configuration.setting("output"));
    match (arguments.output, configured()) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(OutputFormat::Json),
        (None, Some(name)) => OutputFormat::of(name).ok_or_else(|| {
            Box::new(Answer::error(255, messages::error(&["Unknown output type: ", name].concat())))
        }),
    }
}

/// Says so, and what there is instead.
fn not_modelled(operation: &str) -> Answer {
    let notice = Notice::new("cli.not-modelled.aws", &[("operation", operation)]);
    Answer { exit_code: 127, notices: vec![notice], ..Answer::default() }
}

/// The configuration in force for one command.
fn configuration(
    invocation: &Invocation<'_>,
    arguments: &Arguments,
) -> Result<Configuration, Box<ClientError>> {
    let variables = invocation.shell.environment();
    let environment =
        Environment { variables: &variables, files: &invocation.shell.files, home: invocation.shell.home() };
    let input = invocation.stdin.to_string();
    Configuration::load(&environment, Options { input, ..arguments.options.clone() })
}

/// Runs `work` with a client of the service; an error that stops the whole command is printed as the CLI does.
fn with_client(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    service: &'static str,
    work: impl FnOnce(&mut Client<'_>) -> Result<Answer, Box<ClientError>>,
) -> Answer {
    let configuration = match configuration(invocation, arguments) {
        Ok(configuration) => configuration,
        Err(error) => return failure::general(&error),
    };
    let client = Client::new(&configuration, invocation.transport, service);
    let (answer, kept) = match client {
        Ok(mut client) => (work(&mut client), client.kept()),
        Err(error) => (Err(error), None),
    };
    let mut answer = answer.unwrap_or_else(|error| failure::general(&error));
    keep(invocation, kept, &mut answer);
    answer
}

/// Writes the file that keeps a role's session, and what was asked before.
fn keep(invocation: &mut Invocation<'_>, kept: Option<Kept>, answer: &mut Answer) {
    let Some(Kept { path, text, prompt }) = kept else { return };
    let path = absolute_path(&path, invocation.shell.home());
    invocation.save(&path, &text);
    if !prompt.is_empty() {
        answer.stderr.insert_str(0, &(prompt + "\n"));
    }
}
