//! JSON to a typed document: everything that AWS's grammar refuses becomes a fault.
//!
//! AWS page: IAM User Guide, "Grammar of the IAM JSON policy language".

mod condition;
mod place;
mod principal;
mod statement;

use super::PolicyKind;
use super::document::{Document, Statement, StatementForm, Version};
use super::fault::{
    self, DUPLICATE_KEY, DUPLICATE_SID, EMPTY_STATEMENT, FORBIDDEN_ID, Fault, INVALID_TYPE, INVALID_VERSION,
    MISSING_FIELD, UNKNOWN_ELEMENT,
};
use super::index::StatementIndex;
use crate::gather::Gather;
use crate::json::{Member, Node, Params, Value};
use place::Place;
use std::collections::BTreeSet;

/// Objects up to this size are searched for duplicate keys pair by pair.
const FEW: usize = 16;

/// Reads a document of some kind; all faults, in the order of the text.
pub(super) fn document(node: &Node, kind: PolicyKind) -> Result<Document, Vec<Fault>> {
    let mut reader = Reader { kind, variables: false, faults: Vec::new() };
    let document = reader.document(node);
    match document {
        Some(document) if reader.faults.is_empty() => Ok(document),
        _ => Err(reader.faults),
    }
}

struct Reader {
    kind: PolicyKind,
    variables: bool,
    faults: Vec<Fault>,
}

impl Reader {
    fn document(&mut self, node: &Node) -> Option<Document> {
        let root = Place::root();
        let members = self.object(node, root)?;
        for member in members {
            if !matches!(&*member.key, "Version" | "Id" | "Statement") {
                self.unknown(member, root);
            }
        }
        let version = self.version(node, root);
        self.variables = version == Version::V2012;
        let id = self.id(node, root);
        let Some(list) = node.get("Statement") else {
            self.missing(MISSING_FIELD, "Statement", node, root);
            return None;
        };
        let place = root.key("Statement");
        let (form, statements) = match &list.value {
            Value::Object(_) => (StatementForm::Object, self.statement(list, place).into_iter().gather()),
            Value::Array(items) if items.is_empty() => {
                self.fault(EMPTY_STATEMENT, list, place);
                (StatementForm::Array, Vec::new())
            }
            Value::Array(items) => {
                let mut statements: Vec<Statement> = Vec::with_capacity(items.len());
                for (number, item) in items.iter().enumerate() {
                    statements.extend(self.statement(item, place.item(number)));
                }
                (StatementForm::Array, statements)
            }
            _ => {
                self.wrong_type(list, place, "object");
                return None;
            }
        };
        self.unique_sids(list, &statements);
        let index = StatementIndex::new(&statements);
        Some(Document { version, id, statements: statements.into(), form, index })
    }

    fn version(&mut self, node: &Node, root: Place<'_>) -> Version {
        let Some(version) = node.get("Version") else {
            return Version::V2008;
        };
        let place = root.key("Version");
        match self.string(version, place) {
            Some("2012-10-17") => Version::V2012,
            Some("2008-10-17") | None => Version::V2008,
            Some(text) => {
                let value = text.to_string();
                self.fault_with(INVALID_VERSION, version, place, Params::from([("value", value)]));
                Version::V2008
            }
        }
    }

    fn id(&mut self, node: &Node, root: Place<'_>) -> Option<Box<str>> {
        let id = node.get("Id")?;
        let place = root.key("Id");
        if self.kind == PolicyKind::Identity {
            self.fault(FORBIDDEN_ID, id, place);
        }
        self.string(id, place).map(Box::from)
    }

    /// AWS asks for unique Sids within a policy.
    fn unique_sids(&mut self, list: &Node, statements: &[Statement]) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        if statements.len() != list.items().len() {
            return;
        }
        let mut twice = Vec::new();
        for (number, statement) in statements.iter().enumerate() {
            if let Some(sid) = &statement.sid
                && !sid.is_empty()
                && !seen.insert(&**sid)
            {
                twice.push((number, sid.to_string()));
            }
        }
        for (number, sid) in twice {
            let Some(item) = list.items().get(number).and_then(|item| item.get("Sid")) else { continue };
            let root = Place::root();
            let list = root.key("Statement");
            let place = list.item(number);
            self.fault_with(DUPLICATE_SID, item, place.key("Sid"), Params::from([("sid", sid)]));
        }
    }

    /// The members of an object whose keys stand once.
    fn object<'n>(&mut self, node: &'n Node, place: Place<'_>) -> Option<&'n [Member]> {
        let Value::Object(members) = &node.value else {
            self.wrong_type(node, place, "object");
            return None;
        };
        let twice: Vec<&Member> = if members.len() <= FEW {
            let before = |number: usize| members.get(..number).unwrap_or(&[]);
            let known =
                |(number, member): &(usize, &Member)| before(*number).iter().any(|m| m.key == member.key);
            members.iter().enumerate().filter(known).map(|(_, member)| member).gather()
        } else {
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            members.iter().filter(|member| !seen.insert(&*member.key)).gather()
        };
        for member in twice {
            let params = Params::from([("key", member.key.to_string())]);
            let pointer = place.key(&member.key).pointer();
            self.faults.push(Fault { code: DUPLICATE_KEY, params, pointer, span: member.key_span });
        }
        Some(members)
    }

    fn string<'n>(&mut self, node: &'n Node, place: Place<'_>) -> Option<&'n str> {
        let text = node.as_str();
        if text.is_none() {
            self.wrong_type(node, place, "string");
        }
        text
    }

    /// A string, or an array of strings.
    fn strings<'n>(&mut self, node: &'n Node, place: Place<'_>) -> Vec<&'n str> {
        match &node.value {
            Value::String(text) => vec![text],
            Value::Array(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for (number, item) in items.iter().enumerate() {
                    texts.extend(self.string(item, place.item(number)));
                }
                texts
            }
            _ => {
                self.wrong_type(node, place, "string");
                Vec::new()
            }
        }
    }

    fn unknown(&mut self, member: &Member, place: Place<'_>) {
        let params = Params::from([("element", member.key.to_string())]);
        let pointer = place.key(&member.key).pointer();
        self.faults.push(Fault { code: UNKNOWN_ELEMENT, params, pointer, span: member.key_span });
    }

    fn missing(&mut self, code: &'static str, element: &str, node: &Node, place: Place<'_>) {
        self.fault_with(code, node, place, Params::from([("element", element.to_string())]));
    }

    fn wrong_type(&mut self, node: &Node, place: Place<'_>, expected: &str) {
        let params = Params::from([("expected", expected.to_string()), ("found", node.kind().to_string())]);
        self.fault_with(INVALID_TYPE, node, place, params);
    }

    fn fault(&mut self, code: &'static str, node: &Node, place: Place<'_>) {
        self.fault_with(code, node, place, Params::new());
    }

    fn fault_with(&mut self, code: &'static str, node: &Node, place: Place<'_>, params: Params) {
        self.faults.push(fault::Fault { code, params, pointer: place.pointer(), span: node.span });
    }
}
