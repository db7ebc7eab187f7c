//! Addresses, derived from the seed and names as ids are; a taken one gives way to the next derived one.
//!
//! Public addresses come from ranges kept for documentation and benchmarks (RFC 5737, RFC 2544), so that no
//! scenario shows a stranger's machine. AWS page: VPC User Guide, "IP addressing".

use super::Cloud;
use ipnet::Ipv4Net;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// How often another address is derived before giving up.
const TRIES: usize = 64;

impl Cloud {
    /// A free address of a subnet; `None` if it has none left. AWS keeps the first four and the last.
    pub fn derive_private_ip(&self, subnet_id: &str, cidr: Ipv4Net, names: &[&str]) -> Option<Ipv4Addr> {
        let networks = self.accounts.values().map(|account| &account.network);
        let endpoints = networks.flat_map(|network| network.vpc_endpoints.values());
        let interfaces = endpoints.filter_map(|endpoint| match &endpoint.kind {
            super::VpcEndpointKind::Interface { addresses, .. } => Some(addresses),
            super::VpcEndpointKind::Gateway { .. } => None,
        });
        let instances = self.accounts.values().flat_map(|account| account.instances.values());
        let instances = instances.filter(|instance| instance.subnet_id == subnet_id);
        let taken: BTreeSet<Ipv4Addr> = instances
            .map(|instance| instance.private_ip)
            .chain(interfaces.flatten().copied().filter(|address| cidr.contains(address)))
            .collect();
        let size = 1_u64 << (32 - cidr.prefix_len());
        let usable = size.checked_sub(5).filter(|usable| *usable > 0)?;
        let first = u64::from(u32::from(cidr.network())) + 4;
        let address = |number: u64| u32::try_from(first + number % usable).ok().map(Ipv4Addr::from);
        let free = |address: &Ipv4Addr| !taken.contains(address);
        // A subnet that is nearly full: the first address that is free.
        let any = || (0..usable).filter_map(address).find(free);
        self.derive(names, &taken, address).or_else(any)
    }

    /// A free public address.
    pub fn derive_public_ip(&self, names: &[&str]) -> Option<Ipv4Addr> {
        let instances = self.accounts.values().flat_map(|account| account.instances.values());
        let networks = || self.accounts.values().map(|account| &account.network);
        let elastic = networks().flat_map(|network| network.elastic_ips.values());
        let gateways = networks().flat_map(|network| network.nat_gateways.values());
        let taken: BTreeSet<Ipv4Addr> = instances
            .filter_map(|instance| instance.public_ip)
            .chain(elastic.map(|address| address.public_ip))
            .chain(gateways.map(|gateway| gateway.public_ip))
            .collect();
        let documentation = |number: u64| Some(Ipv4Addr::new(203, 0, 113, (number % 254) as u8 + 1));
        let benchmark = |number: u64| {
            let [a, b, ..] = number.to_be_bytes();
            Some(Ipv4Addr::new(198, 18, a, b))
        };
        let few = taken.len() < 200;
        let first = if few { self.derive(names, &taken, documentation) } else { None };
        first.or_else(|| self.derive(names, &taken, benchmark))
    }

    fn derive(
        &self,
        names: &[&str],
        taken: &BTreeSet<Ipv4Addr>,
        address: impl Fn(u64) -> Option<Ipv4Addr>,
    ) -> Option<Ipv4Addr> {
        let mut tries = (0..TRIES).filter_map(|attempt| {
            let attempt = attempt.to_string();
            let bytes = self.entropy.bytes(&[&["address", attempt.as_str()], names].concat());
            let number = bytes.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            address(number).filter(|address| !taken.contains(address))
        });
        tries.next()
    }
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
