//! Which data files a document's policies ask for.

use super::{ACTION_NAMES, SERVICES, Tables};
use crate::json::Node;

/// The services whose tables are whole, where these haven't come yet.
const MODELLED: [&str; 6] = ["cloudtrail", "ec2", "iam", "organizations", "s3", "sts"];

/// The names of the files that checking and completing this document's policies needs and that aren't there: the
/// services of this model, and all others' action names where a statement names another service.
pub fn needed(document: &Node, tables: &Tables) -> Vec<&'static str> {
    let mut names = Vec::new();
    if tables.services.is_empty() {
        names.push(SERVICES);
    }
    if tables.action_names.is_none() && names_another(document) {
        names.push(ACTION_NAMES);
    }
    names
}

/// Whether a text below `Statement` begins with the prefix of a service outside this model.
fn names_another(node: &Node) -> bool {
    node.items().iter().any(names_another)
        || node.members().iter().any(|member| {
            if &*member.key == "Statement" {
                speaks_of_another(&member.node)
            } else {
                names_another(&member.node)
            }
        })
}

fn speaks_of_another(node: &Node) -> bool {
    node.as_str().is_some_and(is_another)
        || node.items().iter().any(speaks_of_another)
        || node.members().iter().any(|member| is_another(&member.key) || speaks_of_another(&member.node))
}

/// `dynamodb:GetItem`, `arn:aws:kms:...`, `kms:ViaService`.
fn is_another(text: &str) -> bool {
    let mut fields = text.split(':');
    let first = fields.next().unwrap_or("");
    let prefix = if first == "arn" { fields.nth(1).unwrap_or("") } else { first };
    let is_prefix = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    fields.next().is_some()
        && is_prefix(prefix)
        && !["aws", "fn", "foranyvalue", "forallvalues"].contains(&&*prefix.to_ascii_lowercase())
        && !MODELLED.contains(&&*prefix.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn of(statement: &str) -> Vec<&'static str> {
        needed(&parse(&format!("{{\"a\": [{{\"Statement\": {statement}}}]}}")).unwrap(), &Tables::default())
    }

    #[test]
    fn action_names_are_needed_for_other_services() {
        let own = r#"[{"Action": ["s3:Get*", "*"], "Resource": ["arn:aws:s3:::b", {"Fn::Sub": "arn:${AWS::Partition}:s3:::b"}],
            "Condition": {"ForAnyValue:StringLike": {"aws:TagKeys": "a"}}}]"#;
        assert_eq!(of(own), [SERVICES]);
        assert_eq!(of(r#"{"Action": "dynamodb:GetItem"}"#), [SERVICES, ACTION_NAMES]);
        assert_eq!(of(r#"{"Resource": "arn:aws:kms:*:*:key/1"}"#), [SERVICES, ACTION_NAMES]);
        assert_eq!(of(r#"{"Condition": {"StringLike": {"kms:ViaService": "a"}}}"#), [SERVICES, ACTION_NAMES]);
        assert_eq!(needed(&parse("{}").unwrap(), &Tables::carried()), [""; 0]);
    }

    #[test]
    fn the_modelled_services_are_those_of_the_tables() {
        let mut prefixes: Vec<String> =
            Tables::carried().services.into_iter().map(|service| service.prefix).collect();
        prefixes.sort();
        assert_eq!(prefixes, MODELLED);
    }
}
