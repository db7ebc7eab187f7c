//! The condition keys of a request: each with its value and where the value comes from, or why it is absent.
//!
//! AWS page: IAM User Guide, "AWS global condition context keys".

use super::authenticate::Caller;
use super::authorize::Target;
use super::call::Call;
use crate::authorization::{Context, PrincipalKind};
use crate::clock::Timestamp;
use crate::cloud::{Cloud, Credential, Ec2Delivery, RoleDelivery, Session, SessionPrincipal};
use crate::sorted::SortedMap;

/// Adds to a service's own keys those that AWS sets for every service.
pub(super) fn build(
    call: &Call<'_>,
    caller: &Caller,
    target: &Target,
    service_keys: Context,
    region: &str,
) -> Context {
    let mut keys = service_keys;
    principal_keys(&mut keys, call, caller);
    session_keys(&mut keys, caller, call.cloud.now);
    role_delivery_keys(&mut keys, caller.session().and_then(|session| session.ec2.as_ref()));
    network_keys(&mut keys, call, caller, target.action);
    request_keys(&mut keys, call, caller, region);
    match &target.account {
        Some(account) => keys.set("aws:ResourceAccount", account.as_str(), "origin.resource"),
        None => keys.absent("aws:ResourceAccount", "origin.absent.no-resource"),
    }
    let absent = match caller.principal.kind {
        PrincipalKind::Anonymous => "origin.absent.anonymous",
        PrincipalKind::Service => "origin.absent.aws-service",
        _ => "origin.absent.no-organization",
    };
    let principal = caller.principal.account.as_deref();
    let names = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];
    organization_keys(&mut keys, call.cloud, names, principal, ["origin.organization", absent]);
    let names = ["aws:ResourceOrgID", "aws:ResourceOrgPaths"];
    let origins = ["origin.organization", "origin.absent.no-organization"];
    organization_keys(&mut keys, call.cloud, names, target.account.as_deref(), origins);
    keys
}

