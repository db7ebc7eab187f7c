//! Commands of a host against recorded answers: what is sent, what is printed, which steps are left behind.
//!
//! The answers have the form of AWS's own; where the CLI's or curl's output is compared, it was observed with the
//! real programs against such answers, unless a comment says otherwise.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod aws;
mod cases;
mod completion;
mod credentials;
mod curl;
mod hostile;
mod language;
mod operations;
mod roles;
mod s3;

use iam_sandbox::client::{ConnectFailure, Transport};
use iam_sandbox::clock::Timestamp;
use iam_sandbox::http::{Request, Response};
use iam_sandbox::shell::{Output, Shell, run};
use iam_sandbox::sorted::SortedMap;
use iam_sandbox::trace::{DroppedBy, NodeKind, NodeRef, Recorder};
use serde_json::Value;

/// The cases of a folder, each with its file and name.
fn cases_of(folder: &str) -> Vec<(String, Value)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let group: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for field in ["rule", "title", "source", "evidence"] {
            assert!(group[field].is_string(), "{}: {field}", path.display());
        }
        for case in group["cases"].as_array().unwrap() {
            cases.push((format!("{}: {}", path.display(), case["name"]), case.clone()));
        }
    }
    cases
}

/// A world that answers from a list.
struct Recorded {
    answers: Vec<(&'static str, &'static str, Result<Response, ConnectFailure>)>,
    requests: Vec<Request>,
    recorder: Recorder,
    now: Timestamp,
}

impl Recorded {
    /// Nothing answers.
    fn new() -> Self {
        let now = Timestamp::parse_iso8601("2026-01-07T09:00:00Z").unwrap();
        Recorded { answers: Vec::new(), requests: Vec::new(), recorder: Recorder::new(), now }
    }

    /// Answers requests of that method whose URL begins so.
    fn answer(mut self, method: &'static str, url: &'static str, status: u16, body: &str) -> Self {
        self.answers.push((method, url, Ok(Response::new(status, "text/plain", body))));
        self
    }

    fn response(mut self, method: &'static str, url: &'static str, response: Response) -> Self {
        self.answers.push((method, url, Ok(response)));
        self
    }

    fn fail(mut self, method: &'static str, url: &'static str, failure: ConnectFailure) -> Self {
        self.answers.push((method, url, Err(failure)));
        self
    }

    /// An instance with a role, in zone ap-northeast-2a.
    fn with_role(self) -> Self {
        self.answer("PUT", "http://169.254.169.254/latest/api/token", 200, "TOKEN")
            .answer("GET", "http://169.254.169.254/latest/meta-data/placement/availability-zone/", 200, "ap-northeast-2a")
            .answer(
                "GET",
                "http://169.254.169.254/latest/meta-data/iam/security-credentials/app-role",
                200,
                "{\n  \"Code\" : \"Success\",\n  \"LastUpdated\" : \"2026-01-07T09:00:00Z\",\n  \"Type\" : \"AWS-HMAC\",\n  \
                 \"AccessKeyId\" : \"ASIAIOSFODNN7EXAMPLE\",\n  \"SecretAccessKey\" : \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\",\n  \
                 \"Token\" : \"IQoJb3JpZ2luX2VjEXAMPLE\",\n  \"Expiration\" : \"2026-01-07T15:00:00Z\"\n}",
            )
            .answer("GET", "http://169.254.169.254/latest/meta-data/iam/security-credentials/", 200, "app-role")
    }

    /// The requests that were sent, as `METHOD URL`.
    fn sent(&self) -> Vec<String> {
        self.requests.iter().map(|request| format!("{} {}", request.method, request.url)).collect()
    }

    fn steps(&self) -> Vec<&iam_sandbox::trace::Step> {
        self.recorder.steps().collect()
    }
}

impl Transport for Recorded {
    fn exchange(&mut self, request: Request) -> Result<Response, ConnectFailure> {
        let found = self
            .answers
            .iter()
            .find(|(method, url, _)| *method == request.method && request.url.starts_with(url))
            .map(|(_, _, answer)| answer.clone());
        self.requests.push(request);
        found.unwrap_or(Err(ConnectFailure::TimedOut(DroppedBy::RouteTable)))
    }

    fn recorder(&mut self) -> &mut Recorder {
        &mut self.recorder
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn host(&self) -> NodeRef {
        NodeRef::new(NodeKind::Host, "AppInstance")
    }

    fn sleep(&mut self, seconds: u32) {
        self.now = self.now.plus_seconds(i64::from(seconds));
    }

    fn mfa_code(&self, serial_number: &str) -> Option<String> {
        (serial_number == "arn:aws:iam::111122223333:mfa/a").then(|| "123456".to_string())
    }

    fn lack(&mut self, missing: iam_sandbox::chunk::Missing) {
        panic!("{missing}: natively all is there");
    }
}

fn map(entries: &[(&str, &str)]) -> SortedMap<String, String> {
    entries.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// A shell without variables and files of its own.
fn shell() -> Shell {
    Shell::new(&map(&[]), &map(&[]))
}

/// A shell with long-term keys and a region.
fn keyed_shell() -> Shell {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("AWS_DEFAULT_REGION", "ap-northeast-2"),
    ];
    Shell::new(&map(&variables), &map(&[]))
}

/// Runs one line; (status, standard output, standard error).
fn outcome(shell: &mut Shell, world: &mut Recorded, line: &str) -> (i32, String, String) {
    let Output { exit_code, stdout, stderr, .. } = run(shell, world, line);
    (exit_code, stdout, stderr)
}

/// Runs one line that must succeed in silence but for its output.
fn stdout(shell: &mut Shell, world: &mut Recorded, line: &str) -> String {
    let output = run(shell, world, line);
    assert_eq!((output.exit_code, output.stderr.as_str()), (0, ""), "{line}: {:?}", output.notices);
    output.stdout
}
