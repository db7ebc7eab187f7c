//! The boundary to JavaScript: [`Sandbox`], thin as a skin. What crosses is data of the boundary's own types.
//!
//! Results are plain objects: data crosses as JSON, what holds JavaScript's own values through `serde_wasm_bindgen`. A
//! refusal is thrown as `{diagnostics: [...]}`. The TypeScript declarations are generated from these types at each build.

mod evaluate;
mod input;
mod policy_language;
mod refusal;

use crate::chunk::{self, Chunk};
use crate::data::{ACTION_NAMES, SERVICES};
use crate::gather::Gather;
use crate::json::{to_compact, to_text};
use crate::sandbox::{self, BuiltIn, HostName, LessonEntry, Places, Ran, Seen};
use crate::scenario::PolicyText;
use crate::shell::Notice;
use crate::sorted::SortedMap;
use crate::trace::Trace;
pub use input::{BuiltInRevision, SendRequest, ShareOptions};
use js_sys::{JSON, Reflect, Uint8Array};
pub use policy_language::{PolicyPlace, ResolvedIntrinsic};
pub use refusal::{HostRefusal, LinkRefusal, NameRefusal, NotLoaded, Refusal};
use refusal::{no_such_host, not_loaded, refuse, refuse_link, refuse_name};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// Declarations of types that serialise as something else than their fields.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "
/** An instant: 2026-01-07T09:00:00Z. */
export type Timestamp = string;
/** Header names and values in the order of the wire. */
export type Headers = [string, string][];
/** A body as it stands on the wire. */
export type Body = {text: string} | {base64: string};
/** Values for the placeholders of a catalogue text. */
export type Params = Record<string, string>;
";

/// A loaded scenario, its cloud and its shells.
#[wasm_bindgen]
pub struct Sandbox {
    inner: sandbox::Sandbox,
}

/// The long-term key of a root user.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RootKeys {
    access_key_id: String,
    secret_access_key: String,
}

/// What a command did.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RunResult {
    exit_code: i32,
    stdout: String,
    stderr: String,
    #[tsify(optional)]
    error: Option<String>,
    notices: Vec<Notice>,
    trace: Trace,
}

impl From<Ran> for RunResult {
    fn from(ran: Ran) -> Self {
        RunResult {
            exit_code: ran.exit_code,
            stdout: ran.stdout,
            stderr: ran.stderr,
            error: ran.error,
            notices: ran.notices,
            trace: ran.trace,
        }
    }
}

/// The answer to [`SendRequest`].
#[derive(Serialize, Tsify)]
pub struct SendResult {
    status: u16,
    headers: Vec<(String, String)>,
    #[tsify(type = "Uint8Array")]
    #[serde(with = "serde_wasm_bindgen::preserve")]
    body: JsValue,
    #[tsify(type = "Trace")]
    #[serde(with = "serde_wasm_bindgen::preserve")]
    trace: JsValue,
}

/// An opened link.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OpenedLink {
    step: Option<u32>,
    view: Option<String>,
    lang: Option<String>,
    /// The author's verdict, as the link carries it.
    #[tsify(type = "Verdict | null")]
    #[serde(with = "serde_wasm_bindgen::preserve")]
    verdict: JsValue,
    /// Whether this engine comes to the same.
    agrees: bool,
    /// The built-in scenario that the link edits.
    built_in: Option<BuiltInRevision>,
    /// What the commands of the link did, in order.
    #[tsify(type = "RunResult[]")]
    #[serde(with = "serde_wasm_bindgen::preserve")]
    ran: JsValue,
    /// The scenario with every edit, after the commands.
    #[tsify(type = "Sandbox")]
    #[serde(with = "serde_wasm_bindgen::preserve")]
    sandbox: JsValue,
}

thread_local! {
    /// Data files that the page has provided, by name: the boundary is the outermost layer.
    static PROVIDED: RefCell<SortedMap<String, Vec<u8>>> = const { RefCell::new(SortedMap::new()) };
}

#[wasm_bindgen(start)]
fn start() {
    // A panic is a defect; without this the console would show "unreachable" alone.
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&JsValue::from(info.to_string()))));
}

