//! The state of one load: the cloud so far, the values of names, the findings.

use super::document::Document;
use super::findings::{At, Findings};
use super::intrinsics::{self, Resolver, STACK_NAME};
use super::names::{Names, Scope};
use super::policies::PolicyText;
use super::schema;
use crate::cloud::{Cloud, Origin};
use crate::gather::Gather;
use crate::json::Node;
use crate::sorted::SortedMap;

/// Everything that a load has made so far.
pub(crate) struct Loading<'a> {
    pub document: &'a Document,
    pub findings: Findings<'a>,
    pub names: Names,
    pub budget: usize,
    pub cloud: Cloud,
    /// Each with the place where it begins in the text.
    pub policies: Vec<(u32, PolicyText)>,
    /// Names that must be unique, each with who has it: kind and account, name in lower case.
    pub taken: SortedMap<(String, String), String>,
    /// How many access keys a user has, by account and name.
    pub keys: SortedMap<(String, String), usize>,
    /// Principals of policies: they are checked when everything exists.
    pub principals: Vec<super::policies::NamedPrincipal>,
}

/// A resource whose intrinsics are resolved.
pub(crate) struct Resource<'a> {
    pub account: &'a str,
    pub region: &'a str,
    pub logical_id: &'a str,
    /// As it stands in the document.
    pub at: At<'a>,
    pub pointer: String,
    /// Resolved; an empty object if there are none.
    pub properties: Node,
    /// `Tags`.
    pub tags: SortedMap<String, String>,
    /// What Ref gives, once it is made.
    pub reference: Option<String>,
}

/// What a resource stands for.
#[derive(Debug, Default)]
pub(crate) struct Identity {
    /// Ref's value.
    pub reference: Option<String>,
    /// Fn::GetAtt's values, in the order of the type's attributes; fewer if something is wrong.
    pub values: Vec<String>,
}

impl Identity {
    /// The value of Ref, and those of Fn::GetAtt.
    pub fn new(reference: &str, values: &[&str]) -> Self {
        let mut identity = Identity { reference: Some(reference.to_string()), values: Vec::new() };
        for value in values {
            identity.values.push((*value).to_string());
        }
        identity
    }
}

impl Resource<'_> {
    /// Its citation name and place.
    pub fn origin(&self) -> Origin {
        Origin { name: self.name(), pointer: self.pointer.clone() }
    }

    /// `ACCOUNT/LogicalId`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.account, self.logical_id)
    }

    /// What its ids are derived from.
    pub fn names(&self) -> [&str; 2] {
        [self.account, self.logical_id]
    }

    /// All properties.
    pub fn properties(&self) -> At<'_> {
        At::new(&self.properties)
    }

    /// A property that has a value.
    pub fn property(&self, name: &str) -> Option<At<'_>> {
        self.properties().field(name)
    }

    /// A property that holds a string, with its place.
    pub fn given(&self, name: &str) -> Option<(At<'_>, &str)> {
        self.property(name).zip(self.text(name))
    }

    /// A property's string.
    pub fn text(&self, name: &str) -> Option<&str> {
        intrinsics::scalar(self.properties.get(name)?)
    }

    /// A property's string; empty: none.
    pub fn string(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_string()
    }

    /// A property that is true or false.
    pub fn flag(&self, name: &str) -> Option<bool> {
        schema::boolean(self.property(name)?)
    }

    /// A property that is an integer.
    pub fn integer(&self, name: &str) -> Option<i64> {
        schema::integer(self.property(name)?)
    }
}

impl<'a> Loading<'a> {
    /// The value with its intrinsics resolved in a scope.
    pub fn resolve(&mut self, scope: Scope<'_>, at: At<'_>) -> Node {
        self.resolver(scope).resolve(at)
    }

    /// The string that a value of the scenario scope resolves to.
    pub fn resolve_text(&mut self, at: At<'_>) -> Option<String> {
        self.resolver(Scope::Scenario).resolve_text(at)
    }

    fn resolver<'r>(&'r mut self, scope: Scope<'r>) -> Resolver<'r, 'a> {
        let Loading { names, findings, budget, .. } = self;
        Resolver { names, scope, findings, budget }
    }

    /// `sandbox-LogicalId-ABCDEFGHIJKL`, as CloudFormation makes the name of a resource that is given none.
    pub fn made_name(&self, resource: &Resource<'_>, longest: usize) -> String {
        let letters = self.cloud.entropy.unique_id("", &resource.names());
        let suffix: String = letters.chars().take(12).gather();
        let room = longest.saturating_sub(STACK_NAME.len() + suffix.len() + 2);
        let middle: String = resource.logical_id.chars().take(room).gather();
        [STACK_NAME, "-", &middle, "-", &suffix].concat()
    }

    /// Takes a name that must be unique among its kind, ignoring case; a second one is a finding at `at`.
    pub fn take_name(&mut self, kind: String, name: &str, owner: &str, at: At<'_>) -> bool {
        if let Some(other) = self.taken.get(&(kind.clone(), name.to_ascii_lowercase())) {
            self.findings.error("diagnostic.duplicate-name", at, &[("name", name), ("other", other)]);
            return false;
        }
        self.taken.insert((kind, name.to_ascii_lowercase()), owner.to_string());
        true
    }
}
