//! `cargo dev`: every command that a developer of IAM Sandbox runs. See `USAGE`.

mod apt;
mod bench;
mod chromium;
mod node;
mod progress;
mod python;
mod serve;
mod site;
mod split;
mod suite;
mod tally;
mod test;
mod wasm;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

const USAGE: &str = "\
cargo dev [--port N]      build everything, serve the page on http://127.0.0.1:8000, rebuild on a change
cargo dev build           write the static site to www/dist and the npm package to www/package
cargo dev test [SUITE...] run all tests, or only the named suites:
                          format lint native scenarios clients wasm-node wasm-chromium same-bytes sdk
                          types browser sizes
cargo dev weigh [list]    compile the WebAssembly, and say what each module weighs in which part; or each function
cargo dev bench           run the benchmarks, natively and in wasm";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match enter_repository().and_then(|()| dispatch(&words)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cargo dev: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<ExitCode> {
    match words {
        [] | ["serve"] => serve::serve(serve::DEFAULT_PORT)?,
        ["--port", port] | ["serve", "--port", port] => {
            serve::serve(port.parse().context("--port takes a number up to 65535")?)?;
        }
        ["build"] => site::build_and_weigh()?,
        ["test", suites @ ..] => return test::test(suites),
        ["weigh"] => print!("{}", split::report(&wasm::link()?.1)),
        ["weigh", "list"] => print!("{}", split::list(&wasm::link()?.1)),
        ["bench"] => bench::bench()?,
        ["help" | "--help" | "-h"] => println!("{USAGE}"),
        _ => {
            eprintln!("{USAGE}");
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// All commands work with paths from the repository root, wherever they are called.
fn enter_repository() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .context("this package is not at src/bin/dev")?;
    std::env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
