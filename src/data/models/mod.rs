//! The operations of AWS's services as tables: inputs, outputs, and where each member stands on the wire.
//!
//! Source: botocore's service models, from which `make.py` makes a table a service; `operations.txt` lists the
//! operations. Entry: [`Model::of`]. A table is read line by line only as far as a command needs it:
//!
//! - `PROTOCOL VERSION ENDPOINT SIGNING-NAME TARGET-PREFIX XML-NAMESPACE`
//! - a line an operation: `Name INPUT OUTPUT [METHOD URI] [+checksum] [~IN:OUT:LIMIT:RESULTS:OTHERS]`, the last for
//!   pages: input and output token, the option that limits a page, lists that are joined, members that are kept.
//! - after an empty line a line a structure, known by its place in base 36: `[!]Name[|option][=wire][PLACE]:TYPE`;
//!   `!` is required; PLACE is `@h` header, `@H` headers with that prefix, `@u` path, `@q` query, `@s` status,
//!   `@p` payload, then `*` for a flattened list or `/item` for the name of its items.
//! - TYPE: `S`tring, `I`nteger, `D`ecimal, `B`oolean, times `T` ISO 8601, `U` seconds, `R` RFC 822, `X` bytes,
//!   `J` a policy document, `[TYPE` list, `{TYPE` map, else a structure. In inputs the least length or value follows
//!   the letter, and stands with a comma before a list's inner type: `S20`, `I900`, `[1,S`.
//!
//! Left out on purpose: greatest lengths and values, enumerations, documentation: the client checks none of them.

mod others;
mod waiters;

use crate::gather::Gather;
pub use others::other_names;
pub use waiters::{Acceptor, Matcher, Waiter, WaiterState, waiter, waiter_names};

/// Names of the services with a table, as the CLI calls them.
pub const SERVICES: [&str; 8] =
    ["accessanalyzer", "cloudtrail", "ec2", "iam", "organizations", "s3api", "s3control", "sts"];

/// The table of one service.
#[derive(Debug, Clone)]
pub struct Model {
    /// How requests and answers are written.
    pub protocol: Protocol,
    /// `2010-05-08`
    pub version: &'static str,
    /// First label of the endpoint's host name.
    pub endpoint: &'static str,
    /// What stands before the operation in `X-Amz-Target`.
    pub target: &'static str,
    /// Of XML bodies.
    pub namespace: &'static str,
    operations: Vec<&'static str>,
    structures: Vec<&'static str>,
}

/// AWS's protocols, by their names in Smithy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// `awsQuery`
    Query,
    /// `ec2Query`
    Ec2,
    /// `restXml`
    RestXml,
    /// `restJson1`
    RestJson,
    /// `awsJson1_1`
    Json,
}

/// One operation.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `CreateRole`
    pub name: &'static str,
    /// Structure of the input; `None`: no parameters.
    pub input: Option<Type>,
    /// Structure of the output; `None`: nothing comes back.
    pub output: Option<Type>,
    /// HTTP method of a REST protocol, else `POST`.
    pub method: &'static str,
    /// Path and query of a REST protocol, with `{Member}` in it.
    pub uri: &'static str,
    /// Whether the client sends a checksum of the body.
    pub checksum: bool,
    /// How pages follow each other.
    pub pages: Option<Pages>,
}

