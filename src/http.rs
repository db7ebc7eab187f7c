//! The messages that clients and services exchange, as they stand on the wire.
//!
//! Standard: RFC 9110 (messages), RFC 3986 (URLs). Entry: [`Request`], [`Response`], [`Url`].
//! Left out on purpose: HTTP/1.1 framing, which only the loopback endpoint needs, and TLS.

use crate::gather::Gather;
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::ops::Deref;
use std::sync::Arc;

/// Header names and values in the order of the wire. Names compare without regard to case.
pub type Headers = Vec<(String, String)>;

/// A body as it stands on the wire. In JSON: `{"text"}` where it is UTF-8, else `{"base64"}`.
///
/// Clones share the bytes: a trace, a request and the object that it stores hold them once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body(pub Arc<Vec<u8>>);

/// An HTTP request with an absolute URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Request {
    /// `GET`, `PUT`, ...
    pub method: String,
    /// `https://host/path?query`, percent-encoded as sent.
    pub url: String,
    /// Headers as sent; `Host` among them.
    pub headers: Headers,
    /// Bytes of the body, possibly none.
    pub body: Body,
}

/// An HTTP response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Response {
    /// 200, 403, ...
    pub status: u16,
    /// Headers as sent.
    pub headers: Headers,
    /// Bytes of the body, possibly none.
    pub body: Body,
}

/// The parts of an absolute `http` or `https` URL, borrowed from its text, still percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host name or address, without port.
    pub host: &'a str,
    /// Port where the URL gives one.
    pub port: Option<u16>,
    /// Begins with `/`.
    pub path: &'a str,
    /// Without `?`; empty if absent.
    pub query: &'a str,
}

impl<'a> Url<'a> {
    /// Splits an absolute URL. `None` if it isn't `http(s)://host...` or the port isn't a number.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if scheme != "http" && scheme != "https" {
            return None;
        }
        let rest = rest.split('#').next()?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at_checked(end)?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (authority, None),
        };
        if host.is_empty() || host.contains(['@', ' ']) {
            return None;
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Some(Url { scheme, host, port, path: if path.is_empty() { "/" } else { path }, query })
    }

    /// `host` or `host:port`, as the `Host` header carries it.
    pub fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }

    /// Name and value of each query parameter, percent-decoded (`+` stays a plus sign), in order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        self.query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(name), decode(value))
            })
            .gather()
    }
}

/// Percent-decodes; bytes that aren't UTF-8 become U+FFFD.
pub fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The first value of a header, whatever the case of its name.
pub fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

impl Request {
    /// A request without headers but `Host`, and without body.
    pub fn new(method: &str, url: &str) -> Self {
        let host = Url::parse(url).map(|url| url.authority()).unwrap_or_default();
        Request {
            method: method.to_string(),
            url: url.to_string(),
            headers: vec![("Host".to_string(), host)],
            body: Body::default(),
        }
    }

    /// Adds a header.
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_string(), value.into()));
        self
    }

    /// The first value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The parts of the URL; `None` if it isn't absolute.
    pub fn parts(&self) -> Option<Url<'_>> {
        Url::parse(&self.url)
    }
}

impl Response {
    /// A response with a `Content-Type` and `Content-Length`.
    pub fn new(status: u16, content_type: &str, body: impl Into<Body>) -> Self {
        let body = body.into();
        let headers = vec![
            ("Content-Type".to_string(), content_type.to_string()),
            ("Content-Length".to_string(), body.len().to_string()),
        ];
        Response { status, headers, body }
    }

    /// A response without a body, and without a word of its length.
    pub fn empty(status: u16) -> Self {
        Response { status, headers: Vec::new(), body: Body::default() }
    }

    /// Adds a header.
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_string(), value.into()));
        self
    }

    /// The first value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

impl Body {
    /// The body as text, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Body(Arc::new(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Body::from(text.into_bytes())
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Body::from(text.as_bytes().to_vec())
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Body::from(bytes.to_vec())
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.text() {
            Some(text) => map.serialize_entry("text", text)?,
            None => {
                let encoded = crate::base64::STANDARD.encode(&self[..]);
                map.serialize_entry("base64", &encoded)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_urls() {
        let url = Url::parse("http://169.254.169.254/latest/api/token").unwrap();
        assert_eq!(
            (url.host, url.port, url.path, url.query),
            ("169.254.169.254", None, "/latest/api/token", "")
        );
        let url = Url::parse("https://b.s3.us-east-1.amazonaws.com:8443?prefix=a%2Fb&list-type=2").unwrap();
        assert_eq!((url.port, url.path), (Some(8443), "/"));
        assert_eq!(url.query_pairs(), [("prefix".into(), "a/b".into()), ("list-type".into(), "2".into())]);
        for wrong in ["", "s3://b", "http://", "http://a:b/", "http://u@h/", "/path"] {
            assert_eq!(Url::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn headers_ignore_case() {
        let request = Request::new("GET", "http://h/").with_header("X-A", "1");
        assert_eq!(request.header("x-a"), Some("1"));
        assert_eq!(request.header("host"), Some("h"));
    }
}
