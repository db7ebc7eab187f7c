//! What IAM Access Analyzer would say about a policy: errors, security warnings, warnings, suggestions.
//!
//! AWS page: IAM User Guide, "IAM policy validation check reference". Entry: [`validate`].
//! Issue codes are AWS's own; `tests/conformance.md` lists each, done or why not. A finding carries codes and
//! parameters; the sentences are catalogue texts ([`Finding::text_key`]).
//! Left out on purpose: custom policy checks, and whatever needs the tables of services outside this model.

mod action;
mod api_name;
mod condition;
mod condition_key;
mod condition_value;
mod date;
mod document;
mod empty;
mod federation;
mod grammar;
mod ip_address;
mod issue;
mod nearest;
mod operator;
mod organization;
mod pass_role;
mod pattern;
mod place;
mod principal;
mod redundant;
mod report;
mod resource;
mod service_principal;
mod sid;
mod size;
mod subject;
mod tag_key;
mod trust;
mod variable;
mod wildcard;

pub use condition_key::family;
pub use document::{Condition, ConditionValue, Document, Effect, Principal, Statement, Value, Values};
pub use issue::{FindingType, ISSUES, Issue};
pub use operator::{Family, OPERATORS, Operator, Qualifier};
pub use place::{Place, Pointer};
pub use report::{Finding, Location, ValidatePolicyFinding, ValidatePolicyLocation, ValidatePolicyOutput};
pub use subject::{ResourceType, Subject};

use crate::data::Tables;
use crate::json;
use report::Report;

/// Longest text that is read, in bytes; no policy is nearly that long.
pub const MAX_TEXT: usize = 2 * 1024 * 1024;

/// All findings about a policy, in the order of the text.
///
/// `text` is the document with intrinsics already resolved. What the tables don't hold isn't checked, so
/// empty tables give the findings of grammar alone; at most 1,000. Takes time in proportion to the text.
pub fn validate(text: &str, subject: Subject, tables: &Tables) -> Vec<Finding> {
    validate_resolved(text, subject, tables, &[])
}

/// As [`validate`], of a text with intrinsics: each has its place and what it stands for, in the order of the text.
pub fn validate_resolved(
    text: &str,
    subject: Subject,
    tables: &Tables,
    resolved: &[(json::Span, json::Value)],
) -> Vec<Finding> {
    let mut report = Report::default();
    if text.len() > MAX_TEXT {
        let place = Place::new(Pointer::default(), json::Span { start: 0, end: 0 });
        report.add(issue::JSON_SYNTAX_ERROR, &place).variant("too-large");
        return report.finish();
    }
    match json::parse(text) {
        Ok(node) if resolved.is_empty() => check(text, &node, subject, tables, &mut report),
        Ok(mut node) => {
            resolve(&mut node, resolved);
            check(&json::to_compact(&node), &node, subject, tables, &mut report);
        }
        Err(fault) => grammar::syntax(text, &fault, &mut report),
    }
    report.finish()
}

/// Puts what the intrinsics stand for in their places.
fn resolve(node: &mut json::Node, resolved: &[(json::Span, json::Value)]) {
    let known = resolved.binary_search_by_key(&node.span.start, |(span, _)| span.start);
    if let Some((span, value)) = known.ok().and_then(|place| resolved.get(place))
        && *span == node.span
    {
        node.value = value.clone();
        return;
    }
    match &mut node.value {
        json::Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, resolved)),
        json::Value::Object(members) => members.iter_mut().for_each(|one| resolve(&mut one.node, resolved)),
        _ => {}
    }
}

/// `text` is what counts for the size.
fn check(text: &str, node: &json::Node, subject: Subject, tables: &Tables, report: &mut Report) {
    grammar::check(node, subject, report);
    let document = Document::read(node, subject);
    size::check(text, &document, report);
    sid::check(&document, report);
    empty::check(&document, report);
    variable::check(&document, report);
    principal::check(&document, report);
    trust::check(&document, report);
    federation::check(&document, report);
    service_principal::check(&document, report);
    action::check(&document, tables, report);
    resource::check(&document, tables, report);
    condition::check(&document, report);
    condition_key::check(&document, tables, report);
    condition_value::check(&document, tables, report);
    ip_address::check(&document, report);
    wildcard::check(&document, report);
    tag_key::check(&document, tables, report);
    pass_role::check(&document, report);
    organization::check(&document, report);
    redundant::check(&document, report);
}