/// How the answers of an operation are joined.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    /// Input members that carry the place, with commas.
    pub input: &'static str,
    /// Output members that do.
    pub output: &'static str,
    /// The input member that limits a page.
    pub limit: &'static str,
    /// Output members that are joined.
    pub results: &'static str,
    /// Output members that are kept from the first page.
    pub others: &'static str,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// Whole number.
    Integer,
    /// Number.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A time.
    Time(TimeForm),
    /// Bytes; base64 wherever text is wanted.
    Blob,
    /// A policy document, percent-encoded on the wire.
    Document,
    /// A list of the inner type.
    List(&'static str),
    /// A map from text to the inner type.
    Map(&'static str),
    /// A structure, by its place.
    Structure(usize),
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeForm {
    /// `2026-01-07T09:00:00Z`
    Iso8601,
    /// Seconds since 1970.
    Seconds,
    /// `Wed, 07 Jan 2026 09:00:00 GMT`
    Rfc822,
}

/// Where a member stands on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the body.
    Body,
    /// A header.
    Header,
    /// All headers of that prefix.
    Headers,
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// The status.
    Status,
    /// It is the body.
    Payload,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// `RoleName`
    pub name: &'static str,
    /// Its option where it isn't the name in kebab case.
    pub option: Option<&'static str>,
    /// Its name on the wire; `None`: the protocol's own form of the name.
    pub wire: Option<&'static str>,
    /// Where it stands.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// Whether a list has no element of its own.
    pub flattened: bool,
    /// Name of a list's items in a request's XML.
    pub item: &'static str,
    /// Its type.
    pub kind: Type,
    /// The least length or value.
    pub least: Option<i64>,
}

impl Model {
    /// The table of a service, as the CLI calls it.
    pub fn of(service: &str) -> Option<Self> {
        let text = match service {
            "accessanalyzer" => include_str!("./accessanalyzer.txt"),
            "cloudtrail" => include_str!("./cloudtrail.txt"),
            "ec2" => include_str!("./ec2.txt"),
            "iam" => include_str!("./iam.txt"),
            "organizations" => include_str!("./organizations.txt"),
            "s3api" => include_str!("./s3api.txt"),
            "s3control" => include_str!("./s3control.txt"),
            "sts" => include_str!("./sts.txt"),
            _ => return None,
        };
        Self::read(text)
    }

    fn read(text: &'static str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut head = lines.next()?.split(' ');
        let protocol = match head.next()? {
            "query" => Protocol::Query,
            "ec2" => Protocol::Ec2,
            "rest-xml" => Protocol::RestXml,
            "rest-json" => Protocol::RestJson,
            "json" => Protocol::Json,
            _ => return None,
        };
        let (version, endpoint) = (head.next()?, head.next()?);
        let (_, target, namespace) = (head.next()?, head.next()?, head.next()?);
        let operations = lines.by_ref().take_while(|line| !line.is_empty()).gather();
        Some(Model { protocol, version, endpoint, target, namespace, operations, structures: lines.gather() })
    }

    /// The CLI's names of all operations, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for line in &self.operations {
            names.push(cli_name(line.split(' ').next().unwrap_or(line)));
        }
        names.sort_unstable();
        names
    }

    /// The operation that the CLI calls so.
    pub fn operation(&self, name: &str) -> Option<Operation> {
        let line =
            self.operations.iter().find(|line| cli_name(line.split(' ').next().unwrap_or("")) == name)?;
        let mut words = line.split(' ');
        let (name, input, output) = (words.next()?, structure(words.next()?), structure(words.next()?));
        let (method, uri) = match self.protocol {
            Protocol::RestXml | Protocol::RestJson => (words.next()?, words.next()?),
            _ => ("POST", "/"),
        };
        let mut operation = Operation { name, input, output, method, uri, checksum: false, pages: None };
        for word in words {
            match word.strip_prefix('~') {
                None => operation.checksum = true,
                Some(pages) => {
                    let mut parts = pages.split(':');
                    let mut next = || parts.next().unwrap_or_default();
                    operation.pages = Some(Pages {
                        input: next(),
                        output: next(),
                        limit: next(),
                        results: next(),
                        others: next(),
                    });
                }
            }
        }
        Some(operation)
    }

    /// The members of a structure; none of any other type.
    pub fn members(&self, kind: Type) -> impl Iterator<Item = Member> {
        let line = match kind {
            Type::Structure(place) => self.structures.get(place).copied().unwrap_or_default(),
            _ => "",
        };
        line.split(' ').filter_map(member)
    }
}