/// Id and path of the organization that an account is in; the path with a slash at its end.
fn organization_keys(
    keys: &mut Context,
    cloud: &Cloud,
    [id, paths]: [&str; 2],
    account: Option<&str>,
    [present, absent]: [&'static str; 2],
) {
    let found = account.and_then(|account| Some((account, cloud.organization_of(account)?)));
    let Some((account, organization)) = found else {
        keys.absent(id, absent);
        keys.absent(paths, absent);
        return;
    };
    keys.set(id, organization.id.as_str(), present);
    keys.set_all(paths, vec![organization.path_of_parent(account)], present);
}

/// The tags of an entity of IAM that a request is about.
pub(super) fn resource_tags(keys: &mut Context, tags: &SortedMap<String, String>) {
    for (tag, value) in tags {
        for prefix in ["aws:ResourceTag/", "iam:ResourceTag/"] {
            keys.set(&[prefix, tag].concat(), value.as_str(), "origin.resource");
        }
    }
}

fn principal_keys(keys: &mut Context, call: &Call<'_>, caller: &Caller) {
    let principal = &caller.principal;
    let origin = match (principal.kind, caller.session()) {
        (PrincipalKind::Anonymous, _) => "origin.anonymous",
        (_, Some(_)) => "origin.session",
        _ => "origin.key",
    };
    let kind = match principal.kind {
        PrincipalKind::User => "User",
        PrincipalKind::AssumedRole => "AssumedRole",
        PrincipalKind::FederatedUser => "FederatedUser",
        PrincipalKind::Root => "Account",
        PrincipalKind::Service => "Service",
        PrincipalKind::Anonymous => "Anonymous",
    };
    let service = principal.kind == PrincipalKind::Service;
    keys.set("aws:PrincipalIsAWSService", service.to_string(), origin);
    if service {
        keys.set("aws:PrincipalServiceName", principal.arn.as_str(), origin);
        keys.set_all("aws:PrincipalServiceNamesList", vec![principal.arn.clone()], origin);
        for key in
            ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:username"]
        {
            keys.absent(key, "origin.absent.aws-service");
        }
        return;
    }
    keys.absent("aws:PrincipalServiceName", "origin.absent.not-aws-service");
    keys.set("aws:PrincipalType", kind, origin);
    keys.set("aws:PrincipalAccount", principal.account.as_deref().unwrap_or("anonymous"), origin);
    // For a session the key holds the role's ARN, not the session's.
    match principal.issuer.as_ref().or(Some(&principal.arn)).filter(|arn| !arn.is_empty()) {
        Some(arn) => keys.set("aws:PrincipalArn", arn.as_str(), origin),
        None => keys.absent("aws:PrincipalArn", "origin.absent.anonymous"),
    }
    keys.set("aws:userid", user_id(caller), origin);
    let user = caller.user(call.cloud).filter(|user| user.arn == principal.arn);
    match user {
        Some(user) => keys.set("aws:username", user.name.as_str(), origin),
        None => keys.absent("aws:username", "origin.absent.not-a-user"),
    }
    for (tag, value) in user.map(|user| &user.tags).into_iter().flatten() {
        keys.set(&format!("aws:PrincipalTag/{tag}"), value.as_str(), "origin.principal-tags");
    }
    let role = principal.issuer.as_ref().and_then(|arn| call.cloud.role(arn));
    for (tag, value) in role.map(|role| &role.tags).into_iter().flatten() {
        keys.set(&format!("aws:PrincipalTag/{tag}"), value.as_str(), "origin.principal-tags");
    }
}

/// `AROA...:session`, `AIDA...`, the account of a root user, or `anonymous`.
pub(super) fn user_id(caller: &Caller) -> String {
    let id = caller.principal.unique_id.as_deref().unwrap_or("anonymous");
    match caller.session().map(|session| &session.principal) {
        Some(SessionPrincipal::AssumedRole { session_name, .. }) => format!("{id}:{session_name}"),
        Some(SessionPrincipal::FederatedUser { account, name, .. }) => format!("{account}:{name}"),
        _ => id.to_string(),
    }
}

/// Whether the holder of temporary credentials has shown an MFA code, and how many seconds ago.
fn mfa_keys(keys: &mut Context, age: Option<i64>, origin: &'static str) {
    keys.set("aws:MultiFactorAuthPresent", age.is_some().to_string(), origin);
    match age {
        Some(age) => keys.set("aws:MultiFactorAuthAge", age.to_string(), origin),
        None => keys.absent("aws:MultiFactorAuthAge", "origin.absent.no-mfa"),
    }
}

fn session_keys(keys: &mut Context, caller: &Caller, now: Timestamp) {
    keys.absent("aws:FederatedProvider", "origin.absent.no-federation");
    let session: Option<&Session> = caller.session().map(|session| &**session);
    let Some(session) = session else {
        let why = match &caller.credential {
            Some(Credential::LongTerm(_)) => "origin.absent.long-term-key",
            Some(Credential::Service { .. }) => "origin.absent.aws-service",
            _ => "origin.absent.anonymous",
        };
        for key in [
            "aws:TokenIssueTime",
            "aws:MultiFactorAuthPresent",
            "aws:MultiFactorAuthAge",
            "aws:SourceIdentity",
        ] {
            keys.absent(key, why);
        }
        if let Some(at) = caller.mfa {
            mfa_keys(keys, Some(now.0.saturating_sub(at.0) / 1000), "origin.request");
        }
        return;
    };
    keys.set("aws:TokenIssueTime", session.issued.iso8601(), "origin.session");
    let proven = caller.mfa.or(session.mfa);
    mfa_keys(keys, proven.map(|at| now.0.saturating_sub(at.0) / 1000), "origin.session");
    match &session.source_identity {
        Some(identity) => keys.set("aws:SourceIdentity", identity.as_str(), "origin.session"),
        None => keys.absent("aws:SourceIdentity", "origin.absent.no-source-identity"),
    }
    for (tag, value) in &session.tags {
        keys.set(&format!("aws:PrincipalTag/{tag}"), value.as_str(), "origin.session");
    }
}

fn role_delivery_keys(keys: &mut Context, delivery: Option<&Ec2Delivery>) {
    let names = [
        "ec2:SourceInstanceARN",
        "ec2:RoleDelivery",
        "aws:Ec2InstanceSourceVpc",
        "aws:Ec2InstanceSourcePrivateIPv4",
    ];
    let Some(delivery) = delivery else {
        for name in names {
            keys.absent(name, "origin.absent.not-instance-credentials");
        }
        return;
    };
    let version = match delivery.delivery {
        RoleDelivery::ImdsV1 => "1.0",
        RoleDelivery::ImdsV2 => "2.0",
    };
    let values = [
        delivery.instance_arn.clone(),
        version.into(),
        delivery.vpc_id.clone(),
        delivery.private_ip.to_string(),
    ];
    for (name, value) in names.into_iter().zip(values) {
        keys.set(name, value, "origin.role-delivery");
    }
}

fn network_keys(keys: &mut Context, call: &Call<'_>, caller: &Caller, action: &str) {
    keys.set("aws:SecureTransport", call.arrival.secure_transport.to_string(), "origin.route");
    let endpoint_keys = ["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"];
    let listed_keys = ["aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"];
    if caller.principal.kind == PrincipalKind::Service {
        for key in endpoint_keys.into_iter().chain(listed_keys).chain(["aws:SourceIp"]) {
            keys.absent(key, "origin.absent.aws-service");
        }
        return;
    }
    let address = call.arrival.source_ip.to_string();
    let Some(passage) = &call.arrival.endpoint else {
        keys.set("aws:SourceIp", address, "origin.route");
        for key in endpoint_keys.into_iter().chain(listed_keys) {
            keys.absent(key, "origin.absent.no-vpc-endpoint");
        }
        return;
    };
    keys.absent("aws:SourceIp", "origin.absent.through-vpc-endpoint");
    keys.set("aws:VpcSourceIp", address, "origin.route");
    keys.set("aws:SourceVpce", passage.endpoint_id.as_str(), "origin.route");
    keys.set("aws:SourceVpc", passage.vpc_id.as_str(), "origin.route");
    // Services that AWS lists for these keys, STS and EC2 not among them.
    if action.starts_with("s3:") || action.starts_with("iam:") {
        let arn = format!("arn:aws:ec2:{}:{}:vpc/{}", passage.region, passage.account, passage.vpc_id);
        keys.set("aws:SourceVpcArn", arn, "origin.route");
        keys.set("aws:VpceAccount", passage.account.as_str(), "origin.route");
        let names = ["aws:VpceOrgID", "aws:VpceOrgPaths"];
        let origins = ["origin.organization", "origin.absent.no-organization"];
        organization_keys(keys, call.cloud, names, Some(&passage.account), origins);
    } else {
        for key in listed_keys {
            keys.absent(key, "origin.absent.service-without-key");
        }
    }
}

fn request_keys(keys: &mut Context, call: &Call<'_>, caller: &Caller, region: &str) {
    let now = call.cloud.now;
    keys.set("aws:CurrentTime", now.iso8601(), "origin.clock");
    keys.set("aws:EpochTime", now.epoch_seconds().to_string(), "origin.clock");
    keys.set("aws:RequestedRegion", region, "origin.endpoint");
    keys.set("aws:ViaAWSService", "false", "origin.direct-call");
    for key in ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"] {
        keys.absent(key, "origin.absent.direct-call");
    }
    let why = match caller.principal.kind {
        // EC2 alone calls by itself here. Services pass these on where their documentation says so; EC2's doesn't.
        PrincipalKind::Service => "origin.absent.undocumented-source",
        _ => "origin.absent.not-aws-service",
    };
    for key in ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"] {
        keys.absent(key, why);
    }
    for (key, header) in [("aws:UserAgent", "user-agent"), ("aws:referer", "referer")] {
        match call.request.header(header) {
            Some(value) => keys.set(key, value, "origin.request"),
            None => keys.absent(key, "origin.absent.not-sent"),
        }
    }
}
