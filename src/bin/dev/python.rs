//! Python and the packages of `tests/clients`, in a virtual environment of their own.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::apt;
use crate::progress::{answer, run, say};

const FOLDER: &str = "tests/.venv";
/// Every package with its version.
const LOCK: &str = "tests/clients/requirements.txt";
/// A copy of the list that was last installed.
const INSTALLED: &str = "tests/.venv/installed.txt";

/// Installs the listed packages if others are there, or none.
pub fn require_packages() -> Result<()> {
    if up_to_date() {
        return Ok(());
    }
    let ready = answer(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_some();
    if !ready {
        apt::install(&["python3", "python3-venv"])?;
    }
    say("Install the Python packages of tests/clients");
    run(Command::new("python3").args(["-m", "venv", "--clear", FOLDER]))?;
    run(command().args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "-r",
        LOCK,
    ]))?;
    fs::copy(LOCK, INSTALLED)?;
    Ok(())
}

/// The interpreter of the virtual environment.
pub fn command() -> Command {
    let mut command = Command::new(format!("{FOLDER}/bin/python"));
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Contents, not dates: a checkout changes the dates of files that stay the same.
fn up_to_date() -> bool {
    let runs = answer(command().arg("--version")).is_some();
    runs && matches!((fs::read(LOCK), fs::read(INSTALLED)), (Ok(lock), Ok(installed)) if lock == installed)
}
