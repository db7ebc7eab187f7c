//! `aws SERVICE wait NAME`: asks an operation again and again, until something is as it was waited for.
//!
//! AWS page: AWS CLI Command Reference, "ec2 wait" and the like. Between two tries the scenario's clock moves by the
//! waiter's delay. Nothing is printed; what fails ends with status 255 in the words of botocore's WaiterError.

use super::{
    Answer, Arguments, Invocation, configuration, failure, messages, names, options, parameters, with_client,
};
use crate::client::{Client, ClientError, protocol};
use crate::data::models::{Acceptor, Matcher, Model, Operation, Waiter, WaiterState, waiter};
use crate::json::{Node, Value};
use crate::shell::jmespath;

pub(super) fn run(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    model: &Model,
    service: &str,
    words: &[String],
) -> Answer {
    let Some((name, words)) = words.split_first() else {
        return Answer::error(252, messages::too_few(&[service, " wait"].concat()));
    };
    let found = waiter(service, name).and_then(|waiter| Some((model.operation(&waiter.operation)?, waiter)));
    match found {
        Some((operation, waiter)) => perform(invocation, arguments, model, (&operation, &waiter), words)
            .unwrap_or_else(|answer| *answer),
        None => names::not_there(&[service, "wait"], name),
    }
}

fn perform(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    model: &Model,
    (operation, waiter): (&Operation, &Waiter),
    words: &[String],
) -> Result<Answer, Box<Answer>> {
    let general = |error: Box<ClientError>| Box::new(failure::general(&error));
    let input = options::read(invocation, model, operation, words, true)?;
    if input.skeleton {
        return Ok(Answer::text(super::help::skeleton(model, operation)));
    }
    if input.paging.is_some_and(|paging| paging.most.is_some() || paging.start.is_some()) {
        return Err(Box::new(Answer::not_modelled(waiter.name, "--max-items, --starting-token")));
    }
    let report = operation.input.map(|kind| parameters::validate(model, kind, &input.parameters));
    if let Some(report) = report.filter(|report| !report.is_empty()) {
        return Err(general(ClientError::ParamValidation { report }.into()));
    }
    // A profile that isn't there stops the command first.
    configuration(invocation, arguments).map_err(general)?;
    Ok(with_client(invocation, arguments, model.endpoint, |client| {
        poll(client, model, operation, waiter, &input.parameters).map(|()| Answer::default())
    }))
}

/// What came back: HTTP status, error code and message, else the members.
struct Received {
    status: u16,
    error: Option<(String, String)>,
    node: Node,
}

fn poll(
    client: &mut Client<'_>,
    model: &Model,
    operation: &Operation,
    waiter: &Waiter,
    parameters: &Node,
) -> Result<(), Box<ClientError>> {
    let failed = |reason: String| Box::new(ClientError::Waiter { name: waiter.name, reason });
    let mut accepted: Option<&Acceptor> = None;
    for attempt in 1..=waiter.attempts {
        let received = ask(client, model, operation, parameters)?;
        let matched = waiter.acceptors.iter().find(|acceptor| matches(acceptor, &received));
        match (matched, &received.error) {
            (None, Some((code, message))) => {
                return Err(failed(["An error occurred (", code, "): ", message].concat()));
            }
            (None, None) => {}
            (Some(own), _) => {
                accepted = Some(own);
                match own.state {
                    WaiterState::Success => return Ok(()),
                    WaiterState::Failure => {
                        return Err(failed(
                            ["Waiter encountered a terminal failure state: ", &explain(own)].concat(),
                        ));
                    }
                    WaiterState::Retry => {}
                }
            }
        }
        if attempt < waiter.attempts {
            client.transport.sleep(waiter.delay);
        }
    }
    let before = accepted.map(|own| [". Previously accepted state: ", &explain(own)].concat());
    Err(failed("Max attempts exceeded".to_string() + &before.unwrap_or_default()))
}

fn ask(
    client: &mut Client<'_>,
    model: &Model,
    operation: &Operation,
    parameters: &Node,
) -> Result<Received, Box<ClientError>> {
    let call = protocol::call(model, operation, parameters)?;
    match client.send(&call) {
        Ok(response) => {
            let node = protocol::answer(model, operation, &response)
                .ok_or(ClientError::ResponseParse { operation: operation.name })?;
            Ok(Received { status: response.status, error: None, node })
        }
        Err(error) => match *error {
            ClientError::Service { code, message, status, .. } => {
                Ok(Received { status, error: Some((code, message)), node: Value::Null.node() })
            }
            other => Err(other.into()),
        },
    }
}

fn matches(acceptor: &Acceptor, received: &Received) -> bool {
    let is = |node: &Node| match &node.value {
        Value::Bool(value) => acceptor.expected == if *value { "true" } else { "false" },
        Value::String(text) => **text == *acceptor.expected,
        _ => false,
    };
    match acceptor.matcher {
        Matcher::Status => received.status.to_string() == acceptor.expected,
        Matcher::Error => received.error.as_ref().is_some_and(|(code, _)| code == acceptor.expected),
        _ if received.error.is_some() => false,
        matcher => {
            let found = jmespath::parse(acceptor.argument)
                .ok()
                .and_then(|expression| jmespath::search(&expression, &received.node).ok());
            match (matcher, found.map(|node| node.value)) {
                (Matcher::Path, Some(value)) => is(&value.node()),
                (Matcher::PathAll, Some(Value::Array(items))) => !items.is_empty() && items.iter().all(is),
                (Matcher::PathAny, Some(Value::Array(items))) => items.iter().any(is),
                _ => false,
            }
        }
    }
}

/// What an acceptor found, in botocore's words.
fn explain(acceptor: &Acceptor) -> String {
    let Acceptor { expected, argument, .. } = acceptor;
    let parts: &[&str] = match acceptor.matcher {
        Matcher::Path => &["For expression \"", argument, "\" we matched expected path: \"", expected, "\""],
        Matcher::PathAll => {
            &["For expression \"", argument, "\" all members matched expected path: \"", expected, "\""]
        }
        Matcher::PathAny => {
            &["For expression \"", argument, "\" we matched expected path: \"", expected, "\" at least once"]
        }
        Matcher::Status => &["Matched expected HTTP status code: ", expected],
        Matcher::Error => &["Matched expected service error code: ", expected],
    };
    parts.concat()
}