#[wasm_bindgen]
impl Sandbox {
    /// Loads a scenario: JSON text (diagnostics carry line and column) or an object.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "string | object")] scenario: JsValue,
    ) -> Result<Sandbox, JsValue> {
        let text = match scenario.as_string() {
            Some(text) => text,
            None => stringify(&scenario)?,
        };
        let inner = sandbox::Sandbox::new(&text).map_err(refuse)?;
        Ok(Sandbox { inner })
    }

    /// A seed for a new scenario, from the browser's random numbers; below 2^53, so that JSON keeps it.
    #[wasm_bindgen(js_name = freshSeed)]
    pub fn fresh_seed() -> Result<f64, JsValue> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|error| JsValue::from(error.to_string()))?;
        Ok((u64::from_be_bytes(bytes) >> 11) as f64)
    }

    /// Gives the engine a data file that it may need. Throws on a table that isn't one.
    pub fn provide(name: String, bytes: Vec<u8>) -> Result<(), JsValue> {
        if matches!(&*name, SERVICES | ACTION_NAMES) {
            return policy_language::provide(&name, &bytes);
        }
        PROVIDED.with_borrow_mut(|provided| provided.insert(name, bytes));
        Ok(())
    }

    /// The fragment of a link, `#` included.
    pub fn share(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ShareOptions")] options: JsValue,
    ) -> Result<String, JsValue> {
        let options = ShareOptions::read(&options)?;
        let built_in = options.built_in.and_then(|BuiltInRevision { id, revision }| {
            let text = provided_scenario(&id, revision)?;
            Some(BuiltIn { id, revision, text })
        });
        let seen = Seen { step: options.step, view: options.view, lang: options.lang };
        chunk::link(|| self.inner.share(built_in.as_ref(), seen)).map_err(not_loaded)
    }

    /// Opens a link's fragment and runs its commands again. Throws a `LinkRefusal` or a `Refusal`.
    #[wasm_bindgen(unchecked_return_type = "OpenedLink")]
    pub fn open(fragment: &str) -> Result<JsValue, JsValue> {
        let opened =
            chunk::link(|| sandbox::Sandbox::open(fragment, provided_scenario)).map_err(not_loaded)?;
        let opened = opened.map_err(refuse_link)?;
        if let Some(missing) = opened.sandbox.missing() {
            return Err(not_loaded(missing));
        }
        let Seen { step, view, lang } = opened.seen;
        let ran: Vec<RunResult> = opened.ran.into_iter().map(RunResult::from).gather();
        let link = OpenedLink {
            step,
            view,
            lang,
            verdict: opened
                .authors_verdict
                .as_ref()
                .map_or(Ok(JsValue::NULL), |one| JSON::parse(&to_compact(one)))?,
            agrees: opened.agrees,
            built_in: opened.built_in.map(|(id, revision)| BuiltInRevision { id, revision }),
            ran: chunk::link(|| give(&ran)).map_err(not_loaded)??,
            sandbox: Sandbox { inner: opened.sandbox }.into(),
        };
        chunk::link(|| hold(&link)).map_err(not_loaded)?
    }

    /// Warnings of the last load.
    #[wasm_bindgen(unchecked_return_type = "Diagnostic[]")]
    pub fn diagnostics(&self) -> Result<JsValue, JsValue> {
        give(&self.inner.diagnostics())
    }

    /// Runs a command; `host` may be left out if the scenario has one.
    #[wasm_bindgen(unchecked_return_type = "RunResult")]
    pub fn run(&mut self, command: &str, host: Option<String>) -> Result<JsValue, JsValue> {
        let ran = self.wholly(|inner| inner.run(command, host.as_deref()))?.map_err(no_such_host)?;
        chunk::run(|| give(&RunResult::from(ran))).map_err(not_loaded)?
    }

    /// What can stand at a UTF-16 offset of a command line, as a Tab gives it; `host` as in `run`.
    #[wasm_bindgen(js_name = completeCommand, unchecked_return_type = "CommandCompletion")]
    pub fn complete_command(
        &self,
        line: &str,
        cursor: usize,
        host: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let found = chunk::shell(|| self.inner.complete_command(line, cursor, host.as_deref()));
        let found = found.map_err(not_loaded)?.map_err(no_such_host)?;
        chunk::shell(|| give(&found)).map_err(not_loaded)?
    }

    /// Runs a command after an edit: the last one in place of its first run, any other as `run`.
    #[wasm_bindgen(js_name = runAgain, unchecked_return_type = "RunResult")]
    pub fn run_again(&mut self, command: &str, host: Option<String>) -> Result<JsValue, JsValue> {
        let ran = self.wholly(|inner| inner.run_again(command, host.as_deref()))?.map_err(no_such_host)?;
        chunk::run(|| give(&RunResult::from(ran))).map_err(not_loaded)?
    }

    /// The HTTP seam: one request, one answer, from `host` or from an internet host at 198.51.100.10.
    #[wasm_bindgen(unchecked_return_type = "SendResult")]
    pub fn send(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "SendRequest")] request: JsValue,
        host: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let request = SendRequest::read(&request)?;
        let sent = self.wholly(|inner| inner.send(request, host.as_deref()))?;
        let (response, trace) = sent.map_err(no_such_host)?;
        let body = JsValue::from(Uint8Array::from(response.body.0.as_slice()));
        let trace = chunk::run(|| give(&trace)).map_err(not_loaded)??;
        let result = SendResult { status: response.status, headers: response.headers, body, trace };
        chunk::run(|| hold(&result)).map_err(not_loaded)?
    }

    /// The scenario with every edit, as an object.
    #[wasm_bindgen(unchecked_return_type = "object")]
    pub fn scenario(&self) -> Result<JsValue, JsValue> {
        JSON::parse(&to_compact(self.inner.root()))
    }

    /// The scenario with every edit, as text.
    pub fn text(&self) -> String {
        self.inner.text().to_string()
    }

    /// Every policy document of the scenario, with its text as written.
    #[wasm_bindgen(unchecked_return_type = "PolicyText[]")]
    pub fn policies(&self) -> Result<JsValue, JsValue> {
        give::<[PolicyText]>(self.inner.policies())
    }

    /// The hosts on which commands run.
    #[wasm_bindgen(unchecked_return_type = "HostName[]")]
    pub fn hosts(&self) -> Result<JsValue, JsValue> {
        give::<Vec<HostName>>(&self.inner.hosts())
    }

    /// Where the parts of the cloud stand, for a drawing.
    #[wasm_bindgen(unchecked_return_type = "Places")]
    pub fn places(&self) -> Result<JsValue, JsValue> {
        give::<Places>(&self.inner.places())
    }

    /// The lesson, and which of its commands were run; its goals count as open.
    #[wasm_bindgen(unchecked_return_type = "LessonEntry[]")]
    pub fn lesson(&self) -> Result<JsValue, JsValue> {
        give::<Vec<LessonEntry>>(&self.inner.lesson())
    }

    /// The lesson, and how far the reader is in it: tries its goals.
    #[wasm_bindgen(js_name = lessonWithGoals, unchecked_return_type = "LessonEntry[]")]
    pub fn lesson_with_goals(&self) -> Result<JsValue, JsValue> {
        give::<Vec<LessonEntry>>(&self.inner.lesson_with_goals().map_err(not_loaded)?)
    }

    /// Back to the scenario as it stands in its text: ids, objects, shells and clock as at first.
    pub fn reset(&mut self) -> Result<(), JsValue> {
        self.inner.reset().map_err(refuse)
    }

    /// Moves the scenario's clock.
    #[wasm_bindgen(js_name = advanceClock)]
    pub fn advance_clock(&mut self, seconds: f64) {
        self.inner.advance_clock(seconds as i64);
    }

    /// The scenario's clock, epoch milliseconds.
    pub fn clock(&self) -> f64 {
        self.inner.clock().0 as f64
    }

    /// The access key of an account's root user; undefined where there is no such account.
    #[wasm_bindgen(js_name = rootKeys, unchecked_return_type = "RootKeys | undefined")]
    pub fn root_keys(&mut self, account: &str) -> Result<JsValue, JsValue> {
        match self.inner.root_keys(account) {
            Some(key) => {
                give(&RootKeys { access_key_id: key.access_key_id, secret_access_key: key.secret_access_key })
            }
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Replaces the policy at `pointer` by the typed text; throws and changes nothing if the text is broken.
    #[wasm_bindgen(js_name = setPolicy)]
    pub fn set_policy(&mut self, pointer: &str, text: &str) -> Result<(), JsValue> {
        self.wholly(|inner| inner.set_policy(pointer, text))?.map_err(refuse)
    }

    /// Switches gates and policies (by name or pointer) off until called again; throws `{code, name}` on another name.
    pub fn without(&mut self, names: Vec<String>) -> Result<(), JsValue> {
        self.inner.without(&names).map_err(refuse_name)
    }

    /// Takes policies (by name or pointer) for ones that can't be seen until called again: what hangs on them can't be
    /// told. Throws `{code, name}` on another name.
    pub fn unseen(&mut self, names: Vec<String>) -> Result<(), JsValue> {
        self.inner.unseen(&names).map_err(refuse_name)
    }

    /// Applies a JSON Patch to the templates' resources, as a stack update.
    pub fn patch(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "object[]")] patch: JsValue,
    ) -> Result<(), JsValue> {
        let text = stringify(&patch)?;
        self.wholly(|inner| inner.patch(&text))?.map_err(refuse)
    }
}

