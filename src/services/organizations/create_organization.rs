//! CreateOrganization: the caller's account becomes the management account.
//!
//! AWS page: Organizations API Reference, "CreateOrganization".

use super::{Ask, Operation, Who, shapes};
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_ALREADY_IN, ORG_INVALID_INPUT};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:CreateOrganization",
    required: &[],
    optional: &["FeatureSet"],
    resources: &[],
    who: Who::Anybody,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let Some(account) = ask.cloud.accounts.get(&ask.account).filter(|_| ask.management.is_empty()) else {
        return Err(ORG_ALREADY_IN.error());
    };
    let all_features = match ask.text("FeatureSet") {
        "" | "ALL" => true,
        "CONSOLIDATED_BILLING" => false,
        _ => return Err(ORG_INVALID_INPUT.with(&[("name", "FeatureSet")]).field("Reason", "INVALID_ENUM")),
    };
    let made = Organization::new(&ask.cloud.entropy, account, ask.cloud.now, all_features);
    let answer = object([("Organization", shapes::organization(&made))]);
    ask.cloud.organizations.insert(ask.account.clone(), made);
    Ok(answer)
}
