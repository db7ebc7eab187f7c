//! Resource types of Organizations.
//!
//! AWS page: CloudFormation Template Reference, "AWS Organizations". All but the organization itself find their
//! place when everything exists: CloudFormation creates them in the management account.

pub(super) mod account;
pub(super) mod organization;
pub(super) mod organizational_unit;
pub(super) mod policy;

use crate::cloud::Organization;
use crate::scenario::fields;
use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};

/// The organization that the account of a resource manages; without one, a finding.
fn organization<'l>(loading: &'l mut Loading<'_>, resource: &Resource<'_>) -> Option<&'l mut Organization> {
    let Loading { cloud, findings, .. } = loading;
    let found = cloud.organizations.get_mut(resource.account);
    if found.is_none() {
        findings.error("diagnostic.no-organization", resource.at, &[("account", resource.account)]);
    }
    found
}

/// Whether an id is that of the root, a unit or an account of the organization; if not, a finding.
fn is_known(loading: &mut Loading<'_>, resource: &Resource<'_>, at: At<'_>, id: &str) -> bool {
    let Loading { cloud, findings, .. } = loading;
    let Some(organization) = cloud.organizations.get(resource.account) else {
        return false;
    };
    if !organization.has(id) {
        let known = organization.units.keys().chain(organization.accounts.keys());
        let known = &mut known.chain([&organization.root_id]).map(String::as_str);
        fields::unknown(findings, fields::ENTITY, at.span(), id, known);
        return false;
    }
    true
}
