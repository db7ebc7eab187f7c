//! What the command line reads and writes: bounded files, escaped names, and a reader that may go away.

use std::io::{ErrorKind, Read, Write};
use std::process::ExitCode;

/// More than any document that the program takes, in bytes.
const LARGEST_FILE: u64 = 16 << 20;
/// What a shell reports of a program whose reader has gone (128 + SIGPIPE).
const READER_GONE: u8 = 141;

/// The arguments after the program's name, or a sentence on the one that isn't text.
pub fn arguments() -> Result<Vec<String>, String> {
    let text = |argument: std::ffi::OsString| {
        argument
            .into_string()
            .map_err(|bytes| format!("{}: not UTF-8 text", printable(&bytes.to_string_lossy())))
    };
    std::env::args_os().skip(1).map(text).collect()
}

/// A file's text, or a sentence that says why not.
pub fn read(path: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => format!("{path}: there is no such file"),
        ErrorKind::IsADirectory => format!("{path}: this is a folder, not a file"),
        _ => format!("{path}: {error}"),
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!("{path}: too large: at most {LARGEST_FILE} bytes"));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("{path}: not UTF-8 text, at byte {}", error.utf8_error().valid_up_to()))?;
    // Some editors mark UTF-8 with a first character that JSON doesn't have.
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

/// Why a command ends early.
pub enum Stop {
    /// A sentence for standard error.
    Because(String),
    /// Nobody reads what it writes.
    ReaderGone,
}

impl From<String> for Stop {
    fn from(sentence: String) -> Self {
        Stop::Because(sentence)
    }
}

impl Stop {
    /// Says why on standard error; the program's exit status.
    pub fn tell(self) -> ExitCode {
        match self {
            Stop::Because(sentence) => {
                warn(&format!("iam-sandbox: {sentence}"));
                ExitCode::from(2)
            }
            Stop::ReaderGone => ExitCode::from(READER_GONE),
        }
    }
}

/// Writes a line to standard output.
pub fn print(line: &str) -> Result<(), Stop> {
    let mut output = std::io::stdout().lock();
    let written = output.write_all(line.as_bytes()).and_then(|()| output.write_all(b"\n"));
    written.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Stop::ReaderGone,
        _ => Stop::Because(format!("standard output: {error}")),
    })
}

/// Writes a line to standard error; where that is closed too, nothing is left to do.
pub fn warn(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Control characters escaped: a document's names must not command the terminal.
pub fn printable(text: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escape).collect()
}
