//! Pages of an answer: as many as are asked for, joined, with the token to go on where something is left.
//!
//! AWS page: AWS CLI User Guide, "Using the pagination options in the AWS CLI". The token is that of botocore's
//! paginator: base64 of the service's own tokens, with how much of the page has been shown.

use super::customized;
use crate::base64::STANDARD;
use crate::client::{Client, ClientError, protocol};
use crate::data::models::{Model, Operation, Pages};
use crate::gather::Gather;
use crate::json::{self, Node, Value};
use crate::shell::python;

/// The most pages of one command.
const MAX_PAGES: usize = 200;

/// How much of the page behind a token has been shown.
const SHOWN: &str = "boto_truncate_amount";

/// What the line asks of the pages.
#[derive(Debug, Default)]
pub(super) struct Paging {
    /// `--max-items`
    pub(super) most: Option<usize>,
    /// `--starting-token`
    pub(super) start: Option<String>,
}

/// An answer of all pages, and where it goes on.
pub(super) struct Joined {
    pub(super) answer: Node,
    pub(super) next: Option<String>,
}

/// Sends the call, and again for each further page; `None`: they are too many.
pub(super) fn send(
    client: &mut Client<'_>,
    model: &Model,
    operation: &Operation,
    mut parameters: Node,
    pages: Option<(Pages, Paging)>,
) -> Result<Option<Joined>, Box<ClientError>> {
    let lists_keys = customized::asks_for_url_encoding(operation, &mut parameters);
    let mut one = |parameters: &Node| {
        let call = protocol::call(model, operation, parameters)?;
        let response = client.send(&call)?;
        let mut page = protocol::answer(model, operation, &response)
            .ok_or(ClientError::ResponseParse { operation: operation.name })?;
        if lists_keys {
            customized::decode_keys(&mut page);
        }
        Ok(page)
    };
    let Some((pages, paging)) = pages else {
        return one(&parameters).map(|answer| Some(Joined { answer, next: None }));
    };
    let begun = paging.start.map(|start| begin(&pages, &start));
    let (mut tokens, mut shown) =
        begun.map_or_else(|| (none(&pages), None), |(tokens, shown)| (tokens, Some(shown)));
    let (mut joined, mut items, mut before) = (None, 0, None);
    for _ in 0..MAX_PAGES {
        put(&mut parameters, &tokens);
        let mut page = one(&parameters)?;
        let next =
            pages.output.split(',').map(|name| page.get(name).filter(|node| node.as_str() != Some("")));
        let next: Vec<Option<Node>> = next.map(|node| node.cloned()).gather();
        let skipped = shown.take().map_or(0, |shown| skip(&mut page, &pages, shown));
        let room = paging.most.map(|most| most.saturating_sub(items));
        let (kept, cut) = cut(&mut page, &pages, room);
        join(&mut joined, page, &pages);
        items += kept;
        let next = if cut {
            Some(token(&tokens, Some(kept + skipped)))
        } else {
            for ((_, token), next) in tokens.iter_mut().zip(next) {
                *token = next;
            }
            let last = tokens.iter().all(|(_, token)| token.is_none());
            if !last && paging.most != Some(items) {
                if before.as_ref() == Some(&tokens) {
                    return Err(ClientError::Pagination { token: python::repr(&object(&tokens)) }.into());
                }
                before = Some(tokens.clone());
                continue;
            }
            (!last).then(|| token(&tokens, None))
        };
        let answer = joined.unwrap_or_else(|| Value::Object(Vec::new()).node());
        return Ok(Some(Joined { answer, next }));
    }
    Ok(None)
}

/// The input members that carry the place, and what they hold.
type Tokens = Vec<(&'static str, Option<Node>)>;

fn none(pages: &Pages) -> Tokens {
    pages.input.split(',').map(|name| (name, None)).gather()
}

/// What a token says; one that isn't the paginator's is the service's own.
fn begin(pages: &Pages, start: &str) -> (Tokens, usize) {
    let read = || {
        let bytes = STANDARD.decode(start).ok()?;
        let node = json::parse(std::str::from_utf8(&bytes).ok()?).ok()?;
        let names: Vec<&str> = pages.input.split(',').gather();
        let known = |member: &json::Member| *member.key == *SHOWN || names.contains(&&*member.key);
        if node.members().is_empty() || !node.members().iter().all(known) {
            return None;
        }
        let own = |name: &str| node.get(name).filter(|token| token.value != Value::Null).cloned();
        let shown = node.get(SHOWN).and_then(Node::as_i64).and_then(|shown| usize::try_from(shown).ok());
        Some((names.into_iter().map(|name| (name, own(name))).gather(), shown.unwrap_or(0)))
    };
    read().unwrap_or_else(|| {
        let mut tokens = none(pages);
        if let Some((_, token)) = tokens.first_mut() {
            *token = Some(Value::string(start).node());
        }
        (tokens, 0)
    })
}

fn object(tokens: &Tokens) -> Node {
    let own = |token: &Option<Node>| token.clone().unwrap_or_else(|| Value::Null.node());
    Value::Object(tokens.iter().map(|(name, token)| json::Member::new(name, own(token))).gather()).node()
}

/// The token that leads to what is left.
fn token(tokens: &Tokens, shown: Option<usize>) -> String {
    let mut node = object(tokens);
    if let (Value::Object(members), Some(shown)) = (&mut node.value, shown) {
        members.push(json::Member::new(SHOWN, Value::Number(shown.to_string().into()).node()));
    }
    STANDARD.encode(json::to_fitted(&node, usize::MAX))
}

fn put(parameters: &mut Node, tokens: &Tokens) {
    let Value::Object(members) = &mut parameters.value else { return };
    for (name, token) in tokens {
        members.retain(|member| *member.key != **name);
        members.extend(token.clone().map(|token| json::Member::new(name, token)));
    }
}

/// Takes away what was shown before: so much of the first list, and the others whole.
fn skip(page: &mut Node, pages: &Pages, shown: usize) -> usize {
    let Value::Object(members) = &mut page.value else { return shown };
    for (place, name) in pages.results.split(',').enumerate() {
        for member in members.iter_mut().filter(|member| *member.key == *name) {
            if let Value::Array(items) = &mut member.node.value {
                items.drain(..if place == 0 { shown.min(items.len()) } else { items.len() });
            }
        }
    }
    shown
}

/// How many items the first list keeps, and whether some had to go.
fn cut(page: &mut Node, pages: &Pages, room: Option<usize>) -> (usize, bool) {
    let first = pages.results.split(',').next().unwrap_or_default();
    let Value::Object(members) = &mut page.value else { return (0, false) };
    for member in members.iter_mut().filter(|member| *member.key == *first) {
        if let Value::Array(items) = &mut member.node.value {
            let before = items.len();
            items.truncate(room.unwrap_or(before));
            return (items.len(), items.len() < before);
        }
    }
    (0, false)
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
            kept.extend(node.map(|node| json::Member::new(name, node)));
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
