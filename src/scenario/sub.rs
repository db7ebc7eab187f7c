//! Fn::Sub. AWS page: CloudFormation User Guide, "Fn::Sub".

use super::fields;
use super::findings::At;
use super::intrinsics::{MAX_RESOLVED, Resolver};
use super::names::Held;
use crate::gather::Gather;
use crate::json::Value;
use crate::sorted::SortedMap;

impl Resolver<'_, '_> {
    /// `"text ${Name}"`, or that and an object of names of its own.
    pub(super) fn sub(&mut self, argument: At<'_>) -> Option<Value> {
        let (template, own) = match argument.node.items() {
            [template, own] => {
                let own = At::new(own);
                (template.as_str(), Some(own))
            }
            _ => (argument.text(), None),
        };
        let Some(template) = template else {
            self.findings.error("diagnostic.wrong-sub", argument, &[]);
            return None;
        };
        let own = own.filter(|own| fields::is_object(*own, self.findings));
        let own_members = own.iter().flat_map(|own| own.members());
        let own_values = own_members.map(|(name, value)| (name, self.resolve_text(value))).gather();
        let own_values = SortedMap::of_many(own_values);
        let mut out = String::new();
        let mut is_whole = true;
        for piece in pieces(template) {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Escaped(name) => out.extend(["${", name, "}"]),
                Piece::Unclosed => {
                    self.findings.error("diagnostic.unclosed-sub", argument, &[]);
                    return None;
                }
                Piece::Name(name) => match own_values.get(name) {
                    Some(Some(value)) => out.push_str(value),
                    Some(None) => is_whole = false,
                    None => match self.sub_value(argument, name) {
                        Some(value) => out.push_str(&value),
                        None => is_whole = false,
                    },
                },
            }
            if out.len() > *self.budget {
                self.findings.error("diagnostic.too-long", argument, &[("limit", &MAX_RESOLVED.to_string())]);
                return None;
            }
        }
        is_whole.then(|| Value::string(out))
    }

    fn sub_value(&mut self, at: At<'_>, name: &str) -> Option<String> {
        if name.contains(':') && self.pseudo_parameter(name).is_none() {
            let (written, escaped) = (format!("${{{name}}}"), format!("${{!{name}}}"));
            let params = [("name", written.as_str()), ("escaped", escaped.as_str())];
            self.findings.error("diagnostic.policy-variable-in-sub", at, &params);
            return None;
        }
        if let Some((name, attribute)) = name.split_once('.') {
            return self.attribute(at, name, attribute);
        }
        match self.value(at, name)? {
            Held::Text(text) => Some(text),
            Held::List(_) => {
                self.findings.error("diagnostic.list-in-sub", at, &[("name", name)]);
                None
            }
            Held::Unknown => None,
        }
    }
}

/// A part of Fn::Sub's text.
pub(super) enum Piece<'t> {
    Literal(&'t str),
    /// `${Name}`
    Name(&'t str),
    /// `${!Name}` stands for `${Name}` itself.
    Escaped(&'t str),
    /// `${` without `}`.
    Unclosed,
}

/// The parts of a text, in order.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        out.push(Piece::Literal(before));
        let Some((name, tail)) = after.split_once('}') else {
            out.push(Piece::Unclosed);
            return out;
        };
        out.push(match name.strip_prefix('!') {
            Some(literal) => Piece::Escaped(literal),
            None => Piece::Name(name.trim()),
        });
        rest = tail;
    }
    out.push(Piece::Literal(rest));
    out
}
