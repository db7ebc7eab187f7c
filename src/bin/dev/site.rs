//! The static site (`www/dist`), the npm package (`www/package`) and their weight.

use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::{run, say, watch};
use crate::{node, wasm};

/// The declarations of all files of `www`, of which the package takes those of the element.
const DECLARATIONS: &str = "node_modules/.cache/declarations";

/// `cargo dev build`.
pub fn build_and_weigh() -> Result<()> {
    node::require_packages()?;
    wasm::build()?;
    build_site()?;
    build_package()?;
    say("Weigh the files (brotli, quality 11)");
    if !weigh(|_| ())? {
        bail!("a file is over its budget");
    }
    Ok(())
}

/// Vite's build of the pages. The bindings and the npm packages must be there.
pub fn build_site() -> Result<()> {
    say("Build the site into www/dist");
    run(node::program("vite/bin/vite.js").args(["build", "--logLevel", "warn"]))
}

/// The element as one module with its types, for other people's pages.
pub fn build_package() -> Result<()> {
    say("Build the npm package into www/package");
    run(node::program("vite/bin/vite.js").args(["build", "--mode", "package", "--logLevel", "warn"]))?;
    run(node::program("typescript/bin/tsc").args([
        "--project",
        ".",
        "--noEmit",
        "false",
        "--emitDeclarationOnly",
        "--declaration",
        "--rootDir",
        ".",
        "--outDir",
        DECLARATIONS,
    ]))?;
    run(Command::new("node").args(["src/bin/dev/package.mjs", DECLARATIONS, env!("CARGO_PKG_VERSION")]))
}

/// Prints each file's weight and holds the budgets; true if all are kept.
pub fn weigh(see: impl FnMut(&str)) -> Result<bool> {
    watch(Command::new("node").arg("src/bin/dev/weigh.mjs"), see)
}
