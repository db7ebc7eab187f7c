//! GetCallerIdentity. AWS page: STS API Reference, "GetCallerIdentity".

use crate::client::{Call, Client, ClientError};
use crate::xml;

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerIdentity {
    /// `AROA...:SESSION`, `AIDA...`
    pub user_id: String,
    /// Twelve digits.
    pub account: String,
    /// The caller's ARN.
    pub arn: String,
}

/// Asks STS who the caller is.
pub fn get_caller_identity(client: &mut Client<'_>) -> Result<CallerIdentity, ClientError> {
    const OPERATION: &str = "GetCallerIdentity";
    let call = Call {
        operation: OPERATION,
        method: "POST",
        headers: vec![("Content-Type".into(), "application/x-www-form-urlencoded; charset=utf-8".into())],
        body: "Action=GetCallerIdentity&Version=2011-06-15".to_string(),
        ..Call::default()
    };
    let response = client.send(&call)?;
    read(response.body.text().unwrap_or_default()).ok_or(ClientError::ResponseParse { operation: OPERATION })
}

fn read(text: &str) -> Option<CallerIdentity> {
    let root = xml::parse(text)?;
    let result = root.child("GetCallerIdentityResult")?;
    Some(CallerIdentity {
        user_id: result.child_text("UserId")?,
        account: result.child_text("Account")?,
        arn: result.child_text("Arn")?,
    })
}
