//! Tags: those of a resource, and those that a request gives to what it makes.
//!
//! AWS page: EC2 User Guide, "Tag your Amazon EC2 resources".

use super::exchange::invalid;
use crate::cloud::Account;
use crate::services::errors::{AwsError, EC2_TAG_LIMIT, EC2_TAG_RESERVED};
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;
use crate::sorted::SortedMap;

pub(super) type Tags = SortedMap<String, String>;

/// Most tags of a resource.
const MAX_TAGS: usize = 50;

/// The tags of a resource, whatever it is.
pub(super) fn of<'a>(account: &'a Account, id: &str) -> impl Iterator<Item = (&'a String, &'a String)> {
    let instance = account.instances.get(id).map(|instance| &instance.tags);
    let record = account.network.records.get(id).map(|record| &record.tags);
    instance.or(record).into_iter().flatten()
}

/// The tags that `TagSpecification.N` gives to resources of that type.
pub(super) fn specified(input: &Parameters, resource_type: &str) -> Result<Tags, AwsError> {
    let types = input.list("TagSpecification", ".ResourceType");
    let mut tags = Tags::new();
    for (place, named) in types.into_iter().enumerate() {
        if named == resource_type {
            read(input, &format!("TagSpecification.{}.Tag", place + 1), &mut tags)?;
        }
    }
    Ok(tags)
}

/// Adds the tags `NAME.N.Key` with `NAME.N.Value`.
pub(super) fn read(input: &Parameters, name: &str, tags: &mut Tags) -> Result<(), AwsError> {
    for (place, key) in input.list(name, ".Key").into_iter().enumerate() {
        let value = input.get(&format!("{name}.{}.Value", place + 1)).unwrap_or_default();
        if key.starts_with("aws:") {
            return Err(EC2_TAG_RESERVED.error());
        }
        if key.is_empty() || key.chars().count() > 128 {
            return Err(invalid("tag key", key, "Tag keys must be 1 to 128 characters long"));
        }
        if value.chars().count() > 256 {
            return Err(invalid("tag value", value, "Tag values must be at most 256 characters long"));
        }
        tags.insert(key.to_string(), value.to_string());
    }
    if tags.len() > MAX_TAGS { Err(EC2_TAG_LIMIT.error()) } else { Ok(()) }
}

/// The condition keys of tags that a request sends.
pub(super) fn request_keys(tags: &Tags) -> Vec<(String, String)> {
    tags.iter().map(|(key, value)| (["aws:RequestTag/", key].concat(), value.clone())).collect()
}

/// `tagSet` of a resource.
pub(super) fn tree<'a>(tags: impl IntoIterator<Item = (&'a String, &'a String)>) -> Tree {
    let item = |(key, value): (&String, &String)| {
        let mut tag = Tree::new();
        tag.text("key", key);
        tag.text("value", value);
        tag
    };
    Tree::Items(tags.into_iter().map(item).collect())
}
