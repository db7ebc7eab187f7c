//! Speed of an edit, from the typed policy to the new trace, and of loading: `cargo dev bench`.
#![cfg(not(target_arch = "wasm32"))]
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

use divan::Bencher;
use iam_sandbox::sandbox::Sandbox;

const EXAMPLE: &str = include_str!("../../www/scenarios/ec2-reads-s3.json");
const POLICY: &str = "/accounts/111122223333/template/Resources/ReadPolicy/Properties/PolicyDocument";
const COMMAND: &str = "aws s3 ls s3://my-sts-demo-bucket-1234567890/";
const DENIES: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "${AppBucket.Arn}/*"}}]}"#;
const ALLOWS: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": {"Fn::GetAtt": ["AppBucket", "Arn"]}}]}"#;

fn main() {
    divan::main();
}

#[divan::bench]
fn set_policy_to_the_new_trace(bencher: Bencher<'_, '_>) {
    let mut sandbox = Sandbox::new(EXAMPLE).unwrap();
    let mut allowed = false;
    bencher.bench_local(|| {
        allowed = !allowed;
        sandbox.set_policy(POLICY, if allowed { ALLOWS } else { DENIES }).unwrap();
        let ran = sandbox.run(COMMAND, None).unwrap();
        assert_eq!(ran.exit_code == 0, allowed);
        ran.trace
    });
}

#[divan::bench]
fn load_the_example(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Sandbox::new(EXAMPLE).unwrap());
}
