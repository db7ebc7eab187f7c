//! What `cp`, `mv`, `sync` and `rm` share: what is to be transferred, and each transfer.
//!
//! AWS page: AWS CLI Command Reference, "s3". Files of this shell are text and of at most 8 MB together, so that every
//! upload is one PutObject, as the CLI's are below its threshold of 8 MiB. Left out on purpose: access points, symbolic
//! links, progress, sizes of pages.

use super::{
    Answer, Arguments, Invocation, configuration, failure, messages, parameters, path, s3_filter, s3_ls,
    shorthand,
};
use crate::checksum::md5;
use crate::client::operations::{copy_object, delete_object, get_object, put_object};
use crate::client::{Client, ClientError, absolute_path};
use crate::gather::Gather;
use crate::http::Headers;
use crate::json::Value;
use crate::shell::Shell;
use crate::sigv4::hex;

pub(super) const FLAGS: &[&str] = &[
    "--recursive",
    "--dryrun",
    "--quiet",
    "--no-progress",
    "--only-show-errors",
    "--no-follow-symlinks",
    "--follow-symlinks",
];
pub(super) const OPTIONS: &[&str] = &[
    "--exclude",
    "--include",
    "--expected-size",
    "--acl",
    "--cache-control",
    "--content-disposition",
    "--content-encoding",
    "--content-language",
    "--content-type",
    "--metadata",
    "--metadata-directive",
    "--sse",
    "--sse-kms-key-id",
    "--storage-class",
];
/// Options that are headers of PutObject and CopyObject.
const HEADERS: [(&str, &str); 10] = [
    ("--acl", "x-amz-acl"),
    ("--cache-control", "Cache-Control"),
    ("--content-disposition", "Content-Disposition"),
    ("--content-encoding", "Content-Encoding"),
    ("--content-language", "Content-Language"),
    ("--content-type", "Content-Type"),
    ("--metadata-directive", "x-amz-metadata-directive"),
    ("--sse", "x-amz-server-side-encryption"),
    ("--sse-kms-key-id", "x-amz-server-side-encryption-aws-kms-key-id"),
    ("--storage-class", "x-amz-storage-class"),
];

/// What those of a few values take.
const CHOICES: [(&str, &[&str]); 4] = [
    (
        "--acl",
        &[
            "private",
            "public-read",
            "public-read-write",
            "authenticated-read",
            "aws-exec-read",
            "bucket-owner-read",
            "bucket-owner-full-control",
            "log-delivery-write",
        ],
    ),
    ("--metadata-directive", &["COPY", "REPLACE"]),
    ("--sse", &["AES256", "aws:kms"]),
    (
        "--storage-class",
        &[
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "DEEP_ARCHIVE",
            "GLACIER_IR",
        ],
    ),
];

/// One end of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// An absolute path.
    Local(String),
    /// Bucket and key.
    S3(String, String),
}

/// One file or object that is to be transferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transfer {
    /// `upload`, `download`, `copy`, `move`
    pub verb: &'static str,
    pub from: Place,
    pub to: Place,
}

/// What comes of one transfer or deletion; `Ok(Err)`: this shell can't do it.
type Step = Result<Result<(), Answer>, Box<ClientError>>;

/// What a command works with.
pub(super) struct Work<'a, 'b> {
    pub client: &'a mut Client<'b>,
    pub shell: &'a mut Shell,
    pub arguments: &'a Arguments,
    /// Headers that options ask for, whatever is uploaded or copied.
    headers: Headers,
    pub stdin: &'a str,
    pub answer: Answer,
}

/// Runs `work` with a client of S3 and the shell; an error that stops the command is printed as the CLI does.
pub(super) fn with_work(
    invocation: &mut Invocation<'_>,
    arguments: &Arguments,
    work: &mut dyn FnMut(&mut Work<'_, '_>) -> Result<(), Box<ClientError>>,
) -> Answer {
    let headers = match headers(invocation, arguments) {
        Ok(headers) => headers,
        Err(answer) => return *answer,
    };
    let configuration = match configuration(invocation, arguments) {
        Ok(configuration) => configuration,
        Err(error) => return failure::general(&error),
    };
    let Invocation { shell, transport, stdin, .. } = invocation;
    let mut client = match Client::new(&configuration, &mut **transport, "s3") {
        Ok(client) => client,
        Err(error) => return failure::general(&error),
    };
    let mut own = Work { client: &mut client, shell, arguments, headers, stdin, answer: Answer::default() };
    let result = work(&mut own);
    let Work { mut answer, .. } = own;
    if let Err(error) = result {
        let failed = failure::fatal(&error);
        let exit_code = failed.exit_code;
        merge(&mut answer, failed);
        answer.exit_code = exit_code;
    }
    if arguments.has("--quiet") {
        answer.stdout.clear();
        answer.stderr.clear();
    } else if arguments.has("--only-show-errors") {
        answer.stdout.clear();
    }
    answer
}

