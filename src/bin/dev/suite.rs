//! The suites of `cargo dev test`: what each needs and runs.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::progress::{cargo, run, say, watch};
use crate::tally::Tally;
use crate::{chromium, node, python, site, wasm};

/// A group of tests that reports as one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    Format,
    Lint,
    Native,
    Scenarios,
    Clients,
    WasmNode,
    WasmChromium,
    SameBytes,
    Sdk,
    Types,
    Browser,
    Sizes,
}

/// What several suites need, made once.
#[derive(Default)]
pub struct Built {
    bindings: bool,
    site: bool,
}

impl Suite {
    /// In the order in which they run: the quick ones, and those that find most, first.
    pub const ALL: [Self; 12] = [
        Self::Format,
        Self::Lint,
        Self::Native,
        Self::Scenarios,
        Self::Clients,
        Self::WasmNode,
        Self::WasmChromium,
        Self::SameBytes,
        Self::Sdk,
        Self::Types,
        Self::Browser,
        Self::Sizes,
    ];

    /// As it is named on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Native => "native",
            Self::Scenarios => "scenarios",
            Self::Clients => "clients",
            Self::WasmNode => "wasm-node",
            Self::WasmChromium => "wasm-chromium",
            Self::SameBytes => "same-bytes",
            Self::Sdk => "sdk",
            Self::Types => "types",
            Self::Browser => "browser",
            Self::Sizes => "sizes",
        }
    }

    /// Runs it. An error or an empty tally means that it could not run.
    pub fn run(self, built: &mut Built) -> Result<Tally> {
        match self {
            Self::Format => checks([cargo(["fmt", "--all", "--check"])]),
            Self::Lint => lint(),
            Self::Native => native(),
            Self::Scenarios => scenarios(),
            Self::Clients => clients(),
            Self::WasmNode => wasm_tests(cargo(WASM_TEST)),
            Self::WasmChromium => {
                chromium::require()?;
                let mut command = cargo(WASM_TEST);
                command.env("WASM_BINDGEN_USE_BROWSER", "1");
                command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
                command.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
                wasm_tests(command)
            }
            Self::SameBytes => same_bytes(built),
            Self::Sdk => sdk(built),
            Self::Types => types(built),
            Self::Browser => browser(built),
            Self::Sizes => {
                built.require_site()?;
                counted(|see| site::weigh(see))
            }
        }
    }
}

const WASM_TEST: [&str; 5] = ["test", "--target", wasm::TARGET, "--test", "wasm"];

impl Built {
    fn require_bindings(&mut self) -> Result<()> {
        node::require_packages()?;
        if !self.bindings {
            wasm::build()?;
            self.bindings = true;
        }
        Ok(())
    }

    fn require_site(&mut self) -> Result<()> {
        self.require_bindings()?;
        if !self.site {
            site::build_site()?;
            self.site = true;
        }
        Ok(())
    }
}

fn lint() -> Result<Tally> {
    wasm::require_target()?;
    let mut native = cargo(["clippy", "--workspace", "--all-targets", "--all-features"]);
    let mut web = cargo(["clippy", "--lib", "--test", "wasm", "--target", wasm::TARGET]);
    native.args(["--", "-D", "warnings"]);
    web.args(["--", "-D", "warnings"]);
    checks([native, web])
}

fn native() -> Result<Tally> {
    let mut tally = tests(&mut cargo(["test", "--no-fail-fast"]))?;
    tally += tests(&mut cargo(["test", "--package", "iam-sandbox-dev"]))?;
    Ok(tally)
}

fn scenarios() -> Result<Tally> {
    let mut paths = Vec::new();
    for entry in Path::new("www/scenarios").read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut command = cargo(["run", "--quiet", "--bin", "iam-sandbox", "--", "check"]);
    tests(command.args(paths))
}

/// boto3 and the aws CLI against `iam-sandbox endpoint`.
fn clients() -> Result<Tally> {
    python::require_packages()?;
    run(&mut cargo(["build", "--bin", "iam-sandbox"]))?;
    let program = wasm::target_folder().join("debug/iam-sandbox");
    tests(python::command().arg("tests/clients/run.py").arg(program))
}

fn wasm_tests(mut command: Command) -> Result<Tally> {
    wasm::require_target()?;
    node::require_node()?;
    tests(&mut command)
}

/// The native program and the WebAssembly, command by command.
fn same_bytes(built: &mut Built) -> Result<Tally> {
    built.require_bindings()?;
    run(&mut cargo(["build", "--quiet", "--bin", "iam-sandbox"]))?;
    let program = wasm::target_folder().join("debug/iam-sandbox");
    tests(Command::new("node").arg("tests/same_bytes.mjs").arg(program))
}

/// The AWS SDK for JavaScript in Node, through the adapter of the npm package.
fn sdk(built: &mut Built) -> Result<Tally> {
    built.require_bindings()?;
    site::build_package()?;
    tests(Command::new("node").arg("tests/sdk/node.mjs"))
}

/// The page, the specs, and the npm package, whose declarations the same compiler writes.
fn types(built: &mut Built) -> Result<Tally> {
    built.require_bindings()?;
    let check = |project: &str| {
        let mut command = node::program("typescript/bin/tsc");
        run(command.args(["--noEmit", "--project", project]))
    };
    Ok(judge([check("."), check("../tests/browser"), site::build_package()]))
}

fn browser(built: &mut Built) -> Result<Tally> {
    chromium::require()?;
    built.require_site()?;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    tests(
        node::program("@playwright/test/cli.js")
            .args(["test", "--config", "../tests/browser"])
            .env("IAM_SANDBOX_PORT", port.to_string()),
    )
}

/// Programs that find nothing or something: each counts as one test.
fn checks<const N: usize>(mut commands: [Command; N]) -> Result<Tally> {
    Ok(judge(commands.each_mut().map(run)))
}

fn judge<const N: usize>(results: [Result<()>; N]) -> Tally {
    let mut tally = Tally::default();
    for result in results {
        match result {
            Ok(()) => tally.passed += 1,
            Err(error) => {
                say(&format!("{error:#}"));
                tally.failed += 1;
            }
        }
    }
    tally
}

fn tests(command: &mut Command) -> Result<Tally> {
    counted(|see| watch(command, see))
}

/// A run that fails without naming a failed test (it did not compile, it crashed) is one.
fn counted(run: impl FnOnce(&mut dyn FnMut(&str)) -> Result<bool>) -> Result<Tally> {
    let mut tally = Tally::default();
    let succeeded = run(&mut |line| tally.read(line))?;
    if !succeeded && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}
