//! Networks and instances.

use super::{merge_list, merge_map, set};
use crate::clock::Timestamp;
use crate::cloud::{Account, Instance, Network, SecurityGroup, SecurityGroupRule};

/// Carries over what a patch changes.
pub(super) fn update(account: &mut Account, (before, after): (&Account, &Account), now: Timestamp) {
    let instances = (&before.instances, &after.instances);
    merge_map(&mut account.instances, instances, &|instance| instance.launched = now, &update_instance);
    let live = &mut account.network;
    let (before, after) = (&before.network, &after.network);
    merge_map(&mut live.vpcs, (&before.vpcs, &after.vpcs), &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, cidr, dns_support, dns_hostnames);
    });
    merge_map(&mut live.subnets, (&before.subnets, &after.subnets), &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, vpc_id, cidr, availability_zone, map_public_ip_on_launch, route_table);
    });
    update_gateways(live, before, after);
}

/// Route tables, gateways, endpoints, security groups.
fn update_gateways(live: &mut Network, before: &Network, after: &Network) {
    let tables = (&before.route_tables, &after.route_tables);
    merge_map(&mut live.route_tables, tables, &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, vpc_id);
        merge_list(&mut live.routes, &before.routes, &after.routes);
    });
    let gateways = (&before.internet_gateways, &after.internet_gateways);
    merge_map(&mut live.internet_gateways, gateways, &|_| {}, &set);
    merge_map(&mut live.nat_gateways, (&before.nat_gateways, &after.nat_gateways), &|_| {}, &set);
    merge_map(&mut live.elastic_ips, (&before.elastic_ips, &after.elastic_ips), &|_| {}, &set);
    let endpoints = (&before.vpc_endpoints, &after.vpc_endpoints);
    merge_map(&mut live.vpc_endpoints, endpoints, &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, vpc_id, service, kind, policy);
    });
    let records = (&before.records, &after.records);
    merge_map(&mut live.records, records, &|_| {}, &|live, before, after| {
        set_each!(live, before, after: tags, description);
    });
    let groups = (&before.security_groups, &after.security_groups);
    merge_map(&mut live.security_groups, groups, &|_| {}, &update_security_group);
}

fn update_instance(live: &mut Instance, before: &Instance, after: &Instance) {
    set_each!(live, before, after: origin, image_id, instance_type, subnet_id, vpc_id, private_ip, public_ip, security_groups, instance_profile, metadata_options, tags);
}

/// A group whose last rule for traffic out is taken away has none: the one that lets everything out comes with
/// a new group alone.
fn update_security_group(live: &mut SecurityGroup, before: &SecurityGroup, after: &SecurityGroup) {
    set_each!(live, before, after: origin, name, vpc_id);
    merge_list(&mut live.ingress, &before.ingress, &after.ingress);
    let comes_with_the_group = |rule: &SecurityGroupRule| rule.origin.pointer == after.origin.pointer;
    let mut egress = after.egress.clone();
    if !before.egress.iter().any(comes_with_the_group) {
        egress.retain(|rule| !comes_with_the_group(rule));
    }
    merge_list(&mut live.egress, &before.egress, &egress);
}
