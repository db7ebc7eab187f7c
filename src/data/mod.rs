//! Facts about AWS's services: actions, resource types, condition keys, Regions.
//!
//! AWS page: Service Authorization Reference, "Actions, resources, and condition keys for AWS services".
//! Entry: [`Tables`]. `make.mjs` makes the files from a well-kept package; the first line of each
//! names it. Native builds carry them; in the browser they are files beside the page, given by
//! [`Tables::provide`] when the editor needs them.
//!
//! - `services.txt`: the services of this model, whole, with the global keys and the Regions.
//! - `known.txt`: names of condition keys, which every build carries.
//! - `action-names.txt`: every other service's prefix and its actions' names, to find typing errors.
//!
//! Left out on purpose: descriptions, dependent actions, and the resource types of other services.

pub mod models;
mod known;
mod names;
mod needs;
mod read;
mod template;

use crate::gather::Gather;
pub use known::{is_known_key, resource_control_services};
pub use names::ActionNames;
pub use needs::needed;
pub use template::{Reading, arns_overlap, overlaps};

/// Name of the file with the services of this model.
pub const SERVICES: &str = "services.txt";
/// Name of the file with the action names of all other services.
pub const ACTION_NAMES: &str = "action-names.txt";

/// What is known about AWS's services; empty until a file is provided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables {
    /// Partitions and their Regions.
    pub partitions: Vec<Partition>,
    /// Condition keys that belong to no single service, `aws:...` and cross-service ones.
    pub global_keys: Vec<ConditionKey>,
    /// The services of this model.
    pub services: Vec<Service>,
    /// The other services.
    pub action_names: Option<ActionNames>,
}

/// A partition, such as `aws-cn`.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub name: String,
    /// Region codes, sorted.
    pub regions: Vec<String>,
}

/// A service of this model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Service {
    /// `s3`
    pub prefix: String,
    /// `Amazon S3`
    pub name: String,
    /// Condition keys, sorted by name in lower case.
    pub keys: Vec<ConditionKey>,
    /// Resource types, sorted by name in lower case.
    pub resources: Vec<ResourceType>,
    /// Actions, sorted by name in lower case.
    pub actions: Vec<Action>,
}

/// A condition key.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionKey {
    /// As AWS writes it, variable parts as `${TagKey}`.
    pub name: String,
    /// Type of one value.
    pub value_type: KeyType,
    /// Whether a request holds several values (`ArrayOf...`).
    pub multivalued: bool,
}

/// The type of a condition key's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// An ARN.
    Arn,
    /// A number.
    Numeric,
    /// A date and time.
    Date,
    /// An IP address.
    IpAddress,
}

/// A type of resource.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourceType {
    /// `bucket`
    pub name: String,
    /// `arn:${Partition}:s3:::${BucketName}`
    pub arn: String,
    /// Places in [`Service::keys`].
    pub keys: Vec<u16>,
}

/// An action.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Without the prefix: `GetObject`.
    pub name: String,
    /// How AWS classifies it.
    pub access_level: AccessLevel,
    /// Places in [`Service::keys`] of the keys that count for every resource.
    pub keys: Vec<u16>,
    /// The resource types it works on; none: only `*` matches.
    pub resources: Vec<ActionResource>,
}

/// A resource type of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionResource {
    /// Place in [`Service::resources`].
    pub resource: u16,
    /// Whether a request always names one.
    pub required: bool,
    /// Places in [`Service::keys`] of the keys that count for this resource type.
    pub keys: Vec<u16>,
}

/// How AWS classifies an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessLevel {
    /// Reads content.
    Read,
    /// Creates, changes or deletes.
    Write,
    /// Lists.
    List,
    /// Changes tags.
    Tagging,
    /// Changes permissions.
    PermissionsManagement,
}

/// What is known about a condition key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KeyLookup<'a> {
    /// It exists.
    Known(&'a ConditionKey),
    /// It exists, but the tag key after the slash is missing.
    MissingTagKey(&'a ConditionKey),
    /// Its service exists, or it is a global key's prefix, but the key doesn't.
    UnknownKey,
    /// No service has that prefix.
    UnknownService,
    /// The tables don't decide: another service's key, or an identity provider's.
    Undecided,
}

/// Why a file was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFault {
    /// No table has that name.
    UnknownName,
    /// The bytes aren't UTF-8.
    NotText,
    /// This line, from 1, isn't of the format.
    Line(usize),
}

