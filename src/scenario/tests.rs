//! Loading and updating, on the reference example.

use super::*;
use crate::cloud::Cloud;
use crate::json::{Diagnostic, Severity};

const EXAMPLE: &str = include_str!("../../www/scenarios/ec2-reads-s3.json");
const RESOURCES: &str = "/accounts/111122223333/template/Resources";

fn example() -> (Document, Loaded) {
    let document = Document::parse(EXAMPLE).unwrap();
    let loaded = load(&document).unwrap();
    (document, loaded)
}

fn patched(document: &Document, patch: &str) -> Document {
    document.patch(&patch.replace('@', RESOURCES)).unwrap()
}

/// A session's key, as the metadata service would hold it.
fn hold_credentials(cloud: &mut Cloud) {
    let session = crate::cloud::Session {
        access_key_id: "ASIAEXAMPLE".to_string(),
        secret_access_key: String::new(),
        session_token: String::new(),
        issued: cloud.now,
        expires: cloud.now,
        principal: crate::cloud::SessionPrincipal::AssumedRole {
            account: "111122223333".to_string(),
            role_name: String::new(),
            role_arn: String::new(),
            role_id: String::new(),
            session_name: String::new(),
        },
        session_policies: None,
        tags: Default::default(),
        transitive_tags: Vec::new(),
        mfa: None,
        source_identity: None,
        ec2: None,
    };
    let account = cloud.accounts.get_mut("111122223333").unwrap();
    for instance in account.instances.values_mut() {
        instance
            .role_credentials
            .insert(crate::cloud::RoleDelivery::ImdsV2, std::sync::Arc::new(session.clone()));
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

fn instance(cloud: &Cloud) -> &crate::cloud::Instance {
    cloud.accounts["111122223333"].instances.values().next().unwrap()
}

#[test]
fn the_example_loads_without_diagnostics() {
    let (_, loaded) = example();
    assert_eq!(loaded.diagnostics, []);
    let account = &loaded.cloud.accounts["111122223333"];
    let instance = instance(&loaded.cloud);
    let profile = loaded.cloud.instance_profile(instance.instance_profile.as_deref().unwrap()).unwrap();
    assert_eq!(profile.role.as_deref(), Some("ec2-s3-access-role"));
    let role = &account.roles["ec2-s3-access-role"];
    assert_eq!(role.attached_policies, ["arn:aws:iam::111122223333:policy/ec2-s3-read-policy"]);
    assert!(instance.public_ip.is_some());
    assert_eq!(account.network.vpcs[&instance.vpc_id].cidr.to_string(), "172.31.0.0/16");
    assert_eq!(loaded.cloud.buckets["my-sts-demo-bucket-1234567890"].objects.len(), 2);
    assert_eq!(loaded.hosts.keys().collect::<Vec<_>>(), ["AppInstance"]);
    assert_eq!((loaded.run.len(), loaded.lesson.len()), (5, 4));
    let shown: Vec<_> = loaded.policies.iter().map(|policy| (policy.kind, policy.title.as_str())).collect();
    assert_eq!(shown, [("trust", "ec2-s3-access-role"), ("identity", "ec2-s3-read-policy")]);
    assert!(loaded.policies[1].text.starts_with("{\n  \"Version\": \"2012-10-17\",\n"));
}

#[test]
fn ids_depend_on_seed_account_and_logical_id_alone() {
    let (document, loaded) = example();
    let other = patched(&document, r#"[{"op": "remove", "path": "@/AppInstance/Properties/Tags"}]"#);
    let other = load(&other).unwrap();
    assert_eq!(instance(&loaded.cloud).id, instance(&other.cloud).id);
    assert_eq!(instance(&loaded.cloud).private_ip, instance(&other.cloud).private_ip);
}

#[test]
fn a_patch_changes_what_it_names_and_nothing_else() {
    let (document, before) = example();
    let mut cloud = before.cloud.clone();
    let account = cloud.accounts.get_mut("111122223333").unwrap();
    let role = account.roles.get_mut("ec2-s3-access-role").unwrap();
    role.attached_policies.push("arn:aws:iam::aws:policy/AdministratorAccess".to_string());
    role.max_session_duration = 7_200;
    cloud.buckets.get_mut("my-sts-demo-bucket-1234567890").unwrap().objects.clear();
    let after = patched(
        &document,
        r#"[
            {"op": "add", "path": "@/Second", "value": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "second-bucket"}}},
            {"op": "remove", "path": "@/ReadPolicy"},
            {"op": "add", "path": "@/AppRole/Properties/Tags", "value": [{"Key": "team", "Value": "blue"}]}
        ]"#,
    );
    hold_credentials(&mut cloud);
    update(&mut cloud, &before, &after).unwrap();
    assert!(instance(&cloud).role_credentials.is_empty(), "the role's tags changed");
    let role = &cloud.accounts["111122223333"].roles["ec2-s3-access-role"];
    assert_eq!(role.attached_policies, ["arn:aws:iam::aws:policy/AdministratorAccess"]);
    assert_eq!((role.max_session_duration, role.tags["team"].as_str()), (7_200, "blue"));
    assert!(cloud.accounts["111122223333"].managed_policies.is_empty());
    assert!(cloud.buckets["my-sts-demo-bucket-1234567890"].objects.is_empty());
    assert!(cloud.buckets.contains_key("second-bucket"));
}

