//! Runs `tests/cases/shell`: one line each in a new shell with `A="one  two"`, `EMPTY=""`, `f.txt` and `a b.txt`, at
//! 2026-01-07T09:00:00Z. What is observed was observed with bash 5.2 and the GNU tools; bash adds `line 1:` to its
//! own errors where it isn't interactive.

use super::*;

#[test]
fn every_word_of_the_shell_does_what_bash_does() {
    let (mut faults, mut count) = (Vec::new(), 0);
    for (name, case) in cases_of("tests/cases/shell") {
        count += 1;
        let files = [("~/f.txt", "x\ny\n"), ("~/a b.txt", "spaced\n")];
        let mut shell = Shell::new(&map(&[("A", "one  two"), ("EMPTY", "")]), &map(&files));
        let output = run(&mut shell, &mut Recorded::new(), case["line"].as_str().unwrap());
        let notice = output.notices.first().map_or("", |notice| notice.code);
        let text = |field: &str| case[field].as_str().unwrap_or_default();
        let told = (case["exit"].as_i64().unwrap_or(0), text("stdout"), text("stderr"), text("notice"));
        let found = (i64::from(output.exit_code), &*output.stdout, &*output.stderr, notice);
        if told != found {
            faults.push(format!("{name}\n  told  {told:?}\n  found {found:?}"));
        }
    }
    assert!(faults.is_empty() && count > 0, "{}", faults.join("\n"));
}
