//! AuthorizeSecurityGroupIngress and -Egress, RevokeSecurityGroupIngress and -Egress, DescribeSecurityGroupRules.
//!
//! AWS pages: EC2 API Reference, "IpPermission" and "SecurityGroupRule". A rule's id depends on its group and what it
//! says. Left out on purpose: groups of other accounts.

use super::describe::Describe;
use super::exchange::{Ec2, invalid, required};
use super::resource::{SECURITY_GROUP, SECURITY_GROUP_RULE};
use super::tags;
use super::vpc::done;
use crate::cloud::{Account, Origin, Record, SecurityGroup, SecurityGroupPeer, SecurityGroupRule};
use crate::gather::Gather;
use crate::ids::Entropy;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

/// Most rules that a group takes each way.
const MAX_RULES: usize = 60;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "SecurityGroupRuleId",
    id: "securityGroupRuleId",
    set: "securityGroupRuleSet",
    kind: &SECURITY_GROUP_RULE,
    all: |ec2, _| {
        let account = ec2.own()?;
        let mut items = Vec::new();
        for group in account.network.security_groups.values() {
            for (egress, rules) in [(false, &group.ingress), (true, &group.egress)] {
                items.extend(rules.iter().map(|rule| tree(ec2, account, group, egress, rule)));
            }
        }
        Ok(items)
    },
    filters: "group-id=groupId security-group-rule-id=securityGroupRuleId",
    arrange: |items| items,
};

/// The field and text of a rule's other side.
fn peer(rule: &SecurityGroupRule) -> (&'static str, String) {
    let field = match &rule.peer {
        SecurityGroupPeer::Cidr(_) => "cidrIpv4",
        SecurityGroupPeer::CidrV6(_) => "cidrIpv6",
        SecurityGroupPeer::SecurityGroup(_) => "groupId",
        SecurityGroupPeer::PrefixList(_) => "prefixListId",
    };
    (field, rule.peer.text())
}

/// First and last port as EC2 writes them; -1 for all.
fn ports(rule: &SecurityGroupRule) -> Option<[String; 2]> {
    match rule.ports {
        Some((first, last)) => Some([first.to_string(), last.to_string()]),
        None if rule.protocol == "-1" => None,
        None => Some(["-1".to_string(), "-1".to_string()]),
    }
}

/// The description of a group or rule.
pub(super) fn description<'a>(account: &'a Account, id: &str) -> Option<&'a str> {
    let record = account.network.records.get(id)?;
    Some(record.description.as_str()).filter(|described| !described.is_empty())
}

fn tree(
    ec2: &Ec2<'_, '_>,
    account: &Account,
    group: &SecurityGroup,
    egress: bool,
    rule: &SecurityGroupRule,
) -> Tree {
    let id = rule.id(ec2.cloud().entropy, &group.id, egress);
    let mut tree = Tree::new();
    tree.texts(&[("securityGroupRuleId", &id), ("groupId", &group.id), ("groupOwnerId", &account.id)]);
    tree.flag("isEgress", egress);
    tree.text("ipProtocol", &rule.protocol);
    let [first, last] = ports(rule).unwrap_or(["-1".to_string(), "-1".to_string()]);
    tree.texts(&[("fromPort", &first), ("toPort", &last)]);
    let (name, value) = peer(rule);
    match name {
        "groupId" => {
            let mut other = Tree::new();
            other.texts(&[("groupId", &value), ("userId", &account.id)]);
            tree.put("referencedGroupInfo", other);
        }
        name => tree.text(name, &value),
    }
    if let Some(described) = description(account, &id) {
        tree.text("description", described);
    }
    tree.put("tagSet", tags::tree(tags::of(account, &id)));
    tree.text("securityGroupRuleArn", &ec2.arn("security-group-rule", &id));
    tree
}

