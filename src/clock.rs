//! Instants of the scenario's clock, and the forms in which AWS writes them.
//!
//! AWS page: S3 API Reference, "Common request headers" (`x-amz-date`), and RFC 7231 for HTTP dates.
//! Entry: [`Timestamp`]. Left out on purpose: the machine's clock.

use crate::gather::Gather;
use serde::{Serialize, Serializer};
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Timestamp {
    /// Whole seconds since the epoch.
    pub fn epoch_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This instant and `seconds` more (less if negative).
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// `2026-01-07T09:00:00Z`.
    pub fn iso8601(self) -> String {
        let t = self.utc();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            t.year(),
            u8::from(t.month()),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }

    /// `2026-01-07T09:00:00.000Z`, the form of S3's listings.
    pub fn iso8601_millis(self) -> String {
        format!("{}.{:03}Z", self.iso8601().trim_end_matches('Z'), self.0.rem_euclid(1000))
    }

    /// `20260107T090000Z`, the form of `X-Amz-Date`.
    pub fn amz_date(self) -> String {
        let t = self.utc();
        format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            t.year(),
            u8::from(t.month()),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }

    /// `Wed, 07 Jan 2026 09:00:00 GMT`.
    pub fn http_date(self) -> String {
        let t = self.utc();
        let day = DAYS.get(usize::from(t.weekday().number_days_from_monday())).unwrap_or(&"");
        let month = MONTHS.get(usize::from(u8::from(t.month())).saturating_sub(1)).unwrap_or(&"");
        format!(
            "{day}, {:02} {month} {:04} {:02}:{:02}:{:02} GMT",
            t.day(),
            t.year(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }

    /// `2026-01-07 09:00:00`, the form of `aws s3 ls` (the machine's zone is UTC).
    pub fn listing(self) -> String {
        self.iso8601().replace('T', " ").trim_end_matches('Z').to_string()
    }

    /// Year, month, day, hour, minute, second in UTC.
    pub fn utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.epoch_seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Parses `20260107T090000Z`.
    pub fn parse_amz_date(text: &str) -> Option<Self> {
        let digits = text.strip_suffix('Z')?;
        let (date, clock) = digits.split_once('T')?;
        if date.len() != 8 || clock.len() != 6 {
            return None;
        }
        let iso = format!(
            "{}-{}-{}T{}:{}:{}Z",
            date.get(0..4)?,
            date.get(4..6)?,
            date.get(6..8)?,
            clock.get(0..2)?,
            clock.get(2..4)?,
            clock.get(4..6)?
        );
        Self::parse_iso8601(&iso)
    }

    /// Parses `Wed, 07 Jan 2026 09:00:00 GMT`, the form that HTTP prefers.
    pub fn parse_http_date(text: &str) -> Option<Self> {
        let mut parts = text.split_once(", ")?.1.split(' ');
        let (day, name, year, clock) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let month = MONTHS.iter().position(|month| *month == name)? + 1;
        if parts.next() != Some("GMT") || parts.next().is_some() {
            return None;
        }
        let digits = if month < 10 { "0" } else { "" };
        Self::parse_iso8601(&format!("{year}-{digits}{month}-{day}T{clock}Z"))
    }

    /// Parses the ISO 8601 forms that AWS accepts (W3C profile): `YYYY`, `YYYY-MM`, `YYYY-MM-DD`,
    /// `YYYY-MM-DDThh:mm`, `...:ss`, `...:ss.fff`, each time form followed by `Z` or `+hh:mm` / `-hh:mm`.
    pub fn parse_iso8601(text: &str) -> Option<Self> {
        let (date, clock) = match text.split_once('T') {
            Some((date, clock)) => (date, Some(clock)),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
        let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
        if parts.next().is_some() {
            return None;
        }
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
        let (time, millis, offset) = match clock {
            Some(clock) => parse_clock(clock)?,
            None => (Time::MIDNIGHT, 0, UtcOffset::UTC),
        };
        let seconds = OffsetDateTime::new_in_offset(date, time, offset).unix_timestamp();
        Some(Timestamp(seconds.checked_mul(1000)?.checked_add(millis)?))
    }
}

/// Exactly `digits` decimal digits.
fn number(text: &str, digits: usize) -> Option<i32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The part after `T`: time of day, milliseconds, offset.
fn parse_clock(text: &str) -> Option<(Time, i64, UtcOffset)> {
    let (clock, offset) = match text.strip_suffix('Z') {
        Some(clock) => (clock, UtcOffset::UTC),
        None => {
            let place = text.rfind(['+', '-'])?;
            let (clock, zone) = text.split_at_checked(place)?;
            let sign: i8 = if zone.starts_with('-') { -1 } else { 1 };
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let hours = i8::try_from(number(hours, 2)?).ok()?.checked_mul(sign)?;
            let minutes = i8::try_from(number(minutes, 2)?).ok()?.checked_mul(sign)?;
            (clock, UtcOffset::from_hms(hours, minutes, 0).ok()?)
        }
    };
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let (second, millis) = match parts.next() {
        None => (0, 0),
        Some(rest) => {
            let (second, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
            if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let millis: String = fraction.chars().chain("00".chars()).take(3).gather();
            (number(second, 2)?, millis.parse().ok()?)
        }
    };
    if parts.next().is_some() {
        return None;
    }
    let time =
        Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?);
    Some((time.ok()?, millis, offset))
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso8601())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_every_form() {
        let at = Timestamp::parse_iso8601("2026-01-07T09:00:00Z").unwrap();
        assert_eq!(at.iso8601(), "2026-01-07T09:00:00Z");
        assert_eq!(at.amz_date(), "20260107T090000Z");
        assert_eq!(at.http_date(), "Wed, 07 Jan 2026 09:00:00 GMT");
        assert_eq!(at.listing(), "2026-01-07 09:00:00");
        assert_eq!(Timestamp::parse_amz_date("20260107T090000Z"), Some(at));
        assert_eq!(Timestamp::parse_http_date("Wed, 07 Jan 2026 09:00:00 GMT"), Some(at));
        assert_eq!(Timestamp::parse_http_date("Wed, 07 Jan 2026 09:00:00"), None);
        assert_eq!(Timestamp::parse_iso8601("2026-01-07T18:00:00+09:00"), Some(at));
        assert_eq!(Timestamp::parse_iso8601("2026-01-07T09:00Z"), Some(at));
        assert_eq!(at.plus_seconds(1).iso8601_millis(), "2026-01-07T09:00:01.000Z");
        assert_eq!(Timestamp::parse_iso8601("2026-01-07T09:00:00.250Z"), Some(Timestamp(at.0 + 250)));
        for wrong in
            ["", "2026-13-01", "2026-01-07T", "2026-01-07T9:00Z", "2026-01-07T09:00:00", "a-b-c", "2026-1-1"]
        {
            assert_eq!(Timestamp::parse_iso8601(wrong), None, "{wrong}");
        }
    }
}