impl Type {
    /// Reads a type; whatever isn't one is a structure that has no members.
    pub fn read(text: &'static str) -> Self {
        let mut characters = text.chars();
        let letter = characters.next();
        match letter {
            Some('[') => {
                let inner = characters.as_str();
                let numbered = inner.split_once(',').filter(|(least, _)| least.parse::<i64>().is_ok());
                Type::List(numbered.map_or(inner, |(_, inner)| inner))
            }
            Some('{') => Type::Map(characters.as_str()),
            Some('S') => Type::String,
            Some('I') => Type::Integer,
            Some('D') => Type::Decimal,
            Some('B') => Type::Boolean,
            Some('T') => Type::Time(TimeForm::Iso8601),
            Some('U') => Type::Time(TimeForm::Seconds),
            Some('R') => Type::Time(TimeForm::Rfc822),
            Some('X') => Type::Blob,
            Some('J') => Type::Document,
            _ => Type::Structure(usize::from_str_radix(text, 36).unwrap_or(usize::MAX)),
        }
    }
}

/// The least length or value that stands in a type.
pub fn least(text: &str) -> Option<i64> {
    let list = text.strip_prefix('[').and_then(|rest| rest.split_once(',')).map(|(least, _)| least);
    list.or_else(|| text.strip_prefix(['S', 'I', 'X'])).and_then(|least| least.parse().ok())
}

impl Member {
    /// Its option, without the dashes.
    pub fn option(&self) -> String {
        self.option.map_or_else(|| cli_name(self.name), str::to_string)
    }
}

fn structure(text: &'static str) -> Option<Type> {
    (text != "-").then(|| Type::read(text))
}

fn member(text: &'static str) -> Option<Member> {
    let (left, kind) = text.rsplit_once(':')?;
    let (left, item) = match left.split_once('/') {
        Some((left, item)) => (left, item),
        None => (left, "member"),
    };
    let flattened = left.ends_with('*');
    let left = left.trim_end_matches('*');
    let (left, place) = match left.split_once('@') {
        None => (left, Place::Body),
        Some((left, place)) => {
            let place = match place {
                "h" => Place::Header,
                "H" => Place::Headers,
                "u" => Place::Path,
                "q" => Place::Query,
                "s" => Place::Status,
                "p" => Place::Payload,
                _ => return None,
            };
            (left, place)
        }
    };
    let (left, wire) = match left.split_once('=') {
        Some((left, wire)) => (left, Some(wire)),
        None => (left, None),
    };
    let (left, option) = match left.split_once('|') {
        Some((left, option)) => (left, Some(option)),
        None => (left, None),
    };
    let (name, required) = match left.strip_prefix('!') {
        Some(name) => (name, true),
        None => (left, false),
    };
    let (kind, least) = (Type::read(kind), least(kind));
    Some(Member { name, option, wire, place, required, flattened, item, kind, least })
}

/// `CreateVirtualMFADevice` as the CLI writes it, `create-virtual-mfa-device`.
pub fn cli_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut before = '-';
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && before != '-' && (after || !before.is_ascii_uppercase()) {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_cli() {
        for (name, expected) in [
            ("CreateVirtualMFADevice", "create-virtual-mfa-device"),
            ("ListObjectsV2", "list-objects-v2"),
            ("PolicyArns", "policy-arns"),
            ("DBInstance", "db-instance"),
            ("policyDocument", "policy-document"),
            ("Ipv6CidrBlock", "ipv6-cidr-block"),
        ] {
            assert_eq!(cli_name(name), expected);
        }
    }

    #[test]
    fn every_line_of_every_table_is_understood() {
        for service in SERVICES {
            let model = Model::of(service).unwrap_or_else(|| panic!("{service}"));
            assert!(!model.operations.is_empty());
            for line in &model.structures {
                let members = line.split(' ').filter(|word| !word.is_empty());
                for word in members {
                    let member = member(word).unwrap_or_else(|| panic!("{service}: {word}"));
                    let mut kind = member.kind;
                    while let Type::List(inner) | Type::Map(inner) = kind {
                        kind = Type::read(inner);
                    }
                    if let Type::Structure(place) = kind {
                        assert!(place < model.structures.len(), "{service}: {word}");
                    }
                }
            }
            for name in model.names() {
                assert!(model.operation(&name).is_some(), "{service} {name}");
            }
        }
    }
}
