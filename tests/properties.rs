//! What holds for any policies and requests: a Deny never grants, an Allow taken away never grants, order never
//! matters, the explained decision is the fast one, and damaged lines are answered.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use iam_sandbox::authorization::{
    AuthorizationRequest, Context, Decision, Detail, Gate, Level, Policies, Principal, PrincipalKind,
    PublicAccessBlock, authorize, decide,
};
use iam_sandbox::evaluate::Evaluator;
use iam_sandbox::json;
use iam_sandbox::policy::{Policy, PolicyKind};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use std::sync::Arc;

/// The statements of each policy, by what the policies are attached to.
#[derive(Debug, Clone)]
struct Organization {
    identity: Vec<Vec<Value>>,
    boundary: Option<Vec<Value>>,
    session: Option<Vec<Vec<Value>>>,
    resource: Option<Vec<Value>>,
    vpc_endpoint: Option<Vec<Value>>,
    scp: Vec<Vec<Vec<Value>>>,
    rcp: Vec<Vec<Vec<Value>>>,
}

const ACTIONS: [&str; 7] = [
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
    "sts:AssumeRole",
    "kms:Decrypt",
    "sqs:SendMessage",
    "iam:PassRole",
];
const RESOURCES: [&str; 6] = [
    "arn:aws:s3:::reports",
    "arn:aws:s3:::reports/alice/1.csv",
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:kms:us-east-1:111122223333:key/1",
    "arn:aws:sqs:us-east-1:111122223333:jobs",
    "*",
];
const PRINCIPALS: [&str; 9] = [
    "*",
    "111122223333",
    "arn:aws:iam::444455556666:root",
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:role/service/app",
    "arn:aws:sts::111122223333:assumed-role/app/s",
    "arn:aws:sts::111122223333:federated-user/f",
    "AROAEXAMPLE000000001",
    "arn:aws:iam::444455556666:user/bob",
];

fn actions() -> impl Strategy<Value = Value> {
    let pattern = select(vec![
        "*",
        "s3:*",
        "S3:get*",
        "s3:GetObject",
        "s3:ListBucket",
        "sts:AssumeRole",
        "kms:*",
        "sqs:Send?essage",
        "iam:PassRole",
        "?3:Put*",
    ]);
    prop::collection::vec(pattern, 1..4).prop_map(|patterns| json!(patterns))
}

fn resources() -> impl Strategy<Value = Value> {
    let pattern = select(vec![
        "*",
        "arn:aws:s3:::reports",
        "arn:aws:s3:::reports/*",
        "arn:aws:s3:::reports/${aws:username}/*",
        "arn:aws:s3:::reports/${aws:username, 'alice'}/?.csv",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:kms:*:111122223333:key/1",
        "arn:aws:sqs:*",
    ]);
    prop::collection::vec(pattern, 1..3).prop_map(|patterns| json!(patterns))
}

fn conditions() -> impl Strategy<Value = Value> {
    let one = prop_oneof![
        (
            select(vec![
                "StringEquals",
                "StringNotEquals",
                "StringLike",
                "StringEqualsIfExists",
                "StringNotLikeIfExists"
            ]),
            select(vec!["aws:username", "aws:PrincipalTag/team", "aws:PrincipalArn"]),
            select(vec!["alice", "*", "red", "${aws:username}"])
        )
            .prop_map(|(operator, key, value)| json!({operator: {key: value}})),
        (
            select(vec!["IpAddress", "NotIpAddress"]),
            select(vec!["203.0.113.0/24", "0.0.0.0/0", "no address"])
        )
            .prop_map(|(operator, value)| json!({operator: {"aws:SourceIp": value}})),
        (
            select(vec!["ForAnyValue:StringEquals", "ForAllValues:StringLike", "StringEquals"]),
            select(vec!["a", "b*"])
        )
            .prop_map(|(operator, value)| json!({operator: {"aws:TagKeys": [value, "c"]}})),
        select(vec!["true", "false"]).prop_map(
            |value| json!({"Null": {"aws:username": value}, "Bool": {"aws:SecureTransport": value}})
        ),
        Just(json!({"Unknown": {"aws:username": "alice"}})),
    ];
    prop::option::weighted(0.4, one).prop_map(|condition| condition.unwrap_or(json!({})))
}

