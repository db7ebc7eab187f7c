//! The shell of a host: a small bash with the commands that a reader of a tutorial types.
//!
//! Reference: the GNU Bash manual, "Basic Shell Features"; AWS CLI User Guide (version 2). Entries: [`run`] a
//! line in a [`Shell`], [`parse`] to compare lines. The language: simple commands, NAME=value, $NAME, ${NAME},
//! $?, $(...), quotes, `\`, #, |, >, >>, 2>, 2>&1, <, <<EOF, &&, ||, ;. Whatever else is typed is refused by
//! name, with status 127 and a [`Notice`], never guessed. Left out on purpose: loops, functions, globs, jobs,
//! directories of their own (a path exists where a file does), a meter of curl's progress.

mod commands;
mod complete;
mod expand;
mod interpret;
mod jmespath;
mod messages;
mod parse;
mod python;
mod state;
mod syntax;

pub use complete::complete;
pub use interpret::run;
pub use parse::{ParseFault, parse};
pub use state::{Notice, Output, Shell};
pub use syntax::{AndOr, Command, Connector, Pipeline, Redirection, Script, Segment, Stream, Word};
