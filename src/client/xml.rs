//! Reads the XML that services answer.

use roxmltree::{Document, Node, ParsingOptions};

/// More nodes than any page of a listing has (1,000 keys).
const MAX_NODES: u32 = 50_000;

/// Parses an answer's body; `None` if it isn't XML, has a document type, or is too large.
pub(super) fn parse(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

/// Children of that name, whatever their namespace.
pub(super) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The text of the first child of that name; empty if it has none.
pub(super) fn child_text(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    children(node, name).next().map(|child| child.text().unwrap_or_default().to_string())
}
