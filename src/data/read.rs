//! Reads `services.txt`: a line a fact, its first character the kind.
//!
//! `p` partition and Regions, `x` prefixes for resource control policies, `g` global key, `=` a service begins,
//! `k` its key, `r` its resource type, `R` `W` `L` `T` `P` an action of that access level, `*` and `-` a
//! resource type of that action, required or not. References are places in the service's lists, in base 36.

use super::{
    AccessLevel, Action, ActionResource, ConditionKey, KeyType, Partition, ResourceType, Service, TableFault,
    Tables,
};
use crate::gather::Gather;

/// All of the file; a line that doesn't fit refuses it.
pub fn services(text: &str) -> Result<Tables, TableFault> {
    let mut tables = Tables::default();
    for (place, text) in text.lines().enumerate() {
        line(&mut tables, text).ok_or(TableFault::Line(place + 1))?;
    }
    Ok(tables)
}

fn line(tables: &mut Tables, text: &str) -> Option<()> {
    let mut characters = text.chars();
    let kind = characters.next()?;
    let rest = characters.as_str();
    let mut words = rest.split(' ');
    match kind {
        '#' => {}
        'p' => {
            let name = words.next()?.to_string();
            tables.partitions.push(Partition { name, regions: words.map(str::to_string).gather() });
        }
        'g' => tables.global_keys.push(key(rest)?),
        '=' => {
            let (prefix, name) = rest.split_once(' ')?;
            let (prefix, name) = (prefix.to_string(), name.to_string());
            tables.services.push(Service { prefix, name, ..Service::default() });
        }
        _ => fact(tables.services.last_mut()?, kind, rest)?,
    }
    Some(())
}

fn fact(service: &mut Service, kind: char, rest: &str) -> Option<()> {
    let mut words = rest.split(' ');
    let first = words.next()?;
    match kind {
        'k' => service.keys.push(key(rest)?),
        'r' => {
            let arn = words.next()?.to_string();
            let keys = places(words)?;
            service.resources.push(ResourceType { name: first.to_string(), arn, keys });
        }
        '*' | '-' => {
            let resource = u16::from_str_radix(first, 36).ok()?;
            let resource = ActionResource { resource, required: kind == '*', keys: places(words)? };
            service.actions.last_mut()?.resources.push(resource);
        }
        _ => {
            let access_level = access_level(kind)?;
            let (name, keys) = (first.to_string(), places(words)?);
            service.actions.push(Action { name, access_level, keys, resources: Vec::new() });
        }
    }
    Some(())
}

fn places<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<u16>> {
    words.map(|word| u16::from_str_radix(word, 36).ok()).gather()
}

fn access_level(kind: char) -> Option<AccessLevel> {
    Some(match kind {
        'R' => AccessLevel::Read,
        'W' => AccessLevel::Write,
        'L' => AccessLevel::List,
        'T' => AccessLevel::Tagging,
        'P' => AccessLevel::PermissionsManagement,
        _ => return None,
    })
}

/// `SName`: the type's letter, small if the key is multivalued, then the name.
fn key(text: &str) -> Option<ConditionKey> {
    let mut characters = text.chars();
    let letter = characters.next()?;
    let value_type = match letter.to_ascii_uppercase() {
        'S' => KeyType::String,
        'B' => KeyType::Bool,
        'A' => KeyType::Arn,
        'N' => KeyType::Numeric,
        'D' => KeyType::Date,
        'I' => KeyType::IpAddress,
        _ => return None,
    };
    let name = characters.as_str().to_string();
    Some(ConditionKey { name, value_type, multivalued: letter.is_ascii_lowercase() })
}
