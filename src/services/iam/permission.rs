//! Whether the caller may: the resource of each operation and IAM's own condition keys.
//!
//! AWS page: Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access
//! Management (IAM)". How IAM names the resource in a refusal isn't documented; it is as people have published it.

use super::kind::{Kind, find};
use super::parameters::path;
use super::update::moved;
use super::{Iam, REGION, service_linked_roles};
use crate::arn::{self, Arn};
use crate::authorization::Context;
use crate::cloud::service_linked_role_name;
use crate::gather::Gather;
use crate::services::authorize::{self, Target};
use crate::services::context::resource_tags;
use crate::services::errors::AwsError;
use crate::trace::NodeRef;

/// What a caller is authorized on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// An entity to come.
    New,
    /// An entity by its name or ARN; a user may be the caller.
    Entity,
    /// All of the kind below a path.
    All,
    /// The user whose access key it is.
    Key,
    /// A service-linked role to come.
    ServiceLinkedRole,
    /// A deletion of a service-linked role.
    Task,
    /// The user, group or role whose policies are simulated.
    Source,
    /// `*`
    Everything,
}

/// Authorizes the operation. Who renames a user or group must be allowed to under both names.
///
/// # Errors
/// AccessDenied.
pub(super) fn authorize(iam: &mut Iam<'_, '_>, to: &NodeRef) -> Result<(), AwsError> {
    let name = entity_name(iam)?;
    let kind = iam.operation.kind;
    allowed(iam, to, &name, resource(iam, &name))?;
    match moved(iam, kind, &name) {
        Some(new) => allowed(iam, to, &name, (new.arn, format!("{} {}", kind.facts().words, new.name))),
        None => Ok(()),
    }
}

/// Authorizes the operation on one resource; `told` is how a refusal names it.
fn allowed(
    iam: &mut Iam<'_, '_>,
    to: &NodeRef,
    name: &str,
    (resource, told): (String, String),
) -> Result<(), AwsError> {
    let keys = keys(iam, name, &resource);
    let owner = Arn::parse(&resource).map(|arn| arn.account).filter(|account| *account != "aws");
    let target = Target {
        action: iam.operation.action,
        account: Some(owner.filter(|account| !account.is_empty()).unwrap_or(&iam.id).to_string()),
        resource,
        ..Target::default()
    };
    let nodes = (to.clone(), to.clone());
    let verdict = authorize::authorize(iam.call, &iam.caller, target, keys, REGION, nodes);
    if verdict.allows() { Ok(()) } else { Err(verdict.denial_on(&told)) }
}

/// The name, or ARN, of the entity that the operation is about.
fn entity_name(iam: &Iam<'_, '_>) -> Result<String, AwsError> {
    let facts = iam.operation.kind.facts();
    match (iam.operation.on, iam.operation.kind) {
        (On::Entity, Kind::User) => Ok(own_name(iam)),
        (On::New, _) => Ok(iam.text(facts.new).to_string()),
        (On::Key, _) => Ok(super::access_keys::owner(iam, iam.text("AccessKeyId")).unwrap_or_default()),
        _ => Ok(iam.text(facts.parameter).to_string()),
    }
}

/// The user that the request names, else the caller; empty if that isn't a user.
fn own_name(iam: &Iam<'_, '_>) -> String {
    iam.user_name().unwrap_or_default()
}

/// The ARN that policies are compared with, and how IAM names it in a refusal.
fn resource(iam: &Iam<'_, '_>, name: &str) -> (String, String) {
    let kind = iam.operation.kind;
    let facts = kind.facts();
    let arn_of_new = |path: &str, name: &str| arn::iam(&iam.id, facts.arn, path, name);
    match iam.operation.on {
        On::New => {
            let arn = arn_of_new(&path(iam.input), name);
            let told = if kind == Kind::Policy { format!("policy {name}") } else { arn.clone() };
            (arn, told)
        }
        On::Entity | On::Key => {
            let found = iam.account().ok().and_then(|account| find(account, kind, name));
            let arn = match kind {
                Kind::Policy | Kind::MfaDevice => name.to_string(),
                _ => found.map_or_else(|| arn_of_new("/", name), |entity| entity.arn.to_string()),
            };
            let told = if kind == Kind::MfaDevice { arn.clone() } else { format!("{} {name}", facts.words) };
            // The root user has no user's name.
            if name.is_empty() { (arn::root(&iam.id), arn::root(&iam.id)) } else { (arn, told) }
        }
        On::All => {
            let prefix = iam.input.get("PathPrefix").unwrap_or("/");
            let arn = arn_of_new(prefix, "");
            let told = if kind == Kind::Policy { format!("policy path {prefix}") } else { arn.clone() };
            (arn, told)
        }
        On::ServiceLinkedRole => {
            let service = iam.text("AWSServiceName");
            let name = service_linked_role_name(service, iam.input.get("CustomSuffix"));
            let arn =
                arn_of_new(&format!("/aws-service-role/{service}/"), &name.unwrap_or_else(|| "*".into()));
            (arn.clone(), arn)
        }
        On::Task => {
            let (path, role) = service_linked_roles::task_role(iam.text("DeletionTaskId"));
            let arn = arn_of_new(&path, role);
            (arn.clone(), arn)
        }
        On::Source => {
            let arn = iam.text("PolicySourceArn").to_string();
            (arn.clone(), arn)
        }
        On::Everything => ("*".to_string(), "*".to_string()),
    }
}

fn keys(iam: &Iam<'_, '_>, name: &str, resource: &str) -> Context {
    let mut keys = Context::default();
    let operation = iam.operation;
    let input = iam.input;
    let requested: Vec<&str> = input.members("Tags", ".Key");
    for (place, key) in requested.iter().enumerate() {
        let value = input.get(&format!("Tags.member.{}.Value", place + 1)).unwrap_or_default();
        keys.set(&format!("aws:RequestTag/{key}"), value, "origin.request");
    }
    let named: Vec<String> =
        requested.into_iter().chain(input.members("TagKeys", "")).map(str::to_string).gather();
    match named.is_empty() {
        true => keys.absent("aws:TagKeys", "origin.absent.not-sent"),
        false => keys.set_all("aws:TagKeys", named, "origin.request"),
    }
    let is = |verb: &str| operation.name().starts_with(verb);
    if is("Attach") || is("Detach") {
        keys.set("iam:PolicyARN", iam.text("PolicyArn"), "origin.request");
    }
    if let Some(service) = input.get("AWSServiceName") {
        keys.set("iam:AWSServiceName", service, "origin.request");
    }
    let found = iam.account().ok().and_then(|account| find(account, operation.kind, name));
    let boundary = match (input.get("PermissionsBoundary"), &found) {
        (Some(arn), _) => Some((arn, "origin.request")),
        (None, Some(entity)) if operation.on != On::New && entity.arn == resource => {
            entity.boundary.map(|arn| (arn, "origin.resource"))
        }
        _ => None,
    };
    if let Some((arn, origin)) = boundary {
        keys.set("iam:PermissionsBoundary", arn, origin);
    }
    let tags = found.filter(|_| operation.on == On::Entity).and_then(|entity| entity.tags);
    if let Some(tags) = tags {
        resource_tags(&mut keys, tags);
    }
    keys
}
