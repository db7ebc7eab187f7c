//! `src/lib.rs` lists the modules in reading order: each imports only what stands above it.

use crate::expect_none;
use crate::source::{self, Source};

/// Modules that know nothing of these others, wherever those stand.
const STRANGERS: [(&str, &[&str]); 5] = [
    ("policy", &["sigv4", "cloud"]),
    ("sigv4", &["policy", "cloud"]),
    ("network", &["services", "client"]),
    ("services", &["network", "client"]),
    ("client", &["network", "services"]),
];

#[test]
fn modules_import_only_what_stands_above_them() {
    let sources = source::library();
    let root = sources.iter().find(|source| source.file.ends_with("lib.rs")).unwrap();
    let order = modules(root);
    assert!(!order.is_empty(), "src/lib.rs names no module");
    let mut findings = Vec::new();
    for source in &sources {
        let Some(module) = source.module.first() else { continue };
        if !order.contains(module) {
            findings.push(format!("src/lib.rs has no `mod {module}`"));
            continue;
        }
        for (line, target) in targets(source) {
            if let Some(fault) = fault(&order, module, &target) {
                findings.push(format!("{}: {fault}", source.at(line)));
            }
        }
    }
    findings.dedup();
    expect_none(&findings);
}

/// The names after `mod`, in the order of the file.
fn modules(root: &Source) -> Vec<String> {
    let code: String = root.code.iter().collect();
    code.lines()
        .filter_map(|line| line.trim().strip_suffix(';')?.split_once("mod "))
        .map(|(_, name)| name.trim().to_owned())
        .collect()
}

/// The top-level modules that a file names, through `crate::` or `super::`.
fn targets(source: &Source) -> Vec<(usize, String)> {
    let climb = source.module.len();
    source
        .paths()
        .into_iter()
        .filter_map(|(line, path)| {
            let supers = path.iter().take_while(|part| *part == "super").count();
            let root = match path.first().map(String::as_str) {
                Some("crate" | "iam_sandbox") => 1,
                Some("super") if supers == climb => supers,
                _ => return None,
            };
            path.get(root).map(|target| (line, target.clone()))
        })
        .collect()
}

fn fault(order: &[String], module: &str, target: &str) -> Option<String> {
    let place = |name: &str| order.iter().position(|other| other == name);
    let strangers = |(own, others): &(&str, &[&str])| *own == module && others.contains(&target);
    let (Some(own), Some(other)) = (place(module), place(target)) else {
        return Some(format!("`{module}` imports `{target}`, which is not a module of src/lib.rs"));
    };
    if module == target {
        None
    } else if other > own {
        Some(format!("`{module}` imports `{target}`, which stands below it in src/lib.rs"))
    } else if STRANGERS.iter().any(strangers) {
        Some(format!("`{module}` never imports `{target}`"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(module: &[&str], text: &str) -> Source {
        let module = module.iter().map(|name| (*name).to_owned()).collect();
        Source::parse("src/x.rs".into(), module, text.to_owned())
    }

    fn faults(module: &[&str], text: &str) -> usize {
        let order = ["json", "sigv4", "policy", "cloud", "network", "client"].map(str::to_owned);
        let source = file(module, text);
        targets(&source).iter().filter_map(|(_, target)| fault(&order, module[0], target)).count()
    }

    #[test]
    fn reads_the_order() {
        let root =
            file(&[], "//! mod none;\npub mod arn;\n#[cfg(target_arch = \"wasm32\")]\npub mod wasm;\n");
        assert_eq!(modules(&root), ["arn", "wasm"]);
    }

    #[test]
    fn allows_what_stands_above() {
        assert_eq!(faults(&["cloud"], "use crate::{json::Span, policy::Policy};"), 0);
        assert_eq!(faults(&["cloud", "vpc"], "use super::bucket::Bucket; use crate::cloud::X;"), 0);
    }

    #[test]
    fn refuses_what_stands_below() {
        assert_eq!(faults(&["json"], "use crate::cloud::Cloud;"), 1);
        assert_eq!(faults(&["json", "parse"], "fn f(x: super::super::cloud::Cloud) {}"), 1);
    }

    #[test]
    fn refuses_strangers_and_the_unknown() {
        assert_eq!(faults(&["policy"], "use crate::sigv4::sign;"), 1);
        assert_eq!(faults(&["client"], "use crate::network;"), 1);
        assert_eq!(faults(&["client"], "use crate::helpers; use crate::*;"), 2);
    }
}
