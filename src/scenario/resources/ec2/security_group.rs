//! AWS::EC2::SecurityGroup. AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroup".

use super::security_group_rule::{Direction, EGRESS, INGRESS, read};
use super::{Kind, id_in, network};
use crate::cloud::{DefaultVpc, all_egress};
use crate::cloud::{SecurityGroup, SecurityGroupRule};
use crate::scenario::intrinsics::STACK_NAME;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::SecurityGroup",
    properties: &[
        required("GroupDescription", Shape::Text),
        optional("GroupName", Shape::Text),
        optional("SecurityGroupEgress", Shape::List(&Shape::Object(EGRESS))),
        optional("SecurityGroupIngress", Shape::List(&Shape::Object(INGRESS))),
        optional("Tags", TAGS),
        optional("VpcId", Shape::Text),
    ],
    attributes: &["GroupId", "Id", "VpcId"],
    create,
    connect: Some(connect),
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("sg", &resource.names());
    let vpc_id = match resource.properties.get("VpcId") {
        Some(_) => id_in(loading, resource, Kind::Vpc, "VpcId"),
        None => Some(DefaultVpc::of(&loading.cloud.entropy, resource.account).vpc),
    };
    let vpc_id = vpc_id.unwrap_or_default();
    let name = name(loading, resource, &vpc_id);
    let group = SecurityGroup {
        origin: resource.origin(),
        id: id.clone(),
        name,
        vpc_id: vpc_id.clone(),
        ingress: Vec::new(),
        egress: Vec::new(),
    };
    if let Some(network) = network(loading, resource) {
        network.security_groups.insert(id.clone(), group);
    }
    Identity::new(&id).with("GroupId", &id).with("Id", &id).with("VpcId", vpc_id)
}

/// GroupName, unique in the VPC; made from stack and logical id where none is given.
fn name(loading: &mut Loading<'_>, resource: &Resource<'_>, vpc_id: &str) -> String {
    let Some((at, name)) = resource.given("GroupName") else {
        let suffix = loading.cloud.entropy.unique_id("", &resource.names());
        return format!("{STACK_NAME}-{}-{}", resource.logical_id, suffix.get(..12).unwrap_or(""));
    };
    let right = |c: char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c);
    if name.is_empty() || name.len() > 255 || name.starts_with("sg-") || !name.chars().all(right) {
        loading.findings.error("diagnostic.wrong-group-name", at, &[("name", name)]);
    }
    if name == "default" {
        loading.findings.error("diagnostic.duplicate-name", at, &[("name", name), ("other", vpc_id)]);
    }
    loading.take_name(format!("security-group {vpc_id}"), name, resource.logical_id, at);
    name.to_string()
}

/// Rules come when all groups exist, since two groups may name each other through rule resources.
fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let id = loading.cloud.entropy.ec2("sg", &resource.names());
    let ingress = rules(loading, resource, "SecurityGroupIngress", Direction::Ingress);
    let mut egress = rules(loading, resource, "SecurityGroupEgress", Direction::Egress);
    // An empty list too leaves the rule that every new group has.
    if resource.property("SecurityGroupEgress").is_none_or(|list| list.node.items().is_empty()) {
        egress.push(all_egress(&resource.origin()));
    }
    let network = network(loading, resource);
    if let Some(group) = network.and_then(|network| network.security_groups.get_mut(&id)) {
        group.ingress.splice(0..0, ingress);
        group.egress.splice(0..0, egress);
    }
}

fn rules(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    property: &str,
    direction: Direction,
) -> Vec<SecurityGroupRule> {
    let items = resource.property(property).into_iter().flat_map(|list| list.items());
    items.filter_map(|item| read(loading, resource, item, direction)).collect()
}
