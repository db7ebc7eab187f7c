//! Cuts the WebAssembly at the calls of `src/chunk.rs`: a first part, and a file for each chunk.
//!
//! What moves: every function and every constant that the first part reaches through `chunk::NAME::enter` alone. The
//! linker's relocations tell who uses what, also through tables and constants (`graph`); `reach` decides; `cut` makes
//! the files. A chunk imports the first part's memory, table and functions, and fills its places of the table.
//! What two chunks use stays in the part that is loaded before both.

mod cut;
mod graph;
mod reach;
mod report;

use anyhow::Result;

pub use graph::Graph;
pub use report::{list, report};

/// The program in parts.
pub struct Parts {
    /// What a page loads first.
    pub first: Vec<u8>,
    /// Those that have something in them.
    pub chunks: Vec<ChunkFile>,
}

/// A chunk.
pub struct ChunkFile {
    /// Its name.
    pub name: String,
    /// The chunk that has to be loaded before it, beside the first part.
    pub after: Option<String>,
    /// Its WebAssembly.
    pub bytes: Vec<u8>,
}

/// Cuts a module as wasm-bindgen wrote it (with the linker's names) by the graph of the module that it was given.
pub fn split(graph: &Graph, module: &[u8]) -> Result<Parts> {
    cut::cut(&reach::placed(graph), module)
}
