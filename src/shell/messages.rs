//! The texts that bash and the GNU tools print. They are theirs, so they stay as they are.

/// `bash: PATH: No such file or directory`, likewise for other programs.
pub(super) fn no_such_file(program: &str, path: &str) -> String {
    format!("{program}: {path}: No such file or directory\n")
}

/// `cat: PATH: Is a directory`
pub(super) fn is_a_directory(program: &str, path: &str) -> String {
    format!("{program}: {path}: Is a directory\n")
}

/// Bash's word for a name that can't be a variable's.
pub(super) fn not_an_identifier(builtin: &str, word: &str) -> String {
    format!("bash: {builtin}: `{word}': not a valid identifier\n")
}

/// `base64 -d` of something else.
pub(super) const INVALID_BASE64: &str = "base64: invalid input\n";

/// `sleep` without a number.
pub(super) fn invalid_interval(word: &str) -> String {
    format!("sleep: invalid time interval '{word}'\nTry 'sleep --help' for more information.\n")
}

/// A program that lacks an operand.
pub(super) fn missing_operand(program: &str) -> String {
    format!("{program}: missing operand\nTry '{program} --help' for more information.\n")
}
