//! `export NAME[=VALUE]...`; without arguments, what is exported.

use super::{Answer, Invocation};
use crate::gather::Gather;
use crate::shell::messages::not_an_identifier;
use crate::shell::parse::is_name;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    if let Some(option) = invocation.arguments.iter().find(|word| word.starts_with('-')) {
        return Answer::not_modelled("export", option);
    }
    if invocation.arguments.is_empty() {
        let quote = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$");
        let lines = invocation.shell.environment().into_iter();
        return Answer::text(
            lines
                .map(|(name, value)| format!("declare -x {name}=\"{}\"\n", quote(&value)))
                .gather::<String>(),
        );
    }
    let mut answer = Answer::default();
    for word in invocation.arguments {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word.as_str(), None),
        };
        if !is_name(name) {
            answer.stderr.push_str(&not_an_identifier("export", word));
            answer.exit_code = 1;
            continue;
        }
        if !value.is_none_or(|value| invocation.shell.set(name, value)) {
            return Answer::too_large();
        }
        invocation.shell.exported.insert(name.to_string());
    }
    answer
}
