//! Runs the case files under `tests/cases/network`. A new case needs no Rust; `tests/cases/network/README.md`
//! describes the form.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use iam_sandbox::clock::Timestamp;
use iam_sandbox::cloud::*;
use iam_sandbox::network::{self, Journey, JourneyEnd, Source};
use iam_sandbox::sorted::SortedMap;
use serde_json::{Map, Value};
use std::net::Ipv4Addr;
use std::path::Path;

const ACCOUNT: &str = "111122223333";
const REGION: &str = "us-east-1";

#[test]
fn every_case_holds() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/network");
    let mut paths: Vec<_> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let (mut count, mut faults) = (0, Vec::new());
    for path in paths {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let evidence = file["evidence"].as_str().unwrap_or_default();
        assert!(["documented", "observed", "inferred"].contains(&evidence), "{}: evidence", path.display());
        assert!(file["rule"].is_string() && file["source"].is_string(), "{}: rule, source", path.display());
        for case in file["cases"].as_array().unwrap() {
            count += 1;
            let mut topology = file["topology"].clone();
            merge(&mut topology, &case["change"]);
            let found = summary(&run(&cloud(&topology), case));
            for (field, expected) in case["expect"].as_object().unwrap() {
                if found.get(field).unwrap_or(&Value::Null) != expected {
                    let name = format!("{}: {}: {field}", path.file_name().unwrap().display(), case["name"]);
                    faults.push(format!("{name}\n  expected {expected:#}\n  found {:#}", found[field]));
                }
            }
        }
    }
    assert!(count > 0);
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
}

