//! What the metadata service knows about its instance, as a tree of documents.
//!
//! AWS page: EC2 User Guide, "Instance metadata categories". The role's documents below `iam/` are made by
//! the credentials module; here they only take part in listings.

use crate::cloud::{Cloud, Instance};
use crate::gather::Gather;
use crate::services::ec2::{instance, names};
use crate::sorted::{SortedMap, SortedSet};

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A document.
    Document(String),
    /// The names in a directory; those of directories end with `/`.
    Listing(Vec<String>),
    /// A directory, asked for without its final `/`.
    Elsewhere,
    /// Nothing.
    Absent,
    /// Something on AWS that isn't modelled.
    NotModelled,
}

const NOT_MODELLED: [&str; 7] = [
    "/latest/dynamic/instance-identity/pkcs7",
    "/latest/dynamic/instance-identity/rsa2048",
    "/latest/dynamic/instance-identity/signature",
    "/latest/dynamic/fws/",
    "/latest/meta-data/block-device-mapping/",
    "/latest/meta-data/identity-credentials/ec2/security-credentials/",
    "/latest/meta-data/public-keys/",
];

/// Versions beside `latest`.
const VERSIONS: [&str; 27] = [
    "1.0",
    "2007-01-19",
    "2007-03-01",
    "2007-08-29",
    "2007-10-10",
    "2007-12-15",
    "2008-02-01",
    "2008-09-01",
    "2009-04-04",
    "2011-01-01",
    "2011-05-01",
    "2012-01-12",
    "2014-02-25",
    "2014-11-05",
    "2015-10-20",
    "2016-04-19",
    "2016-06-30",
    "2016-09-02",
    "2018-03-28",
    "2018-08-17",
    "2018-09-24",
    "2019-10-01",
    "2020-10-27",
    "2021-01-03",
    "2021-03-23",
    "2021-07-15",
    "2022-09-24",
];

/// The same path under `latest`.
pub(super) fn undated(path: &str) -> String {
    let rest = VERSIONS.iter().find_map(|version| path.strip_prefix('/')?.strip_prefix(version));
    match rest.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => ["/latest", rest].concat(),
        None => path.to_string(),
    }
}

/// What stands at a path of that instance.
pub(super) fn find(cloud: &Cloud, instance: &Instance, path: &str) -> Entry {
    let documents = documents(cloud, instance);
    // A slash after a document's name changes nothing: the CLI asks for `placement/availability-zone/`.
    if let Some(text) = documents.get(path.strip_suffix('/').unwrap_or(path)) {
        return Entry::Document(text.clone());
    }
    if path == "/" {
        let names = VERSIONS.into_iter().chain(["latest"]);
        return Entry::Listing(names.map(str::to_string).gather());
    }
    let directory = if path.ends_with('/') { path.to_string() } else { format!("{path}/") };
    let names: SortedSet<String> = documents
        .keys()
        .filter_map(|document| document.strip_prefix(&directory))
        .filter_map(|rest| match rest.split_once('/') {
            // The uppermost directories list their names bare.
            Some((name, _)) if directory == "/latest/" => Some(name.to_string()),
            Some((name, _)) => Some(format!("{name}/")),
            None if rest.is_empty() => None,
            None => Some(rest.to_string()),
        })
        .gather();
    // The directory of role credentials is in the tree by its own name, since its role may be missing.
    if !names.is_empty() || documents.contains_key(&directory) {
        return match path.ends_with('/') {
            true => Entry::Listing(names.into_iter().gather()),
            false => Entry::Elsewhere,
        };
    }
    let known = NOT_MODELLED.iter().any(|known| path.starts_with(known.trim_end_matches('/')));
    if known { Entry::NotModelled } else { Entry::Absent }
}

