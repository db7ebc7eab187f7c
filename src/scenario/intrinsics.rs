//! Ref, Fn::GetAtt, Fn::Sub, Fn::Join and the pseudo parameters.
//!
//! AWS page: CloudFormation User Guide, "Intrinsic function reference" and "Pseudo parameters reference".
//! Entry: [`Resolver::resolve`]. A resolved value keeps the place of its intrinsic; one that can't be
//! resolved becomes `null`, which every reader takes as absent, so that one mistake is one finding.
//! Left out on purpose: the other functions, which are a finding.

use super::fields;
use super::findings::{At, Findings};
use super::names::{Held, Names, NotFound, Scope};
use crate::gather::Gather;
use crate::json::{Member, Node, Value};

/// Resolved texts of one document take at most this many bytes: intrinsics that repeat each other grow fast.
pub(crate) const MAX_RESOLVED: usize = 8 * 1024 * 1024;

/// The name of every stack, `AWS::StackName`.
pub(crate) const STACK_NAME: &str = "sandbox";

/// Resolves the intrinsics of values in one scope.
pub(crate) struct Resolver<'r, 'a> {
    pub names: &'r Names,
    pub scope: Scope<'r>,
    pub findings: &'r mut Findings<'a>,
    /// Bytes that may still be resolved.
    pub budget: &'r mut usize,
}

/// The intrinsic that an object stands for, if it does.
pub(crate) fn intrinsic(node: &Node) -> Option<&Member> {
    let [member] = node.members() else {
        return None;
    };
    (&*member.key == "Ref" || member.key.starts_with("Fn::")).then_some(member)
}

impl Resolver<'_, '_> {
    /// The value with its intrinsics resolved.
    pub fn resolve(&mut self, at: At<'_>) -> Node {
        if let Some(member) = intrinsic(at.node) {
            let value = self.call(at, &member.key, &member.node);
            return Node { value: value.unwrap_or(Value::Null), span: at.node.span };
        }
        let value = match &at.node.value {
            Value::Null => {
                self.findings.error("diagnostic.null", at, &[]);
                Value::Null
            }
            Value::Array(items) => {
                let item = |node| self.resolve(At::new(node));
                let kept = items.iter().filter(|item| !is_no_value(item));
                Value::Array(kept.map(item).gather())
            }
            Value::Object(members) => {
                if let Some(member) = members.iter().find(|member| member.key.starts_with("Fn::")) {
                    self.findings.error("diagnostic.intrinsic-not-alone", at, &[("name", &member.key)]);
                }
                let member = |member: &Member| Member {
                    key: member.key.clone(),
                    key_span: member.key_span,
                    node: self.resolve(At::new(&member.node)),
                };
                Value::Object(members.iter().filter(|member| !is_no_value(&member.node)).map(member).gather())
            }
            value => value.clone(),
        };
        Node { value, span: at.node.span }
    }

    /// The value as one string; anything else is a finding.
    pub fn resolve_text(&mut self, at: At<'_>) -> Option<String> {
        let node = self.resolve(at);
        if node.kind() == "null" {
            return None;
        }
        match scalar(&node) {
            Some(text) => Some(text.to_string()),
            None => {
                let params = [("expected", "string"), ("found", node.kind())];
                self.findings.error("diagnostic.wrong-type", at, &params);
                None
            }
        }
    }

    fn call(&mut self, at: At<'_>, name: &str, argument: &Node) -> Option<Value> {
        let argument = At::new(argument);
        let value = match name {
            "Ref" => {
                let name = fields::text(argument, self.findings)?;
                self.reference(at, name)
            }
            "Fn::GetAtt" => {
                let (name, attribute) = self.attribute_names(argument)?;
                self.attribute(at, &name, &attribute).map(Value::string)
            }
            "Fn::Sub" => self.sub(argument),
            "Fn::Join" => self.join(argument),
            _ => {
                self.findings.warning("diagnostic.not-modelled.intrinsic", at, &[("name", name)]);
                None
            }
        }?;
        self.spend(at, value)
    }

