//! Speed of parsing policies and of deciding: `cargo dev bench`.
#![cfg(not(target_arch = "wasm32"))]
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

mod loads;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use iam_sandbox::authorization::{Decision, Detail, Policies, authorize, decide};
use iam_sandbox::evaluate::Evaluator;
use iam_sandbox::json;
use iam_sandbox::policy::Policy;
use loads::{LOADS, Load, parse, request, small};
use std::sync::Arc;

fn main() {
    divan::main();
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
