//! Roles that a service makes for itself: CreateServiceLinkedRole, DeleteServiceLinkedRole,
//! GetServiceLinkedRoleDeletionStatus.
//!
//! AWS page: IAM User Guide, "Create a service-linked role". Left out on purpose: what a service attaches to its
//! role, but for a few services; a service that would refuse the deletion because it still uses the role.

use super::create::check_name;
use super::kind::{Kind, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam, policy_document};
use crate::arn;
use crate::cloud::{Origin, Role};
use crate::policy::PolicyKind;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::sorted::SortedMap;

/// Service principal and role name, where people meet them most.
const SERVICES: [(&str, &str); 12] = [
    ("access-analyzer.amazonaws.com", "AWSServiceRoleForAccessAnalyzer"),
    ("autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling"),
    ("cloudtrail.amazonaws.com", "AWSServiceRoleForCloudTrail"),
    ("ec2fleet.amazonaws.com", "AWSServiceRoleForEC2Fleet"),
    ("ecs.amazonaws.com", "AWSServiceRoleForECS"),
    ("eks.amazonaws.com", "AWSServiceRoleForAmazonEKS"),
    ("elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing"),
    ("organizations.amazonaws.com", "AWSServiceRoleForOrganizations"),
    ("rds.amazonaws.com", "AWSServiceRoleForRDS"),
    ("spot.amazonaws.com", "AWSServiceRoleForEC2Spot"),
    ("ssm.amazonaws.com", "AWSServiceRoleForAmazonSSM"),
    ("support.amazonaws.com", "AWSServiceRoleForSupport"),
];

/// The name of a service's role. `None`: this program doesn't know it.
pub(super) fn role_name(service: &str, suffix: Option<&str>) -> Option<String> {
    let (_, name) = SERVICES.iter().find(|(principal, _)| *principal == service)?;
    Some(suffix.map_or_else(|| (*name).to_string(), |suffix| format!("{name}_{suffix}")))
}

/// The role's name in the id of a deletion.
pub(super) fn task_role(task: &str) -> &str {
    task.rsplit('/').nth(1).unwrap_or_default()
}

/// CreateServiceLinkedRole.
pub(super) fn create(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let (service, suffix) = (iam.text("AWSServiceName"), iam.input.get("CustomSuffix"));
    // Of these services Auto Scaling alone takes a suffix.
    if suffix.is_some() && service != "autoscaling.amazonaws.com" {
        return Err(IAM_NO_SUFFIX.with(&[("service", service)]));
    }
    let name = role_name(service, suffix)
        .ok_or_else(|| IAM_NO_SERVICE_LINKED_ROLE.error().for_want_of(format!("the role of {service}")))?;
    if check_name(iam.account()?, kind, &name).is_err_and(|error| error.code == "EntityAlreadyExists") {
        return Err(IAM_SERVICE_ROLE_TAKEN.with(&[("name", &name)]));
    }
    let text = format!(
        "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"Service\":\"{service}\"}},\
         \"Action\":\"sts:AssumeRole\"}}]}}"
    );
    let citation = format!("role/{name}");
    let trust_policy = policy_document::read(iam.call.cloud, &citation, None, &text, PolicyKind::Trust)?;
    let path = format!("/aws-service-role/{service}/");
    let role = Role {
        origin: Origin::default(),
        name: name.clone(),
        arn: arn::iam(&iam.id, "role", &path, &name),
        path,
        id: iam.new_id("AROA", &name),
        description: iam.text("Description").to_string(),
        trust_policy,
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        permissions_boundary: None,
        max_session_duration: 3_600,
        tags: SortedMap::new(),
        created: iam.call.cloud.now,
    };
    let shape = shapes::role(&role, Detail::Full);
    iam.account_mut()?.roles.insert(name, role);
    Ok(Some(Tree::of("Role", shape)))
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
    account.roles.remove(name);
    Ok(Some(Tree::of("DeletionTaskId", Tree::Text(task))))
}

/// GetServiceLinkedRoleDeletionStatus.
pub(super) fn status(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let task = iam.text("DeletionTaskId");
    if !task.starts_with("task/aws-service-role/") || task.split('/').count() != 5 {
        return Err(IAM_NO_TASK.with(&[("task", task)]));
    }
    Ok(Some(Tree::of("Status", Tree::Text("SUCCEEDED".into()))))
}