    fn spend(&mut self, at: At<'_>, value: Value) -> Option<Value> {
        let size = match &value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().filter_map(Node::as_str).map(str::len).sum(),
            _ => 0,
        };
        if size > *self.budget {
            self.findings.error("diagnostic.too-long", at, &[("limit", &MAX_RESOLVED.to_string())]);
            return None;
        }
        *self.budget -= size;
        Some(value)
    }

    fn reference(&mut self, at: At<'_>, name: &str) -> Option<Value> {
        if name == "AWS::NoValue" {
            return None;
        }
        match self.value(at, name)? {
            Held::Unknown => None,
            Held::Text(text) => Some(Value::string(text)),
            Held::List(items) => {
                let item = |text: String| Node { value: Value::string(text), span: at.node.span };
                Some(Value::Array(items.into_iter().map(item).gather()))
            }
        }
    }

    /// What Ref gives for a name; an unknown one is a finding.
    pub(super) fn value(&mut self, at: At<'_>, name: &str) -> Option<Held> {
        if let Some(value) = self.pseudo_parameter(name) {
            return Some(Held::Text(value));
        }
        match self.names.find(self.scope, name) {
            Ok((_, _, declared)) => Some(declared.reference.clone()),
            Err(missing) => {
                self.not_found(at, name, missing);
                None
            }
        }
    }

    pub(super) fn pseudo_parameter(&self, name: &str) -> Option<String> {
        let Scope::Template(account) = self.scope else {
            return None;
        };
        let names = self.names.accounts.get(account)?;
        Some(match name {
            "AWS::AccountId" => account.to_string(),
            "AWS::Region" => names.region.clone(),
            "AWS::Partition" => "aws".to_string(),
            "AWS::URLSuffix" => "amazonaws.com".to_string(),
            "AWS::StackName" => STACK_NAME.to_string(),
            "AWS::StackId" => names.stack_id.clone(),
            _ => return None,
        })
    }

    fn not_found(&mut self, at: At<'_>, name: &str, missing: NotFound) {
        match missing {
            NotFound::Unknown => {
                let near = if self.findings.is_full() { None } else { self.names.near(self.scope, name) };
                fields::unknown(
                    self.findings,
                    fields::NAME,
                    at.span(),
                    name,
                    &mut near.as_deref().into_iter(),
                );
            }
            NotFound::Ambiguous(names) => {
                let params = [("name", name), ("names", &*names.join(", "))];
                self.findings.error("diagnostic.ambiguous-name", at, &params);
            }
        }
    }

    /// Logical id and attribute of Fn::GetAtt: a pair, or both with a dot between.
    fn attribute_names(&mut self, argument: At<'_>) -> Option<(String, String)> {
        if let Some((name, attribute)) = argument.text().and_then(|text| text.split_once('.')) {
            return Some((name.to_string(), attribute.to_string()));
        }
        if let [name, attribute] = argument.node.items()
            && let (Some(name), Some(attribute)) = (name.as_str(), attribute.as_str())
        {
            return Some((name.to_string(), attribute.to_string()));
        }
        self.findings.error("diagnostic.wrong-get-att", argument, &[]);
        None
    }

    pub(super) fn attribute(&mut self, at: At<'_>, name: &str, attribute: &str) -> Option<String> {
        let names = self.names;
        let declared = match names.find(self.scope, name) {
            Ok((_, _, declared)) => declared,
            Err(missing) => {
                self.not_found(at, name, missing);
                return None;
            }
        };
        if !declared.is_resource {
            self.findings.error("diagnostic.get-att-of-parameter", at, &[("name", name)]);
            return None;
        }
        let kind = declared.kind?;
        if !kind.attributes.contains(&attribute) {
            let known = &mut kind.attributes.iter().copied();
            fields::unknown(self.findings, fields::ATTRIBUTE, at.span(), attribute, known);
            return None;
        }
        declared.attributes.get(attribute).cloned()
    }

    fn join(&mut self, argument: At<'_>) -> Option<Value> {
        let mut parts = argument.items();
        let (Some(delimiter), Some(list), None) = (parts.next(), parts.next(), parts.next()) else {
            self.findings.error("diagnostic.wrong-join", argument, &[]);
            return None;
        };
        let Some(delimiter) = delimiter.text() else {
            self.findings.error("diagnostic.wrong-join", argument, &[]);
            return None;
        };
        let resolved = self.resolve(list);
        // What is joined without an item that isn't known would mislead.
        if resolved.kind() == "null" || resolved.items().iter().any(|item| item.kind() == "null") {
            return None;
        }
        let items: Option<Vec<&str>> = match &resolved.value {
            Value::Array(items) => items.iter().map(scalar).gather(),
            _ => None,
        };
        let Some(items) = items else {
            self.findings.error("diagnostic.wrong-join", argument, &[]);
            return None;
        };
        let size = items.iter().map(|item| item.len() + delimiter.len()).sum::<usize>();
        if size > *self.budget {
            self.findings.error("diagnostic.too-long", argument, &[("limit", &MAX_RESOLVED.to_string())]);
            return None;
        }
        Some(Value::string(items.join(delimiter)))
    }
}

/// `{"Ref": "AWS::NoValue"}`: as if the value weren't there.
fn is_no_value(node: &Node) -> bool {
    intrinsic(node).and_then(|member| member.node.as_str()) == Some("AWS::NoValue")
}

/// A string, number or boolean as the string that CloudFormation makes of it.
pub(crate) fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) => Some(text),
        Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}

/// What stands in a policy for a value that isn't known: well-formed in every element, and it matches nothing.
pub const NOT_KNOWN: &str = "arn:aws:iam::000000000000:role/not-modelled";

/// A resolved value where what couldn't be resolved matches nothing; it was reported where it stands.
pub(crate) fn matching_nothing(node: &Node) -> Node {
    let value = match &node.value {
        Value::Null => Value::string(NOT_KNOWN),
        Value::Array(items) => Value::Array(items.iter().map(matching_nothing).gather()),
        Value::Object(members) => {
            let member = |member: &Member| Member { node: matching_nothing(&member.node), ..member.clone() };
            Value::Object(members.iter().map(member).gather())
        }
        value => value.clone(),
    };
    Node { value, span: node.span }
}
