//! A typed document back to JSON, in one form: every list an array, Statement too.
//!
//! Entry: [`Document::to_node`]. The result reads as the document does; spans are gone.

use super::document::{Document, Statement, Version};
use super::matching::{Condition, PrincipalElement, PrincipalPattern};
use crate::gather::Gather;
use crate::json::{Member, Node, Value};

impl Document {
    /// The document as JSON.
    pub fn to_node(&self) -> Node {
        let version = match self.version {
            Version::V2012 => "2012-10-17",
            Version::V2008 => "2008-10-17",
        };
        let id = self.id.as_ref().map(|id| Member::new("Id", text(id)));
        let statements = self.statements.iter().map(Statement::to_node).gather();
        let members = [
            Some(Member::new("Version", text(version))),
            id,
            Some(Member::new("Statement", array(statements))),
        ];
        object(members.into_iter().flatten().gather())
    }
}

impl Statement {
    /// The statement as JSON.
    pub fn to_node(&self) -> Node {
        let sid = self.sid.as_ref().map(|sid| Member::new("Sid", text(sid)));
        let principal =
            self.principal.as_ref().map(|principal| Member::new(self.principal_element(), who(principal)));
        let actions = texts(self.actions.patterns.iter().map(|pattern| pattern.text()));
        let resources = self.resources.as_ref().map(|resources| {
            Member::new(
                self.resource_element(),
                texts(resources.patterns.iter().map(|pattern| pattern.text())),
            )
        });
        let conditions =
            (!self.conditions.is_empty()).then(|| Member::new("Condition", conditions(&self.conditions)));
        let members = [
            sid,
            Some(Member::new("Effect", text(self.effect.name()))),
            principal,
            Some(Member::new(self.action_element(), actions)),
            resources,
            conditions,
        ];
        object(members.into_iter().flatten().gather())
    }
}

fn who(element: &PrincipalElement) -> Node {
    let mut members: Vec<Member> = Vec::new();
    for pattern in &element.patterns {
        let kind = match pattern {
            PrincipalPattern::Everyone
            | PrincipalPattern::Account { .. }
            | PrincipalPattern::Arn(_)
            | PrincipalPattern::UniqueId(_) => "AWS",
            PrincipalPattern::Service(_) | PrincipalPattern::EveryService => "Service",
            PrincipalPattern::Federated(_) => "Federated",
            PrincipalPattern::CanonicalUser(_) => "CanonicalUser",
        };
        push(&mut members, kind, text(pattern.text()));
    }
    object(members)
}

fn conditions(conditions: &[Condition]) -> Node {
    let mut operators: Vec<Member> = Vec::new();
    for condition in conditions {
        let values = texts(condition.values.iter().map(|value| &*value.text));
        let key = Member::new(&condition.key, values);
        match operators.iter_mut().find(|member| member.key == condition.operator) {
            Some(Member { node: Node { value: Value::Object(keys), .. }, .. }) => keys.push(key),
            _ => operators.push(Member::new(&condition.operator, object(vec![key]))),
        }
    }
    object(operators)
}

/// Adds an item to the array of that name.
fn push(members: &mut Vec<Member>, name: &str, item: Node) {
    match members.iter_mut().find(|member| &*member.key == name) {
        Some(Member { node: Node { value: Value::Array(items), .. }, .. }) => items.push(item),
        _ => members.push(Member::new(name, array(vec![item]))),
    }
}

fn object(members: Vec<Member>) -> Node {
    Value::Object(members).node()
}

fn array(items: Vec<Node>) -> Node {
    Value::Array(items).node()
}

fn text(text: &str) -> Node {
    Value::string(text).node()
}

fn texts<'t>(items: impl Iterator<Item = &'t str>) -> Node {
    array(items.map(text).gather())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{parse, to_compact};
    use crate::policy::PolicyKind;

    #[test]
    fn reads_as_it_was() {
        let written = r#"{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"a","Effect":"Deny","NotPrincipal":{"AWS":["111122223333","*"],"Service":["s3.amazonaws.com"]},"NotAction":["s3:*"],"Resource":["*"],"Condition":{"Null":{"a:b":["true"],"a:c":["false"]},"Bool":{"a:d":["true"]}}}]}"#;
        let document = Document::parse(&parse(written).unwrap(), PolicyKind::Resource).unwrap();
        assert_eq!(to_compact(&document.to_node()), written);
        let short = r#"{"Statement":{"Effect":"Allow","Action":"s3:Get","Resource":"*"}}"#;
        let document = Document::parse(&parse(short).unwrap(), PolicyKind::Identity).unwrap();
        let again = Document::parse(&document.to_node(), PolicyKind::Identity).unwrap();
        assert_eq!(again.to_node(), document.to_node());
    }
}
