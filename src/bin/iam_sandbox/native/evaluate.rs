//! `iam-sandbox evaluate`: requests as JSON lines in, decisions as JSON lines out, in order.
//!
//! The lines that are there are answered together by all processors, each with its own memory of documents.

use super::texts::Texts;
use iam_sandbox::authorization::Detail;
use iam_sandbox::evaluate::{Evaluator, MAX_LINE, Suggestions};
use iam_sandbox::json::Params;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::process::ExitCode;
use std::thread;

/// Bytes of input that are read, and answered, together.
const BATCH: usize = 1 << 20;
/// Fewer lines than this a processor aren't worth a thread.
const SHARE: usize = 16;

/// Reads standard input to its end; errors are answers, so the status is 0.
pub fn main(arguments: &[String]) -> Result<ExitCode, String> {
    let (mut detail, mut suggestions) = (Detail::Brief, Suggestions::Omitted);
    for argument in arguments {
        match argument.as_str() {
            "--explain" => detail = Detail::Full,
            "--suggest" => suggestions = Suggestions::Given,
            other => return Err(format!("evaluate: unknown argument {other}")),
        }
    }
    let texts = Texts::english();
    let wording = |code: &str, params: &Params| texts.say(code, params);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let evaluator = |_| Evaluator::new(detail, &wording).with_suggestions(suggestions);
    let mut evaluators: Vec<Evaluator<'_>> = (0..workers).map(evaluator).collect();
    let mut input = BufReader::with_capacity(BATCH, std::io::stdin().lock());
    let mut output = std::io::stdout().lock();
    let mut unfinished = Vec::new();
    loop {
        let bytes = input.fill_buf().map_err(|error| format!("standard input: {error}"))?;
        let end = bytes.is_empty();
        let length = bytes.len();
        append(&mut unfinished, bytes);
        input.consume(length);
        let whole = match unfinished.iter().rposition(|byte| *byte == b'\n') {
            _ if end => unfinished.len(),
            Some(place) => place + 1,
            None => continue,
        };
        let rest = unfinished.split_off(whole);
        let written = output.write_all(&answer(&unfinished, &mut evaluators)).and_then(|()| output.flush());
        unfinished = rest;
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            Err(error) => return Err(format!("standard output: {error}")),
            Ok(()) if end => break,
            Ok(()) => {}
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds what was read; of a line that is too long anyway no more than shows that it is.
fn append(unfinished: &mut Vec<u8>, bytes: &[u8]) {
    let room = (MAX_LINE + 1).saturating_sub(unfinished.len());
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    if line <= room {
        unfinished.extend_from_slice(bytes);
        return;
    }
    unfinished.extend(bytes.iter().take(room));
    unfinished.extend(bytes.iter().skip(line));
}

/// The answers to whole lines, in order; blank lines have none.
fn answer(lines: &[u8], evaluators: &mut [Evaluator<'_>]) -> Vec<u8> {
    let blank = |line: &&[u8]| !line.iter().all(u8::is_ascii_whitespace);
    let lines: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').filter(blank).collect();
    let share = lines.len().div_ceil(evaluators.len().max(1)).max(SHARE);
    let mut answers = Vec::new();
    thread::scope(|scope| {
        let mut shares = lines.chunks(share).zip(evaluators.iter_mut());
        let own = shares.next();
        let others: Vec<_> =
            shares.map(|(lines, evaluator)| scope.spawn(move || answer_all(lines, evaluator))).collect();
        if let Some((lines, evaluator)) = own {
            answers = answer_all(lines, evaluator);
        }
        for other in others {
            // The library doesn't panic; were it to, the lines would go without answers and the order break.
            match other.join() {
                Ok(more) => answers.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    answers
}

fn answer_all(lines: &[&[u8]], evaluator: &mut Evaluator<'_>) -> Vec<u8> {
    let mut answers = Vec::new();
    for line in lines {
        answers.extend_from_slice(evaluator.bytes(line).as_bytes());
        answers.push(b'\n');
    }
    answers
}
