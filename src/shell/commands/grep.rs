//! `grep [-i] [-v] [-c] [-q] [-o] [-F] TEXT [FILE]`: fixed text, with `^` and `$` at its ends.
//!
//! Left out on purpose: regular expressions; a pattern that would need them is refused.

use super::{Answer, Invocation};
use crate::gather::Gather;

#[derive(Default)]
struct Options {
    ignore_case: bool,
    invert: bool,
    count: bool,
    quiet: bool,
    only: bool,
    fixed: bool,
}

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let mut options = Options::default();
    let mut words = Vec::new();
    for word in invocation.arguments {
        let letters = match word.strip_prefix('-').filter(|letters| !letters.is_empty() && words.is_empty()) {
            Some(letters) => letters,
            None => {
                words.push(word.clone());
                continue;
            }
        };
        for letter in letters.chars() {
            match letter {
                'i' => options.ignore_case = true,
                'v' => options.invert = true,
                'c' => options.count = true,
                'q' => options.quiet = true,
                'o' => options.only = true,
                'F' => options.fixed = true,
                _ => return Answer::not_modelled("grep", word),
            }
        }
    }
    let Some((pattern, names)) = words.split_first() else {
        return Answer::error(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\n");
    };
    let Some(pattern) = Pattern::new(pattern, &options) else {
        return Answer::not_modelled("grep", pattern);
    };
    if names.len() > 1 {
        return Answer::not_modelled("grep", &names.join(" "));
    }
    match invocation.inputs("grep", names).pop() {
        Some(Ok(text)) => select(&text, &pattern, &options),
        Some(Err(complaint)) => Answer::error(2, complaint),
        None => Answer::exit(1),
    }
}

/// Text with its anchors.
struct Pattern {
    text: String,
    at_start: bool,
    at_end: bool,
    ignore_case: bool,
}

impl Pattern {
    /// `None` for a regular expression.
    fn new(pattern: &str, options: &Options) -> Option<Self> {
        let (mut text, mut at_start, mut at_end) = (pattern, false, false);
        if !options.fixed {
            if let Some(rest) = text.strip_prefix('^') {
                (text, at_start) = (rest, true);
            }
            if let Some(rest) = text.strip_suffix('$') {
                (text, at_end) = (rest, true);
            }
            // A dot matches itself too; the rest would mean something else.
            if text.contains(['*', '[', ']', '\\', '^', '$']) {
                return None;
            }
        }
        let text = if options.ignore_case { lower_case(text) } else { text.to_string() };
        Some(Pattern { text, at_start, at_end, ignore_case: options.ignore_case })
    }

    fn matches(&self, line: &str) -> bool {
        let lower = if self.ignore_case { lower_case(line) } else { String::new() };
        let line = if self.ignore_case { lower.as_str() } else { line };
        match (self.at_start, self.at_end) {
            (true, true) => line == self.text,
            (true, false) => line.starts_with(&self.text),
            (false, true) => line.ends_with(&self.text),
            (false, false) => line.contains(&self.text),
        }
    }
}

/// `str::to_lowercase` without its rule for a final sigma, whose tables weigh 4 KB.
fn lower_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).gather()
}

fn select(text: &str, pattern: &Pattern, options: &Options) -> Answer {
    let lines: Vec<&str> = text.lines().filter(|line| pattern.matches(line) != options.invert).gather();
    let exit_code = i32::from(lines.is_empty());
    let stdout = if options.quiet {
        String::new()
    } else if options.count {
        format!("{}\n", lines.len())
    } else if options.only {
        let times = lines.iter().map(|line| line.matches(&pattern.text).count().min(line.len())).sum();
        std::iter::repeat_n(format!("{}\n", pattern.text), times).gather()
    } else {
        lines.iter().map(|line| format!("{line}\n")).gather()
    };
    Answer { exit_code, stdout, ..Answer::default() }
}
