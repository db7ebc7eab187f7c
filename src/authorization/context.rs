//! The request context: condition keys, their values, and where each value comes from.
//!
//! AWS page: IAM User Guide, "AWS global condition context keys".

use crate::policy::{ConditionKeys, KeyValues};
use crate::sorted::SortedMap;
use serde::Serialize;

/// Condition keys of one request. Keys compare without regard to case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    entries: SortedMap<String, ContextEntry>,
}

/// One key of the context.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct ContextEntry {
    /// The key as AWS writes it.
    #[serde(skip)]
    pub key: String,
    /// The values; `None` if the key is absent and the origin says why.
    pub values: Option<Vec<String>>,
    /// Whether the key is multivalued (an array in the request).
    #[serde(skip)]
    pub multivalued: bool,
    /// Catalogue key, `origin....`: where the value comes from, or why it is absent.
    pub origin: &'static str,
}

impl ConditionKeys for Context {
    fn get(&self, lower_case_key: &str) -> Option<KeyValues<'_>> {
        let entry = self.entries.get(lower_case_key)?;
        Some(KeyValues { values: entry.values.as_deref()?, multivalued: entry.multivalued })
    }
}

impl Context {
    /// Sets a single-valued key.
    pub fn set(&mut self, key: &str, value: impl Into<String>, origin: &'static str) {
        self.insert(ContextEntry {
            key: key.to_string(),
            values: Some(vec![value.into()]),
            multivalued: false,
            origin,
        });
    }

    /// Sets a multivalued key.
    pub fn set_all(&mut self, key: &str, values: Vec<String>, origin: &'static str) {
        self.insert(ContextEntry { key: key.to_string(), values: Some(values), multivalued: true, origin });
    }

    /// Notes that a key is absent, and why.
    pub fn absent(&mut self, key: &str, origin: &'static str) {
        self.insert(ContextEntry { key: key.to_string(), values: None, multivalued: false, origin });
    }

    /// The key's values, if it is present.
    pub fn values(&self, key: &str) -> Option<&[String]> {
        self.entry(key)?.values.as_deref()
    }

    /// The entry of a key, present or noted as absent.
    pub fn entry(&self, key: &str) -> Option<&ContextEntry> {
        self.entries.get(&key.to_ascii_lowercase())
    }

    /// All entries, ordered by key in lower case.
    pub fn entries(&self) -> impl Iterator<Item = &ContextEntry> {
        self.entries.values()
    }

    fn insert(&mut self, entry: ContextEntry) {
        self.entries.insert(entry.key.to_ascii_lowercase(), entry);
    }
}
