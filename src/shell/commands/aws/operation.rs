//! `aws SERVICE OPERATION` for every operation that has a table in `data::models`.
//!
//! AWS page: AWS CLI Command Reference. Options become parameters, the client makes the request of them, the answer
//! is printed. What the CLI does for single operations beside that is in [`customized`], for pages in [`pages`]. Left
//! out on purpose: `--output text` prints a page at a time in the CLI, and asks the query of each.

use super::{
    Answer, Arguments, Invocation, OutputFormat, configuration, customized, failure, help, messages, options,
    pages, parameters, with_client,
};
use crate::client::ClientError;
use crate::data::models::{Model, Operation};
use crate::json::{self, Value};
use crate::shell::jmespath::{self, Expression};

/// Runs an operation.
pub(super) fn run(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    model: &Model,
    operation: &Operation,
    words: &[String],
) -> Answer {
    perform(invocation, arguments, model, operation, words).unwrap_or_else(|answer| *answer)
}

fn perform(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    model: &Model,
    operation: &Operation,
    words: &[String],
) -> Result<Answer, Box<Answer>> {
    let query = arguments.query.as_deref().map(query).transpose()?;
    let input = options::read(invocation, model, operation, words, !arguments.no_paginate)?;
    let general = |error: Box<ClientError>| Box::new(failure::general(&error));
    if input.skeleton {
        return Ok(Answer::text(help::skeleton(model, operation)));
    }
    let report = operation.input.map(|kind| parameters::validate(model, kind, &input.parameters));
    if let Some(report) = report.filter(|report| !report.is_empty()) {
        return Err(general(ClientError::ParamValidation { report }.into()));
    }
    let configuration = configuration(invocation, arguments).map_err(general)?;
    let output = super::output_format(&configuration, arguments)?;
    let paging = operation.pages.zip(input.paging);
    let mut received = None;
    let parameters = input.parameters;
    let sent = with_client(invocation, arguments, model.endpoint, |client| {
        received = pages::send(client, model, operation, parameters, paging)?;
        Ok(if received.is_none() { Answer::too_large() } else { Answer::default() })
    });
    let Some(pages::Joined { mut answer, next }) = received else { return Err(Box::new(sent)) };
    // In lines of text the token comes after all, and the query is asked of it too.
    let last = next.as_ref().filter(|_| output == OutputFormat::Text).map(|token| match query {
        None => ["NEXTTOKEN\t", token, "\n"].concat(),
        Some(_) => "None\n".to_string(),
    });
    if let (Some(token), None, Value::Object(members)) = (next, &last, &mut answer.value) {
        let node = Value::string(token).node();
        members.push(json::Member::new("NextToken", node));
    }
    let before = customized::after(invocation, operation, &mut answer, &input.custom, &input.positional)?;
    if let Some(query) = &query {
        answer = jmespath::search(query, &answer)
            .map_err(|fault| Box::new(Answer::error(255, messages::error(&fault))))?;
    }
    let Some(text) = output.write(&answer, operation.name) else {
        return Err(Box::new(Answer { stderr: sent.stderr, ..Answer::too_large() }));
    };
    let text = [before, text, last.unwrap_or_default()].concat();
    Ok(Answer { stderr: sent.stderr, ..Answer::text(text) })
}

fn query(text: &str) -> Result<Expression, Box<Answer>> {
    jmespath::parse(text).map_err(|fault| {
        let text = messages::coded_error("ParamValidation", &messages::bad_query(text, &fault));
        Box::new(Answer::error(252, text))
    })
}
