//! `iam-sandbox endpoint`: the services for real clients on this machine's loopback addresses.
//!
//! One port stands for every service, another for the metadata service. The first line of standard output is a
//! JSON object that says where, with the root user's key of each account. Requests take their route through the
//! scenario's network and are answered one after the other; the connections are served side by side.
//! Buckets may stand in the path or in the host (`BUCKET.localhost`). Left out on purpose: TLS, HTTP/2.

mod body;
mod connection;
mod control;
mod framing;
mod policy_checks;
mod recipient;
mod server;
mod wire;
mod world;

use super::terminal::{Stop, print, warn};
use super::texts::Texts;
use iam_sandbox::sandbox::Sandbox;
use server::{Port, Server};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::time::Duration;
use world::World;

/// What is served without a scenario.
const EMPTY: &str = r#"{"version": 1, "seed": 1, "accounts": {"123456789012": {"region": "us-east-1", "template": {"Resources": {}}}}}"#;
const LISTEN: &str = "127.0.0.1:4566";
const IMDS: &str = "127.0.0.1:1338";
/// How long requests that are being answered may take after the signal to end.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// What the command line asks for.
struct Options {
    scenario: Option<String>,
    listen: SocketAddr,
    imds: SocketAddr,
}

pub fn main(arguments: &[String]) -> Result<ExitCode, Stop> {
    let options = parse(arguments)?;
    let Some(sandbox) = load(options.scenario.as_deref())? else { return Ok(ExitCode::FAILURE) };
    let services = bind(options.listen)?;
    let metadata = bind(options.imds)?;
    let world = World::new(sandbox);
    let line = first_line(&world, &services, &metadata)?;
    let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(|error| format!("endpoint: {error}"))?;
    let server = Server::new(world);
    server.listen(services, Port::Services);
    server.listen(metadata, Port::Metadata);
    print(&line)?;
    signals.forever().next();
    server.stop(LAST_ANSWERS);
    Ok(ExitCode::SUCCESS)
}

fn parse(arguments: &[String]) -> Result<Options, String> {
    let mut arguments = pico_args::Arguments::from_vec(arguments.iter().map(Into::into).collect());
    let wrong = |error: pico_args::Error| format!("endpoint: {error}");
    let listen: Option<String> = arguments.opt_value_from_str("--listen").map_err(wrong)?;
    let imds: Option<String> = arguments.opt_value_from_str("--imds").map_err(wrong)?;
    let scenario = arguments.opt_free_from_str().map_err(wrong)?;
    if let Some(more) = arguments.finish().first() {
        return Err(format!("endpoint: unknown argument {}", more.display()));
    }
    Ok(Options {
        scenario,
        listen: address("--listen", listen.as_deref().unwrap_or(LISTEN))?,
        imds: address("--imds", imds.as_deref().unwrap_or(IMDS))?,
    })
}

/// A loopback address: anything else would hand the sandbox to the network.
fn address(option: &str, text: &str) -> Result<SocketAddr, String> {
    let parsed = text.parse::<SocketAddr>().ok().filter(|address| address.ip().is_loopback());
    parsed.ok_or_else(|| {
        format!("endpoint: {option} {text}: write a loopback address and a port, such as {LISTEN}")
    })
}

/// The scenario; `None` if it has errors, which are told.
fn load(file: Option<&str>) -> Result<Option<Sandbox>, String> {
    let texts = Texts::english();
    let (name, text) = match file {
        Some(file) => (file, super::read(file)?),
        None => ("(no scenario)", EMPTY.to_string()),
    };
    let (sandbox, findings) = match Sandbox::new(&text) {
        Ok(sandbox) => {
            let warnings = sandbox.diagnostics().to_vec();
            (Some(sandbox), warnings)
        }
        Err(errors) => (None, errors),
    };
    for finding in &findings {
        warn(&texts.diagnostic(name, finding));
    }
    Ok(sandbox)
}

fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|error| format!("endpoint: {address}: {error}"))
}

fn first_line(world: &World, services: &TcpListener, metadata: &TcpListener) -> Result<String, String> {
    let base = |listener: &TcpListener| {
        listener.local_addr().map(|address| format!("http://{address}")).map_err(|error| error.to_string())
    };
    let endpoint = base(services)?;
    let accounts: serde_json::Map<String, serde_json::Value> = world
        .root_keys()
        .iter()
        .map(|key| {
            let pair = serde_json::json!({
                "accessKeyId": key.access_key_id,
                "secretAccessKey": key.secret_access_key,
            });
            (key.account.clone(), pair)
        })
        .collect();
    let line = serde_json::json!({
        "endpoint": endpoint,
        "imds": base(metadata)?,
        "control": format!("{endpoint}{}", control::BASE),
        "accounts": accounts,
    });
    Ok(line.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_addresses_are_listened_on() {
        assert!(address("--listen", "127.0.0.1:0").is_ok() && address("--listen", "[::1]:4566").is_ok());
        for wrong in ["0.0.0.0:4566", "192.0.2.1:4566", "[::]:1", "localhost:1", "127.0.0.1", ""] {
            assert!(address("--listen", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn without_a_scenario_there_is_one_empty_account() {
        let world = World::new(Sandbox::new(EMPTY).unwrap());
        assert_eq!(world.root_keys().len(), 1);
        assert!(Sandbox::new(EMPTY).unwrap().diagnostics().is_empty());
    }
}
