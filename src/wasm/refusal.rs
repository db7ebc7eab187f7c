//! What the boundary throws: codes of the catalogues with their parameters, never sentences.

use super::{give, scenario_name};
use crate::chunk::Missing;
use crate::json::Diagnostic;
use crate::sandbox::{NoSuchHost, OpenFault};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// What is thrown when a document, policy or patch is refused: nothing has changed.
#[derive(Serialize, Tsify)]
pub struct Refusal {
    diagnostics: Vec<Diagnostic>,
}

/// What is thrown when a name is neither a gate nor a policy.
#[derive(Serialize, Tsify)]
pub struct NameRefusal {
    code: &'static str,
    name: String,
}

/// What is thrown when a command names no host.
#[derive(Serialize, Tsify)]
pub struct HostRefusal {
    code: &'static str,
    asked: Option<String>,
    hosts: Vec<String>,
}

/// What is thrown when a link can't be opened.
#[derive(Serialize, Tsify)]
pub struct LinkRefusal {
    code: &'static str,
    /// Data to provide first, for `diagnostic.link.needs`.
    #[tsify(optional)]
    needs: Option<String>,
}

pub(super) fn refuse(diagnostics: Vec<Diagnostic>) -> JsValue {
    give(&Refusal { diagnostics }).unwrap_or_else(|error| error)
}

pub(super) fn refuse_name(name: String) -> JsValue {
    let refusal = NameRefusal { code: "diagnostic.without.unknown", name };
    give(&refusal).unwrap_or_else(|error| error)
}

pub(super) fn no_such_host(error: NoSuchHost) -> JsValue {
    let refusal = HostRefusal { code: "diagnostic.no-such-host", asked: error.asked, hosts: error.hosts };
    give(&refusal).unwrap_or_else(|error| error)
}

/// What is thrown when a part of the program has to be loaded first.
#[derive(Serialize, Tsify)]
pub struct NotLoaded {
    code: &'static str,
    /// The part's name.
    needs: &'static str,
}

pub(super) fn not_loaded(Missing(chunk): Missing) -> JsValue {
    let refusal = NotLoaded { code: "diagnostic.needs", needs: chunk.name() };
    give(&refusal).unwrap_or_else(|error| error)
}

pub(super) fn refuse_link(fault: OpenFault) -> JsValue {
    let refusal = match fault {
        OpenFault::Scenario(diagnostics) => return refuse(diagnostics),
        OpenFault::Link(fault) => LinkRefusal { code: fault.code(), needs: None },
        OpenFault::Needs { id, revision } => {
            LinkRefusal { code: "diagnostic.link.needs", needs: Some(scenario_name(&id, revision)) }
        }
    };
    give(&refusal).unwrap_or_else(|error| error)
}
