//! The encoded authorization failure message of EC2's errors: what was asked, encrypted, so that only a caller with
//! sts:DecodeAuthorizationMessage reads it.
//!
//! AWS page: STS API Reference, "DecodeAuthorizationMessage". Entries: [`encode`], [`decode`]. How AWS encodes it isn't
//! documented: here a stream of keys from the scenario's seed, with a check that no byte was changed.

use super::authorize::Verdict;
use crate::authorization::{Decision, GateState, StatementMatch};
use crate::base64::URL_SAFE_NO_PAD;
use crate::ids::Entropy;
use crate::json;

/// Bytes of the check in front.
const CHECK: usize = 16;

/// The message about a refusal.
pub(super) fn encode(verdict: &Verdict, entropy: Entropy) -> String {
    let text = message(verdict);
    let check = check(text.as_bytes(), entropy);
    let mut bytes = check.clone();
    bytes.extend(stream(text.as_bytes(), &check, entropy));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The JSON in a message; `None`: this cloud didn't encode it.
pub(super) fn decode(encoded: &str, entropy: Entropy) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
    let (tag, body) = bytes.split_at_checked(CHECK)?;
    let text = stream(body, tag, entropy);
    (check(&text, entropy) == tag).then(|| String::from_utf8(text).ok()).flatten()
}

fn check(text: &[u8], entropy: Entropy) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut bytes = entropy.bytes(&["authorization-message", &text]).to_vec();
    bytes.truncate(CHECK);
    bytes
}

/// Adds the stream of keys that belongs to a check, or takes it away.
fn stream(text: &[u8], check: &[u8], entropy: Entropy) -> Vec<u8> {
    let nonce = URL_SAFE_NO_PAD.encode(check);
    let mut out = Vec::with_capacity(text.len());
    for (place, block) in text.chunks(32).enumerate() {
        let key = entropy.bytes(&["authorization-message-key", &nonce, &place.to_string()]);
        out.extend(block.iter().zip(key).map(|(byte, key)| byte ^ key));
    }
    out
}

/// The JSON of AWS's example: decision, matched statements, and the context.
fn message(verdict: &Verdict) -> String {
    let (request, answer) = (&verdict.request, &verdict.answer);
    let principal = &request.principal;
    let id = principal.unique_id.as_deref().unwrap_or_default();
    let mut text = String::from("{\"allowed\":");
    text.push_str(if verdict.allows() { "true" } else { "false" });
    text.push_str(",\"explicitDeny\":");
    text.push_str(if answer.decision == Decision::ExplicitDeny { "true" } else { "false" });
    text.push_str(",\"matchedStatements\":{\"items\":[");
    let mut first = true;
    for (gate, policies) in &answer.explain {
        // Only the statements that refuse are told.
        let denies = answer.gates.get(gate) == Some(&GateState::ExplicitDeny);
        for policy in policies.iter().filter(|_| denies) {
            let refuses = |statement: &&StatementMatch| statement.matched && statement.effect == "Deny";
            for statement in policy.statements.iter().filter(refuses) {
                separate(&mut text, &mut first);
                text.push_str("{\"statementId\":");
                json::quote(statement.sid.as_deref().unwrap_or(""), &mut text);
                text.push_str(",\"effect\":\"DENY\",\"sourcePolicyId\":");
                json::quote(&policy.policy, &mut text);
                text.push('}');
            }
        }
    }
    text.push_str("]},\"failures\":{\"items\":[]},\"context\":{\"principal\":{\"id\":");
    json::quote(id, &mut text);
    text.push_str(",\"arn\":");
    json::quote(&principal.arn, &mut text);
    text.push_str("},\"action\":");
    json::quote(&request.action, &mut text);
    text.push_str(",\"resource\":");
    json::quote(&request.resource, &mut text);
    text.push_str(",\"conditions\":{\"items\":[");
    first = true;
    for entry in request.context.entries() {
        let Some(values) = &entry.values else { continue };
        separate(&mut text, &mut first);
        text.push_str("{\"key\":");
        json::quote(&entry.key, &mut text);
        text.push_str(",\"values\":{\"items\":[");
        let mut first_value = true;
        for value in values {
            separate(&mut text, &mut first_value);
            text.push_str("{\"value\":");
            json::quote(value, &mut text);
            text.push('}');
        }
        text.push_str("]}}");
    }
    text.push_str("]}}}");
    text
}

fn separate(text: &mut String, first: &mut bool) {
    if !std::mem::replace(first, false) {
        text.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_message_is_none() {
        let entropy = Entropy::new(1);
        let text = "{\"allowed\":false}".repeat(9);
        let check = check(text.as_bytes(), entropy);
        let bytes = [check.clone(), stream(text.as_bytes(), &check, entropy)].concat();
        assert_eq!(decode(&URL_SAFE_NO_PAD.encode(&bytes), entropy), Some(text));
        assert_eq!(decode(&URL_SAFE_NO_PAD.encode(&bytes), Entropy::new(2)), None);
        for place in 0..bytes.len() {
            let mut other = bytes.clone();
            other[place] ^= 1;
            assert_eq!(decode(&URL_SAFE_NO_PAD.encode(&other), entropy), None, "{place}");
        }
        assert_eq!(decode("x", entropy), None);
    }
}
