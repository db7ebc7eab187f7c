//! AWS::IAM::AccessKey: a user's long-term key. AWS page: CloudFormation Template Reference, "AWS::IAM::AccessKey".

use super::{Kind, is_known};
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
    let identity = Identity::new(&access_key_id, &[&secret_access_key]);
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
        let of_user = (resource.account.to_string(), user.to_string());
        *loading.keys.get_or_insert_with(of_user, usize::default) += 1;
    }
    identity
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some((at, user)) = resource.given("UserName") else {
        return;
    };
    is_known(loading, resource, Kind::User, (at, user));
    if loading.keys.get(&(resource.account.to_string(), user.to_string())).is_some_and(|count| *count > 2) {
        loading.findings.error("diagnostic.too-many-keys", at, &[("name", user), ("limit", "2")]);
    }
}