/// Adds what one step gave to what the command gives.
fn merge(answer: &mut Answer, step: Answer) {
    let Answer { exit_code, stdout, stderr, error_code, notices } = step;
    answer.exit_code = answer.exit_code.max(exit_code);
    answer.stdout.push_str(&stdout);
    answer.stderr.push_str(&stderr);
    answer.error_code = error_code.or(answer.error_code.take());
    answer.notices.extend(notices);
}

impl Work<'_, '_> {
    /// One transfer, and its line.
    pub(super) fn transfer(&mut self, transfer: &Transfer) {
        let Transfer { verb, from, to } = transfer;
        let place = [&self.shown(from), " to ", &self.shown(to)].concat();
        let stream = *from == Place::Local("-".to_string()) || *to == Place::Local("-".to_string());
        self.step(verb, &place, stream, &mut |work| match (from, to) {
            // Without a key it isn't opened: that is refused before.
            (Place::Local(directory), Place::S3(_, key)) if directory.ends_with('/') && !key.is_empty() => {
                let text = messages::transfer_failed(verb, &place, &messages::is_a_directory(directory));
                Ok(Err(Answer::error(1, text)))
            }
            _ => work.carry(from, to, *verb == "move"),
        });
    }

    /// Deletes an object, and says so.
    pub(super) fn delete(&mut self, bucket: &str, key: &str) {
        let place = ["s3://", bucket, "/", key].concat();
        self.step("delete", &place, false, &mut |work| delete_object(work.client, bucket, key).map(Ok));
    }

    /// Deletes a file, and says so.
    pub(super) fn delete_file(&mut self, file: &str) {
        let place = self.shown(&Place::Local(file.to_string()));
        self.step("delete", &place, false, &mut |work| {
            work.shell.files.remove(file);
            Ok(Ok(()))
        });
    }

    fn step(&mut self, verb: &str, place: &str, quiet: bool, work: &mut dyn FnMut(&mut Self) -> Step) {
        if self.arguments.has("--dryrun") {
            self.answer.stdout.push_str(&["(dryrun) ", &messages::transferred(verb, place)].concat());
            return;
        }
        let step = match work(self) {
            Ok(Ok(())) if quiet => Answer::default(),
            Ok(Ok(())) => Answer::text(messages::transferred(verb, place)),
            Ok(Err(answer)) => answer,
            Err(error) => failure::transfer(&error, verb, place),
        };
        merge(&mut self.answer, step);
    }

    fn carry(&mut self, from: &Place, to: &Place, moves: bool) -> Step {
        match (from, to) {
            (Place::S3(bucket, key), Place::Local(file)) => {
                let bytes = get_object(self.client, bucket, key)?;
                // Files of this shell are text.
                let text = String::from_utf8_lossy(&bytes).into_owned();
                if file == "-" {
                    self.answer.stdout.push_str(&text);
                } else {
                    self.shell.files.remove(file);
                    if !self.shell.write(file, &text) {
                        return Ok(Err(Answer::too_large()));
                    }
                }
            }
            (Place::Local(file), Place::S3(bucket, key)) => {
                let text = match file.as_str() {
                    "-" => self.stdin,
                    file => self.shell.files.get(file).map(String::as_str).unwrap_or_default(),
                };
                let mut headers = self.headers.clone();
                let guessed = content_type(key).filter(|_| self.arguments.value("--content-type").is_none());
                headers.extend(guessed.map(|kind| ("Content-Type".to_string(), kind.to_string())));
                put_object(self.client, bucket, key, text, &headers)?;
            }
            (Place::S3(bucket, key), Place::S3(other, copy)) => {
                copy_object(self.client, (bucket, key), (other, copy), &self.headers)?;
            }
            (Place::Local(_), Place::Local(_)) => {}
        }
        match from {
            Place::S3(bucket, key) if moves => delete_object(self.client, bucket, key)?,
            Place::Local(file) if moves => drop(self.shell.files.remove(file)),
            _ => {}
        }
        Ok(Ok(()))
    }

    /// A place as the CLI's lines name it.
    fn shown(&self, place: &Place) -> String {
        match place {
            Place::Local(file) if file == "-" => file.clone(),
            Place::Local(file) => path::relative(file, self.shell.home()),
            Place::S3(bucket, key) => ["s3://", bucket, "/", key].concat(),
        }
    }

    /// Everything under a directory or prefix: what it is called relative to it, its size and what stands for its
    /// contents (the MD5 that an ETag is).
    pub(super) fn under(&mut self, base: &Place) -> Result<Vec<Found>, Box<ClientError>> {
        let mut found = self.all_under(base)?;
        // What the console makes for folders is passed over.
        found.retain(|one| !one.is_folder());
        Ok(found)
    }

