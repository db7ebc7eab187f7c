//! AWS::S3::BucketPolicy. AWS page: CloudFormation Template Reference, "AWS::S3::BucketPolicy".

use crate::json::to_compact;
use crate::policy::PolicyKind;
use crate::scenario::fields;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::PolicyPlace;
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, required};
use std::sync::Arc;

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::S3::BucketPolicy",
    properties: &[required("Bucket", Shape::Text), required("PolicyDocument", Shape::Policy)],
    attributes: &[],
    create,
    connect: Some(connect),
};

fn create(_: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    Identity::new(resource.text("Bucket").unwrap_or_default(), &[])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some((at, name)) = resource.given("Bucket") else {
        return;
    };
    let Some(document) = resource.property("PolicyDocument") else {
        return;
    };
    let place =
        PolicyPlace { at: document, kind: PolicyKind::Resource, title: name, arn: None, limit: 20 * 1024 };
    let policy = loading.policy(resource, place);
    let Loading { cloud, findings, .. } = loading;
    let own = |bucket: &&mut crate::cloud::Bucket| bucket.account == resource.account;
    let Some(bucket) = cloud.buckets.get_mut(name).filter(own) else {
        let buckets = cloud.buckets.values().filter(|bucket| bucket.account == resource.account);
        let known = &mut buckets.map(|bucket| bucket.name.as_str());
        fields::unknown(findings, fields::BUCKET, at.span(), name, known);
        return;
    };
    if let Some(other) = &bucket.policy_origin {
        let params = [("name", name), ("other", other.name.as_str())];
        findings.error("diagnostic.two-bucket-policies", at, &params);
        return;
    }
    let is_public = policy.iter().any(|policy| policy.document.as_ref().is_some_and(|it| it.is_public()));
    if is_public && bucket.public_access_block.is_some_and(|block| block.block_public_policy) {
        findings.error("diagnostic.public-policy-blocked", document, &[("name", name)]);
    }
    bucket.policy_text = policy.as_ref().map(|_| Arc::from(to_compact(document.node)));
    bucket.policy = policy;
    bucket.policy_origin = Some(resource.origin());
}
