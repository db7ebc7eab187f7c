//! Policies on their own: evaluation, and what would change a decision.

use super::{Sandbox, give, not_loaded, refuse, stringify};
use crate::authorization::Detail;
use crate::chunk;
use crate::evaluate::{DeniedMessage, Evaluator, Suggestions};
use crate::gather::Gather;
use crate::json::{Params, Value, to_compact, to_text};
use crate::sandbox::ScenarioSuggestion;
use crate::scenario::patch_policy;
use js_sys::{JSON, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The declaration of what crosses as JSON text.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "
/** An edit of the scenario that changes a decision; its sentence is `reason.suggestion.CODE` of the catalogues. */
export interface ScenarioSuggestion {
  gate: Gate;
  code: string;
  policy: string | null;
  patch: {op: \"add\" | \"remove\" | \"replace\"; path: string; value?: unknown}[];
}
";

#[wasm_bindgen]
impl Sandbox {
    /// What would change the decision of an `authorize` step of the last command, as patches on the scenario.
    #[wasm_bindgen(unchecked_return_type = "ScenarioSuggestion[]")]
    pub fn suggest(&self, step: u32) -> Result<JsValue, JsValue> {
        let text = chunk::editor(|| {
            let suggestions = self.inner.suggest(step).iter().map(ScenarioSuggestion::to_node).gather();
            to_compact(&Value::Array(suggestions).node())
        });
        JSON::parse(&text.map_err(not_loaded)?)
    }

    /// One request with its policies, as a line of `iam-sandbox evaluate`. An error's message is JSON:
    /// `{"code", "params"}`, a key of the catalogues with what its placeholders stand for.
    pub fn evaluate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] request: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "{explain?: boolean, suggest?: boolean}")]
        options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let line = stringify(&request)?;
        let asks = |name: &str| Reflect::get(&options, &name.into()).is_ok_and(|value| value.is_truthy());
        let detail = if asks("explain") { Detail::Full } else { Detail::Brief };
        let suggestions = if asks("suggest") { Suggestions::Given } else { Suggestions::Omitted };
        let answer =
            chunk::editor(|| Evaluator::new(detail, &as_json).with_suggestions(suggestions).line(&line));
        JSON::parse(&answer.map_err(not_loaded)?)
    }

    /// A policy's text after a JSON Patch, as `evaluate` suggests one; all else stays as it is written.
    #[wasm_bindgen(js_name = patchPolicy)]
    pub fn patch_policy(
        text: &str,
        #[wasm_bindgen(unchecked_param_type = "object[]")] patch: JsValue,
    ) -> Result<String, JsValue> {
        let patch = stringify(&patch)?;
        chunk::editor(|| patch_policy(text, &patch)).map_err(not_loaded)?.map_err(refuse)
    }

    /// Reads the text of a refused request, as a client, a log or CloudTrail shows it. `undefined`: it is none.
    #[wasm_bindgen(js_name = readDeniedMessage, unchecked_return_type = "DeniedMessage | undefined")]
    pub fn read_denied_message(text: &str) -> Result<JsValue, JsValue> {
        let read = chunk::editor(|| DeniedMessage::read(text).map(|found| give(&found)));
        read.map_err(not_loaded)?.unwrap_or(Ok(JsValue::UNDEFINED))
    }
}

/// A catalogue key with its parameters, for the page to word.
fn as_json(code: &str, params: &Params) -> String {
    #[derive(Serialize)]
    struct Coded<'a> {
        code: &'a str,
        params: &'a Params,
    }
    to_text(&Coded { code, params })
}
