//! Policy documents that requests carry: read as those of a scenario, or refused in AWS's words.
//!
//! AWS pages: IAM API Reference, "CreatePolicy" (MalformedPolicyDocument); IAM User Guide, "IAM JSON policy elements".
//! Which of several faults AWS tells first isn't documented: here the first in the order of the text.

use crate::arn::Arn;
use crate::cloud::Cloud;
use crate::json::{self, Node, Span, Value};
use crate::policy::{Document, Fault, Policy, PolicyKind, PrincipalPattern, Statement};
use crate::services::errors::*;
use std::sync::Arc;

/// Reads a document. `name` is how it is cited.
///
/// # Errors
/// MalformedPolicyDocument; ValidationError for characters that IAM doesn't take.
pub(super) fn read(
    cloud: &Cloud,
    name: &str,
    arn: Option<String>,
    text: &str,
    kind: PolicyKind,
) -> Result<Arc<Policy>, AwsError> {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}');
    if !text.chars().all(legal) {
        return Err(IAM_DOCUMENT_CHARACTERS.error());
    }
    let node = json::parse(text).map_err(|_| match kind {
        PolicyKind::Trust => IAM_INVALID_JSON.error(),
        _ => IAM_SYNTAX.error(),
    })?;
    let policy = Policy::parse(name, arn, "", Arc::from(text), &node, kind);
    let policy = policy.map_err(|faults| faults.first().map_or_else(|| IAM_SYNTAX.error(), malformed))?;
    let document = policy.document.as_deref();
    if let Some(error) = document.and_then(|document| match kind {
        PolicyKind::Trust => trust_fault(cloud, document),
        _ => identity_fault(document),
    }) {
        return Err(error);
    }
    Ok(Arc::new(policy))
}

fn malformed(fault: &Fault) -> AwsError {
    let param = |name: &'static str| fault.params.get(name).map_or("", String::as_str);
    match fault.short_code() {
        "duplicate-sid" => IAM_DUPLICATE_SID.error(),
        "missing-action" => IAM_NO_ACTIONS.error(),
        "missing-resource" => IAM_NO_RESOURCES.error(),
        "forbidden-resource" => IAM_PROHIBITED.with(&[("element", "Resource")]),
        "forbidden-not-principal" => IAM_PROHIBITED.with(&[("element", "NotPrincipal")]),
        "forbidden-principal" => IAM_PRINCIPAL.error(),
        "missing-principal" => IAM_NO_PRINCIPAL.error(),
        "invalid-principal" => invalid_principal("AWS", param("principal")),
        _ => IAM_SYNTAX.error(),
    }
}

fn invalid_principal(kind: &str, principal: &str) -> AwsError {
    IAM_INVALID_PRINCIPAL.with(&[("kind", kind), ("principal", principal)])
}

/// What identity policies may not say although the grammar lets them.
fn identity_fault(document: &Document) -> Option<AwsError> {
    for statement in &document.statements {
        let vendorless = |text: &str| text != "*" && !text.contains(':');
        if statement.actions.patterns.iter().any(|action| vendorless(action.text())) {
            return Some(IAM_VENDOR.error());
        }
        let resources = statement.resources.iter().flat_map(|resources| &resources.patterns);
        for resource in resources.map(|resource| resource.text()) {
            let is_arn = resource.starts_with("arn:") || resource.starts_with("${");
            if !resource.chars().all(|c| c == '*') && !is_arn {
                return Some(IAM_RESOURCE.with(&[("resource", resource)]));
            }
            // Wildcards may stand for the parts that are missing.
            if is_arn && Arn::parse(resource).is_none() && !resource.contains(['*', '$']) {
                return Some(IAM_LEGACY_PARSING.error());
            }
        }
    }
    None
}

/// A trust policy's actions are those of assuming a role, and whom it names exists.
fn trust_fault(cloud: &Cloud, document: &Document) -> Option<AwsError> {
    for statement in &document.statements {
        let sts = |text: &str| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sts:"));
        if statement.actions.patterns.iter().any(|action| !sts(action.text())) {
            return Some(IAM_TRUST_ACTIONS.error());
        }
        for principal in statement.principal.iter().flat_map(|element| &element.patterns) {
            if let PrincipalPattern::Arn(text) = principal
                && !exists(cloud, text)
            {
                return Some(invalid_principal("AWS", text));
            }
        }
    }
    None
}

