//! One edit of a policy document, by what it means: applied to statements to verify it, written as JSON Patch
//! to be offered.

use crate::json::{Member, Node, Value, child};
use crate::policy::Document;

/// An edit of one statement, or of the list of statements.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// A statement more.
    Add(Node),
    /// That statement less.
    Remove(usize),
    /// One more entry in a list such as Action.
    AddItem { statement: usize, element: &'static str, text: String },
    /// One entry less.
    RemoveItem { statement: usize, element: &'static str, text: String },
    /// One more value of a condition key, which is new to the statement if need be.
    AddValue { statement: usize, operator: String, key: String, value: String },
    /// Another Principal, instead of Principal or NotPrincipal.
    SetPrincipal { statement: usize, principal: Node },
}

/// A step of a JSON Patch (RFC 6902).
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// `add`, `remove`, `replace`.
    pub op: &'static str,
    /// JSON Pointer, relative to the document.
    pub path: String,
    /// Of `add` and `replace`.
    pub value: Option<Node>,
}

impl Operation {
    /// An operation at a path.
    pub fn new(op: &'static str, path: impl Into<String>, value: Option<Node>) -> Self {
        Operation { op, path: path.into(), value }
    }

    /// Takes the whole document away.
    pub(super) fn remove_document() -> Self {
        Operation::new("remove", "", None)
    }

    /// Other statements than before.
    pub(super) fn replace_statements(statements: Vec<Node>) -> Self {
        Operation::new("replace", "/Statement", Some(Value::Array(statements).node()))
    }
}

/// Does operations to a document as written.
pub(super) fn perform(document: &mut Node, operations: &[Operation]) -> Option<()> {
    for operation in operations {
        let segments = crate::json::segments(&operation.path)?;
        let (last, parents) = segments.split_last()?;
        let mut node = &mut *document;
        for segment in parents {
            node = match &mut node.value {
                Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?)?,
                Value::Object(members) => {
                    &mut members.iter_mut().find(|member| *member.key == **segment)?.node
                }
                _ => return None,
            };
        }
        match (&mut node.value, &operation.value) {
            (Value::Object(members), value) => {
                members.retain(|member| *member.key != **last);
                members.extend(value.clone().map(|value| Member::new(last, value)));
            }
            (Value::Array(items), Some(value)) if last == "-" => items.push(value.clone()),
            (Value::Array(items), None) => {
                let place = last.parse::<usize>().ok().filter(|place| *place < items.len())?;
                items.remove(place);
            }
            _ => return None,
        }
    }
    Some(())
}

impl Change {
    /// The statement that it adds.
    pub fn added(&self) -> Option<&Node> {
        if let Change::Add(statement) = self { Some(statement) } else { None }
    }

    /// Where in a sequence of changes this one is safe: statements keep their numbers until one is removed.
    pub fn rank(&self) -> (u8, std::cmp::Reverse<usize>) {
        match self {
            Change::Remove(statement) => (1, std::cmp::Reverse(*statement)),
            Change::Add(_) => (2, std::cmp::Reverse(0)),
            _ => (0, std::cmp::Reverse(0)),
        }
    }

    /// Does it to a document in the form of [`Document::to_node`].
    pub fn apply(&self, document: &mut Node) -> Option<()> {
        let statements = items(member(document, "Statement")?)?;
        match self {
            Change::Add(statement) => statements.push(statement.clone()),
            Change::Remove(number) => {
                if *number < statements.len() {
                    statements.remove(*number);
                }
            }
            Change::AddItem { statement, element, text } => {
                items(member(statements.get_mut(*statement)?, element)?)?.push(string(text));
            }
            Change::RemoveItem { statement, element, text } => {
                let list = items(member(statements.get_mut(*statement)?, element)?)?;
                list.retain(|item| item.as_str() != Some(text));
            }
            Change::AddValue { statement, operator, key, value } => {
                let conditions = member_or_new(statements.get_mut(*statement)?, "Condition", object())?;
                let keys = member_or_new(conditions, operator, object())?;
                let values = member_or_new(keys, key, Value::Array(Vec::new()).node())?;
                items(values)?.push(string(value));
            }
            Change::SetPrincipal { statement, principal } => {
                let Value::Object(members) = &mut statements.get_mut(*statement)?.value else { return None };
                members.retain(|member| !matches!(&*member.key, "Principal" | "NotPrincipal"));
                members.push(Member::new("Principal", principal.clone()));
            }
        }
        Some(())
    }

