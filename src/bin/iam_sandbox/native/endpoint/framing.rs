//! The head of an HTTP/1.1 request, and how its body is delimited.
//!
//! Standard: RFC 9112. Refused: what two programs could read in two ways (two lengths, a length beside chunks).

use super::wire::{Fault, Wire};
use iam_sandbox::http::Headers;
use std::time::{Duration, Instant};

/// The longest head: a request line of 8 KB and 64 KB of headers.
const MAX_HEAD: usize = (64 + 8) * 1024;
const MAX_HEADERS: usize = 512;
/// How long a connection may be silent between requests.
const IDLE: Duration = Duration::from_secs(75);
/// How long a head may take from its first byte.
const HEAD: Duration = Duration::from_secs(20);

/// Request line and headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub method: String,
    /// `/path?query`
    pub target: String,
    pub headers: Headers,
    pub body: Length,
    /// Whether the client waits for `100 Continue`.
    pub expects: bool,
    /// Whether the connection may serve another request.
    pub keep_alive: bool,
}

/// How long the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Bytes(u64),
    Chunked,
}

const MALFORMED: Fault = Fault::Refused(400, "this is not an HTTP/1.1 request");
const TOO_LARGE: Fault = Fault::Refused(431, "the headers are larger than 64 KB");

/// Reads the next head.
pub fn read_head(wire: &mut Wire) -> Result<Head, Fault> {
    if wire.ahead().is_empty() {
        // Silence between two requests is no mistake.
        match wire.read_more(Instant::now() + IDLE) {
            Err(Fault::TimedOut) => return Err(Fault::Closed),
            other => other?,
        }
    }
    let deadline = Instant::now() + HEAD;
    let mut seen = 0_usize;
    loop {
        let ahead = wire.ahead();
        // Nonsense is told from its first bytes; a head in pieces isn't parsed anew for each.
        let whole = seen == 0 || ends_head(ahead.get(seen.saturating_sub(3)..).unwrap_or_default());
        let parsed = if whole { parse(ahead)? } else { None };
        if let Some((head, length)) = parsed {
            wire.take(length);
            return Ok(head);
        }
        seen = ahead.len();
        if seen > MAX_HEAD {
            return Err(TOO_LARGE);
        }
        wire.read_more(deadline)?;
    }
}

fn ends_head(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|three| three == b"\n\r\n") || bytes.windows(2).any(|two| two == b"\n\n")
}

/// The head and its length in bytes; `None` if more must come.
fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, Fault> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(TOO_LARGE),
        Err(httparse::Error::Version) => return Err(Fault::Refused(505, "this endpoint speaks HTTP/1.1")),
        Err(_) => return Err(MALFORMED),
    };
    if length > MAX_HEAD {
        return Err(TOO_LARGE);
    }
    let (method, target) = request.method.zip(request.path).ok_or(MALFORMED)?;
    let mut known = Headers::new();
    for header in request.headers.iter() {
        let value = std::str::from_utf8(header.value)
            .map_err(|_| Fault::Refused(400, "the value of a header is not UTF-8"))?;
        known.push((header.name.to_string(), value.to_string()));
    }
    let new = request.version == Some(1);
    Ok(Some((head(method, target, known, new)?, length)))
}

fn head(method: &str, target: &str, headers: Headers, new: bool) -> Result<Head, Fault> {
    let all = |name: &str| -> Vec<&str> {
        let of = headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        of.flat_map(|(_, value)| value.split(',')).map(str::trim).collect()
    };
    let hosts = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("host")).count();
    if hosts > 1 || (hosts == 0 && new) {
        return Err(Fault::Refused(400, "an HTTP/1.1 request has one Host header"));
    }
    let body = length(&all("content-length"), &all("transfer-encoding"))?;
    let expects = match all("expect").as_slice() {
        [] => false,
        [one] if one.eq_ignore_ascii_case("100-continue") => true,
        _ => return Err(Fault::Refused(417, "the only expectation that is met is 100-continue")),
    };
    let connection = all("connection");
    let says = |word: &str| connection.iter().any(|option| option.eq_ignore_ascii_case(word));
    let keep_alive = if new { !says("close") } else { says("keep-alive") };
    let target = origin_form(target)?;
    Ok(Head { method: method.to_string(), target, headers, body, expects, keep_alive })
}

