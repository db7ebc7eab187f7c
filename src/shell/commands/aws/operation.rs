//! `aws SERVICE OPERATION` for every operation that has a table in `data::models`.
//!
//! AWS page: AWS CLI Command Reference. Options become parameters, the client makes the request of them, the answer
//! is printed. What the CLI does for single operations beside that is in [`customized`]. Pages are joined as the
//! CLI does. Left out on purpose: waiters.

use super::{
    Answer, Arguments, Invocation, configuration, customized, failure, help, messages, options, parameters,
    with_client,
};
use crate::client::{Client, ClientError, protocol};
use crate::data::models::{Model, Operation, Pages};
use crate::json::{self, Node, Span, Value};
use crate::shell::jmespath::{self, Expression};

/// More pages than any listing of a scenario has.
const MAX_PAGES: usize = 200;

/// Runs an operation; `None`: there is no table for it.
pub(super) fn run(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    service: &str,
    name: &str,
    words: &[String],
) -> Option<Answer> {
    let model = Model::of(service)?;
    let operation = model.operation(name)?;
    if words.last().is_some_and(|word| word == "help") {
        return Some(Answer::text(help::synopsis(&model, &operation, service, name)));
    }
    Some(perform(invocation, arguments, &model, &operation, words).unwrap_or_else(|answer| *answer))
}

fn perform(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    model: &Model,
    operation: &Operation,
    words: &[String],
) -> Result<Answer, Box<Answer>> {
    let query = arguments.query.as_deref().map(query).transpose()?;
    let input = options::read(invocation, model, operation, words)?;
    let general = |error: ClientError| Box::new(failure::general(&error));
    if input.skeleton {
        return Ok(Answer::text(help::skeleton(model, operation)));
    }
    let report = operation.input.map(|kind| parameters::validate(model, kind, &input.parameters));
    if let Some(report) = report.filter(|report| !report.is_empty()) {
        return Err(general(ClientError::ParamValidation { report }));
    }
    let configuration = configuration(invocation, arguments).map_err(general)?;
    let output = super::output_format(&configuration, arguments)?;
    let pages = operation.pages.filter(|_| !arguments.no_paginate);
    let mut received = None;
    let parameters = input.parameters;
    let sent = with_client(invocation, arguments, model.endpoint, |client| {
        received = Some(send_all(client, model, operation, parameters, pages)?);
        Ok(Answer::default())
    });
    let Some(mut answer) = received else { return Err(Box::new(sent)) };
    if let (Some(most), Some(pages)) = (input.max_items, pages) {
        limit(&mut answer, &pages, most);
    }
    if let Some(failed) =
        customized::after(invocation, operation, &mut answer, &input.custom, &input.positional)
    {
        return Err(Box::new(failed));
    }
    if let Some(query) = &query {
        answer = jmespath::search(query, &answer)
            .map_err(|fault| Box::new(Answer::error(255, messages::error(&fault))))?;
    }
    Ok(Answer { stderr: sent.stderr, ..Answer::text(output.write(&answer, operation.name)) })
}

fn query(text: &str) -> Result<Expression, Box<Answer>> {
    let refuse = || {
        let text = messages::coded_error("ParamValidation", &messages::bad_query(text));
        Box::new(Answer::error(252, text))
    };
    jmespath::parse(text).ok_or_else(refuse)
}

/// Sends the call, and again for each further page.
fn send_all(
    client: &mut Client<'_>,
    model: &Model,
    operation: &Operation,
    mut parameters: Node,
    pages: Option<Pages>,
) -> Result<Node, ClientError> {
    let lists_keys = customized::asks_for_url_encoding(operation, &mut parameters);
    let mut joined: Option<Node> = None;
    for _ in 0..MAX_PAGES {
        let call = protocol::call(model, operation, &parameters)?;
        let response = client.send(&call)?;
        let mut page = protocol::answer(model, operation, &response)
            .ok_or(ClientError::ResponseParse { operation: operation.name })?;
        if lists_keys {
            customized::decode_keys(&mut page);
        }
        let Some(pages) = pages else { return Ok(page) };
        let next: Vec<(&str, Option<Node>)> = pages
            .input
            .split(',')
            .zip(pages.output.split(','))
            .map(|(input, output)| {
                (input, page.get(output).filter(|node| node.as_str() != Some("")).cloned())
            })
            .collect();
        join(&mut joined, page, &pages);
        if next.iter().all(|(_, token)| token.is_none()) {
            break;
        }
        if let Value::Object(members) = &mut parameters.value {
            for (name, token) in next {
                members.retain(|member| *member.key != *name);
                let member = |node| json::Member { key: name.into(), key_span: Span::default(), node };
                members.extend(token.map(member));
            }
        }
    }
    Ok(joined.unwrap_or_else(|| Value::Object(Vec::new()).node()))
}

/// Adds a page to those before: lists grow, what isn't a list is that of the first page.
fn join(joined: &mut Option<Node>, page: Node, pages: &Pages) {
    let Value::Object(members) = page.value else { return };
    let is_result = |name: &str| pages.results.split(',').any(|own| own == name);
    let Some(Value::Object(all)) = joined.as_mut().map(|node| &mut node.value) else {
        let named = |name: &&str| !name.is_empty();
        let mut kept = Vec::new();
        for name in pages.results.split(',').chain(pages.others.split(',')).filter(named) {
            let found = members.iter().find(|member| *member.key == *name).map(|member| member.node.clone());
            // botocore writes null for what the first page lacks, but for lists.
            let node =
                if is_result(name) { found } else { Some(found.unwrap_or_else(|| Value::Null.node())) };
            let member = |node| json::Member { key: name.into(), key_span: Span::default(), node };
            kept.extend(node.map(member));
        }
        *joined = Some(Value::Object(kept).node());
        return;
    };
    for member in members.into_iter().filter(|member| is_result(&member.key)) {
        match all.iter_mut().find(|own| own.key == member.key) {
            Some(own) => {
                if let (Value::Array(items), Value::Array(more)) = (&mut own.node.value, member.node.value) {
                    items.extend(more);
                }
            }
            None => all.push(member),
        }
    }
}

/// `--max-items`: cuts the first list. The token to go on with isn't made.
fn limit(answer: &mut Node, pages: &Pages, most: usize) {
    let first = pages.results.split(',').next().unwrap_or_default();
    if let Value::Object(members) = &mut answer.value {
        for member in members.iter_mut().filter(|member| *member.key == *first) {
            if let Value::Array(items) = &mut member.node.value {
                items.truncate(most);
            }
        }
    }
}
