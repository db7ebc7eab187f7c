//! Reads `action-names.txt`: the names of the actions of services outside this model.
//!
//! A line `=PREFIX NOUN:VERB,VERB NOUN:VERB ...` a service, sorted by prefix; an action's name is verb and
//! noun. `~` lists service names that stand in ARNs alone, `^` prefixes of condition keys that no service has.
//! The text is kept as it is, since a policy names few services; names are put together when asked for.

use super::TableFault;
use crate::gather::Gather;
use crate::sorted::sort_by;
use std::ops::Range;

/// The prefixes of services and their actions' names.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionNames {
    text: String,
    /// Where each prefix and its groups stand in the text.
    lines: Vec<(Range<usize>, Range<usize>)>,
    arn_services: Vec<String>,
    key_prefixes: Vec<String>,
}

impl ActionNames {
    /// Reads the file; a line that doesn't fit refuses it.
    pub fn read(text: &str) -> Result<Self, TableFault> {
        let text = text.to_string();
        let mut names = ActionNames {
            text: String::new(),
            lines: Vec::new(),
            arn_services: Vec::new(),
            key_prefixes: Vec::new(),
        };
        let mut start = 0;
        for (place, line) in text.lines().enumerate() {
            names.line(start, line).ok_or(TableFault::Line(place + 1))?;
            start += line.len() + 1;
        }
        names.text = text;
        Ok(names)
    }

    fn line(&mut self, start: usize, line: &str) -> Option<()> {
        let words = |rest: &str| rest.split_whitespace().map(str::to_string).gather();
        if let Some(rest) = line.strip_prefix('=') {
            let (prefix, _) = rest.split_once(' ')?;
            let prefix = start + 1..start + 1 + prefix.len();
            self.lines.push((prefix.clone(), prefix.end + 1..start + line.len()));
        } else if let Some(rest) = line.strip_prefix('~') {
            self.arn_services = words(rest);
        } else if let Some(rest) = line.strip_prefix('^') {
            self.key_prefixes = words(rest);
        } else if !line.starts_with('#') {
            return None;
        }
        Some(())
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn groups(&self, prefix: &str) -> Option<&str> {
        let place = self.lines.binary_search_by(|(name, _)| self.slice(name).cmp(prefix)).ok()?;
        self.lines.get(place).map(|(_, groups)| self.slice(groups))
    }

    /// Whether a service has this prefix (in lower case).
    pub fn has(&self, prefix: &str) -> bool {
        self.groups(prefix).is_some()
    }

    /// Whether this name (in lower case) stands as service in ARNs of services outside this model.
    pub fn has_arn_service(&self, name: &str) -> bool {
        self.has(name) || self.arn_services.iter().any(|other| other == name)
    }

    /// Whether condition keys outside this model have this prefix (in lower case).
    pub fn has_key_prefix(&self, prefix: &str) -> bool {
        self.has(prefix) || self.key_prefixes.iter().any(|other| other == prefix)
    }

    /// All prefixes, sorted.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|(prefix, _)| self.slice(prefix))
    }

    /// The names of a service's actions, sorted as in lower case.
    pub fn actions(&self, prefix: &str) -> Option<Vec<String>> {
        let mut names = Vec::new();
        for group in self.groups(prefix)?.split(' ') {
            let (noun, verbs) = group.split_once(':')?;
            names.extend(verbs.split(',').map(|verb| format!("{verb}{noun}")));
        }
        sort_by(&mut names, |a, b| a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase()));
        Some(names)
    }
}