#[test]
fn a_changed_policy_leaves_role_credentials_and_a_changed_trust_policy_does_not() {
    let (document, before) = example();
    let mut cloud = before.cloud.clone();
    let read = r#"[{"op": "replace", "path": "@/ReadPolicy/Properties/PolicyDocument/Statement/1/Action", "value": "s3:*"}]"#;
    hold_credentials(&mut cloud);
    let document = patched(&document, read);
    let middle = update(&mut cloud, &before, &document).unwrap();
    assert_eq!(instance(&cloud).role_credentials.len(), 1);
    let trust = r#"[{"op": "replace", "path": "@/AppRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal", "value": {"Service": "lambda.amazonaws.com"}}]"#;
    update(&mut cloud, &middle, &patched(&document, trust)).unwrap();
    assert!(instance(&cloud).role_credentials.is_empty());
}

#[test]
fn a_second_instance_leaves_the_steps_as_they_are() {
    let text = EXAMPLE
        .replace("\"on\": \"AppInstance\",\n      \"command\": \"aws s3 ls\"", "\"command\": \"aws s3 ls\"");
    let document = Document::parse(text).unwrap();
    let before = load(&document).unwrap();
    let StepAction::Run { on, .. } = &before.run[3].action else { panic!() };
    assert_eq!(on.as_deref(), Some("AppInstance"), "the only host");
    let mut cloud = before.cloud.clone();
    let add = r#"[{"op": "add", "path": "@/Other", "value": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1"}}}]"#;
    let after = update(&mut cloud, &before, &patched(&document, add)).unwrap();
    assert_eq!((after.run, after.hosts.len()), (before.run, 2));
}

#[test]
fn egress_that_a_patch_takes_away_stays_away() {
    let (document, before) = example();
    let mut cloud = before.cloud.clone();
    let egress = |cloud: &Cloud| {
        let groups = cloud.accounts["111122223333"].network.security_groups.values();
        groups.into_iter().find(|group| group.name == "ec2-s3-demo-sg").unwrap().egress.len()
    };
    let patch = r#"[{"op": "remove", "path": "@/AppSecurityGroup/Properties/SecurityGroupEgress"}]"#;
    let after = update(&mut cloud, &before, &patched(&document, patch)).unwrap();
    assert_eq!((egress(&before.cloud), egress(&after.cloud), egress(&cloud)), (1, 1, 0));
}

#[test]
fn what_the_lesson_solves_loads() {
    let (document, loaded) = example();
    let mut steps = loaded.lesson.iter().flat_map(|entry| &entry.solution);
    let StepAction::Patch { operations } = &steps.next().unwrap().action else { panic!() };
    let solved = document.patched(operations).unwrap();
    assert!(solved.text().contains(r#""Action": ["s3:GetObject", "s3:DeleteObject"],"#));
    assert_eq!(load(&solved).unwrap().diagnostics, []);
}

#[test]
fn a_wrong_policy_is_shown_in_the_lines_that_were_typed() {
    let (document, _) = example();
    let pointer = format!("{RESOURCES}/ReadPolicy/Properties/PolicyDocument");
    let typed = "\n{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"allow\",\n\"Action\": \"s3:*\", \"Resource\": {\"Ref\": \"Bukcet\"}}}";
    let next = document.set_policy(&pointer, typed).unwrap();
    let found = next.in_policy(&pointer, load(&next).unwrap_err());
    let places: Vec<_> = found.iter().map(|one| (one.code, one.start.line, one.start.column)).collect();
    assert_eq!(places, [("diagnostic.policy.invalid-effect", 4, 27), ("diagnostic.unknown-name", 5, 31)]);
}

#[test]
fn a_wrong_patch_is_refused_as_a_whole() {
    let (document, _) = example();
    let next =
        document.set_policy(&format!("{RESOURCES}/ReadPolicy/Properties/PolicyDocument"), "[]").unwrap();
    let found = load(&next).unwrap_err();
    assert_eq!(codes(&found), ["diagnostic.wrong-type"]);
    assert_eq!(found[0].severity, Severity::Error);
    let outside = document.set_policy("/title", "1").unwrap_err();
    assert_eq!(codes(&outside), ["diagnostic.patch.wrong-path"]);
}
