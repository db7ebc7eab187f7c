//! AWS's sentence for a refused request, read back into the request that it tells of.
//!
//! AWS pages: IAM User Guide, "Troubleshoot access denied error messages"; S3 User Guide, "Troubleshoot access denied
//! (403 Forbidden) errors in Amazon S3". Entry: [`DeniedMessage::read`]. AWS names one policy type even where several
//! refuse, and no condition keys, so what is read here is where an analysis begins, not its answer.
//! Left out on purpose: an encoded authorization message, which only `sts:DecodeAuthorizationMessage` can open.

use crate::arn::Arn;
use crate::authorization::{Decision, Gate};
use serde::Serialize;

/// Longest text that is read, in bytes; the rest isn't looked at.
pub const MAX_MESSAGE: usize = 64 << 10;

/// The text says no more than that access was denied.
const NO_DETAIL: &str = "denied-message.no-detail";
/// The text holds an encoded authorization message.
const ENCODED: &str = "denied-message.encoded";
/// The resource is written in a form that isn't an ARN.
const RESOURCE_NOT_ARN: &str = "denied-message.resource-not-arn";
/// The action is the one that the operation's documentation asks for; the text names the operation alone.
const FROM_OPERATION: &str = "denied-message.from-operation";

/// How AWS writes each policy type.
const KINDS: [(&str, Gate); 10] = [
    ("identity-based policy", Gate::Identity),
    ("resource-based policy", Gate::Resource),
    ("role trust policy", Gate::Resource),
    ("trust policy", Gate::Resource),
    ("permissions boundary", Gate::Boundary),
    ("session policy", Gate::Session),
    ("service control policy", Gate::Scp),
    ("resource control policy", Gate::Rcp),
    ("VPC endpoint policy", Gate::VpcEndpoint),
    ("S3 Block Public Access", Gate::S3BlockPublicAccess),
];

/// S3's operations whose action has another name (S3 User Guide, "Required permissions for Amazon S3 API operations").
const S3_ACTIONS: [(&str, &str); 12] = [
    ("ListObjectsV2", "s3:ListBucket"),
    ("ListObjects", "s3:ListBucket"),
    ("HeadBucket", "s3:ListBucket"),
    ("ListBuckets", "s3:ListAllMyBuckets"),
    ("HeadObject", "s3:GetObject"),
    ("GetObject", "s3:GetObject"),
    ("PutObject", "s3:PutObject"),
    ("CreateMultipartUpload", "s3:PutObject"),
    ("UploadPart", "s3:PutObject"),
    ("CompleteMultipartUpload", "s3:PutObject"),
    ("DeleteObject", "s3:DeleteObject"),
    ("DeleteObjects", "s3:DeleteObject"),
];

/// What an AccessDenied says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct DeniedMessage {
    /// ARN of who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    /// `s3:GetObject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// ARN of what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// `GetObject`, where a client's text names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The policy type that AWS names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
    /// Explicit or implicit, where AWS says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// ARN of the policy that denies, where AWS names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Catalogue keys of what the reader should know about this text.
    pub notes: Vec<&'static str>,
}

