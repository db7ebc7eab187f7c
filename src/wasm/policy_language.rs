//! Policies as they are typed: findings, completion, tooltips, and the tables that these need.

use super::input::wrong;
use super::{Sandbox, give, not_loaded, stringify};
use crate::chunk;
use crate::data::{Tables, needed};
use crate::gather::Gather;
use crate::json::{Span, Value, parse};
use crate::policy::complete::{complete, describe};
use crate::policy::validate::{Subject, ValidatePolicyOutput, validate_resolved};
use crate::sandbox::policy_findings;
use crate::scenario::{NOT_KNOWN, PolicyText};
use serde::Serialize;
use std::cell::RefCell;
use std::ops::Range;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

thread_local! {
    /// The tables that the page has provided so far.
    static TABLES: RefCell<Tables> = RefCell::default();
}

/// What an intrinsic of a policy stands for.
#[derive(Serialize, Tsify)]
pub struct ResolvedIntrinsic {
    /// Its first UTF-16 unit.
    from: usize,
    /// After its last UTF-16 unit.
    to: usize,
    /// The value, the items of a list with commas between.
    text: String,
}

/// Where a policy stands in the text of a scenario, in UTF-16 units.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PolicyPlace {
    pointer: String,
    /// As `validatePolicy` takes it.
    policy_type: &'static str,
    /// The same.
    resource_type: Option<&'static str>,
    from: usize,
    to: usize,
}

/// Takes a table.
pub(super) fn provide(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let read = chunk::editor(|| TABLES.with_borrow_mut(|tables| tables.provide(name, bytes)));
    read.map_err(not_loaded)?.map_err(|_| wrong("a data file of this version"))
}

#[wasm_bindgen]
impl Sandbox {
    /// The data files that checking and completing a document's policies needs and that haven't been provided.
    /// A text that isn't JSON needs those of every document.
    pub fn needs(
        #[wasm_bindgen(unchecked_param_type = "string | object")] document: JsValue,
    ) -> Result<Vec<String>, JsValue> {
        let text = match document.as_string() {
            Some(text) => text,
            None => stringify(&document)?,
        };
        let node = parse(&text).unwrap_or(Value::Null.node());
        Ok(TABLES.with_borrow(|tables| needed(&node, tables).into_iter().map(str::to_string).gather()))
    }

    /// What IAM Access Analyzer would find. `pointer` says where the text stands in the scenario, whose intrinsics
    /// are then read as what they stand for. Throws a `TypeError` if the types don't exist or don't fit each other.
    #[wasm_bindgen(js_name = validatePolicy, unchecked_return_type = "ValidatePolicyOutput")]
    pub fn validate_policy(
        &self,
        text: &str,
        policy_type: &str,
        resource_type: Option<String>,
        pointer: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let subject = subject(policy_type, resource_type)?;
        let found = chunk::editor(|| {
            let resolved = pointer.map(|pointer| self.inner.intrinsics(&pointer, text)).unwrap_or_default();
            let findings = TABLES.with_borrow(|tables| validate_resolved(text, subject, tables, &resolved));
            give(&ValidatePolicyOutput::new(text, &findings))
        });
        found.map_err(not_loaded)?
    }

    /// What IAM Access Analyzer would find in all policies of a scenario's text, whose pointers, lines and columns the
    /// places have. None for a text that isn't JSON.
    #[wasm_bindgen(js_name = validateScenario, unchecked_return_type = "ValidatePolicyOutput")]
    pub fn validate_scenario(text: &str) -> Result<JsValue, JsValue> {
        let found = chunk::editor(|| {
            let findings = TABLES.with_borrow(|tables| policy_findings(text, tables));
            give(&ValidatePolicyOutput::new(text, &findings))
        });
        found.map_err(not_loaded)?
    }

    /// The policy in which a UTF-16 offset of the scenario's text stands while that is typed: what `complete`,
    /// `describe` and `intrinsics` take. A policy that wasn't there at the last load isn't known.
    #[wasm_bindgen(js_name = policyAt, unchecked_return_type = "PolicyPlace | null")]
    pub fn policy_at(&self, text: &str, offset: usize) -> Result<JsValue, JsValue> {
        let place = |(policy, range): (&PolicyText, Range<usize>)| PolicyPlace {
            pointer: policy.pointer.clone(),
            policy_type: policy.policy_type,
            resource_type: policy.resource_type,
            from: range.start,
            to: range.end,
        };
        chunk::editor(|| give(&self.inner.policy_at(text, offset).map(place))).map_err(not_loaded)?
    }

    /// What can stand at a UTF-16 offset of a policy that is being typed, the likeliest first.
    #[wasm_bindgen(unchecked_return_type = "Completion[]")]
    pub fn complete(
        &self,
        text: &str,
        offset: usize,
        policy_type: &str,
        resource_type: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let subject = subject(policy_type, resource_type)?;
        let found = chunk::editor(|| {
            let arns = self.inner.arns();
            give(&TABLES.with_borrow(|tables| complete(text, offset, subject, tables, &arns)))
        });
        found.map_err(not_loaded)?
    }

    /// What the word at a UTF-16 offset of a policy means.
    #[wasm_bindgen(unchecked_return_type = "Description | null")]
    pub fn describe(
        &self,
        text: &str,
        offset: usize,
        policy_type: &str,
        resource_type: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let subject = subject(policy_type, resource_type)?;
        let found =
            chunk::editor(|| give(&TABLES.with_borrow(|tables| describe(text, offset, subject, tables))));
        found.map_err(not_loaded)?
    }

    /// What the intrinsics of a policy's text stand for, in its order, without those that stand for nothing.
    #[wasm_bindgen(unchecked_return_type = "ResolvedIntrinsic[]")]
    pub fn intrinsics(&self, pointer: &str, text: &str) -> Result<JsValue, JsValue> {
        chunk::editor(|| give(&resolved(text, &self.inner.intrinsics(pointer, text)))).map_err(not_loaded)?
    }
}

fn resolved(text: &str, found: &[(Span, Value)]) -> Vec<ResolvedIntrinsic> {
    let mut counted = Units { text, bytes: 0, units: 0 };
    let mut known = Vec::new();
    for (Span { start, end }, value) in found {
        let (from, to, text) = (counted.to(*start), counted.to(*end), written(value));
        if text != NOT_KNOWN {
            known.push(ResolvedIntrinsic { from, to, text });
        }
    }
    known
}

/// Counts UTF-16 units along a text, so that many places take one pass.
struct Units<'t> {
    text: &'t str,
    bytes: usize,
    units: usize,
}

impl Units<'_> {
    fn to(&mut self, byte: u32) -> usize {
        let passed = self.text.get(self.bytes..byte as usize).unwrap_or("");
        self.bytes += passed.len();
        self.units += passed.encode_utf16().count();
        self.units
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) | Value::Number(text) => text.to_string(),
        Value::Array(items) => items.iter().map(|item| written(&item.value)).gather::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn subject(policy_type: &str, resource_type: Option<String>) -> Result<Subject, JsValue> {
    Subject::new(policy_type, resource_type.as_deref())
        .ok_or_else(|| wrong("a policy type of ValidatePolicy, and a resource type that fits it"))
}
