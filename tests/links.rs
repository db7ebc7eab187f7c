//! Links: every form that was ever issued opens, a damaged one is refused, and what opens is what was shared.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

use iam_sandbox::http::Request;
use iam_sandbox::sandbox::{BuiltIn, OpenFault, Opened, Sandbox, Seen};
use iam_sandbox::trace::{Evidence, Trace};
use serde_json::{Value, json};
use std::fs;

const GOLDEN: &str = "tests/cases/links/golden.json";
const LIST: &str = "aws s3 ls s3://my-sts-demo-bucket-1234567890";

/// The text of a published revision: the current one, or one that was kept.
fn published(id: &str, revision: u32) -> Option<String> {
    let kept = fs::read_to_string(format!("www/scenarios/revisions/{id}@{revision}.json"));
    kept.or_else(|_| fs::read_to_string(format!("www/scenarios/{id}.json"))).ok()
}

fn built_in(id: &str) -> BuiltIn {
    BuiltIn { id: id.to_string(), revision: 1, text: published(id, 1).unwrap() }
}

/// What a link shows, in the words of the golden file.
fn told(opened: &Opened) -> Value {
    let runs = opened
        .ran
        .iter()
        .map(|ran| json!({"on": ran.trace.host, "command": ran.trace.command, "exitCode": ran.exit_code}));
    json!({
        "builtIn": opened.built_in.as_ref().map(|(id, revision)| json!({"id": id, "revision": revision})),
        "characters": opened.sandbox.text().chars().count(),
        "clock": opened.sandbox.clock().iso8601(),
        "ran": runs.collect::<Vec<_>>(),
        "step": opened.seen.step,
        "view": opened.seen.view,
        "lang": opened.seen.lang,
        "verdict": opened.authors_verdict.as_ref().map(iam_sandbox::json::to_compact),
        "agrees": opened.agrees,
    })
}

/// Links that were issued stand in the file for good: a line may be added, never changed or removed.
#[test]
fn every_form_ever_issued_opens() {
    let golden: Vec<Value> = serde_json::from_str(&fs::read_to_string(GOLDEN).unwrap()).unwrap();
    assert!(golden.len() >= 6);
    for link in golden {
        let fragment = link["fragment"].as_str().unwrap();
        let opened = Sandbox::open(fragment, published).unwrap();
        assert_eq!(told(&opened), link["shows"], "{}", link["name"]);
    }
}

