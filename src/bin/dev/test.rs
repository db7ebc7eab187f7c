//! `cargo dev test`: the suites, a line for each at the end, and `N passed, N failed`.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::progress::say;
use crate::suite::{Built, Suite};
use crate::tally::Tally;

/// Runs the named suites, or all. A failure if a test failed or a suite could not run.
pub fn test(names: &[&str]) -> Result<ExitCode> {
    let suites = chosen(names)?;
    let mut built = Built::default();
    let mut report: Vec<(Suite, Tally, Duration)> = Vec::new();
    for suite in suites {
        say(&format!("Test suite: {}", suite.name()));
        let start = Instant::now();
        let tally = ran(suite, suite.run(&mut built));
        report.push((suite, tally, start.elapsed()));
    }
    let mut total = Tally::default();
    println!();
    for (suite, tally, time) in report {
        println!(
            "{:14} {:6} passed {:6} failed {:8.1} s",
            suite.name(),
            tally.passed,
            tally.failed,
            time.as_secs_f64()
        );
        total += tally;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A suite that could not run, or found no test, is one failure.
fn ran(suite: Suite, result: Result<Tally>) -> Tally {
    let failure = Tally { passed: 0, failed: 1 };
    match result {
        Ok(tally) if tally == Tally::default() => {
            say(&format!("{} ran no test", suite.name()));
            failure
        }
        Ok(tally) => tally,
        Err(error) => {
            say(&format!("{}: {error:#}", suite.name()));
            failure
        }
    }
}

fn chosen(names: &[&str]) -> Result<Vec<Suite>> {
    if names.is_empty() {
        return Ok(Suite::ALL.to_vec());
    }
    let mut suites = Vec::new();
    for name in names {
        match Suite::ALL.iter().find(|suite| suite.name() == *name) {
            Some(suite) => suites.push(*suite),
            None => {
                bail!("there is no suite `{name}`; the suites are {}", Suite::ALL.map(Suite::name).join(", "))
            }
        }
    }
    Ok(suites)
}
