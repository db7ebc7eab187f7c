//! What the word at a place means, for a tooltip.

use super::condition::{key_code, known, operator_code};
use super::cursor::{self, Cursor, Place, Step};
use super::statement::Surroundings;
use super::{action, tree};
use crate::data::Tables;
use crate::gather::Gather;
use crate::json::Params;
use crate::policy::validate::{MAX_TEXT, Operator, Subject};
use serde::Serialize;

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Description {
    /// Catalogue key, `editor....`.
    pub code: &'static str,
    /// `word`; for an action also `resources`, if it has some.
    pub params: Params,
    /// First UTF-16 unit of the word.
    pub from: usize,
    /// After its last UTF-16 unit.
    pub to: usize,
}

/// What stands at a UTF-16 offset: an element, an action, a condition operator or key. `None` for the rest.
pub fn describe(text: &str, offset: usize, subject: Subject, tables: &Tables) -> Option<Description> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let document = tree::read(text);
    let cursor = Cursor::find(text, &document, cursor::byte_offset(text, offset))?;
    let surroundings = Surroundings::read(&document, &cursor, subject, tables, &[]);
    let word = text.get(cursor.from..cursor.to)?.trim_end_matches('"');
    let mut params = Params::new();
    let code = code(&cursor, &surroundings, word, &mut params)?;
    params.insert("word", word.to_string());
    let (from, to) =
        (cursor::utf16_offset(text, cursor.from), cursor::utf16_offset(text, cursor.from + word.len()));
    Some(Description { code, params, from, to })
}

fn code(
    cursor: &Cursor<'_>,
    surroundings: &Surroundings<'_>,
    word: &str,
    params: &mut Params,
) -> Option<&'static str> {
    let path: Vec<&str> = cursor.path.iter().filter_map(Step::key).gather();
    match (path.as_slice(), cursor.place) {
        ([] | ["Statement"], Place::Key) => element(word),
        (["Statement", "Action" | "NotAction"], Place::Value) => {
            let (prefix, name) = word.split_once(':')?;
            let service = surroundings.tables.service(prefix)?;
            let action = service.action(name)?;
            let resources: Vec<&str> =
                service.resources_of(action).map(|resource| resource.name.as_str()).gather();
            let code = action::level(action.access_level);
            params.insert(
                "resources",
                if resources.is_empty() { "*".to_string() } else { resources.join(", ") },
            );
            Some(code)
        }
        (["Statement", "Condition"], Place::Key) => {
            Operator::parse(word).map(|operator| operator_code(operator.family))
        }
        (["Statement", "Condition", _], Place::Key) => known(surroundings, word).map(key_code),
        _ => None,
    }
}

fn element(word: &str) -> Option<&'static str> {
    Some(match word {
        "Version" => "editor.element.version",
        "Id" => "editor.element.id",
        "Statement" => "editor.element.statement",
        "Sid" => "editor.element.sid",
        "Effect" => "editor.element.effect",
        "Principal" => "editor.element.principal",
        "NotPrincipal" => "editor.element.not-principal",
        "Action" => "editor.element.action",
        "NotAction" => "editor.element.not-action",
        "Resource" => "editor.element.resource",
        "NotResource" => "editor.element.not-resource",
        "Condition" => "editor.element.condition",
        _ => return None,
    })
}
