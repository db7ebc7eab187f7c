//! Documents that were parsed before, by their text: a stream of lines mostly repeats its policies.

use super::error::Error;
use crate::json::{self, Node, Value};
use crate::policy::{Document, PolicyKind};
use crate::sorted::SortedMap;
use std::sync::Arc;

/// How many bytes of text are remembered before all is forgotten.
const MAX_BYTES: usize = 64 << 20;
/// How many documents.
const MAX_DOCUMENTS: usize = 16_384;

/// Parsed documents.
#[derive(Default)]
pub(super) struct Documents {
    known: SortedMap<PolicyKind, SortedMap<Box<str>, Known>>,
    bytes: usize,
    documents: usize,
}

/// A document and the text that its spans are in; an object within the line has none.
#[derive(Clone)]
pub(super) struct Known {
    pub document: Arc<Document>,
    pub text: Arc<str>,
}

impl Documents {
    /// The document that stands at `pointer` in the line.
    pub fn get(
        &mut self,
        line: &str,
        node: &Node,
        kind: PolicyKind,
        pointer: &str,
    ) -> Result<Known, Box<Error>> {
        let written = line.get(node.span.start as usize..node.span.end as usize).unwrap_or("");
        if let Some(known) = self.known.get(&kind).and_then(|known| known.get(written)) {
            return Ok(known.clone());
        }
        let known = parse(node, kind, pointer)?;
        if self.bytes > MAX_BYTES || self.documents >= MAX_DOCUMENTS {
            *self = Documents::default();
        }
        self.bytes += written.len();
        self.documents += 1;
        self.known.get_or_insert_with(kind, SortedMap::new).insert(written.into(), known.clone());
        Ok(known)
    }
}

fn parse(node: &Node, kind: PolicyKind, pointer: &str) -> Result<Known, Box<Error>> {
    let faults = |faults| Error::policy(faults, pointer);
    if let Value::String(text) = &node.value {
        let inner = json::parse(text).map_err(|fault| Error::json(&fault, text, pointer))?;
        let document = Document::parse(&inner, kind).map_err(faults)?;
        return Ok(Known { document: Arc::new(document), text: Arc::from(&**text) });
    }
    let document = Document::parse(node, kind).map_err(faults)?;
    Ok(Known { document: Arc::new(document), text: Arc::from("") })
}
