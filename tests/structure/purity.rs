//! No wall clock, randomness, input, output, globals or hash order below the outermost layer.

use crate::expect_none;
use crate::source::{self, Source};

/// Paths that the library does not name, with what to use.
const PATHS: [(&str, &str); 17] = [
    ("std::time::SystemTime", "time comes from the cloud state"),
    ("std::time::Instant", "time comes from the cloud state"),
    ("std::collections::HashMap", "its order changes from run to run: SortedMap"),
    ("std::collections::HashSet", "its order changes from run to run: SortedSet"),
    ("std::collections::hash_map", "its order changes from run to run: SortedMap"),
    ("std::hash::RandomState", "its order changes from run to run"),
    ("std::fs", "the library reads no files"),
    ("std::env", "the library reads no environment"),
    ("std::process", "the library starts no programs"),
    ("std::thread", "the library starts no threads"),
    ("std::net::TcpStream", "requests stay in the model"),
    ("std::net::TcpListener", "requests stay in the model"),
    ("std::net::UdpSocket", "requests stay in the model"),
    ("std::io::stdout", "the library returns its results"),
    ("std::io::stderr", "the library returns its results"),
    ("std::io::stdin", "the library is given its input"),
    ("std::sync::atomic", "no globals"),
];

/// Types that make a global, wherever they are imported from.
const GLOBALS: [&str; 5] = ["OnceLock", "LazyLock", "Mutex", "RwLock", "Once"];

const MACROS: [&str; 6] = ["println", "print", "eprintln", "eprint", "dbg", "thread_local"];

/// The outermost layer, where a fresh seed is drawn and the page's data files are kept.
const OUTERMOST: &str = "wasm";

#[test]
fn the_library_is_a_function_of_its_input() {
    let findings: Vec<String> = source::library().iter().flat_map(impurities).collect();
    expect_none(&findings);
}

fn impurities(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for (line, path) in source.paths() {
        if let Some(reason) = refused(&path, source.module.first().is_some_and(|name| name == OUTERMOST)) {
            findings.push(format!("{}: {} ({reason})", source.at(line), path.join("::")));
        }
    }
    let code: String = source.code.iter().collect();
    for (index, line) in code.lines().enumerate() {
        let words: Vec<&str> = line.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_').collect();
        for name in MACROS {
            let kept = name == "thread_local" && source.module.first().is_some_and(|name| name == OUTERMOST);
            if !kept && words.iter().any(|word| word.strip_suffix('!') == Some(name)) {
                findings.push(format!("{}: {name}! (the library returns its results)", source.at(index + 1)));
            }
        }
        if words.windows(2).any(|pair| pair[0].trim() == "static" && pair[1].trim() == "mut") {
            findings.push(format!("{}: static mut (no globals)", source.at(index + 1)));
        }
    }
    findings
}

fn refused(path: &[String], outermost: bool) -> Option<&'static str> {
    let root = path.first().map(String::as_str);
    if matches!(root, Some("getrandom" | "rand")) && !outermost {
        return Some("ids and keys come from the scenario's seed");
    }
    if !matches!(root, Some("std" | "core" | "alloc")) {
        return None;
    }
    if path.iter().any(|part| GLOBALS.contains(&part.as_str())) {
        return Some("no globals");
    }
    if path.iter().any(|part| part == "*") {
        return Some("import by name");
    }
    PATHS.iter().find_map(|(refused, reason)| {
        let refused: Vec<&str> = refused.split("::").skip(1).collect();
        let shared = refused.iter().zip(&path[1..]).take_while(|(a, b)| *a == b).count();
        // Importing only the module (`use std::time;`) would hide what is used of it.
        (shared == refused.len() || shared == path.len() - 1).then_some(*reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        impurities(&Source::parse("src/x.rs".into(), vec!["json".to_owned()], text.to_owned())).len()
    }

    #[test]
    fn refuses_the_outside_world() {
        assert_eq!(count("use std::time::{Duration, Instant};"), 1);
        assert_eq!(count("use std::{fs, collections::{BTreeMap, HashMap}};"), 2);
        assert_eq!(count("fn f() { std::thread::spawn(g); }"), 1);
        assert_eq!(count("use std::net;"), 1);
        assert_eq!(count("println!(\"x\"); debug_println!(); eprintln !()"), 1);
        assert_eq!(count("static mut X: u8 = 0; static Y: &[u8] = &[];"), 1);
        assert_eq!(count("static X: std::sync::OnceLock<u8> = f();"), 1);
        assert_eq!(count("let seed = getrandom::u64();"), 1);
    }

    #[test]
    fn allows_the_rest() {
        assert_eq!(
            count("use std::net::{IpAddr, Ipv4Addr}; use std::sync::Arc; use std::time::Duration;"),
            0
        );
        assert_eq!(count("use crate::clock::Instant; // HashMap\nlet x = \"std::fs\";"), 0);
    }
}
