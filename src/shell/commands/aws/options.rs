//! The words after an operation, option by option, to its parameters.
//!
//! AWS page: AWS CLI User Guide, "Command structure in the AWS CLI". As in Python's argparse an option given twice
//! counts once, the last time. Entry: [`read`].

use super::customized::{self, Custom};
use super::pages::Paging;
use super::{Answer, Invocation, messages, parameters};
use crate::data::models::{Member, Model, Operation, Type};
use crate::gather::Gather;
use crate::json::{self, Node, Value};
use crate::shell::python;
use std::iter::Peekable;
use std::slice::Iter;

/// What an operation's own options say.
pub(super) struct Input {
    pub(super) parameters: Node,
    /// Options that the model doesn't have.
    pub(super) custom: Custom,
    /// Words without dashes: the file of a download.
    pub(super) positional: Vec<String>,
    /// `None`: the line or a parameter asks for one page alone.
    pub(super) paging: Option<Paging>,
    pub(super) skeleton: bool,
}

/// What follows an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Flag,
    /// One word.
    Value,
    /// As many words as come.
    Values,
    /// The path of a file.
    File,
    /// What `--generate-cli-skeleton` is to make.
    Skeleton,
}

/// An option as help and completion list it.
pub(super) struct Listed {
    /// Without dashes.
    pub(super) name: String,
    pub(super) form: Form,
    pub(super) required: bool,
}

/// The options of an operation. As the CLI does, it leaves out those that stand for pages behind the CLI's own.
pub(super) fn listed(model: &Model, operation: &Operation) -> Vec<Listed> {
    let mut all = Vec::new();
    let mut list = |name: &str, form: Form, required: bool| {
        all.push(Listed { name: name.to_string(), form, required });
    };
    let pages = operation.pages;
    let is_of_pages = |name: &str| {
        pages.is_some_and(|pages| name == pages.limit || pages.input.split(',').any(|own| own == name))
    };
    let members = operation.input.map(|kind| model.members(kind));
    for member in members.into_iter().flatten().filter(|member| !is_of_pages(member.name)) {
        let name = member.option();
        if customized::hides(operation, &name) {
            continue;
        }
        let form = match member.kind {
            Type::Boolean => Form::Flag,
            Type::List(_) => Form::Values,
            _ if customized::is_upload(&member) => Form::File,
            _ => Form::Value,
        };
        list(&name, form, member.required);
        if form == Form::Flag {
            list(&["no-", &name].concat(), form, false);
        }
    }
    for name in customized::options(operation) {
        let is_file = *name == "outfile";
        let form = if customized::is_flag(name) { Form::Flag } else { Form::Value };
        list(name, if is_file { Form::File } else { form }, operation.name == "CreateVirtualMFADevice");
    }
    if let Some(pages) = pages {
        list("starting-token", Form::Value, false);
        if !pages.limit.is_empty() {
            list("page-size", Form::Value, false);
        }
        list("max-items", Form::Value, false);
    }
    list("cli-input-json", Form::Value, false);
    list("generate-cli-skeleton", Form::Skeleton, false);
    all
}

/// Reads the options of an operation; `Err`: what the CLI prints instead.
pub(super) fn read(
    invocation: &Invocation<'_>,
    model: &Model,
    operation: &Operation,
    words: &[String],
    paginate: bool,
) -> Result<Input, Box<Answer>> {
    let members = operation.input.map(|kind| model.members(kind).gather()).unwrap_or_default();
    let input = Input {
        parameters: Value::Object(Vec::new()).node(),
        custom: Custom::default(),
        positional: Vec::new(),
        paging: paginate.then(Paging::default),
        skeleton: false,
    };
    let words = words.iter().peekable();
    let mut reader = Reader {
        invocation,
        model,
        operation,
        members,
        words,
        given: Vec::new(),
        base: None,
        paging: Vec::new(),
        unknown: Vec::new(),
        input,
    };
    while let Some(word) = reader.words.next() {
        reader.word(word)?;
    }
    reader.finish()
}

