//! ListBuckets: the buckets of the caller's account.
//!
//! AWS page: S3 API Reference, "ListBuckets".

use super::{NAMESPACE, S3Request, decide, refusal};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::authorize::Target;
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::{AwsError, S3_ACCESS_DENIED};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let account = request.caller.principal.account.clone();
    let target = Target {
        action: "s3:ListAllMyBuckets",
        resource: "arn:aws:s3:::*".to_string(),
        account: account.clone(),
        policy: None,
        public_access_block: None,
    };
    let verdict = decide(call, request, target, Context::default());
    let Some(account) = account else {
        // Nobody's buckets can be listed by nobody.
        return Err(S3_ACCESS_DENIED.error());
    };
    if !verdict.allows() {
        return Err(refusal(&verdict, request, &account, ResourceClause::Absent));
    }
    let mut xml = Xml::new("ListAllMyBucketsResult", Some(NAMESPACE));
    xml.begin("Owner");
    let owner = call.cloud.accounts.get(&account).map(|account| account.canonical_id.as_str());
    xml.leaf("ID", owner.unwrap_or_default());
    xml.end();
    xml.begin("Buckets");
    for bucket in call.cloud.buckets.values().filter(|bucket| bucket.account == account) {
        xml.begin("Bucket");
        xml.leaf("Name", &bucket.name);
        xml.leaf("CreationDate", &bucket.created.iso8601_millis());
        xml.end();
    }
    Ok(Response::new(200, "application/xml", xml.finish()))
}