    /// The same with what the console makes for folders, in the order of the names.
    pub(super) fn all_under(&mut self, base: &Place) -> Result<Vec<Found>, Box<ClientError>> {
        let mut found = match base {
            Place::Local(file) if self.shell.files.contains_key(file) => {
                self.answer.exit_code = self.answer.exit_code.max(2);
                self.answer.stderr.push_str(&messages::skipped(file));
                Vec::new()
            }
            Place::Local(directory) => local(self.shell, directory),
            Place::S3(bucket, prefix) => {
                let pages = s3_ls::pages(self.client, bucket, prefix, None)?;
                let objects = pages.into_iter().flat_map(|page| page.objects);
                objects
                    .filter_map(|object| {
                        let name = object.key.strip_prefix(prefix.as_str())?.to_string();
                        Some(Found { name, size: object.size, etag: object.etag })
                    })
                    .gather()
            }
        };
        found.retain(|one| s3_filter::keeps(self.arguments, &one.name));
        Ok(found)
    }
}

/// A file or object under a directory or prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub name: String,
    pub size: u64,
    pub etag: String,
}

impl Found {
    fn is_folder(&self) -> bool {
        self.size == 0 && (self.name.is_empty() || self.name.ends_with('/'))
    }
}

fn local(shell: &Shell, directory: &str) -> Vec<Found> {
    let inside = [directory.trim_end_matches('/'), "/"].concat();
    let files = shell.files.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(inside.as_str())?.to_string();
        Some(Found { name, size: text.len() as u64, etag: hex(&md5(text.as_bytes())) })
    });
    files.gather()
}

/// A path of the command line; a directory's and prefix's ends with a slash.
pub(super) fn place(given: &str, home: &str, whole: bool) -> Place {
    match path::s3_path(given) {
        Some((bucket, key)) => {
            let slash = if whole && !key.is_empty() && !key.ends_with('/') { "/" } else { "" };
            Place::S3(bucket.to_string(), [key, slash].concat())
        }
        None if given == "-" => Place::Local(given.to_string()),
        None => Place::Local(absolute_path(given, home)),
    }
}

/// What the CLI calls a transfer that isn't a move.
pub(super) fn verb(from: &Place, to: &Place) -> &'static str {
    match (from, to) {
        (Place::Local(_), _) => "upload",
        (_, Place::Local(_)) => "download",
        _ => "copy",
    }
}

/// What stands under a directory or prefix.
pub(super) fn joined(base: &Place, name: &str) -> Place {
    match base {
        Place::Local(directory) => Place::Local([directory.trim_end_matches('/'), "/", name].concat()),
        Place::S3(bucket, prefix) => Place::S3(bucket.clone(), [prefix, name].concat()),
    }
}

/// Headers that options ask for.
fn headers(invocation: &Invocation<'_>, arguments: &Arguments) -> Result<Headers, Box<Answer>> {
    let mut headers = Headers::new();
    for (option, choices) in CHOICES {
        if let Some(value) = arguments.value(option).filter(|value| !choices.contains(value)) {
            return Err(Box::new(Answer::error(252, messages::invalid_choice_of(option, value, choices))));
        }
    }
    for (option, header) in HEADERS {
        if let Some(value) = arguments.value(option) {
            headers.push((header.to_string(), value.to_string()));
        }
    }
    let Some(word) = arguments.value("--metadata") else { return Ok(headers) };
    let refuse = |text: String| Box::new(Answer::error(252, messages::bad_parameter("--metadata", &text)));
    let text = parameters::file_or_text(invocation, word).map_err(refuse)?;
    let node = match text.trim_start().starts_with('{') {
        true => parameters::json_value("--metadata", &text)?,
        false => shorthand::parse(&text).map_err(refuse)?,
    };
    let Value::Object(members) = &node.value else { return Ok(headers) };
    for member in members {
        let Some(value) = member.node.as_str() else {
            return Err(Box::new(Answer::not_modelled("--metadata", &member.key)));
        };
        headers.push((["x-amz-meta-", &*member.key].concat(), value.to_string()));
    }
    Ok(headers)
}

/// As Python's mimetypes guesses it from the name.
fn content_type(key: &str) -> Option<&'static str> {
    const TYPES: [(&str, &str); 16] = [
        ("txt", "text/plain"),
        ("log", "text/plain"),
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("html", "text/html"),
        ("htm", "text/html"),
        ("css", "text/css"),
        ("js", "text/javascript"),
        ("xml", "text/xml"),
        ("md", "text/markdown"),
        ("py", "text/x-python"),
        ("sh", "application/x-sh"),
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("pdf", "application/pdf"),
        ("zip", "application/zip"),
    ];
    let (_, extension) = key.rsplit('/').next()?.rsplit_once('.')?;
    TYPES.iter().find(|(own, _)| extension.eq_ignore_ascii_case(own)).map(|(_, kind)| *kind)
}
