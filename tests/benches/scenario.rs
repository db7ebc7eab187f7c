//! Speed of loading the reference example and of editing it: `cargo dev bench`.
#![cfg(not(target_arch = "wasm32"))]
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

use divan::Bencher;
use divan::counter::BytesCount;
use iam_sandbox::scenario::{Document, load, update};

const EXAMPLE: &str = include_str!("../../www/scenarios/ec2-reads-s3.json");
const POLICY: &str = "/accounts/111122223333/template/Resources/ReadPolicy/Properties/PolicyDocument";

fn main() {
    divan::main();
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(EXAMPLE)).bench(|| Document::parse(EXAMPLE).unwrap());
}

#[divan::bench]
fn load_parsed(bencher: Bencher<'_, '_>) {
    let document = Document::parse(EXAMPLE).unwrap();
    bencher.bench(|| load(&document).unwrap());
}

/// From the typed text to the changed cloud.
#[divan::bench]
fn set_policy(bencher: Bencher<'_, '_>) {
    let document = Document::parse(EXAMPLE).unwrap();
    let loaded = load(&document).unwrap();
    let typed = document.policy_text(POLICY).unwrap().replace("s3:GetObject", "s3:*");
    bencher.with_inputs(|| loaded.cloud.clone()).bench_local_refs(|cloud| {
        let edited = document.set_policy(POLICY, &typed).unwrap();
        update(cloud, &loaded, &edited).unwrap()
    });
}
