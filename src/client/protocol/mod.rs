//! Requests and answers of any operation, from the tables of `data::models`: JSON in the form of botocore's
//! parameters on one side, AWS's protocols on the other.
//!
//! AWS page: Smithy, "AWS protocols" (`awsQuery`, `ec2Query`, `restXml`, `restJson1`, `awsJson1_1`). Entries:
//! [`call`] and [`answer`]. Left out on purpose: idempotency tokens, which are random in the CLI.

mod answer;
mod request;

use crate::gather::Gather;
pub use answer::answer;
pub use request::call;
pub(super) use request::form;

use crate::data::models::{Member, Model, Protocol};
use std::borrow::Cow;

/// The name of a member in an answer.
fn name_in_answer(model: &Model, member: &Member) -> Cow<'static, str> {
    if let (None, Protocol::Ec2) = (member.wire, model.protocol) {
        // EC2's elements begin with a small letter.
        let mut characters = member.name.chars();
        let first = characters.next().map(|first| first.to_ascii_lowercase());
        return Cow::Owned(first.into_iter().chain(characters).gather());
    }
    Cow::Borrowed(member.wire.unwrap_or(member.name))
}
