//! Chromium and its driver, for the tests in a browser.

use anyhow::Result;

use crate::apt::{self, Program};

/// Installs both from Debian if they are missing.
pub fn require() -> Result<()> {
    apt::require(&[
        Program { name: "chromium", package: "chromium" },
        Program { name: "chromedriver", package: "chromium-driver" },
    ])
}
