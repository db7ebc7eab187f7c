//! Day, region and service that a signature is good for.
//!
//! AWS page: IAM User Guide, "Elements of an AWS API request signature" (credential scope).

use crate::clock::Timestamp;
use crate::gather::Gather;
use std::fmt;

/// `20260107/us-east-1/s3/aws4_request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialScope {
    /// Eight digits.
    pub date: String,
    /// Region code.
    pub region: String,
    /// `s3`, `sts`, ...
    pub service: String,
}

impl CredentialScope {
    /// The scope of a signature made at that instant.
    pub fn new(at: Timestamp, region: &str, service: &str) -> Self {
        let date = at.amz_date().chars().take(8).gather();
        CredentialScope { date, region: region.to_string(), service: service.to_string() }
    }

    /// Splits `ACCESSKEYID/date/region/service/aws4_request`; `None` if it isn't of that form.
    pub fn parse_credential(text: &str) -> Option<(&str, Self)> {
        let mut parts = text.rsplitn(5, '/');
        if parts.next()? != "aws4_request" {
            return None;
        }
        let (service, region, date) = (parts.next()?, parts.next()?, parts.next()?);
        let access_key_id = parts.next()?;
        let digits = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || access_key_id.is_empty() {
            return None;
        }
        let scope = CredentialScope { date: date.into(), region: region.into(), service: service.into() };
        Some((access_key_id, scope))
    }
}

impl fmt::Display for CredentialScope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let at = Timestamp::parse_iso8601("2026-01-07T09:00:00Z").unwrap();
        let scope = CredentialScope::new(at, "us-east-1", "s3");
        let text = format!("AKIAIOSFODNN7EXAMPLE/{scope}");
        assert_eq!(text, "AKIAIOSFODNN7EXAMPLE/20260107/us-east-1/s3/aws4_request");
        assert_eq!(CredentialScope::parse_credential(&text), Some(("AKIAIOSFODNN7EXAMPLE", scope)));
        for wrong in ["", "A/20260107/r/s3", "A/2026/r/s3/aws4_request", "/20260107/r/s3/aws4_request"] {
            assert_eq!(CredentialScope::parse_credential(wrong), None, "{wrong}");
        }
    }
}
