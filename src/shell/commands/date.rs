//! `date [-u] [+FORMAT]`: the scenario's clock, in UTC as the machines of the scenario are.

use super::{Answer, Invocation};
use crate::clock::Timestamp;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let now = invocation.transport.now();
    let mut format = "+%a %b %e %H:%M:%S UTC %Y";
    for word in invocation.arguments {
        match word.as_str() {
            "-u" | "--utc" => {}
            "-Iseconds" => format = "+%Y-%m-%dT%H:%M:%S+00:00",
            word if word.starts_with('+') => format = word,
            word => return Answer::not_modelled("date", word),
        }
    }
    match write(now, format) {
        Ok(text) => Answer::text(text + "\n"),
        Err(letter) => Answer::not_modelled("date", &format!("%{letter}")),
    }
}

/// `Err` with a conversion that isn't modelled.
fn write(now: Timestamp, format: &str) -> Result<String, char> {
    let (iso, http) = (now.iso8601(), now.http_date());
    // `2026-01-07T09:00:00Z` and `Wed, 07 Jan 2026 09:00:00 GMT`.
    let part = |text: &str, start: usize, end: usize| text.get(start..end).unwrap_or("").to_string();
    let mut out = String::new();
    let mut letters = format.chars().skip(1);
    while let Some(letter) = letters.next() {
        if letter != '%' {
            out.push(letter);
            continue;
        }
        let text = match letters.next().unwrap_or('%') {
            'Y' => part(&iso, 0, 4),
            'm' => part(&iso, 5, 7),
            'd' => part(&iso, 8, 10),
            'e' => format!("{:>2}", part(&iso, 8, 10).trim_start_matches('0')),
            'H' => part(&iso, 11, 13),
            'M' => part(&iso, 14, 16),
            'S' => part(&iso, 17, 19),
            'F' => part(&iso, 0, 10),
            'T' => part(&iso, 11, 19),
            'a' => part(&http, 0, 3),
            'b' => part(&http, 8, 11),
            's' => now.epoch_seconds().to_string(),
            'Z' => "UTC".to_string(),
            'z' => "+0000".to_string(),
            '%' => "%".to_string(),
            other => return Err(other),
        };
        out.push_str(&text);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let now = Timestamp::parse_iso8601("2026-01-07T09:05:03Z").unwrap();
        assert_eq!(write(now, "+%a %b %e %H:%M:%S UTC %Y").as_deref(), Ok("Wed Jan  7 09:05:03 UTC 2026"));
        assert_eq!(write(now, "+%FT%TZ %s%%").as_deref(), Ok("2026-01-07T09:05:03Z 1767776703%"));
        assert_eq!(write(now, "+%q"), Err('q'));
    }
}
