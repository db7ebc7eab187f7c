//! Roles that a service makes for itself: CreateServiceLinkedRole, DeleteServiceLinkedRole,
//! GetServiceLinkedRoleDeletionStatus.
//!
//! AWS page: IAM User Guide, "Create a service-linked role". Left out on purpose: what a service attaches to its
//! role, but for a few services; a service that would refuse the deletion because it still uses the role.

use super::create::check_name;
use super::kind::{Kind, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam, policy_document};
use crate::cloud::{Role, service_linked_role_name};
use crate::services::errors::*;
use crate::services::protocol::Tree;

/// Path and name of the role in the id of a deletion: `task/aws-service-role/SERVICE/ROLE/UUID`.
pub(super) fn task_role(task: &str) -> (String, &str) {
    let mut parts = task.rsplit('/').skip(1);
    let role = parts.next().unwrap_or_default();
    (format!("/aws-service-role/{}/", parts.next().unwrap_or_default()), role)
}

/// CreateServiceLinkedRole.
pub(super) fn create(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let (service, suffix) = (iam.text("AWSServiceName"), iam.input.get("CustomSuffix"));
    // Of these services Auto Scaling alone takes a suffix.
    if suffix.is_some() && service != "autoscaling.amazonaws.com" {
        return Err(IAM_NO_SUFFIX.with(&[("service", service)]));
    }
    let unknown = || {
        let error = IAM_NO_SERVICE_LINKED_ROLE.with(&[("service", service)]);
        error.for_want_of(format!("the role of {service}"))
    };
    let name = service_linked_role_name(service, suffix).ok_or_else(unknown)?;
    if check_name(iam.account()?, kind, &name).is_err_and(|error| error.code == "EntityAlreadyExists") {
        return Err(IAM_SERVICE_ROLE_TAKEN.with(&[("name", &name)]));
    }
    let (id, citation, now) = (iam.new_id("AROA", &name), format!("role/{name}"), iam.call.cloud.now);
    let role = Role::service_linked(&iam.id, (service, &name), id, &citation, now);
    let mut role = role.ok_or_else(unknown)?;
    role.description = iam.text("Description").to_string();
    let account = iam.account_mut()?;
    account.roles.insert(name.clone(), role);
    Ok(shapes::entity(account, kind, &name, Detail::Full).map(|shape| Tree::of("Role", shape)))
}

/// DeleteServiceLinkedRole: AWS does it later; here it is done at once.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text("RoleName");
    let uuid = iam.call.uuid();
    let account = iam.account_mut()?;
    let role = account.roles.get(name).ok_or_else(|| no_such(kind, name))?;
    let Some(rest) = role.path.strip_prefix("/aws-service-role/") else {
        return Err(IAM_NOT_SERVICE_LINKED.with(&[("name", name)]));
    };
    let task = format!("task/aws-service-role/{rest}{name}/{uuid}");
    account.deletions.push(task.clone());
    if let Some(role) = account.roles.remove(name) {
        policy_document::call_principal(iam.call.cloud, &role.arn, &role.id);
    }
    Ok(Some(Tree::of("DeletionTaskId", Tree::Text(task))))
}

/// GetServiceLinkedRoleDeletionStatus.
pub(super) fn status(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let task = iam.text("DeletionTaskId");
    if !iam.account()?.deletions.iter().any(|deletion| deletion == task) {
        return Err(IAM_NO_TASK.with(&[("task", task)]));
    }
    Ok(Some(Tree::of("Status", Tree::Text("SUCCEEDED".into()))))
}
