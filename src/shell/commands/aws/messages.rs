//! The AWS CLI's own texts, version 2.36. AWS changes them: this is the one table.
//!
//! Source: output of the CLI; AWS CLI User Guide, "Structured error output in the AWS CLI" (the `enhanced` form).

use super::close_matches::close_matches;
use crate::gather::Gather;

/// `aws --version`
pub(super) const VERSION: &str = "aws-cli/2.36.0 Python/3.13.11 Linux/6.1 exe/x86_64.amzn.2023\n";

/// What the CLI adds where no credentials are found.
pub(super) const NO_CREDENTIALS: &str =
    "Unable to locate credentials. You can configure credentials by running \"aws login\".";

/// An error that ends a command: an empty line, then the text.
pub(super) fn error(text: &str) -> String {
    format!("\naws: [ERROR]: {text}\n")
}

/// An error to which the CLI gives a code of its own.
pub(super) fn coded_error(code: &str, text: &str) -> String {
    error(&format!("An error occurred ({code}): {text}"))
}

/// An error in the arguments: since version 2.34 the usage follows the error.
pub(super) fn usage(text: &str) -> String {
    coded_error("ParamValidation", text)
        + "\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n\
           To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n\n"
}

/// A word that isn't one of those which may stand there.
pub(super) fn invalid_choice(argument: &str, found: &str, choices: &[String]) -> String {
    let mut text = ["argument ", argument, ": Found invalid choice '", found, "'\n"].concat();
    let meant = close_matches(found, choices);
    if !meant.is_empty() {
        text.push_str("\nMaybe you meant:\n");
    }
    for choice in meant {
        text.push_str(&["\n  * ", &choice].concat());
    }
    usage(&text)
}

/// The same of a few words.
pub(super) fn invalid_choice_of(argument: &str, found: &str, choices: &[&str]) -> String {
    invalid_choice(argument, found, &choices.iter().map(|choice| choice.to_string()).gather::<Vec<_>>())
}

/// A group of commands without the command.
pub(super) fn too_few(group: &str) -> String {
    let usage = ["usage: aws [options] ", group, " <subcommand> [parameters]\naws: error: too few arguments"];
    coded_error("ParamValidation", &usage.concat())
}

/// Words that no option takes.
pub(super) fn unknown_options(words: &str) -> String {
    coded_error("ParamValidation", &["Unknown options: ", words].concat())
}

/// An option's value that can't be read.
pub(super) fn bad_parameter(option: &str, text: &str) -> String {
    coded_error("ParamValidation", &["Error parsing parameter '", option, "': ", text].concat())
}

/// A value that should be JSON.
pub(super) fn invalid_json(fault: &str, text: &str) -> String {
    ["Invalid JSON: ", fault, "\nJSON received: ", text].concat()
}

/// `--cli-input-json` that isn't JSON: the CLI doesn't say why.
pub(super) const INVALID_INPUT: &str = "Invalid JSON received.";

/// `--cli-input-json` that is JSON and no object.
pub(super) fn not_a_map(class: &str) -> String {
    ["Invalid type: expecting map, received <class '", class, "'>"].concat()
}

/// `file://` of a file that isn't there.
pub(super) fn no_paramfile(word: &str, path: &str) -> String {
    ["Unable to load paramfile ", word, ": ", &no_such_file(path)].concat()
}

/// A file whose directory isn't there, in Python's words.
pub(super) fn no_such_file(path: &str) -> String {
    ["[Errno 2] No such file or directory: '", path, "'"].concat()
}

/// A file that is a directory, in Python's words.
pub(super) fn is_a_directory(path: &str) -> String {
    ["[Errno 21] Is a directory: '", path, "'"].concat()
}

/// A body that should be a file.
pub(super) const NOT_A_PATH: &str = "Blob values must be a path to a file.";

/// A text where a number is wanted, in Python's words.
pub(super) fn not_a_number(text: &str) -> String {
    ["invalid literal for int() with base 10: '", text, "'"].concat()
}

/// An option for pages where one page alone is wanted.
pub(super) fn not_paginated(options: &str) -> String {
    let text = "Cannot specify --no-paginate along with pagination arguments: ";
    coded_error("ParamValidation", &[text, options].concat())
}

/// Options of `authorize-security-group-ingress` and the like that don't go together.
pub(super) fn beside_permissions(option: &str) -> String {
    ["The --", option, " option is not compatible with the --ip-permissions option "].concat()
}

/// `run-instances --network-interfaces` beside an option that stands for it.
pub(super) const BESIDE_INTERFACES: &str =
    "Mixing the --network-interfaces option with the simple, scalar options is not supported.";

/// `run-instances --count` that isn't a number or two.
pub(super) const COUNT_FORM: &str = "count parameter should be of form min[:max] (e.g. 1 or 1:10)";

/// `--port` of a rule that isn't a number or two.
pub(super) const PORT_FORM: &str = "port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)";

