//! `cargo dev`: build, serve, and build again when a file of the model changes. Vite reloads
//! the page by itself when a file of `www` changes, the bindings among them.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use crate::progress::say;
use crate::{node, wasm};

/// The port of the page unless another is asked for.
pub const DEFAULT_PORT: u16 = 8000;
/// Vite's standard input is a pipe from this program: it never outlives it, however that ends.
const END_WITH_STANDARD_INPUT: &str =
    "data:text/javascript,process.stdin.on('end',()=>process.exit()).resume()";
const POLL: Duration = Duration::from_millis(300);

/// Serves until it is interrupted.
pub fn serve(port: u16) -> Result<()> {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        bail!(
            "port {port} is in use: stop the program that listens there, or choose another with `cargo dev --port N`"
        );
    }
    say("Check Node and the npm packages");
    node::require_packages()?;
    let mut built = newest_source();
    wasm::build()?;
    say("Start the page's server");
    let mut server = Command::new("node")
        .current_dir("www")
        .args(["--import", END_WITH_STANDARD_INPUT, "node_modules/vite/bin/vite.js"])
        .args(["--host", "127.0.0.1", "--strictPort", "--clearScreen=false", "--logLevel=warn"])
        .arg(format!("--port={port}"))
        .stdin(Stdio::piped())
        .spawn()
        .context("cannot start Vite")?;
    wait_until_it_answers(&mut server, port)?;
    say(&format!("IAM Sandbox is at http://127.0.0.1:{port} (Ctrl+C stops it)"));
    while server.try_wait()?.is_none() {
        sleep(POLL);
        let newest = newest_source();
        if newest > built {
            built = newest;
            match wasm::build() {
                Ok(()) => say("Built again"),
                Err(error) => say(&format!("The page keeps the last good build: {error:#}")),
            }
        }
    }
    bail!("Vite ended")
}

fn wait_until_it_answers(server: &mut Child, port: u16) -> Result<()> {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if let Some(status) = server.try_wait()? {
            bail!("Vite ended before it served the page ({status})");
        }
        sleep(POLL);
    }
    Ok(())
}

fn newest_source() -> Option<SystemTime> {
    newest(Path::new("src")).max(newest(Path::new("Cargo.toml")))
}

fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).and_then(|file| file.modified()).ok();
    let below =
        fs::read_dir(path).into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path())).max();
    own.max(below)
}
