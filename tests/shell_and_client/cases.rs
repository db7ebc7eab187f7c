//! Runs `tests/cases/shell`: one line each in a new shell with `A="one  two"`, `EMPTY=""`, `f.txt` and `a b.txt`, at
//! 2026-01-07T09:00:00Z. What is observed was observed with bash 5.2 and the GNU tools; bash adds `line 1:` to its
//! own errors where it isn't interactive.

use super::*;
use serde_json::Value;

#[test]
fn every_word_of_the_shell_does_what_bash_does() {
    let (mut faults, mut count) = (Vec::new(), 0);
    let mut paths: Vec<_> =
        std::fs::read_dir("tests/cases/shell").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let group: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for field in ["rule", "title", "source", "evidence"] {
            assert!(group[field].is_string(), "{}: {field}", path.display());
        }
        for case in group["cases"].as_array().unwrap() {
            count += 1;
            let files = [("~/f.txt", "x\ny\n"), ("~/a b.txt", "spaced\n")];
            let mut shell = Shell::new(&map(&[("A", "one  two"), ("EMPTY", "")]), &map(&files));
            let output = run(&mut shell, &mut Recorded::new(), case["line"].as_str().unwrap());
            let notice = output.notices.first().map_or("", |notice| notice.code);
            let text = |field: &str| case[field].as_str().unwrap_or_default();
            let told = (case["exit"].as_i64().unwrap_or(0), text("stdout"), text("stderr"), text("notice"));
            let found = (i64::from(output.exit_code), &*output.stdout, &*output.stderr, notice);
            if told != found {
                faults.push(format!(
                    "{}: {}\n  told  {told:?}\n  found {found:?}",
                    path.display(),
                    case["name"]
                ));
            }
        }
    }
    assert!(faults.is_empty() && count > 0, "{}", faults.join("\n"));
}
