//! What stays between commands, and what a command gives.

use crate::client::absolute_path;
use crate::gather::Gather;
use crate::sorted::{SortedMap, SortedSet};
use crate::trace::Params;

/// The home directory of every host, which is the working directory too.
const HOME: &str = "/home/ec2-user";

/// Where the CLI looks for its files; here nothing else could make it.
const SETTINGS: &str = "/home/ec2-user/.aws";

/// The most that a shell's variables hold together, in bytes.
const MAX_VARIABLES: usize = 1024 * 1024;
/// The most that a shell's files hold together, in bytes.
const MAX_FILES: usize = 8 * 1024 * 1024;

/// A host's shell: variables, files, last status. They persist for as long as the scenario is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// All variables.
    pub variables: SortedMap<String, String>,
    /// Names of those that commands see.
    pub exported: SortedSet<String>,
    /// Contents by absolute path.
    pub files: SortedMap<String, String>,
    /// Status of the last command.
    pub last_exit: i32,
}

/// What a line gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Exit status.
    pub exit_code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error: what the real programs write.
    pub stderr: String,
    /// The code that the service decided in the last failed response, else the client's exception class.
    pub error_code: Option<String>,
    /// What the sandbox itself has to say, in the reader's language.
    pub notices: Vec<Notice>,
}

/// A sentence of our own, as a catalogue key.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Notice {
    /// Catalogue key, `cli....`.
    pub code: &'static str,
    /// Values of the text's placeholders.
    pub params: Params,
}

impl Shell {
    /// A shell as it starts: the host's variables, exported, and its files (`~` is home).
    pub fn new(variables: &SortedMap<String, String>, files: &SortedMap<String, String>) -> Self {
        let mut all = variables.clone();
        for (name, value) in [("HOME", HOME), ("PWD", HOME)] {
            if !all.contains_key(name) {
                all.insert(name.to_string(), value.to_string());
            }
        }
        let exported = all.keys().cloned().gather();
        let files = files.iter().map(|(path, text)| (absolute_path(path, HOME), text.clone()));
        Shell { variables: all, exported, files: SortedMap::of_many(files.gather()), last_exit: 0 }
    }

    /// The home directory.
    pub fn home(&self) -> &'static str {
        HOME
    }

    /// The variables that commands see.
    pub fn environment(&self) -> SortedMap<String, String> {
        let seen = self.variables.iter().filter(|(name, _)| self.exported.contains(*name));
        seen.map(|(name, value)| (name.clone(), value.clone())).gather()
    }

    /// A file's contents.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(&absolute_path(path, HOME)).map(String::as_str)
    }

    /// Sets a variable; `false` if all together would become too large.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        let fits = self.variables_size() + name.len() + value.len() <= MAX_VARIABLES;
        if fits {
            self.variables.insert(name.to_string(), value.to_string());
        }
        fits
    }

    /// Adds to a file, which is made if it isn't there; `false` if all together would become too large.
    pub(super) fn write(&mut self, absolute: &str, text: &str) -> bool {
        let fits = self.files_size() + absolute.len() + text.len() <= MAX_FILES;
        if fits {
            match self.files.get_mut(absolute) {
                Some(file) => file.push_str(text),
                None => drop(self.files.insert(absolute.to_string(), text.to_string())),
            }
        }
        fits
    }

    /// Bytes that variables hold.
    fn variables_size(&self) -> usize {
        self.variables.iter().map(|(name, value)| name.len() + value.len()).sum()
    }

    /// Bytes that files hold.
    fn files_size(&self) -> usize {
        self.files.iter().map(|(path, text)| path.len() + text.len()).sum()
    }

    /// Whether a directory is there: home and its `.aws`, `/`, `/tmp`, or one that holds a file.
    pub fn is_directory(&self, path: &str) -> bool {
        let path = absolute_path(path, HOME);
        let inside = format!("{}/", path.trim_end_matches('/'));
        ["/", "/tmp", "/home", HOME, SETTINGS].contains(&path.as_str())
            || self.files.keys().any(|file| file.starts_with(&inside))
    }
}

impl Notice {
    /// A notice with its values.
    pub fn new(code: &'static str, params: &[(&'static str, &str)]) -> Self {
        let params = params.iter().map(|(name, value)| (*name, value.to_string()));
        Notice { code, params: params.gather() }
    }
}
