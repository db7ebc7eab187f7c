//! Principal and NotPrincipal.

use super::super::fault::INVALID_PRINCIPAL;
use super::super::matching::{PrincipalElement, PrincipalPattern};
use super::Reader;
use super::place::Place;
use crate::arn::Arn;
use crate::json::{Node, Params, Value};

impl Reader {
    pub(super) fn principals(
        &mut self,
        node: &Node,
        place: Place<'_>,
        negated: bool,
    ) -> Option<PrincipalElement> {
        if let Value::String(text) = &node.value {
            if &**text == "*" {
                return Some(PrincipalElement { negated, patterns: [PrincipalPattern::Everyone].into() });
            }
            self.invalid_principal(text, node, place);
            return None;
        }
        let mut patterns = Vec::new();
        for member in self.object(node, place)? {
            let place = place.key(&member.key);
            let Some(read) = reader_of(&member.key) else {
                self.invalid_principal(&member.key, &member.node, place);
                continue;
            };
            let items = match &member.node.value {
                Value::Array(items) => items.as_slice(),
                _ => std::slice::from_ref(&member.node),
            };
            for (number, item) in items.iter().enumerate() {
                let place =
                    if matches!(member.node.value, Value::Array(_)) { place.item(number) } else { place };
                let Some(text) = self.string(item, place) else { continue };
                match read(text) {
                    Some(pattern) => patterns.push(pattern),
                    None => self.invalid_principal(text, item, place),
                }
            }
        }
        Some(PrincipalElement { negated, patterns: patterns.into() })
    }

    fn invalid_principal(&mut self, text: &str, node: &Node, place: Place<'_>) {
        self.fault_with(INVALID_PRINCIPAL, node, place, Params::from([("principal", text.to_string())]));
    }
}

fn reader_of(key: &str) -> Option<fn(&str) -> Option<PrincipalPattern>> {
    Some(match key {
        "AWS" => aws,
        "Service" => service,
        "Federated" => |text| (!text.is_empty()).then(|| PrincipalPattern::Federated(text.into())),
        "CanonicalUser" => |text| (!text.is_empty()).then(|| PrincipalPattern::CanonicalUser(text.into())),
        _ => return None,
    })
}

fn aws(text: &str) -> Option<PrincipalPattern> {
    if text == "*" {
        return Some(PrincipalPattern::Everyone);
    }
    if is_account(text) {
        return Some(PrincipalPattern::Account { text: text.into(), account: text.into(), partition: None });
    }
    if is_unique_id(text) {
        return Some(PrincipalPattern::UniqueId(text.into()));
    }
    let arn = Arn::parse(text)?;
    if text.contains(['*', '?']) || !is_account(arn.account) {
        return None;
    }
    match (arn.service, arn.resource) {
        ("iam", "root") => Some(PrincipalPattern::Account {
            text: text.into(),
            account: arn.account.into(),
            partition: Some(arn.partition.into()),
        }),
        ("iam", resource) => ["user/", "role/"]
            .iter()
            .any(|kind| resource.len() > kind.len() && resource.starts_with(kind))
            .then(|| PrincipalPattern::Arn(text.into())),
        ("sts", resource) => ["assumed-role/", "federated-user/"]
            .iter()
            .any(|kind| resource.len() > kind.len() && resource.starts_with(kind))
            .then(|| PrincipalPattern::Arn(text.into())),
        _ => None,
    }
}

fn service(text: &str) -> Option<PrincipalPattern> {
    if text == "*" {
        return Some(PrincipalPattern::EveryService);
    }
    (text.contains('.') && !text.contains(['*', '?'])).then(|| PrincipalPattern::Service(text.into()))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `AIDA` or `AROA` and at least sixteen letters and digits.
fn is_unique_id(text: &str) -> bool {
    text.len() >= 20
        && (text.starts_with("AIDA") || text.starts_with("AROA"))
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
