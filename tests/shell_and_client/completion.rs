//! Runs `tests/cases/complete_command`: what a Tab gives. `‸` is the cursor; `exactly` lists all proposals, `has` and
//! `lacks` some, `gives` is the line after the only one is taken. The host has the files and variables below.

use super::*;
use iam_sandbox::sandbox::Sandbox;
use proptest::prelude::*;
use serde_json::json;

const CURSOR: char = '‸';

fn sandbox() -> Sandbox {
    let bucket = |name: &str| json!({"Type": "AWS::S3::Bucket", "Properties": {"BucketName": name}});
    let resources = json!({"One": bucket("my-bucket"), "Two": bucket("other-bucket")});
    let host = json!({
        "internet": "198.51.100.7",
        "env": {"A": "one  two", "EMPTY": ""},
        "files": {
            "~/f.txt": "x\ny\n", "~/a b.txt": "spaced\n", "~/policies/trust.json": "{}", "~/policies/deny.json": "{}",
            "~/.aws/config": "[profile ops]\nregion = eu-west-1\n", "~/.aws/credentials": "[default]\n[ops]\n",
        },
    });
    let document = json!({
        "version": 1, "title": "completion", "hosts": {"h": host, "other": {"internet": "198.51.100.8"}},
        "accounts": {"111122223333": {"template": {"Resources": resources}}},
    });
    Sandbox::new(&document.to_string()).unwrap()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[test]
fn proposes_what_can_stand_at_the_cursor() {
    let (sandbox, mut faults, mut count) = (sandbox(), Vec::new(), 0);
    for (name, case) in cases_of("tests/cases/complete_command") {
        count += 1;
        let marked = case["line"].as_str().unwrap();
        let (before, after) = marked.split_once(CURSOR).unwrap();
        let line = format!("{before}{after}");
        let found = sandbox.complete_command(&line, units(before), Some("h")).unwrap();
        if let Some(fault) = fault(&case, before, after, &found.options, found.from) {
            faults.push(format!("{name}: {fault}"));
        }
        assert_eq!(found.to, units(before), "{marked}");
    }
    assert!(faults.is_empty() && count > 50, "{}", faults.join("\n"));
}

fn fault(case: &Value, before: &str, after: &str, options: &[String], from: usize) -> Option<String> {
    let listed = |field: &str| -> Option<Vec<String>> {
        Some(case.get(field)?.as_array()?.iter().map(|text| text.as_str().unwrap().to_string()).collect())
    };
    let mut ordered = options.to_vec();
    ordered.sort();
    assert_eq!(ordered, options);
    let exactly = listed("exactly").map(|mut all| {
        all.sort();
        all
    });
    let taken: String = String::from_utf16(&before.encode_utf16().take(from).collect::<Vec<_>>()).unwrap();
    let given = options.first().map(|one| format!("{taken}{one}{after}"));
    let gives = case.get("gives").map(|text| text.as_str().unwrap());
    let wrong = exactly.is_some_and(|all| all != options)
        || listed("has").into_iter().flatten().any(|one| !options.contains(&one))
        || listed("lacks").into_iter().flatten().any(|one| options.contains(&one))
        || gives.is_some_and(|text| options.len() != 1 || given.as_deref() != Some(text));
    wrong.then(|| format!("{options:?} {given:?}"))
}

#[test]
fn counts_as_javascript_does() {
    let found = sandbox().complete_command("echo 한😀; cur x", 13, Some("h")).unwrap();
    assert_eq!((found.from, found.to, found.options), (10, 13, vec!["curl".to_string()]));
    let past = sandbox().complete_command("cur", 99, Some("h")).unwrap();
    assert_eq!((past.from, past.to), (0, 3));
}

#[test]
fn a_host_is_asked_for_as_in_run() {
    let refused = sandbox().complete_command("c", 1, None).unwrap_err();
    assert_eq!((refused.asked, refused.hosts), (None, vec!["h".to_string(), "other".to_string()]));
    assert!(sandbox().complete_command("c", 1, Some("nowhere")).is_err());
}

/// Taking a proposal never leaves a line that means another word.
#[test]
fn what_is_written_is_read_again() {
    let names = [
        "a b",
        "it's",
        "say \"hi\"",
        "$HOME",
        "a`b",
        "#x",
        "x#y",
        "back\\slash",
        "tab\there",
        "한글",
        "{a}",
        "*",
        "!",
    ];
    for name in names {
        for typed in ["cat ", "cat \"", "cat '"] {
            let mut shell = shell();
            shell.files.insert(format!("/home/ec2-user/d/{name}"), "found\n".into());
            let line = format!("{typed}d/");
            let (from, options) = iam_sandbox::shell::complete(&shell, &[], &line);
            assert_eq!(options.len(), 1, "{name} {line}");
            let line = format!("{}{}", line.get(..from).unwrap(), options[0]);
            assert_eq!(stdout(&mut shell, &mut Recorded::new(), &line), "found\n", "{line}");
        }
    }
}

proptest! {
    #[test]
    fn any_line_is_answered(line in "(aws|s3|iam|get-role|--output|[ \\\\\"'`$(){};|&<>#=~/.a-z한😀-]){0,24}", cursor in 0..80_usize) {
        let found = sandbox().complete_command(&line, cursor, Some("h")).unwrap();
        prop_assert!(found.from <= found.to && found.to <= units(&line));
    }
}

#[test]
fn lines_that_are_too_long_have_no_proposals() {
    let found = sandbox().complete_command(&"c".repeat(20_000), 20_000, Some("h")).unwrap();
    assert_eq!(found.options, Vec::<String>::new());
}
