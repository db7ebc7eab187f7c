//! Condition operators, keys and values, each by what is known of the others.

use super::statement::Surroundings;
use super::{CompletionKind, Proposal, principal};
use crate::arn::Arn;
use crate::data::{ConditionKey, KeyLookup, KeyType};
use crate::gather::Gather;
use crate::policy::validate::{Family, OPERATORS, Operator, family};
use crate::sorted::SortedSet;

/// Operators: those of the type of a key that stands under the operator already, else all. Set operators and
/// the suffix once something is typed.
pub fn operators(surroundings: &Surroundings<'_>, typed: &str) -> Vec<Proposal> {
    let known = surroundings.keys.iter().find_map(|key| known(surroundings, key));
    let fits =
        |wanted: Family| known.is_none_or(|key| wanted == Family::Null || wanted == family(key.value_type));
    let multivalued = known.map(|key| key.multivalued);
    let mut proposals = Vec::new();
    for (name, of) in OPERATORS.iter().filter(|(_, of)| fits(*of)) {
        let mut add =
            |text: String| proposals.push(Proposal::new(text, CompletionKind::Operator, operator_code(*of)));
        if multivalued != Some(true) || *of == Family::Null {
            add(name.to_string());
        }
        if *of == Family::Null {
            continue;
        }
        if multivalued == Some(true) || (multivalued.is_none() && !typed.is_empty()) {
            add(format!("ForAnyValue:{name}"));
            add(format!("ForAllValues:{name}"));
        }
        if !typed.is_empty() && multivalued != Some(true) {
            add(format!("{name}IfExists"));
        }
    }
    proposals
}

/// The catalogue key of an operator's type.
pub fn operator_code(family: Family) -> &'static str {
    match family {
        Family::String => "editor.operator.string",
        Family::Numeric => "editor.operator.numeric",
        Family::Date => "editor.operator.date",
        Family::Bool => "editor.operator.bool",
        Family::Binary => "editor.operator.binary",
        Family::IpAddress => "editor.operator.ip-address",
        Family::Arn => "editor.operator.arn",
        Family::Null => "editor.operator.null",
    }
}

/// The catalogue key of a condition key's type.
pub fn key_code(key: &ConditionKey) -> &'static str {
    match (key.value_type, key.multivalued) {
        (KeyType::String, false) => "editor.key.string",
        (KeyType::String, true) => "editor.key.string-list",
        (KeyType::Bool, _) => "editor.key.bool",
        (KeyType::Arn, false) => "editor.key.arn",
        (KeyType::Arn, true) => "editor.key.arn-list",
        (KeyType::Numeric, _) => "editor.key.numeric",
        (KeyType::Date, _) => "editor.key.date",
        (KeyType::IpAddress, _) => "editor.key.ip-address",
    }
}

/// A key that the tables know.
pub fn known<'a>(surroundings: &Surroundings<'a>, key: &str) -> Option<&'a ConditionKey> {
    match surroundings.tables.condition_key(key) {
        KeyLookup::Known(key) => Some(key),
        _ => None,
    }
}

/// The keys of the statement's actions, then the global ones, of the operator's type, that aren't there.
pub fn keys(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let fits = |key: &ConditionKey| match surroundings.operator {
        None => true,
        Some(operator) => suits(&operator, key),
    };
    let of_actions =
        surroundings.known_actions().into_iter().flat_map(|(service, action)| service.keys_of(action));
    let keys = of_actions.chain(&surroundings.tables.global_keys);
    let mut seen = SortedSet::new();
    let mut proposals = Vec::new();
    for key in keys.filter(|key| seen.insert(key.name.as_str()) && fits(key)) {
        if surroundings.keys.iter().any(|present| present.eq_ignore_ascii_case(&key.name)) {
            continue;
        }
        // The tag's key is for the reader to write.
        let label = key.name.split("${").next().unwrap_or(&key.name);
        proposals.push(Proposal::new(label, CompletionKind::ConditionKey, key_code(key)));
    }
    proposals
}

fn suits(operator: &Operator, key: &ConditionKey) -> bool {
    let wanted = family(key.value_type);
    let set = operator.family == Family::Null || operator.qualifier.is_some() == key.multivalued;
    set && (operator.family == Family::Null || operator.family == wanted)
}

/// Values where the key or operator tells them.
pub fn values(surroundings: &Surroundings<'_>, key: &str) -> Vec<Proposal> {
    let value = |text: &str| Proposal::new(text, CompletionKind::Value, "editor.value");
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    let is_null = surroundings.operator.is_some_and(|operator| operator.family == Family::Null);
    let value_type = known(surroundings, key).map(|key| key.value_type);
    if is_null || value_type == Some(KeyType::Bool) {
        return vec![value("true"), value("false")];
    }
    if is("aws:RequestedRegion") {
        let regions = surroundings.tables.partitions.iter().flat_map(|partition| &partition.regions);
        return regions.map(|region| value(region)).gather();
    }
    if ["aws:PrincipalArn", "aws:SourceArn"].iter().any(|name| is(name)) {
        return if is("aws:PrincipalArn") {
            principal::of_scenario(surroundings)
        } else {
            resources(surroundings)
        };
    }
    if ["aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount", "s3:ResourceAccount"]
        .iter()
        .any(|name| is(name))
    {
        return principal::accounts(surroundings).iter().map(|account| value(account)).gather();
    }
    if ["iam:PassedToService", "aws:PrincipalServiceName", "aws:CalledVia"].iter().any(|name| is(name)) {
        return principal::services();
    }
    if is("aws:SourceVpc") {
        return ids(surroundings, "vpc/").iter().map(|id| value(id)).gather();
    }
    if is("aws:SourceVpce") {
        return ids(surroundings, "vpc-endpoint/").iter().map(|id| value(id)).gather();
    }
    Vec::new()
}

fn resources(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let arn = |arn: &String| Proposal::new(arn.clone(), CompletionKind::Resource, "editor.resource.scenario");
    surroundings.arns.iter().map(|other| &other.arn).map(arn).gather()
}

/// The ids of the scenario's EC2 resources of one type.
fn ids(surroundings: &Surroundings<'_>, kind: &str) -> Vec<String> {
    let arns =
        surroundings.arns.iter().filter_map(|arn| Arn::parse(&arn.arn)).filter(|arn| arn.service == "ec2");
    arns.filter_map(|arn| arn.resource.strip_prefix(kind)).map(str::to_string).gather()
}