/// The rules of one way, those of the same protocol and ports together.
pub(super) fn permissions(account: &Account, entropy: Entropy, group: &SecurityGroup, egress: bool) -> Tree {
    let rules = if egress { &group.egress } else { &group.ingress };
    let mut seen: Vec<&SecurityGroupRule> = Vec::new();
    let mut items = Vec::new();
    for rule in rules {
        let alike = |other: &SecurityGroupRule| other.protocol == rule.protocol && other.ports == rule.ports;
        if seen.iter().any(|other| alike(other)) {
            continue;
        }
        seen.push(rule);
        let mut item = Tree::new();
        item.text("ipProtocol", &rule.protocol);
        if let Some([first, last]) = ports(rule) {
            item.texts(&[("fromPort", &first), ("toPort", &last)]);
        }
        for (list, kind, field) in [
            ("groups", "groupId", "groupId"),
            ("ipRanges", "cidrIpv4", "cidrIp"),
            ("ipv6Ranges", "cidrIpv6", "cidrIpv6"),
            ("prefixListIds", "prefixListId", "prefixListId"),
        ] {
            let peers = rules.iter().filter(|other| alike(other) && peer(other).0 == kind);
            let item_of = |rule: &SecurityGroupRule| {
                let mut one = Tree::new();
                one.text(field, &peer(rule).1);
                if list == "groups" {
                    one.text("userId", &account.id);
                }
                if let Some(described) = description(account, &rule.id(entropy, &group.id, egress)) {
                    one.text("description", described);
                }
                one
            };
            item.put(list, Tree::Items(peers.map(item_of).gather()));
        }
        items.push(item);
    }
    Tree::Items(items)
}

/// The rules that a request describes, each with its description.
fn read(ec2: &Ec2<'_, '_>, input: &Parameters) -> Result<Vec<(SecurityGroupRule, String)>, AwsError> {
    let mut rules = Vec::new();
    if input.get("IpProtocol").is_some() {
        let (protocol, ports) = traffic(input, "")?;
        let range = super::exchange::cidr(input, "CidrIp")?;
        rules.push((rule(protocol, ports, SecurityGroupPeer::Cidr(range)), String::new()));
    }
    for place in 1..=input.list("IpPermissions", ".IpProtocol").len() {
        let name = format!("IpPermissions.{place}.");
        let (protocol, ports) = traffic(input, &name)?;
        for (list, field) in [
            ("IpRanges", "CidrIp"),
            ("Ipv6Ranges", "CidrIpv6"),
            ("PrefixListIds", "PrefixListId"),
            ("Groups", "GroupId"),
        ] {
            let list = [&name, list].concat();
            let values = input.list(&list, &[".", field].concat());
            for (place, value) in values.into_iter().enumerate() {
                let peer = match field {
                    "CidrIp" => SecurityGroupPeer::Cidr(super::exchange::cidr(
                        input,
                        &format!("{list}.{}.CidrIp", place + 1),
                    )?),
                    "CidrIpv6" if value.parse::<ipnet::Ipv6Net>().is_ok() => {
                        SecurityGroupPeer::CidrV6(value.into())
                    }
                    "CidrIpv6" => return Err(invalid("CidrIpv6", value, "This is not a valid CIDR block.")),
                    "GroupId" if ec2.own()?.network.security_groups.contains_key(value) => {
                        SecurityGroupPeer::SecurityGroup(value.into())
                    }
                    "GroupId" => return Err(SECURITY_GROUP.missing(value)),
                    _ => SecurityGroupPeer::PrefixList(value.into()),
                };
                let description = input.get(&format!("{list}.{}.Description", place + 1)).unwrap_or_default();
                rules.push((rule(protocol.clone(), ports, peer), description.to_string()));
            }
        }
    }
    if rules.is_empty() {
        Err(EC2_MISSING_PARAMETER.with(&[("parameter", "ipPermissions")]))
    } else {
        Ok(rules)
    }
}

fn rule(protocol: String, ports: Option<(u16, u16)>, peer: SecurityGroupPeer) -> SecurityGroupRule {
    SecurityGroupRule { origin: Origin::default(), protocol, ports, peer }
}

/// Protocol and ports.
fn traffic(input: &Parameters, prefix: &str) -> Result<(String, Option<(u16, u16)>), AwsError> {
    let given = required(input, &[prefix, "IpProtocol"].concat())?;
    let Some(name) = SecurityGroupRule::protocol_named(given) else {
        return Err(invalid("ipProtocol", given, "Unknown IP protocol."));
    };
    if name == "-1" {
        return Ok((name, None));
    }
    let port = |which: &str| -> Result<Option<i32>, AwsError> {
        let parameter = [prefix, which].concat();
        let read = |text: &str| {
            let port = text.parse::<i32>().ok().filter(|port| (-1..=65_535).contains(port));
            port.ok_or_else(|| invalid(which, text, "Expecting a port from 0 to 65535."))
        };
        input.get(&parameter).map(read).transpose()
    };
    match (port("FromPort")?, port("ToPort")?) {
        (Some(-1), _) => Ok((name, None)),
        (None, None) if !["tcp", "udp"].contains(&name.as_str()) => Ok((name, None)),
        (Some(first), Some(last)) if first <= last => {
            Ok((name, u16::try_from(first).ok().zip(u16::try_from(last).ok())))
        }
        (Some(first), Some(_)) => {
            Err(invalid("portRange", &first.to_string(), "The port range is reversed."))
        }
        _ => Err(EC2_MISSING_PARAMETER.with(&[("parameter", "fromPort or toPort")])),
    }
}

