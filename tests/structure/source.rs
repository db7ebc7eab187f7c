//! Reads Rust sources as far as these tests need: code without comments and literals, string
//! literals, and the paths that a file names.

use std::fs;
use std::path::{Path, PathBuf};

/// One file of `src`, without its tests.
pub struct Source {
    /// From the repository root: `src/policy/mod.rs`.
    pub file: PathBuf,
    /// From the crate's root: `["policy", "statement"]`; the root itself and binaries are empty.
    pub module: Vec<String>,
    /// The text as it is, tests included.
    pub text: String,
    /// The code: comments, literals and test items are blanks, line breaks stay.
    pub code: Vec<char>,
    /// Each string literal outside tests, with its line from 1.
    pub literals: Vec<(usize, String)>,
}

/// All files of `src` but the binaries.
pub fn library() -> Vec<Source> {
    all().into_iter().filter(|source| !source.file.starts_with("src/bin")).collect()
}

/// All files of `src`.
pub fn all() -> Vec<Source> {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    files.sort();
    files.into_iter().map(Source::read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    fn read(file: PathBuf) -> Self {
        let text = fs::read_to_string(&file).unwrap();
        let module = module_path(&file);
        let is_test = module.last().is_some_and(|name| name == "tests");
        Self::parse(file, module, if is_test { String::new() } else { text })
    }

    pub fn parse(file: PathBuf, module: Vec<String>, text: String) -> Self {
        let (mut code, literals) = blank(&text);
        let tests = blank_tests(&mut code);
        let mut counted = (0, 1);
        let mut line_of = |position: usize| {
            let passed = text.chars().skip(counted.0).take(position - counted.0);
            counted = (position, counted.1 + passed.filter(|c| *c == '\n').count());
            counted.1
        };
        let literals = literals
            .into_iter()
            .filter(|(start, _)| !tests.iter().any(|(from, to)| (from..to).contains(&start)))
            .map(|(start, literal)| (line_of(start), literal))
            .collect();
        Self { file, module, text, code, literals }
    }

    /// Each path in the code, use trees spread out, with its line: `(3, ["crate", "json", "Span"])`.
    pub fn paths(&self) -> Vec<(usize, Vec<String>)> {
        let mut paths = Vec::new();
        let mut position = 0;
        let mut line = 1;
        while let Some(&character) = self.code.get(position) {
            let start = position;
            if is_word(character) {
                let mut found = Vec::new();
                position = path_at(&self.code, position, &[], &mut found);
                paths.extend(found.into_iter().map(|path| (line, path)));
            } else {
                position += 1;
            }
            line += self.code[start..position].iter().filter(|c| **c == '\n').count();
        }
        paths
    }

    /// `src/policy/mod.rs:12`
    pub fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.file.display())
    }
}