impl DeniedMessage {
    /// Reads a pasted text: a sentence of AWS, with whatever a client, a log or a terminal put around it.
    /// `None`: nothing in it tells of a refused request.
    pub fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        let mut found = DeniedMessage { operation: operation(&text), ..DeniedMessage::default() };
        let sentence = text.split_once(" is not authorized to perform: ");
        if let Some((before, after)) = sentence {
            found.principal = principal(before);
            found.sentence(after);
        }
        if text.contains("ncoded authorization failure message") {
            found.notes.push(ENCODED);
        }
        if sentence.is_none() {
            found.bare(&text)?;
        }
        Some(found)
    }

    /// What stands behind `is not authorized to perform: `.
    fn sentence(&mut self, text: &str) {
        self.action = word(text).filter(|word| word.contains(':')).map(str::to_string);
        let (request, reason) = cut_reason(text);
        if let Some((_, resource)) = request.split_once("on resource: ") {
            match word(resource).filter(|word| Arn::parse(word).is_some() || *word == "*") {
                Some(arn) => self.resource = Some(arn.to_string()),
                None => self.notes.push(RESOURCE_NOT_ARN),
            }
        }
        let Some((decision, reason)) = reason else { return };
        self.decision = Some(decision);
        // The sentence that begins after this one may name another policy type.
        let reason = reason.split_once(". ").map_or(reason, |(reason, _)| reason);
        let named = KINDS.iter().filter_map(|(kind, gate)| Some((reason.find(kind)?, kind.len(), *gate)));
        let Some((place, length, gate)) = named.min_by_key(|(place, ..)| *place) else { return };
        self.gate = Some(gate);
        let rest = reason.get(place + length..).unwrap_or("");
        let arn = rest.strip_prefix(": ").and_then(word).filter(|word| Arn::parse(word).is_some());
        self.policy = arn.map(str::to_string);
    }

    /// A text without AWS's sentence: `Access Denied`, `Forbidden`.
    fn bare(&mut self, text: &str) -> Option<()> {
        let denied =
            ["AccessDenied", "Access Denied", "UnauthorizedOperation", "Forbidden", "not authorized"];
        if !denied.iter().any(|word| text.contains(word)) {
            return None;
        }
        let operation = self.operation.as_deref().unwrap_or("");
        if let Some((_, action)) = S3_ACTIONS.iter().find(|(name, _)| *name == operation) {
            self.action = Some((*action).to_string());
            self.notes.push(FROM_OPERATION);
        }
        if !self.notes.contains(&ENCODED) {
            self.notes.push(NO_DETAIL);
        }
        Some(())
    }
}

/// One line, quotes as they were before XML or JSON escaped them.
fn plain(text: &str) -> String {
    let mut end = text.len().min(MAX_MESSAGE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or("");
    let text = text.replace("&quot;", "\"").replace("\\\"", "\"").replace("&amp;", "&").replace("\\n", " ");
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// `GetObject` of `when calling the GetObject operation`, the wording of botocore and the aws CLI.
fn operation(text: &str) -> Option<String> {
    let (_, after) = text.split_once("when calling the ")?;
    let (name, _) = after.split_once(" operation")?;
    let legal =
        !name.is_empty() && name.len() <= 128 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    legal.then(|| name.to_string())
}

/// What stands between `User: ` and the sentence.
fn principal(before: &str) -> Option<String> {
    let name = before.rsplit_once("User: ").map_or(before, |(_, name)| name);
    let name = name.rsplit(' ').next().unwrap_or(name).trim_matches('"');
    (Arn::parse(name).is_some() || name == "anonymous").then(|| name.to_string())
}

/// The first word, or what the first quotes hold; a full stop or a bracket at its end belongs to the sentence.
fn word(text: &str) -> Option<&str> {
    let word = match text.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => text.split([' ', '"', '<']).next().map(|word| word.trim_end_matches(['.', ',', ';', ')'])),
    };
    word.filter(|word| !word.is_empty())
}

/// The sentence up to its reason, and the reason with what it says of the decision.
fn cut_reason(text: &str) -> (&str, Option<(Decision, &str)>) {
    let explicit = text.split_once("with an explicit deny").map(|cut| (cut, Decision::ExplicitDeny));
    let implicit = text.split_once(" because no ").map(|cut| (cut, Decision::ImplicitDeny));
    let blocked = text.split_once(" because public ").map(|cut| (cut, Decision::ExplicitDeny));
    let first =
        [explicit, implicit, blocked].into_iter().flatten().min_by_key(|((before, _), _)| before.len());
    match first {
        Some(((before, reason), decision)) => (before, Some((decision, reason))),
        None => (text, None),
    }
}
