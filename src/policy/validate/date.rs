//! Dates as policies write them.
//!
//! AWS page: IAM User Guide, "Date condition operators": W3C's forms of ISO 8601, or seconds since the epoch.

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `2026-01-07`, `2026-01-07T09:00:00Z`, ...
    Iso8601,
    /// Seconds since the epoch.
    Epoch,
    /// Neither.
    Wrong,
}

/// How `text` is written.
pub fn written(text: &str) -> Written {
    // Four digits are a year.
    if text.len() != 4 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Written::Epoch;
    }
    if is_iso8601(text).is_some() { Written::Iso8601 } else { Written::Wrong }
}

/// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and with `Thh:mm`, `Thh:mm:ss` or `Thh:mm:ss.s` and a zone.
fn is_iso8601(text: &str) -> Option<()> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    number(parts.next()?, 4, 0..=9999)?;
    let month = parts.next().map(|part| number(part, 2, 1..=12));
    let day = parts.next().map(|part| number(part, 2, 1..=31));
    if month == Some(None) || day == Some(None) || parts.next().is_some() {
        return None;
    }
    let Some(time) = time else { return Some(()) };
    day?;
    let clock = match time.strip_suffix('Z') {
        Some(clock) => clock,
        None => {
            let (clock, zone) = time.split_at_checked(time.len().checked_sub(6)?)?;
            let zone = zone.strip_prefix(['+', '-'])?;
            let (hours, minutes) = zone.split_once(':')?;
            number(hours, 2, 0..=23)?;
            number(minutes, 2, 0..=59)?;
            clock
        }
    };
    let mut parts = clock.split(':');
    number(parts.next()?, 2, 0..=23)?;
    number(parts.next()?, 2, 0..=59)?;
    if let Some(seconds) = parts.next() {
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
        number(whole, 2, 0..=60)?;
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
    }
    parts.next().is_none().then_some(())
}

fn number(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let all_digits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| all_digits && range.contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_forms_apart() {
        for text in [
            "2026",
            "2026-01",
            "2026-01-07",
            "2026-01-07T09:00Z",
            "2026-01-07T09:00:00Z",
            "2026-01-07T09:00:00.5+09:00",
        ] {
            assert_eq!(written(text), Written::Iso8601, "{text}");
        }
        assert_eq!(written("1767776400"), Written::Epoch);
        for text in [
            "",
            "tomorrow",
            "2026-13-01",
            "2026-01-07T",
            "2026-01-07T09:00:00",
            "07/01/2026",
            "2026-1-7",
            "é",
        ] {
            assert_eq!(written(text), Written::Wrong, "{text}");
        }
    }
}