impl Sandbox {
    /// Does `work` or, where a part of the program isn't loaded that it needs, nothing.
    fn wholly<T>(&mut self, work: impl FnOnce(&mut sandbox::Sandbox) -> T) -> Result<T, JsValue> {
        let before = (!Chunk::ALL.iter().all(|chunk| chunk.is_loaded())).then(|| self.inner.clone());
        let done = work(&mut self.inner);
        match (self.inner.missing(), before) {
            (Some(missing), Some(before)) => {
                self.inner = before;
                Err(not_loaded(missing))
            }
            _ => Ok(done),
        }
    }
}

/// Data, which crosses as JSON.
fn give<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    JSON::parse(&to_text(value))
}

/// What holds values of JavaScript, which JSON can't carry.
fn hold<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

fn scenario_name(id: &str, revision: u32) -> String {
    format!("scenarios/{id}@{revision}")
}

fn provided_scenario(id: &str, revision: u32) -> Option<String> {
    let name = scenario_name(id, revision);
    PROVIDED.with_borrow(|provided| String::from_utf8(provided.get(&name)?.clone()).ok())
}

/// `JSON.stringify(value, null, 2)`.
fn stringify(value: &JsValue) -> Result<String, JsValue> {
    let text = JSON::stringify_with_replacer_and_space(value, &JsValue::NULL, &JsValue::from(2))?;
    text.as_string().ok_or_else(|| {
        let error = js_sys::TypeError::new("a scenario is a JSON text or an object");
        let _ = Reflect::set(&error, &"code".into(), &"diagnostic.json.expected-value".into());
        error.into()
    })
}
