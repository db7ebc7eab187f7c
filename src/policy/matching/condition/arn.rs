//! ArnEquals and ArnLike, which are one: six segments compared one by one, case-sensitive, with wildcards
//! that don't leave their segment.

use super::super::variable::{Template, Wildcards};
use super::super::{ConditionKeys, wildcard};
use super::{Meaning, Operand};
use crate::arn::Arn;

pub(super) fn read(text: &str, variables: bool) -> Meaning {
    let Some((colon, _)) = text.match_indices(':').nth(4) else {
        return Meaning::Invalid;
    };
    let tail = text.get(colon + 1..).unwrap_or("");
    let template = if variables { Template::new(tail, Wildcards::Read) } else { None };
    let start = u32::try_from(colon + 1).unwrap_or(0);
    template.map_or(Meaning::Text, |template| Meaning::ArnTemplate(start, Box::new(template)))
}

pub(super) fn matches(operand: &Operand, value: &str, keys: &dyn ConditionKeys) -> bool {
    let Some(found) = Arn::parse(value) else {
        return false;
    };
    let mut segments = operand.text.splitn(6, ':');
    let head = ["arn", found.partition, found.service, found.region, found.account];
    let same =
        head.iter().all(|found| segments.next().is_some_and(|wanted| wildcard::matches(wanted, found)));
    same && match (&operand.meaning, segments.next()) {
        (Meaning::ArnTemplate(_, template), _) => template.matches(keys, found.resource),
        (Meaning::Text, Some(wanted)) => wildcard::matches(wanted, found.resource),
        _ => false,
    }
}
