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
    /// The chunk that is loaded before it, beside the first part.
    pub after: Option<String>,
    /// The functions by which the first part enters; they move too.
    pub entries: BTreeSet<String>,
    /// The functions that ask whether the chunk is loaded; they stay.
    pub questions: BTreeSet<String>,
    /// All functions that move.
    pub functions: BTreeSet<String>,
    /// The addresses of the constants that move, in order.
    pub constants: Vec<Range<u32>>,
}

/// Decides where everything goes: what several chunks use goes to the last chunk that all of them come after.
pub fn placed(graph: &Graph) -> Placed {
    let mut doors: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    for (index, function) in graph.functions.iter().enumerate() {
        if let Some(Door { chunk, after, enters: true }) = door(&function.name) {
            doors.entry(chunk).or_default().push(index);
            before.extend(after.map(|after| (chunk, after)));
        }
    }
    let first = reached(graph, &graph.exported);
    let inside: BTreeMap<&str, BTreeSet<Item>> =
        doors.iter().map(|(&name, entries)| (name, reached(graph, &behind(graph, entries)))).collect();
    let line = |name: &str| -> Vec<String> {
        let own = before.keys().chain(doors.keys()).find(|own| **own == name).copied();
        let line = std::iter::successors(own, |name| before.get(name).copied());
        // A chunk without a file of its own is in the first part.
        line.filter(|name| doors.contains_key(name)).map(str::to_owned).collect()
    };
    let mut moved: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in inside.values().flatten().copied().collect::<BTreeSet<Item>>() {
        if first.contains(&item) || stays(graph, item) {
            continue;
        }
        let mut common: Option<Vec<String>> = None;
        for (name, _) in inside.iter().filter(|(_, items)| items.contains(&item)) {
            let own = line(name);
            common = Some(match common {
                None => own,
                Some(common) => common.into_iter().filter(|name| own.contains(name)).collect(),
            });
        }
        if let Some(home) = common.and_then(|line| line.into_iter().next()) {
            moved.entry(home).or_default().push(item);
        }
    }
    let chunk = |(&name, entries): (&&str, &Vec<usize>)| {
        let mut chunk = Chunk::of(graph, name, entries, moved.get(name).into_iter().flatten());
        chunk.after = line(name).into_iter().nth(1);
        (name.to_owned(), chunk)
    };
    Placed { chunks: doors.iter().map(chunk).collect() }
}

/// Whether it stays in the first part: the page's functions, and each `here`, the question for what may not be there.
fn stays(graph: &Graph, item: Item) -> bool {
    let Item::Function(index) = item else { return false };
    let asks = |symbol: &str| door(symbol).is_some_and(|door| !door.enters);
    graph.functions.get(index).is_some_and(|node| node.imported || asks(&node.name))
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
    after: Option<&'name str>,
    /// `enter`; else `here`.
    enters: bool,
}

/// `_ZN11iam_sandbox5chunk6editor5after3run5enter17h0123456789abcdefE` is a door of `editor`, which comes after `run`.
fn door(symbol: &str) -> Option<Door<'_>> {
    let (_, rest) = symbol.split_once("11iam_sandbox5chunk")?;
    let (chunk, rest) = name(rest)?;
    let (after, rest) = match rest.strip_prefix("5after") {
        Some(rest) => name(rest).map(|(after, rest)| (Some(after), rest))?,
        None => (None, rest),
    };
    let enters = rest.starts_with("5enter");
    (enters || rest.starts_with("4here")).then_some(Door { chunk, after, enters })
}

/// A name after its length, and what follows it.
fn name(symbol: &str) -> Option<(&str, &str)> {
    let digits = symbol.find(|letter: char| !letter.is_ascii_digit())?;
    let (length, rest) = symbol.split_at(digits);
    rest.split_at_checked(length.parse().ok()?)
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
        Node { name: name.to_owned(), imported: false, bytes: 0, uses: uses.to_vec() }
    }

    #[test]
    fn what_only_one_door_reaches_moves() {
        use Item::{Constant as Data, Function as Code};
        let editor = "_ZN11iam_sandbox5chunk6editor5enter17h0123456789abcdefE";
        let link = "_ZN11iam_sandbox5chunk4link5enter17h0123456789abcdefE";
        let shell = "_ZN11iam_sandbox5chunk5shell5after6editor5enter17h0123456789abcdefE";
        let here = "_ZN11iam_sandbox5chunk6editor4here17h0123456789abcdefE";
        let graph = Graph {
            functions: vec![
                function("exported", &[Code(1), Code(2), Code(3), Code(4), Code(8)]),
                function(editor, &[Code(4), Code(5), Data(0), Code(10)]),
                function(link, &[Code(6)]),
                function(here, &[]),
                function("also used first", &[]),
                function("the editor's", &[Code(6)]),
                function("shared by chunks", &[]),
                function("only in the table", &[]),
                function(shell, &[Code(9), Code(7), Code(10)]),
                function("the shell's", &[]),
                function("the editor's and the shell's", &[]),
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
        assert_eq!(
            names(&chunk.functions),
            [editor, "only in the table", "the editor's", "the editor's and the shell's"]
        );
        assert_eq!(
            (names(&chunk.entries), names(&chunk.questions)),
            (vec![editor.into()], vec![here.into()])
        );
        assert_eq!(chunk.constants, vec![100..108; 1]);
        assert_eq!(names(&placed.chunks["link"].functions), [link]);
        assert_eq!(names(&placed.chunks["shell"].functions), [shell, "the shell's"]);
        assert_eq!(placed.chunks["shell"].after.as_deref(), Some("editor"));
    }
}
