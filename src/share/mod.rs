//! Links that carry a whole scenario, or the edits of a built-in one, with what was run on it and what is seen.
//!
//! Entry: [`Link::to_fragment`], [`Link::parse`]. A fragment never reaches a server. Forms: `#s1.` (a scenario's text)
//! and `#p1.` (a built-in scenario's id, revision and edits); the prefix names codec and dictionary, which never
//! change once issued. Left out on purpose: loading what a link names, which the boundary does.

mod codec;
mod edits;

use crate::gather::Gather;
pub use edits::{Edit, apply, edits, edits_at};

use crate::json::{self, Member, Node, Value};

/// Longest link that is read, in bytes.
const MAX_LINK: usize = 64 * 1024;

/// Most commands that a link carries.
pub const MAX_COMMANDS: usize = 50;

/// What a link carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The scenario.
    pub scenario: Shared,
    /// What was run on it, in order.
    pub commands: Vec<SharedCommand>,
    /// The selected step.
    pub step: Option<u32>,
    /// The view, as the page names it.
    pub view: Option<String>,
    /// The language, as the page names it.
    pub lang: Option<String>,
    /// What the author saw: an object with `exitCode`, `decision`, `blockedBy`.
    pub verdict: Option<Node>,
}

/// The scenario of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shared {
    /// The whole text.
    Whole(String),
    /// A published revision of a built-in scenario and what is changed in it.
    BuiltIn {
        /// File name without `.json`.
        id: String,
        /// Counts from 1.
        revision: u32,
        /// In the order of application.
        edits: Vec<Edit>,
    },
}

/// Something that was done after loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharedCommand {
    /// A command in a host's shell.
    Run {
        /// The host; `None` if the scenario has one.
        on: Option<String>,
        /// As typed.
        command: String,
    },
    /// A move of the clock, in seconds.
    AdvanceClock(i64),
}

/// Why a fragment can't be opened. Each is a catalogue key of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFault {
    /// It is longer than any link that was ever issued.
    TooLong,
    /// It begins with no form that was ever issued.
    UnknownForm,
    /// It was cut off or changed.
    Damaged,
}

impl LinkFault {
    /// Catalogue key.
    pub fn code(self) -> &'static str {
        match self {
            LinkFault::TooLong => "diagnostic.link.too-long",
            LinkFault::UnknownForm => "diagnostic.link.unknown-form",
            LinkFault::Damaged => "diagnostic.link.damaged",
        }
    }
}

impl Link {
    /// The fragment, `#` included.
    pub fn to_fragment(&self) -> String {
        let mut head = Vec::new();
        let mut tail = "";
        match &self.scenario {
            Shared::Whole(text) => tail = text,
            Shared::BuiltIn { id, revision, edits } => {
                push(&mut head, "id", Value::string(id.as_str()));
                push(&mut head, "revision", Value::Number(revision.to_string().into()));
                push(&mut head, "edits", Value::Array(edits.iter().map(Edit::to_node).gather()));
            }
        }
        push(&mut head, "commands", Value::Array(self.commands.iter().map(command_node).gather()));
        if let Some(step) = self.step {
            push(&mut head, "step", Value::Number(step.to_string().into()));
        }
        for (key, value) in [("view", &self.view), ("lang", &self.lang)] {
            if let Some(text) = value {
                push(&mut head, key, Value::string(text.as_str()));
            }
        }
        if let Some(verdict) = &self.verdict {
            push(&mut head, "verdict", verdict.value.clone());
        }
        let plain = format!("{}\n{tail}", json::to_compact(&Value::Object(head).node()));
        let form = if matches!(self.scenario, Shared::Whole(_)) { "#s1." } else { "#p1." };
        format!("{form}{}", codec::pack(plain.as_bytes()))
    }

