//! The modelled CloudFormation resource types: a file each.
//!
//! AWS page: CloudFormation Template Reference. Entry: [`find`].
//! Left out on purpose: every other type, which is a finding where a template names one.

mod ec2;
mod iam;
mod known;
mod organizations;
mod s3;

#[cfg(test)]
mod tests;

use super::fields;
use super::findings::{At, Findings};
use super::loading::{Identity, Loading, Resource};
use super::schema::Property;
use super::suggestion::closest;

/// A resource type.
#[derive(Debug)]
pub(crate) struct ResourceType {
    /// `AWS::IAM::Role`.
    pub name: &'static str,
    pub properties: &'static [Property],
    /// What Fn::GetAtt gives.
    pub attributes: &'static [&'static str],
    /// Makes the resource in the cloud. What it depends on exists.
    pub create: fn(&mut Loading<'_>, &Resource<'_>) -> Identity,
    /// Connects it to others by their names, when all resources of all accounts exist.
    pub connect: Option<fn(&mut Loading<'_>, &Resource<'_>)>,
}

const TYPES: [&ResourceType; 33] = [
    &iam::access_key::TYPE,
    &iam::group::TYPE,
    &iam::inline_policy::GROUP,
    &iam::inline_policy::ROLE,
    &iam::inline_policy::USER,
    &iam::instance_profile::TYPE,
    &iam::managed_policy::TYPE,
    &iam::policy::TYPE,
    &iam::role::TYPE,
    &iam::service_linked_role::TYPE,
    &iam::user::TYPE,
    &iam::user_to_group_addition::TYPE,
    &iam::virtual_mfa_device::TYPE,
    &organizations::account::TYPE,
    &organizations::organization::TYPE,
    &organizations::organizational_unit::TYPE,
    &organizations::policy::TYPE,
    &s3::bucket::TYPE,
    &s3::bucket_policy::TYPE,
    &ec2::eip::TYPE,
    &ec2::instance::TYPE,
    &ec2::internet_gateway::TYPE,
    &ec2::nat_gateway::TYPE,
    &ec2::route::TYPE,
    &ec2::route_table::TYPE,
    &ec2::security_group::TYPE,
    &ec2::security_group_rules::EGRESS,
    &ec2::security_group_rules::INGRESS,
    &ec2::subnet::TYPE,
    &ec2::subnet_route_table_association::TYPE,
    &ec2::vpc::TYPE,
    &ec2::vpc_endpoint::TYPE,
    &ec2::vpc_gateway_attachment::TYPE,
];

/// The modelled type that a `Type` field names. A close one is an error, any other of AWS a warning.
pub(crate) fn find(at: At<'_>, findings: &mut Findings<'_>) -> Option<&'static ResourceType> {
    let name = fields::text(at, findings)?;
    if let Some(known) = TYPES.into_iter().find(|known| known.name == name) {
        return Some(known);
    }
    let is_aws = name.starts_with("AWS::") && name.split("::").count() == 3;
    let is_near = closest(name, &mut TYPES.iter().map(|known| known.name))
        .is_some_and(|near| near.split("::").nth(1) == name.split("::").nth(1) && is_misspelt(near, name));
    if is_aws && !is_near {
        let params = [("name", name)];
        findings.warning("diagnostic.not-modelled.type", at, &params);
    } else {
        let known = &mut TYPES.iter().map(|known| known.name);
        fields::unknown(findings, fields::TYPE, at.span(), name, known);
    }
    None
}

/// Whether two names of one service differ in a letter or two, as no two types of AWS do.
fn is_misspelt(near: &str, name: &str) -> bool {
    near.len().abs_diff(name.len()) <= 1
}
