//! Roles that AWS makes: those of services, by the service's name, and the one by which an organization's management
//! account gets into the accounts that it creates.
//!
//! AWS pages: IAM User Guide, "Create a service-linked role"; Organizations User Guide, "Accessing member accounts in
//! an organization". Left out on purpose: what a service attaches to its role.

use super::{Cloud, Origin, Role, aws_managed_policy};
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

/// The name that Organizations gives its role where none is chosen.
pub const ACCESS_ROLE: &str = "OrganizationAccountAccessRole";

/// The policy of that role.
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

impl Cloud {
    /// Makes the role in an account of an organization that lets the management account in as administrator.
    pub fn add_access_role(&mut self, account: &str, management: &str, name: &str, origin: Origin) {
        let id = self.entropy.unique_id("AROA", &[account, name]);
        let trusts = format!("\"AWS\":\"{}\"", arn::root(management));
        let citation = if origin.name.is_empty() { format!("role/{name}") } else { origin.name.clone() };
        let role = Role::made_by_aws(account, ("/", name), &trusts, id, &citation, self.now);
        if let Some(policy) = aws_managed_policy(ADMINISTRATOR) {
            self.aws_managed_policies.insert(ADMINISTRATOR.to_string(), policy.policy);
        }
        if let Some((mut role, account)) = role.zip(self.accounts.get_mut(account)) {
            role.origin = origin;
            role.attached_policies.push(ADMINISTRATOR.to_string());
            account.roles.insert(name.to_string(), role);
        }
    }
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
        let path = format!("/aws-service-role/{service}/");
        Role::made_by_aws(account, (&path, name), &format!("\"Service\":\"{service}\""), id, citation, now)
    }

    /// A role that trusts one principal, given as a member of `Principal`.
    fn made_by_aws(
        account: &str,
        (path, name): (&str, &str),
        trusts: &str,
        id: String,
        citation: &str,
        now: Timestamp,
    ) -> Option<Role> {
        let text = format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{{trusts}}},\
             \"Action\":\"sts:AssumeRole\"}}]}}"
        );
        let node = json::parse(&text).ok()?;
        let trust_policy = Policy::parse(citation, None, "", text.into(), &node, PolicyKind::Trust).ok()?;
        Some(Role {
            origin: Origin::default(),
            name: name.to_string(),
            arn: arn::iam(account, "role", path, name),
            path: path.to_string(),
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
