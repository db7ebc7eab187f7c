//! What decisions are made over, for the benchmarks natively and in WebAssembly.

use iam_sandbox::authorization::{AuthorizationRequest, Context, Policies, Principal, PrincipalKind};
use iam_sandbox::json;
use iam_sandbox::policy::{Policy, PolicyKind};
use std::sync::Arc;

/// Enough for a managed policy's list of read actions.
const ACTIONS: usize = 39;

/// What the decisions are made over.
#[derive(Clone, Copy, Debug)]
pub enum Load {
    /// One policy of two statements.
    Small,
    /// Ten policies, 34 statements, about 43 KB: as big as AWS managed ones.
    Managed,
}

/// All of them.
pub const LOADS: [Load; 2] = [Load::Small, Load::Managed];

impl Load {
    /// The texts of its policies.
    pub fn texts(self) -> Vec<String> {
        match self {
            Load::Small => vec![small()],
            Load::Managed => (0..10).map(|place| managed(place, if place < 4 { 4 } else { 3 })).collect(),
        }
    }

    /// Its policies, parsed; one of them allows [`request`].
    pub fn policies(self) -> Policies {
        let texts = self.texts().into_iter().chain(matches!(self, Load::Managed).then(small));
        Policies { identity: texts.map(|text| Arc::new(parse(&text))).collect(), ..Policies::default() }
    }
}

/// A policy of two statements.
pub fn small() -> String {
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

/// An identity policy.
pub fn parse(text: &str) -> Policy {
    let node = json::parse(text).unwrap();
    Policy::parse("111122223333/ReadPolicy", None, "", Arc::from(text), &node, PolicyKind::Identity).unwrap()
}

/// A session that reads an object.
pub fn request() -> AuthorizationRequest {
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
