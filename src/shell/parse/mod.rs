//! Text to [`Script`].
//!
//! Reference: GNU Bash manual, "Shell Syntax". What bash knows and this shell doesn't is a fault that names it.

mod redirection;
mod word;

pub(super) use word::is_name;

use super::syntax::{AndOr, Command, Connector, Pipeline, Script, Word};
use crate::trace::Params;

/// The longest line in bytes.
pub(super) const MAX_LINE: usize = 16 * 1024;
/// The deepest nesting of `$(...)` and backquotes.
const MAX_DEPTH: usize = 8;

/// Words that begin or go on with a compound command.
const RESERVED: [&str; 20] = [
    "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "select",
    "function", "time", "coproc", "[[", "{", "}", "!",
];

/// Why a line can't be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseFault {
    /// Catalogue key, `cli....`.
    pub code: &'static str,
    /// Values of the text's placeholders.
    pub params: Params,
}

impl ParseFault {
    fn new(code: &'static str) -> Box<Self> {
        Box::new(ParseFault { code, params: Params::new() })
    }

    fn not_modelled(found: &str) -> Box<Self> {
        Box::new(ParseFault {
            code: "cli.not-modelled.syntax",
            params: Params::from([("found", found.to_string())]),
        })
    }

    fn unexpected(found: &str) -> Box<Self> {
        Box::new(ParseFault {
            code: "cli.syntax.unexpected",
            params: Params::from([("found", found.to_string())]),
        })
    }
}

/// Parses a line, or several (at most 16 KiB, command substitutions at most eight deep).
pub fn parse(line: &str) -> Result<Script, Box<ParseFault>> {
    if line.len() > MAX_LINE {
        return Err(ParseFault::new("cli.syntax.too-long"));
    }
    let mut parser = Parser { text: line, at: 0, depth: 0, here: Vec::new() };
    let script = parser.script()?;
    match parser.peek() {
        None => Ok(script),
        Some(found) => Err(ParseFault::unexpected(&found.to_string())),
    }
}

/// A here-document whose text has not been reached: list, pipeline and place are found again by its number.
struct PendingHere {
    delimiter: String,
    expands: bool,
    number: usize,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    here: Vec<PendingHere>,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Skips blanks, continued lines and comments.
    fn blanks(&mut self) {
        loop {
            if self.eat(" ") || self.eat("\t") || self.eat("\\\n") || self.eat("\r") {
                continue;
            }
            if self.peek() == Some('#') {
                while self.peek().is_some_and(|next| next != '\n') {
                    self.bump();
                }
            }
            return;
        }
    }