/// `--protocol` of a rule that is none.
pub(super) const PROTOCOL_FORM: &str =
    "protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.";

/// `--query` that isn't JMESPath.
pub(super) fn bad_query(query: &str, fault: &str) -> String {
    ["Bad value for --query ", query, ": ", fault].concat()
}

/// botocore's validation: a member that must be there.
pub(super) fn missing_parameter(place: &str, name: &str) -> String {
    ["Missing required parameter in ", place, ": \"", name, "\"\n"].concat()
}

/// botocore's validation: a member that there isn't.
pub(super) fn unknown_parameter(place: &str, name: &str, known: &str) -> String {
    ["Unknown parameter in ", place, ": \"", name, "\", must be one of: ", known, "\n"].concat()
}

/// botocore's validation: a text or list that is too short.
pub(super) fn too_short(name: &str, length: i64, least: i64) -> String {
    format!("Invalid length for parameter {name}, value: {length}, valid min length: {least}\n")
}

/// botocore's validation: a number that is too small.
pub(super) fn too_small(name: &str, value: i64, least: i64) -> String {
    format!("Invalid value for parameter {name}, value: {value}, valid min value: {least}\n")
}

/// botocore's validation: a value of another type.
pub(super) fn invalid_type(name: &str, value: &str, kind: &str, wanted: &str) -> String {
    let kind = ["<class '", kind, "'>"].concat();
    [
        "Invalid type for parameter ",
        name,
        ", value: ",
        value,
        ", type: ",
        &kind,
        ", valid types: ",
        wanted,
        "\n",
    ]
    .concat()
}

/// `configure get` of a setting that holds others.
pub(super) fn not_a_value(name: &str) -> String {
    ["varname (", name, ") must reference a value, not a section or sub-section."].concat()
}

/// `configure set` with a value of several lines.
pub(super) fn newline_in_value(name: &str) -> String {
    ["Invalid value for key ", name, ": newline characters and carriage returns are not allowed."].concat()
}

/// `configure export-credentials` without credentials.
pub(super) const NOTHING_TO_EXPORT: &str = "Unable to retrieve credentials: no credentials found";

/// What the CLI adds where no region is known.
pub(super) const NO_REGION: &str =
    "You must specify a region. You can also configure your region by running \"aws configure\".";

/// `--endpoint-url` without scheme.
pub(super) fn bad_endpoint_url(url: &str) -> String {
    coded_error(
        "ParamValidation",
        &format!(
            "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form http://<hostname>/ or \
             https://<hostname>/"
        ),
    )
}

/// Paths of the wrong kind.
pub(super) fn invalid_argument_type(usage: &str) -> String {
    coded_error("ParamValidation", &format!("usage: aws s3 {usage}\nError: Invalid argument type"))
}

/// `s3` commands print an error that stops them without the CLI's prefix.
pub(super) fn fatal(text: &str) -> String {
    format!("fatal error: {text}\n")
}

/// One transfer that failed: `download failed: s3://b/k to - An error occurred ...`.
pub(super) fn transfer_failed(kind: &str, place: &str, text: &str) -> String {
    format!("{kind} failed: {place} {text}\n")
}

/// A file where the CLI looks for a directory, which it takes for one that isn't there.
pub(super) fn skipped(file: &str) -> String {
    ["warning: Skipping file ", file, "/. File does not exist.\n"].concat()
}

/// One transfer that is done: `delete: s3://b/k`.
pub(super) fn transferred(kind: &str, place: &str) -> String {
    format!("{kind}: {place}\n")
}

/// What the CLI makes of a 404 of HeadObject before a download.
pub(super) fn no_such_key(key: &str) -> String {
    format!("An error occurred (404) when calling the HeadObject operation: Key \"{key}\" does not exist")
}

/// A local source that isn't there.
pub(super) fn no_such_path(path: &str) -> String {
    ["The user-provided path ", path, " does not exist."].concat()
}

/// `rb` with a key.
pub(super) fn bucket_only(bucket: &str) -> String {
    let text = "Please specify a valid bucket name only. E.g. s3://";
    coded_error("ParamValidation", &[text, bucket].concat())
}

/// `mb` or `rb` of what isn't on S3.
pub(super) const NO_S3_URI: &str = "<S3Uri>\nError: Invalid argument type";

/// `rb --force` whose deletions failed.
pub(super) const NOT_EMPTIED: &str =
    "remove_bucket failed: Unable to delete all objects in the bucket, bucket will not be deleted.";

/// A row of `configure list`.
pub(super) fn configure_row(name: &str, value: &str, kind: &str, location: &str) -> String {
    format!("{name:<10} : {value:<24} : {kind:<16} : {location}\n")
}

/// A row of `configure list` for what nothing sets.
pub(super) fn configure_row_unset(name: &str) -> String {
    configure_row(name, "<not set>", "None", "None")
}
