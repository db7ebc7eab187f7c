//! The little that every evaluation needs, so that it is there before any table is: `known.txt`, made by `make.mjs`
//! from the same package.
//!
//! A line of the services that support resource control policies, then a line for each prefix with its condition keys
//! in lower case; a key that ends with a slash goes on with a name of the user's own.

const KNOWN: &str = include_str!("known.txt");

/// Whether AWS has such a condition key. Keys of services outside this model are taken as known.
pub fn is_known_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let Some((prefix, name)) = key.split_once(':') else { return true };
    let mut lines = KNOWN.lines().filter_map(|line| line.split_once(' '));
    let Some((_, names)) = lines.find(|(own, _)| *own == prefix) else { return true };
    !name.is_empty()
        && names.split(' ').any(|known| match known.strip_suffix('/') {
            Some(_) => name.len() > known.len() && name.starts_with(known),
            None => known == name,
        })
}

/// Prefixes of the services that support resource control policies.
pub fn resource_control_services() -> impl Iterator<Item = &'static str> {
    let line = KNOWN.lines().find_map(|line| line.strip_prefix('!'));
    line.unwrap_or("").split(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{KeyLookup, Tables};

    #[test]
    fn knows_what_the_tables_know() {
        let tables = Tables::carried();
        let keys = tables.services.iter().flat_map(|service| &service.keys).chain(&tables.global_keys);
        for key in keys {
            let name = key.name.replace("${TagKey}", "team").replace("${", "").replace('}', "");
            assert!(is_known_key(&name), "{name}");
        }
        for name in ["aws:SourceVcp", "s3:prefx", "aws:PrincipalTag/", "iam:", "aws:RequestTag"] {
            assert!(!is_known_key(name), "{name}");
            assert!(!matches!(tables.condition_key(name), KeyLookup::Known(_)), "{name}");
        }
        assert!(
            is_known_key("s3:ExistingObjectTag/team")
                && is_known_key("dynamodb:Anything")
                && is_known_key("x")
        );
    }

    #[test]
    fn some_services_support_resource_control_policies() {
        let services: Vec<&str> = resource_control_services().collect();
        assert!(services.len() > 50 && services.is_sorted());
        assert!(services.contains(&"s3") && services.contains(&"sts") && !services.contains(&"ec2"));
    }
}
