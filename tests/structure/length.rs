//! A file is short enough to be read at one sitting.

use crate::expect_none;
use crate::source;

const LIMIT: usize = 400;

#[test]
fn files_stay_under_400_lines_before_their_tests() {
    let findings: Vec<String> = source::all()
        .iter()
        .map(|source| (source, source.text.lines().take_while(|line| *line != "#[cfg(test)]").count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .map(|(source, lines)| format!("{}: {lines} lines", source.file.display()))
        .collect();
    expect_none(&findings);
}
