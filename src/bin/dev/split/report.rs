//! What the parts weigh, module by module, function by function: to see what a change brings, and to which part.

use std::collections::BTreeMap;

use rustc_demangle::demangle;

use super::graph::{Graph, Node};
use super::reach::{placed, used};

/// Modules named for each part, functions and families.
const MOST: usize = 40;
/// Letters of a name that a table shows; names of generic functions have thousands.
const WIDTH: usize = 160;

/// Tables for each part: bytes of code, uncompressed, and the modules, families and functions that they come from.
pub fn report(graph: &Graph) -> String {
    let mut text = String::new();
    for (part, functions, constants) in parts(graph) {
        let total: usize = functions.iter().map(|function| function.bytes).sum();
        text.push_str(&format!("{part}: {total} bytes of code, {constants} of constants\n"));
        for (what, name_of) in [
            ("modules", module_of as fn(&str) -> String),
            ("families: functions that differ in types alone", family_of),
            ("functions", str::to_owned),
        ] {
            text.push_str(&format!("  {part}, heaviest {what}\n"));
            table(&mut text, &functions, name_of);
        }
    }
    text
}

/// Every function in a line: part, bytes, module, family, name.
pub fn list(graph: &Graph) -> String {
    let mut text = String::new();
    for (part, functions, _) in parts(graph) {
        for function in functions {
            let name = readable(&function.name);
            let (module, family) = (module_of(&name), family_of(&name));
            text.push_str(&format!("{part}\t{}\t{module}\t{family}\t{name}\n", function.bytes));
        }
    }
    text
}

/// Each part with its functions and the bytes of the constants that only it uses.
fn parts(graph: &Graph) -> Vec<(String, Vec<&Node>, usize)> {
    let placed = placed(graph);
    let mut first = used(graph);
    let mut parts = Vec::new();
    for (name, chunk) in placed.chunks {
        let (moved, stay) = first.into_iter().partition(|node| chunk.functions.contains(&node.name));
        first = stay;
        parts.push((name, moved, chunk.constants.iter().map(|place| place.len()).sum()));
    }
    let all: usize = graph.constants.iter().map(|constant| constant.place.len()).sum();
    let moved: usize = parts.iter().map(|(_, _, constants)| constants).sum();
    parts.insert(0, ("first".to_owned(), first, all - moved));
    parts
}

fn table(text: &mut String, functions: &[&Node], name_of: fn(&str) -> String) {
    let mut sums: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for function in functions {
        let sum = sums.entry(name_of(&readable(&function.name))).or_default();
        *sum = (sum.0 + function.bytes, sum.1 + 1);
    }
    let mut rows: Vec<(usize, usize, String)> =
        sums.into_iter().map(|(name, (bytes, count))| (bytes, count, name)).collect();
    rows.sort_unstable_by(|one, other| other.cmp(one));
    for (bytes, count, name) in rows.into_iter().take(MOST) {
        let name: String = name.chars().take(WIDTH).collect();
        text.push_str(&format!("{bytes:8} {count:5}  {name}\n"));
    }
}

/// The linker's name as Rust writes it, without hashes.
fn readable(symbol: &str) -> String {
    format!("{:#}", demangle(symbol))
}

/// `iam_sandbox::policy::validate` for whatever is of that module or made for one of its types; else another crate.
fn module_of(name: &str) -> String {
    let own = name.match_indices("iam_sandbox::").map(|(at, _)| at);
    // Its own crate's `chunk` only calls what is meant.
    let own: Vec<&str> = own.filter_map(|at| name.get(at..)).collect();
    let path = own.iter().find(|path| !path.starts_with("iam_sandbox::chunk::")).or(own.first());
    let path = path.copied().unwrap_or_else(|| name.trim_start_matches(['<', '&', '[']));
    let end = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
    let parts: Vec<&str> = path.get(..end.unwrap_or(path.len())).unwrap_or_default().split("::").collect();
    let modules = parts.len().saturating_sub(1).clamp(1, if own.is_empty() { 1 } else { 3 });
    parts.into_iter().take(modules).collect::<Vec<_>>().join("::")
}

/// The name without types: `<alloc::vec::Vec<u8> as Clone>::clone` is one of `<_ as Clone>::clone`.
fn family_of(name: &str) -> String {
    let mut family = String::new();
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, letter) in name.char_indices() {
        let rest = name.get(at..).unwrap_or_default();
        match letter {
            '<' => {
                depth += 1;
                if depth == 1 {
                    family.push_str("<_");
                }
            }
            '>' if before != '-' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    family.push('>');
                }
            }
            ' ' if depth == 1 && rest.starts_with(" as ") => family.push_str(as_trait(rest)),
            _ if depth == 0 => family.push(letter),
            _ => {}
        }
        before = letter;
    }
    // Methods of a type's own: the type tells what they do, its parameters don't.
    match name.strip_prefix('<') {
        Some(of) if family.starts_with("<_>::") => {
            let of = of.split(['<', '>']).next().unwrap_or_default();
            format!("<{of}{}", family.get(2..).unwrap_or_default())
        }
        _ => family,
    }
}

/// ` as core::clone::Clone` of ` as core::clone::Clone>::clone`.
fn as_trait(rest: &str) -> &str {
    let end = rest.get(4..).and_then(|path| path.find(['<', '>', ' '])).map_or(rest.len(), |end| end + 4);
    rest.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_module_and_family() {
        for (name, module, family) in [
            (
                "iam_sandbox::policy::validate::date::check",
                "iam_sandbox::policy::validate",
                "iam_sandbox::policy::validate::date::check",
            ),
            (
                "iam_sandbox::chunk::run::enter::<i32, iam_sandbox::wasm::give>",
                "iam_sandbox::wasm",
                "iam_sandbox::chunk::run::enter::<_>",
            ),
            (
                "<alloc::vec::Vec<iam_sandbox::trace::Step> as core::clone::Clone>::clone",
                "iam_sandbox::trace",
                "<_ as core::clone::Clone>::clone",
            ),
            ("<alloc::vec::Vec<u8>>::push", "alloc", "<alloc::vec::Vec>::push"),
            (
                "<&fn(u8) -> u16 as core::ops::function::FnOnce<(u8,)>>::call_once::{shim:vtable#0}",
                "fn",
                "<_ as core::ops::function::FnOnce>::call_once::{shim:vtable#0}",
            ),
        ] {
            assert_eq!((module_of(name), family_of(name)), (module.to_owned(), family.to_owned()), "{name}");
        }
    }

    #[test]
    fn the_linkers_names_are_read() {
        assert_eq!(readable("_RNvNtCs1234_7mycrate3foo3bar"), "mycrate::foo::bar");
        assert_eq!(readable("_ZN4core3fmt5write17h0123456789abcdefE"), "core::fmt::write");
    }
}
