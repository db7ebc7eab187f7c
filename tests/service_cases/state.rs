//! A small state of the cloud, from the `state` of a case file.
//!
//! `{now?, seed?, accounts: {ID: {region?, users, groups, roles, managedPolicies, instanceProfiles, mfaDevices,
//! instances, publicAccessBlock?}}, buckets: {NAME: {account, region?, policy?, publicAccessBlock?, objects?}}}`

use iam_sandbox::arn;
use iam_sandbox::authorization::PublicAccessBlock;
use iam_sandbox::clock::Timestamp;
use iam_sandbox::cloud::*;
use iam_sandbox::ids::Entropy;
use iam_sandbox::json;
use iam_sandbox::policy::{Policy, PolicyKind};
use iam_sandbox::sorted::SortedMap;
use serde_json::{Map, Value};
use std::sync::Arc;

const REGION: &str = "us-east-1";

/// The state of a case file: written there, or the name of a file in `tests/cases/states`.
pub fn described(state: &Value) -> Value {
    let Some(name) = state.as_str() else { return state.clone() };
    let path = format!("{}/tests/cases/states/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
        .unwrap()
}

/// The cloud that the JSON describes.
pub fn cloud(state: &Value) -> Cloud {
    let now = state["now"].as_str().unwrap_or("2026-01-07T09:00:00Z");
    let mut cloud = Cloud::new(Timestamp::parse_iso8601(now).unwrap(), state["seed"].as_u64().unwrap_or(1));
    for (id, account) in members(&state["accounts"]) {
        let account = build_account(&cloud, id, account);
        for user in account.users.values() {
            let key = key(cloud.entropy, &account.id, Some(&user.name));
            cloud.credentials.insert(key.access_key_id.clone(), Credential::LongTerm(key));
        }
        let root = key(cloud.entropy, &account.id, None);
        cloud.credentials.insert(root.access_key_id.clone(), Credential::LongTerm(root));
        cloud.accounts.insert(id.clone(), account);
    }
    for (name, bucket) in members(&state["buckets"]) {
        let bucket = build_bucket(cloud.now, name, bucket);
        cloud.buckets.insert(name.clone(), bucket);
    }
    cloud
}

/// The key of a user or, without a name, of the root user.
pub fn key(entropy: Entropy, account: &str, user: Option<&str>) -> AccessKey {
    let names = ["key", account, user.unwrap_or("")];
    AccessKey {
        access_key_id: entropy.access_key_id("AKIA", &names),
        secret_access_key: entropy.secret_access_key(&names),
        account: account.to_string(),
        user: user.map(str::to_string),
        active: true,
        created: Timestamp::parse_iso8601("2026-01-07T09:00:00Z").unwrap(),
        last_used: None,
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_string()).collect()
}

fn tags(value: &Value) -> SortedMap<String, String> {
    members(value).map(|(key, value)| (key.clone(), value.as_str().unwrap().to_string())).collect()
}

fn policy(name: &str, policy_arn: Option<String>, document: &Value, kind: PolicyKind) -> Arc<Policy> {
    let text: Arc<str> = serde_json::to_string_pretty(document).unwrap().into();
    let node = json::parse(&text).unwrap();
    let parsed = Policy::parse(name, policy_arn, format!("/{name}"), text, &node, kind);
    Arc::new(parsed.unwrap_or_else(|faults| panic!("policy {name}: {faults:?}")))
}

fn inline(value: &Value) -> Vec<InlinePolicy> {
    members(value)
        .map(|(name, document)| InlinePolicy {
            name: name.clone(),
            policy: policy(name, None, document, PolicyKind::Identity),
        })
        .collect()
}

fn public_access_block(value: &Value) -> PublicAccessBlock {
    let flag = |name: &str| value[name].as_bool().unwrap_or(true);
    PublicAccessBlock {
        block_public_acls: flag("BlockPublicAcls"),
        ignore_public_acls: flag("IgnorePublicAcls"),
        block_public_policy: flag("BlockPublicPolicy"),
        restrict_public_buckets: flag("RestrictPublicBuckets"),
    }
}

fn build_account(cloud: &Cloud, id: &str, value: &Value) -> Account {
    let region = value["region"].as_str().unwrap_or(REGION).to_string();
    let instances = members(&value["instances"])
        .map(|(name, value)| (name.clone(), instance(cloud, id, &region, name, value)))
        .collect();
    Account {
        id: id.to_string(),
        name: id.to_string(),
        canonical_id: cloud.entropy.hex("", 64, &["canonical", id]),
        users: members(&value["users"])
            .map(|(name, user)| (name.clone(), build_user(cloud, id, name, user)))
            .collect(),
        groups: members(&value["groups"])
            .map(|(name, group)| (name.clone(), build_group(cloud, id, name, group)))
            .collect(),
        roles: members(&value["roles"])
            .map(|(name, role)| (name.clone(), build_role(cloud, id, name, role)))
            .collect(),
        managed_policies: members(&value["managedPolicies"])
            .map(|(name, document)| (managed(id, name), build_managed_policy(cloud, id, name, document)))
            .collect(),
        instance_profiles: members(&value["instanceProfiles"])
            .map(|(name, role)| (name.clone(), build_instance_profile(cloud, id, name, role)))
            .collect(),
        mfa_devices: members(&value["mfaDevices"])
            .map(|(name, user)| mfa_device(cloud, id, name, user))
            .map(|device| (device.serial_number.clone(), device))
            .collect(),
        deletions: Vec::new(),
        instances,
        network: network(),
        public_access_block: value.get("publicAccessBlock").map(public_access_block),
        region,
    }
}

fn managed(account: &str, name: &str) -> String {
    arn::iam(account, "policy", "/", name)
}

fn attached(account: &str, value: &Value) -> Vec<String> {
    texts(&value["managed"]).iter().map(|name| managed(account, name)).collect()
}

fn boundary(account: &str, value: &Value) -> Option<String> {
    value["boundary"].as_str().map(|name| managed(account, name))
}

fn build_user(cloud: &Cloud, account: &str, name: &str, value: &Value) -> User {
    User {
        origin: Origin::default(),
        name: name.into(),
        path: "/".into(),
        arn: arn::iam(account, "user", "/", name),
        id: cloud.entropy.unique_id("AIDA", &[account, name]),
        inline_policies: inline(&value["policies"]),
        attached_policies: attached(account, value),
        groups: texts(&value["groups"]),
        permissions_boundary: boundary(account, value),
        tags: tags(&value["tags"]),
        created: cloud.now,
    }
}

fn build_group(cloud: &Cloud, account: &str, name: &str, value: &Value) -> Group {
    Group {
        origin: Origin::default(),
        name: name.into(),
        path: "/".into(),
        arn: arn::iam(account, "group", "/", name),
        id: cloud.entropy.unique_id("AGPA", &[account, name]),
        inline_policies: inline(&value["policies"]),
        attached_policies: attached(account, value),
        created: cloud.now,
    }
}

fn build_role(cloud: &Cloud, account: &str, name: &str, value: &Value) -> Role {
    let path = value["path"].as_str().unwrap_or("/");
    Role {
        origin: Origin::default(),
        name: name.into(),
        path: path.into(),
        arn: arn::iam(account, "role", path, name),
        id: cloud.entropy.unique_id("AROA", &[account, name, value["madeAgain"].as_str().unwrap_or("")]),
        description: value["description"].as_str().unwrap_or_default().into(),
        trust_policy: policy(name, None, &value["trust"], PolicyKind::Trust),
        inline_policies: inline(&value["policies"]),
        attached_policies: attached(account, value),
        permissions_boundary: boundary(account, value),
        max_session_duration: value["maxSessionDuration"].as_u64().unwrap_or(3600) as u32,
        tags: tags(&value["tags"]),
        created: cloud.now,
    }
}

fn build_managed_policy(cloud: &Cloud, account: &str, name: &str, document: &Value) -> ManagedPolicy {
    let policy_arn = managed(account, name);
    let id = cloud.entropy.unique_id("ANPA", &[account, name]);
    let policy = policy(name, Some(policy_arn.clone()), document, PolicyKind::Identity);
    ManagedPolicy::new(Origin::default(), [name.into(), "/".into(), policy_arn, id], policy, cloud.now)
}

fn build_instance_profile(cloud: &Cloud, account: &str, name: &str, role: &Value) -> InstanceProfile {
    InstanceProfile {
        origin: Origin::default(),
        name: name.into(),
        path: "/".into(),
        arn: arn::iam(account, "instance-profile", "/", name),
        id: cloud.entropy.unique_id("AIPA", &[account, name]),
        role: role.as_str().map(str::to_string),
        tags: SortedMap::new(),
        created: cloud.now,
    }
}

fn mfa_device(cloud: &Cloud, account: &str, name: &str, user: &Value) -> MfaDevice {
    let serial = arn::iam(account, "mfa", "/", name);
    let mut device = MfaDevice::new(Origin::default(), serial, cloud.entropy, &[account, name]);
    device.user = user.as_str().map(str::to_string);
    device.enabled = device.user.as_ref().map(|_| cloud.now);
    device
}

fn instance(cloud: &Cloud, account: &str, region: &str, id: &str, value: &Value) -> Instance {
    let profile = value["profile"].as_str().map(|name| arn::iam(account, "instance-profile", "/", name));
    Instance {
        origin: Origin::default(),
        id: id.into(),
        account: account.into(),
        arn: format!("arn:aws:ec2:{region}:{account}:instance/{id}"),
        region: region.into(),
        image_id: "ami-0123456789abcdef0".into(),
        instance_type: "t3.micro".into(),
        subnet_id: "subnet-1".into(),
        vpc_id: "vpc-1".into(),
        network_interface_id: "eni-1".into(),
        mac: "0a:00:00:00:00:01".into(),
        private_ip: "172.31.0.10".parse().unwrap(),
        public_ip: value["publicIp"].as_str().map(|ip| ip.parse().unwrap()),
        security_groups: vec!["sg-1".into()],
        instance_profile: profile,
        metadata_options: MetadataOptions {
            http_tokens: match value["httpTokens"].as_str() {
                Some("required") => HttpTokens::Required,
                _ => HttpTokens::Optional,
            },
            hop_limit: 1,
            enabled: value["enabled"].as_bool().unwrap_or(true),
            instance_tags: value["instanceTags"].as_bool().unwrap_or(false),
        },
        state: InstanceState::Running,
        tags: tags(&value["tags"]),
        launched: cloud.now,
        role_credentials: SortedMap::new(),
        record: InstanceRecord::default(),
    }
}

fn network() -> Network {
    let mut network = Network::default();
    let vpc = Vpc {
        origin: Origin::default(),
        id: "vpc-1".into(),
        cidr: "172.31.0.0/16".parse().unwrap(),
        is_default: true,
        dns_support: true,
        dns_hostnames: true,
        main_route_table: "rtb-1".into(),
        default_security_group: "sg-1".into(),
    };
    let subnet = Subnet {
        origin: Origin::default(),
        id: "subnet-1".into(),
        vpc_id: "vpc-1".into(),
        cidr: "172.31.0.0/20".parse().unwrap(),
        availability_zone: "us-east-1a".into(),
        map_public_ip_on_launch: true,
        route_table: None,
    };
    let group = SecurityGroup {
        origin: Origin::default(),
        id: "sg-1".into(),
        name: "default".into(),
        vpc_id: "vpc-1".into(),
        ingress: Vec::new(),
        egress: Vec::new(),
    };
    network.vpcs.insert("vpc-1".into(), vpc);
    network.subnets.insert("subnet-1".into(), subnet);
    network.security_groups.insert("sg-1".into(), group);
    network
}

fn build_bucket(now: Timestamp, name: &str, value: &Value) -> Bucket {
    let objects = members(&value["objects"]).map(|(key, body)| {
        let body = iam_sandbox::http::Body::from(body.as_str().unwrap());
        let etag = format!("\"{:032x}\"", body.len());
        let content_type = "text/plain".into();
        let object = Object { body, etag, modified: now, content_type, ..Object::default() };
        (key.clone(), object)
    });
    Bucket {
        name: name.into(),
        account: value["account"].as_str().unwrap().into(),
        region: value["region"].as_str().unwrap_or(REGION).into(),
        created: now,
        policy: value.get("policy").map(|document| policy(name, None, document, PolicyKind::Resource)),
        policy_text: value.get("policy").map(|document| document.to_string().into()),
        public_access_block: Some(public_access_block(&value["publicAccessBlock"])),
        objects: objects.collect(),
        ..Bucket::default()
    }
}

/// An endpoint's policy.
pub fn endpoint_policy(document: &Value) -> Arc<Policy> {
    policy("endpoint", None, document, PolicyKind::VpcEndpoint)
}
