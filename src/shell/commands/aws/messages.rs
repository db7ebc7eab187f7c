//! The AWS CLI's own texts, version 2.36. AWS changes them: this is the one table.
//!
//! Source: output of the CLI; AWS CLI User Guide, "Structured error output in the AWS CLI" (the `enhanced` form).

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

/// An error in the arguments.
pub(super) fn usage(text: &str) -> String {
    format!(
        "\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n\
         To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n\n\
         aws: [ERROR]: {text}\n"
    )
}

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

/// One transfer that is done: `delete: s3://b/k`.
pub(super) fn transferred(kind: &str, place: &str) -> String {
    format!("{kind}: {place}\n")
}

/// What the CLI makes of a 404 of HeadObject before a download.
pub(super) fn no_such_key(key: &str) -> String {
    format!("An error occurred (404) when calling the HeadObject operation: Key \"{key}\" does not exist")
}

/// A row of `configure list`.
pub(super) fn configure_row(name: &str, value: &str, kind: &str, location: &str) -> String {
    format!("{name:<10} : {value:<24} : {kind:<16} : {location}\n")
}

/// A row of `configure list` for what nothing sets.
pub(super) fn configure_row_unset(name: &str) -> String {
    configure_row(name, "<not set>", "None", "None")
}
