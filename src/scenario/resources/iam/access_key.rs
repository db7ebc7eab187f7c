//! AWS::IAM::AccessKey: a user's long-term key. AWS page: CloudFormation Template Reference, "AWS::IAM::AccessKey".

use super::{Entity, exists};
use crate::cloud::{AccessKey, Credential};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::AccessKey",
    properties: &[
        not_modelled("Serial"),
        optional("Status", Shape::OneOf(&["Active", "Inactive"])),
        required("UserName", Shape::Text),
    ],
    attributes: &["SecretAccessKey"],
    create,
    connect: Some(connect),
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let entropy = loading.cloud.entropy;
    let access_key_id = entropy.access_key_id("AKIA", &resource.names());
    let secret_access_key = entropy.secret_access_key(&resource.names());
    let identity = Identity::new(&access_key_id).with("SecretAccessKey", &secret_access_key);
    if let Some(user) = resource.text("UserName") {
        let key = AccessKey {
            access_key_id: access_key_id.clone(),
            secret_access_key,
            account: resource.account.to_string(),
            user: Some(user.to_string()),
            active: resource.text("Status") != Some("Inactive"),
            created: loading.cloud.now,
            last_used: None,
        };
        loading.cloud.credentials.insert(access_key_id, Credential::LongTerm(key));
    }
    identity
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some((at, user)) = resource.given("UserName") else {
        return;
    };
    exists(loading, resource, Entity::User, &at, user);
    let of_user = |key: &&Credential| matches!(key, Credential::LongTerm(key) if key.user.as_deref() == Some(user) && key.account == resource.account);
    if loading.cloud.credentials.values().filter(of_user).count() > 2 {
        loading.findings.error("diagnostic.too-many-keys", &at, &[("name", user), ("limit", "2")]);
    }
}
