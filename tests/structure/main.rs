//! Holds the sources to what `src/README.md` promises: the order of the modules, no outside
//! world below the outermost layer, short files, and catalogues that fit the codes.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod catalogues;
mod length;
mod order;
mod purity;
mod source;

/// Fails with one line for each finding.
fn expect_none(findings: &[String]) {
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}
