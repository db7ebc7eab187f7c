//! AWS::EC2::SecurityGroup. AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroup".

use super::security_group_rule::{Direction, EGRESS, INGRESS, add};
use super::{Kind, id_in, network};
use crate::cloud::{DefaultVpc, all_egress};
use crate::cloud::{Record, SecurityGroup};
use crate::scenario::findings::At;
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
        let description = resource.string("GroupDescription");
        network.records.insert(id.clone(), Record { description, ..Record::default() });
        network.security_groups.insert(id.clone(), group);
    }
    Identity::new(&id, &[&id, &id, &vpc_id])
}

/// GroupName, unique in the VPC; made from stack and logical id where none is given.
fn name(loading: &mut Loading<'_>, resource: &Resource<'_>, vpc_id: &str) -> String {
    let Some((at, name)) = resource.given("GroupName") else {
        return loading.made_name(resource, 255);
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

/// Rules come when all groups exist, since they may name others by their ids; those of resources stand behind them.
fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some(id) = resource.reference.as_deref() else { return };
    let group = network(loading, resource).and_then(|network| network.security_groups.get_mut(id));
    let Some((ingress, egress)) =
        group.map(|group| (std::mem::take(&mut group.ingress), std::mem::take(&mut group.egress)))
    else {
        return;
    };
    for (name, direction) in
        [("SecurityGroupIngress", Direction::Ingress), ("SecurityGroupEgress", Direction::Egress)]
    {
        for item in resource.property(name).into_iter().flat_map(At::items) {
            add(loading, resource, item, (id, direction));
        }
    }
    let own = resource.property("SecurityGroupEgress");
    let network = network(loading, resource);
    if let Some(group) = network.and_then(|network| network.security_groups.get_mut(id)) {
        // An empty list too leaves the rule that every new group has.
        if own.is_none_or(|list| list.node.items().is_empty()) {
            group.egress.push(all_egress(&resource.origin()));
        }
        group.ingress.extend(ingress);
        group.egress.extend(egress);
    }
}