    /// The same as JSON Patch. `source` is the document as written, where it is at hand; without it some edits can't
    /// be written, since a list of one may stand as text.
    pub fn operations(&self, document: &Document, source: Option<&Node>) -> Option<Vec<Operation>> {
        let at = |statement: usize| document.statement_pointer(statement);
        match self {
            Change::Add(statement) if document.is_list() => {
                Some(vec![Operation::new("add", "/Statement/-", Some(statement.clone()))])
            }
            // Where Statement is an object it becomes the first of an array.
            Change::Add(statement) => {
                let both = vec![source?.get("Statement")?.clone(), statement.clone()];
                Some(vec![Operation::replace_statements(both)])
            }
            Change::Remove(statement) => Some(vec![Operation::new("remove", at(*statement), None)]),
            Change::AddItem { statement, element, text } => {
                add_to(source?, &child(&at(*statement), element), text)
            }
            Change::RemoveItem { statement, element, text } => {
                let pointer = child(&at(*statement), element);
                let list = crate::json::lookup(source?, &pointer)?;
                let written = list.items().iter().position(|item| item.as_str() == Some(text));
                // An intrinsic stands where what it resolves to would.
                let resolved = || {
                    let resources = document.statements.get(*statement)?.resources.as_ref()?;
                    let as_many = resources.patterns.len() == list.items().len() && *element == "Resource";
                    resources.patterns.iter().position(|one| one.text() == text).filter(|_| as_many)
                };
                let place = written.or_else(resolved)?;
                Some(vec![Operation::new("remove", format!("{pointer}/{place}"), None)])
            }
            Change::AddValue { statement, operator, key, value } => {
                let mut pointer = at(*statement);
                let source = source?;
                let mut value = Some(string(value));
                for (step, inner) in
                    [("Condition", [operator, key].as_slice()), (operator, &[key]), (key, &[])]
                {
                    pointer = child(&pointer, step);
                    if crate::json::lookup(source, &pointer).is_none() {
                        let value = inner.iter().rev().fold(value.take()?, |value, key| nest(key, value));
                        return Some(vec![Operation::new("add", pointer, Some(value))]);
                    }
                }
                add_to(source, &pointer, value?.as_str()?)
            }
            Change::SetPrincipal { statement, principal } => {
                let pointer = at(*statement);
                let old = ["Principal", "NotPrincipal"].into_iter().map(|name| child(&pointer, name)).find(
                    |pointer| source.is_some_and(|source| crate::json::lookup(source, pointer).is_some()),
                )?;
                let new = Operation::new("add", child(&pointer, "Principal"), Some(principal.clone()));
                Some(vec![Operation::new("remove", old, None), new])
            }
        }
    }
}

/// One more item at a pointer, where a single one may stand without an array.
fn add_to(source: &Node, pointer: &str, text: &str) -> Option<Vec<Operation>> {
    let found = crate::json::lookup(source, pointer)?;
    Some(vec![match &found.value {
        Value::Array(_) => Operation::new("add", format!("{pointer}/-"), Some(string(text))),
        _ => {
            let both = Value::Array(vec![found.clone(), string(text)]).node();
            Operation::new("replace", pointer, Some(both))
        }
    }])
}

fn nest(key: &str, value: Node) -> Node {
    Value::Object(vec![Member::new(key, value)]).node()
}

pub(super) fn string(text: &str) -> Node {
    Value::string(text).node()
}

fn object() -> Node {
    Value::Object(Vec::new()).node()
}

fn member<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Object(members) = &mut node.value else { return None };
    members.iter_mut().find(|member| &*member.key == key).map(|member| &mut member.node)
}

fn member_or_new<'n>(node: &'n mut Node, key: &str, new: Node) -> Option<&'n mut Node> {
    let Value::Object(members) = &mut node.value else { return None };
    if !members.iter().any(|member| &*member.key == key) {
        members.push(Member::new(key, new));
    }
    members.iter_mut().find(|member| &*member.key == key).map(|member| &mut member.node)
}

fn items(node: &mut Node) -> Option<&mut Vec<Node>> {
    if let Value::Array(items) = &mut node.value { Some(items) } else { None }
}
