//! Debian packages that the tests need.

use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::{answer, installed, run, say};

/// A program and the Debian package that brings it.
pub struct Program {
    pub name: &'static str,
    pub package: &'static str,
}

/// Installs what is missing: as root, else with sudo, else the line to run is the error.
pub fn require(programs: &[Program]) -> Result<()> {
    let missing: Vec<&str> =
        programs.iter().filter(|program| !installed(program.name)).map(|program| program.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    install(&missing)
}

/// Installs packages, whether or not they are there.
pub fn install(missing: &[&str]) -> Result<()> {
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    if !installed("apt-get") {
        bail!("the tests need {}, and there is no apt-get to install them with", missing.join(" and "));
    }
    let root = answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !root && !installed("sudo") {
        bail!("the tests need {}; run this as root: {line}", missing.join(" and "));
    }
    say(&format!("Install {}", missing.join(", ")));
    let sudo = if root { "" } else { "sudo " };
    run(Command::new("sh").args([
        "-c",
        &format!(
            "export DEBIAN_FRONTEND=noninteractive; {sudo}apt-get update -qq && {sudo}{line} -qq >/dev/null"
        ),
    ]))
}