/// A statement for policies of this kind.
fn statement(kind: PolicyKind, effects: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let principal = subsequence(PRINCIPALS.to_vec(), 1..4);
    let parts = (
        select(effects),
        any::<bool>(),
        actions(),
        any::<bool>(),
        resources(),
        conditions(),
        (any::<bool>(), principal),
    );
    parts.prop_map(
        move |(
            effect,
            not_action,
            actions,
            not_resource,
            resources,
            condition,
            (not_principal, principal),
        )| {
            let mut statement = json!({"Effect": effect, "Condition": condition});
            statement[if not_action && effect == "Deny" { "NotAction" } else { "Action" }] = actions;
            if kind != PolicyKind::Trust {
                statement[if not_resource { "NotResource" } else { "Resource" }] = resources;
            }
            if !matches!(kind, PolicyKind::Identity | PolicyKind::ServiceControl) {
                let negated = not_principal && kind != PolicyKind::Trust;
                statement[if negated { "NotPrincipal" } else { "Principal" }] = json!({"AWS": principal});
            }
            statement
        },
    )
}

const BOTH: &[&str] = &["Allow", "Allow", "Deny"];

fn document(kind: PolicyKind) -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(statement(kind, BOTH), 1..12)
}

fn organization(trust: bool) -> impl Strategy<Value = Organization> {
    let resource = if trust { PolicyKind::Trust } else { PolicyKind::Resource };
    let levels = |kind| prop::collection::vec(prop::collection::vec(document(kind), 1..3), 0..3);
    let parts = (
        prop::collection::vec(document(PolicyKind::Identity), 0..4),
        prop::option::weighted(0.3, document(PolicyKind::Identity)),
        prop::option::weighted(0.3, prop::collection::vec(document(PolicyKind::Identity), 0..3)),
        prop::option::weighted(0.7, document(resource)),
        prop::option::weighted(0.2, document(PolicyKind::VpcEndpoint)),
        prop_oneof![3 => Just(Vec::new()), 1 => levels(PolicyKind::ServiceControl)],
        prop_oneof![3 => Just(Vec::new()), 1 => levels(PolicyKind::ResourceControl)],
    );
    parts.prop_map(|(identity, boundary, session, resource, vpc_endpoint, scp, rcp)| Organization {
        identity,
        boundary,
        session,
        resource,
        vpc_endpoint,
        scp,
        rcp,
    })
}

fn policy(name: &str, statements: &[Value], kind: PolicyKind) -> Arc<Policy> {
    let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let node = json::parse(&text).unwrap();
    Arc::new(Policy::parse(name, None, format!("/{name}"), Arc::from(text), &node, kind).unwrap())
}

impl Organization {
    fn policies(&self, trust: bool, public_access_block: Option<PublicAccessBlock>) -> Policies {
        let many = |documents: &[Vec<Value>], kind| -> Vec<Arc<Policy>> {
            documents.iter().map(|statements| policy("p", statements, kind)).collect()
        };
        let levels = |levels: &[Vec<Vec<Value>>], kind| -> Vec<Level> {
            levels
                .iter()
                .map(|level| Level { target: String::from("r"), policies: many(level, kind) })
                .collect()
        };
        let resource = if trust { PolicyKind::Trust } else { PolicyKind::Resource };
        Policies {
            identity: many(&self.identity, PolicyKind::Identity),
            boundary: self.boundary.as_ref().map(|statements| policy("b", statements, PolicyKind::Identity)),
            session: self.session.as_ref().map(|documents| many(documents, PolicyKind::Identity)),
            resource: self.resource.as_ref().map(|statements| policy("r", statements, resource)),
            vpc_endpoint: self
                .vpc_endpoint
                .as_ref()
                .map(|statements| vec![policy("e", statements, PolicyKind::VpcEndpoint)]),
            scp: levels(&self.scp, PolicyKind::ServiceControl),
            rcp: levels(&self.rcp, PolicyKind::ResourceControl),
            public_access_block,
        }
    }

    /// Every list of statements, wherever it is attached.
    fn documents(&mut self) -> Vec<&mut Vec<Value>> {
        let mut all: Vec<&mut Vec<Value>> = self.identity.iter_mut().collect();
        all.extend(self.boundary.as_mut());
        all.extend(self.session.iter_mut().flatten());
        all.extend(self.resource.as_mut());
        all.extend(self.vpc_endpoint.as_mut());
        all.extend(self.scp.iter_mut().chain(&mut self.rcp).flatten());
        all
    }
}

fn principal() -> impl Strategy<Value = Principal> {
    let make = |kind, arn: &str, account: Option<&str>, issuer: Option<&str>, id: Option<&str>| Principal {
        kind,
        arn: arn.to_string(),
        account: account.map(str::to_string),
        issuer: issuer.map(str::to_string),
        unique_id: id.map(str::to_string),
    };
    let own = Some("111122223333");
    select(vec![
        make(PrincipalKind::User, "arn:aws:iam::111122223333:user/alice", own, None, None),
        make(PrincipalKind::User, "arn:aws:iam::444455556666:user/bob", Some("444455556666"), None, None),
        make(
            PrincipalKind::AssumedRole,
            "arn:aws:sts::111122223333:assumed-role/app/s",
            own,
            Some("arn:aws:iam::111122223333:role/service/app"),
            Some("AROAEXAMPLE000000001"),
        ),
        make(
            PrincipalKind::FederatedUser,
            "arn:aws:sts::111122223333:federated-user/f",
            own,
            Some("arn:aws:iam::111122223333:user/alice"),
            None,
        ),
        make(PrincipalKind::Root, "arn:aws:iam::111122223333:root", own, None, None),
        make(PrincipalKind::Service, "ec2.amazonaws.com", None, None, None),
        make(PrincipalKind::Anonymous, "", None, None, None),
    ])
}