fn length(lengths: &[&str], codings: &[&str]) -> Result<Length, Fault> {
    match (lengths, codings) {
        ([], []) => Ok(Length::Bytes(0)),
        ([], [coding]) if coding.eq_ignore_ascii_case("chunked") => Ok(Length::Chunked),
        ([], _) => Err(Fault::Refused(501, "the only transfer coding that is understood is chunked")),
        (_, [_, ..]) => Err(Fault::Refused(400, "a request has a Content-Length or a Transfer-Encoding")),
        ([first, rest @ ..], []) => {
            let digits = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
            let number = first.parse::<u64>().ok().filter(|_| digits && rest.iter().all(|one| one == first));
            number.map(Length::Bytes).ok_or(Fault::Refused(400, "Content-Length is one number"))
        }
    }
}

/// `/path?query`, also of `http://authority/path?query`.
fn origin_form(target: &str) -> Result<String, Fault> {
    let rest = match target.split_once("://") {
        Some(("http" | "https", rest)) => {
            rest.find(['/', '?']).and_then(|start| rest.get(start..)).unwrap_or("/")
        }
        _ => target,
    };
    match rest.chars().next() {
        Some('/') => Ok(rest.to_string()),
        Some('?') => Ok(format!("/{rest}")),
        _ => Err(Fault::Refused(400, "the target of a request begins with a slash")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Result<Option<(Head, usize)>, Fault> {
        parse(text.as_bytes())
    }

    fn status(text: &str) -> u16 {
        match of(text) {
            Err(Fault::Refused(status, _)) => status,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn reads_a_head() {
        let text =
            "PUT /b/k?x HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\nExpect: 100-Continue\r\n\r\nabc";
        let (head, length) = of(text).unwrap().unwrap();
        assert_eq!((head.method.as_str(), head.target.as_str(), length), ("PUT", "/b/k?x", text.len() - 3));
        assert_eq!((head.body, head.expects, head.keep_alive), (Length::Bytes(3), true, true));
        let (head, _) = of("GET http://h/p HTTP/1.0\r\nTransfer-Encoding: Chunked\r\n\r\n").unwrap().unwrap();
        assert_eq!((head.target.as_str(), head.body, head.keep_alive), ("/p", Length::Chunked, false));
        assert_eq!(of("GET / HTTP/1.1\r\nHost: h\r\n").unwrap(), None);
    }

    #[test]
    fn refuses_what_can_be_read_in_two_ways() {
        let with = |headers: &str| status(&format!("GET / HTTP/1.1\r\n{headers}\r\n"));
        assert_eq!(with(""), 400);
        assert_eq!(with("Host: a\r\nHost: b\r\n"), 400);
        assert_eq!(with("Host: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n"), 400);
        assert_eq!(with("Host: h\r\nContent-Length: +1\r\n"), 400);
        assert_eq!(with("Host: h\r\nContent-Length: 99999999999999999999\r\n"), 400);
        assert_eq!(with("Host: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400);
        assert_eq!(with("Host: h\r\nTransfer-Encoding: gzip, chunked\r\n"), 501);
        assert_eq!(with("Host: h\r\nExpect: more\r\n"), 417);
        assert_eq!(with("Host : h\r\n"), 400);
        assert_eq!(with("Host: h\r\n X: folded\r\n"), 400);
        assert_eq!(status("GET * HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
        assert_eq!(status("GET / HTTP/2.0\r\n\r\n"), 505);
        assert_eq!(status("\u{16}\u{3}\u{1}"), 400);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&bytes);
            let _ = parse(&[b"GET / HTTP/1.1\r\nHost: h\r\n", bytes.as_slice(), b"\r\n\r\n"].concat());
        }
    }
}