fn module_path(file: &Path) -> Vec<String> {
    let inner = file.strip_prefix("src").unwrap();
    if inner.starts_with("bin") || inner == Path::new("lib.rs") {
        return Vec::new();
    }
    let inner = inner.with_extension("");
    let mut names: Vec<String> =
        inner.components().map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
    if names.last().is_some_and(|name| name == "mod") {
        names.pop();
    }
    names
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Reads the path (or use tree) at `position`, adds what it spells, and returns where it ends.
fn path_at(code: &[char], position: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    let mut position = skip_blanks(code, position);
    loop {
        match code.get(position) {
            Some('{') if !path.is_empty() => {
                position += 1;
                while code.get(position).is_some_and(|c| *c != '}') {
                    let start = skip_blanks(code, position);
                    position = path_at(code, start, &path, found).max(start + 1);
                    while code.get(position).is_some_and(|c| !matches!(c, ',' | '}')) {
                        position += 1;
                    }
                    position += usize::from(code.get(position) == Some(&','));
                    position = skip_blanks(code, position);
                }
                return position + 1;
            }
            Some('*') if !path.is_empty() => {
                path.push("*".to_owned());
                position += 1;
            }
            _ => {
                let word: String = code[position..].iter().take_while(|c| is_word(**c)).collect();
                position += word.chars().count();
                if word != "self" || prefix.is_empty() {
                    path.push(word);
                }
            }
        }
        let next = skip_blanks(code, position);
        if code.get(next..next + 2) != Some(&[':', ':']) {
            break;
        }
        let after = skip_blanks(code, next + 2);
        if !code.get(after).is_some_and(|c| is_word(*c) || matches!(c, '{' | '*')) {
            break; // a turbofish
        }
        position = after;
    }
    found.push(path);
    position
}

fn skip_blanks(code: &[char], mut position: usize) -> usize {
    while code.get(position).is_some_and(|c| c.is_whitespace()) {
        position += 1;
    }
    position
}

/// The code with comments and literals as blanks, and each string literal with its position.
fn blank(text: &str) -> (Vec<char>, Vec<(usize, String)>) {
    let characters: Vec<char> = text.chars().collect();
    let mut code = characters.clone();
    let mut literals = Vec::new();
    let mut position = 0;
    while position < characters.len() {
        let rest = &characters[position..];
        let after_word = position > 0 && is_word(characters[position - 1]);
        let length = match rest {
            ['/', '/', ..] => rest.iter().take_while(|c| **c != '\n').count(),
            ['/', '*', ..] => block_comment(rest),
            ['r', '"' | '#', ..] if !after_word => raw_string(rest).map_or(1, |(length, value)| {
                literals.push((position, value));
                length
            }),
            ['b', 'r', '"' | '#', ..] if !after_word => {
                raw_string(&rest[1..]).map_or(2, |(length, _)| length + 1)
            }
            ['"', ..] => {
                let (length, value) = string(rest);
                literals.push((position, value));
                length
            }
            ['\'', '\\', ..] => 3 + rest[3..].iter().take_while(|c| **c != '\'').count(),
            ['\'', _, '\'', ..] => 3,
            _ => 0,
        };
        let is_prefix = matches!((rest, length), (['r', '#', ..], 1) | (['b', 'r', '#', ..], 2));
        if length == 0 || is_prefix {
            position += 1;
            continue;
        }
        for character in &mut code[position..position + length] {
            if *character != '\n' {
                *character = ' ';
            }
        }
        position += length;
    }
    (code, literals)
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut position = 0;
    while position < rest.len() {
        match rest[position..] {
            ['/', '*', ..] => depth += 1,
            ['*', '/', ..] => depth -= 1,
            _ => {
                position += 1;
                continue;
            }
        }
        position += 2;
        if depth == 0 {
            break;
        }
    }
    position.min(rest.len())
}

/// Length and value of the raw string that begins with `r`; `None` for a raw identifier.
fn raw_string(rest: &[char]) -> Option<(usize, String)> {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let start = hashes + 2;
    let mut end = start;
    let closes = |at: usize| {
        rest[at] == '"' && rest[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    while end < rest.len() && !closes(end) {
        end += 1;
    }
    Some(((end + 1 + hashes).min(rest.len()), rest[start..end].iter().collect()))
}

/// Length and value of the string that begins here; escapes stay as they are written.
fn string(rest: &[char]) -> (usize, String) {
    let mut end = 1;
    while end < rest.len() && rest[end] != '"' {
        end += if rest[end] == '\\' { 2 } else { 1 };
    }
    let end = end.min(rest.len());
    ((end + 1).min(rest.len()), rest[1..end].iter().collect())
}

/// Blanks each item under `#[cfg(test)]`, and returns where they stood.
fn blank_tests(code: &mut [char]) -> Vec<(usize, usize)> {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start + mark.len() <= code.len() {
        if code[start..start + mark.len()] != mark[..] {
            start += 1;
            continue;
        }
        let end = item_end(code, start + mark.len());
        for character in &mut code[start..end] {
            if *character != '\n' {
                *character = ' ';
            }
        }
        found.push((start, end));
        start = end;
    }
    found
}

/// Behind the item that begins here: its `;`, or the brace that closes its body.
fn item_end(code: &[char], start: usize) -> usize {
    let mut depth = 0;
    for (offset, character) in code[start..].iter().enumerate() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return start + offset + 1,
            _ => continue,
        }
        if depth == 0 {
            return start + offset + 1;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Source {
        Source::parse(PathBuf::from("src/x.rs"), vec!["x".to_owned()], text.to_owned())
    }

    fn spelled(text: &str) -> Vec<String> {
        parse(text)
            .paths()
            .into_iter()
            .map(|(_, path)| path.join("::"))
            .filter(|path| path.contains("::"))
            .collect()
    }

    #[test]
    fn spreads_use_trees() {
        assert_eq!(
            spelled("use crate::{a::{self, B}, c, d::*};\nuse std::fmt;"),
            ["crate::a", "crate::a::B", "crate::c", "crate::d::*", "std::fmt"]
        );
    }

    #[test]
    fn finds_paths_in_expressions() {
        assert_eq!(
            spelled("let x = crate::json::parse(text)?; Vec::<u8>::new(); std::net::\nIpAddr::V4"),
            ["crate::json::parse", "std::net::IpAddr::V4"]
        );
    }

    #[test]
    fn ignores_comments_literals_and_tests() {
        let text = "// crate::a\n/* crate::b /* crate::c */ */ const X: &str = \"crate::d\"; \
            const Y: char = '\"'; const Z: &str = r#\"crate::e\"#;\n\
            #[cfg(test)]\nmod tests { use crate::f; fn g() { \"in tests\"; } }\nuse crate::h;";
        assert_eq!(spelled(text), ["crate::h"]);
        let literals: Vec<String> = parse(text).literals.into_iter().map(|(_, literal)| literal).collect();
        assert_eq!(literals, ["crate::d", "crate::e"]);
    }

    #[test]
    fn tells_lines() {
        assert_eq!(parse("\n\nuse crate::a;").paths().last().unwrap().0, 3);
        assert_eq!(parse("\n\"a\"").literals, [(2, "a".to_owned())]);
    }
}
