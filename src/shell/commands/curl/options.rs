//! The options of curl that exist here, in curl's own grammar (`-sSX PUT`, `-XPUT`, `--request PUT`).

use super::Answer;
use crate::gather::Gather;

/// What a command line asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) url: String,
    pub(super) method: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) data: Option<String>,
    pub(super) output: Option<String>,
    pub(super) write_out: String,
    pub(super) max_time_ms: Option<u64>,
    pub(super) silent: bool,
    pub(super) show_error: bool,
    pub(super) verbose: bool,
    pub(super) include: bool,
    pub(super) head: bool,
    pub(super) fail: bool,
    pub(super) location: bool,
}

pub(super) enum Parsed {
    Options(Box<Options>),
    Version,
}

/// Options with a value, short and long.
const VALUED: [(char, &str); 7] = [
    ('X', "request"),
    ('H', "header"),
    ('d', "data"),
    ('o', "output"),
    ('m', "max-time"),
    ('w', "write-out"),
    ('A', "user-agent"),
];

const FLAGS: [(char, &str); 7] = [
    ('s', "silent"),
    ('S', "show-error"),
    ('v', "verbose"),
    ('i', "include"),
    ('I', "head"),
    ('f', "fail"),
    ('L', "location"),
];

/// Long options without a letter that mean one of the others.
const ALIASES: [(&str, &str); 4] = [
    ("connect-timeout", "max-time"),
    ("data-raw", "data"),
    ("data-binary", "data"),
    ("show-headers", "include"),
];

const HELP: &str = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/// Reads a command line; `Err` with what curl, or this sandbox, says of it.
pub(super) fn parse(arguments: &[String]) -> Result<Parsed, Box<Answer>> {
    let mut options = Options::default();
    let mut urls = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if let Some(long) = word.strip_prefix("--").filter(|long| !long.is_empty()) {
            if long == "version" {
                return Ok(Parsed::Version);
            }
            let name = ALIASES.iter().find(|(alias, _)| *alias == long).map_or(long, |(_, name)| name);
            if name == "url" {
                urls.push(value(words.next(), word)?);
            } else if FLAGS.iter().any(|(_, flag)| *flag == name) {
                set_flag(&mut options, name);
            } else if VALUED.iter().any(|(_, valued)| *valued == name) {
                let given = value(words.next(), word)?;
                set_value(&mut options, name, given, word)?;
            } else {
                return Err(Answer::not_modelled("curl", word).into());
            }
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            let mut rest = letters.chars();
            while let Some(letter) = rest.next() {
                if letter == 'V' {
                    return Ok(Parsed::Version);
                }
                if let Some((_, flag)) = FLAGS.iter().find(|(own, _)| *own == letter) {
                    set_flag(&mut options, flag);
                } else if let Some((_, name)) = VALUED.iter().find(|(own, _)| *own == letter) {
                    let attached = rest.as_str().to_string();
                    rest = "".chars();
                    let given = if attached.is_empty() { value(words.next(), word)? } else { attached };
                    set_value(&mut options, name, given, word)?;
                } else {
                    return Err(Answer::not_modelled("curl", word).into());
                }
            }
        } else {
            urls.push(word.clone());
        }
    }
    match urls.as_slice() {
        [url] => Ok(Parsed::Options(Box::new(Options { url: url.clone(), ..options }))),
        [] => Err(Answer::error(2, "curl: (2) no URL specified\n").into()),
        [_, second, ..] => Err(Answer::not_modelled("curl", second).into()),
    }
}

fn value(next: Option<&String>, option: &str) -> Result<String, Box<Answer>> {
    next.cloned().ok_or_else(|| {
        let text = format!("curl: option {option}: requires parameter\n{HELP}");
        Answer::error(2, text).into()
    })
}

fn set_flag(options: &mut Options, name: &str) {
    match name {
        "silent" => options.silent = true,
        "show-error" => options.show_error = true,
        "verbose" => options.verbose = true,
        "include" => options.include = true,
        "head" => options.head = true,
        "location" => options.location = true,
        _ => options.fail = true,
    }
}

