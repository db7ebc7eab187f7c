//! Roles that services make for themselves, by the service's name.
//!
//! AWS page: IAM User Guide, "Create a service-linked role". Left out on purpose: what a service attaches to its role.

use super::{Origin, Role};
use crate::arn;
use crate::clock::Timestamp;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use crate::sorted::SortedMap;
use std::sync::Arc;

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
pub fn service_linked_role_name(service: &str, suffix: Option<&str>) -> Option<String> {
    let (_, name) = SERVICES.iter().find(|(principal, _)| *principal == service)?;
    Some(suffix.map_or_else(|| (*name).to_string(), |suffix| format!("{name}_{suffix}")))
}

impl Role {
    /// The role of a service in an account, which trusts that service alone; `citation` names its trust policy.
    pub fn service_linked(
        account: &str,
        (service, name): (&str, &str),
        id: String,
        citation: &str,
        now: Timestamp,
    ) -> Option<Role> {
        let text = format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"Service\":\"{service}\"}},\
             \"Action\":\"sts:AssumeRole\"}}]}}"
        );
        let node = json::parse(&text).ok()?;
        let trust_policy = Policy::parse(citation, None, "", text.into(), &node, PolicyKind::Trust).ok()?;
        let path = format!("/aws-service-role/{service}/");
        Some(Role {
            origin: Origin::default(),
            name: name.to_string(),
            arn: arn::iam(account, "role", &path, name),
            path,
            id,
            description: String::new(),
            trust_policy: Arc::new(trust_policy),
            inline_policies: Vec::new(),
            attached_policies: Vec::new(),
            permissions_boundary: None,
            max_session_duration: 3_600,
            tags: SortedMap::new(),
            created: now,
        })
    }
}
