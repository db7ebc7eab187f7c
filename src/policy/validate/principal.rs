//! `Principal` and `NotPrincipal`.
//!
//! AWS page: IAM User Guide, "AWS JSON policy elements: Principal".

use super::federation::Provider;
use super::issue::{
    ALLOW_WITH_NOT_PRINCIPAL, DATA_TYPE_MISMATCH, FEDERATED_PRINCIPAL_NOT_SUPPORTED,
    INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY, INVALID_PRINCIPAL_FORMAT, INVALID_PRINCIPAL_KEY,
    INVALID_ROLE_REFERENCE, INVALID_SERVICE_PRINCIPAL_FORMAT, INVALID_USER_REFERENCE,
    REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY, ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL,
    ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL, SCP_SYNTAX_ERROR_PRINCIPAL, UNSUPPORTED_PRINCIPAL,
    UNSUPPORTED_WILDCARD_IN_PRINCIPAL,
};
use super::pattern::has_wildcard;
use super::report::Report;
use super::{Document, Effect, Place, Principal, Statement, Value, variable};
use crate::arn::Arn;
use crate::json::Value as Json;
use crate::policy::PolicyKind;
use crate::sorted::SortedSet;

/// Whether the policy's type has principals, and each principal.
pub fn check(document: &Document<'_>, report: &mut Report) {
    let kind = document.subject.kind;
    for statement in &document.statements {
        for (name, principal) in elements(statement) {
            match kind {
                PolicyKind::Identity => {
                    let entry = report.add(UNSUPPORTED_PRINCIPAL, &principal.place);
                    entry.with("policyType", document.subject.policy_type()).with("element", name);
                    continue;
                }
                PolicyKind::ServiceControl => {
                    report.add(SCP_SYNTAX_ERROR_PRINCIPAL, &principal.place).with("element", name);
                    continue;
                }
                // Only `*` is legal there: the organization's checks say so.
                PolicyKind::ResourceControl => continue,
                PolicyKind::Resource | PolicyKind::Trust | PolicyKind::VpcEndpoint => {}
            }
            one(principal, kind, report);
        }
        if let Some(principal) = &statement.not_principal {
            if kind == PolicyKind::Trust {
                report.add(ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL, &principal.place);
            } else if statement.effect == Some(Effect::Allow)
                && matches!(kind, PolicyKind::Resource | PolicyKind::VpcEndpoint)
            {
                report.add(ALLOW_WITH_NOT_PRINCIPAL, &principal.place);
            }
        }
    }
}

fn elements<'a, 'b>(statement: &'b Statement<'a>) -> impl Iterator<Item = (&'static str, &'b Principal<'a>)> {
    let principal = statement.principal.iter().map(|principal| ("Principal", principal));
    principal.chain(statement.not_principal.iter().map(|principal| ("NotPrincipal", principal)))
}

fn one(principal: &Principal<'_>, kind: PolicyKind, report: &mut Report) {
    match principal.text {
        Some("*") if kind == PolicyKind::Trust => {
            report.add(ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL, &principal.place);
        }
        Some("*") => {}
        Some(text) if variable::first(text).is_some() => {}
        Some(_) => _ = report.add(INVALID_PRINCIPAL_FORMAT, &principal.place),
        None if !matches!(principal.node.value, Json::Object(_)) => {
            report.add(INVALID_PRINCIPAL_FORMAT, &principal.place);
        }
        None => {}
    }
    for member in principal.node.members() {
        let place = Place::new(principal.place.pointer.key(&member.key), member.key_span);
        if !matches!(&*member.key, "AWS" | "CanonicalUser" | "Federated" | "Service") {
            report.add(INVALID_PRINCIPAL_KEY, &place).with("principalKey", &*member.key);
        } else if !matches!(member.node.value, Json::String(_) | Json::Array(_)) {
            let place = Place::new(place.pointer, member.node.span);
            report.add(DATA_TYPE_MISMATCH, &place).with("dataType", "string");
        }
        for (at, item) in member.node.items().iter().enumerate().filter(|(_, item)| item.as_str().is_none()) {
            let place = Place::new(principal.place.pointer.key(&member.key).item(at), item.span);
            report.add(DATA_TYPE_MISMATCH, &place).with("dataType", "string");
        }
    }
    for value in written(principal, "AWS") {
        aws(value, report);
    }
    for value in written(principal, "Service") {
        service(value, report);
    }
    for value in written(principal, "Federated") {
        federated(value, kind, report);
    }
    if kind == PolicyKind::Trust {
        sessions_beside_their_role(principal, report);
    }
}