    /// Lists up to the end of the text or a `)`.
    fn script(&mut self) -> Result<Script, Box<ParseFault>> {
        let mut script = Script::default();
        let mut texts: Vec<(usize, Word)> = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some(')') => break,
                Some('\n') => {
                    self.bump();
                    texts.extend(self.here_documents()?);
                }
                Some(_) => {
                    script.lists.push(self.and_or()?);
                    self.blanks();
                    if self.rest().starts_with(";;") {
                        return Err(ParseFault::not_modelled(";;"));
                    }
                    if !self.eat(";") && !matches!(self.peek(), None | Some('\n' | ')')) {
                        let found = self.peek().unwrap_or(' ').to_string();
                        return Err(ParseFault::unexpected(&found));
                    }
                }
            }
        }
        if !self.here.is_empty() {
            return Err(ParseFault::new("cli.syntax.unfinished-here-document"));
        }
        redirection::fill(&mut script, texts);
        Ok(script)
    }

    fn and_or(&mut self) -> Result<AndOr, Box<ParseFault>> {
        let mut list = AndOr { first: self.pipeline()?, rest: Vec::new() };
        loop {
            self.blanks();
            let connector = if self.eat("&&") {
                Connector::And
            } else if self.eat("||") {
                Connector::Or
            } else if self.peek() == Some('&') {
                return Err(ParseFault::not_modelled("&"));
            } else {
                return Ok(list);
            };
            while self.peek().is_some_and(char::is_whitespace) {
                self.bump();
            }
            let pipeline = self.pipeline()?;
            list.rest.push((connector, pipeline));
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline, Box<ParseFault>> {
        let mut commands = vec![self.command()?];
        loop {
            self.blanks();
            if self.rest().starts_with("||") || !self.eat("|") {
                return Ok(Pipeline { commands });
            }
            if self.peek() == Some('&') {
                return Err(ParseFault::not_modelled("|&"));
            }
            while self.peek().is_some_and(char::is_whitespace) {
                self.bump();
            }
            commands.push(self.command()?);
        }
    }

    fn command(&mut self) -> Result<Command, Box<ParseFault>> {
        let mut command = Command::default();
        loop {
            self.blanks();
            let Some(next) = self.peek() else { break };
            match next {
                '\n' | ';' | '|' | ')' | '&' if !self.rest().starts_with("&>") => break,
                '&' => return Err(ParseFault::not_modelled("&>")),
                '(' => return Err(ParseFault::not_modelled("(")),
                _ => {}
            }
            if let Some(redirection) = self.redirection()? {
                command.redirections.push(redirection);
                continue;
            }
            if command.words.is_empty()
                && let Some(name) = self.assigned_name()
            {
                self.at += name.len() + 1;
                let value = self.word()?.unwrap_or_default();
                command.assignments.push((name, value));
                continue;
            }
            if command.words.is_empty()
                && let Some(reserved) = self.reserved()
            {
                return Err(ParseFault::not_modelled(reserved));
            }
            match self.word()? {
                Some(word) => command.words.push(word),
                None => break,
            }
        }
        if command == Command::default() {
            let found = self.peek().map_or_else(|| "newline".to_string(), |next| next.to_string());
            return Err(ParseFault::unexpected(&found));
        }
        Ok(command)
    }

    /// The reserved word that stands here.
    fn reserved(&self) -> Option<&'static str> {
        let end = self
            .rest()
            .find(|next: char| next.is_whitespace() || matches!(next, ';' | '|' | '&' | '(' | ')'));
        let word = self.rest().get(..end.unwrap_or(self.rest().len()))?;
        RESERVED.into_iter().find(|reserved| *reserved == word)
    }

    /// NAME where the text goes on with `NAME=`.
    fn assigned_name(&self) -> Option<String> {
        let (name, _) = self.rest().split_once('=')?;
        is_name(name).then(|| name.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::syntax::{Redirection, Segment, Stream};

    /// The arguments of a line of one simple command without expansions.
    fn words(line: &str) -> Vec<String> {
        let script = parse(line).unwrap_or_else(|fault| panic!("{line}: {fault:?}"));
        let command = &script.lists[0].first.commands[0];
        command.words.iter().map(|word| word.literal().unwrap().to_string()).collect()
    }

    #[test]
    fn splits_and_unquotes() {
        let cases: [(&str, &[&str]); 14] = [
            ("aws s3 ls", &["aws", "s3", "ls"]),
            ("  aws\ts3   ls  ", &["aws", "s3", "ls"]),
            ("echo 'a  b' \"c  d\"", &["echo", "a  b", "c  d"]),
            ("echo a'b'\"c\"d", &["echo", "abcd"]),
            ("echo ''", &["echo", ""]),
            ("echo \"\"", &["echo", ""]),
            ("echo \\$HOME \\\"", &["echo", "$HOME", "\""]),
            ("echo \"a\\\"b\\$c\\d\"", &["echo", "a\"b$c\\d"]),
            ("aws \\\n  s3 ls", &["aws", "s3", "ls"]),
            ("echo a # comment", &["echo", "a"]),
            ("echo a#b", &["echo", "a#b"]),
            ("echo $ 5$", &["echo", "$", "5$"]),
            ("echo A=b", &["echo", "A=b"]),
            ("echo '한글'", &["echo", "한글"]),
        ];
        for (line, expected) in cases {
            assert_eq!(words(line), expected, "{line}");
        }
    }

    #[test]
    fn quotes_and_spaces_make_no_other_command() {
        for (one, other) in [
            ("curl -H \"a: b\" 'http://h'", "curl  -H 'a: b' http://h # same"),
            ("TOKEN=$(curl -s x)", "TOKEN=$( curl   -s 'x' )"),
            ("TOKEN=$(curl -s x)", "TOKEN=`curl -s x`"),
            ("echo \"$(cat \"a b\")\"", "echo \"`cat \\\"a b\\\"`\""),
            ("echo $(echo $(date) \\\\)", "echo `echo \\`date\\` \\\\\\\\`"),
            ("a | b && c", "a|b&&c"),
        ] {
            assert_eq!(parse(one), parse(other), "{one}");
        }
        assert_ne!(parse("echo \"$A\""), parse("echo $A"));
        assert_ne!(parse("echo '$A'"), parse("echo $A"));
    }

    #[test]
    fn reads_structure() {
        let script = parse(
            "A=1 B=\"$A x\" env | grep A > out.txt 2>&1 && echo ok || echo no; date\ncat <<EOF\nhi $A\nEOF\n",
        )
        .unwrap();
        assert_eq!(script.lists.len(), 3);
        let first = &script.lists[0].first.commands[0];
        assert_eq!(first.assignments[0].0, "A");
        let variable = Segment::Variable { name: "A".to_string(), quoted: true };
        assert_eq!(first.assignments[1].1.segments, [variable.clone(), Segment::Text(" x".to_string())]);
        let second = &script.lists[0].first.commands[1];
        let mut path = Word::default();
        path.push_text("out.txt");
        let expected =
            [Redirection::Write(Stream::Output, path), Redirection::To(Stream::Error, Stream::Output)];
        assert_eq!(second.redirections, expected);
        assert_eq!(
            script.lists[0].rest.iter().map(|(c, _)| *c).collect::<Vec<_>>(),
            [Connector::And, Connector::Or]
        );
        let here = &script.lists[2].first.commands[0].redirections[0];
        let Redirection::Here(text) = here else { panic!("{here:?}") };
        let hi = Segment::Text("hi ".to_string());
        assert_eq!(text.segments, [hi, variable, Segment::Text("\n".to_string())]);
        assert_eq!(parse("").map(|script| script.lists.len()), Ok(0));
        assert_eq!(parse("# only").map(|script| script.lists.len()), Ok(0));
    }

    #[test]
    fn names_what_it_cannot_run() {
        let cases = [
            ("echo \"a", "cli.syntax.unfinished-quote"),
            ("echo 'a", "cli.syntax.unfinished-quote"),
            ("echo $(date", "cli.syntax.unfinished-substitution"),
            ("echo ${A", "cli.syntax.unfinished-brace"),
            ("cat <<EOF\nx", "cli.syntax.unfinished-here-document"),
            ("cat <<EOF", "cli.syntax.unfinished-here-document"),
            ("a >", "cli.syntax.no-file"),
            ("| a", "cli.syntax.unexpected"),
            ("a &&", "cli.syntax.unexpected"),
            ("; a", "cli.syntax.unexpected"),
            ("a )", "cli.syntax.unexpected"),
            ("sleep 1 &", "cli.not-modelled.syntax"),
            ("echo `date", "cli.syntax.unfinished-substitution"),
            ("echo `date)`", "cli.syntax.unexpected"),
            ("(a)", "cli.not-modelled.syntax"),
            ("echo $((1+1))", "cli.not-modelled.syntax"),
            ("echo ${A:-b}", "cli.not-modelled.syntax"),
            ("echo $1", "cli.not-modelled.syntax"),
            ("cat <<< a", "cli.not-modelled.syntax"),
            ("a &> b", "cli.not-modelled.syntax"),
            ("f() { a; }", "cli.not-modelled.syntax"),
        ];
        for (line, code) in cases {
            assert_eq!(parse(line).err().map(|fault| fault.code), Some(code), "{line}");
        }
        assert_eq!(parse(&"a".repeat(20_000)).err().map(|fault| fault.code), Some("cli.syntax.too-long"));
        assert_eq!(parse(&"$(".repeat(500)).err().map(|fault| fault.code), Some("cli.syntax.too-deep"));
    }
}