fn set_value(options: &mut Options, name: &str, value: String, word: &str) -> Result<(), Box<Answer>> {
    match name {
        "request" => {
            // A method is a token (RFC 9110).
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
                return Err(Answer::not_modelled("curl", &format!("{word} {value}")).into());
            }
            options.method = Some(value);
        }
        "header" => {
            let Some((name, value)) = value.split_once(':') else {
                return Ok(());
            };
            if name.is_empty() || name.contains(char::is_whitespace) || value.contains(['\r', '\n']) {
                return Err(Answer::not_modelled("curl", word).into());
            }
            options.headers.push((name.to_string(), value.trim().to_string()));
        }
        "data" if value.starts_with('@') => return Err(Answer::not_modelled("curl", &value).into()),
        "data" => match &mut options.data {
            Some(data) => {
                data.push('&');
                data.push_str(&value);
            }
            None => options.data = Some(value),
        },
        "output" => options.output = Some(value),
        "write-out" => {
            let known = value.replace("%{http_code}", "").replace("%{response_code}", "");
            if known.contains("%{") || value.starts_with('@') {
                return Err(Answer::not_modelled("curl", &format!("{word} {value}")).into());
            }
            options.write_out = value;
        }
        "user-agent" => options.headers.push(("User-Agent".to_string(), value)),
        _ => {
            let Some(milliseconds) = milliseconds(&value) else {
                return Err(Answer::error(
                    2,
                    format!("curl: option {word}: expected a proper numerical parameter\n{HELP}"),
                )
                .into());
            };
            options.max_time_ms = Some(milliseconds);
        }
    }
    Ok(())
}

/// `5` and `0.5` in milliseconds.
fn milliseconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).gather();
    let whole = if whole.is_empty() { 0 } else { whole.parse::<u64>().ok()? };
    whole.checked_mul(1000)?.checked_add(thousandths.parse().ok()?)
}

impl Options {
    /// An error text, unless `-s` without `-S` keeps it back.
    pub(super) fn complaint(&self, text: String) -> String {
        if self.silent && !self.show_error { String::new() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(line: &str) -> Options {
        let words: Vec<String> = line.split(' ').map(str::to_string).collect();
        match parse(&words) {
            Ok(Parsed::Options(options)) => *options,
            _ => panic!("{line}"),
        }
    }

    #[test]
    fn reads_curls_grammar() {
        let expected = Options {
            url: "http://h/".into(),
            method: Some("PUT".into()),
            headers: vec![("X-A".into(), "1".into())],
            silent: true,
            show_error: true,
            max_time_ms: Some(2500),
            ..Options::default()
        };
        for line in [
            "-sSXPUT -HX-A:1 -m2.5 http://h/",
            "-s -S -X PUT -H X-A:1 -m 2.5 http://h/",
            "http://h/ --silent --show-error --request PUT --header X-A:1 --max-time 2.5",
            "-sS --connect-timeout 2.5 -X PUT -H X-A:1 --url http://h/",
        ] {
            assert_eq!(options(line), expected, "{line}");
        }
        assert_eq!(options("-d a=1 -d b=2 http://h").data.as_deref(), Some("a=1&b=2"));
    }

    #[test]
    fn refuses_the_rest() {
        for (line, exit) in
            [("-k http://h", 127), ("", 127), ("-X", 2), ("-m x http://h", 2), ("a b", 127), ("-d @f h", 127)]
        {
            let words: Vec<String> = line.split(' ').map(str::to_string).collect();
            match parse(&words) {
                Err(answer) => assert_eq!(answer.exit_code, exit, "{line}"),
                Ok(_) => assert_eq!(line, ""),
            }
        }
        assert_eq!(parse(&[]).err().map(|answer| answer.exit_code), Some(2));
    }
}
