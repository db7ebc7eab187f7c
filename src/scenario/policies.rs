//! Policy documents of the templates: from the text as written to a [`Policy`] with its intrinsics resolved.
//!
//! The document is parsed again from its own text without indentation, so that every span is a line and
//! column of exactly what an editor shows. Entry: [`Loading::policy`].

use super::fields;
use super::findings::{At, Findings};
use super::intrinsics::{Resolver, matching_nothing, scalar};
use super::loading::{Loading, Resource};
use super::names::Scope;
use super::policy_text::Dedented;
use crate::arn::Arn;
use crate::gather::Gather;
use crate::json::{self, Node, Severity, Span, Value};
use crate::policy::validate::{ResourceType, Subject};
use crate::policy::{Fault, Policy, PolicyKind};
use serde::Serialize;
use std::sync::Arc;

/// A policy document of the scenario, for an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PolicyText {
    /// `ACCOUNT/LogicalId` of the resource that holds it.
    pub policy: String,
    /// Where it stands in the scenario.
    pub pointer: String,
    /// `identity`, `trust`, `resource` or `vpc-endpoint`.
    pub kind: &'static str,
    /// `IDENTITY_POLICY`, ... as ValidatePolicy takes it.
    #[serde(rename = "policyType")]
    pub policy_type: &'static str,
    /// `AWS::S3::Bucket`, ... of a resource-based policy.
    #[serde(rename = "resourceType")]
    pub resource_type: Option<&'static str>,
    /// The name that AWS's console would show: of the policy, the role, the bucket or the endpoint.
    pub title: String,
    /// As written, intrinsics included, without the indentation that it has in the scenario.
    pub text: String,
}

/// A user or role that a policy names as principal.
#[derive(Debug)]
pub(crate) struct NamedPrincipal {
    pub arn: String,
    pub span: Span,
}

/// What a policy document is, besides its text.
pub(crate) struct PolicyPlace<'p> {
    /// Where it stands.
    pub at: At<'p>,
    pub kind: PolicyKind,
    pub title: &'p str,
    /// Of a managed policy.
    pub arn: Option<String>,
    /// Most characters, as AWS counts them.
    pub limit: usize,
}

