//! Names to what they stand for: endpoints of services, buckets, addresses.
//!
//! AWS pages: AWS General Reference, "AWS service endpoints"; S3 User Guide, "Virtual hosting of general
//! purpose buckets". Simplified: S3's global names stand in us-east-1 (on AWS a bucket's global name follows
//! its region after a while), and the global names of STS and IAM in us-east-1.

use super::{Destination, addresses};
use std::net::Ipv4Addr;

const METADATA_ADDRESS: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
/// The region behind names without one.
const GLOBAL_REGION: &str = "us-east-1";
/// The longest name of the DNS.
const MAX_NAME: usize = 253;

/// What a host name or IPv4 address stands for, without regard to case.
pub fn resolve(host: &str) -> Destination {
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return if address == METADATA_ADDRESS {
            Destination::LinkLocal
        } else {
            Destination::Address(address)
        };
    }
    if host.len() > MAX_NAME {
        return Destination::Unknown;
    }
    let host = host.to_ascii_lowercase();
    let Some(name) = host.strip_suffix(".amazonaws.com") else {
        return Destination::Unknown;
    };
    service(name).unwrap_or(Destination::Unknown)
}

/// The service behind `NAME` of `NAME.amazonaws.com`.
fn service(name: &str) -> Option<Destination> {
    let (rest, last) = split_last(name);
    if last == "s3" {
        return s3(rest, GLOBAL_REGION);
    }
    if let Some(region) = last.strip_prefix("s3-").filter(|region| exists(region)) {
        return s3(rest, region);
    }
    if !exists(last) {
        let global = rest.is_none() && matches!(last, "sts" | "iam");
        return global.then(|| plain(last, GLOBAL_REGION));
    }
    let (before, kind) = split_last(rest?);
    match kind {
        "s3" => s3(before, last),
        "dualstack" => match split_last(before?) {
            (bucket, "s3") => s3(bucket, last),
            _ => None,
        },
        // The label before it is the account's id.
        "s3-control" if before.is_some_and(|account| !account.contains('.')) => Some(plain(kind, last)),
        // IAM has no regional endpoints; Organizations has one region.
        "iam" => None,
        "organizations" if last != GLOBAL_REGION => None,
        _ => {
            (before.is_none() && addresses::service_address(kind, last).is_some()).then(|| plain(kind, last))
        }
    }
}

fn s3(bucket: Option<&str>, region: &str) -> Option<Destination> {
    if bucket == Some("") {
        return None;
    }
    Some(Destination::Service {
        name: "s3".to_string(),
        region: region.to_string(),
        bucket: bucket.map(str::to_string),
    })
}

fn plain(name: &str, region: &str) -> Destination {
    Destination::Service { name: name.to_string(), region: region.to_string(), bucket: None }
}

/// What stands before the last label, and the last label.
fn split_last(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once('.') {
        Some((rest, last)) => (Some(rest), last),
        None => (None, name),
    }
}

fn exists(region: &str) -> bool {
    addresses::regions().any(|name| name == region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(host: &str) -> String {
        match resolve(host) {
            Destination::LinkLocal => "link-local".to_string(),
            Destination::Address(address) => address.to_string(),
            Destination::Unknown => "unknown".to_string(),
            Destination::Service { name, region, bucket } => {
                format!("{name} {region} {}", bucket.unwrap_or_default()).trim_end().to_string()
            }
        }
    }

    #[test]
    fn names_of_services_and_buckets() {
        let cases = [
            ("169.254.169.254", "link-local"),
            ("203.0.113.9", "203.0.113.9"),
            ("s3.ap-northeast-2.amazonaws.com", "s3 ap-northeast-2"),
            ("S3.AP-Northeast-2.amazonaws.com", "s3 ap-northeast-2"),
            ("my-bucket.s3.ap-northeast-2.amazonaws.com", "s3 ap-northeast-2 my-bucket"),
            ("my.bucket.s3.us-west-2.amazonaws.com", "s3 us-west-2 my.bucket"),
            ("b.s3.dualstack.us-west-2.amazonaws.com", "s3 us-west-2 b"),
            ("s3.dualstack.us-west-2.amazonaws.com", "s3 us-west-2"),
            ("s3.amazonaws.com", "s3 us-east-1"),
            ("my-bucket.s3.amazonaws.com", "s3 us-east-1 my-bucket"),
            ("s3-us-west-2.amazonaws.com", "s3 us-west-2"),
            ("b.s3-us-west-2.amazonaws.com", "s3 us-west-2 b"),
            ("sts.amazonaws.com", "sts us-east-1"),
            ("sts.eu-west-1.amazonaws.com", "sts eu-west-1"),
            ("iam.amazonaws.com", "iam us-east-1"),
            ("ec2.eu-west-1.amazonaws.com", "ec2 eu-west-1"),
            ("111122223333.s3-control.eu-west-1.amazonaws.com", "s3-control eu-west-1"),
            ("organizations.us-east-1.amazonaws.com", "organizations us-east-1"),
        ];
        for (host, expected) in cases {
            assert_eq!(text(host), expected, "{host}");
        }
        for host in [
            "",
            "example.com",
            "amazonaws.com",
            ".amazonaws.com",
            "s3.us-est-1.amazonaws.com",
            ".s3.amazonaws.com",
            "ec2.amazonaws.com",
            "iam.us-east-1.amazonaws.com",
            "x.sts.us-east-1.amazonaws.com",
            "us-east-1.amazonaws.com",
            "nosuch.us-east-1.amazonaws.com",
            "organizations.eu-west-1.amazonaws.com",
            "1.2.3",
            "300.1.1.1",
        ] {
            assert_eq!(text(host), "unknown", "{host}");
        }
        assert_eq!(text(&format!("{}.s3.amazonaws.com", "b".repeat(300))), "unknown");
    }
}
