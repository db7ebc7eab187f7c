//! Properties of decisions.

use crate::scenes::{Organization, policy, scene, statement};
use iam_sandbox::authorization::{
    AuthorizationRequest, Decision, Gate, Policies, PublicAccessBlock, authorize, decide,
};
use iam_sandbox::policy::{Policy, PolicyKind};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

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
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

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
