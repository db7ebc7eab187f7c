//! The section `hosts`: machines with a shell. Every instance is one without being named here.

use super::fields;
use super::findings::At;
use super::intrinsics::scalar;
use super::loading::Loading;
use super::names::{NotFound, Scope};
use crate::cloud::Instance;
use crate::gather::Gather;
use crate::network::Source;
use crate::sorted::SortedMap;
use serde::Serialize;
use std::net::Ipv4Addr;

/// What kind of machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HostKind {
    /// An instance.
    Instance,
    /// A container on an instance.
    Container,
    /// A machine outside AWS.
    Internet,
}

/// A machine with a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// What kind of machine.
    pub kind: HostKind,
    /// `ACCOUNT/LogicalId` of the instance that it is or runs on; empty for a machine outside AWS.
    pub instance: String,
    /// Where its packets start.
    pub source: Source,
    /// Exported variables.
    pub env: SortedMap<String, String>,
    /// Text by path; `~/` is the home and working directory.
    pub files: SortedMap<String, String>,
    /// Ports on which a deliberately vulnerable application fetches what it is asked for.
    pub listen: Vec<u16>,
}

impl Host {
    fn at(kind: HostKind, instance: &str, source: Source) -> Self {
        let instance = instance.to_string();
        Host { kind, instance, source, env: SortedMap::new(), files: SortedMap::new(), listen: Vec::new() }
    }
}

/// More hosts than any scenario that a person reads describes.
const MAX_HOSTS: usize = 200;

pub(super) const FIELDS: [&str; 6] = ["container", "network", "internet", "env", "files", "listen"];

/// All instances, and what the section adds.
pub(crate) fn read(loading: &mut Loading<'_>, section: Option<At<'_>>) -> SortedMap<String, Host> {
    let mut hosts = instances(loading);
    let Some(section) = section.filter(|section| fields::is_object(*section, &mut loading.findings)) else {
        return hosts;
    };
    if section.node.members().len() > MAX_HOSTS {
        let params = [("name", "hosts"), ("limit", &*MAX_HOSTS.to_string())];
        loading.findings.error("diagnostic.too-many-entries", section, &params);
        return hosts;
    }
    for (name, at) in section.members() {
        if !fields::check(at, &FIELDS, &mut loading.findings) {
            continue;
        }
        let Some((name, mut host)) = place(loading, &hosts, name, at) else {
            continue;
        };
        host.env = texts(loading, at, "env");
        host.files = texts(loading, at, "files");
        host.listen = listen(loading, at, host.kind);
        for variable in host.env.keys().filter(|variable| !is_variable(variable)) {
            loading.findings.error("diagnostic.wrong-variable-name", at, &[("name", variable)]);
        }
        hosts.insert(name, host);
    }
    hosts
}

/// Instances by logical id, with the account where two accounts share it.
fn instances(loading: &Loading<'_>) -> SortedMap<String, Host> {
    let all = || loading.cloud.accounts.values().flat_map(|account| account.instances.values());
    let mut counts: SortedMap<&str, usize> = SortedMap::new();
    for instance in all() {
        *counts.get_or_insert_with(logical_id(&instance.origin.name), usize::default) += 1;
    }
    let host = |instance: &Instance| {
        let name = logical_id(&instance.origin.name);
        let is_shared = counts.get(name).is_some_and(|count| *count > 1);
        let name = if is_shared { instance.origin.name.clone() } else { name.to_string() };
        let source = Source::Instance(instance.id.clone());
        (name, Host::at(HostKind::Instance, &instance.origin.name, source))
    };
    SortedMap::of_many(all().map(host).gather())
}

fn logical_id(name: &str) -> &str {
    name.split_once('/').map_or("", |(_, logical_id)| logical_id)
}

/// The kind of host that an entry describes; exactly one.
fn place(
    loading: &mut Loading<'_>,
    hosts: &SortedMap<String, Host>,
    name: &str,
    at: At<'_>,
) -> Option<(String, Host)> {
    let (container, internet) = (at.field("container"), at.field("internet"));
    if let (Some(_), Some(internet)) = (&container, &internet) {
        loading.findings.error("diagnostic.two-host-kinds", *internet, &[]);
        return None;
    }
    if let Some(network) = at.field("network").filter(|_| container.is_none()) {
        loading.findings.error("diagnostic.network-without-container", network, &[]);
    }
    let known = find(hosts, name);
    if container.is_none() && internet.is_none() {
        let Some((name, host)) = known.filter(|(_, host)| host.kind == HostKind::Instance) else {
            unknown_instance(loading, hosts, at, name);
            return None;
        };
        return Some((name.to_string(), host.clone()));
    }
    if known.is_some() {
        loading.findings.error("diagnostic.duplicate-host", at, &[("name", name)]);
        return None;
    }
    let host = match (container, internet) {
        (Some(container), _) => contained(loading, hosts, container, at.field("network"))?,
        (None, Some(internet)) => outside(loading, internet)?,
        (None, None) => return None,
    };
    Some((name.to_string(), host))
}

