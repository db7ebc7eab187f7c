//! A scenario that runs: the only place that connects shells, network and services.
//!
//! Entry: [`Sandbox`]. Left out on purpose: every rule of AWS; this module only carries messages.

mod complete_command;
mod connection;
mod edits;
mod fetch_url;
mod lesson;
mod places;
mod policy_language;
mod real_clients;
mod sharing;
mod suggest;

use crate::gather::Gather;
pub use complete_command::CommandCompletion;
pub use lesson::{LessonEntry, LessonStep};
pub use places::{AccountPlace, BucketPlace, GatewayPlace, HostPlace, Places, SubnetPlace, VpcPlace};
pub use policy_language::policy_findings;
pub use real_clients::Recipient;
pub use sharing::{BuiltIn, OpenFault, Opened, Seen, Verdict};
pub use suggest::{PatchOperation, ScenarioSuggestion};

use crate::chunk::{self, Missing};
use crate::clock::Timestamp;
use crate::cloud::{Cloud, InstanceState};
use crate::json::{Diagnostic, Node};
use crate::network::{NodeKind, NodeRef, Source};
use crate::scenario::{self, Document, Loaded, PolicyText};
use crate::services::{Ledger, WhatIf};
use crate::share::SharedCommand;
use crate::shell::{self, Notice, Shell};
use crate::sorted::SortedMap;
use crate::trace::{Recorder, Step, StepKind, Trace};
use connection::Connection;
use std::net::Ipv4Addr;

/// From where requests come that no host sends (RFC 5737, TEST-NET-2).
const OUTSIDE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 10);

/// A loaded scenario, its cloud and its shells.
#[derive(Debug, Clone)]
pub struct Sandbox {
    document: Document,
    loaded: Loaded,
    cloud: Cloud,
    ledger: Ledger,
    hosts: SortedMap<String, Host>,
    lesson: lesson::Progress,
    history: Vec<SharedCommand>,
    /// How many commands there were, those that the history has forgotten among them.
    commands: u64,
    verdict: Option<Verdict>,
    /// The numbers of the last command's `authorize` steps.
    authorize_steps: Vec<u32>,
    before: Option<Before>,
}

/// What a command may change, as it was before the last one.
#[derive(Debug, Clone)]
struct Before {
    cloud: Cloud,
    ledger: Ledger,
    hosts: SortedMap<String, Host>,
}

/// A place where commands run.
#[derive(Debug, Clone)]
struct Host {
    source: Source,
    shell: Shell,
}

/// What a command did.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// Exit status.
    pub exit_code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained.
    pub stderr: String,
    /// The code that the service decided in the last failed response, else the client's exception class.
    pub error: Option<String>,
    /// What the sandbox itself has to say, such as that something isn't modelled.
    pub notices: Vec<Notice>,
    /// Its steps.
    pub trace: Trace,
}

/// Why a command could not be given to a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchHost {
    /// The name asked for; `None`: none was given and the scenario has several.
    pub asked: Option<String>,
    /// The names that exist.
    pub hosts: Vec<String>,
}

impl Ran {
    /// What expectations are compared with.
    pub fn observed(&self) -> scenario::Observed<'_> {
        scenario::Observed {
            exit: self.exit_code,
            stdout: &self.stdout,
            stderr: &self.stderr,
            error: self.error.as_deref(),
            steps: &self.trace.steps,
        }
    }
}

/// A host on which commands run.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct HostName {
    /// As commands name it.
    pub name: String,
    /// `instance`, `container` or `internet`.
    pub kind: &'static str,
}

impl Sandbox {
    /// Loads a scenario. `Err` with every finding if one of them is an error.
    pub fn new(text: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::of_document(Document::parse(text)?)
    }

    fn of_document(document: Document) -> Result<Self, Vec<Diagnostic>> {
        let loaded = scenario::load(&document)?;
        let cloud = loaded.cloud.clone();
        let hosts = loaded.hosts.iter().map(|(name, host)| (name.clone(), Host::new(host))).gather();
        Ok(Sandbox {
            document,
            loaded,
            cloud,
            ledger: Ledger::default(),
            hosts,
            lesson: lesson::Progress::default(),
            history: Vec::new(),
            commands: 0,
            verdict: None,
            authorize_steps: Vec::new(),
            before: None,
        })
    }