struct Reader<'a, 'b> {
    invocation: &'a Invocation<'b>,
    model: &'a Model,
    operation: &'a Operation,
    members: Vec<Member>,
    words: Peekable<Iter<'a, String>>,
    /// Values by the place of their member.
    given: Vec<(usize, Node)>,
    /// `--cli-input-json`
    base: Option<Node>,
    /// `--max-items` and the like.
    paging: Vec<(&'a str, String)>,
    unknown: Vec<&'a str>,
    input: Input,
}

fn usage(text: &[&str]) -> Box<Answer> {
    Box::new(Answer::error(252, messages::usage(&text.concat())))
}

fn not_modelled(operation: &Operation, option: &str) -> Box<Answer> {
    Box::new(Answer::not_modelled(operation.name, option))
}

/// An option that takes no value.
fn alone(option: &str, attached: Option<&str>) -> Result<(), Box<Answer>> {
    attached.map_or(Ok(()), |value| {
        Err(usage(&["argument --", option, ": ignored explicit argument '", value, "'"]))
    })
}

impl<'a> Reader<'a, '_> {
    fn word(&mut self, word: &'a str) -> Result<(), Box<Answer>> {
        let Some(option) = word.strip_prefix("--") else {
            match customized::takes_file(self.operation) && self.input.positional.is_empty() {
                true => self.input.positional.push(word.to_string()),
                false => self.unknown.push(word),
            }
            return Ok(());
        };
        let (option, attached) = match option.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (option, None),
        };
        let place = self.members.iter().position(|member| member.option() == option);
        let hidden = customized::hides(self.operation, option) || self.is_paging(option);
        let place = place.filter(|_| !hidden);
        let negated = option.strip_prefix("no-").unwrap_or_default();
        let off =
            self.members.iter().position(|member| member.kind == Type::Boolean && member.option() == negated);
        match place.and_then(|place| Some((place, *self.members.get(place)?))) {
            Some((place, member)) if member.kind == Type::Boolean => {
                alone(option, attached)?;
                self.given.push((place, Value::Bool(true).node()));
                Ok(())
            }
            Some((place, member)) => self.member(place, &member, option, attached),
            None => match off {
                Some(place) => {
                    alone(option, attached)?;
                    self.given.push((place, Value::Bool(false).node()));
                    Ok(())
                }
                None => self.other(word, option, attached),
            },
        }
    }

    /// An option of the model: its words, as many as its type takes.
    fn member(
        &mut self,
        place: usize,
        member: &Member,
        option: &str,
        attached: Option<&str>,
    ) -> Result<(), Box<Answer>> {
        let many = matches!(member.kind, Type::List(_));
        let mut values: Vec<String> = attached.map(str::to_string).into_iter().gather();
        while let Some(value) =
            self.words.next_if(|next| !next.starts_with("--") && (many || values.is_empty()))
        {
            values.push(value.clone());
        }
        if values.is_empty() && !many {
            return Err(usage(&["argument --", option, ": expected one argument"]));
        }
        let node = match customized::is_upload(member) {
            true => customized::upload(self.invocation, member, &values)?,
            false => parameters::value(self.invocation, self.model, member, &values)?,
        };
        self.given.push((place, node));
        Ok(())
    }

    /// An option that the CLI adds.
    fn other(&mut self, word: &'a str, option: &'a str, attached: Option<&str>) -> Result<(), Box<Answer>> {
        let added = customized::option(self.operation, option);
        match option {
            "generate-cli-skeleton" => return self.skeleton(attached),
            "cli-input-yaml" => return Err(not_modelled(self.operation, word)),
            _ if customized::is_left_out(self.operation, option) => {
                return Err(not_modelled(self.operation, word));
            }
            _ if added && customized::is_flag(option) => {
                self.input.custom.push(option, "");
                return alone(option, attached);
            }
            "cli-input-json" => {}
            _ if added || self.is_paging(option) => {}
            _ => {
                self.unknown.push(word);
                return Ok(());
            }
        }
        let next = || self.words.next_if(|next| !next.starts_with("--")).map(String::as_str);
        let Some(text) = attached.or_else(next) else {
            return Err(usage(&["argument --", option, ": expected one argument"]));
        };
        match option {
            "cli-input-json" => self.base = Some(input_json(self.invocation, text)?),
            _ if added => self.input.custom.push(option, text),
            _ => self.paging.push((option, text.to_string())),
        }
        Ok(())
    }

    /// Whether the CLI takes this option for pages, be there a parameter of the same name or not.
    fn is_paging(&self, option: &str) -> bool {
        let limits = self.operation.pages.map(|pages| !pages.limit.is_empty());
        match option {
            "max-items" | "starting-token" => limits.is_some(),
            "page-size" => limits == Some(true),
            _ => false,
        }
    }

    fn skeleton(&mut self, attached: Option<&str>) -> Result<(), Box<Answer>> {
        let next = || self.words.next_if(|next| !next.starts_with("--")).map(String::as_str);
        match attached.or_else(next) {
            None | Some("input") => self.input.skeleton = true,
            Some(kind @ ("output" | "yaml-input")) => {
                return Err(not_modelled(self.operation, &["--generate-cli-skeleton ", kind].concat()));
            }
            Some(other) => {
                let kinds = ["input", "output", "yaml-input"];
                let text = messages::invalid_choice_of("--generate-cli-skeleton", other, &kinds);
                return Err(Box::new(Answer::error(252, text)));
            }
        }
        Ok(())
    }

    /// What `--max-items` and the like mean. A token or limit given as a parameter turns the joining of pages off.
    fn pages(&mut self) -> Result<(), Box<Answer>> {
        let Some(pages) = self.operation.pages else { return Ok(()) };
        let manual = |name: &str| name == pages.limit || pages.input.split(',').any(|own| own == name);
        let given = self.given.iter().filter_map(|(place, _)| self.members.get(*place));
        if given.map(|member| member.name).any(manual)
            || self.base.iter().flat_map(Node::members).any(|member| manual(&member.key))
        {
            self.input.paging = None;
        }
        let alone = self.input.paging.is_none();
        // A parameter of the same name counts where pages don't.
        let own = |option: &str| self.members.iter().position(|member| member.option() == option);
        let order = ["starting-token", "page-size", "max-items"].into_iter();
        let without: Vec<String> = order
            .filter(|name| {
                alone && own(name).is_none() && self.paging.iter().any(|(option, _)| option == name)
            })
            .map(|name| ["--", name].concat())
            .gather();
        if !without.is_empty() {
            return Err(Box::new(Answer::error(252, messages::not_paginated(&without.join(", ")))));
        }
        for (option, text) in std::mem::take(&mut self.paging) {
            let limit = self.members.iter().position(|member| member.name == pages.limit);
            let place = if alone { own(option) } else { limit.filter(|_| option == "page-size") };
            let limit = limit.and_then(|place| self.members.get(place));
            let is_text = option == "starting-token" || limit.is_some_and(|own| own.kind == Type::String);
            let number = text.trim().parse::<i64>().ok();
            if number.is_none() && (!is_text || option == "max-items") {
                return Err(usage(&["argument --", option, ": invalid int value: '", &text, "'"]));
            }
            let value =
                if is_text { Value::string(text.as_str()) } else { Value::Number(text.trim().into()) };
            match (&mut self.input.paging, place) {
                (_, Some(place)) => self.given.push((place, value.node())),
                (Some(paging), None) if option == "max-items" => {
                    // botocore warns of such a number and does something.
                    let most =
                        number.and_then(|number| usize::try_from(number).ok()).filter(|most| *most > 0);
                    paging.most =
                        Some(most.ok_or_else(|| {
                            not_modelled(self.operation, &["--max-items ", &text].concat())
                        })?);
                }
                (Some(paging), None) => paging.start = Some(text),
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// Parameters in the order of the model; what lacks is told all at once.
    fn finish(mut self) -> Result<Input, Box<Answer>> {
        self.pages()?;
        let Reader { operation, members, given, base, unknown, mut input, .. } = self;
        let mut parameters = Vec::new();
        for (place, member) in members.iter().enumerate() {
            let own = given.iter().rev().find(|(own, _)| *own == place).map(|(_, node)| node.clone());
            let node = own.or_else(|| base.as_ref()?.get(member.name).cloned());
            parameters.extend(node.map(|node| json::Member::new(member.name, node)));
        }
        // What no member has is refused by botocore's validation.
        for own in base.iter().flat_map(Node::members) {
            if !members.iter().any(|member| *member.name == *own.key) {
                parameters.push(own.clone());
            }
        }
        if !input.skeleton {
            customized::before(operation, &mut parameters, &input.custom)?;
            let absent =
                |member: &&Member| member.required && !parameters.iter().any(|own| *own.key == *member.name);
            let mut missing: Vec<String> =
                members.iter().filter(absent).map(|member| ["--", &member.option()].concat()).gather();
            missing.extend(customized::missing(operation, &input.custom, &input.positional));
            if !missing.is_empty() && base.is_none() {
                return Err(usage(&["the following arguments are required: ", &missing.join(", ")]));
            }
        }
        if !unknown.is_empty() {
            return Err(Box::new(Answer::error(252, messages::unknown_options(&unknown.join(", ")))));
        }
        input.parameters = Value::Object(parameters).node();
        Ok(input)
    }
}

fn input_json(invocation: &Invocation<'_>, word: &str) -> Result<Node, Box<Answer>> {
    let refuse = |name: &str, text: &str| Box::new(Answer::error(252, messages::bad_parameter(name, text)));
    let text =
        parameters::file_or_text(invocation, word).map_err(|text| refuse("--cli-input-json", &text))?;
    let node = python::json::parse(&text).map_err(|fault| match fault {
        python::json::Fault::Words(_) => refuse("cli-input-json", messages::INVALID_INPUT),
        python::json::Fault::NotModelled => Box::new(Answer::not_modelled("--cli-input-json", &text)),
    })?;
    match &node.value {
        Value::Object(_) => Ok(node),
        _ => Err(refuse("--cli-input-json", &messages::not_a_map(python::class(&node)))),
    }
}