fn documents(cloud: &Cloud, instance: &Instance) -> SortedMap<String, String> {
    let mut tree = SortedMap::new();
    let hostname = names::private_dns(instance);
    let mut set = |path: &str, value: &str| {
        tree.insert(format!("/latest/{path}"), value.to_string());
    };
    set("dynamic/instance-identity/document", &identity_document(cloud, instance));
    set("meta-data/ami-id", &instance.image_id);
    set("meta-data/ami-launch-index", &instance.record.launch_index.to_string());
    set("meta-data/hostname", &hostname);
    set("meta-data/instance-action", "none");
    set("meta-data/instance-id", &instance.id);
    set("meta-data/instance-life-cycle", "on-demand");
    set("meta-data/instance-type", &instance.instance_type);
    set("meta-data/local-hostname", &hostname);
    set("meta-data/local-ipv4", &instance.private_ip.to_string());
    set("meta-data/mac", &instance.mac);
    set("meta-data/profile", "default-hvm");
    set("meta-data/reservation-id", &instance::reservation_id(cloud, instance));
    set("meta-data/security-groups", &security_groups(cloud, instance).join("\n"));
    set("meta-data/services/domain", "amazonaws.com");
    set("meta-data/services/partition", "aws");
    set("meta-data/placement/availability-zone", &names::zone(cloud, instance));
    set("meta-data/placement/availability-zone-id", &names::zone_id(&names::zone(cloud, instance)));
    set("meta-data/placement/region", &instance.region);
    set("meta-data/identity-credentials/ec2/info", &identity_credentials(instance));
    if let Some(address) = instance.public_ip {
        set("meta-data/public-ipv4", &address.to_string());
        if let Some(public) = names::public_dns(cloud, instance) {
            set("meta-data/public-hostname", &public);
        }
    }
    if instance.instance_profile.is_some() {
        set("meta-data/iam/info", "");
        set("meta-data/iam/security-credentials/", "");
    }
    if instance.metadata_options.instance_tags {
        for (key, value) in &instance.tags {
            set(&format!("meta-data/tags/instance/{key}"), value);
        }
    }
    if instance.record.user_data.is_some() {
        set("user-data", "");
    }
    interface(cloud, instance, &hostname, &mut set);
    tree
}

fn interface(cloud: &Cloud, instance: &Instance, hostname: &str, set: &mut dyn FnMut(&str, &str)) {
    let mut put = |name: &str, value: &str| {
        set(&format!("meta-data/network/interfaces/macs/{}/{name}", instance.mac), value);
    };
    put("device-number", "0");
    put("interface-id", &instance.network_interface_id);
    put("local-hostname", hostname);
    put("local-ipv4s", &instance.private_ip.to_string());
    put("mac", &instance.mac);
    put("owner-id", &instance.account);
    put("security-group-ids", &instance.security_groups.join("\n"));
    put("security-groups", &security_groups(cloud, instance).join("\n"));
    put("subnet-id", &instance.subnet_id);
    put("vpc-id", &instance.vpc_id);
    let network = cloud.accounts.get(&instance.account).map(|account| &account.network);
    if let Some(subnet) = network.and_then(|network| network.subnets.get(&instance.subnet_id)) {
        put("subnet-ipv4-cidr-block", &subnet.cidr.to_string());
    }
    if let Some(vpc) = network.and_then(|network| network.vpcs.get(&instance.vpc_id)) {
        put("vpc-ipv4-cidr-block", &vpc.cidr.to_string());
        put("vpc-ipv4-cidr-blocks", &vpc.cidr.to_string());
    }
    if let Some(address) = instance.public_ip {
        put("public-ipv4s", &address.to_string());
        put(&format!("ipv4-associations/{address}"), &instance.private_ip.to_string());
    }
    if let Some(public) = names::public_dns(cloud, instance) {
        put("public-hostname", &public);
    }
}

fn security_groups(cloud: &Cloud, instance: &Instance) -> Vec<String> {
    let groups = cloud.accounts.get(&instance.account).map(|account| &account.network.security_groups);
    let name = |id: &String| groups.and_then(|groups| groups.get(id)).map(|group| group.name.clone());
    instance.security_groups.iter().filter_map(name).gather()
}

fn identity_credentials(instance: &Instance) -> String {
    format!(
        "{{\n  \"Code\" : \"Success\",\n  \"LastUpdated\" : \"{}\",\n  \"AccountId\" : \"{}\"\n}}",
        instance.launched.iso8601(),
        instance.account
    )
}

fn identity_document(cloud: &Cloud, instance: &Instance) -> String {
    let fields = [
        ("accountId", instance.account.clone()),
        ("architecture", "x86_64".to_string()),
        ("availabilityZone", names::zone(cloud, instance)),
        ("imageId", instance.image_id.clone()),
        ("instanceId", instance.id.clone()),
        ("instanceType", instance.instance_type.clone()),
        ("pendingTime", instance.launched.iso8601()),
        ("privateIp", instance.private_ip.to_string()),
        ("region", instance.region.clone()),
        ("version", "2017-09-30".to_string()),
    ];
    let lines: Vec<String> =
        fields.iter().map(|(name, value)| format!("  \"{name}\" : \"{value}\"")).gather();
    format!("{{\n{}\n}}", lines.join(",\n"))
}
