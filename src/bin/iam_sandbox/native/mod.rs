//! Commands for terminals and CI: the same engine as in the browser.

mod check;
mod endpoint;
mod evaluate;
mod print;
mod run;
mod terminal;
mod texts;
mod validate_policy;

use std::process::ExitCode;
use terminal::{Stop, print, read, warn};

const USAGE: &str = "\
usage: iam-sandbox check SCENARIO...
       iam-sandbox run SCENARIO [[--on HOST] -c COMMAND... | --lesson] [-v | --format json]
       iam-sandbox evaluate [--explain] [--suggest] < REQUESTS
       iam-sandbox validate-policy FILE --type TYPE [--resource-type TYPE]
       iam-sandbox endpoint [SCENARIO] [--listen ADDRESS] [--imds ADDRESS]
       iam-sandbox import|export FORMAT PATH
";

pub fn main() -> ExitCode {
    let done = terminal::arguments().map_err(Stop::from).and_then(|arguments| dispatch(&arguments));
    done.unwrap_or_else(Stop::tell)
}

fn dispatch(arguments: &[String]) -> Result<ExitCode, Stop> {
    let Some((command, arguments)) = arguments.split_first() else {
        warn(USAGE.trim_end());
        return Ok(ExitCode::from(2));
    };
    match command.as_str() {
        "check" => check::main(arguments),
        "run" => run::main(arguments),
        "evaluate" => Ok(evaluate::main(arguments)?),
        "validate-policy" => validate_policy::main(arguments),
        "endpoint" => endpoint::main(arguments),
        "import" | "export" => Err(Stop::Because(format!("{command}: not yet"))),
        "--help" | "-h" | "help" => print(USAGE.trim_end()).map(|()| ExitCode::SUCCESS),
        "--version" | "-V" => {
            print(concat!("iam-sandbox ", env!("CARGO_PKG_VERSION"))).map(|()| ExitCode::SUCCESS)
        }
        other => Err(Stop::Because(format!("unknown command: {other}\n{}", USAGE.trim_end()))),
    }
}
