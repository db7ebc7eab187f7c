//! Condition operators, and how keys and operators go together.
//!
//! AWS pages: IAM User Guide, "IAM JSON policy elements: Condition operators"; "Set operators for multivalued
//! context keys".

use super::issue::{
    DYNAMODB_ATTRIBUTES_WITHOUT_SELECT, INVALID_CONDITION_KEY_FORMAT, INVALID_CONDITION_MULTIPLE_BOOLEAN,
    INVALID_CONDITION_OPERATOR, IRRELEVANT_CONDITION_KEY_IN_POLICY, MISSING_PAIRED_CONDITION_KEYS,
    NULL_WITH_IF_EXISTS, NULL_WITH_QUALIFIER, S3_PREFIX_IN_NEGATIVE_CONTEXT, UNTRUSTWORTHY_CONDITION_KEY,
};
use super::nearest::nearest;
use super::operator::OPERATORS;
use super::report::Report;
use super::{Condition, Document, Effect, Family, Place, ResourceType, Statement};
use crate::sorted::SortedSet;

/// A key and the keys of which one should stand beside it.
const PAIRED: [(&str, [&str; 3]); 1] =
    [("aws:VpcSourceIp", ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"])];

/// Headers that the caller writes: the global keys' page warns of the first, and of the second by its nature.
const UNTRUSTWORTHY: [&str; 2] = ["aws:Referer", "aws:UserAgent"];

/// Each operator once, each key under it.
pub fn check(document: &Document<'_>, report: &mut Report) {
    for statement in &document.statements {
        operators(statement, report);
        for condition in &statement.conditions {
            if !condition
                .key
                .text
                .split_once(':')
                .is_some_and(|(prefix, name)| !prefix.is_empty() && !name.is_empty())
            {
                let entry = report.add(INVALID_CONDITION_KEY_FORMAT, &condition.key.place);
                entry.with("key", condition.key.text);
            }
            multiple_booleans(condition, report);
            beside(statement, condition, report);
            untrustworthy(condition, report);
            prefix(statement, condition, report);
            let irrelevant = document.subject.resource_type == Some(ResourceType::Bucket)
                && condition.is("s3:ResourceAccount");
            if irrelevant {
                report
                    .add(IRRELEVANT_CONDITION_KEY_IN_POLICY, &condition.key.place)
                    .with("conditionKey", condition.key.text)
                    .with("resourceType", ResourceType::Bucket.name());
            }
        }
        dynamodb_attributes(statement, report);
    }
}

fn operators(statement: &Statement<'_>, report: &mut Report) {
    let blocks = statement.node.get("Condition").map(|node| node.members()).unwrap_or_default();
    let Some(place) = &statement.condition_place else { return };
    let mut seen = SortedSet::new();
    for block in blocks.iter().filter(|block| seen.insert(&*block.key)) {
        let place = Place::new(place.pointer.key(&block.key), block.key_span);
        match super::Operator::parse(&block.key) {
            None => {
                let name = block.key.rsplit(':').next().unwrap_or("");
                let bare = name.strip_suffix("IfExists").unwrap_or(name);
                let entry = report.add(INVALID_CONDITION_OPERATOR, &place).with("operator", &*block.key);
                if let Some(meant) = nearest(bare, OPERATORS.iter().map(|(name, _)| *name)) {
                    entry.with("validOperator", meant).variant("nearest");
                }
            }
            Some(operator) if operator.family == Family::Null && operator.if_exists => {
                report.add(NULL_WITH_IF_EXISTS, &place);
            }
            Some(operator) if operator.family == Family::Null && operator.qualifier.is_some() => {
                report.add(NULL_WITH_QUALIFIER, &place);
            }
            Some(_) => {}
        }
    }
}

fn multiple_booleans(condition: &Condition<'_>, report: &mut Report) {
    let Some(operator) = condition.operator else { return };
    let single = matches!(operator.family, Family::Bool | Family::Null) && operator.qualifier.is_none();
    if single && condition.values.len() > 1 {
        let entry = report.add(INVALID_CONDITION_MULTIPLE_BOOLEAN, &condition.values_place);
        entry.with("key", condition.key.text);
    }
}

fn beside(statement: &Statement<'_>, condition: &Condition<'_>, report: &mut Report) {
    for (key, others) in PAIRED {
        if condition.is(key) && !condition.is_null() && !others.iter().any(|other| statement.has_key(other)) {
            report
                .add(MISSING_PAIRED_CONDITION_KEYS, &condition.key.place)
                .with("conditionKeyName", condition.key.text)
                .with("recommendedKeys", others.join(", "));
        }
    }
}

fn untrustworthy(condition: &Condition<'_>, report: &mut Report) {
    if UNTRUSTWORTHY.iter().any(|key| condition.is(key)) {
        report.add(UNTRUSTWORTHY_CONDITION_KEY, &condition.key.place).with("key", condition.key.text);
    }
}

/// A shorter prefix than the denied one lists the same objects.
fn prefix(statement: &Statement<'_>, condition: &Condition<'_>, report: &mut Report) {
    if !condition.is("s3:prefix") {
        return;
    }
    let Some(operator) = condition.operator.filter(|operator| operator.family == Family::String) else {
        return;
    };
    let negative = match statement.effect {
        Some(Effect::Deny) => !operator.negated(),
        Some(Effect::Allow) => operator.negated(),
        None => false,
    };
    if negative {
        report
            .add(S3_PREFIX_IN_NEGATIVE_CONTEXT, &condition.key.place)
            .with("operator", condition.operator_text);
    }
}

fn dynamodb_attributes(statement: &Statement<'_>, report: &mut Report) {
    let is = |condition: &&Condition<'_>, key: &str| condition.key.text.eq_ignore_ascii_case(key);
    let Some(attributes) = statement.conditions.iter().find(|condition| is(condition, "dynamodb:Attributes"))
    else {
        return;
    };
    let selects = statement.conditions.iter().any(|condition| {
        condition.is("dynamodb:Select")
            && condition.values.iter().all(|value| value.text == "SPECIFIC_ATTRIBUTES")
    });
    if statement.effect == Some(Effect::Allow) && !selects {
        report.add(DYNAMODB_ATTRIBUTES_WITHOUT_SELECT, &attributes.key.place);
    }
}
