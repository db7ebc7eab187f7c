//! How many tests passed and failed, read from the lines that each test program prints.

use std::ops::AddAssign;

/// A number of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// Adds what a line reports, if it is a closing line of cargo test or wasm-bindgen-test
    /// (`test result: ok. 3 passed; 0 failed; ...`), of Playwright (`  3 passed (2s)`), or
    /// `3 passed, 0 failed`.
    pub fn read(&mut self, line: &str) {
        let mut text = line.trim();
        let libtest = text.strip_prefix("test result: ");
        if let Some(rest) = libtest {
            text = rest.split_once(". ").map_or(rest, |(_, counts)| counts);
        }
        for (index, part) in text.split([';', ',']).enumerate() {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else {
                return;
            };
            let Ok(number) = number.parse::<u64>() else {
                return;
            };
            // Playwright's lines hold one count, and at most the time in parentheses.
            let alone = words.next().is_none_or(|more| more.starts_with('('));
            match word {
                "passed" if alone => self.passed += number,
                // A flaky test failed once: no excuse.
                "failed" | "flaky" | "interrupted" if alone => self.failed += number,
                _ if index == 0 => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn read(lines: &str) -> (u64, u64) {
        let mut tally = Tally::default();
        lines.lines().for_each(|line| tally.read(line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn adds_up_every_binary_of_cargo_test() {
        let output = "running 2 tests\ntest arn::tests::parses ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(read(output), (7, 2));
    }

    #[test]
    fn reads_playwright() {
        let output = "  1 failed\n    [chromium] > main.spec.ts:3:1 > main job\n  1 flaky\n  2 skipped\n  11 passed (6.2s)";
        assert_eq!(read(output), (11, 2));
    }

    #[test]
    fn reads_the_plain_line() {
        assert_eq!(read("7 passed, 1 failed"), (7, 1));
    }

    #[test]
    fn ignores_prose() {
        assert_eq!(read("3 passed over the hedge\n2 of 3 failed\nfailed"), (0, 0));
    }
}
