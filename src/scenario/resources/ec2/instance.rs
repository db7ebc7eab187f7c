//! AWS::EC2::Instance. AWS page: CloudFormation Template Reference, "AWS::EC2::Instance".

use super::instance_network::{self, NETWORK_INTERFACE};
use super::{Kind, is_known};
use crate::cloud::{
    HttpTokens, Instance, InstanceRecord, InstanceState, MetadataOptions, mac, private_dns_name,
};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Property, Shape, TAGS, TEXTS, integer, not_modelled, optional};
use crate::sorted::SortedMap;

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::Instance",
    properties: &[
        optional("IamInstanceProfile", Shape::Text),
        optional("ImageId", Shape::Text),
        optional("InstanceType", Shape::Text),
        optional("MetadataOptions", Shape::Object(METADATA_OPTIONS)),
        optional("NetworkInterfaces", Shape::List(&Shape::Object(NETWORK_INTERFACE))),
        optional("PrivateIpAddress", Shape::Text),
        optional("SecurityGroupIds", TEXTS),
        optional("SubnetId", Shape::Text),
        optional("Tags", TAGS),
        not_modelled(
            "AdditionalInfo Affinity AvailabilityZone BlockDeviceMappings CpuOptions \
CreditSpecification DisableApiTermination EbsOptimized ElasticGpuSpecifications \
ElasticInferenceAccelerators EnclaveOptions HibernationOptions HostId \
HostResourceGroupArn InstanceInitiatedShutdownBehavior Ipv6AddressCount Ipv6Addresses \
KernelId KeyName LaunchTemplate LicenseSpecifications Monitoring PlacementGroupName \
PrivateDnsNameOptions PropagateTagsToVolumeOnCreation RamdiskId SecurityGroups \
SourceDestCheck SsmAssociations Tenancy UserData Volumes",
        ),
    ],
    attributes: &["AvailabilityZone", "InstanceId", "PrivateDnsName", "PrivateIp", "PublicIp", "VpcId"],
    create,
    connect: Some(connect),
};

const METADATA_OPTIONS: &[Property] = &[
    optional("HttpEndpoint", Shape::OneOf(&["enabled", "disabled"])),
    not_modelled("HttpProtocolIpv6"),
    optional("HttpPutResponseHopLimit", Shape::Integer(1, 64)),
    optional("HttpTokens", Shape::OneOf(&["optional", "required"])),
    optional("InstanceMetadataTags", Shape::OneOf(&["enabled", "disabled"])),
];

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let entropy = loading.cloud.entropy;
    let id = entropy.ec2("i", &resource.names());
    if resource.properties.get("ImageId").is_none() {
        loading.findings.error("diagnostic.missing-property", resource.properties(), &[("name", "ImageId")]);
    }
    if let Some((at, image)) = resource.given("ImageId")
        && !image.starts_with("ami-")
    {
        loading.findings.error("diagnostic.wrong-image-id", at, &[("id", image)]);
    }
    let Some(place) = instance_network::place(loading, resource) else {
        return Identity::new(&id, &[]);
    };
    let name = private_dns_name(place.private_ip, resource.region);
    let public = place.public_ip.map(|address| address.to_string()).unwrap_or_default();
    let values =
        [&*place.availability_zone, &id, &name, &place.private_ip.to_string(), &public, &place.vpc_id];
    let identity = Identity::new(&id, &values);
    let metadata_options = metadata_options(resource);
    if metadata_options.instance_tags
        && let Some(key) = resource.tags.keys().find(|key| !MetadataOptions::can_tell(key))
    {
        let at = resource.property("Tags").unwrap_or(resource.at);
        loading.findings.error("diagnostic.wrong-metadata-tag", at, &[("name", key)]);
    }
    let instance = Instance {
        origin: resource.origin(),
        id: id.clone(),
        account: resource.account.to_string(),
        arn: format!("arn:aws:ec2:{}:{}:instance/{id}", resource.region, resource.account),
        region: resource.region.to_string(),
        image_id: resource.string("ImageId"),
        instance_type: resource.text("InstanceType").unwrap_or("m1.small").to_string(),
        subnet_id: place.subnet_id,
        vpc_id: place.vpc_id,
        network_interface_id: entropy.ec2("eni", &resource.names()),
        mac: mac(entropy, &resource.names()),
        private_ip: place.private_ip,
        public_ip: place.public_ip,
        security_groups: place.security_groups,
        instance_profile: None,
        metadata_options,
        state: InstanceState::Running,
        tags: resource.tags.clone(),
        launched: loading.cloud.now,
        role_credentials: SortedMap::new(),
        record: InstanceRecord::default(),
    };
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.instances.insert(id, instance);
    }
    identity
}

fn metadata_options(resource: &Resource<'_>) -> MetadataOptions {
    let given = resource.property("MetadataOptions");
    let field = |name: &str| given.as_ref().and_then(|given| given.field(name));
    let is = |name: &str, text: &str| field(name).is_some_and(|value| value.text() == Some(text));
    let hop_limit = field("HttpPutResponseHopLimit").and_then(|limit| integer(limit));
    MetadataOptions {
        http_tokens: if is("HttpTokens", "required") { HttpTokens::Required } else { HttpTokens::Optional },
        hop_limit: hop_limit.and_then(|limit| u8::try_from(limit).ok()).unwrap_or(1),
        enabled: !is("HttpEndpoint", "disabled"),
        instance_tags: is("InstanceMetadataTags", "enabled"),
    }
}

/// IamInstanceProfile is a name, not an ARN.
fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let Some((at, name)) = resource.given("IamInstanceProfile") else {
        return;
    };
    if !is_known(loading, resource, Kind::InstanceProfile, (at, name)) {
        return;
    }
    let account = loading.cloud.accounts.get_mut(resource.account);
    if let Some((account, id)) = account.zip(resource.reference.as_ref())
        && let Some(instance) = account.instances.get_mut(id)
    {
        instance.instance_profile = account.instance_profiles.get(name).map(|profile| profile.arn.clone());
    }
}
