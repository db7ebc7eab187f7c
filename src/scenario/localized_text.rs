//! A text for people: one string, or one in each language.

use super::fields;
use super::findings::{At, Findings};
use serde::Serialize;

/// English and Korean; a text given once, or in one language alone, stands in both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LocalizedText {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

/// Reads a string or `{en, ko}`.
pub(crate) fn read(at: At<'_>, findings: &mut Findings<'_>) -> LocalizedText {
    if let Some(text) = at.text() {
        return LocalizedText { en: text.to_string(), ko: text.to_string() };
    }
    if !fields::check(at, &["en", "ko"], findings) {
        return LocalizedText::default();
    }
    let language = |name: &str, findings: &mut Findings<'_>| {
        at.field(name).and_then(|text| fields::text(text, findings)).map(str::to_string)
    };
    let (en, ko) = (language("en", findings), language("ko", findings));
    if en.is_none() && ko.is_none() {
        findings.error("diagnostic.missing-field", at, &[("field", "en")]);
    }
    let other = en.clone().or_else(|| ko.clone()).unwrap_or_default();
    LocalizedText { en: en.unwrap_or_else(|| other.clone()), ko: ko.unwrap_or(other) }
}
