//! Credentials that STS issues: a key, its secret, its token.
//!
//! AWS page: STS API Reference, "Credentials".

use super::{Sts, mfa};
use crate::cloud::{Credential, Session, SessionPrincipal};
use crate::policy::Policy;
use crate::services::constraints::number;
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::sorted::SortedMap;
use std::sync::Arc;

/// A session to come.
pub(super) struct Request<'a> {
    pub principal: SessionPrincipal,
    /// Whose id and whose name the key is derived from.
    pub names: [&'a str; 2],
    pub seconds: i64,
    pub session_policies: Option<Vec<Arc<Policy>>>,
    pub tags: SortedMap<String, String>,
    pub transitive_tags: Vec<String>,
    pub source_identity: Option<String>,
    /// Whether the session remembers that an MFA code was shown.
    pub mfa: Option<crate::clock::Timestamp>,
}

/// Makes the session, and its credentials as they are answered. An MFA code that was shown is used up.
pub(super) fn issue(sts: &mut Sts<'_, '_>, request: Request<'_>) -> Tree {
    mfa::use_up(sts);
    let cloud = &mut *sts.call.cloud;
    let issued = cloud.now.0.to_string();
    let [id, name] = request.names;
    // The same role may be assumed under the same name in the same instant.
    let mut times = 0_u32;
    let (access_key_id, nth) = loop {
        let nth = times.to_string();
        let key = cloud.entropy.access_key_id("ASIA", &[id, name, &issued, &nth]);
        if !cloud.credentials.contains_key(&key) || times == u32::MAX {
            break (key, nth);
        }
        times += 1;
    };
    let names = [id, name, &issued, &nth];
    let session = Session {
        access_key_id: access_key_id.clone(),
        secret_access_key: cloud.entropy.secret_access_key(&names),
        session_token: cloud.entropy.session_token(&names),
        issued: cloud.now,
        expires: cloud.now.plus_seconds(request.seconds),
        principal: request.principal,
        session_policies: request.session_policies,
        tags: request.tags,
        transitive_tags: request.transitive_tags,
        mfa: request.mfa,
        source_identity: request.source_identity,
        ec2: None,
    };
    let mut tree = Tree::new();
    tree.texts(&[
        ("AccessKeyId", &session.access_key_id),
        ("SecretAccessKey", &session.secret_access_key),
        ("SessionToken", &session.session_token),
        ("Expiration", &session.expires.iso8601()),
    ]);
    cloud.credentials.insert(access_key_id.clone(), Credential::Temporary(Arc::new(session)));
    sts.issued = Some(access_key_id);
    tree
}

/// DurationSeconds within the API's range; `None`: not given.
pub(super) fn duration(
    input: &crate::services::protocol::query::Parameters,
    most: u32,
) -> Result<Option<i64>, AwsError> {
    match input.get("DurationSeconds") {
        None => Ok(None),
        Some(text) => number("DurationSeconds", text, (900, most)).map(|seconds| Some(i64::from(seconds))),
    }
}
