//! `cargo dev bench`: speed, natively and in wasm under Node. Never part of the tests.

use std::process::Command;

use anyhow::Result;

use crate::progress::{cargo, run, say};
use crate::{node, wasm};

/// Prints the measures; judges none.
pub fn bench() -> Result<()> {
    say("Benchmarks, native");
    run(&mut cargo(["bench", "--bench", "*"]))?;
    node::require_node()?;
    wasm::build()?;
    say("Benchmarks, WebAssembly in Node");
    run(Command::new("node").arg("tests/benches/edit.mjs"))?;
    say("The same decisions, native and in WebAssembly");
    let shown = ["--", "--include-ignored", "--nocapture"];
    run(cargo(["test", "--release", "--test", "speed"]).args(shown))?;
    run(cargo(["test", "--target", wasm::TARGET, "--profile", "web", "--test", "speed"]).args(shown))
}
