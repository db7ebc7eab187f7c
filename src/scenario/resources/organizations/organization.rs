//! AWS::Organizations::Organization: its account is the management account.
//!
//! AWS page: CloudFormation Template Reference, "AWS::Organizations::Organization".

use crate::cloud::Organization;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, optional};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::Organizations::Organization",
    properties: &[optional("FeatureSet", Shape::OneOf(&["ALL", "CONSOLIDATED_BILLING"]))],
    attributes: &[
        "Arn",
        "Id",
        "ManagementAccountArn",
        "ManagementAccountEmail",
        "ManagementAccountId",
        "RootId",
    ],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let now = loading.cloud.now;
    let all_features = resource.text("FeatureSet") != Some("CONSOLIDATED_BILLING");
    let Some(management) = loading.cloud.accounts.get(resource.account) else {
        return Identity::default();
    };
    if let Some(other) = loading.cloud.organizations.get(resource.account) {
        let params = [("name", resource.account), ("other", other.origin.name.as_str())];
        loading.findings.error("diagnostic.duplicate-name", resource.at, &params);
        return Identity::default();
    }
    let mut made = Organization::new(&loading.cloud.entropy, management, now, all_features);
    made.origin = resource.origin();
    let email = made.accounts.get(resource.account).map(|account| account.email.clone());
    let (arn, own) = (made.arn("organization", ""), made.arn("account", resource.account));
    let values = [&*arn, &made.id, &own, &email.unwrap_or_default(), resource.account, &made.root_id];
    let identity = Identity::new(&made.id, &values);
    loading.cloud.organizations.insert(resource.account.to_string(), made);
    identity
}