/// The values of one kind without variables, which have a finding of their own.
fn written<'a, 'b>(principal: &'b Principal<'a>, kind: &'static str) -> impl Iterator<Item = &'b Value<'a>> {
    principal.of_kind(kind).filter(|value| variable::first(value.text).is_none())
}

fn wildcard(value: &Value<'_>, key: &str, report: &mut Report) -> bool {
    if !has_wildcard(value.text) {
        return false;
    }
    report.add(UNSUPPORTED_WILDCARD_IN_PRINCIPAL, &value.place).with("principalKey", key);
    true
}

fn aws(value: &Value<'_>, report: &mut Report) {
    let text = value.text;
    if text == "*" || wildcard(value, "AWS", report) {
        return;
    }
    if is_unique_id(text, "AROA") {
        report.add(INVALID_ROLE_REFERENCE, &value.place).with("roleid", text);
    } else if is_unique_id(text, "AIDA") {
        report.add(INVALID_USER_REFERENCE, &value.place).with("userid", text);
    } else if !is_account(text) && !Arn::parse(text).is_some_and(|arn| is_principal(&arn)) {
        report.add(INVALID_PRINCIPAL_FORMAT, &value.place).with("principal", text).variant("value");
    }
}

/// Twelve digits.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `AROA...` or `AIDA...`, perhaps with a session's name.
fn is_unique_id(text: &str, prefix: &str) -> bool {
    let id = text.split(':').next().unwrap_or("");
    id.len() >= 16
        && id.starts_with(prefix)
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Accounts, users, roles, and their sessions; groups can't be principals.
fn is_principal(arn: &Arn<'_>) -> bool {
    // CloudFront's origin access identities have a user ARN of their own.
    let account = is_account(arn.account) || arn.account == "cloudfront";
    let kind = match arn.service {
        "iam" => {
            arn.resource == "root"
                || ["user/", "role/", "assumed-role/"].iter().any(|kind| arn.resource.starts_with(kind))
        }
        "sts" => ["assumed-role/", "federated-user/"].iter().any(|kind| arn.resource.starts_with(kind)),
        _ => false,
    };
    kind && account && arn.region.is_empty() && !arn.partition.is_empty() && !arn.resource.ends_with('/')
}

fn service(value: &Value<'_>, report: &mut Report) {
    if !wildcard(value, "Service", report) && !is_service_principal(value.text) {
        let entry = report.add(INVALID_SERVICE_PRINCIPAL_FORMAT, &value.place);
        entry.with("principal", value.text).with("expectedFormat", "service-name.amazonaws.com");
    }
}

/// `ec2.amazonaws.com`, also with a Region; a few services end in `amazon.com`.
pub fn is_service_principal(text: &str) -> bool {
    let name = [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or("");
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    name.split('.').all(label)
}

fn federated(value: &Value<'_>, kind: PolicyKind, report: &mut Report) {
    if kind != PolicyKind::Trust {
        report.add(FEDERATED_PRINCIPAL_NOT_SUPPORTED, &value.place);
    } else if !wildcard(value, "Federated", report) && Provider::of(value.text).is_none() {
        let entry = report.add(INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY, &value.place);
        entry.with("principal", value.text);
    }
}

/// A role's sessions are the role already.
fn sessions_beside_their_role(principal: &Principal<'_>, report: &mut Report) {
    let mut roles = SortedSet::new();
    for value in principal.of_kind("AWS") {
        let Some(arn) = Arn::parse(value.text).filter(|arn| arn.service == "iam") else { continue };
        if let Some(path) = arn.resource.strip_prefix("role/") {
            roles.insert((arn.account, path.rsplit('/').next().unwrap_or(path)));
        }
    }
    for value in principal.of_kind("AWS") {
        let session =
            Arn::parse(value.text).and_then(|arn| Some((arn, arn.resource.strip_prefix("assumed-role/")?)));
        let Some((arn, session)) = session else { continue };
        let role = session.split('/').next().unwrap_or(session);
        if roles.contains(&(arn.account, role)) {
            report
                .add(REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY, &value.place)
                .with("redundantPrincipal", value.text)
                .with("parentRole", role);
        }
    }
}
