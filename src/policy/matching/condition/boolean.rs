//! Bool: `true` and `false`.

use super::super::ConditionKeys;
use super::super::variable::{Template, Wildcards};
use super::{Meaning, Operand};

pub(super) fn read(text: &str, variables: bool) -> Meaning {
    let template = if variables { Template::new(text, Wildcards::Literal) } else { None };
    match template {
        Some(template) => Meaning::Template(Box::new(template)),
        None => boolean(text).map_or(Meaning::Invalid, Meaning::Boolean),
    }
}

pub(super) fn matches(operand: &Operand, value: &str, keys: &dyn ConditionKeys) -> bool {
    let wanted = match &operand.meaning {
        Meaning::Boolean(wanted) => Some(*wanted),
        Meaning::Template(template) => template.resolve(keys).and_then(|text| boolean(&text)),
        _ => None,
    };
    wanted.is_some() && wanted == boolean(value)
}

fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}
