//! DecodeAuthorizationMessage: what an encoded refusal says, for whoever may know it.
//!
//! AWS page: STS API Reference, "DecodeAuthorizationMessage".

use super::Sts;
use crate::services::authorization_message::decode;
use crate::services::errors::{AwsError, STS_MESSAGE};
use crate::services::protocol::Tree;

pub(super) fn run(sts: &mut Sts<'_, '_>) -> Result<Tree, AwsError> {
    sts.authorize_all("sts:DecodeAuthorizationMessage")?;
    let text = decode(sts.text("EncodedMessage"), sts.call.cloud.entropy);
    let text = text.ok_or_else(|| STS_MESSAGE.error())?;
    Ok(Tree::of("DecodedMessage", Tree::Text(text)))
}