/// Whether a user or role exists; those of accounts that aren't modelled are taken to.
fn exists(cloud: &Cloud, principal: &str) -> bool {
    let Some(arn) = Arn::parse(principal).filter(|arn| arn.service == "iam") else { return true };
    let Some(account) = cloud.accounts.get(arn.account) else { return true };
    account.roles.values().any(|role| role.arn == principal)
        || account.users.values().any(|user| user.arn == principal)
}

/// Calls a principal otherwise where trust and bucket policies name it. Who is deleted isn't named any more: its unique
/// id takes the place of its ARN, so that another user or role of that name isn't meant. Who is renamed is still meant.
/// What policies say of it as a resource or in conditions stays as it is.
///
/// AWS pages: IAM User Guide, "AWS JSON policy elements: Principal" and "Rename an IAM user".
pub(super) fn call_principal(cloud: &mut Cloud, old: &str, new: &str) {
    for role in cloud.accounts.values_mut().flat_map(|account| account.roles.values_mut()) {
        if let Some(policy) = called(&role.trust_policy, old, new, PolicyKind::Trust) {
            role.trust_policy = policy;
        }
    }
    for bucket in cloud.buckets.values_mut() {
        let policy = bucket.policy.as_ref();
        let Some(policy) = policy.and_then(|policy| called(policy, old, new, PolicyKind::Resource)) else {
            continue;
        };
        bucket.policy_text = Some(policy.text.clone());
        bucket.policy = Some(policy);
    }
}

/// The policy with a principal called otherwise; `None`: it doesn't name it.
fn called(policy: &Policy, old: &str, new: &str, kind: PolicyKind) -> Option<Arc<Policy>> {
    let named = |statement: &Statement| {
        let principals = statement.principal.iter().flat_map(|element| &element.patterns);
        principals
            .into_iter()
            .any(|principal| matches!(principal, PrincipalPattern::Arn(text) if **text == *old))
    };
    if !policy.statements().iter().any(named) {
        return None;
    }
    let mut text = plain(policy, kind);
    let mut quoted = String::new();
    json::quote(new, &mut quoted);
    let spans: Vec<Span> = principals(&json::parse(&text).ok()?, old);
    for span in spans.iter().rev() {
        text.replace_range(span.start as usize..span.end as usize, &quoted);
    }
    let node = json::parse(&text).ok()?;
    let (name, pointer) = (policy.name.as_str(), policy.pointer.as_str());
    Policy::parse(name, policy.arn.clone(), pointer, Arc::from(text), &node, kind).ok().map(Arc::new)
}

/// Where a document names the principal, in order.
fn principals(document: &Node, name: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for member in document.get("Statement").map(each).unwrap_or_default().iter().flat_map(Node::members) {
        if matches!(&*member.key, "Principal" | "NotPrincipal") {
            for entry in member.node.members().iter().flat_map(|kind| each(&kind.node)) {
                if entry.as_str() == Some(name) {
                    spans.push(entry.span);
                }
            }
        }
    }
    spans
}

/// The items of an array; what isn't one is its own item.
fn each(node: &Node) -> &[Node] {
    match &node.value {
        Value::Array(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// A document's size as IAM counts it.
pub(super) fn size(policy: &Policy) -> usize {
    policy.text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A document as the API gives it back: percent-encoded.
pub(super) fn encoded(policy: &Policy, kind: PolicyKind) -> String {
    percent_encoding::utf8_percent_encode(&plain(policy, kind), UNRESERVED).to_string()
}

/// A document as written. One with intrinsic functions of a template is written anew, with what they stand for.
fn plain(policy: &Policy, kind: PolicyKind) -> String {
    let own = json::parse(&policy.text).ok().filter(|node| Document::parse(node, kind).is_ok());
    match (&own, &policy.document) {
        (None, Some(document)) => json::to_compact(&document.to_node()),
        _ => policy.text.to_string(),
    }
}

const UNRESERVED: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
