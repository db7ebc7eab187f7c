//! What every logical id of every template stands for: the values of Ref and Fn::GetAtt.

use super::resources::ResourceType;
use super::suggestion::closest;
use crate::gather::Gather;
use crate::sorted::SortedMap;

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
    pub attributes: SortedMap<&'static str, String>,
}

/// Names of one account's template.
#[derive(Debug, Clone, Default)]
pub(crate) struct AccountNames {
    pub region: String,
    pub stack_id: String,
    pub declared: SortedMap<String, Declared>,
}

/// Names of all accounts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub accounts: SortedMap<String, AccountNames>,
}

/// Why a name stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotFound {
    /// Nothing has that name.
    Unknown,
    /// More than one account has it: these.
    Ambiguous(Vec<String>),
}

/// Account, logical id and what it stands for.
type Found<'n> = (&'n str, &'n str, &'n Declared);

impl Names {
    /// What a name stands for, and whose it is.
    pub fn find(&self, scope: Scope<'_>, name: &str) -> Result<Found<'_>, NotFound> {
        match (scope, name.split_once('/')) {
            (Scope::Template(account), _) => self.find_in(account, name).ok_or(NotFound::Unknown),
            (Scope::Scenario, Some((account, logical_id))) => {
                self.find_in(account, logical_id).ok_or(NotFound::Unknown)
            }
            (Scope::Scenario, None) => self.find_alone(name),
        }
    }

    fn find_in(&self, account: &str, name: &str) -> Option<Found<'_>> {
        let (account, names) = self.accounts.get_key_value(account)?;
        let (name, declared) = names.declared.get_key_value(name)?;
        Some((account, name, declared))
    }

    /// A resource that one account alone has.
    fn find_alone(&self, name: &str) -> Result<Found<'_>, NotFound> {
        let all = self.accounts.keys().filter_map(|account| self.find_in(account, name));
        let found: Vec<Found<'_>> = all.filter(|(_, _, declared)| declared.is_resource).gather();
        match found.as_slice() {
            [] => Err(NotFound::Unknown),
            [one] => Ok(*one),
            several => {
                let name = |(account, name, _): &Found<'_>| format!("{account}/{name}");
                Err(NotFound::Ambiguous(several.iter().map(name).gather()))
            }
        }
    }

    /// The name in a scope that is closest to an unknown one.
    pub fn near(&self, scope: Scope<'_>, name: &str) -> Option<String> {
        let near = |account: &str, name: &str| {
            closest(name, &mut self.accounts.get(account)?.declared.keys().map(String::as_str))
        };
        match (scope, name.split_once('/')) {
            (Scope::Template(account), _) => near(account, name).map(str::to_string),
            (Scope::Scenario, Some((account, logical_id))) => {
                let account = closest(account, &mut self.accounts.keys().map(String::as_str))?;
                Some([account, "/", near(account, logical_id)?].concat())
            }
            (Scope::Scenario, None) => {
                let all = self.accounts.values().flat_map(|names| names.declared.iter());
                let resources = all.filter(|(_, declared)| declared.is_resource);
                closest(name, &mut resources.map(|(name, _)| name.as_str())).map(str::to_string)
            }
        }
    }
}
