//! The section `objects` of an account: the objects that its buckets hold at the beginning.

use super::accounts::AccountSource;
use super::fields;
use super::loading::Loading;
use crate::checksum::md5;
use crate::clock::Timestamp;
use crate::cloud::Object;
use crate::sigv4::hex;

/// Longest key, in bytes.
const MAX_KEY: usize = 1_024;

/// Puts the objects into their buckets.
pub(crate) fn create(loading: &mut Loading<'_>, account: &AccountSource<'_>) {
    let Some(section) = &account.objects else {
        return;
    };
    for (bucket, objects) in section.members() {
        let Loading { cloud, findings, .. } = loading;
        if cloud.buckets.get(bucket).is_none_or(|found| found.account != account.id) {
            let own = cloud.buckets.values().filter(|found| found.account == account.id);
            let known = &mut own.map(|found| found.name.as_str());
            fields::unknown(findings, fields::BUCKET, objects.span(), bucket, known);
            continue;
        }
        if !fields::is_object(objects, findings) {
            continue;
        }
        for (key, body) in objects.members() {
            if key.is_empty() || key.len() > MAX_KEY {
                findings.error("diagnostic.wrong-object-key", body, &[("limit", &MAX_KEY.to_string())]);
                continue;
            }
            if let Some(text) = fields::text(body, findings)
                && let Some(found) = cloud.buckets.get_mut(bucket)
            {
                found.objects.insert(key.to_string(), object(key, text, cloud.now));
            }
        }
    }
}

fn object(key: &str, text: &str, now: Timestamp) -> Object {
    Object {
        body: text.into(),
        etag: ["\"", &hex(&md5(text.as_bytes())), "\""].concat(),
        modified: now,
        content_type: content_type(key).to_string(),
        ..Object::default()
    }
}

/// As the CLI guesses it from the key when it uploads.
fn content_type(key: &str) -> &'static str {
    match key.rsplit_once('.').map(|(_, extension)| extension) {
        Some("txt" | "log") => "text/plain",
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("html" | "htm") => "text/html",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("xml") => "text/xml",
        _ => "binary/octet-stream",
    }
}
