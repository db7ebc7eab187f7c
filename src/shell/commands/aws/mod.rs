//! `aws`: version 2 of the AWS CLI, for the operations that are modelled.
//!
//! AWS page: AWS CLI Command Reference, "aws", and "Return codes". One file an operation; the CLI's own texts
//! are in [`messages`]. What isn't modelled says so, with status 127.

mod arguments;
mod configure_list;
mod failure;
mod messages;
mod path;
mod s3_cp;
mod s3_ls;
mod s3_rm;
mod sts_get_caller_identity;

use super::{Answer, Invocation};
use crate::client::{Client, ClientError, Configuration, Environment};
use crate::shell::Notice;
use arguments::Arguments;

/// A modelled operation, with the options it takes.
struct Operation {
    service: &'static str,
    name: &'static str,
    flags: &'static [&'static str],
    run: fn(&mut Invocation<'_>, &Arguments) -> Answer,
}

const OPERATIONS: [Operation; 5] = [
    Operation { service: "configure", name: "list", flags: &[], run: configure_list::run },
    Operation {
        service: "s3",
        name: "ls",
        flags: &["--recursive", "--human-readable", "--summarize"],
        run: s3_ls::run,
    },
    Operation {
        service: "s3",
        name: "cp",
        flags: &["--quiet", "--no-progress", "--only-show-errors"],
        run: s3_cp::run,
    },
    Operation {
        service: "s3",
        name: "rm",
        flags: &["--recursive", "--quiet", "--only-show-errors"],
        run: s3_rm::run,
    },
    Operation { service: "sts", name: "get-caller-identity", flags: &[], run: sts_get_caller_identity::run },
];

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (arguments, words) = match arguments::parse(invocation.arguments) {
        Ok(parsed) => parsed,
        Err(answer) => return *answer,
    };
    if arguments.version {
        return Answer::text(messages::VERSION);
    }
    // The manual's pages, and the questions that `aws configure` asks at a terminal.
    let asks = words.last().is_some_and(|word| word == "help") || words == ["configure"];
    if asks {
        return not_modelled(&words.join(" "));
    }
    let mut words = words.into_iter();
    let (service, name) = match (words.next(), words.next()) {
        (Some(service), Some(name)) => (service, name),
        (None, _) => {
            return Answer::error(252, messages::usage("the following arguments are required: command"));
        }
        (Some(service), None) if service == "s3" => {
            return Answer::error(252, messages::usage("too few arguments"));
        }
        (Some(_), None) => {
            return Answer::error(252, messages::usage("the following arguments are required: operation"));
        }
    };
    let found = OPERATIONS.iter().find(|operation| operation.service == service && operation.name == name);
    let Some(operation) = found else {
        return not_modelled(&format!("{service} {name}"));
    };
    let mut arguments = arguments;
    arguments.options.command = format!("{service}.{name}");
    for word in words {
        match word.strip_prefix("--") {
            Some(_) if operation.flags.contains(&word.as_str()) => arguments.flags.push(word),
            Some(_) => return Answer::not_modelled(&format!("aws {service} {name}"), &word),
            None => arguments.paths.push(word),
        }
    }
    let mut answer = (operation.run)(invocation, &arguments);
    if arguments.debug {
        answer.notices.push(Notice::new("cli.aws.debug", &[]));
    }
    answer
}

/// Says so, and what there is instead.
fn not_modelled(operation: &str) -> Answer {
    let notice = Notice::new("cli.not-modelled.aws", &[("operation", operation)]);
    Answer { exit_code: 127, notices: vec![notice], ..Answer::default() }
}

/// The configuration in force for one command.
fn configuration(invocation: &Invocation<'_>, arguments: &Arguments) -> Result<Configuration, ClientError> {
    let variables = invocation.shell.environment();
    let environment =
        Environment { variables: &variables, files: &invocation.shell.files, home: invocation.shell.home() };
    Configuration::load(&environment, arguments.options.clone())
}

/// Runs `work` with a client of the service; an error that stops the whole command is printed as the CLI does.
fn with_client(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    service: &'static str,
    work: impl FnOnce(&mut Client<'_>) -> Result<Answer, ClientError>,
) -> Answer {
    let configuration = match configuration(invocation, arguments) {
        Ok(configuration) => configuration,
        Err(error) => return failure::general(&error),
    };
    Client::new(&configuration, invocation.transport, service)
        .and_then(|mut client| work(&mut client))
        .unwrap_or_else(|error| failure::general(&error))
}
