//! Kinds of principals, and the principals of the scenario.

use super::cursor::Place;
use super::statement::Surroundings;
use super::{CompletionKind, Proposal};
use crate::arn::Arn;
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::sorted::SortedSet;

/// Services whose principals roles and buckets often name.
pub const SERVICES: [&str; 8] = [
    "ec2.amazonaws.com",
    "lambda.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "s3.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "cloudfront.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "organizations.amazonaws.com",
];

/// `AWS`, `Service`, ... as keys; `*` as the whole value.
pub fn kinds(surroundings: &Surroundings<'_>, place: Place) -> Vec<Proposal> {
    let kind = surroundings.subject.kind;
    if place == Place::Value {
        let everyone = Proposal::new("*", CompletionKind::Principal, "editor.principal.everyone");
        return if kind == PolicyKind::Trust { Vec::new() } else { vec![everyone] };
    }
    let kinds = [
        ("AWS", "editor.principal.aws", true),
        ("Service", "editor.principal.service", true),
        ("Federated", "editor.principal.federated", kind == PolicyKind::Trust),
        ("CanonicalUser", "editor.principal.canonical-user", kind == PolicyKind::Resource),
    ];
    let fits = kinds.into_iter().filter(|(_, _, legal)| *legal && kind != PolicyKind::ResourceControl);
    fits.map(|(name, code, _)| Proposal::new(name, CompletionKind::Element, code)).gather()
}

/// Principals of one kind.
pub fn values(surroundings: &Surroundings<'_>, kind: &str) -> Vec<Proposal> {
    match kind {
        "AWS" => {
            let mut proposals = of_scenario(surroundings);
            let account = |account: &String| {
                Proposal::new(account.clone(), CompletionKind::Principal, "editor.principal.account")
            };
            proposals.extend(accounts(surroundings).iter().map(account));
            if surroundings.subject.kind != PolicyKind::Trust {
                proposals.push(Proposal::new("*", CompletionKind::Principal, "editor.principal.everyone"));
            }
            proposals
        }
        "Service" => services(),
        _ => Vec::new(),
    }
}

/// The service principals.
pub fn services() -> Vec<Proposal> {
    let service = |name| Proposal::new(name, CompletionKind::Principal, "editor.principal.service");
    SERVICES.into_iter().map(service).gather()
}

/// The roles, users and root users of the scenario.
pub fn of_scenario(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let is_principal = |arn: &&String| {
        Arn::parse(arn).is_some_and(|arn| {
            let kind = arn.resource.split('/').next().unwrap_or("");
            matches!((arn.service, kind), ("iam", "role" | "user" | "root") | ("sts", "assumed-role"))
        })
    };
    let arns = surroundings.arns.iter().map(|arn| &arn.arn).filter(is_principal);
    arns.map(|arn| Proposal::new(arn.clone(), CompletionKind::Principal, "editor.principal.scenario"))
        .gather()
}

/// The accounts of the scenario.
pub fn accounts(surroundings: &Surroundings<'_>) -> SortedSet<String> {
    let arns = surroundings.arns.iter().filter_map(|arn| Arn::parse(&arn.arn));
    let digits = |account: &&str| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    arns.map(|arn| arn.account).filter(digits).map(str::to_string).gather()
}
