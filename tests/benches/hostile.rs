//! Hostile input: texts that are made to take long, short and ten times as long. The throughput of a pair should be
//! about the same: where the long one's is far lower, something reads all of it for each of its parts.
#![cfg(not(target_arch = "wasm32"))]
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

use divan::Bencher;
use divan::counter::BytesCount;
use iam_sandbox::data::Tables;
use iam_sandbox::policy::complete::{complete, describe};
use iam_sandbox::policy::validate::{Subject, validate};
use iam_sandbox::sandbox::Sandbox;
use iam_sandbox::scenario::{Document, load};
use std::fmt;

fn main() {
    divan::main();
}

/// A text of a kind, with so many parts.
struct Text {
    name: &'static str,
    parts: usize,
    text: String,
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {}", self.name, self.parts)
    }
}

impl Text {
    fn bytes(&self) -> BytesCount {
        BytesCount::of_str(self.text.as_str())
    }
}

type Maker = (&'static str, fn(usize) -> String);

fn texts(makers: Vec<Maker>, parts: usize) -> impl Iterator<Item = Text> {
    let both =
        move |(name, make): Maker| [parts, parts * 10].map(|parts| Text { name, parts, text: make(parts) });
    makers.into_iter().flat_map(both)
}

fn list(count: usize, item: &dyn Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn with_resources(text: &str) -> String {
    format!(r#"{{"version":1,"accounts":{{"111122223333":{{"template":{{"Resources":{{{text}}}}}}}}}}}"#)
}

fn with_fields(text: &str) -> String {
    with_resources("").replacen('{', &format!("{{{text},"), 1)
}

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;

fn documents() -> impl Iterator<Item = Text> {
    let makers: Vec<Maker> = vec![
        ("a long key around many values", |count| {
            let inner = list(count, &|number| format!("\"a{number}\":1"));
            with_resources(&format!(
                r#""B":{{"Type":"AWS::S3::Bucket","Properties":{{"{}":{{{inner}}}}}}}"#,
                "k".repeat(count * 8)
            ))
        }),
        ("inline policies", |count| {
            let inner = list(count / 10, &|number| {
                format!(r#"{{"PolicyName":"p{number}","PolicyDocument":{POLICY}}}"#)
            });
            with_resources(&format!(
                r#""U":{{"Type":"AWS::IAM::User","Properties":{{"Policies":[{inner}]}}}}"#
            ))
        }),
        ("tags", |count| {
            let inner = list(count, &|number| format!(r#"{{"Key":"{}","Value":"v"}}"#, 9_999_999 - number));
            with_resources(&format!(r#""U":{{"Type":"AWS::S3::Bucket","Properties":{{"Tags":[{inner}]}}}}"#))
        }),
        ("principals", |count| {
            let inner = list(count, &|number| format!(r#""arn:aws:iam::111122223333:user/u{number}""#));
            let trust = format!(
                r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"AWS":[{inner}]}}}}}}"#
            );
            let users = list(400, &|number| format!(r#""U{number}":{{"Type":"AWS::IAM::User"}}"#));
            with_resources(&format!(
                r#"{users},"R":{{"Type":"AWS::IAM::Role","Properties":{{"AssumeRolePolicyDocument":{trust}}}}}"#
            ))
        }),
        ("hosts", |count| {
            let inner =
                list(count, &|number| format!(r#""h{}":{{"internet":"198.51.100.1"}}"#, 9_999_999 - number));
            with_fields(&format!(r#""hosts":{{{inner}}}"#))
        }),
        ("steps without a host", |count| {
            let inner = list(count, &|_| r#"{"command":"ls"}"#.to_string());
            let hosts = list(150, &|number| format!(r#""h{number}":{{"internet":"198.51.100.1"}}"#));
            with_fields(&format!(r#""hosts":{{{hosts}}},"run":[{inner}]"#))
        }),
        ("groups that aren't there", |count| {
            let inner = list(count, &|number| format!(r#""g{number}""#));
            with_resources(&format!(r#""U":{{"Type":"AWS::IAM::User","Properties":{{"Groups":[{inner}]}}}}"#))
        }),
    ];
    texts(makers, 3_000)
}

#[divan::bench(args = documents(), sample_count = 3)]
fn load_document(bencher: Bencher<'_, '_>, document: &Text) {
    bencher
        .counter(document.bytes())
        .bench(|| Document::parse(document.text.as_str()).and_then(|document| load(&document)));
}

fn statement(action: &str, resource: &str, condition: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":[{action}],"Resource":[{resource}],"Condition":{{{condition}}}}}"#)
}

fn policies() -> impl Iterator<Item = Text> {
    let makers: Vec<Maker> = vec![
        ("patterns of actions", |n| statement(&list(n, &|i| format!("\"ec2:*a*{i}*b*\"")), "\"*\"", "")),
        ("unknown actions", |n| statement(&list(n, &|i| format!("\"ec2:Describ{i}\"")), "\"*\"", "")),
        ("patterns of resources", |n| {
            statement("\"*\"", &list(n, &|i| format!("\"arn:aws:ec2:*:*:*a{i}*a*a*a*\"")), "")
        }),
        ("long pattern", |n| statement("\"*\"", &format!("\"arn:aws:ec2:::{}\"", "*a".repeat(n)), "")),
        ("keys", |n| {
            statement(
                "\"*\"",
                "\"*\"",
                &format!("\"StringLike\":{{{}}}", list(n, &|i| format!("\"ec2:k{i}\":\"*\""))),
            )
        }),
        ("long operator", |n| {
            format!(
                r#"{{"Condition":{{"{}":{{{}}}}}}}"#,
                "x".repeat(n * 10),
                list(n, &|i| format!("\"k{i}\":1"))
            )
        }),
        ("statements", |n| {
            list(n, &|i| statement(&format!("\"s3:Get*\",\"s3:GetObject{i}\""), "\"arn:aws:s3:::b/*\"", ""))
        }),
    ];
    texts(makers, 1_000).map(|text| Text {
        text: format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, text.text),
        ..text
    })
}

#[divan::bench(args = policies(), sample_count = 3)]
fn validate_policy(bencher: Bencher<'_, '_>, policy: &Text) {
    let (tables, subject) = (Tables::carried(), Subject::new("IDENTITY_POLICY", None).unwrap());
    bencher.counter(policy.bytes()).bench(|| validate(&policy.text, subject, &tables));
}

fn unfinished() -> impl Iterator<Item = Text> {
    let makers: Vec<Maker> = vec![
        ("actions", |n| format!("{{\"Statement\":[{{\"Action\":[{}\"", "\"s3:Get*\",".repeat(n))),
        ("brackets", |n| "[{\"a\":".repeat(n)),
        ("quotes", |n| "\"".repeat(n * 5)),
        ("keys", |n| {
            format!("{{\"Statement\":{{\"Condition\":{{\"StringLike\":{{{}\"", "\"aws:x\":1,".repeat(n))
        }),
    ];
    texts(makers, 5_000)
}

#[divan::bench(args = unfinished(), sample_count = 3)]
fn complete_policy(bencher: Bencher<'_, '_>, policy: &Text) {
    let (tables, subject) = (Tables::carried(), Subject::new("IDENTITY_POLICY", None).unwrap());
    let text = &policy.text;
    bencher.counter(policy.bytes()).bench(|| {
        describe(text, text.len() / 2, subject, &tables);
        complete(text, text.len(), subject, &tables, &[])
    });
}

fn lines() -> impl Iterator<Item = Text> {
    const PARTS: [&str; 9] =
        ["$(", "`", "\"$(", "a=", "${a", "\\", "'", "aws s3 --region x ", "aws iam get-role --x "];
    let of = |length: usize| {
        PARTS.map(|part| Text {
            name: part,
            parts: length / part.len(),
            text: part.repeat(length / part.len()),
        })
    };
    [1_600, 16_000].into_iter().flat_map(of)
}

#[divan::bench(args = lines(), sample_count = 3)]
fn complete_line(bencher: Bencher<'_, '_>, line: &Text) {
    let host = r#""hosts":{"h":{"internet":"198.51.100.7"}}"#;
    let account = r#""accounts":{"111122223333":{"template":{"Resources":{}}}}"#;
    let sandbox = Sandbox::new(&format!(r#"{{"version":1,{account},{host}}}"#)).unwrap();
    bencher
        .counter(line.bytes())
        .bench_local(|| sandbox.complete_command(&line.text, usize::MAX, Some("h")).unwrap());
}
