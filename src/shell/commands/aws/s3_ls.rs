//! `aws s3 ls [s3://BUCKET[/PREFIX]] [--recursive] [--human-readable] [--summarize]`
//!
//! AWS page: AWS CLI Command Reference, "s3 ls". Without a match for a prefix: status 1 and no word.

use super::{Answer, Arguments, Invocation, messages, path, with_client};
use crate::client::operations::{ListObjectsV2, ObjectEntry, Page, list_buckets, list_objects_v2};
use crate::client::{Client, ClientError};
use crate::gather::Gather;
use crate::json::{Member, Value};
use crate::shell::python;

/// The most pages of one command.
const MAX_PAGES: usize = 100;

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    if let [_, second, ..] = arguments.paths.as_slice() {
        return Answer::error(252, messages::unknown_options(second));
    }
    let given = arguments.paths.first().map_or("", String::as_str);
    let (bucket, prefix) = path::bucket_and_key(given.strip_prefix("s3://").unwrap_or(given));
    with_client(invocation, arguments, "s3", |client| match bucket {
        "" => buckets(client),
        bucket => objects(client, arguments, bucket, prefix),
    })
}

fn buckets(client: &mut Client<'_>) -> Result<Answer, Box<ClientError>> {
    let lines = list_buckets(client)?
        .into_iter()
        .map(|bucket| format!("{} {}\n", bucket.created.listing(), bucket.name));
    Ok(Answer::text(lines.gather::<String>()))
}

fn objects(
    client: &mut Client<'_>,
    arguments: &Arguments,
    bucket: &str,
    prefix: &str,
) -> Result<Answer, Box<ClientError>> {
    let recursive = arguments.has("--recursive");
    let pages = pages(client, bucket, prefix, if recursive { None } else { Some("/") })?;
    let mut stdout = String::new();
    let (mut count, mut bytes) = (0_u64, 0_u64);
    for page in &pages {
        for common in &page.prefixes {
            let name = common.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            stdout.push_str(&format!("{:>30} {name}/\n", "PRE"));
        }
        for object in &page.objects {
            count += 1;
            bytes = bytes.saturating_add(object.size);
            stdout.push_str(&line(object, recursive, arguments.has("--human-readable")));
        }
    }
    if arguments.has("--summarize") {
        let size = size(bytes, arguments.has("--human-readable"));
        stdout.push_str(&format!("\nTotal Objects: {count}\n   Total Size: {size}\n"));
    }
    let nothing = pages.iter().all(|page| page.objects.is_empty() && page.prefixes.is_empty());
    let exit_code = i32::from(nothing && !prefix.is_empty());
    Ok(Answer { exit_code, stdout, ..Answer::default() })
}

/// All pages of a listing. `Err` where they are too many, so that nothing is left out in silence.
pub(super) fn pages(
    client: &mut Client<'_>,
    bucket: &str,
    prefix: &str,
    delimiter: Option<&'static str>,
) -> Result<Vec<Page>, Box<ClientError>> {
    let mut list = ListObjectsV2 {
        bucket: bucket.to_string(),
        prefix: prefix.to_string(),
        delimiter,
        continuation_token: None,
    };
    let mut pages = Vec::new();
    while pages.len() < MAX_PAGES {
        let page = list_objects_v2(client, &list)?;
        let before = std::mem::replace(&mut list.continuation_token, page.next.clone());
        pages.push(page);
        match &list.continuation_token {
            None => return Ok(pages),
            Some(token) if before.as_ref() == Some(token) => {
                let members = vec![Member::new("ContinuationToken", Value::string(token.as_str()).node())];
                let token = python::repr(&Value::Object(members).node());
                return Err(ClientError::Pagination { token }.into());
            }
            Some(_) => {}
        }
    }
    Err(ClientError::SettingNotModelled { by: "a listing of more than 100 pages" }.into())
}

/// `2026-01-07 09:00:00         14 hello.txt`
fn line(object: &ObjectEntry, recursive: bool, human: bool) -> String {
    let name =
        if recursive { object.key.as_str() } else { object.key.rsplit('/').next().unwrap_or_default() };
    format!("{} {:>10} {name}\n", object.modified.listing(), size(object.size, human))
}

fn size(bytes: u64, human: bool) -> String {
    if human { path::human_readable(bytes) } else { bytes.to_string() }
}
