//! DescribeRegions, DescribeAvailabilityZones, DescribePrefixLists, DescribeImages: what AWS has for everybody.
//!
//! AWS pages: AWS Regions and Zones; VPC User Guide, "AWS-managed prefix lists"; EC2 API Reference, "DescribeImages".
//! Simplified: every Region has the zones a, b and c and is open to every account; of an image nothing is known but
//! its id, so that only images asked for by id are told.

use super::describe::Describe;
use super::names;
use super::resource::{IMAGE, PREFIX_LIST, REGION, ZONE};
use crate::cloud::REGIONS;
use crate::gather::Gather;
use crate::services::protocol::Tree;

const ZONES: [&str; 3] = ["a", "b", "c"];

/// Whether a Region has that zone.
pub(super) fn exists(region: &str, zone: &str) -> bool {
    zone.strip_prefix(region).is_some_and(|letter| ZONES.contains(&letter))
}

pub(super) const DESCRIBE_REGIONS: Describe = Describe {
    parameter: "RegionName",
    id: "regionName",
    set: "regionInfo",
    kind: &REGION,
    all: |_, _| {
        let mut items = Vec::new();
        for (region, _) in REGIONS {
            let mut item = Tree::new();
            item.text("regionName", region);
            item.text("regionEndpoint", &["ec2.", region, ".amazonaws.com"].concat());
            item.text("optInStatus", "opt-in-not-required");
            items.push(item);
        }
        Ok(items)
    },
    filters: "endpoint=regionEndpoint opt-in-status=optInStatus region-name=regionName",
    arrange: |items| items,
};

pub(super) const DESCRIBE_AVAILABILITY_ZONES: Describe = Describe {
    parameter: "ZoneName",
    id: "zoneName",
    set: "availabilityZoneInfo",
    kind: &ZONE,
    all: |ec2, input| {
        let ids = input.list("ZoneId", "");
        let mut items = Vec::new();
        for letter in ZONES {
            let zone = [&ec2.region, letter].concat();
            let mut item = Tree::new();
            item.texts(&[
                ("zoneName", &zone),
                ("zoneId", &names::zone_id(&zone)),
                ("zoneState", "available"),
                ("regionName", &ec2.region),
                ("groupName", &ec2.region),
                ("networkBorderGroup", &ec2.region),
                ("optInStatus", "opt-in-not-required"),
                ("zoneType", "availability-zone"),
            ]);
            items.push(item);
        }
        items.retain(|item| ids.is_empty() || ids.contains(&item.first("zoneId")));
        Ok(items)
    },
    filters: "group-name=groupName opt-in-status=optInStatus region-name=regionName state=zoneState zone-id=zoneId \
zone-name=zoneName zone-type=zoneType",
    arrange: |items| items,
};

pub(super) const DESCRIBE_PREFIX_LISTS: Describe = Describe {
    parameter: "PrefixListId",
    id: "prefixListId",
    set: "prefixListSet",
    kind: &PREFIX_LIST,
    all: |ec2, _| {
        let own = REGIONS.iter().find(|(region, _)| *region == ec2.region);
        let list = own.and_then(|(_, list)| *list);
        let item = |id: &str| {
            let mut item = Tree::new();
            item.text("prefixListId", id);
            item.text("prefixListName", &["com.amazonaws.", &ec2.region, ".s3"].concat());
            item
        };
        Ok(list.map(item).into_iter().gather())
    },
    filters: "prefix-list-id=prefixListId prefix-list-name=prefixListName",
    arrange: |items| items,
};

pub(super) const DESCRIBE_IMAGES: Describe = Describe {
    parameter: "ImageId",
    id: "imageId",
    set: "imagesSet",
    kind: &IMAGE,
    all: |_, input| {
        let known = input.list("ImageId", "").into_iter().filter(|id| IMAGE.is_well_formed(id));
        let item = |id: &str| {
            let mut item = Tree::new();
            item.texts(&[
                ("imageId", id),
                ("imageState", "available"),
                ("isPublic", "true"),
                ("architecture", "x86_64"),
                ("imageType", "machine"),
                ("rootDeviceType", "ebs"),
                ("virtualizationType", "hvm"),
                ("platformDetails", "Linux/UNIX"),
            ]);
            item
        };
        Ok(known.map(item).gather())
    },
    filters: "architecture=architecture image-id=imageId is-public=isPublic state=imageState",
    arrange: |items| items,
};
