//! Runs a script: lists, pipelines, redirections, assignments.
//!
//! Reference: GNU Bash manual, "Simple Command Expansion" and "Pipelines".

use super::commands::{self, Answer, Invocation};
use super::expand::MAX_TEXT;
use super::messages;
use super::syntax::{AndOr, Command, Connector, Pipeline, Redirection, Script, Stream, Word};
use super::{Notice, Output, Shell, parse};
use crate::client::{Transport, absolute_path};
use crate::gather::Gather;

/// Runs a line in a host's shell.
pub fn run(shell: &mut Shell, transport: &mut dyn Transport, line: &str) -> Output {
    let script = match parse(line) {
        Ok(script) => script,
        Err(fault) => {
            // Bash's status for a syntax error is 2; what only isn't modelled has 127, as an unknown command.
            shell.last_exit = if fault.code == "cli.not-modelled.syntax" { 127 } else { 2 };
            let notices = vec![Notice { code: fault.code, params: fault.params }];
            return Output { exit_code: shell.last_exit, notices, ..Output::default() };
        }
    };
    let mut interpreter = Interpreter { shell, transport, output: Output::default(), substituted: None };
    let stdout = interpreter.script(&script);
    let exit_code = interpreter.shell.last_exit;
    Output { exit_code, stdout, ..interpreter.output }
}

/// One line under way. Standard error, notices and the error code of all its commands come together in `output`.
pub(super) struct Interpreter<'a> {
    pub(super) shell: &'a mut Shell,
    transport: &'a mut dyn Transport,
    output: Output,
    /// Status of the last `$(...)` of the command under way.
    substituted: Option<i32>,
}

