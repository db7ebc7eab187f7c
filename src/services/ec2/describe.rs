//! What all listings have in common: ids, filters, pages.
//!
//! AWS pages: EC2 User Guide, "List and filter using the CLI and API"; EC2 API Reference, "Pagination". An id that
//! isn't there is an error; a filter that nothing meets isn't. Entry: [`answer`].

use super::exchange::{Ec2, invalid, number};
use super::instance;
use super::resource::Kind;
use crate::base64::URL_SAFE_NO_PAD;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;
use crate::sorted::sort_by;

/// How resources of one kind are listed.
pub(super) struct Describe {
    /// The list of ids in the request, without its number.
    pub parameter: &'static str,
    /// The field that holds the id.
    pub id: &'static str,
    /// The list in the answer.
    pub set: &'static str,
    /// What is said of an id that isn't there.
    pub kind: &'static Kind,
    /// All resources.
    pub all: fn(&Ec2<'_, '_>, &Parameters) -> Result<Vec<Tree>, AwsError>,
    /// Filters, each with the path of the field that it reads: `vpc-id=vpcId`. Tags are read everywhere.
    pub filters: &'static str,
    /// What is made of a page's items.
    pub arrange: fn(Vec<Tree>) -> Vec<Tree>,
}

/// Most filters of a request, and values of one.
const MAX_FILTERS: usize = 50;
const MAX_VALUES: usize = 200;
/// Most ids of a request.
const MAX_IDS: usize = 1_000;
/// MaxResults.
const LEAST: u64 = 5;
const MOST: u64 = 1_000;

/// The resources that the request asks for.
pub(super) fn answer(
    ec2: &mut Ec2<'_, '_>,
    input: &Parameters,
    describe: &Describe,
) -> Result<Tree, AwsError> {
    ec2.permit_listing(input)?;
    let ids = input.list(describe.parameter, "");
    if ids.len() > MAX_IDS {
        return Err(EC2_FILTER_LIMIT.error());
    }
    let filters = read_filters(input, describe.filters)?;
    let here = ec2.at_home || describe.kind.is_everywhere();
    let mut items = if here { (describe.all)(ec2, input)? } else { Vec::new() };
    sort_by(&mut items, |a, b| place(a, describe).cmp(&place(b, describe)));
    for id in &ids {
        let listed = items.iter().any(|item| item.first(describe.id) == *id);
        // DescribeInstanceStatus lists only those that run.
        let passed_over = describe.kind.arn == "instance" && instance::find(ec2, id).is_ok();
        if !listed && !passed_over {
            return Err(describe.kind.missing(id));
        }
    }
    items.retain(|item| ids.is_empty() || ids.contains(&item.first(describe.id)));
    items.retain(|item| filters.iter().all(|filter| filter.accepts(item)));
    let next = page(&mut items, input, describe, !ids.is_empty())?;
    let mut answer = Tree::of(describe.set, Tree::Items((describe.arrange)(items)));
    if let Some(next) = next {
        answer.text("nextToken", &next);
    }
    Ok(answer)
}

/// Leaves one page of the items; the token of the next one.
fn page(
    items: &mut Vec<Tree>,
    input: &Parameters,
    describe: &Describe,
    by_id: bool,
) -> Result<Option<String>, AwsError> {
    if let Some(token) = input.get("NextToken").filter(|token| !token.is_empty()) {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok();
        let last = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let last = last.as_deref().and_then(|text| text.strip_prefix(describe.set)?.strip_prefix(':'));
        let last = last.and_then(|last| last.split_once(' ')).ok_or_else(|| EC2_NEXT_TOKEN.error())?;
        items.retain(|item| place(item, describe) > last);
    }
    let Some(most) = number(input, "MaxResults")? else { return Ok(None) };
    if by_id {
        return Err(EC2_IDS_AND_PAGES.with(&[("ids", describe.set)]));
    }
    if !(LEAST..=MOST).contains(&most) {
        return Err(invalid("MaxResults", &most.to_string(), "Expecting a value between 5 and 1000."));
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if items.len() <= most {
        return Ok(None);
    }
    items.truncate(most);
    let (id, key) = items.last().map_or(("", ""), |item| place(item, describe));
    Ok(Some(URL_SAFE_NO_PAD.encode([describe.set, ":", id, " ", key].concat())))
}

/// What items are in the order of: their ids, and the keys of tags that are items of their own.
fn place<'i>(item: &'i Tree, describe: &Describe) -> (&'i str, &'i str) {
    (item.first(describe.id), item.first("key"))
}

/// One filter: any of its values may match.
struct Filter<'p> {
    reads: Reads<'p>,
    values: Vec<&'p str>,
}

/// What a filter reads.
enum Reads<'p> {
    /// The field at a path.
    Path(&'static str),
    /// The value of the tag of that key.
    Tag(&'p str),
}

fn read_filters<'p>(input: &'p Parameters, known: &'static str) -> Result<Vec<Filter<'p>>, AwsError> {
    let names = input.list("Filter", ".Name");
    if names.len() > MAX_FILTERS {
        return Err(EC2_FILTER_LIMIT.error());
    }
    let mut filters = Vec::new();
    for (place, name) in names.into_iter().enumerate() {
        let values = input.list(&format!("Filter.{}.Value", place + 1), "");
        if values.len() > MAX_VALUES {
            return Err(EC2_FILTER_LIMIT.error());
        }
        let reads = match name {
            "tag-key" => Reads::Path("tagSet/key"),
            "tag-value" => Reads::Path("tagSet/value"),
            _ => match name.strip_prefix("tag:") {
                Some(key) => Reads::Tag(key),
                None => {
                    let mut pairs = known.split(' ').filter_map(|pair| pair.split_once('='));
                    let path = pairs.find(|(each, _)| *each == name).map(|(_, path)| path);
                    Reads::Path(path.ok_or_else(|| EC2_FILTER.with(&[("filter", name)]))?)
                }
            },
        };
        filters.push(Filter { reads, values });
    }
    Ok(filters)
}

impl Filter<'_> {
    fn accepts(&self, item: &Tree) -> bool {
        let mut found = Vec::new();
        match self.reads {
            Reads::Path(path) => item.find(path, &mut found),
            Reads::Tag(key) => {
                let (mut keys, mut values) = (Vec::new(), Vec::new());
                item.find("tagSet/key", &mut keys);
                item.find("tagSet/value", &mut values);
                found.extend(keys.iter().zip(values).filter(|(own, _)| **own == key).map(|(_, value)| value));
            }
        }
        found
            .iter()
            .any(|text| self.values.iter().any(|pattern| matches(pattern.as_bytes(), text.as_bytes())))
    }
}

/// `*` stands for any characters, `?` for one; in time that the two lengths multiplied bound.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut place) = (0, 0);
    // Where the last star stands, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(place) {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, place));
                at += 1;
            }
            Some(expected) if expected == byte || *expected == b'?' => {
                at += 1;
                place += 1;
            }
            _ => match star {
                Some((stood, taken)) => {
                    star = Some((stood, taken + 1));
                    at = stood + 1;
                    place = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("a*c", "abbc", true),
            ("a*c", "abbd", false),
            ("*", "", true),
            ("?", "", false),
            ("a?c*", "abc", true),
            ("**b", "aab", true),
            ("", "", true),
            ("", "a", false),
            ("A", "a", false),
        ] {
            assert_eq!(matches(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} {text}");
        }
    }
}
