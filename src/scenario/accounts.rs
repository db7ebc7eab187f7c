//! The section `accounts`: twelve digits to name, region, parameters, template, objects.

use super::fields;
use super::findings::{At, Findings};
use super::template::{self, Template};
use crate::gather::Gather;
use crate::sorted::SortedMap;

/// One entry of `accounts`.
#[derive(Debug)]
pub(crate) struct AccountSource<'a> {
    /// Twelve digits.
    pub id: &'a str,
    /// Unique in the document; the id where none is given.
    pub name: &'a str,
    /// Region of the template.
    pub region: &'a str,
    /// What the stack is created with.
    pub parameters: Option<At<'a>>,
    /// The template body.
    pub template: Template<'a>,
    /// Objects by bucket.
    pub objects: Option<At<'a>>,
}

/// More accounts than any scenario that a person reads has.
const MAX_ACCOUNTS: usize = 50;

/// Resources of all accounts together.
const MAX_RESOURCES: usize = 5_000;

pub(super) const FIELDS: [&str; 5] = ["name", "region", "parameters", "template", "objects"];

/// Reads all accounts.
pub(crate) fn read<'a>(at: At<'a>, findings: &mut Findings<'_>) -> Vec<AccountSource<'a>> {
    if !fields::is_object(at, findings) {
        return Vec::new();
    }
    if at.node.members().is_empty() {
        findings.error("diagnostic.no-account", at, &[]);
    }
    if at.node.members().len() > MAX_ACCOUNTS {
        let limit = MAX_ACCOUNTS.to_string();
        findings.error("diagnostic.too-many-entries", at, &[("name", "accounts"), ("limit", &limit)]);
        return Vec::new();
    }
    let mut names = SortedMap::new();
    let mut accounts = Vec::new();
    let mut resources = 0;
    for (id, account) in at.members() {
        accounts.extend(read_account(id, account, &mut names, findings));
        resources +=
            accounts.last().map_or(0, |account: &AccountSource<'_>| account.template.resources.len());
        if resources > MAX_RESOURCES {
            let limit = MAX_RESOURCES.to_string();
            findings.error("diagnostic.too-many-entries", at, &[("name", "Resources"), ("limit", &limit)]);
            return Vec::new();
        }
    }
    accounts
}

fn read_account<'a>(
    id: &'a str,
    at: At<'a>,
    names: &mut SortedMap<&'a str, &'a str>,
    findings: &mut Findings<'_>,
) -> Option<AccountSource<'a>> {
    if id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        findings.error("diagnostic.wrong-account-id", at, &[("account", id)]);
        return None;
    }
    if !fields::check(at, &FIELDS, findings) {
        return None;
    }
    let name = at.field("name").and_then(|name| {
        let text = fields::text(name, findings)?;
        if let Some(other) = names.insert(text, id) {
            findings.error("diagnostic.duplicate-account-name", name, &[("name", text), ("other", other)]);
        }
        Some(text)
    });
    let region = at.field("region").and_then(|region| {
        let text = fields::text(region, findings)?;
        if !is_region(text) {
            findings.error("diagnostic.wrong-region", region, &[("region", text)]);
            return None;
        }
        Some(text)
    });
    let parameters = at.field("parameters").filter(|parameters| fields::is_object(*parameters, findings));
    let objects = at.field("objects").filter(|objects| fields::is_object(*objects, findings));
    let template = at.field("template").map(|template| template::read(template, findings));
    Some(AccountSource {
        id,
        name: name.unwrap_or(id),
        region: region.unwrap_or("us-east-1"),
        parameters,
        template: template.unwrap_or_default(),
        objects,
    })
}

/// A region of the partition `aws`, by its form: `ap-northeast-2`, `us-east-1`, `il-central-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').gather();
    let [area, direction, number] = parts.as_slice() else {
        return false;
    };
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    area.len() == 2
        && *area != "cn"
        && letters(area)
        && direction.len() >= 4
        && letters(direction)
        && number.len() == 1
        && number.bytes().all(|byte| (b'1'..=b'9').contains(&byte))
}
