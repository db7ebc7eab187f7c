//! Commands for terminals and CI: the same engine as in the browser.

mod check;
mod evaluate;
mod print;
mod run;
mod texts;
mod validate_policy;

use std::process::ExitCode;

const USAGE: &str = "\
usage: iam-sandbox check SCENARIO...
       iam-sandbox run SCENARIO [--on HOST] [-c COMMAND]... [--format text|json]
       iam-sandbox evaluate [--explain] [--suggest] < REQUESTS
       iam-sandbox validate-policy FILE --type TYPE [--resource-type TYPE]
       iam-sandbox endpoint [SCENARIO] [--listen ADDRESS] [--imds ADDRESS]
       iam-sandbox import|export FORMAT PATH
";

pub fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    }
    let command = arguments.remove(0);
    let result = match command.as_str() {
        "check" => check::main(&arguments),
        "run" => run::main(&arguments),
        "evaluate" => evaluate::main(&arguments),
        "validate-policy" => validate_policy::main(&arguments),
        "endpoint" | "import" | "export" => Err(format!("{command}: not yet")),
        "--help" | "-h" | "help" => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        "--version" | "-V" => {
            println!("iam-sandbox {}", env!("CARGO_PKG_VERSION"));
            Ok(ExitCode::SUCCESS)
        }
        other => Err(format!("unknown command: {other}\n{USAGE}")),
    };
    result.unwrap_or_else(|message| {
        eprintln!("iam-sandbox: {message}");
        ExitCode::from(2)
    })
}

/// A file's text, or a sentence that says why not.
fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}
