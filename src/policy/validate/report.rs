//! Findings: collected, ordered, and as `ValidatePolicy` answers them.

use super::Place;
use super::issue::{FindingType, Issue};
use crate::gather::Gather;
use crate::json::{LineIndex, Params, Span, TextSpan};
use crate::sorted::sort_by;
use serde::Serialize;

/// Something that Access Analyzer would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub finding_type: FindingType,
    /// AWS's issue code.
    pub issue_code: &'static str,
    /// Values for the text; `variant`, if present, chooses among the texts of one code.
    pub params: Params,
    /// The places that are meant; never empty.
    pub locations: Vec<Location>,
}

/// A place in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// JSON Pointer; a key's place has the pointer of its member.
    pub pointer: String,
    /// Bytes of the policy's text.
    pub span: Span,
}

impl Finding {
    /// The key of the catalogue text: `finding.invalid-action`, with a variant `finding.invalid-action.nearest`.
    pub fn text_key(&self) -> String {
        let code = self.issue_code.to_ascii_lowercase().replace('_', "-");
        match self.params.get("variant") {
            Some(variant) => format!("finding.{code}.{variant}"),
            None => format!("finding.{code}"),
        }
    }
}

/// Most findings about one policy; who has these mended, asks again.
const MAX_FINDINGS: usize = 1_000;
/// Most bytes of pointers and parameters, since each may repeat a long text of the policy.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The findings so far.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    bytes: usize,
}

impl Report {
    /// Adds a finding at a place, unless there are too many already; the answer takes its parameters.
    pub fn add(&mut self, issue: Issue, place: &Place<'_>) -> Entry<'_> {
        if self.findings.len() >= MAX_FINDINGS || self.bytes >= MAX_BYTES {
            return Entry { finding: None, bytes: &mut self.bytes };
        }
        self.findings.push(Finding {
            finding_type: issue.finding_type,
            issue_code: issue.code,
            params: Params::new(),
            locations: Vec::new(),
        });
        Entry { finding: self.findings.last_mut(), bytes: &mut self.bytes }.also(place)
    }

    /// The findings in the order of the text, each once.
    pub fn finish(self) -> Vec<Finding> {
        let key = |finding: &Finding| {
            (finding.locations.first().map_or(0, |place| place.span.start), finding.issue_code)
        };
        let mut sorted = self.findings;
        sort_by(&mut sorted, |a, b| key(a).cmp(&key(b)));
        sorted.dedup();
        sorted
    }
}

/// The finding that was just added.
pub struct Entry<'a> {
    finding: Option<&'a mut Finding>,
    bytes: &'a mut usize,
}

impl Entry<'_> {
    /// Adds a parameter.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Some(finding) = self.finding.as_mut() {
            let value = value.into();
            *self.bytes += value.len();
            finding.params.insert(name, value);
        }
        self
    }

    /// Chooses another text of the same code.
    pub fn variant(self, name: &'static str) -> Self {
        self.with("variant", name)
    }

    /// Adds a further place.
    pub fn also(mut self, place: &Place<'_>) -> Self {
        if let Some(finding) = self.finding.as_mut() {
            let location = place.location();
            *self.bytes += location.pointer.len();
            finding.locations.push(location);
        }
        self
    }
}

/// What `ValidatePolicy` answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct ValidatePolicyOutput {
    /// In the order of the text.
    pub findings: Vec<ValidatePolicyFinding>,
}

/// A finding with lines and columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct ValidatePolicyFinding {
    /// How grave it is.
    pub finding_type: FindingType,
    /// AWS's issue code.
    pub issue_code: &'static str,
    /// Values for the text.
    pub params: Params,
    /// The places that are meant.
    pub locations: Vec<ValidatePolicyLocation>,
}

/// A place with lines and columns, counted from 1 in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct ValidatePolicyLocation {
    /// JSON Pointer.
    pub pointer: String,
    /// Start and end.
    pub span: TextSpan,
}

impl ValidatePolicyOutput {
    /// `findings` about `text`.
    pub fn new(text: &str, findings: &[Finding]) -> Self {
        let lines = LineIndex::new(text);
        let location = |location: &Location| ValidatePolicyLocation {
            pointer: location.pointer.clone(),
            span: lines.span(location.span),
        };
        let finding = |finding: &Finding| ValidatePolicyFinding {
            finding_type: finding.finding_type,
            issue_code: finding.issue_code,
            params: finding.params.clone(),
            locations: finding.locations.iter().map(location).gather(),
        };
        ValidatePolicyOutput { findings: findings.iter().map(finding).gather() }
    }

    /// Whether one of them is an error.
    pub fn has_error(&self) -> bool {
        self.findings.iter().any(|finding| finding.finding_type == FindingType::Error)
    }
}
