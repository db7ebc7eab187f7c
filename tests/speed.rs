//! The same loops natively and in WebAssembly: how many decisions a second. `cargo dev bench` runs it; never part of
//! the tests, which it would only slow down.
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

#[path = "benches/loads.rs"]
mod loads;

use iam_sandbox::authorization::{Decision, authorize, decide};
use loads::{LOADS, parse, request};
use std::hint::black_box;

/// Milliseconds that each measure takes.
const LONG: f64 = 400.0;

#[cfg(target_arch = "wasm32")]
fn milliseconds() -> f64 {
    js_sys::Date::now()
}

#[cfg(not(target_arch = "wasm32"))]
fn milliseconds() -> f64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}

/// How often a second it is done, the best of five runs.
fn rate(times: u32, mut work: impl FnMut()) -> f64 {
    let mut best: f64 = 0.0;
    for _ in 0..5 {
        let start = milliseconds();
        let mut done = 0.0;
        while milliseconds() - start < LONG / 5.0 {
            (0..times).for_each(|_| work());
            done += f64::from(times);
        }
        best = best.max(done * 1000.0 / (milliseconds() - start));
    }
    best
}

fn measure(say: impl Fn(String)) {
    for load in LOADS {
        let (request, policies) = (request(), load.policies());
        assert_eq!(decide(&request, &policies), Decision::Allow);
        let decisions = rate(1000, || _ = black_box(decide(black_box(&request), black_box(&policies))));
        let explained = rate(50, || _ = black_box(authorize(black_box(&request), black_box(&policies))));
        let texts = load.texts();
        let bytes: usize = texts.iter().map(String::len).sum();
        let parsed = rate(10, || texts.iter().for_each(|text| drop(black_box(parse(black_box(text))))));
        let parsed = parsed * bytes as f64 / 1_000_000.0;
        say(format!(
            "{load:?}: {decisions:.0} decisions, {explained:.0} explanations, {parsed:.0} MB parsed a second"
        ));
    }
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
#[ignore = "a benchmark"]
fn speed() {
    measure(|line| wasm_bindgen_test::console_log!("{line}"));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "a benchmark"]
fn speed() {
    measure(|line| println!("{line}"));
}
