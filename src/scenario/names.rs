//! What every logical id of every template stands for: the values of Ref and Fn::GetAtt.

use super::resources::ResourceType;
use super::suggestion::closest;
use std::collections::BTreeMap;

/// Where names are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope<'a> {
    /// Inside an account's template: CloudFormation's names.
    Template(&'a str),
    /// The rest of the document: `ACCOUNT/LogicalId`, or `LogicalId` where one account alone has it.
    Scenario,
}

/// A value that Ref gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Held {
    /// Declared, without a value: not modelled, or wrong, and reported there.
    #[default]
    Unknown,
    /// A string.
    Text(String),
    /// A parameter that is a list.
    List(Vec<String>),
}

/// A parameter or resource of a template.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared {
    /// The type, if this is a resource of a modelled type.
    pub kind: Option<&'static ResourceType>,
    pub is_resource: bool,
    /// What Ref gives.
    pub reference: Held,
    /// What Fn::GetAtt gives.
    pub attributes: BTreeMap<&'static str, String>,
}

/// Names of one account's template.
#[derive(Debug, Clone, Default)]
pub(crate) struct AccountNames {
    pub region: String,
    pub stack_id: String,
    pub declared: BTreeMap<String, Declared>,
}

/// Names of all accounts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub accounts: BTreeMap<String, AccountNames>,
}

/// Why a name stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotFound {
    /// Nothing has that name; the closest that there is.
    Unknown(Option<String>),
    /// More than one account has it: these.
    Ambiguous(Vec<String>),
}

impl Names {
    /// What a name stands for, and whose it is.
    pub fn find(&self, scope: Scope<'_>, name: &str) -> Result<(&str, &str, &Declared), NotFound> {
        match scope {
            Scope::Template(account) => self.find_in(account, name),
            Scope::Scenario => match name.split_once('/') {
                Some((account, logical_id)) => {
                    self.find_in(account, logical_id).map_err(|missing| match missing {
                        NotFound::Unknown(Some(near)) => NotFound::Unknown(Some(format!("{account}/{near}"))),
                        missing => missing,
                    })
                }
                None => self.find_alone(name),
            },
        }
    }

    fn find_in(&self, account: &str, name: &str) -> Result<(&str, &str, &Declared), NotFound> {
        let Some((account, names)) = self.accounts.get_key_value(account) else {
            let near = closest(account, self.accounts.keys().map(String::as_str));
            return Err(NotFound::Unknown(near.map(|near| format!("{near}/{name}"))));
        };
        match names.declared.get_key_value(name) {
            Some((name, declared)) => Ok((account, name, declared)),
            None => {
                let near = closest(name, names.declared.keys().map(String::as_str));
                Err(NotFound::Unknown(near.map(str::to_string)))
            }
        }
    }

    /// A resource that one account alone has.
    fn find_alone(&self, name: &str) -> Result<(&str, &str, &Declared), NotFound> {
        let resources = || {
            let all = self.accounts.iter().flat_map(|(account, names)| {
                names.declared.iter().map(move |(name, declared)| (account.as_str(), name.as_str(), declared))
            });
            all.filter(|(_, _, declared)| declared.is_resource)
        };
        let mut found = resources().filter(|(_, other, _)| *other == name);
        match (found.next(), found.next()) {
            (Some(found), None) => Ok(found),
            (Some(_), Some(_)) => {
                let all = resources().filter(|(_, other, _)| *other == name);
                Err(NotFound::Ambiguous(all.map(|(account, name, _)| format!("{account}/{name}")).collect()))
            }
            (None, _) => {
                let near = closest(name, resources().map(|(_, name, _)| name));
                Err(NotFound::Unknown(near.map(str::to_string)))
            }
        }
    }
}
