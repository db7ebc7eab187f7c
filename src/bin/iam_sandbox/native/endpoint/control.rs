//! What tests and people may ask of the sandbox itself, under `/_sandbox`: clock, place, trace, reset.
//!
//! Pages of other origins are refused: a browser would let them send these requests, though not read the answers.

use super::connection::{is_loopback, told};
use super::world::World;
use iam_sandbox::http::{Request, Response};
use serde_json::{Value, json};

/// No bucket can be called so.
pub const BASE: &str = "/_sandbox";
/// The most seconds by which one request moves the clock: a hundred years.
const MAX_ADVANCE: i64 = 100 * 366 * 86_400;

/// Answers a request under [`BASE`]; `None` if it isn't one.
pub fn control(world: &mut World, request: &Request) -> Option<Response> {
    let path = request.parts()?.path.to_string();
    let path = path.strip_prefix(BASE).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    if request.header("origin").is_some_and(|origin| !is_own(origin)) {
        return Some(told(403, "a page of another origin may not control the sandbox"));
    }
    Some(match (request.method.as_str(), path) {
        ("POST", "/clock/advance") => advance(world, request),
        ("POST", "/from") => from(world, request),
        ("GET", "/trace") => trace(world),
        ("POST", "/reset") => match world.reset() {
            Ok(()) => answer(&json!({})),
            Err(why) => told(500, &why),
        },
        (_, "/clock/advance" | "/from" | "/reset") => told(405, "send this with POST"),
        (_, "/trace") => told(405, "send this with GET"),
        _ => told(404, "there are POST clock/advance, POST from, GET trace and POST reset"),
    })
}

fn is_own(origin: &str) -> bool {
    origin.split_once("://").is_some_and(|(_, authority)| is_loopback(authority))
}

fn answer(value: &Value) -> Response {
    Response::new(200, "application/json", value.to_string())
}

fn advance(world: &mut World, request: &Request) -> Response {
    let body: Option<Value> = serde_json::from_slice(&request.body.0).ok();
    let seconds = body.and_then(|body| body.get("seconds")?.as_i64());
    match seconds.filter(|seconds| seconds.abs() <= MAX_ADVANCE) {
        Some(seconds) => {
            world.advance(seconds);
            answer(&json!({ "clock": world.clock().iso8601(), "advanced": world.advanced() }))
        }
        None => told(400, "write {\"seconds\": N}, N a whole number of at most a hundred years"),
    }
}

fn from(world: &mut World, request: &Request) -> Response {
    let wrong = || told(400, "write {\"host\": NAME} or {\"host\": null}, with \"secure\": true for TLS");
    let Ok(Value::Object(body)) = serde_json::from_slice(&request.body.0) else { return wrong() };
    let host = match body.get("host") {
        Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name.clone()),
        _ => return wrong(),
    };
    let secure = match body.get("secure") {
        None => false,
        Some(Value::Bool(secure)) => *secure,
        Some(_) => return wrong(),
    };
    match world.place(host.clone(), secure) {
        Ok(()) => answer(&json!({ "host": host, "secure": secure })),
        Err(hosts) => told(404, &format!("no host has this name; the scenario has: {}", hosts.join(", "))),
    }
}

fn trace(world: &World) -> Response {
    match world.trace().map(serde_json::to_string) {
        Some(Ok(text)) => Response::new(200, "application/json", text),
        Some(Err(error)) => told(500, &error.to_string()),
        None => told(404, "no request has been answered yet"),
    }
}
