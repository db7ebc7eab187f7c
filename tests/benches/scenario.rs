//! Speed of loading the reference example, of editing it, and of a large organization: `cargo dev bench`.
#![cfg(not(target_arch = "wasm32"))]
// A benchmark stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

use divan::Bencher;
use divan::counter::BytesCount;
use iam_sandbox::sandbox::Sandbox;
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

/// An organization of ten accounts, each with so many roles of four policies, and one instance.
fn organization(roles: usize) -> String {
    let document = |action: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "One", "Effect": "Allow", "Action": ["{action}", "s3:GetObject"], "Resource": ["arn:aws:s3:::bucket-of-many/*", {{"Fn::Sub": "arn:aws:s3:::${{AWS::AccountId}}-logs/*"}}], "Condition": {{"StringEquals": {{"aws:PrincipalAccount": {{"Ref": "AWS::AccountId"}}}}}}}}]}}"#
        )
    };
    let trust = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
    let account = |number: usize| {
        let mut resources: Vec<String> = (0..roles)
            .map(|role| {
                let policies: Vec<String> = (0..4)
                    .map(|each| format!(r#"{{"PolicyName": "p{each}", "PolicyDocument": {}}}"#, document("s3:ListBucket")))
                    .collect();
                format!(r#""Role{role}": {{"Type": "AWS::IAM::Role", "Properties": {{"RoleName": "role-{role}", "AssumeRolePolicyDocument": {trust}, "Policies": [{}]}}}}"#, policies.join(", "))
            })
            .collect();
        resources.push(r#""Profile": {"Type": "AWS::IAM::InstanceProfile", "Properties": {"Roles": [{"Ref": "Role0"}]}}"#.into());
        resources.push(r#""App": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1", "IamInstanceProfile": {"Ref": "Profile"}}}"#.into());
        if number == 0 {
            resources.push(r#""Organization": {"Type": "AWS::Organizations::Organization"}"#.into());
            for member in 1..10 {
                resources.push(format!(r#""Member{member}": {{"Type": "AWS::Organizations::Account", "Properties": {{"AccountName": "account-{member}", "Email": "a{member}@example.com"}}, "DependsOn": "Organization"}}"#));
            }
        }
        let resources = resources.join(",\n");
        format!(
            r#""{}": {{"name": "account-{number}", "template": {{"Resources": {{{resources}}}}}}}"#,
            111_111_111_111_usize + number
        )
    };
    let accounts: Vec<String> = (0..10).map(account).collect();
    format!(r#"{{"version": 1, "accounts": {{{}}}}}"#, accounts.join(",\n"))
}

/// Linear: twice the roles, about twice as long. 50 is what is measured against the goal.
#[divan::bench(args = [12, 25, 50, 75], sample_count = 10)]
fn load_organization(bencher: Bencher<'_, '_>, roles: usize) {
    let text = organization(roles);
    let counter = BytesCount::of_str(&*text);
    bencher.counter(counter).bench(|| load(&Document::parse(text.as_str()).unwrap()).unwrap());
}

/// A command on ten accounts, 500 roles and 2,000 policies.
#[divan::bench(sample_count = 10)]
fn command_in_organization(bencher: Bencher<'_, '_>) {
    let mut sandbox = Sandbox::new(&organization(50)).unwrap();
    let host = Some("111111111114/App");
    bencher.bench_local(move || {
        assert_eq!(sandbox.run("aws sts get-caller-identity", host).unwrap().exit_code, 0)
    });
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
