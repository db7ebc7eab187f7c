//! ValidatePolicy: the findings about a document, with path and span of each place.
//!
//! AWS page: Access Analyzer API Reference, "ValidatePolicy", "Location", "Position": lines count from 1, columns and
//! offsets from 0; here in characters. Simplified: the sentences of findings are this program's, not AWS's.

use super::{CheckedPolicyFinding, PolicyChecks};
use crate::json::{Node, Value, segments};
use crate::services::errors::*;
use crate::services::protocol::json::{Fields, list, one, text};

const GUIDE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html\
#access-analyzer-reference-policy-checks-";
/// Findings of a page.
const MOST: usize = 1_000;

/// What is asked for.
pub(super) struct Input<'i> {
    document: &'i str,
    policy_type: &'i str,
    resource_type: Option<&'i str>,
    /// How many findings are passed over, and how many told.
    page: (usize, usize),
}

pub(super) fn read<'i>(input: &'i Node, query: &[(String, String)]) -> Result<Input<'i>, AwsError> {
    let missing = |name: &str| ANALYZER_MISSING.with(&[("name", name)]);
    let given = |name: &str| match input.get(name) {
        None => Ok(None),
        Some(node) => node.as_str().map(Some).ok_or_else(|| missing(name)),
    };
    let required = |name: &str| given(name)?.ok_or_else(|| missing(name));
    let number = |name: &str, default: usize| match query.iter().find(|(known, _)| known == name) {
        None => Ok(default),
        Some((_, value)) => value.parse::<usize>().map_err(|_| missing(name)),
    };
    Ok(Input {
        document: required("policyDocument")?,
        policy_type: required("policyType")?,
        resource_type: given("validatePolicyResourceType")?,
        page: (number("nextToken", 0)?, number("maxResults", MOST)?.clamp(1, MOST)),
    })
}

/// Whether all that the request names is known. Told after authentication, as in the query services.
pub(super) fn modelled(input: &Node, query: &[(String, String)]) -> Result<(), AwsError> {
    if let Some(other) = input.get("locale").filter(|locale| locale.as_str() != Some("EN")) {
        let other = other.as_str().unwrap_or_default();
        return Err(ANALYZER_LOCALE.with(&[("locale", other)]).for_want_of(format!("locale {other}")));
    }
    let known =
        ["locale", "policyDocument", "policyType", "validatePolicyResourceType", "nextToken", "maxResults"];
    let mut names: Vec<&str> = Vec::new();
    input.members().iter().for_each(|member| names.push(&member.key));
    query.iter().for_each(|(name, _)| names.push(name));
    match names.iter().find(|name| !known.contains(name) && !name.starts_with("X-Amz-")) {
        None => Ok(()),
        Some(other) => Err(QUERY_NOT_MODELLED
            .with(&[("parameter", other)])
            .for_want_of(format!("access-analyzer:ValidatePolicy {other}"))),
    }
}

pub(super) fn answer(input: &Input<'_>, checks: PolicyChecks) -> Result<Value, AwsError> {
    let named = input.resource_type.unwrap_or(input.policy_type);
    let findings = checks(input.document, input.policy_type, input.resource_type).ok_or_else(|| {
        ANALYZER_TYPE.with(&[("type", named)]).for_want_of(format!("access-analyzer policies of {named}"))
    })?;
    let (start, page) = input.page;
    let end = start.saturating_add(page);
    let lines = Lines::new(input.document);
    let mut told = Vec::new();
    for finding in findings.get(start..end.min(findings.len())).unwrap_or_default() {
        told.push(tell(finding, &lines));
    }
    let mut fields = Fields::default();
    fields.put("findings", list(told));
    if end < findings.len() {
        fields.texts(&[("nextToken", &end.to_string())]);
    }
    Ok(fields.object())
}

fn tell(finding: &CheckedPolicyFinding, lines: &Lines<'_>) -> Value {
    let anchor = |code: &str| code.to_ascii_lowercase().replace('_', "-");
    let link = [GUIDE, &anchor(finding.finding_type), "-", &anchor(finding.issue_code)].concat();
    let mut locations = Vec::new();
    for (pointer, span) in &finding.locations {
        let mut path = Vec::new();
        for segment in segments(pointer).unwrap_or_default() {
            path.push(match segment.parse::<u32>() {
                Ok(index) => one("index", Value::Number(index.to_string().into())),
                Err(_) => one("value", text(&segment)),
            });
        }
        let mut ends = Fields::default();
        ends.put("start", lines.position(span.start));
        ends.put("end", lines.position(span.end));
        let mut location = Fields::default();
        location.put("path", list(path));
        location.put("span", ends.object());
        locations.push(location.object());
    }
    let mut fields = Fields::of(&[
        ("findingDetails", &finding.details),
        ("findingType", finding.finding_type),
        ("issueCode", finding.issue_code),
        ("learnMoreLink", &link),
    ]);
    fields.put("locations", list(locations));
    fields.object()
}

/// Where the lines of a text begin, and how many characters stand before each block of bytes.
struct Lines<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
    before: Vec<usize>,
}

/// Bytes in a block.
const BLOCK: usize = 256;

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let mut starts = vec![0];
        starts
            .extend(text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1));
        let mut before = vec![0];
        let mut count = 0;
        for block in text.chunks(BLOCK) {
            count += characters(block);
            before.push(count);
        }
        Lines { text, starts, before }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = byte / BLOCK;
        let rest = self.text.get(block * BLOCK..byte).map_or(0, characters);
        self.before.get(block).copied().unwrap_or(0) + rest
    }

    fn position(&self, byte: u32) -> Value {
        let byte = byte as usize;
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let offset = self.characters_before(byte);
        let column = offset.saturating_sub(self.characters_before(start));
        let mut fields = Fields::default();
        for (name, value) in [("line", line), ("column", column), ("offset", offset)] {
            fields.put(name, Value::Number(value.to_string().into()));
        }
        fields.object()
    }
}

/// Characters that begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{parse, to_compact};

    fn one(text: &str, _: &str, _: Option<&str>) -> Option<Vec<CheckedPolicyFinding>> {
        let start = text.find('é')? as u32;
        let finding = CheckedPolicyFinding {
            finding_type: "ERROR",
            issue_code: "INVALID_ACTION",
            details: "no".into(),
            locations: vec![("/Statement/0/Action".into(), crate::json::Span { start, end: start + 2 })],
        };
        Some(vec![finding.clone(), finding])
    }

    #[test]
    fn places_count_characters_and_pages_follow() {
        let input = parse(r#"{"policyType": "IDENTITY_POLICY", "policyDocument": "{\n \"ü\" é"}"#).unwrap();
        let query = [("maxResults".to_string(), "1".to_string())];
        let told = to_compact(&answer(&read(&input, &query).unwrap(), one).unwrap().node());
        assert!(told.contains(r#""path":[{"value":"Statement"},{"index":0},{"value":"Action"}]"#), "{told}");
        let span =
            r#""span":{"start":{"line":2,"column":5,"offset":7},"end":{"line":2,"column":6,"offset":8}}"#;
        assert!(told.contains(span), "{told}");
        assert!(told.contains("policy-checks-error-invalid-action") && told.contains(r#""nextToken":"1""#));
        let query = [("nextToken".to_string(), "1".to_string())];
        let told = to_compact(&answer(&read(&input, &query).unwrap(), one).unwrap().node());
        assert!(!told.contains("nextToken"), "{told}");
    }
}
