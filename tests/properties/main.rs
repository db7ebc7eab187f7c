//! What holds for any policies and requests: a Deny never grants, an Allow taken away never grants, order never
//! matters, the explained decision is the fast one, suggestions do what they say, and damaged lines are answered.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod decisions;
mod lines;
mod scenes;
mod suggestions;
