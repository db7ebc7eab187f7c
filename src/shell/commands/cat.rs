//! `cat [FILE]...`

use super::{Answer, Invocation};

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    if let Some(option) = invocation.arguments.iter().find(|word| word.starts_with('-') && *word != "-") {
        return Answer::not_modelled("cat", option);
    }
    let mut answer = Answer::default();
    for input in invocation.inputs("cat", invocation.arguments) {
        match input {
            Ok(text) => answer.stdout.push_str(&text),
            Err(complaint) => {
                answer.stderr.push_str(&complaint);
                answer.exit_code = 1;
            }
        }
    }
    answer
}
