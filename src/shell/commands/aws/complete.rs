//! What can stand after the words of an `aws` line.
//!
//! AWS page: AWS CLI User Guide, "Configuring command completion in the AWS CLI". As `aws_completer` reads a line:
//! services, operations, options that weren't given yet. Where a file or a bucket can stand, they are proposed too.

use super::options::{self, Form, Listed};
use super::output::OutputFormat;
use super::{arguments, help};
use crate::client::{Environment, profile_names};
use crate::cloud::REGIONS;
use crate::data::models::{Model, waiter, waiter_names};
use crate::shell::Shell;
use crate::shell::complete::Wanted;

/// An option with its dashes.
type Own = (String, Form);

/// What can stand after `words`, where `word` is begun.
pub(in crate::shell) fn wanted(shell: &Shell, words: &[String], word: &str) -> Wanted {
    let is_global = |word: &str| arguments::GLOBAL.iter().find(|(own, _)| *own == word);
    // Service and operation are the first words that belong to no global option.
    let mut names: Vec<&str> = Vec::new();
    let mut rest: Vec<&str> = Vec::new();
    let mut left = words.iter().map(String::as_str);
    while let Some(own) = left.next() {
        match is_global(own) {
            Some((name, true)) if left.len() == 0 => return of_global(shell, name),
            Some((_, true)) => drop(left.next()),
            Some(_) => {}
            None if names.len() < 2 && !own.starts_with('-') => names.push(own),
            None => rest.push(own),
        }
    }
    let mut own: Vec<Own> = Vec::new();
    let mut wanted = Wanted::default();
    match names.as_slice() {
        [] if !word.starts_with('-') => wanted.words = help::services(),
        [service] if !word.starts_with('-') => wanted.words = help::operations(service),
        [service, "wait"] => {
            own = match rest.split_first() {
                // The waiter's name stands between.
                Some((name, _)) => of_waiter(service, name),
                None if word.starts_with('-') => Vec::new(),
                None => return Wanted { words: waiter_names(service), ..wanted },
            };
        }
        [service, name] => {
            let Some(found) = help::options(service, name) else { return wanted };
            own = dashed(found);
        }
        _ => {}
    }
    let is_s3 = names.first() == Some(&"s3");
    if let Some(form) = form_of_value(&own, &rest, word) {
        return of_value(form, is_s3);
    }
    let takes_path = is_s3 || names.as_slice() == ["s3api", "get-object"];
    if names.len() == 2 && takes_path && !word.starts_with('-') {
        return Wanted { file: true, bucket: is_s3, ..wanted };
    }
    if names.len() == 2 || word.starts_with('-') {
        for (name, _) in own {
            wanted.words.push(name);
        }
        for (name, _) in arguments::GLOBAL {
            wanted.words.push(name.to_string());
        }
        wanted.words.retain(|name| !words.contains(name));
    }
    wanted
}

fn dashed(all: Vec<Listed>) -> Vec<Own> {
    let mut own = Vec::new();
    for listed in all {
        own.push((["--", &listed.name].concat(), listed.form));
    }
    own
}

fn of_waiter(service: &str, name: &str) -> Vec<Own> {
    let found = Model::of(service).zip(waiter(service, name));
    let listed =
        found.and_then(|(model, waiter)| Some(options::listed(&model, &model.operation(&waiter.operation)?)));
    listed.map(dashed).unwrap_or_default()
}

/// What the last option takes, where its value is to come.
fn form_of_value(own: &[Own], rest: &[&str], word: &str) -> Option<Form> {
    let place = rest.iter().rposition(|word| word.starts_with("--"))?;
    let name = rest.get(place)?;
    let (_, form) = own.iter().find(|(own, _)| own == name)?;
    let given = rest.len() - place - 1;
    match form {
        Form::Flag => None,
        Form::Values => (!word.starts_with("--")).then_some(*form),
        _ => (given == 0).then_some(*form),
    }
}

fn of_value(form: Form, is_s3: bool) -> Wanted {
    let file = matches!(form, Form::File) && !is_s3;
    let words = match form {
        Form::Skeleton => vec!["input".to_string()],
        _ => Vec::new(),
    };
    Wanted { words, file, paramfile: true, bucket: false }
}

fn of_global(shell: &Shell, name: &str) -> Wanted {
    let words = match name {
        "--profile" => {
            let variables = shell.environment();
            profile_names(&Environment { variables: &variables, files: &shell.files, home: shell.home() })
        }
        "--output" => owned(&OutputFormat::NAMES),
        "--region" => owned(&REGIONS.map(|(name, _)| name)),
        "--color" => owned(&arguments::COLORS),
        _ => Vec::new(),
    };
    Wanted { words, file: name == "--ca-bundle", ..Wanted::default() }
}

fn owned(words: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for word in words {
        all.push(word.to_string());
    }
    all
}
