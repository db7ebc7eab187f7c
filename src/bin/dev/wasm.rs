//! The library as WebAssembly, with its JavaScript and TypeScript bindings, in `www/wasm`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::{answer, cargo, installed, run, say};
use std::process::Command;

/// The target that browsers run.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Where the bindings go; the page imports them from here.
pub const FOLDER: &str = "www/wasm";

/// Compiles with the profile `web` and writes the bindings.
pub fn build() -> Result<()> {
    require_target()?;
    say("Compile the model to WebAssembly");
    run(&mut cargo(["build", "--lib", "--target", TARGET, "--profile", "web"]))?;
    say("Write the bindings to www/wasm");
    Bindgen::new()
        .input_path(target_folder().join(TARGET).join("web/iam_sandbox.wasm"))
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(FOLDER)
        .context("wasm-bindgen cannot write the bindings")
}

/// Adds the target to the toolchain where rustup has not done so by itself.
pub fn require_target() -> Result<()> {
    let libraries = answer(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|folder| PathBuf::from(folder).is_dir()) {
        return Ok(());
    }
    if !installed("rustup") {
        bail!(
            "the Rust target {TARGET} is missing, and there is no rustup to add it: install rustup from https://rustup.rs"
        );
    }
    say("Add the Rust target wasm32-unknown-unknown");
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Where cargo puts what it builds.
pub fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}
