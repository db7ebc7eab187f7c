//! ListBuckets: the buckets of the caller's account.
//!
//! AWS page: S3 API Reference, "ListBuckets".

use super::{NAMESPACE, S3Request, argument, decide, ok, refusal};
use crate::authorization::Context;
use crate::base64::STANDARD;
use crate::cloud::{Bucket, Cloud};
use crate::gather::Gather;
use crate::http::Response;
use crate::services::authorize::Target;
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::{
    AwsError, S3_ACCESS_DENIED, S3_BUCKET_REGION, S3_CONTINUATION_TOKEN, S3_MAX_BUCKETS,
    S3_MAX_BUCKETS_NUMBER,
};
use crate::services::protocol::Xml;

/// The most buckets of a page.
const PAGE: usize = 10_000;

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 4] = ["prefix", "bucket-region", "max-buckets", "continuation-token"];

/// What the query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Input {
    prefix: Option<String>,
    region: Option<String>,
    max_buckets: Option<usize>,
    /// The last bucket of the page before.
    after: Option<String>,
}

impl Input {
    /// Reads the query.
    ///
    /// # Errors
    /// InvalidArgument for a bad max-buckets or continuation-token.
    fn parse(pairs: &[(String, String)]) -> Result<Self, AwsError> {
        let mut input = Input::default();
        for (name, value) in pairs {
            let argument = |error: AwsError| argument(error, name, value);
            match name.as_str() {
                "prefix" => input.prefix = Some(value.clone()),
                "bucket-region" => input.region = Some(value.clone()),
                "max-buckets" => {
                    let number: i32 = value.parse().map_err(|_| argument(S3_MAX_BUCKETS_NUMBER.error()))?;
                    let number = usize::try_from(number).ok().filter(|number| (1..=PAGE).contains(number));
                    input.max_buckets = Some(number.ok_or_else(|| argument(S3_MAX_BUCKETS.error()))?);
                }
                "continuation-token" => {
                    let bytes = STANDARD.decode(value).ok();
                    let name = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                    input.after = Some(name.ok_or_else(|| argument(S3_CONTINUATION_TOKEN.error()))?);
                }
                _ => {}
            }
        }
        Ok(input)
    }

    fn asks(&self, bucket: &Bucket) -> bool {
        self.prefix.as_ref().is_none_or(|prefix| bucket.name.starts_with(prefix))
            && self.region.as_ref().is_none_or(|region| bucket.region == *region)
            && self.after.as_ref().is_none_or(|after| bucket.name > *after)
    }
}

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let input = Input::parse(&request.query)?;
    if let Some(region) = input.region.as_deref().filter(|region| *region != request.region) {
        return Err(argument(S3_BUCKET_REGION.error(), "bucket-region", region));
    }
    let account = request.caller.principal.account.clone();
    let target = Target {
        action: "s3:ListAllMyBuckets",
        resource: "arn:aws:s3:::*".to_string(),
        account: account.clone(),
        policy: None,
        public_access_block: None,
    };
    let verdict = decide(call, request, target, Context::default(), request.node.clone());
    let Some(account) = account else {
        // Nobody's buckets can be listed by nobody.
        return Err(S3_ACCESS_DENIED.error());
    };
    if !verdict.allows() {
        return Err(refusal(&verdict, request, &account, ResourceClause::Absent));
    }
    Ok(ok(render(call.cloud, &account, &input)))
}

fn render(cloud: &Cloud, account: &str, input: &Input) -> Xml {
    let mut xml = Xml::new("ListAllMyBucketsResult", Some(NAMESPACE));
    let own = |bucket: &&Bucket| bucket.account == account && input.asks(bucket);
    let found: Vec<&Bucket> = cloud.buckets.values().filter(own).gather();
    let page = found.get(..input.max_buckets.unwrap_or(PAGE)).unwrap_or(&found);
    xml.begin("Owner");
    let owner = cloud.accounts.get(account).map(|account| account.canonical_id.as_str());
    xml.leaf("ID", owner.unwrap_or_default());
    xml.end();
    xml.begin("Buckets");
    for bucket in page {
        xml.begin("Bucket");
        xml.leaf("Name", &bucket.name);
        xml.leaf("CreationDate", &bucket.created.iso8601_millis());
        // The region is told where the request has a parameter.
        if *input != Input::default() {
            xml.leaf("BucketRegion", &bucket.region);
        }
        xml.end();
    }
    xml.end();
    if let Some(prefix) = &input.prefix {
        xml.leaf("Prefix", prefix);
    }
    if let Some(last) = page.last().filter(|_| page.len() < found.len()) {
        xml.leaf("ContinuationToken", &STANDARD.encode(&last.name));
    }
    xml
}
