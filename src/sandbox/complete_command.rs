//! What a Tab in a host's console gives.
//!
//! Entry: [`Sandbox::complete_command`]. The line is only read: nothing is run, nothing is asked.

use super::{NoSuchHost, Sandbox};
use crate::gather::Gather;
use crate::policy::complete::{byte_offset, utf16_offset};
use crate::shell;

/// Words that can stand at the cursor of a command line, in the order of their letters.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CommandCompletion {
    /// First UTF-16 unit that each of them replaces.
    pub from: usize,
    /// After the last UTF-16 unit that each of them replaces: the cursor.
    pub to: usize,
    /// Each as it is to be written, quotes included. After one that doesn't end in `/` a space may follow.
    pub options: Vec<String>,
}

impl Sandbox {
    /// What can stand at a UTF-16 offset of a line for `host`, which may be left out if the scenario has one.
    pub fn complete_command(
        &self,
        line: &str,
        cursor: usize,
        host: Option<&str>,
    ) -> Result<CommandCompletion, NoSuchHost> {
        let name = self.host_name(host)?;
        let Some(host) = self.hosts.get(&name) else {
            return Err(NoSuchHost { asked: Some(name), hosts: self.hosts.keys().cloned().gather() });
        };
        let at = byte_offset(line, cursor);
        let buckets: Vec<String> = self.cloud.buckets.keys().cloned().gather();
        let before = line.get(..at).unwrap_or_default();
        let (from, options) = shell::complete(&host.shell, &buckets, before);
        Ok(CommandCompletion { from: utf16_offset(line, from), to: utf16_offset(line, at), options })
    }
}
