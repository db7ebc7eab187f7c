//! What the parts weigh, module by module: to see what a change brings, and to which part.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, Node};
use super::reach::{placed, used};

/// Modules named for each part.
const MOST: usize = 40;

/// A table for each part: bytes of code as linked, uncompressed, and the module that they come from.
pub fn report(graph: &Graph) -> String {
    let placed = placed(graph);
    let linked = used(graph);
    let mut moved: BTreeSet<&str> = BTreeSet::new();
    let mut text = String::new();
    for (name, chunk) in &placed.chunks {
        moved.extend(chunk.functions.iter().map(String::as_str));
        table(&mut text, name, &linked, |symbol| chunk.functions.contains(symbol));
        text.push_str(&format!(
            "{:8}  constants\n",
            chunk.constants.iter().map(|place| place.len()).sum::<usize>()
        ));
    }
    table(&mut text, "first part", &linked, |symbol| !moved.contains(symbol));
    text
}

fn table(text: &mut String, part: &str, linked: &[&Node], has: impl Fn(&str) -> bool) {
    let mut modules: BTreeMap<String, usize> = BTreeMap::new();
    for function in linked.iter().filter(|function| has(&function.name)) {
        *modules.entry(module_of(&function.name)).or_default() += function.bytes;
    }
    let mut rows: Vec<(usize, String)> = modules.into_iter().map(|(name, bytes)| (bytes, name)).collect();
    rows.sort_unstable_by(|one, other| other.cmp(one));
    let total: usize = rows.iter().map(|(bytes, _)| bytes).sum();
    text.push_str(&format!("{part}: {total} bytes of code\n"));
    for (bytes, name) in rows.into_iter().take(MOST) {
        text.push_str(&format!("{bytes:8}  {name}\n"));
    }
}

/// `_ZN11iam_sandbox6policy8validate...` is of `iam_sandbox::policy::validate`; of other crates, their names.
fn module_of(symbol: &str) -> String {
    let plain = symbol.replace("..", "::").replace("$LT$", "<").replace("$u20$", " ");
    // A type's method names the type; a generic function of another crate names what it is made for.
    if let Some(at) = plain.find("_<iam_sandbox::") {
        let path = plain.get(at + 2..).unwrap_or_default();
        let end = path.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != ':');
        return short(path.get(..end.unwrap_or(path.len())).unwrap_or_default().split("::"));
    }
    let mut rest = symbol.strip_prefix("_ZN").unwrap_or_default();
    let mut path = Vec::new();
    while let Some(digits) = rest.find(|letter: char| !letter.is_ascii_digit()).filter(|&digits| digits > 0) {
        let (length, after) = rest.split_at(digits);
        let Some((part, after)) =
            length.parse().ok().and_then(|length: usize| after.split_at_checked(length))
        else {
            break;
        };
        path.push(part);
        rest = after;
    }
    // The last part is a hash, the one before it the function.
    path.truncate(path.len().saturating_sub(2));
    if path.is_empty() { "(other)".to_owned() } else { short(path.into_iter()) }
}

fn short<'part>(path: impl Iterator<Item = &'part str>) -> String {
    let parts: Vec<&str> = path.collect();
    let length = if parts.first() == Some(&"iam_sandbox") { 3 } else { 1 };
    parts.into_iter().take(length).collect::<Vec<_>>().join("::")
}