/// A host by its name, or an instance by its name with account.
pub(crate) fn find<'h>(hosts: &'h SortedMap<String, Host>, name: &str) -> Option<(&'h str, &'h Host)> {
    let (_, short) = name.split_once('/').unwrap_or(("", name));
    let in_full = || hosts.get_key_value(short).filter(|(_, host)| host.instance == name);
    let found = hosts.get_key_value(name).or_else(in_full);
    found.map(|(name, host)| (name.as_str(), host))
}

/// A name that more than one account has is another mistake than one that nobody has.
pub(crate) fn unknown_instance(
    loading: &mut Loading<'_>,
    hosts: &SortedMap<String, Host>,
    at: At<'_>,
    name: &str,
) {
    if let Err(NotFound::Ambiguous(names)) = loading.names.find(Scope::Scenario, name) {
        let params = [("name", name), ("names", &*names.join(", "))];
        loading.findings.error("diagnostic.ambiguous-name", at, &params);
        return;
    }
    let known = &mut hosts.keys().map(String::as_str);
    fields::unknown(&mut loading.findings, fields::HOST, at.span(), name, known);
}

fn contained(
    loading: &mut Loading<'_>,
    hosts: &SortedMap<String, Host>,
    container: At<'_>,
    network: Option<At<'_>>,
) -> Option<Host> {
    let name = fields::text(container, &mut loading.findings)?;
    let found = find(hosts, name).map(|(_, host)| (&host.instance, &host.source));
    let Some((named, Source::Instance(instance))) = found else {
        unknown_instance(loading, hosts, container, name);
        return None;
    };
    let hops = match network.as_ref().map(|network| network.text()) {
        None | Some(Some("bridge")) => 1,
        Some(Some("host")) => 0,
        Some(_) => {
            let at = network.unwrap_or(container);
            loading.findings.error("diagnostic.wrong-value", at, &[("expected", "bridge, host")]);
            1
        }
    };
    let source = Source::Container { instance: instance.clone(), hops };
    Some(Host::at(HostKind::Container, named, source))
}

fn outside(loading: &mut Loading<'_>, internet: At<'_>) -> Option<Host> {
    let text = fields::text(internet, &mut loading.findings)?;
    match text.parse::<Ipv4Addr>() {
        Ok(address) if !address.is_private() && !address.is_link_local() && !address.is_loopback() => {
            Some(Host::at(HostKind::Internet, "", Source::Internet(address)))
        }
        _ => {
            loading.findings.error("diagnostic.not-a-public-address", internet, &[("address", text)]);
            None
        }
    }
}

/// An object of strings, resolved in scenario scope.
fn texts(loading: &mut Loading<'_>, at: At<'_>, field: &str) -> SortedMap<String, String> {
    let Some(section) = at.field(field).filter(|section| fields::is_object(*section, &mut loading.findings))
    else {
        return SortedMap::new();
    };
    let resolved = section.members().map(|(name, value)| (name.to_string(), loading.resolve_text(value)));
    SortedMap::of_many(resolved.filter_map(|(name, value)| Some((name, value?))).gather())
}

fn is_variable(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(inner) && name.starts_with(|c: char| inner(c) && !c.is_ascii_digit())
}

fn listen(loading: &mut Loading<'_>, at: At<'_>, kind: HostKind) -> Vec<u16> {
    let Some(section) = at.field("listen") else {
        return Vec::new();
    };
    if kind != HostKind::Instance {
        loading.findings.error("diagnostic.listen-outside-instance", section, &[]);
        return Vec::new();
    }
    if !fields::is_object(section, &mut loading.findings) {
        return Vec::new();
    }
    let mut ports = Vec::new();
    for (port, application) in section.members() {
        let number = port.parse::<u16>().ok().filter(|number| *number > 0);
        if number.is_none() || scalar(application.node) != Some("fetch-url") {
            loading.findings.error("diagnostic.wrong-listen", application, &[]);
            continue;
        }
        ports.extend(number);
    }
    ports
}
