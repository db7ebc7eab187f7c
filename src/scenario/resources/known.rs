//! What resources name by id or name, and whether it is there.

use crate::cloud::Account;
use crate::gather::Gather;
use crate::scenario::fields;
use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};

/// Kinds of thing that an account has and other resources name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    ElasticIp,
    Group,
    Instance,
    InstanceProfile,
    InternetGateway,
    NatGateway,
    Role,
    RouteTable,
    SecurityGroup,
    Subnet,
    User,
    Vpc,
}

/// Ids or names of an account's things of one kind, sorted.
fn all(account: &Account, kind: Kind) -> &[String] {
    let network = &account.network;
    let all = match kind {
        Kind::ElasticIp => network.elastic_ips.keys(),
        Kind::Group => account.groups.keys(),
        Kind::Instance => account.instances.keys(),
        Kind::InstanceProfile => account.instance_profiles.keys(),
        Kind::InternetGateway => network.internet_gateways.keys(),
        Kind::NatGateway => network.nat_gateways.keys(),
        Kind::Role => account.roles.keys(),
        Kind::RouteTable => network.route_tables.keys(),
        Kind::SecurityGroup => network.security_groups.keys(),
        Kind::Subnet => network.subnets.keys(),
        Kind::User => account.users.keys(),
        Kind::Vpc => network.vpcs.keys(),
    };
    all.as_slice()
}

/// Whether the account has that; if not, a finding.
pub(super) fn is_known(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    (at, id): (At<'_>, &str),
) -> bool {
    let Loading { cloud, findings, .. } = loading;
    let Some(account) = cloud.accounts.get(resource.account) else {
        return false;
    };
    let all = all(account, kind);
    let is_there = all.binary_search_by(|other| other.as_str().cmp(id)).is_ok();
    if !is_there {
        fields::unknown(findings, fields::ENTITY, at.span(), id, &mut all.iter().map(String::as_str));
    }
    is_there
}

/// The id in a property, if it is given and the account has it.
pub(super) fn id_in(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    name: &str,
) -> Option<String> {
    let given = resource.given(name)?;
    is_known(loading, resource, kind, given).then(|| given.1.to_string())
}

/// The ids in a list that the account has.
pub(super) fn ids_in(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    list: Option<At<'_>>,
) -> Vec<String> {
    let mut texts = texts(list);
    texts.retain(|given| is_known(loading, resource, kind, *given));
    texts.into_iter().map(|(_, id)| id.to_string()).gather()
}

/// The strings of a list, each with its place.
pub(super) fn texts(list: Option<At<'_>>) -> Vec<(At<'_>, &str)> {
    let items = list.into_iter().flat_map(At::items);
    items.filter_map(|item| Some((item, crate::scenario::intrinsics::scalar(item.node)?))).gather()
}
