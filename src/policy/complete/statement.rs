//! What stands around the cursor: the statement's actions and conditions, the policy's type, the scenario.

use super::ScenarioArn;
use super::cursor::{Cursor, Step};
use super::tree::{Node, Value};
use crate::data::{Action, Service, Tables};
use crate::gather::Gather;
use crate::policy::validate::{Operator, Subject};

/// What the proposals depend on.
#[derive(Debug)]
pub struct Surroundings<'a> {
    /// What the policy is attached to.
    pub subject: Subject,
    /// Facts about the services.
    pub tables: &'a Tables,
    /// What the scenario holds.
    pub arns: &'a [ScenarioArn],
    /// The elements of the document or statement that the cursor stands in.
    pub present: Vec<&'a str>,
    /// The statement's actions.
    pub actions: Vec<&'a str>,
    /// The condition operator around the cursor.
    pub operator: Option<Operator>,
    /// The keys under that operator, or of the block that is being named.
    pub keys: Vec<&'a str>,
}

impl<'a> Surroundings<'a> {
    /// Reads the document around the cursor.
    pub fn read(
        document: &Node<'a>,
        cursor: &Cursor<'a>,
        subject: Subject,
        tables: &'a Tables,
        arns: &'a [ScenarioArn],
    ) -> Self {
        let statement = statement(document, cursor);
        let elements = statement.unwrap_or(document).members().iter();
        let strings =
            |name: &str| statement.and_then(|node| node.get(name)).map(Node::strings).unwrap_or_default();
        let path: Vec<&str> = cursor.path.iter().filter_map(Step::key).gather();
        let block = path.get(1).filter(|element| **element == "Condition").and(path.get(2));
        let condition = statement.and_then(|node| node.get("Condition"));
        let block_node = block.and_then(|name| condition?.get(name)).or_else(|| named(condition?, cursor));
        Surroundings {
            subject,
            tables,
            arns,
            present: elements.filter_map(|member| member.key.text()).gather(),
            actions: strings("Action"),
            operator: block.and_then(|name| Operator::parse(name)),
            keys: block_node
                .map(|node| node.members().iter().filter_map(|member| member.key.text()).gather())
                .unwrap_or_default(),
        }
    }

    /// The statement's actions that the tables know, with their services; a pattern stands for all it matches.
    pub fn known_actions(&self) -> Vec<(&'a Service, &'a Action)> {
        let mut known = Vec::new();
        for text in &self.actions {
            let Some((prefix, name)) = text.split_once(':') else { continue };
            let Some(service) = self.tables.service(prefix) else { continue };
            if name.contains(['*', '?']) {
                let start = name.split(['*', '?']).next().unwrap_or("").to_ascii_lowercase();
                let matching = service.actions.iter();
                let matching = matching.filter(|action| action.name.to_ascii_lowercase().starts_with(&start));
                known.extend(matching.map(|action| (service, action)));
            } else {
                known.extend(service.action(name).map(|action| (service, action)));
            }
            if known.len() > MAX_ACTIONS {
                break;
            }
        }
        known.truncate(MAX_ACTIONS);
        known
    }
}

/// Actions that are looked at.
const MAX_ACTIONS: usize = 1_000;

/// The statement that the cursor stands in.
fn statement<'n, 'a>(document: &'n Node<'a>, cursor: &Cursor<'_>) -> Option<&'n Node<'a>> {
    let mut path = cursor.path.iter();
    if path.next()?.key()? != "Statement" {
        return None;
    }
    let node = document.get("Statement")?;
    match (&node.value, path.next()) {
        (Value::Array(items), Some(Step::Item(place))) => items.get(*place),
        (Value::Object(_), _) => Some(node),
        _ => None,
    }
}

/// The block whose operator is being typed at the cursor.
fn named<'n, 'a>(condition: &'n Node<'a>, cursor: &Cursor<'_>) -> Option<&'n Node<'a>> {
    let at_cursor = |key: &Node<'_>| key.start <= cursor.from && cursor.to <= key.end;
    condition.members().iter().find(|member| at_cursor(&member.key))?.value.as_ref()
}