fn request() -> impl Strategy<Value = AuthorizationRequest> {
    let keys = (
        any::<bool>(),
        any::<bool>(),
        prop::option::of(prop::collection::vec(select(vec!["a", "b1", "c"]), 0..3)),
    );
    (principal(), select(&ACTIONS[..]), select(&RESOURCES[..]), keys).prop_map(
        |(principal, action, resource, (name, address, tags))| {
            let mut context = Context::default();
            context.set("aws:SecureTransport", "true", "given");
            if name {
                context.set("aws:username", "alice", "given");
            }
            if address {
                context.set("aws:SourceIp", "203.0.113.9", "given");
            }
            if let Some(tags) = tags {
                context.set_all("aws:TagKeys", tags.into_iter().map(str::to_string).collect(), "given");
            }
            AuthorizationRequest {
                principal,
                action: action.to_string(),
                resource: resource.to_string(),
                resource_account: Some(String::from("111122223333")),
                context,
            }
        },
    )
}

fn scene() -> impl Strategy<Value = (AuthorizationRequest, Organization)> {
    request().prop_flat_map(|request| {
        let trust = request.asks_trust_policy();
        (Just(request), organization(trust))
    })
}

fn decision(request: &AuthorizationRequest, organization: &Organization) -> Decision {
    decide(request, &organization.policies(request.asks_trust_policy(), None))
}