impl Loading<'_> {
    /// Reads a policy document of a resource. `None`: it has faults, and they are findings.
    pub fn policy(&mut self, resource: &Resource<'_>, place: PolicyPlace<'_>) -> Option<Arc<Policy>> {
        let pointer = self.findings.pointer(place.at.span());
        let slice = self.document.policy_slice(&pointer)?;
        let subject = Subject::attached(place.kind);
        let shown = PolicyText {
            policy: resource.name(),
            pointer: pointer.clone(),
            kind: kind_name(place.kind),
            policy_type: subject.policy_type(),
            resource_type: subject.resource_type.map(ResourceType::name),
            title: place.title.to_string(),
            text: slice.text.clone(),
        };
        self.policies.push((place.at.node.span.start, shown));
        let size = size(place.at.node, place.kind);
        if size > place.limit {
            let (limit, size) = (place.limit.to_string(), size.to_string());
            self.findings.error(
                "diagnostic.policy-too-long",
                place.at,
                &[("limit", &limit), ("size", &size)],
            );
        }
        self.check_characters(&pointer, &slice, place.kind);
        let own = match json::parse(&slice.text) {
            Ok(own) => own,
            Err(fault) => {
                self.findings.add(Severity::Error, fault.code, &pointer, slice.place(fault.span), &[]);
                return None;
            }
        };
        let resolved = self.resolve_again(resource.account, &own);
        // What isn't an object has been found as a property of the wrong type.
        if !matches!(resolved.value, Value::Object(_)) {
            return None;
        }
        let text: Arc<str> = slice.text.as_str().into();
        match Policy::parse(resource.name(), place.arn, pointer.as_str(), text, &resolved, place.kind) {
            Ok(policy) => {
                self.principals.extend(principals(place.at));
                Some(Arc::new(policy))
            }
            Err(faults) => {
                self.add_faults(&pointer, &slice, &faults);
                None
            }
        }
    }

    /// A character that IAM's documents can't have: they take tab, line breaks and U+0020 to U+00FF.
    fn check_characters(&mut self, pointer: &str, slice: &Dedented, kind: PolicyKind) {
        let is_iam = matches!(kind, PolicyKind::Identity | PolicyKind::Trust);
        let foreign = slice.text.char_indices().find(|(_, c)| u32::from(*c) > 0xFF);
        if let Some((place, c)) = foreign.filter(|_| is_iam) {
            let span = Span { start: place as u32, end: (place + c.len_utf8()) as u32 };
            let params = [("character", &*c.to_string())];
            let code = "diagnostic.policy-characters";
            self.findings.add(Severity::Error, code, pointer, slice.place(span), &params);
        }
    }

    /// Faults of a policy as findings at their place in the scenario.
    fn add_faults(&mut self, pointer: &str, slice: &Dedented, faults: &[Fault]) {
        // A key that stands twice was found in the document already.
        for fault in faults.iter().filter(|fault| fault.short_code() != "duplicate-key") {
            let pointer = format!("{pointer}{}", fault.pointer);
            let params: Vec<(&'static str, &str)> =
                fault.params.iter().map(|(name, value)| (*name, value.as_str())).gather();
            let span = slice.place(fault.span);
            self.findings.add(Severity::Error, fault.code, &pointer, span, &params);
        }
    }

    /// Resolves a second time what has been resolved, without findings: they were made the first time.
    fn resolve_again(&mut self, account: &str, own: &Node) -> Node {
        let mut silent = Findings::silent();
        let mut resolver = Resolver {
            names: &self.names,
            scope: Scope::Template(account),
            findings: &mut silent,
            budget: &mut self.budget,
        };
        matching_nothing(&resolver.resolve(At::new(own)))
    }

    /// Principals that name a user or role of an account of this document which isn't there.
    pub fn check_principals(&mut self) {
        for principal in std::mem::take(&mut self.principals) {
            let Some(arn) = Arn::parse(&principal.arn).filter(|arn| arn.service == "iam") else {
                continue;
            };
            let Some(account) = self.cloud.accounts.get(arn.account) else {
                continue;
            };
            let name = arn.resource.rsplit('/').next().unwrap_or_default();
            let (own, known): (_, &mut dyn Iterator<Item = &str>) = if arn.resource.starts_with("role/") {
                let own = account.roles.get(name).map(|role| &role.arn);
                (own, &mut account.roles.values().map(|role| role.arn.as_str()))
            } else if arn.resource.starts_with("user/") {
                let own = account.users.get(name).map(|user| &user.arn);
                (own, &mut account.users.values().map(|user| user.arn.as_str()))
            } else {
                continue;
            };
            if own != Some(&principal.arn) {
                fields::unknown(&mut self.findings, fields::PRINCIPAL, principal.span, &principal.arn, known);
            }
        }
    }
}

fn kind_name(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Identity => "identity",
        PolicyKind::Resource => "resource",
        PolicyKind::Trust => "trust",
        PolicyKind::VpcEndpoint => "vpc-endpoint",
        PolicyKind::ServiceControl => "scp",
        PolicyKind::ResourceControl => "rcp",
    }
}

/// A document's size as AWS counts it: IAM leaves white space out, S3 and EC2 count what CloudFormation sends.
fn size(resolved: &Node, kind: PolicyKind) -> usize {
    let text = json::to_compact(resolved);
    match kind {
        PolicyKind::Identity | PolicyKind::Trust => text.chars().filter(|c| !c.is_whitespace()).count(),
        _ => text.len(),
    }
}

/// Everything that stands in `Principal.AWS` and `NotPrincipal.AWS` of a resolved document.
fn principals(document: At<'_>) -> Vec<NamedPrincipal> {
    let mut found = Vec::new();
    let Some(statements) = document.field("Statement") else {
        return found;
    };
    let one = statements.node.members().is_empty();
    let all: Vec<At<'_>> = if one { statements.items().gather() } else { vec![statements] };
    for statement in all {
        for element in ["Principal", "NotPrincipal"] {
            let Some(named) = statement.field(element).and_then(|element| element.field("AWS")) else {
                continue;
            };
            let items: Vec<At<'_>> = match named.text() {
                Some(_) => vec![named],
                None => named.items().gather(),
            };
            found.extend(items.into_iter().filter_map(|item| {
                let arn = scalar(item.node)?.to_string();
                Some(NamedPrincipal { arn, span: item.span() })
            }));
        }
    }
    found
}

/// The places of the inline policies in a property `Policies`.
pub(crate) fn inline<'r>(resource: &'r Resource<'_>) -> Vec<(String, At<'r>)> {
    let items = resource.property("Policies").into_iter().flat_map(|list| list.items());
    let read = |item: At<'r>| {
        let name = scalar(item.field("PolicyName")?.node)?.to_string();
        let document = item.node.get("PolicyDocument")?;
        Some((name, At::new(document)))
    };
    items.filter_map(read).gather()
}
