//! Amazon Resource Names: `arn:partition:service:region:account:resource`.
//!
//! AWS page: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
//! Entry: [`Arn::parse`]. Left out on purpose: knowledge of each service's resource formats.

/// The six parts of an ARN, borrowed from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: &'a str,
    /// Service prefix, such as `s3`.
    pub service: &'a str,
    /// Region code, or empty.
    pub region: &'a str,
    /// Twelve digits, or empty.
    pub account: &'a str,
    /// Everything after the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits at the first five colons. `None` if there are fewer or the text doesn't start with `arn:`.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Arn {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }
}

/// `arn:aws:iam::ACCOUNT:KIND` + path + name, for example `arn:aws:iam::111122223333:role/app/reader`.
///
/// `path` begins and ends with `/`.
pub fn iam(account: &str, kind: &str, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:{kind}{path}{name}")
}

/// The ARN of a role session: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` (a role's path is dropped).
pub fn assumed_role(account: &str, role_name: &str, session_name: &str) -> String {
    format!("arn:aws:sts::{account}:assumed-role/{role_name}/{session_name}")
}

/// The ARN of a federated session: `arn:aws:sts::ACCOUNT:federated-user/NAME`.
pub fn federated_user(account: &str, name: &str) -> String {
    format!("arn:aws:sts::{account}:federated-user/{name}")
}

/// The ARN of an account's root user.
pub fn root(account: &str) -> String {
    format!("arn:aws:iam::{account}:root")
}

/// The ARN of a bucket.
pub fn bucket(name: &str) -> String {
    format!("arn:aws:s3:::{name}")
}

/// The ARN of an object.
pub fn object(bucket: &str, key: &str) -> String {
    format!("arn:aws:s3:::{bucket}/{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_colons_of_the_resource() {
        let arn = Arn::parse("arn:aws:logs:us-east-1:111122223333:log-group:a:*").unwrap();
        assert_eq!((arn.service, arn.account, arn.resource), ("logs", "111122223333", "log-group:a:*"));
        assert_eq!(Arn::parse("arn:aws:s3"), None);
        assert_eq!(Arn::parse("urn:aws:s3:::b"), None);
    }
}