    /// Warnings of the last load or edit.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.loaded.diagnostics
    }

    /// The scenario's text with every edit.
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// The scenario with every edit.
    pub fn root(&self) -> &Node {
        self.document.root()
    }

    /// Every policy document of the scenario.
    pub fn policies(&self) -> &[PolicyText] {
        &self.loaded.policies
    }

    /// The commands that the scenario wants run.
    pub fn run_steps(&self) -> &[scenario::Step] {
        &self.loaded.run
    }

    /// The hosts on which commands run.
    pub fn hosts(&self) -> Vec<HostName> {
        self.hosts.iter().map(|(name, host)| HostName { name: name.clone(), kind: host.kind() }).gather()
    }

    /// Back to the text's first state: ids, objects, shells and clock.
    pub fn reset(&mut self) -> Result<(), Vec<Diagnostic>> {
        *self = Self::of_document(self.document.clone())?;
        Ok(())
    }

    /// A part of the program that was needed and isn't loaded: this sandbox and what it answered are void.
    pub fn missing(&self) -> Option<Missing> {
        self.ledger.missing
    }

    /// The scenario's clock.
    pub fn clock(&self) -> Timestamp {
        self.cloud.now
    }

    /// Moves the clock forward (back if negative).
    pub fn advance_clock(&mut self, seconds: i64) {
        self.cloud.now = self.cloud.now.plus_seconds(seconds);
        self.before = None;
        self.remember(SharedCommand::AdvanceClock(seconds));
    }

    /// Does one step of `run`, `lesson.run` or `solution` without looking at its expectations.
    pub fn apply(&mut self, action: &scenario::StepAction) -> Result<Option<Ran>, Vec<Diagnostic>> {
        match action {
            scenario::StepAction::Run { on, command } => Ok(self.run(command, on.as_deref()).ok()),
            scenario::StepAction::AdvanceClock { seconds } => {
                self.advance_clock(*seconds);
                Ok(None)
            }
            scenario::StepAction::Patch { operations } => {
                self.update(self.document.patched(operations)?).map(|()| None)
            }
        }
    }

    /// Runs a command in the shell of `host`, which may be left out if the scenario has one.
    pub fn run(&mut self, command: &str, host: Option<&str>) -> Result<Ran, NoSuchHost> {
        let name = self.host_name(host)?;
        self.ledger.questions.clear();
        let (cloud, ledger, hosts) = (self.cloud.clone(), self.ledger.clone(), self.hosts.clone());
        self.before = Some(Before { cloud, ledger, hosts });
        self.remember(SharedCommand::Run { on: Some(name.clone()), command: command.to_string() });
        self.execute(command, name)
    }

    /// Runs a command after an edit: the last one instead of its first run, with nothing left of that; any other
    /// as [`Sandbox::run`]. So a link, which carries the command once, shows the same.
    pub fn run_again(&mut self, command: &str, host: Option<&str>) -> Result<Ran, NoSuchHost> {
        let name = self.host_name(host)?;
        let last = SharedCommand::Run { on: Some(name.clone()), command: command.to_string() };
        match self.before.clone() {
            Some(Before { cloud, ledger, hosts }) if self.history.last() == Some(&last) => {
                (self.cloud, self.ledger, self.hosts) = (cloud, ledger, hosts);
                self.execute(command, name)
            }
            _ => self.run(command, host),
        }
    }

    fn execute(&mut self, command: &str, name: String) -> Result<Ran, NoSuchHost> {
        self.ledger.questions.clear();
        // Request ids tell of the command and the request in it, whatever edits made of the commands before.
        self.cloud.requests = self.commands << 16;
        let Some(host) = self.hosts.get_mut(&name) else {
            return Err(NoSuchHost { asked: Some(name), hosts: self.hosts.keys().cloned().gather() });
        };
        let listeners = fetch_url::listeners(&self.loaded);
        let mut connection = Connection {
            cloud: &mut self.cloud,
            ledger: &mut self.ledger,
            recorder: Recorder::new(),
            source: host.source.clone(),
            host: NodeRef::new(NodeKind::Host, name.as_str()),
            listeners: &listeners,
            depth: 0,
        };
        let output = chunk::run(|| shell::run(&mut host.shell, &mut connection, command));
        let output = output.unwrap_or_else(|missing| {
            connection.ledger.missing = Some(missing);
            shell::Output::default()
        });
        let steps = connection.recorder.finish();
        self.authorize_steps = authorize_steps(&steps);
        self.meet_launched();
        let trace = Trace {
            version: 1,
            host: name,
            command: command.to_string(),
            exit_code: output.exit_code,
            steps,
        };
        let ran = Ran {
            exit_code: output.exit_code,
            stdout: output.stdout,
            stderr: output.stderr,
            error: output.error_code,
            notices: output.notices,
            trace,
        };
        if self.ledger.what_if == WhatIf::default() {
            // Without the chunk the command is void.
            let _ = chunk::run(|| self.lesson.note(&self.loaded.lesson, &ran));
        }
        self.verdict = Some(Verdict::of(&ran));
        Ok(ran)
    }

    /// An instance that a command launched is a host named by its id, until it is terminated.
    fn meet_launched(&mut self) {
        let all = self.cloud.accounts.values().flat_map(|account| account.instances.values());
        for instance in all.filter(|instance| instance.record.launch > 0) {
            match (instance.state, self.hosts.contains_key(&instance.id)) {
                (InstanceState::Terminated, true) => drop(self.hosts.remove(&instance.id)),
                (InstanceState::Running | InstanceState::Stopped, false) => {
                    let shell = Shell::new(&SortedMap::new(), &SortedMap::new());
                    let host = Host { source: Source::Instance(instance.id.clone()), shell };
                    self.hosts.insert(instance.id.clone(), host);
                }
                _ => {}
            }
        }
    }

    /// Where the parts of the cloud stand, for a drawing.
    pub fn places(&self) -> Places {
        places::places(self)
    }

    /// The lesson, and which of its commands were run; its goals count as open.
    pub fn lesson(&self) -> Vec<LessonEntry> {
        lesson::entries(self)
    }

    /// The lesson, and how far the reader is in it, goals tried. `Err`: one needs a part that isn't loaded.
    pub fn lesson_with_goals(&self) -> Result<Vec<LessonEntry>, Missing> {
        chunk::run(|| lesson::with_goals(self))?
    }

    fn host_name(&self, asked: Option<&str>) -> Result<String, NoSuchHost> {
        let own = &self.loaded.hosts;
        let only = || if own.len() == 1 { own.keys().next().cloned() } else { None };
        let name = asked.map(str::to_string).or_else(only).filter(|name| self.hosts.contains_key(name));
        name.ok_or_else(|| NoSuchHost {
            asked: asked.map(str::to_string),
            hosts: self.hosts.keys().cloned().gather(),
        })
    }
}

fn authorize_steps(steps: &[Step]) -> Vec<u32> {
    steps.iter().filter(|step| step.kind == StepKind::Authorize).map(|step| step.step).gather()
}

/// Hosts that came, went or stand elsewhere; a shell that stays keeps what it knows.
fn settle(hosts: &mut SortedMap<String, Host>, loaded: &Loaded) {
    for (name, host) in &loaded.hosts {
        match hosts.get_mut(name) {
            Some(known) => known.source = host.source.clone(),
            None => drop(hosts.insert(name.clone(), Host::new(host))),
        }
    }
    // What a command launched is named by its id.
    let launched = |name: &String, host: &Host| host.source == Source::Instance(name.clone());
    hosts.retain(|name, host| loaded.hosts.contains_key(name) || launched(name, host));
}

impl Host {
    fn new(host: &scenario::Host) -> Self {
        Host { source: host.source.clone(), shell: Shell::new(&host.env, &host.files) }
    }

    fn kind(&self) -> &'static str {
        match self.source {
            Source::Instance(_) => "instance",
            Source::Container { .. } => "container",
            Source::Internet(_) => "internet",
        }
    }
}
