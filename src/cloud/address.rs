//! Addresses, derived from the seed and names as ids are; a taken one gives way to the next derived one.
//!
//! Public addresses come from ranges kept for documentation and benchmarks (RFC 5737, RFC 2544), so that no
//! scenario shows a stranger's machine. AWS page: VPC User Guide, "IP addressing".

use super::{Account, Cloud, VpcEndpointKind};
use crate::ids::Entropy;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// How often another address is derived before giving up.
const TRIES: usize = 64;

/// From so many public addresses on, the documentation range isn't tried: it has 254.
const MANY: usize = 150;

impl Cloud {
    /// A free address of a subnet; `None` if it has none left. AWS keeps the first four and the last.
    pub fn derive_private_ip(&self, subnet_id: &str, cidr: Ipv4Net, names: &[&str]) -> Option<Ipv4Addr> {
        let owner = self.accounts.values().find(|account| account.network.subnets.contains_key(subnet_id));
        let is_free = |address: &Ipv4Addr| owner.is_none_or(|account| !has(account, subnet_id, *address));
        let size = 1_u64 << (32 - cidr.prefix_len());
        let usable = size.checked_sub(5).filter(|usable| *usable > 0)?;
        let first = u64::from(u32::from(cidr.network())) + 4;
        let address = |number: u64| u32::try_from(first + number % usable).ok().map(Ipv4Addr::from);
        // A subnet that is nearly full: the first address that is free.
        let any = || (0..usable).filter_map(address).find(is_free);
        self.derive(names, address).find(is_free).or_else(any)
    }

    /// A free public address.
    pub fn derive_public_ip(&self, names: &[&str]) -> Option<Ipv4Addr> {
        let is_free =
            |address: &Ipv4Addr| !self.accounts.values().any(|account| has_public(account, *address));
        let count = |account: &Account| account.instances.len() + account.network.elastic_ips.len();
        let documentation = |number: u64| Some(Ipv4Addr::new(203, 0, 113, (number % 254) as u8 + 1));
        let benchmark = |number: u64| {
            let [a, b, ..] = number.to_be_bytes();
            Some(Ipv4Addr::new(198, 18, a, b))
        };
        let few = self.accounts.values().map(count).sum::<usize>() < MANY;
        let first = if few { self.derive(names, documentation).find(is_free) } else { None };
        first.or_else(|| self.derive(names, benchmark).find(is_free))
    }

    /// Addresses in the order in which they are tried.
    fn derive(
        &self,
        names: &[&str],
        address: impl Fn(u64) -> Option<Ipv4Addr>,
    ) -> impl Iterator<Item = Ipv4Addr> {
        (0..TRIES).filter_map(move |attempt| {
            let attempt = attempt.to_string();
            let bytes = self.entropy.bytes(&[&["address", attempt.as_str()], names].concat());
            address(bytes.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes)))
        })
    }
}

/// `0a:` and five bytes: a locally administered address of an interface.
pub fn mac(entropy: Entropy, names: &[&str]) -> String {
    let mut text = String::from("0a");
    for byte in entropy.bytes(&[&["mac"], names].concat()).iter().take(5) {
        text.push_str(&format!(":{byte:02x}"));
    }
    text
}

/// `ip-10-0-0-5.REGION.compute.internal`, in us-east-1 `ip-10-0-0-5.ec2.internal`.
pub fn private_dns_name(address: Ipv4Addr, region: &str) -> String {
    let host = ["ip-", &address.to_string().replace('.', "-")].concat();
    match region {
        "us-east-1" => [&host, ".ec2.internal"].concat(),
        region => [&host, ".", region, ".compute.internal"].concat(),
    }
}

/// Whether something in a subnet of the account has that address.
fn has(account: &Account, subnet_id: &str, address: Ipv4Addr) -> bool {
    let mut instances = account.instances.values();
    let mut endpoints = account.network.vpc_endpoints.values();
    instances.any(|instance| instance.private_ip == address && instance.subnet_id == subnet_id)
        || endpoints.any(|endpoint| match &endpoint.kind {
            VpcEndpointKind::Interface { subnets, addresses, .. } => {
                let mut places = subnets.iter().zip(addresses);
                places.any(|(subnet, other)| *other == address && subnet == subnet_id)
            }
            VpcEndpointKind::Gateway { .. } => false,
        })
}

fn has_public(account: &Account, address: Ipv4Addr) -> bool {
    account.instances.values().any(|instance| instance.public_ip == Some(address))
        || account.network.elastic_ips.values().any(|elastic| elastic.public_ip == address)
        || account.network.nat_gateways.values().any(|gateway| gateway.public_ip == address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;

    #[test]
    fn addresses_stay_in_their_range_and_depend_on_names_alone() {
        let cloud = Cloud::new(Timestamp(0), 1);
        let cidr: Ipv4Net = "10.0.0.0/28".parse().unwrap();
        for name in ["a", "b", "c", "d", "e", "f", "g"] {
            let address = cloud.derive_private_ip("subnet-1", cidr, &[name]).unwrap();
            let last = address.octets()[3];
            assert!((4..15).contains(&last), "{address}");
            assert_eq!(cloud.derive_private_ip("subnet-1", cidr, &[name]), Some(address));
        }
        let public = cloud.derive_public_ip(&["a"]).unwrap();
        assert_eq!(&public.octets()[..3], [203, 0, 113]);
        assert_eq!(cloud.derive_private_ip("subnet-1", "10.0.0.0/30".parse().unwrap(), &["a"]), None);
    }
}
