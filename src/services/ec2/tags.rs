//! Tags: those of a resource, and those that a request gives to what it makes; CreateTags, DeleteTags, DescribeTags.
//!
//! AWS page: EC2 User Guide, "Tag your Amazon EC2 resources".

use super::describe::Describe;
use super::exchange::{Ec2, invalid, required};
use super::resource::{TAG, of_id};
use crate::cloud::{Account, MetadataOptions, Record};
use crate::gather::Gather;
use crate::services::errors::*;
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
///
/// # Errors
/// InvalidParameterValue for any other type: what isn't made can't be tagged. Volumes and network interfaces of a
/// launch have no tags here.
pub(super) fn specified(input: &Parameters, resource_type: &str) -> Result<Tags, AwsError> {
    let types = input.list("TagSpecification", ".ResourceType");
    let mut tags = Tags::new();
    for (place, named) in types.into_iter().enumerate() {
        if named != resource_type {
            let error = EC2_TAG_TYPE.with(&[("type", named)]);
            return Err(if ["volume", "network-interface"].contains(&named) {
                error.for_want_of(format!("tags of a {named}"))
            } else {
                error
            });
        }
        read(input, &format!("TagSpecification.{}.Tag", place + 1), &mut tags)?;
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

/// Whether the metadata service can tell an instance's tags: their keys are parts of its paths.
///
/// # Errors
/// InvalidParameterValue, which names the first key that can't be one.
pub(super) fn in_metadata<'a>(tags: impl IntoIterator<Item = &'a String>) -> Result<(), AwsError> {
    match tags.into_iter().find(|key| !MetadataOptions::can_tell(key)) {
        Some(key) => Err(EC2_METADATA_TAG.with(&[("key", key), ("length", "{1,255}")])),
        None => Ok(()),
    }
}

/// The condition keys of tags that a request sends.
pub(super) fn request_keys(tags: &Tags) -> Vec<(String, String)> {
    tags.iter().map(|(key, value)| (["aws:RequestTag/", key].concat(), value.clone())).gather()
}

/// `tagSet` of a resource.
pub(super) fn tree<'a>(tags: impl IntoIterator<Item = (&'a String, &'a String)>) -> Tree {
    let item = |(key, value): (&String, &String)| {
        let mut tag = Tree::new();
        tag.text("key", key);
        tag.text("value", value);
        tag
    };
    Tree::Items(tags.into_iter().map(item).gather())
}

/// DescribeTags: one item a tag.
///
/// AWS page: EC2 API Reference, "DescribeTags".
pub(super) const DESCRIBE: Describe = Describe {
    parameter: "",
    id: "resourceId",
    set: "tagSet",
    kind: &TAG,
    all: |ec2, _| {
        let account = ec2.own()?;
        let own = account.instances.values().map(|instance| (&instance.id, &instance.tags));
        let records = account.network.records.iter().map(|(id, record)| (id, &record.tags));
        let mut items = Vec::new();
        for (id, tags) in own.chain(records) {
            for (key, value) in tags {
                let mut item = Tree::new();
                let kind = of_id(id).map_or("", |kind| kind.arn);
                item.texts(&[("resourceId", id), ("resourceType", kind), ("key", key), ("value", value)]);
                items.push(item);
            }
        }
        Ok(items)
    },
    filters: "key=key resource-id=resourceId resource-type=resourceType value=value",
    arrange: |items| items,
};

/// CreateTags and DeleteTags change the tags of every resource in `ResourceId.N`.
fn change(ec2: &mut Ec2<'_, '_>, input: &Parameters, apply: &dyn Fn(&mut Tags)) -> Result<Tree, AwsError> {
    let ids = input.list("ResourceId", "");
    required(input, "ResourceId.1")?;
    let mut sent = Tags::new();
    read(input, "Tag", &mut sent)?;
    let mut wanted = Vec::new();
    for id in &ids {
        let kind = of_id(id).ok_or_else(|| EC2_NO_RESOURCE.with(&[("id", id)]))?;
        let mut one = kind.wanted(ec2, id);
        one.keys.extend(request_keys(&sent));
        wanted.push(one);
    }
    ec2.permit(input, wanted, None)?;
    let account = ec2.own_mut()?;
    for id in &ids {
        if let Some(kind) = of_id(id).filter(|kind| !kind.exists(account, id)) {
            return Err(kind.missing(id));
        }
    }
    let mut all = Vec::new();
    for id in ids {
        let mut changed: Tags = of(account, id).map(|(key, value)| (key.clone(), value.clone())).gather();
        apply(&mut changed);
        if changed.len() > MAX_TAGS {
            return Err(EC2_TAG_LIMIT.error());
        }
        if account.instances.get(id).is_some_and(|instance| instance.metadata_options.instance_tags) {
            in_metadata(changed.keys())?;
        }
        all.push((id, changed));
    }
    for (id, changed) in all {
        match account.instances.get_mut(id) {
            Some(instance) => instance.tags = changed,
            None => {
                account.network.records.get_or_insert_with(id.to_string(), Record::default).tags = changed
            }
        }
    }
    Ok(super::vpc::done())
}

/// CreateTags: adds tags, or writes over those of the same key.
///
/// AWS page: EC2 API Reference, "CreateTags".
pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let mut given = Tags::new();
    read(input, "Tag", &mut given)?;
    if given.is_empty() {
        return Err(EC2_MISSING_PARAMETER.with(&[("parameter", "Tag")]));
    }
    change(ec2, input, &|tags| tags.extend(given.iter().map(|(key, value)| (key.clone(), value.clone()))))
}

/// DeleteTags: takes tags away, with a value only where it is that one; all of them where none is named.
///
/// AWS page: EC2 API Reference, "DeleteTags".
pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let keys = input.list("Tag", ".Key");
    let value = |place: usize| input.get(&format!("Tag.{}.Value", place + 1));
    change(ec2, input, &|tags| {
        tags.retain(|key, own| {
            let named = keys.iter().enumerate().find(|(_, given)| *given == key);
            match named {
                Some((place, _)) => value(place).is_some_and(|value| value != own),
                None => !keys.is_empty(),
            }
        });
    })
}
