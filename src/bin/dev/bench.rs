//! `cargo dev bench`: speed, natively, in wasm under Node, and of the page in Chromium. Never part of the tests.

use std::process::Command;

use anyhow::Result;

use crate::progress::{cargo, run, say};
use crate::{chromium, node, site, wasm};

/// Prints the measures; judges none.
pub fn bench() -> Result<()> {
    say("Benchmarks, native");
    run(&mut cargo(["bench", "--bench", "*"]))?;
    node::require_node()?;
    wasm::build()?;
    say("Benchmarks, WebAssembly in Node");
    run(Command::new("node").arg("tests/benches/edit.mjs"))?;
    say("Edits and switches in Chromium");
    chromium::require()?;
    site::build_site()?;
    let mut measures = node::program("@playwright/test/cli.js");
    run(measures.args(["test", "--config", "../tests/browser"]).env("IAM_SANDBOX_BENCH", "1"))?;
    say("The same decisions, native and in WebAssembly");
    let shown = ["--", "--include-ignored", "--nocapture"];
    run(cargo(["test", "--release", "--test", "speed"]).args(shown))?;
    run(cargo(["test", "--target", wasm::TARGET, "--profile", "web", "--test", "speed"]).args(shown))
}
