//! Random policies of every type, and requests that they are often about.

use iam_sandbox::authorization::{
    AuthorizationRequest, Context, Level, Policies, Principal, PrincipalKind, PublicAccessBlock,
};
use iam_sandbox::json;
use iam_sandbox::policy::{Policy, PolicyKind};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use std::sync::Arc;

/// The statements of each policy, by what the policies are attached to.
#[derive(Debug, Clone)]
pub struct Organization {
    pub identity: Vec<Vec<Value>>,
    pub boundary: Option<Vec<Value>>,
    pub session: Option<Vec<Vec<Value>>>,
    pub resource: Option<Vec<Value>>,
    pub vpc_endpoint: Option<Vec<Value>>,
    pub scp: Vec<Vec<Vec<Value>>>,
    pub rcp: Vec<Vec<Vec<Value>>>,
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
pub fn statement(kind: PolicyKind, effects: &'static [&'static str]) -> impl Strategy<Value = Value> {
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

pub fn policy(name: &str, statements: &[Value], kind: PolicyKind) -> Arc<Policy> {
    let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let node = json::parse(&text).unwrap();
    Arc::new(Policy::parse(name, None, format!("/{name}"), Arc::from(text), &node, kind).unwrap())
}

impl Organization {
    pub fn policies(&self, trust: bool, public_access_block: Option<PublicAccessBlock>) -> Policies {
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
    pub fn documents(&mut self) -> Vec<&mut Vec<Value>> {
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

pub fn request() -> impl Strategy<Value = AuthorizationRequest> {
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

pub fn scene() -> impl Strategy<Value = (AuthorizationRequest, Organization)> {
    request().prop_flat_map(|request| {
        let trust = request.asks_trust_policy();
        (Just(request), organization(trust))
    })
}
