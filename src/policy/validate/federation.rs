//! Identity providers in role trust policies: OpenID Connect, GitHub, audience claims.
//!
//! AWS page: IAM User Guide, "Create a role for OpenID Connect federation".

use super::issue::{
    CONFIRM_AUDIENCE_CLAIM_TYPE, FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE,
    MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL, MISSING_GITHUB_REPO_CONDITION_KEY,
    SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED,
};
use super::pattern::has_wildcard;
use super::report::Report;
use super::{Document, Effect, Family, Qualifier, Statement};
use crate::arn::Arn;
use crate::gather::Gather;
use crate::policy::PolicyKind;

const GITHUB: &str = "token.actions.githubusercontent.com";

/// Providers whose `aud` claim AWS documents, each with one value.
const SINGLE_AUDIENCE: [&str; 3] = ["accounts.google.com", "cognito-identity.amazonaws.com", "saml"];

/// A federated principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider<'a> {
    /// A SAML provider.
    Saml,
    /// An OpenID Connect provider, with the prefix of its condition keys.
    Oidc(&'a str),
}

impl<'a> Provider<'a> {
    /// From a value of `Federated`: a domain name, or a provider's ARN; `None` if it is neither.
    pub fn of(text: &'a str) -> Option<Self> {
        if text.starts_with("arn:") {
            let arn = Arn::parse(text).filter(|arn| arn.service == "iam" && arn.region.is_empty())?;
            if !super::principal::is_account(arn.account) {
                return None;
            }
            let provider = arn.resource.strip_prefix("saml-provider/").map(|name| (name, Provider::Saml));
            let oidc =
                || arn.resource.strip_prefix("oidc-provider/").map(|name| (name, Provider::Oidc(name)));
            return provider.or_else(oidc).filter(|(name, _)| !name.is_empty()).map(|(_, provider)| provider);
        }
        let label = |label: &str| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        (text.contains('.') && text.split('.').all(label)).then_some(Provider::Oidc(text))
    }
}

/// Conditions that a provider's principal needs, and claims.
pub fn check(document: &Document<'_>, report: &mut Report) {
    for statement in &document.statements {
        audience(statement, report);
        if document.subject.kind == PolicyKind::Trust && statement.effect == Some(Effect::Allow) {
            providers(statement, report);
        }
    }
}

fn providers(statement: &Statement<'_>, report: &mut Report) {
    let Some(principal) = &statement.principal else { return };
    for value in principal.of_kind("Federated") {
        let Some(Provider::Oidc(provider)) = Provider::of(value.text) else { continue };
        let has = |claim: &str| statement.has_key(&format!("{provider}:{claim}"));
        if provider == GITHUB {
            if !has("sub") {
                report.add(MISSING_GITHUB_REPO_CONDITION_KEY, &value.place);
            }
            continue;
        }
        let of_provider = |key: &str| {
            key.get(..provider.len()).is_some_and(|start| start.eq_ignore_ascii_case(provider))
                && key.get(provider.len()..).is_some_and(|rest| rest.starts_with(':'))
        };
        if !statement.conditions.iter().any(|condition| of_provider(condition.key.text)) {
            let entry = report.add(MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL, &value.place);
            entry.with("provider", provider);
        }
    }
    github_subject(statement, report);
}

/// `repo:ORGANIZATION/REPOSITORY:ref:refs/heads/BRANCH`
fn github_subject(statement: &Statement<'_>, report: &mut Report) {
    let is_key = |key: &str, claim: &str| key.eq_ignore_ascii_case(&format!("{GITHUB}:{claim}"));
    let fixed_ref = statement.conditions.iter().any(|condition| {
        is_key(condition.key.text, "ref") && condition.values.iter().all(|value| !has_wildcard(&value.text))
    });
    for condition in statement.conditions.iter().filter(|condition| is_key(condition.key.text, "sub")) {
        if !condition.operator.is_some_and(|operator| operator.is_like() && !operator.negated()) {
            continue;
        }
        for value in condition.values.iter().filter(|value| has_wildcard(&value.text)) {
            let repository: String = value.text.split(':').take(2).gather();
            if has_wildcard(&repository) || !fixed_ref {
                report.add(SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED, &value.place);
            }
        }
    }
}

fn audience(statement: &Statement<'_>, report: &mut Report) {
    for condition in &statement.conditions {
        let Some(provider) = condition.key.text.strip_suffix(":aud") else { continue };
        let Some(operator) = condition.operator.filter(|operator| operator.family != Family::Null) else {
            continue;
        };
        let single = SINGLE_AUDIENCE.iter().any(|known| known.eq_ignore_ascii_case(provider));
        match operator.qualifier {
            Some(Qualifier::ForAnyValue) if single => {
                let entry = report.add(FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE, &condition.operator_place);
                entry.with("key", condition.key.text);
            }
            Some(_) if !single && provider.contains('.') => {
                report
                    .add(CONFIRM_AUDIENCE_CLAIM_TYPE, &condition.operator_place)
                    .with("key", condition.key.text)
                    .with("audienceType", "aud");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_providers_apart() {
        let saml = "arn:aws:iam::111122223333:saml-provider/adfs";
        let oidc = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/1";
        assert_eq!(Provider::of(saml), Some(Provider::Saml));
        assert_eq!(Provider::of(oidc), Some(Provider::Oidc("oidc.example.com/id/1")));
        assert_eq!(Provider::of("accounts.google.com"), Some(Provider::Oidc("accounts.google.com")));
        for wrong in
            ["google", "https://accounts.google.com", "arn:aws:iam::1:saml-provider/x", "arn:aws:s3:::b", ""]
        {
            assert_eq!(Provider::of(wrong), None, "{wrong}");
        }
    }
}
