//! Resource and NotResource: ARNs with wildcards, variables after the fifth colon.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Resource". A wildcard stays within its segment of the ARN,
//! but a `*` that ends a segment may run on beyond colons; after the fifth colon nothing is a boundary.
//! An ARN that ends early, such as `arn:aws:sqs:*`, needs a `*` at its end.

use super::symbols::{Symbol, symbols_match};
use super::variable::{Template, Wildcards};
use super::{ConditionKeys, wildcard};
use crate::arn::Arn;

/// The resource that a request names.
#[derive(Debug, Clone, Copy)]
pub struct AskedResource<'a> {
    text: &'a str,
    arn: Option<Arn<'a>>,
}

impl<'a> AskedResource<'a> {
    /// An ARN, or `*` for an action that has no resource.
    pub fn new(text: &'a str) -> Self {
        AskedResource { text, arn: Arn::parse(text) }
    }

    /// As asked.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Its parts, if it is an ARN.
    pub fn arn(&self) -> Option<Arn<'a>> {
        self.arn
    }
}

/// One entry of Resource or NotResource.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourcePattern {
    text: Box<str>,
    form: Form,
}

#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// `*`
    Everything,
    /// No wildcard, no variable.
    Exact,
    /// Every `*` before the fifth colon ends its segment: one pattern over the whole ARN.
    Whole,
    /// Six segments, compared one by one.
    Segments,
    /// The same, and where that fails a `*` that ends a segment runs on; bytes before the sixth segment.
    Crossing(u32),
    /// The same with variables in the sixth; the number of bytes before it.
    Template(u32, Box<Template>),
    /// Too short to match an ARN.
    Nothing,
}

impl ResourcePattern {
    /// An entry as written; variables are read if the policy's version knows them.
    pub(crate) fn new(text: &str, variables: bool) -> Self {
        ResourcePattern { text: text.into(), form: form(text, variables) }
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it matches the resource that is asked for.
    pub fn matches(&self, asked: &AskedResource<'_>, keys: &dyn ConditionKeys) -> bool {
        if self.form == Form::Everything {
            return true;
        }
        let Some(arn) = asked.arn else {
            return false;
        };
        match &self.form {
            Form::Everything => true,
            Form::Nothing => false,
            Form::Exact => *self.text == *asked.text,
            Form::Whole => wildcard::matches(&self.text, asked.text),
            Form::Segments => by_segments(&self.text, &arn),
            Form::Crossing(start) => {
                let (head, tail) = self.text.split_at_checked(*start as usize).unwrap_or((&self.text, ""));
                by_segments(&self.text, &arn)
                    || symbols_match(Symbol::of_segments(head).chain(Symbol::of(tail)), asked.text)
            }
            Form::Template(start, template) => {
                let head = self.text.get(..*start as usize).unwrap_or("");
                head_matches(head, asked.text, &arn) && template.matches(keys, arn.resource)
            }
        }
    }

    /// The entry with its variables replaced; as written if it has none, or one without a value.
    pub fn resolve(&self, keys: &dyn ConditionKeys) -> String {
        if let Form::Template(start, template) = &self.form
            && let Some(resource) = template.resolve(keys)
        {
            return format!("{}{resource}", self.text.get(..*start as usize).unwrap_or(""));
        }
        self.text.to_string()
    }

    /// Keys of its variables, in lower case.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        let template = if let Form::Template(_, template) = &self.form { Some(template) } else { None };
        template.into_iter().flat_map(|template| template.keys())
    }
}

fn form(text: &str, variables: bool) -> Form {
    if text == "*" {
        return Form::Everything;
    }
    let Some(start) = text.match_indices(':').nth(4).map(|(colon, _)| colon + 1) else {
        return match text.ends_with('*') {
            false => Form::Nothing,
            true if crossing(text) => Form::Whole,
            true => Form::Crossing(u32::try_from(text.len()).unwrap_or(0)),
        };
    };
    let (head, tail) = text.split_at_checked(start).unwrap_or((text, ""));
    if variables && let Some(template) = Template::new(tail, Wildcards::Read) {
        return Form::Template(u32::try_from(start).unwrap_or(0), Box::new(template));
    }
    if !text.contains(['*', '?']) {
        Form::Exact
    } else if crossing(head) {
        Form::Whole
    } else if head.contains("*:") {
        Form::Crossing(u32::try_from(start).unwrap_or(0))
    } else {
        Form::Segments
    }
}

/// Compares six segments one by one.
fn by_segments(pattern: &str, arn: &Arn<'_>) -> bool {
    segments_match(pattern, arn).is_some_and(|resource| wildcard::matches(resource, arn.resource))
}

/// Whether every wildcard of these segments is a `*` at the end of one.
fn crossing(segments: &str) -> bool {
    segments.split(':').all(|segment| !segment.strip_suffix('*').unwrap_or(segment).contains(['*', '?']))
}

/// Compares the first five segments; gives the sixth of the pattern.
fn segments_match<'p>(pattern: &'p str, arn: &Arn<'_>) -> Option<&'p str> {
    let mut segments = pattern.splitn(6, ':');
    for asked in ["arn", arn.partition, arn.service, arn.region, arn.account] {
        if !wildcard::matches(segments.next()?, asked) {
            return None;
        }
    }
    segments.next()
}

/// Compares what stands before a sixth segment with variables, `arn:aws:s3:::`.
fn head_matches(head: &str, asked: &str, arn: &Arn<'_>) -> bool {
    let length = asked.len().saturating_sub(arn.resource.len());
    asked.get(..length) == Some(head) || segments_match(head, arn).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::matching::NoKeys;

    fn matches(pattern: &str, resource: &str) -> bool {
        ResourcePattern::new(pattern, true).matches(&AskedResource::new(resource), &NoKeys)
    }

    #[test]
    fn segments_bound_wildcards() {
        let queue = "arn:aws:sqs:us-east-1:111122223333:jobs";
        assert!(
            matches("*", queue)
                && matches("arn:aws:sqs:*", queue)
                && matches("arn:aws:sqs:us-*:*:j?bs", queue)
        );
        assert!(matches("arn:aws:sqs:us-*-1:111122223333:jobs", queue));
        assert!(!matches("arn:aws:sqs:us-east-1?111122223333:jobs", queue));
        assert!(
            matches("arn:aws:s?s:*", queue)
                && matches("arn:a*s:s?s:*:jobs:more", "arn:aws:sns:us-east-1:111122223333:jobs:more")
        );
        assert!(!matches("arn:aws:s?s:us", queue) && !matches("arn:a*s:s*s:us-*-1:jobs", queue));
        assert!(!matches("arn:aws:sqs", queue) && !matches("*:jobs", queue));
        assert!(matches("*", "*") && !matches("arn:aws:s3:::*", "*"));
        assert!(!matches("arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/${aws:username}/x"));
    }
}
