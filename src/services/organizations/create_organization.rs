//! CreateOrganization: the caller's account becomes the management account.
//!
//! AWS page: Organizations API Reference, "CreateOrganization".

use super::{Ask, Operation, Who, shapes};
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_ALREADY_IN};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:CreateOrganization",
    required: &[],
    resource: "",
    who: Who::Anybody,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let Some(account) = ask.cloud.accounts.get(&ask.account).filter(|_| ask.management.is_empty()) else {
        return Err(ORG_ALREADY_IN.error());
    };
    let all_features = ask.text("FeatureSet") != "CONSOLIDATED_BILLING";
    let made = Organization::new(&ask.cloud.entropy, account, ask.cloud.now, all_features);
    let answer = object([("Organization", shapes::organization(&made))]);
    ask.cloud.organizations.insert(ask.account.clone(), made);
    Ok(answer)
}
