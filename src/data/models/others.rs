//! The names of what else the CLI knows and isn't modelled: services, operations, waiters.
//!
//! Source: awscli's command tables, from which `make.py` makes `others.txt`: a line a service, `-` for the services
//! themselves, `SERVICE/wait` for waiters; then names by what stands after their first dash, `volume:create,delete`.

const OTHERS: &str = include_str!("./others.txt");

/// The other services (`-`), operations of a service (`ec2`) or its waiters (`ec2/wait`).
pub fn other_names(of: &str) -> Vec<String> {
    let mut names = Vec::new();
    let Some(line) = OTHERS.lines().find(|line| line.split(' ').next() == Some(of)) else { return names };
    for group in line.split(' ').skip(1) {
        let (noun, verbs) = group.split_once(':').unwrap_or_default();
        let (dash, noun) = if noun.is_empty() { ("", "") } else { ("-", noun) };
        names.extend(verbs.split(',').map(|verb| [verb, dash, noun].concat()));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::models::{Model, SERVICES};

    #[test]
    fn others_are_not_modelled() {
        for service in SERVICES {
            let (model, others) = (Model::of(service).unwrap(), other_names(service));
            assert!(!others.is_empty(), "{service}");
            for name in others {
                assert!(model.operation(&name).is_none(), "{service} {name}");
            }
        }
        assert!(other_names("ec2").contains(&"describe-volumes".to_string()));
        assert!(other_names("ec2/wait").contains(&"volume-available".to_string()));
        assert!(other_names("-").contains(&"lambda".to_string()) && other_names("nothing").is_empty());
    }
}