fn says(a: &SecurityGroupRule, b: &SecurityGroupRule) -> bool {
    a.protocol == b.protocol && a.ports == b.ports && a.peer == b.peer
}

fn authorize(ec2: &mut Ec2<'_, '_>, input: &Parameters, egress: bool) -> Result<Tree, AwsError> {
    let group_id = required(input, "GroupId")?;
    let rules = read(ec2, input)?;
    let entropy = ec2.cloud().entropy;
    let network = &ec2.own()?.network;
    let group = network.security_groups.get(group_id).ok_or_else(|| SECURITY_GROUP.missing(group_id))?;
    let own = if egress { &group.egress } else { &group.ingress };
    if own.len() + rules.len() > MAX_RULES {
        return Err(EC2_RULE_LIMIT.error());
    }
    for (place, (rule, _)) in rules.iter().enumerate() {
        let again = rules.iter().take(place).any(|(other, _)| says(other, rule));
        if again || own.iter().any(|other| says(other, rule)) {
            let [first, last] = ports(rule).unwrap_or(["-1".to_string(), "-1".to_string()]);
            let protocol =
                if rule.protocol == "-1" { "ALL".into() } else { rule.protocol.to_ascii_uppercase() };
            let values =
                [("peer", &*peer(rule).1), ("protocol", &protocol), ("first", &first), ("last", &last)];
            return Err(EC2_RULE_EXISTS.with(&values));
        }
    }
    let network = ec2.network_mut()?;
    if let Some(group) = network.security_groups.get_mut(group_id) {
        let own = if egress { &mut group.egress } else { &mut group.ingress };
        own.extend(rules.iter().map(|(rule, _)| rule.clone()));
    }
    for (rule, description) in rules.iter().filter(|(_, description)| !description.is_empty()) {
        let record = Record { description: description.clone(), ..Record::default() };
        network.records.insert(rule.id(entropy, group_id, egress), record);
    }
    let account = ec2.own()?;
    let mut answer = done();
    if let Some(group) = account.network.security_groups.get(group_id) {
        let items = rules.iter().map(|(rule, _)| tree(ec2, account, group, egress, rule)).gather();
        answer.put("securityGroupRuleSet", Tree::Items(items));
    }
    Ok(answer)
}

fn revoke(ec2: &mut Ec2<'_, '_>, input: &Parameters, egress: bool) -> Result<Tree, AwsError> {
    let group_id = required(input, "GroupId")?;
    let entropy = ec2.cloud().entropy;
    let ids = input.list("SecurityGroupRuleId", "");
    let named = if ids.is_empty() { read(ec2, input)? } else { Vec::new() };
    let network = ec2.network_mut()?;
    let Some(group) = network.security_groups.get_mut(group_id) else {
        return Err(SECURITY_GROUP.missing(group_id));
    };
    let own = if egress { &mut group.egress } else { &mut group.ingress };
    for id_asked in &ids {
        if !own.iter().any(|rule| rule.id(entropy, group_id, egress) == *id_asked) {
            return Err(SECURITY_GROUP_RULE.missing(id_asked));
        }
    }
    if !named.iter().all(|(rule, _)| own.iter().any(|other| says(rule, other))) {
        return Err(EC2_NO_RULE.error());
    }
    let mut revoked = Vec::new();
    own.retain(|rule| {
        let rule_id = rule.id(entropy, group_id, egress);
        let goes = named.iter().any(|(other, _)| says(rule, other)) || ids.contains(&&*rule_id);
        if goes {
            revoked.push(rule_id);
        }
        !goes
    });
    for rule_id in revoked {
        network.records.remove(&rule_id);
    }
    Ok(done())
}

pub(super) fn authorize_ingress(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    authorize(ec2, input, false)
}

pub(super) fn authorize_egress(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    authorize(ec2, input, true)
}

pub(super) fn revoke_ingress(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    revoke(ec2, input, false)
}

pub(super) fn revoke_egress(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    revoke(ec2, input, true)
}
