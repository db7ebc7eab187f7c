//! What the page hands over: read through JSON, whose reader the library has anyway.

use crate::http::{Body, Request};
use crate::json::{self, Node};
use js_sys::{Array, JSON, Reflect, TypeError, Uint8Array};
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// An HTTP request of the page, sent from an internet host or from `host`.
#[derive(Tsify)]
pub struct SendRequest {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    #[tsify(type = "Uint8Array")]
    body: Vec<u8>,
}

/// What a link should carry besides the scenario and its commands.
#[derive(Tsify, Default)]
#[serde(rename_all = "camelCase")]
pub struct ShareOptions {
    #[tsify(optional)]
    pub(super) step: Option<u32>,
    #[tsify(optional)]
    pub(super) view: Option<String>,
    #[tsify(optional)]
    pub(super) lang: Option<String>,
    /// The built-in scenario that this one began as; its text must have been provided.
    #[tsify(optional)]
    pub(super) built_in: Option<BuiltInRevision>,
}

/// A published revision of a built-in scenario; its data is named `scenarios/ID@REVISION`.
#[derive(serde::Serialize, Tsify)]
pub struct BuiltInRevision {
    pub(super) id: String,
    pub(super) revision: u32,
}

impl SendRequest {
    /// Reads the page's object; whatever stands in it besides is left alone.
    pub(super) fn read(value: &JsValue) -> Result<Request, JsValue> {
        let names: Array = ["method", "url", "headers"].into_iter().map(JsValue::from).collect();
        let text = JSON::stringify_with_replacer(value, &names)?.as_string();
        let node = text.and_then(|text| json::parse(&text).ok());
        let body = Reflect::get(value, &"body".into()).unwrap_or(JsValue::UNDEFINED);
        let body = body.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        let SendRequest { method, url, headers, body } =
            node.and_then(|node| Self::of(&node, body)).ok_or_else(|| {
                wrong("{method: string, url: string, headers: [string, string][], body?: Uint8Array}")
            })?;
        Ok(Request { method, url, headers, body: Body::from(body) })
    }

    fn of(node: &Node, body: Vec<u8>) -> Option<Self> {
        let mut headers = Vec::new();
        for header in node.get("headers")?.items() {
            let [name, value] = header.items() else { return None };
            headers.push((name.as_str()?.to_string(), value.as_str()?.to_string()));
        }
        let text = |name: &str| Some(node.get(name)?.as_str()?.to_string());
        Some(SendRequest { method: text("method")?, url: text("url")?, headers, body })
    }
}

impl ShareOptions {
    /// Reads the page's object; a field that doesn't exist refuses it.
    pub(super) fn read(value: &JsValue) -> Result<Self, JsValue> {
        if value.is_undefined() {
            return Ok(ShareOptions::default());
        }
        let text = JSON::stringify(value)?.as_string();
        let node = text.and_then(|text| json::parse(&text).ok());
        node.and_then(|node| Self::of(&node)).ok_or_else(|| {
            wrong("{step?: number, view?: string, lang?: string, builtIn?: {id: string, revision: number}}")
        })
    }

    fn of(node: &Node) -> Option<Self> {
        let number = |node: &Node| u32::try_from(node.as_i64()?).ok();
        let mut options = ShareOptions::default();
        if node.kind() != "object" {
            return None;
        }
        for member in node.members() {
            let value = &member.node;
            match &*member.key {
                "step" => options.step = Some(number(value)?),
                "view" => options.view = Some(value.as_str()?.to_string()),
                "lang" => options.lang = Some(value.as_str()?.to_string()),
                "builtIn" => {
                    let id = value.get("id")?.as_str()?.to_string();
                    options.built_in =
                        Some(BuiltInRevision { id, revision: number(value.get("revision")?)? });
                }
                _ => return None,
            }
        }
        Some(options)
    }
}

/// A `TypeError` whose message is the type that was expected, as TypeScript writes it.
pub(super) fn wrong(expected: &str) -> JsValue {
    TypeError::new(expected).into()
}