/// A Deny that fits the kind of document in which `like` stands.
fn as_deny(deny: &Value, like: &Value) -> Value {
    let mut deny = deny.as_object().unwrap().clone();
    let has = |name: &str| like.get(name).is_some() || like.get(format!("Not{name}")).is_some();
    if !has("Resource") {
        // A trust policy: neither Resource nor NotPrincipal.
        deny.remove("Resource");
        deny.remove("NotResource");
        if let Some(principal) = deny.remove("NotPrincipal") {
            deny.insert("Principal".to_string(), principal);
        }
    }
    if !has("Principal") {
        deny.remove("Principal");
        deny.remove("NotPrincipal");
    }
    Value::Object(deny)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_deny_never_grants(
        (request, organization) in scene(),
        deny in statement(PolicyKind::Resource, &["Deny"]),
        place in any::<prop::sample::Index>(),
    ) {
        let before = decision(&request, &organization);
        let mut after = organization;
        let mut documents = after.documents();
        prop_assume!(!documents.is_empty());
        let number = place.index(documents.len());
        let document = &mut documents[number];
        let deny = as_deny(&deny, &document[0]);
        document.push(deny);
        let after = decision(&request, &after);
        prop_assert!(before == Decision::Allow || after != Decision::Allow, "{before:?} became {after:?}");
        prop_assert!(before != Decision::ExplicitDeny || after == Decision::ExplicitDeny);
    }

    /// Without RestrictPublicBuckets, of which a policy is free once its public statement is gone.
    #[test]
    fn an_allow_taken_away_never_grants((request, organization) in scene(), place in any::<prop::sample::Index>()) {
        let before = decision(&request, &organization);
        let mut after = organization;
        let mut allows = Vec::new();
        for (document, statements) in after.documents().iter().enumerate() {
            let found = statements.iter().enumerate().filter(|(_, statement)| statement["Effect"] == "Allow");
            allows.extend(found.map(|(number, _)| (document, number)));
        }
        prop_assume!(!allows.is_empty());
        let (document, number) = *place.get(&allows);
        let statements = &mut after.documents()[document];
        // A document needs a statement: this one says nothing.
        statements[number]["Action"] = json!("nobody:Asks");
        let after = decision(&request, &after);
        prop_assert!(before == Decision::Allow || after != Decision::Allow, "{before:?} became {after:?}");
    }

    #[test]
    fn order_never_matters((request, organization) in scene(), seed in any::<u64>()) {
        let trust = request.asks_trust_policy();
        let first = authorize(&request, &organization.policies(trust, None));
        let mut shuffled = organization;
        let turn = seed as usize;
        for statements in shuffled.documents() {
            let length = statements.len();
            statements.rotate_left(turn % length);
            if turn.is_multiple_of(2) {
                statements.reverse();
            }
        }
        shuffled.identity.reverse();
        shuffled.scp.reverse();
        shuffled.rcp.reverse();
        let second = authorize(&request, &shuffled.policies(trust, None));
        prop_assert_eq!(first.decision, second.decision);
        prop_assert_eq!(first.blocked_by, second.blocked_by);
        prop_assert_eq!(first.gates, second.gates);
        prop_assert_eq!(first.decided_by.len(), second.decided_by.len());
    }

    #[test]
    fn the_explained_decision_is_the_fast_one((request, organization) in scene(), restrict in any::<bool>()) {
        let block = restrict.then_some(PublicAccessBlock { restrict_public_buckets: true, ..Default::default() });
        let policies = organization.policies(request.asks_trust_policy(), block);
        let explained = authorize(&request, &policies);
        prop_assert_eq!(explained.decision, decide(&request, &policies));
        prop_assert_eq!(explained.blocked_by.is_empty(), explained.decision == Decision::Allow);
        // What decided is what the explanation says matched.
        for citation in &explained.decided_by {
            let mut statements = explained.explain.values().flatten().flat_map(|policy| &policy.statements);
            let public = restrict && explained.blocked_by.contains(&Gate::S3BlockPublicAccess);
            prop_assert!(public || statements.any(|told| told.pointer == citation.pointer && told.matched));
        }
    }

    /// The lookup of statements by action finds the same as reading each alone.
    #[test]
    fn a_policy_is_its_statements((request, organization) in scene()) {
        let split = organization.identity.iter().flatten().map(|statement| vec![statement.clone()]).collect();
        let of = |documents: Vec<Vec<Value>>| Policies {
            identity: documents.iter().map(|one| policy("p", one, PolicyKind::Identity)).collect(),
            ..Policies::default()
        };
        prop_assert_eq!(decide(&request, &of(organization.identity)), decide(&request, &of(split)));
    }

    /// A policy that can't be seen leaves open what any policy in its place decides.
    #[test]
    fn an_unknown_policy_covers_every_known_one((request, organization) in scene(), gate in 0..4_u8) {
        let known = organization.policies(request.asks_trust_policy(), None);
        let mut unknown = known.clone();
        let hidden = Arc::new(Policy::unknown("hidden", "/hidden"));
        match gate {
            0 => unknown.identity = vec![hidden],
            1 if known.resource.is_some() => unknown.resource = Some(hidden),
            2 if known.boundary.is_some() => unknown.boundary = Some(hidden),
            _ => unknown.scp.iter_mut().for_each(|level| level.policies = vec![hidden.clone()]),
        }
        let answer = authorize(&request, &unknown);
        let decided = decide(&request, &known);
        prop_assert_eq!(answer.decision, decide(&request, &unknown));
        let possible = answer.depends_on.first().map_or(vec![answer.decision], |one| one.could_be.clone());
        prop_assert!(possible.contains(&decided), "{decided:?} isn't among {possible:?}");
    }
}

const LINE: &str = r#"{"id":"7","principal":{"arn":"arn:aws:sts::111122223333:assumed-role/app/s","uniqueId":"AROAEXAMPLE000000001"},"action":"s3:GetObject","resource":"arn:aws:s3:::reports/1","resourceAccount":"111122223333","context":{"aws:SourceIp":"203.0.113.9","aws:TagKeys":["a"]},"policies":{"identity":[{"name":"p","document":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::${aws:username}*\",\"Condition\":{\"Null\":{\"aws:username\":true}}}}"}],"scp":[{"target":"r-1","policies":[{"name":"x","unknown":true}]}]},"s3":{"blockPublicAccess":{"RestrictPublicBuckets":true}},"without":["rcp"]}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A damaged line is answered, by an object, and the next line as if nothing had been.
    #[test]
    fn damaged_lines_are_answered(place in 0..LINE.len(), byte in any::<u8>(), change in 0..4_u8) {
        let mut bytes = LINE.as_bytes().to_vec();
        match change {
            0 => bytes[place] = byte,
            1 => bytes.insert(place, byte),
            2 => drop(bytes.remove(place)),
            _ => bytes.truncate(place),
        }
        let wording = |code: &str, _: &json::Params| code.to_string();
        let mut evaluator = Evaluator::new(Detail::Full, &wording);
        let expected = evaluator.bytes(LINE.as_bytes());
        let answer: Value = serde_json::from_str(&evaluator.bytes(&bytes)).unwrap();
        prop_assert!(answer["decision"].is_string() != answer["error"].is_object(), "{answer}");
        prop_assert_eq!(evaluator.bytes(LINE.as_bytes()), expected);
    }
}