/// JSON Merge Patch (RFC 7396): what a case changes in its file's topology.
fn merge(target: &mut Value, change: &Value) {
    match (target, change) {
        (_, Value::Null) => {}
        (Value::Object(target), Value::Object(change)) => {
            for (key, value) in change {
                if value.is_null() {
                    target.remove(key);
                } else {
                    merge(target.entry(key.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (target, change) => *target = change.clone(),
    }
}

fn run(cloud: &Cloud, case: &Value) -> Journey {
    let from = case["from"].as_str().unwrap();
    let source = match from.split_once(' ') {
        Some(("container", instance)) => Source::Container { instance: instance.to_string(), hops: 1 },
        Some(("internet", address)) => Source::Internet(address.parse().unwrap()),
        _ => Source::Instance(from.to_string()),
    };
    let port = u16::try_from(case["port"].as_u64().unwrap_or(443)).unwrap();
    network::route(cloud, &source, &network::resolve(case["to"].as_str().unwrap()), port)
}

fn word(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// The fields that `expect` may name.
fn summary(journey: &Journey) -> Value {
    let mut found = Map::new();
    found.insert("code".into(), journey.code().into());
    if let Some(kind) = journey.kind {
        found.insert("route".into(), word(kind));
    }
    let hops = journey.hops.iter().map(|hop| {
        let (kind, verdict) = (word(hop.node.kind), word(hop.verdict));
        let pointer = hop.pointer.as_deref().unwrap_or("-");
        let (kind, verdict) = (kind.as_str().unwrap(), verdict.as_str().unwrap());
        Value::from(format!("{verdict} {kind} {} {pointer} {}", hop.node.id, hop.code))
    });
    found.insert("hops".into(), hops.collect());
    match &journey.end {
        JourneyEnd::Dropped(by) => drop(found.insert("droppedBy".into(), word(by))),
        JourneyEnd::Unresolved(_) | JourneyEnd::Unreachable(_) => {}
        JourneyEnd::Arrived(arrival) => {
            found.insert("sourceIp".into(), arrival.source_ip.to_string().into());
            found.insert("tls".into(), arrival.secure_transport.into());
            if let Some(endpoint) = &arrival.endpoint {
                found.insert("endpoint".into(), endpoint.endpoint_id.clone().into());
            }
            if let Some((instance, hops)) = &arrival.metadata {
                found.insert("metadata".into(), format!("{instance} {hops}").into());
            }
        }
    }
    Value::Object(found)
}

fn origin(name: &str) -> Origin {
    Origin { name: format!("{ACCOUNT}/{name}"), pointer: format!("/{name}") }
}

fn object<'a>(topology: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    topology[key].as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("expected a string, found {value}")).to_string()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn address(value: &Value) -> Ipv4Addr {
    text(value).parse().unwrap()
}

fn cloud(topology: &Value) -> Cloud {
    let mut cloud = Cloud::new(Timestamp(0), 1);
    let network = network(topology);
    let instances = object(topology, "instances").map(|(id, value)| (id.clone(), instance(id, value)));
    let account = Account {
        id: ACCOUNT.into(),
        name: "Test".into(),
        region: REGION.into(),
        canonical_id: String::new(),
        users: SortedMap::new(),
        groups: SortedMap::new(),
        roles: SortedMap::new(),
        managed_policies: SortedMap::new(),
        instance_profiles: SortedMap::new(),
        mfa_devices: SortedMap::new(),
        deletions: Vec::new(),
        instances: instances.collect(),
        network,
        public_access_block: None,
    };
    cloud.accounts.insert(ACCOUNT.into(), account);
    cloud
}

fn network(topology: &Value) -> Network {
    let vpc = &topology["vpc"];
    let flag = |key: &str| vpc[key].as_bool().unwrap_or(true);
    let mut network = Network::default();
    network.vpcs.insert(
        "vpc".into(),
        Vpc {
            origin: origin("vpc"),
            id: "vpc".into(),
            cidr: vpc["cidr"].as_str().unwrap_or("10.0.0.0/16").parse().unwrap(),
            is_default: false,
            dns_support: flag("dnsSupport"),
            dns_hostnames: flag("dnsHostnames"),
            main_route_table: "main".into(),
            default_security_group: "default".into(),
        },
    );
    for (id, value) in object(topology, "subnets") {
        let subnet = Subnet {
            origin: origin(id),
            id: id.clone(),
            vpc_id: "vpc".into(),
            cidr: text(&value["cidr"]).parse().unwrap(),
            availability_zone: "us-east-1a".into(),
            map_public_ip_on_launch: false,
            route_table: value["table"].as_str().map(str::to_string),
        };
        network.subnets.insert(id.clone(), subnet);
    }
    for (id, value) in object(topology, "tables") {
        let table = RouteTable {
            origin: origin(id),
            id: id.clone(),
            vpc_id: "vpc".into(),
            routes: routes(id, value),
        };
        network.route_tables.insert(id.clone(), table);
    }
    if let Some(attached) = topology["igw"].as_str() {
        let vpc_id = (attached == "attached").then(|| "vpc".to_string());
        network
            .internet_gateways
            .insert("igw".into(), InternetGateway { origin: origin("igw"), id: "igw".into(), vpc_id });
    }
    for (id, value) in object(topology, "nats") {
        let (subnet_id, public_ip) = (text(&value["subnet"]), address(&value["public"]));
        network
            .nat_gateways
            .insert(id.clone(), NatGateway { origin: origin(id), id: id.clone(), subnet_id, public_ip });
    }
    for (id, value) in object(topology, "endpoints") {
        network.vpc_endpoints.insert(id.clone(), endpoint(id, value));
    }
    for (id, value) in object(topology, "groups") {
        network.security_groups.insert(id.clone(), group(id, value));
    }
    network
}

fn routes(table: &str, value: &Value) -> Vec<Route> {
    let routes = object(value, "routes").map(|(destination, target)| {
        let target = text(target);
        Route {
            origin: origin(&format!("{table}/{}", destination.replace('/', "~1"))),
            destination: destination.parse().unwrap(),
            target: match target.starts_with("igw") {
                true => RouteTarget::InternetGateway(target),
                false => RouteTarget::NatGateway(target),
            },
        }
    });
    routes.collect()
}

fn endpoint(id: &str, value: &Value) -> VpcEndpoint {
    let kind = if value["tables"].is_array() {
        VpcEndpointKind::Gateway { route_tables: texts(&value["tables"]) }
    } else {
        VpcEndpointKind::Interface {
            subnets: texts(&value["subnets"]),
            security_groups: texts(&value["groups"]),
            private_dns: value["privateDns"].as_bool().unwrap(),
            addresses: value["addresses"].as_array().unwrap().iter().map(address).collect(),
        }
    };
    VpcEndpoint {
        origin: origin(id),
        id: id.into(),
        account: ACCOUNT.into(),
        vpc_id: "vpc".into(),
        service: text(&value["service"]),
        region: value["region"].as_str().unwrap_or(REGION).into(),
        kind,
        policy: None,
    }
}

fn group(id: &str, value: &Value) -> SecurityGroup {
    let rules = |key: &str| -> Vec<SecurityGroupRule> {
        let rules = value[key].as_array().into_iter().flatten().enumerate();
        rules.map(|(place, rule)| security_group_rule(&format!("{id}/{key}/{place}"), &text(rule))).collect()
    };
    SecurityGroup {
        origin: origin(id),
        id: id.into(),
        name: id.into(),
        vpc_id: "vpc".into(),
        ingress: rules("ingress"),
        egress: rules("egress"),
    }
}

/// `PROTOCOL PORTS PEER`, such as `tcp 443 10.0.0.0/16` or `-1 all 0.0.0.0/0`.
fn security_group_rule(pointer: &str, rule: &str) -> SecurityGroupRule {
    let [protocol, ports, peer]: [&str; 3] = rule.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let ports = (ports != "all").then(|| {
        let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
        (first.parse().unwrap(), last.parse().unwrap())
    });
    let peer = match peer {
        peer if peer.starts_with("pl-") => SecurityGroupPeer::PrefixList(peer.into()),
        peer if peer.contains(':') => SecurityGroupPeer::CidrV6(peer.into()),
        peer if peer.contains('/') => SecurityGroupPeer::Cidr(peer.parse().unwrap()),
        peer => SecurityGroupPeer::SecurityGroup(peer.into()),
    };
    SecurityGroupRule { origin: origin(pointer), protocol: protocol.into(), ports, peer }
}

fn instance(id: &str, value: &Value) -> Instance {
    Instance {
        origin: origin(id),
        id: id.into(),
        account: ACCOUNT.into(),
        arn: format!("arn:aws:ec2:{REGION}:{ACCOUNT}:instance/{id}"),
        region: REGION.into(),
        image_id: "ami-0123456789abcdef0".into(),
        instance_type: "t3.micro".into(),
        subnet_id: text(&value["subnet"]),
        vpc_id: "vpc".into(),
        network_interface_id: "eni-0123456789abcdef0".into(),
        mac: "0a:00:00:00:00:01".into(),
        private_ip: address(&value["private"]),
        public_ip: value["public"].as_str().map(|text| text.parse().unwrap()),
        security_groups: texts(&value["groups"]),
        instance_profile: None,
        metadata_options: MetadataOptions {
            http_tokens: HttpTokens::Optional,
            hop_limit: 1,
            enabled: true,
            instance_tags: false,
        },
        state: match value["state"].as_str() {
            Some("stopped") => InstanceState::Stopped,
            _ => InstanceState::Running,
        },
        tags: SortedMap::new(),
        launched: Timestamp(0),
        role_credentials: SortedMap::new(),
        record: InstanceRecord::default(),
    }
}
