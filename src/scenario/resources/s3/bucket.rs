//! AWS::S3::Bucket. AWS pages: CloudFormation Template Reference, "AWS::S3::Bucket"; S3 User Guide,
//! "General purpose bucket naming rules".

use crate::arn;
use crate::authorization::PublicAccessBlock;
use crate::cloud::{Bucket, ObjectOwnership};
use crate::scenario::findings::At;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Property, Shape, TAGS, boolean, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::S3::Bucket",
    properties: &[
        optional("BucketName", Shape::Text),
        optional("OwnershipControls", OWNERSHIP_CONTROLS),
        optional("PublicAccessBlockConfiguration", Shape::Object(PUBLIC_ACCESS_BLOCK)),
        optional("Tags", TAGS),
        not_modelled(
            "AbacStatus AccelerateConfiguration AccessControl AnalyticsConfigurations \
BucketEncryption BucketNamePrefix BucketNamespace CorsConfiguration \
IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration \
LoggingConfiguration MetadataConfiguration MetadataTableConfiguration \
MetricsConfigurations NotificationConfiguration ObjectLockConfiguration \
ObjectLockEnabled ReplicationConfiguration VersioningConfiguration WebsiteConfiguration",
        ),
    ],
    attributes: &["Arn", "DomainName", "RegionalDomainName"],
    create,
    connect: None,
};

const OWNERSHIP_CONTROLS: Shape = Shape::Object(&[required("Rules", Shape::List(&OWNERSHIP_RULE))]);
const OWNERSHIP_RULE: Shape =
    Shape::Object(&[optional("ObjectOwnership", Shape::OneOf(&ObjectOwnership::NAMES))]);

const PUBLIC_ACCESS_BLOCK: &[Property] = &[
    optional("BlockPublicAcls", Shape::Boolean),
    optional("BlockPublicPolicy", Shape::Boolean),
    optional("IgnorePublicAcls", Shape::Boolean),
    optional("RestrictPublicBuckets", Shape::Boolean),
];

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = match resource.text("BucketName") {
        Some(name) => name.to_string(),
        None => loading.made_name(resource, 63).to_ascii_lowercase(),
    };
    let at = resource.property("BucketName").unwrap_or(resource.at);
    if !Bucket::is_name(&name) {
        loading.findings.error("diagnostic.wrong-bucket-name", at, &[("name", &name)]);
    }
    loading.take_name("bucket".to_string(), &name, &resource.name(), at);
    let bucket = Bucket {
        origin: resource.origin(),
        name: name.clone(),
        account: resource.account.to_string(),
        region: resource.region.to_string(),
        created: loading.cloud.now,
        public_access_block: Some(public_access_block(resource)),
        ownership: ownership(resource).unwrap_or_default(),
        tags: resource.tags.clone(),
        ..Bucket::default()
    };
    loading.cloud.buckets.insert(name.clone(), bucket);
    let domain = [&name, ".s3.amazonaws.com"].concat();
    let regional = [&name, ".s3.", resource.region, ".amazonaws.com"].concat();
    Identity::new(&name, &[&arn::bucket(&name), &domain, &regional])
}

fn ownership(resource: &Resource<'_>) -> Option<ObjectOwnership> {
    let rule = resource.property("OwnershipControls")?.field("Rules")?.items().next()?;
    ObjectOwnership::named(rule.field("ObjectOwnership")?.node.as_str()?)
}

/// All four settings where none is given; a setting left out of a given one is off.
fn public_access_block(resource: &Resource<'_>) -> PublicAccessBlock {
    let given = resource.property("PublicAccessBlockConfiguration");
    let flag = |name: &str| match &given {
        None => true,
        Some(given) => given.field(name).and_then(|flag: At<'_>| boolean(flag)).unwrap_or(false),
    };
    PublicAccessBlock {
        block_public_acls: flag("BlockPublicAcls"),
        ignore_public_acls: flag("IgnorePublicAcls"),
        block_public_policy: flag("BlockPublicPolicy"),
        restrict_public_buckets: flag("RestrictPublicBuckets"),
    }
}
