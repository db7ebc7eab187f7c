//! What a command finds on its host: exported variables and files.

use crate::sorted::SortedMap;

/// A host's variables and files, as one command sees them.
#[derive(Debug, Clone, Copy)]
pub struct Environment<'a> {
    /// Exported variables.
    pub variables: &'a SortedMap<String, String>,
    /// Contents by absolute path.
    pub files: &'a SortedMap<String, String>,
    /// The home directory, absolute, without a slash at its end.
    pub home: &'a str,
}

impl<'a> Environment<'a> {
    /// A variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&'a str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A variable that says `true`, whatever its case.
    pub fn is_true(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A file's contents.
    pub fn file(&self, path: &str) -> Option<&'a str> {
        self.files.get(&absolute_path(path, self.home)).map(String::as_str)
    }
}

/// An absolute path without `.`, `..` and doubled slashes; a relative one starts at `home`, as does `~`.
pub fn absolute_path(path: &str, home: &str) -> String {
    let full = match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{home}{rest}"),
        _ if path.starts_with('/') => path.to_string(),
        _ => format!("{home}/{path}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in full.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_absolute() {
        for (path, expected) in [
            ("~/.aws/config", "/home/u/.aws/config"),
            ("a.txt", "/home/u/a.txt"),
            ("./a//b/../c", "/home/u/a/c"),
            ("/etc/passwd", "/etc/passwd"),
            ("~", "/home/u"),
            ("../../..", "/"),
            ("~x", "/home/u/~x"),
        ] {
            assert_eq!(absolute_path(path, "/home/u"), expected, "{path}");
        }
    }
}
