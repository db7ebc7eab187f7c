//! Speed of parsing policies and of deciding: `cargo dev bench`.
#![cfg(not(target_arch = "wasm32"))]
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use iam_sandbox::authorization::{
    AuthorizationRequest, Context, Decision, Detail, Policies, Principal, PrincipalKind, authorize, decide,
};
use iam_sandbox::evaluate::Evaluator;
use iam_sandbox::json;
use iam_sandbox::policy::{Policy, PolicyKind};
use std::sync::Arc;

/// Enough for a managed policy's list of read actions.
const ACTIONS: usize = 39;

fn main() {
    divan::main();
}

/// What the decisions are made over.
#[derive(Clone, Copy, Debug)]
enum Load {
    /// One policy of two statements.
    Small,
    /// Ten policies, 34 statements, about 43 KB: as big as AWS managed ones.
    Managed,
}

const LOADS: [Load; 2] = [Load::Small, Load::Managed];

impl Load {
    fn texts(self) -> Vec<String> {
        match self {
            Load::Small => vec![small()],
            Load::Managed => (0..10).map(|place| managed(place, if place < 4 { 4 } else { 3 })).collect(),
        }
    }

    fn policies(self) -> Policies {
        let texts = self.texts().into_iter().chain(matches!(self, Load::Managed).then(small));
        Policies { identity: texts.map(|text| Arc::new(parse(&text))).collect(), ..Policies::default() }
    }
}

fn small() -> String {
    String::from(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Sid": "ListBucket", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::reports"},
            {"Sid": "ReadObjects", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}
        ]}"#,
    )
}

/// A policy that names many actions of another service, some of them with wildcards.
fn managed(place: usize, statements: usize) -> String {
    let service = ["ec2", "iam", "sts", "logs", "sqs", "sns", "kms", "ecs", "eks", "rds"].get(place).unwrap();
    let statement = |number: usize| {
        let actions: Vec<String> = (0..ACTIONS)
            .map(|action| match action % 3 {
                0 => format!("\"{service}:Describe{number}Thing{action}*\""),
                _ => format!("\"{service}:Get{number}OtherThing{action}\""),
            })
            .collect();
        format!(
            r#"{{"Sid": "Part{number}", "Effect": "Allow", "Action": [{}], "Resource": "arn:aws:{service}:*:111122223333:*",
                "Condition": {{"StringEquals": {{"aws:ResourceTag/team": "${{aws:PrincipalTag/team}}"}}}}}}"#,
            actions.join(", ")
        )
    };
    let statements: Vec<String> = (0..statements).map(statement).collect();
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
}

fn parse(text: &str) -> Policy {
    let node = json::parse(text).unwrap();
    Policy::parse("111122223333/ReadPolicy", None, "", Arc::from(text), &node, PolicyKind::Identity).unwrap()
}

fn request() -> AuthorizationRequest {
    let mut context = Context::default();
    context.set("aws:SecureTransport", "true", "origin.request");
    context.set("aws:PrincipalAccount", "111122223333", "origin.session");
    AuthorizationRequest {
        principal: Principal {
            kind: PrincipalKind::AssumedRole,
            arn: String::from("arn:aws:sts::111122223333:assumed-role/reader/i-0123456789abcdef0"),
            account: Some(String::from("111122223333")),
            issuer: Some(String::from("arn:aws:iam::111122223333:role/reader")),
            unique_id: Some(String::from("AROAEXAMPLE")),
        },
        action: String::from("s3:GetObject"),
        resource: String::from("arn:aws:s3:::reports/2026/january.csv"),
        resource_account: Some(String::from("111122223333")),
        context,
    }
}

#[divan::bench(args = LOADS)]
fn decision(bencher: Bencher<'_, '_>, load: Load) {
    let (request, policies) = (request(), load.policies());
    assert_eq!(decide(&request, &policies), Decision::Allow);
    bencher
        .counter(ItemsCount::new(1usize))
        .bench_local(|| decide(black_box(&request), black_box(&policies)));
}

#[divan::bench(args = LOADS)]
fn explanation(bencher: Bencher<'_, '_>, load: Load) {
    let (request, policies) = (request(), load.policies());
    bencher
        .counter(ItemsCount::new(1usize))
        .bench_local(|| authorize(black_box(&request), black_box(&policies)));
}

/// Statements that name other actions of the same service.
fn many(statements: usize) -> Policies {
    let statement = |number: usize| {
        format!(
            r#"{{"Effect": "Allow", "Action": "s3:Get{number}", "Resource": "arn:aws:s3:::reports/{number}/*"}}"#
        )
    };
    let statements: Vec<String> = (0..statements).map(statement).collect();
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","));
    Policies { identity: vec![Arc::new(parse(&text))], ..Policies::default() }
}

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

#[divan::bench(args = SIZES)]
fn decision_of_statements(bencher: Bencher<'_, '_>, statements: usize) {
    let (request, policies) = (request(), many(statements));
    bencher.bench_local(|| decide(black_box(&request), black_box(&policies)));
}

#[divan::bench(args = SIZES)]
fn explanation_of_statements(bencher: Bencher<'_, '_>, statements: usize) {
    let (request, policies) = (request(), many(statements));
    bencher
        .counter(ItemsCount::new(statements))
        .bench_local(|| authorize(black_box(&request), black_box(&policies)));
}

/// One line of `evaluate`, its policy seen before.
#[divan::bench(args = [Detail::Brief, Detail::Full])]
fn line(bencher: Bencher<'_, '_>, detail: Detail) {
    let line = format!(
        r#"{{"id": 1, "principal": "arn:aws:sts::111122223333:assumed-role/reader/i-0123456789abcdef0",
            "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/2026/january.csv",
            "context": {{"aws:SourceIp": "203.0.113.9"}},
            "policies": {{"identity": [{{"name": "ReadPolicy", "document": {}}}]}}}}"#,
        small()
    );
    let wording = |code: &str, _: &json::Params| code.to_string();
    let mut evaluator = Evaluator::new(detail, &wording);
    bencher.counter(ItemsCount::new(1usize)).bench_local(move || evaluator.line(black_box(&line)));
}

#[divan::bench(args = LOADS)]
fn parsing(bencher: Bencher<'_, '_>, load: Load) {
    let texts = load.texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| -> Vec<Policy> { black_box(&texts).iter().map(|text| parse(text)).collect() });
}