    /// Reads a fragment, with or without `#`. Never guesses: what isn't exactly what was issued is refused.
    pub fn parse(fragment: &str) -> Result<Self, LinkFault> {
        if fragment.len() > MAX_LINK {
            return Err(LinkFault::TooLong);
        }
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (form, packed) = fragment.split_once('.').ok_or(LinkFault::UnknownForm)?;
        if form != "s1" && form != "p1" {
            return Err(LinkFault::UnknownForm);
        }
        let plain = codec::unpack(packed).ok_or(LinkFault::Damaged)?;
        let (head, tail) = plain.split_once('\n').ok_or(LinkFault::Damaged)?;
        let head = json::parse(head).map_err(|_| LinkFault::Damaged)?;
        let scenario = if form == "s1" {
            Some(Shared::Whole(tail.to_string()))
        } else {
            built_in(&head).filter(|_| tail.is_empty())
        };
        let commands = head.get("commands").map(Node::items).unwrap_or_default();
        Ok(Link {
            scenario: scenario.ok_or(LinkFault::Damaged)?,
            commands: commands.iter().map(read_command).gather::<Option<_>>().ok_or(LinkFault::Damaged)?,
            step: head.get("step").and_then(Node::as_i64).and_then(|step| u32::try_from(step).ok()),
            view: head.get("view").and_then(Node::as_str).map(str::to_string),
            lang: head.get("lang").and_then(Node::as_str).map(str::to_string),
            verdict: head.get("verdict").cloned(),
        })
    }
}

fn built_in(head: &Node) -> Option<Shared> {
    Some(Shared::BuiltIn {
        id: head.get("id")?.as_str()?.to_string(),
        revision: u32::try_from(head.get("revision")?.as_i64()?).ok()?,
        edits: head.get("edits")?.items().iter().map(Edit::of_node).gather::<Option<_>>()?,
    })
}

fn push(members: &mut Vec<Member>, key: &str, value: Value) {
    members.push(Member::new(key, value.node()));
}

fn command_node(command: &SharedCommand) -> Node {
    let mut members = Vec::new();
    match command {
        SharedCommand::Run { on, command } => {
            if let Some(on) = on {
                push(&mut members, "on", Value::string(on.as_str()));
            }
            push(&mut members, "command", Value::string(command.as_str()));
        }
        SharedCommand::AdvanceClock(seconds) => {
            push(&mut members, "advanceClock", Value::Number(seconds.to_string().into()));
        }
    }
    Value::Object(members).node()
}

fn read_command(node: &Node) -> Option<SharedCommand> {
    if let Some(seconds) = node.get("advanceClock") {
        return Some(SharedCommand::AdvanceClock(seconds.as_i64()?));
    }
    let on = node.get("on").and_then(Node::as_str).map(str::to_string);
    Some(SharedCommand::Run { on, command: node.get("command")?.as_str()?.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Link {
        Link {
            scenario: Shared::BuiltIn {
                id: "ec2-reads-s3".into(),
                revision: 1,
                edits: vec![Edit { pointer: "/accounts/1/x".into(), text: "[\"s3:*\"]".into() }],
            },
            commands: vec![
                SharedCommand::Run { on: Some("App".into()), command: "aws s3 ls \"한\"".into() },
                SharedCommand::AdvanceClock(3600),
            ],
            step: Some(3),
            view: Some("diagram".into()),
            lang: None,
            verdict: json::parse(r#"{"exitCode":254}"#).ok(),
        }
    }

    #[test]
    fn opens_what_it_issued() {
        let built_in = example();
        let whole = Link { scenario: Shared::Whole("{\n  \"version\": 1\n}\n".into()), ..example() };
        for link in [built_in, whole] {
            let again = Link::parse(&link.to_fragment()).unwrap();
            assert_eq!(again.to_fragment(), link.to_fragment());
            assert_eq!(
                (again.scenario, again.commands, again.step),
                (link.scenario, link.commands, link.step)
            );
        }
    }

    #[test]
    fn a_changed_character_is_refused_or_means_the_same() {
        let fragment = example().to_fragment();
        let (_, packed) = fragment.split_once('.').unwrap();
        let fragment: Vec<char> = packed.chars().collect();
        for at in 0..fragment.len() {
            for other in "A5_-z.é\u{0}".chars() {
                let mut changed = fragment.clone();
                changed[at] = other;
                let changed = format!("#p1.{}", changed.iter().collect::<String>());
                if let Ok(link) = Link::parse(&changed) {
                    assert_eq!(link, Link::parse(&example().to_fragment()).unwrap(), "{changed}");
                }
            }
            let cut: String = fragment.iter().take(at).collect();
            assert!(Link::parse(&format!("#p1.{cut}")).is_err());
        }
        assert_eq!(Link::parse(&"x".repeat(70_000)), Err(LinkFault::TooLong));
        assert_eq!(Link::parse("#z9.AAAA"), Err(LinkFault::UnknownForm));
    }
}
