//! A service, operation or command that isn't there: whether AWS has it, and what the CLI says where AWS hasn't.

use super::{Answer, LEFT_OUT, help, messages, not_modelled};
use crate::data::models::{SERVICES, other_names, waiter_names};
use crate::gather::Gather;

/// `path` is what stands before the name: nothing, a service, or a service and `wait`.
pub(super) fn not_there(path: &[&str], name: &str) -> Answer {
    let (argument, mut choices, others) = match path {
        [] => ("command", help::services(), other_names("-")),
        [service] if SERVICES.contains(service) => {
            ("operation", help::operations(service), other_names(service))
        }
        [service] => {
            let own = LEFT_OUT.iter().find(|(own, _)| own == service).map_or(&[][..], |(_, names)| *names);
            ("subcommand", help::operations(service), own.iter().map(|name| name.to_string()).gather())
        }
        [service, ..] => ("subcommand", waiter_names(service), other_names(&[service, "/wait"].concat())),
    };
    if others.iter().any(|own| own == name) {
        return not_modelled(&[path, &[name]].concat().join(" "));
    }
    choices.extend(others);
    choices.push("help".to_string());
    Answer::error(252, messages::invalid_choice(argument, name, &choices))
}

/// A service alone, without what it is to do.
pub(super) fn alone(service: &str) -> Answer {
    match service {
        "s3" => Answer::error(252, messages::too_few(service)),
        // The questions that `aws configure` asks at a terminal.
        "configure" => not_modelled(service),
        _ if SERVICES.contains(&service) => {
            Answer::error(252, messages::usage("the following arguments are required: operation"))
        }
        _ => not_there(&[], service),
    }
}
