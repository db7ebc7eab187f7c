//! The format of ~/.aws/config and ~/.aws/credentials.
//!
//! The CLI reads both with Python's `configparser.RawConfigParser`, whose rules these are: full-line comments
//! with `#` or `;`, keys in lower case, `=` or `:` between key and value, deeper indented lines continue a value.

use crate::gather::Gather;
use crate::sorted::SortedMap;
use std::collections::BTreeSet;

/// A section's name and options, in the order of the file.
type Section = (String, Vec<(String, String)>);

/// Sections in the order of the file, their options by lower-case key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ini {
    sections: Vec<(String, SortedMap<String, String>)>,
}

/// The 1-based line that isn't understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IniFault {
    /// Its number.
    pub line: usize,
}

impl Ini {
    /// The options of a section.
    pub fn section(&self, name: &str) -> Option<&SortedMap<String, String>> {
        self.sections.iter().find(|(own, _)| own == name).map(|(_, options)| options)
    }

    /// Names of the sections.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|(name, _)| name.as_str())
    }
}

/// Parses a file. Faults as `RawConfigParser`: a line outside any section, a line without delimiter,
/// a section or option that stands twice.
pub fn parse(text: &str) -> Result<Ini, IniFault> {
    // Gathered in the order of the file and sorted at its end; a set tells what stands twice.
    let mut sections: Vec<Section> = Vec::new();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    let lower = text.to_ascii_lowercase();
    let mut depth: Option<usize> = None;
    for (place, (line, lower)) in text.lines().zip(lower.lines()).enumerate() {
        let fault = IniFault { line: place + 1 };
        let content = line.trim();
        if content.starts_with(['#', ';']) {
            continue;
        }
        if content.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        if depth.is_some_and(|depth| indent > depth) {
            if let Some((_, value)) = sections.last_mut().and_then(|(_, options)| options.last_mut()) {
                value.push('\n');
                value.push_str(content);
            }
            continue;
        }
        depth = None;
        if let Some(name) = header(content) {
            if !names.insert(name) {
                return Err(fault);
            }
            keys.clear();
            sections.push((name.to_string(), Vec::new()));
            continue;
        }
        let Some((_, options)) = sections.last_mut() else {
            return Err(fault);
        };
        let (_, value) = content.split_once(['=', ':']).ok_or(fault)?;
        let key = lower.split(['=', ':']).next().unwrap_or_default().trim();
        if key.is_empty() || !keys.insert(key) {
            return Err(fault);
        }
        options.push((key.to_string(), value.trim().to_string()));
        depth = Some(indent);
    }
    let sorted = |(name, options): Section| (name, SortedMap::of_many(options));
    Ok(Ini { sections: sections.into_iter().map(sorted).gather() })
}

/// The name between the first `[` and the last `]`.
fn header(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('[')?;
    let (name, _) = rest.rsplit_once(']')?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_cli_reads() {
        let text = "# c\n[default]\nRegion = eu-west-1\n; c\naws_access_key_id: AKIA\ns3 =\n  a = b\n  c = d\n\n[profile x]\nk==v=\n";
        let ini = parse(text).unwrap();
        let default = ini.section("default").unwrap();
        assert_eq!(default["region"], "eu-west-1");
        assert_eq!(default["aws_access_key_id"], "AKIA");
        assert_eq!(default["s3"], "\na = b\nc = d");
        assert_eq!(ini.section("profile x").unwrap()["k"], "=v=");
        assert_eq!(ini.names().collect::<Vec<_>>(), ["default", "profile x"]);
    }

    #[test]
    fn refuses_what_the_cli_refuses() {
        for (text, line) in [
            ("a = b", 1),
            ("[x]\nnonsense", 2),
            ("[default\nk = v", 1),
            ("[a]\n[a]", 2),
            ("[a]\nk=1\nK=2", 3),
            ("[a]\n=v", 2),
        ] {
            assert_eq!(parse(text), Err(IniFault { line }), "{text}");
        }
    }
}
