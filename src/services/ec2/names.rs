//! Names that AWS gives an instance and the zone in which it stands.
//!
//! AWS page: EC2 User Guide, "EC2 instance hostnames and domains"; AWS Regions and Zones, "Availability Zone IDs".

use crate::cloud::{Cloud, Instance, private_dns_name};

/// The host name that resolves inside the VPC.
pub(in crate::services) fn private_dns(instance: &Instance) -> String {
    private_dns_name(instance.private_ip, &instance.region)
}

/// Only where the VPC gives out public host names.
pub(in crate::services) fn public_dns(cloud: &Cloud, instance: &Instance) -> Option<String> {
    let account = cloud.accounts.get(&instance.account)?;
    account.network.vpcs.get(&instance.vpc_id).filter(|vpc| vpc.dns_hostnames)?;
    let name = ["ec2-", &instance.public_ip?.to_string().replace('.', "-")].concat();
    Some(match instance.region.as_str() {
        "us-east-1" => [&name, ".compute-1.amazonaws.com"].concat(),
        region => [name.as_str(), ".", region, ".compute.amazonaws.com"].concat(),
    })
}

/// The Availability Zone of the instance's subnet.
pub(in crate::services) fn zone(cloud: &Cloud, instance: &Instance) -> String {
    let account = cloud.accounts.get(&instance.account);
    let subnet = account.and_then(|account| account.network.subnets.get(&instance.subnet_id));
    subnet.map_or_else(|| [&instance.region, "a"].concat(), |subnet| subnet.availability_zone.clone())
}

/// `use1-az1` of `us-east-1a`: which zone a letter means differs from account to account on AWS.
pub(in crate::services) fn zone_id(zone: &str) -> String {
    let letter = zone.chars().last().unwrap_or('a');
    let region = zone.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number = u32::from(letter).saturating_sub(u32::from('a')).saturating_add(1);
    let mut parts = region.split('-');
    let area = parts.next().unwrap_or_default();
    let side = match parts.next().unwrap_or_default() {
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        other => other.get(..1).unwrap_or_default(),
    };
    [area, side, parts.next().unwrap_or_default(), "-az", &number.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::zone_id;

    #[test]
    fn zones_have_ids() {
        assert_eq!(zone_id("us-east-1a"), "use1-az1");
        assert_eq!(zone_id("ap-northeast-2c"), "apne2-az3");
        assert_eq!(zone_id(""), "-az1");
    }
}
