//! S3 Control: the Block Public Access settings of an account, which hold for all its buckets.
//!
//! AWS pages: S3 API Reference, "GetPublicAccessBlock", "PutPublicAccessBlock" and "DeletePublicAccessBlock" of
//! S3 Control. Entry: [`handle`]. Left out on purpose: every other operation of S3 Control.

use super::operation::not_modelled;
use super::payload::payload;
use super::{S3Request, decide, done, finish, no_content, public_access_block};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::authenticate::{Dialect, Expected, authenticate};
use crate::services::authorize::Target;
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::{AwsError, S3_ACCESS_DENIED, S3_NO_PUBLIC_ACCESS_BLOCK};
use crate::trace::{NodeKind, NodeRef};

const NAMESPACE: &str = "http://awss3control.amazonaws.com/doc/2018-08-20/";
const PATH: &str = "/v20180820/configuration/publicAccessBlock";
const PUT: &str = "s3:PutAccountPublicAccessBlock";
/// Method, operation, action.
const OPERATIONS: [(&str, &str, &str); 3] = [
    ("GET", "GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock"),
    ("PUT", "PutPublicAccessBlock", PUT),
    ("DELETE", "DeletePublicAccessBlock", PUT),
];

/// Answers a request to S3 Control and records `authenticate`, `authorize` and `respond`.
pub(in crate::services) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let to = NodeRef::new(NodeKind::S3, call.host());
    let path = call.request.parts().map_or("", |url| url.path);
    let found = OPERATIONS.iter().find(|(method, ..)| path == PATH && *method == call.request.method);
    let name = found.map_or(path.to_string(), |(_, name, _)| name.to_string());
    let result = match found {
        Some((method, _, action)) => run(call, region, &to, method, action),
        None => Err(not_modelled(&["s3-control ", path].concat())),
    };
    finish(call, to, &name, result)
}

fn run(
    call: &mut Call<'_>,
    region: &str,
    to: &NodeRef,
    method: &str,
    action: &'static str,
) -> Result<Response, AwsError> {
    let caller = authenticate(call, to, Expected { dialect: Dialect::S3, service: "s3", region })?;
    let request = S3Request::new(call.request, caller, region, to, Default::default(), Vec::new());
    let account = request.header("x-amz-account-id").unwrap_or_default().to_string();
    let target = Target {
        action,
        resource: "*".to_string(),
        account: Some(account.clone()),
        policy: None,
        public_access_block: None,
    };
    let verdict = decide(call, &request, target, Context::default(), to.clone());
    // An account's settings are its own affair, whatever a policy says.
    if request.caller.principal.account.as_ref() != Some(&account) {
        return Err(S3_ACCESS_DENIED.error());
    }
    verdict.demand(ResourceClause::Absent)?;
    let owner = call.cloud.accounts.get_mut(&account).ok_or_else(|| S3_ACCESS_DENIED.error())?;
    match method {
        "GET" => {
            let missing = || S3_NO_PUBLIC_ACCESS_BLOCK.error().field("AccountId", &account);
            let block = owner.public_access_block.ok_or_else(missing)?;
            Ok(public_access_block::write(&block, NAMESPACE))
        }
        "PUT" => {
            owner.public_access_block = Some(public_access_block::read(&payload(&request)?.bytes)?);
            Ok(done())
        }
        _ => {
            owner.public_access_block = None;
            Ok(no_content())
        }
    }
}
