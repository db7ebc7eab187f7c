//! What can stand at a place of a policy that is being typed, and what the word there means.
//!
//! AWS pages: IAM User Guide, "IAM JSON policy elements reference"; Service Authorization Reference.
//! Entries: [`complete`], [`describe`]; [`value_at`] for a policy inside a longer text. All read text that isn't JSON yet; offsets are UTF-16 units, as
//! editors count.
//! Left out on purpose: filtering by more than what the typed letters contain, which the editor does; and names
//! that only an AWS account could tell.

mod action;
mod condition;
mod cursor;
mod describe;
mod element;
mod principal;
mod resource;
mod statement;
mod tree;
mod variable;
mod within;

use crate::gather::Gather;
pub use describe::{Description, describe};
pub use within::value_at;

use super::validate::{MAX_TEXT, Subject};
use crate::data::Tables;
use cursor::{Cursor, Place, Step};
pub use cursor::{byte_offset, utf16_offset};
use serde::Serialize;
use statement::Surroundings;

/// Most proposals; more letters narrow them.
const MAX_PROPOSALS: usize = 1_000;

/// A resource or principal of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioArn {
    /// Its ARN.
    pub arn: String,
}

/// Something that can stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What is written instead of the text between `from` and `to`, quotes included where they are missing.
    pub insert: String,
    /// First UTF-16 unit that is replaced.
    pub from: usize,
    /// After the last UTF-16 unit that is replaced.
    pub to: usize,
    /// What it is.
    pub kind: CompletionKind,
    /// Catalogue key of a few words about it, `editor....`.
    pub code: &'static str,
}

/// What a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "kebab-case")]
pub enum CompletionKind {
    /// An element of the policy language.
    Element,
    /// A fixed value.
    Value,
    /// The prefix of a service.
    Service,
    /// An action.
    Action,
    /// A resource's ARN.
    Resource,
    /// A principal.
    Principal,
    /// A condition operator.
    Operator,
    /// A condition key.
    ConditionKey,
    /// A policy variable.
    Variable,
}

/// A proposal before it knows its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Proposal {
    label: String,
    /// The string's content, if it isn't the label.
    content: Option<String>,
    kind: CompletionKind,
    code: &'static str,
}

impl Proposal {
    fn new(label: impl Into<String>, kind: CompletionKind, code: &'static str) -> Self {
        Proposal { label: label.into(), content: None, kind, code }
    }
}

/// All that can stand at `offset`, the likeliest first; none where nothing is known.
pub fn complete(
    text: &str,
    offset: usize,
    subject: Subject,
    tables: &Tables,
    arns: &[ScenarioArn],
) -> Vec<Completion> {
    if text.len() > MAX_TEXT {
        return Vec::new();
    }
    let document = tree::read(text);
    let Some(cursor) = Cursor::find(text, &document, cursor::byte_offset(text, offset)) else {
        return Vec::new();
    };
    let surroundings = Surroundings::read(&document, &cursor, subject, tables, arns);
    let typed = cursor.typed(text);
    if let Some(start) = variable::open(typed)
        && variable::allowed(&cursor)
    {
        return placed(text, &cursor.inside(start), variable::proposals(tables));
    }
    placed(text, &cursor, proposals(&cursor, &surroundings, typed))
}

fn proposals(cursor: &Cursor<'_>, surroundings: &Surroundings<'_>, typed: &str) -> Vec<Proposal> {
    let path: Vec<&str> = cursor.path.iter().filter_map(Step::key).gather();
    let element = path.get(1).copied().unwrap_or("");
    match (path.first().copied(), path.len(), cursor.place) {
        (None, _, Place::Key) => element::of_document(surroundings),
        (Some("Version"), 1, Place::Value) => element::versions(),
        (Some("Statement"), 1, Place::Key) => element::of_statement(surroundings),
        (Some("Statement"), 2, Place::Value) if element == "Effect" => element::effects(surroundings),
        (Some("Statement"), 2, Place::Value) if matches!(element, "Action" | "NotAction") => {
            action::proposals(surroundings, typed)
        }
        (Some("Statement"), 2, Place::Value) if matches!(element, "Resource" | "NotResource") => {
            resource::proposals(surroundings)
        }
        (Some("Statement"), 2, place) if matches!(element, "Principal" | "NotPrincipal") => {
            principal::kinds(surroundings, place)
        }
        (Some("Statement"), 3, Place::Value) if matches!(element, "Principal" | "NotPrincipal") => {
            principal::values(surroundings, path.get(2).copied().unwrap_or(""))
        }
        (Some("Statement"), 2, Place::Key) if element == "Condition" => {
            condition::operators(surroundings, typed)
        }
        (Some("Statement"), 3, Place::Key) if element == "Condition" => condition::keys(surroundings),
        (Some("Statement"), 4, Place::Value) if element == "Condition" => {
            condition::values(surroundings, path.get(3).copied().unwrap_or(""))
        }
        _ => Vec::new(),
    }
}

/// Narrows by the typed letters, and writes what is to be inserted.
fn placed(text: &str, cursor: &Cursor<'_>, proposals: Vec<Proposal>) -> Vec<Completion> {
    let typed = cursor.typed(text).to_ascii_lowercase();
    let (from, to) = (cursor::utf16_offset(text, cursor.from), cursor::utf16_offset(text, cursor.to));
    let (mut beginning, mut containing) = (Vec::new(), Vec::new());
    for proposal in proposals {
        let label = proposal.label.to_ascii_lowercase();
        if label.starts_with(&typed) {
            beginning.push(proposal);
        } else if label.contains(&typed) {
            containing.push(proposal);
        }
    }
    let completion = |proposal: Proposal| {
        let content = proposal.content.as_deref().unwrap_or(&proposal.label);
        let insert = cursor.write(content);
        Completion { insert, label: proposal.label, from, to, kind: proposal.kind, code: proposal.code }
    };
    beginning.into_iter().chain(containing).take(MAX_PROPOSALS).map(completion).gather()
}