#[test]
fn every_kept_revision_loads() {
    let mut count = 0;
    for entry in fs::read_dir("www/scenarios/revisions").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (id, revision) = name.split_once('@').unwrap();
        let text = published(id, revision.parse().unwrap()).unwrap();
        let sandbox = Sandbox::new(&text).unwrap_or_else(|found| panic!("{name}: {found:#?}"));
        assert_eq!(sandbox.diagnostics(), [], "{name}");
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn any_changed_character_is_refused() {
    let golden: Vec<Value> = serde_json::from_str(&fs::read_to_string(GOLDEN).unwrap()).unwrap();
    let mut tries = 0;
    for link in golden {
        let fragment = link["fragment"].as_str().unwrap();
        for (at, was) in fragment.char_indices() {
            for is in ['A', 'b', '7'] {
                if is == was {
                    continue;
                }
                let changed = format!("{}{is}{}", &fragment[..at], &fragment[at + 1..]);
                tries += 1;
                match Sandbox::open(&changed, published) {
                    Err(OpenFault::Link(_)) => {}
                    Ok(opened) => assert_eq!(told(&opened), link["shows"], "{changed}"),
                    Err(other) => panic!("{changed}: {other:?}"),
                }
            }
        }
    }
    assert!(tries > 10_000, "{tries} tries");
}

#[test]
fn an_edited_run_is_the_same_bytes_where_its_link_opens() {
    let before = built_in("ec2-reads-s3");
    let mut sandbox = Sandbox::new(&before.text).unwrap();
    sandbox.run("aws sts get-caller-identity", None).unwrap();
    sandbox.run(LIST, None).unwrap();
    let policy = sandbox.policies().iter().find(|one| one.text.contains("s3:ListBucket")).unwrap().clone();
    let mut shown = None;
    for action in ["s3:GetBucketLocation", "s3:List*", "s3:GetObject"] {
        sandbox.set_policy(&policy.pointer, &policy.text.replace("s3:ListBucket", action)).unwrap();
        shown = Some(sandbox.run_again(LIST, None).unwrap());
    }
    let opened = Sandbox::open(&sandbox.share(Some(&before), Seen::default()), published).unwrap();
    assert_eq!(opened.ran.len(), 2);
    assert!(opened.agrees);
    assert_eq!(opened.ran.last(), shown.as_ref());
}

#[test]
fn a_command_run_again_leaves_nothing_of_its_first_run() {
    let text = published("ec2-reads-s3", 1).unwrap();
    let mut sandbox = Sandbox::new(&text).unwrap();
    let first = sandbox.run("echo one >> log; cat log", None).unwrap();
    let again = sandbox.run_again("echo one >> log; cat log", None).unwrap();
    assert_eq!(first, again);
    // Typed twice, it ran twice.
    let twice = sandbox.run("echo one >> log; cat log", None).unwrap();
    assert_eq!(twice.stdout, "one\none\n");
    // After the clock has moved, the state before it is gone.
    sandbox.advance_clock(60);
    let later = sandbox.run_again("echo one >> log; cat log", None).unwrap();
    assert_eq!(later.stdout, "one\none\none\n");
    // So it is after a client's request, which may have changed anything.
    sandbox.send(Request::new("GET", "http://169.254.169.254/"), None).unwrap();
    let last = sandbox.run_again("echo one >> log; cat log", None).unwrap();
    assert_eq!(last.stdout, "one\none\none\none\n");
}

/// A link forgets the oldest commands; what is made gets other ids all the same.
#[test]
fn ids_differ_however_many_commands_there_were() {
    let mut sandbox = Sandbox::new(&published("reading-cloudtrail", 1).unwrap()).unwrap();
    let host = sandbox.hosts()[0].name.clone();
    let mut ids = Vec::new();
    for _ in 0..60 {
        let ran = sandbox.run("aws sts get-caller-identity", Some(&host)).unwrap();
        ids.push(request_id(&ran.trace));
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

fn request_id(trace: &Trace) -> String {
    let mut answers = trace.steps.iter().rev().filter_map(|step| match &step.evidence {
        Evidence::Http(http) => http.response.as_ref()?.header("x-amzn-requestid").map(str::to_string),
        _ => None,
    });
    answers.next().unwrap()
}

/// Prints links to add to the golden file: `cargo test --test links issue -- --ignored --nocapture`.
#[test]
#[ignore = "prints"]
fn issue() {
    let seen = |step, view: &str, lang: &str| Seen { step, view: Some(view.into()), lang: Some(lang.into()) };
    let mut links = Vec::new();
    let mut add = |name: &str, sandbox: &Sandbox, from: Option<&BuiltIn>, seen: Seen| {
        let fragment = sandbox.share(from, seen);
        let shows = told(&Sandbox::open(&fragment, published).unwrap());
        links.push(json!({"name": name, "fragment": fragment, "shows": shows}));
    };
    let from = built_in("ec2-reads-s3");
    let mut sandbox = Sandbox::new(&from.text).unwrap();
    add("a built-in scenario as it is", &sandbox, Some(&from), Seen::default());
    add("a whole scenario", &sandbox, None, Seen::default());
    sandbox.run(LIST, None).unwrap();
    sandbox.advance_clock(7 * 3600);
    sandbox.run("echo 안녕", None).unwrap();
    sandbox.run(LIST, None).unwrap();
    add(
        "a whole scenario with commands, clock, step, view, language, verdict",
        &sandbox,
        None,
        seen(Some(9), "policy", "en"),
    );
    let policy = sandbox.policies().iter().find(|one| one.text.contains("s3:ListBucket")).unwrap().clone();
    sandbox
        .set_policy(&policy.pointer, &policy.text.replace("s3:ListBucket", "s3:GetBucketLocation"))
        .unwrap();
    sandbox.run_again(LIST, None).unwrap();
    add("an edited built-in scenario, denied", &sandbox, Some(&from), seen(Some(21), "diagram", "ko"));
    sandbox.set_policy(&policy.pointer, "{\"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}}").unwrap();
    sandbox.run_again(LIST, None).unwrap();
    add("a built-in scenario with a rewritten policy", &sandbox, Some(&from), seen(None, "full", "en"));
    let from = built_in("container-hop-limit");
    let mut sandbox = Sandbox::new(&from.text).unwrap();
    for name in sandbox.hosts().iter().map(|host| host.name.clone()).collect::<Vec<_>>() {
        sandbox.run("aws s3 ls", Some(&name)).unwrap();
    }
    add("several hosts", &sandbox, Some(&from), seen(Some(1), "console", "en"));
    println!("{}", serde_json::to_string_pretty(&links).unwrap());
}