impl Tables {
    /// The tables that a native build carries.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn carried() -> Self {
        let mut tables = Tables::default();
        // A test reads both files, so neither can be refused.
        let _ = tables.provide(SERVICES, include_bytes!("services.txt"));
        let _ = tables.provide(ACTION_NAMES, include_bytes!("action-names.txt"));
        tables
    }

    /// Reads one file; `name` is [`SERVICES`] or [`ACTION_NAMES`]. Other tables stay as they were.
    pub fn provide(&mut self, name: &str, bytes: &[u8]) -> Result<(), TableFault> {
        let text = std::str::from_utf8(bytes).map_err(|_| TableFault::NotText)?;
        match name {
            SERVICES => {
                let action_names = self.action_names.take();
                *self = Tables { action_names, ..read::services(text)? };
            }
            ACTION_NAMES => self.action_names = Some(ActionNames::read(text)?),
            _ => return Err(TableFault::UnknownName),
        }
        Ok(())
    }

    /// A service of this model by its prefix, in any case.
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.prefix.eq_ignore_ascii_case(prefix))
    }

    /// Whether a service has that prefix, in any case; `None` if the tables can't tell.
    pub fn knows_service(&self, prefix: &str) -> Option<bool> {
        if self.service(prefix).is_some() {
            return Some(true);
        }
        self.action_names.as_ref().map(|names| names.has(&prefix.to_ascii_lowercase()))
    }

    /// All prefixes that are known, this model's first.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        let others = self.action_names.iter().flat_map(ActionNames::prefixes);
        self.services.iter().map(|service| service.prefix.as_str()).chain(others)
    }

    /// The action names of a service, sorted as in lower case; `None` if they aren't known.
    pub fn actions_of(&self, prefix: &str) -> Option<Vec<String>> {
        match self.service(prefix) {
            Some(service) => Some(service.actions.iter().map(|action| action.name.clone()).gather()),
            None => self.action_names.as_ref()?.actions(&prefix.to_ascii_lowercase()),
        }
    }

    /// The Regions of a partition; `None` if it doesn't exist.
    pub fn regions(&self, partition: &str) -> Option<&[String]> {
        self.partitions.iter().find(|other| other.name == partition).map(|other| other.regions.as_slice())
    }

    /// Looks up a condition key as a policy writes it.
    pub fn condition_key(&self, key: &str) -> KeyLookup<'_> {
        let prefix = key.split(':').next().unwrap_or("");
        match find_key(&self.global_keys, key) {
            KeyLookup::UnknownKey => {}
            found => return found,
        }
        if let Some(service) = self.service(prefix) {
            return find_key(&service.keys, key);
        }
        // Keys of identity providers stand with STS; their prefix is a host name, or `saml`.
        if let Some(sts) = self.service("sts")
            && let found @ KeyLookup::Known(_) = find_key(&sts.keys, key)
        {
            return found;
        }
        if prefix.eq_ignore_ascii_case("aws") && !self.global_keys.is_empty() {
            return KeyLookup::UnknownKey;
        }
        match &self.action_names {
            Some(names) if !prefix.contains('.') && !names.has_key_prefix(&prefix.to_ascii_lowercase()) => {
                KeyLookup::UnknownService
            }
            _ => KeyLookup::Undecided,
        }
    }
}

impl Service {
    /// An action by its name without prefix, in any case.
    pub fn action(&self, name: &str) -> Option<&Action> {
        let name = name.to_ascii_lowercase();
        let place =
            self.actions.binary_search_by(|action| action.name.to_ascii_lowercase().cmp(&name)).ok()?;
        self.actions.get(place)
    }

    /// The condition keys that count for an action: its own and those of its resource types.
    pub fn keys_of<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = &'a ConditionKey> {
        let by_resource = action.resources.iter().flat_map(|resource| {
            let kind = self.resources.get(usize::from(resource.resource));
            resource.keys.iter().chain(kind.into_iter().flat_map(|kind| &kind.keys))
        });
        action.keys.iter().chain(by_resource).filter_map(|place| self.keys.get(usize::from(*place)))
    }

    /// The resource types of an action.
    pub fn resources_of<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = &'a ResourceType> {
        action.resources.iter().filter_map(|place| self.resources.get(usize::from(place.resource)))
    }
}

impl ConditionKey {
    /// Whether `key`, as a policy writes it, is this key.
    pub fn is(&self, key: &str) -> bool {
        match self.name.split_once("${") {
            None => self.name.eq_ignore_ascii_case(key),
            Some((start, _)) => {
                let same_start = key.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
                same_start && overlaps(&self.name, key, Reading::Key)
            }
        }
    }
}

fn find_key<'a>(keys: &'a [ConditionKey], text: &str) -> KeyLookup<'a> {
    if let Some(key) = keys.iter().find(|key| key.is(text)) {
        return KeyLookup::Known(key);
    }
    let bare = text.strip_suffix('/').unwrap_or(text);
    let tagged = |key: &&ConditionKey| {
        key.name.strip_suffix("/${TagKey}").is_some_and(|start| start.eq_ignore_ascii_case(bare))
    };
    keys.iter().find(tagged).map_or(KeyLookup::UnknownKey, KeyLookup::MissingTagKey)
}

#[cfg(test)]
mod tests;
