//! `aws:ResourceTag` with actions that don't have it.
//!
//! AWS page: IAM User Guide, "Controlling access to AWS resources using tags".

use super::issue::{
    ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
    ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
    DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
    DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
};
use super::pattern::{covers_action, has_wildcard};
use super::report::Report;
use super::{Document, Effect, Statement};
use crate::data::{Service, Tables};
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::sorted::SortedSet;

/// Actions with wildcards that are compared with every name of their service.
const MAX_PATTERNS: usize = 200;

/// Statements with the key; one finding for each key.
pub fn check(document: &Document<'_>, tables: &Tables, report: &mut Report) {
    if document.subject.kind == PolicyKind::Trust || tables.services.is_empty() {
        return;
    }
    let mut patterns = 0;
    for statement in &document.statements {
        let Some(effect) = statement.effect else { continue };
        let mut unsupported = None;
        let mut seen = SortedSet::new();
        for condition in &statement.conditions {
            let key = condition.key.text;
            let tag = key
                .split_once('/')
                .filter(|(name, tag)| name.eq_ignore_ascii_case("aws:ResourceTag") && !tag.is_empty());
            // Null asks whether the key is there, which is a way to know of its absence.
            if tag.is_none() || condition.is_null() || !seen.insert(key) {
                continue;
            }
            if statement.not_action.is_some() {
                let issue = match effect {
                    Effect::Allow => ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
                    Effect::Deny => DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
                };
                report.add(issue, &condition.key.place).with("conditionKeyName", key);
                continue;
            }
            let services = unsupported.get_or_insert_with(|| without_tags(statement, tables, &mut patterns));
            if !services.is_empty() {
                let issue = match effect {
                    Effect::Allow => ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
                    Effect::Deny => DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE,
                };
                report
                    .add(issue, &condition.key.place)
                    .with("conditionKeyName", key)
                    .with("serviceNames", services.join(", "));
            }
        }
    }
}

/// The services of this model that have an action in the statement without the key.
fn without_tags(statement: &Statement<'_>, tables: &Tables, patterns: &mut usize) -> Vec<String> {
    let mut services = SortedSet::new();
    for value in statement.action.iter().flat_map(|values| &values.items) {
        let Some((prefix, name)) = value.text.split_once(':') else { continue };
        let Some(service) = tables.service(prefix) else { continue };
        let supported = if has_wildcard(name) {
            *patterns += 1;
            // A pattern counts only if none of its actions has the key.
            *patterns > MAX_PATTERNS || some_action_has_tags(service, name)
        } else {
            service.action(name).is_none_or(|action| has_tags(service, action))
        };
        if !supported {
            services.insert(service.prefix.clone());
        }
    }
    services.into_iter().gather()
}

fn some_action_has_tags(service: &Service, pattern: &str) -> bool {
    let mut matching =
        service.actions.iter().filter(|action| covers_action(pattern, &action.name)).peekable();
    matching.peek().is_none() || matching.any(|action| has_tags(service, action))
}

fn has_tags(service: &Service, action: &crate::data::Action) -> bool {
    service.keys_of(action).any(|key| key.name == "aws:ResourceTag/${TagKey}")
}