impl Interpreter<'_> {
    /// Standard output of a script; its status is the shell's last.
    fn script(&mut self, script: &Script) -> String {
        let mut stdout = String::new();
        for list in &script.lists {
            let text = self.and_or(list);
            self.append(&mut stdout, &text);
        }
        stdout
    }

    fn and_or(&mut self, list: &AndOr) -> String {
        let mut stdout = self.pipeline(&list.first);
        for (connector, pipeline) in &list.rest {
            let runs = match connector {
                Connector::And => self.shell.last_exit == 0,
                Connector::Or => self.shell.last_exit != 0,
            };
            if runs {
                let text = self.pipeline(pipeline);
                self.append(&mut stdout, &text);
            }
        }
        stdout
    }

    fn pipeline(&mut self, pipeline: &Pipeline) -> String {
        if let [command] = pipeline.commands.as_slice() {
            return self.command(command, String::new());
        }
        // Each command of a pipeline has a copy of the shell; only files outlive it.
        let (variables, exported) = (self.shell.variables.clone(), self.shell.exported.clone());
        let mut carried = String::new();
        for command in &pipeline.commands {
            carried = self.command(command, carried);
            self.shell.variables.clone_from(&variables);
            self.shell.exported.clone_from(&exported);
        }
        carried
    }

    /// Standard output of `$(...)`, without line ends at its end.
    pub(super) fn substitute(&mut self, script: &Script) -> String {
        let (variables, exported) = (self.shell.variables.clone(), self.shell.exported.clone());
        let before = self.shell.last_exit;
        let stdout = self.script(script);
        self.substituted = Some(if script.lists.is_empty() { 0 } else { self.shell.last_exit });
        self.shell.last_exit = before;
        self.shell.variables = variables;
        self.shell.exported = exported;
        stdout.trim_end_matches('\n').to_string()
    }

    fn command(&mut self, command: &Command, stdin: String) -> String {
        self.substituted = None;
        let arguments = self.arguments(&command.words);
        let assignments: Vec<(String, String)> =
            command.assignments.iter().map(|(name, value)| (name.clone(), self.text(value))).gather();
        let redirections: Vec<(&Redirection, String)> =
            command.redirections.iter().map(|redirection| (redirection, self.target(redirection))).gather();
        if self.ended() {
            return String::new();
        }
        let stdin = match self.input(&redirections, stdin) {
            Ok(stdin) => stdin,
            Err(path) => {
                self.output.stderr.push_str(&messages::no_such_file("bash", &path));
                self.shell.last_exit = 1;
                return String::new();
            }
        };
        let answer = match arguments.split_first() {
            None => {
                self.assign(assignments);
                Answer::exit(self.substituted.unwrap_or(0))
            }
            Some((name, arguments)) => self.invoke(name, arguments, assignments, &stdin),
        };
        if self.ended() {
            return answer.stdout;
        }
        self.finish(answer, &redirections)
    }

    /// Whether an answer hangs on a policy that can't be seen: then nothing more is done, and that is said once.
    fn ended(&mut self) -> bool {
        let Some(why) = self.transport.recorder().ended() else { return false };
        let notice = Notice { code: "cli.untold", params: why.clone() };
        if !self.output.notices.contains(&notice) {
            self.output.notices.push(notice);
        }
        self.shell.last_exit = 127;
        true
    }

    fn assign(&mut self, assignments: Vec<(String, String)>) {
        for (name, value) in assignments {
            if !self.shell.set(&name, &value) {
                self.too_large();
            }
        }
    }

    fn invoke(
        &mut self,
        name: &str,
        arguments: &[String],
        assignments: Vec<(String, String)>,
        stdin: &str,
    ) -> Answer {
        let Some(program) = commands::find(name) else {
            let notice = Notice::new("cli.not-modelled.command", &[("command", name)]);
            return Answer { exit_code: 127, notices: vec![notice], ..Answer::default() };
        };
        let before: Vec<(String, Option<String>, bool)> = assignments
            .iter()
            .map(|(name, _)| {
                (name.clone(), self.shell.variables.get(name).cloned(), self.shell.exported.contains(name))
            })
            .gather();
        for (name, value) in assignments {
            self.shell.exported.insert(name.clone());
            if !self.shell.set(&name, &value) {
                self.too_large();
            }
        }
        let mut invocation = Invocation { shell: self.shell, transport: self.transport, arguments, stdin };
        let answer = program(&mut invocation);
        for (name, value, exported) in before {
            if !exported {
                self.shell.exported.remove(&name);
            }
            match value {
                Some(value) => drop(self.shell.variables.insert(name, value)),
                None => drop(self.shell.variables.remove(&name)),
            }
        }
        answer
    }

    fn target(&mut self, redirection: &Redirection) -> String {
        let word: &Word = match redirection {
            Redirection::Write(_, word)
            | Redirection::Append(_, word)
            | Redirection::Read(word)
            | Redirection::Here(word) => word,
            Redirection::To(..) => return String::new(),
        };
        self.text(word)
    }

    /// Standard input after redirections; `Err` with a path that isn't there.
    fn input(&self, redirections: &[(&Redirection, String)], stdin: String) -> Result<String, String> {
        let mut input = stdin;
        for (redirection, target) in redirections {
            match redirection {
                Redirection::Here(_) => input.clone_from(target),
                Redirection::Read(_) if target == "/dev/null" => input.clear(),
                Redirection::Read(_) => {
                    input = self.shell.file(target).ok_or_else(|| target.clone())?.to_string();
                }
                _ => {}
            }
        }
        Ok(input)
    }

    /// Sends a command's outputs where its redirections say; what is left of standard output goes on.
    fn finish(&mut self, answer: Answer, redirections: &[(&Redirection, String)]) -> String {
        let Answer { exit_code, stdout, stderr, error_code, notices } = answer;
        self.shell.last_exit = exit_code;
        self.output.notices.extend(notices);
        if error_code.is_some() {
            self.output.error_code = error_code;
        }
        let mut places = (Place::Output, Place::Error);
        for (redirection, target) in redirections {
            let place = match redirection {
                Redirection::Write(..) | Redirection::Append(..) => {
                    let append = matches!(redirection, Redirection::Append(..));
                    match self.open(target, append) {
                        Some(path) => Place::File(path),
                        None => {
                            self.output.stderr.push_str(&messages::no_such_file("bash", target));
                            self.shell.last_exit = 1;
                            return String::new();
                        }
                    }
                }
                Redirection::To(_, Stream::Output) => places.0.clone(),
                Redirection::To(_, Stream::Error) => places.1.clone(),
                Redirection::Read(_) | Redirection::Here(_) => continue,
            };
            match redirection {
                Redirection::Write(Stream::Output, _)
                | Redirection::Append(Stream::Output, _)
                | Redirection::To(Stream::Output, _) => places.0 = place,
                _ => places.1 = place,
            }
        }
        let mut passed = String::new();
        self.write(&places.0, &stdout, &mut passed);
        self.write(&places.1, &stderr, &mut passed);
        passed
    }

    /// Makes a file ready for writing; `None` if there is no such directory.
    fn open(&mut self, path: &str, append: bool) -> Option<String> {
        if path == "/dev/null" {
            return Some(path.to_string());
        }
        let absolute = absolute_path(path, self.shell.home());
        let (directory, name) = absolute.rsplit_once('/')?;
        let directory = if directory.is_empty() { "/" } else { directory };
        if name.is_empty() || !self.shell.is_directory(directory) || self.shell.is_directory(&absolute) {
            return None;
        }
        if !append || !self.shell.files.contains_key(&absolute) {
            self.shell.files.insert(absolute.clone(), String::new());
        }
        Some(absolute)
    }

    fn write(&mut self, place: &Place, text: &str, passed: &mut String) {
        match place {
            Place::Output => self.append(passed, text),
            Place::Error => {
                let mut stderr = std::mem::take(&mut self.output.stderr);
                self.append(&mut stderr, text);
                self.output.stderr = stderr;
            }
            Place::File(path) if path == "/dev/null" => {}
            Place::File(path) => {
                if !self.shell.write(path, text) {
                    self.too_large();
                }
            }
        }
    }

    fn append(&mut self, target: &mut String, text: &str) {
        if target.len() + text.len() > MAX_TEXT {
            self.too_large();
        } else {
            target.push_str(text);
        }
    }

    /// Says once that something became too large.
    pub(super) fn too_large(&mut self) {
        let notice = Notice::new("cli.too-large", &[]);
        if !self.output.notices.contains(&notice) {
            self.output.notices.push(notice);
        }
    }
}

/// Where an output goes.
#[derive(Debug, Clone)]
enum Place {
    Output,
    Error,
    File(String),
}
