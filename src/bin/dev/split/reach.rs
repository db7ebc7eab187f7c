//! What each chunk holds: all that is reached through its `enter` functions alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::graph::{Graph, Item, Node};

/// What moves, by the names that wasm-bindgen keeps.
#[derive(Debug, Default)]
pub struct Placed {
    /// In the order of the names.
    pub chunks: BTreeMap<String, Chunk>,
}

/// One chunk.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The functions by which the first part enters; they move too.
    pub entries: BTreeSet<String>,
    /// The functions that ask whether the chunk is loaded; they stay.
    pub questions: BTreeSet<String>,
    /// All functions that move.
    pub functions: BTreeSet<String>,
    /// The addresses of the constants that move, in order.
    pub constants: Vec<Range<u32>>,
}

/// Decides where everything goes.
pub fn placed(graph: &Graph) -> Placed {
    let mut doors: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, function) in graph.functions.iter().enumerate() {
        if let Some(Door { chunk, enters: true }) = door(&function.name) {
            doors.entry(chunk).or_default().push(index);
        }
    }
    let first = reached(graph, &graph.exported);
    let inside: BTreeMap<&str, BTreeSet<Item>> =
        doors.iter().map(|(&name, entries)| (name, reached(graph, &behind(graph, entries)))).collect();
    let chunk = |(name, entries): (&str, Vec<usize>)| {
        let elsewhere = |item: &Item| {
            first.contains(item) || inside.iter().any(|(other, items)| *other != name && items.contains(item))
        };
        let moved = inside.get(name).into_iter().flatten().filter(|item| !elsewhere(item));
        (name.to_owned(), Chunk::of(graph, name, &entries, moved))
    };
    Placed { chunks: doors.clone().into_iter().map(chunk).collect() }
}

/// What the entries of a chunk use.
fn behind(graph: &Graph, entries: &[usize]) -> Vec<Item> {
    entries
        .iter()
        .filter_map(|&entry| graph.functions.get(entry))
        .flat_map(|node| node.uses.iter().copied())
        .collect()
}

impl Chunk {
    fn of<'item>(
        graph: &Graph,
        name: &str,
        entries: &[usize],
        moved: impl Iterator<Item = &'item Item>,
    ) -> Self {
        let named = |index: usize| graph.functions.get(index).map(|node| node.name.clone());
        let entries: BTreeSet<String> = entries.iter().filter_map(|&entry| named(entry)).collect();
        let mut chunk = Chunk { functions: entries.clone(), entries, ..Chunk::default() };
        for item in moved {
            match *item {
                Item::Function(index) => chunk.functions.extend(named(index)),
                Item::Constant(index) => {
                    chunk.constants.extend(graph.constants.get(index).map(|node| node.place.clone()));
                }
            }
        }
        let asks = |symbol: &str| door(symbol).is_some_and(|door| !door.enters && door.chunk == name);
        chunk.questions =
            graph.functions.iter().map(|node| node.name.clone()).filter(|name| asks(name)).collect();
        chunk
    }
}

/// A function of `src/chunk.rs` that the build knows.
struct Door<'name> {
    chunk: &'name str,
    /// `enter`; else `here`.
    enters: bool,
}

/// `_ZN11iam_sandbox5chunk6editor5enter17h0123456789abcdefE` is a door of `editor`.
fn door(symbol: &str) -> Option<Door<'_>> {
    let (_, rest) = symbol.split_once("11iam_sandbox5chunk")?;
    let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
    let (length, rest) = rest.split_at(digits);
    let (chunk, rest) = rest.split_at_checked(length.parse().ok()?)?;
    let enters = rest.starts_with("5enter");
    (enters || rest.starts_with("4here")).then_some(Door { chunk, enters })
}

/// Everything that `roots` use, without going through a door.
fn reached(graph: &Graph, roots: &[Item]) -> BTreeSet<Item> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Item> = roots.to_vec();
    while let Some(item) = open.pop() {
        let uses = match item {
            Item::Function(index) => {
                graph.functions.get(index).filter(|node| !enters(&node.name)).map(|node| &node.uses)
            }
            Item::Constant(index) => graph.constants.get(index).map(|node| &node.uses),
        };
        if let Some(uses) = uses
            && found.insert(item)
        {
            open.extend(uses);
        }
    }
    found
}

/// The functions that any part uses; others describe types to wasm-bindgen, which drops them.
pub fn used(graph: &Graph) -> Vec<&Node> {
    let mut open: Vec<Item> = graph.exported.clone();
    let mut found: BTreeSet<Item> = BTreeSet::new();
    while let Some(item) = open.pop() {
        if found.insert(item) {
            let uses = match item {
                Item::Function(index) => graph.functions.get(index).map(|node| &node.uses),
                Item::Constant(index) => graph.constants.get(index).map(|node| &node.uses),
            };
            open.extend(uses.into_iter().flatten());
        }
    }
    let functions = graph.functions.iter().enumerate();
    functions.filter(|(index, _)| found.contains(&Item::Function(*index))).map(|(_, node)| node).collect()
}

fn enters(symbol: &str) -> bool {
    door(symbol).is_some_and(|door| door.enters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::graph::Constant;

    fn function(name: &str, uses: &[Item]) -> Node {
        Node { name: name.to_owned(), bytes: 0, uses: uses.to_vec() }
    }

    #[test]
    fn what_only_one_door_reaches_moves() {
        use Item::{Constant as Data, Function as Code};
        let editor = "_ZN11iam_sandbox5chunk6editor5enter17h0123456789abcdefE";
        let link = "_ZN11iam_sandbox5chunk4link5enter17h0123456789abcdefE";
        let here = "_ZN11iam_sandbox5chunk6editor4here17h0123456789abcdefE";
        let graph = Graph {
            functions: vec![
                function("exported", &[Code(1), Code(2), Code(3), Code(4)]),
                function(editor, &[Code(4), Code(5), Data(0)]),
                function(link, &[Code(6)]),
                function(here, &[]),
                function("also used first", &[]),
                function("the editor's", &[Code(6)]),
                function("shared by chunks", &[]),
                function("only in the table", &[]),
            ],
            constants: vec![
                Constant { place: 100..108, uses: vec![Code(7)] },
                Constant { place: 108..116, uses: Vec::new() },
            ],
            exported: vec![Code(0)],
        };
        let placed = placed(&graph);
        let names = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
        let chunk = &placed.chunks["editor"];
        assert_eq!(names(&chunk.functions), [editor, "only in the table", "the editor's"]);
        assert_eq!(
            (names(&chunk.entries), names(&chunk.questions)),
            (vec![editor.into()], vec![here.into()])
        );
        assert_eq!(chunk.constants, vec![100..108; 1]);
        assert_eq!(names(&placed.chunks["link"].functions), [link]);
    }
}
