//! Node and the npm packages of `www`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::{answer, run, say};

const MINIMUM: (u32, u32) = (20, 19);

const LOCK: &str = "www/package-lock.json";
/// A copy of the lock file that was last installed; `npm ci` removes it first.
const INSTALLED: &str = "www/node_modules/.installed-lock.json";

/// Installs the locked npm packages if others are there, or none.
pub fn require_packages() -> Result<()> {
    require_node()?;
    if !up_to_date() {
        say("Install the npm packages of www");
        run(Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir("www"))?;
        fs::copy(LOCK, INSTALLED)?;
    }
    link_for_tests()
}

/// `node PROGRAM` of an installed npm package, run in `www`.
pub fn program(path: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(format!("node_modules/{path}")).current_dir("www");
    command
}

/// A Node that Vite accepts, and npm.
pub fn require_node() -> Result<()> {
    let Some(version) = answer(Command::new("node").arg("--version")) else {
        bail!("Node is missing: install Node 20.19 or later from https://nodejs.org");
    };
    let mut numbers = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < MINIMUM {
        bail!("Node {version} is too old: install Node 20.19 or later from https://nodejs.org");
    }
    if answer(Command::new("npm").arg("--version")).is_none() {
        bail!("npm is missing: it comes with Node (on Debian: apt-get install npm)");
    }
    Ok(())
}

/// Contents, not dates: a checkout changes the dates of files that stay the same.
fn up_to_date() -> bool {
    matches!((fs::read(LOCK), fs::read(INSTALLED)), (Ok(lock), Ok(installed)) if lock == installed)
}

/// Node looks for packages in the folders above a file: the tests share those of `www`.
fn link_for_tests() -> Result<()> {
    let link = Path::new("tests/node_modules");
    if !link.exists() {
        // A link left from an earlier clone may point nowhere.
        let _ = fs::remove_file(link);
        std::os::unix::fs::symlink("../www/node_modules", link)?;
    }
    Ok(())
}
