//! The library as WebAssembly, with its JavaScript and TypeScript bindings, in `www/wasm`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::{answer, cargo, installed, run, say};
use crate::split::{self, ChunkFile, Graph, Parts};

/// The target that browsers run.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Where the bindings go; the page imports them from here.
pub const FOLDER: &str = "www/wasm";

/// What makes the linker say who uses what, so that the program can be cut.
const LINK: [&str; 2] = ["-Clink-arg=--emit-relocs", "-Clink-arg=--no-demangle"];

/// Compiles with the profile `web`: the linker's output, and who uses what in it.
///
/// With the sources of Rust's standard library that is compiled too, without the texts of panics, which makes the
/// program smaller by a twentieth; a panic is a defect, and the page says that the engine has failed. Without them the
/// program is the same, but larger.
pub fn link() -> Result<(Vec<u8>, Graph)> {
    require_target()?;
    say("Compile the model to WebAssembly");
    if !standard_library_sources()
        || run(compile().envs(SMALL).args(SMALL_STANDARD_LIBRARY).arg("--").args(LINK)).is_err()
    {
        say("Compile with the standard library as it comes, which makes the WebAssembly larger");
        run(compile().env("RUSTFLAGS", COMPACT).arg("--").args(LINK))?;
    }
    let linked = fs::read(target_folder().join(TARGET).join("web/iam_sandbox.wasm"))?;
    let graph = Graph::read(&linked)?;
    Ok((linked, graph))
}

fn compile() -> Command {
    cargo(["rustc", "--lib", "--target", TARGET, "--profile", "web"])
}

/// The steps of SHA-256 as a loop.
const COMPACT: &str = "--cfg sha2_backend_soft=\"compact\"";
/// Lets a stable Rust take the options that follow.
const SMALL: [(&str, &str); 2] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort --cfg sha2_backend_soft=\"compact\""),
];
const SMALL_STANDARD_LIBRARY: [&str; 2] =
    ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// Whether the sources of the standard library are there, or rustup can get them.
fn standard_library_sources() -> bool {
    let Some(sysroot) = answer(Command::new("rustc").args(["--print", "sysroot"])) else { return false };
    let there = || Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").is_file();
    if !there() && installed("rustup") {
        say("Add the sources of Rust's standard library");
        answer(Command::new("rustup").args(["component", "add", "rust-src"]));
    }
    there()
}

/// Compiles, writes the bindings, and cuts the program into parts.
pub fn build() -> Result<()> {
    let (linked, graph) = link()?;
    say("Write the bindings to www/wasm");
    let mut output = Bindgen::new()
        .input_bytes("iam_sandbox", linked)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .demangle(false)
        .generate_output()
        .context("wasm-bindgen cannot make the bindings")?;
    let parts = split::split(&graph, &output.wasm_mut().emit_wasm())?;
    output.emit(FOLDER)?;
    write_parts(&parts)
}

/// The parts, and `chunks.js`: the place of each chunk's file, as bundlers understand it.
fn write_parts(parts: &Parts) -> Result<()> {
    let folder = Path::new(FOLDER);
    fs::write(folder.join("iam_sandbox_bg.wasm"), &parts.first)?;
    let mut script = String::from("export const chunks = {\n");
    for ChunkFile { name, after, bytes } in &parts.chunks {
        fs::write(folder.join(format!("{name}.wasm")), bytes)?;
        let after = after.as_ref().map_or("null".to_owned(), |after| format!("\"{after}\""));
        writeln!(
            script,
            "  {name}: {{ after: {after}, place: () => new URL(\"./{name}.wasm\", import.meta.url) }},"
        )?;
    }
    script.push_str("};\n");
    fs::write(folder.join("chunks.js"), script)?;
    let declaration = "/** The file of each part that is loaded on need, and the part that has to be there before it. */\n\
                       export const chunks: Record<string, { after: string | null; place: () => URL }>;\n";
    Ok(fs::write(folder.join("chunks.d.ts"), declaration)?)
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
