//! LookupEvents: management events of the last 90 days, the latest first.
//!
//! AWS page: CloudTrail API Reference, "LookupEvents".

use crate::cloud::TrailEvent;
use crate::json::{Node, Value};
use crate::services::call::Call;
use crate::services::errors::*;
use crate::services::protocol::json::{Fields, list, texts, time};

/// Events of a page.
const MOST: usize = 50;
/// 90 days, in seconds.
const KEPT: i64 = 90 * 86_400;

/// What is asked for.
pub(super) struct Input {
    attribute: Option<(String, String)>,
    start: Option<i64>,
    end: Option<i64>,
    page: usize,
    after: Option<String>,
}

/// Whether every member of the request is known. Told after authentication, as in the query services.
pub(super) fn modelled(input: &Node) -> Result<(), AwsError> {
    let known = ["LookupAttributes", "StartTime", "EndTime", "MaxResults", "NextToken"];
    match input.members().iter().find(|member| !known.contains(&&*member.key)) {
        None => Ok(()),
        Some(other) => Err(QUERY_NOT_MODELLED
            .with(&[("parameter", &other.key)])
            .for_want_of(format!("cloudtrail:LookupEvents {}", other.key))),
    }
}

pub(super) fn read(input: &Node) -> Result<Input, AwsError> {
    let attributes = match input.get("LookupAttributes").map(|node| &node.value) {
        None => &[][..],
        Some(Value::Array(items)) => items,
        Some(_) => return Err(JSON_SERIALIZATION.error()),
    };
    let attribute = match attributes {
        [] => None,
        [one] => {
            let part = |name: &str| one.get(name).and_then(Node::as_str).map(str::to_string);
            let key = part("AttributeKey").filter(|key| KEYS.contains(&key.as_str()));
            Some(key.zip(part("AttributeValue")).ok_or_else(|| CLOUDTRAIL_ATTRIBUTES.error())?)
        }
        _ => return Err(CLOUDTRAIL_ATTRIBUTES.error()),
    };
    let seconds = |name: &str| -> Result<Option<i64>, AwsError> {
        let number = match input.get(name).map(|node| &node.value) {
            None => return Ok(None),
            Some(Value::Number(number)) => number,
            Some(_) => return Err(JSON_SERIALIZATION.error()),
        };
        // Clients send fractions of a second.
        let whole = number.split('.').next().unwrap_or_default();
        whole.parse().map(Some).map_err(|_| CLOUDTRAIL_TIME_RANGE.error())
    };
    let (start, end) = (seconds("StartTime")?, seconds("EndTime")?);
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        return Err(CLOUDTRAIL_TIME_RANGE.error());
    }
    let page = match input.get("MaxResults") {
        None => MOST,
        Some(node) => {
            let asked = node.as_i64().and_then(|asked| usize::try_from(asked).ok());
            asked.filter(|asked| (1..=MOST).contains(asked)).ok_or_else(|| CLOUDTRAIL_MAX_RESULTS.error())?
        }
    };
    let after = input.get("NextToken").map(|token| token.as_str().ok_or_else(|| JSON_SERIALIZATION.error()));
    let after = after.transpose()?.map(str::to_string);
    Ok(Input { attribute, start, end, page, after })
}

/// Attributes by which events are looked up.
const KEYS: [&str; 8] = [
    "EventId",
    "EventName",
    "ReadOnly",
    "Username",
    "ResourceType",
    "ResourceName",
    "EventSource",
    "AccessKeyId",
];

/// The page of events.
pub(super) fn answer(call: &Call<'_>, account: &str, region: &str, input: &Input) -> Result<Value, AwsError> {
    let now = call.cloud.now.epoch_seconds();
    let mut found = Vec::new();
    for event in call.cloud.trail.latest() {
        let at = event.at.epoch_seconds();
        let in_time = input.start.is_none_or(|start| at >= start) && input.end.is_none_or(|end| at <= end);
        if event.account == account
            && event.region == region
            && in_time
            && now - at <= KEPT
            && has(event, input)
        {
            found.push(event);
        }
    }
    // A page begins after the event that its token names, so that later events move nothing.
    if let Some(token) = &input.after {
        let last = found.iter().position(|event| event.id == *token);
        let last = last.ok_or_else(|| CLOUDTRAIL_NEXT_TOKEN.error())?;
        found.drain(..=last);
    }
    let more = found.len() > input.page;
    found.truncate(input.page);
    let next = found.last().filter(|_| more).map(|event| event.id.as_str());
    let mut events = Vec::new();
    for event in &found {
        events.push(told(event));
    }
    let mut fields = Fields::default();
    fields.put("Events", list(events));
    fields.maybe(&[("NextToken", next)]);
    Ok(fields.object())
}

fn has(event: &TrailEvent, input: &Input) -> bool {
    let Some((key, value)) = &input.attribute else { return true };
    match key.as_str() {
        "EventId" => event.id == *value,
        "EventName" => event.name == *value,
        "ReadOnly" => event.read_only.to_string() == *value,
        "Username" => event.username == *value,
        "ResourceType" => event.resources.iter().any(|(kind, _)| kind == value),
        "ResourceName" => event.resources.iter().any(|(_, name)| name == value),
        "EventSource" => event.source == *value,
        _ => event.access_key_id == *value,
    }
}

fn told(event: &TrailEvent) -> Value {
    let given = |value| Some(value).filter(|value: &&str| !value.is_empty());
    let mut fields = Fields::default();
    fields.maybe(&[
        ("EventId", Some(&event.id)),
        ("EventName", Some(&event.name)),
        ("ReadOnly", Some(if event.read_only { "true" } else { "false" })),
        ("AccessKeyId", given(&event.access_key_id)),
    ]);
    fields.put("EventTime", time(event.at));
    fields.maybe(&[("EventSource", Some(&event.source)), ("Username", given(&event.username))]);
    let mut resources = Vec::new();
    for (kind, name) in &event.resources {
        resources.push(texts(&[("ResourceType", kind), ("ResourceName", name)]));
    }
    fields.put("Resources", list(resources));
    fields.texts(&[("CloudTrailEvent", &event.record)]);
    fields.object()
}
