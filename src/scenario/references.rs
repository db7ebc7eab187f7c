//! Which names a value refers to: what its resource depends on.

use super::intrinsics::intrinsic;
use super::sub::{Piece, pieces};
use crate::json::{Node, Value};

/// Every name that a value refers to, as written, with the place of its intrinsic.
pub(crate) fn references<'n>(node: &'n Node, out: &mut Vec<&'n str>) {
    let Some(member) = intrinsic(node) else {
        let inner = node.items().iter().chain(node.members().iter().map(|member| &member.node));
        inner.for_each(|inner| references(inner, out));
        return;
    };
    let name_of = |text: &'n str| text.split_once('.').map_or(text, |(name, _)| name);
    match (&*member.key, &member.node.value) {
        ("Ref", Value::String(name)) => out.push(name),
        ("Fn::GetAtt", Value::String(name)) => out.extend(name.split_once('.').map(|(name, _)| name)),
        ("Fn::GetAtt", Value::Array(items)) => {
            out.extend(items.first().and_then(Node::as_str));
        }
        ("Fn::Sub", value) => {
            let template = match value {
                Value::Array(items) => {
                    items.iter().skip(1).for_each(|own| references(own, out));
                    items.first().and_then(Node::as_str)
                }
                _ => member.node.as_str(),
            };
            for piece in template.map(pieces).unwrap_or_default() {
                if let Piece::Name(name) = piece {
                    out.push(name_of(name));
                }
            }
        }
        _ => references(&member.node, out),
    }
}
