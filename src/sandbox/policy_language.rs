//! What an editor of the scenario's policies asks: the ARNs that exist, and what intrinsics stand for.
//!
//! Entries: [`Sandbox::arns`], [`Sandbox::intrinsics`]. Left out on purpose: checking and completing, which
//! `policy` does.

use super::Sandbox;
use crate::cloud::Account;
use crate::json::{Span, Value};
use crate::policy::complete::ScenarioArn;

impl Sandbox {
    /// The ARNs of what exists: buckets, then each account's root user, principals, policies and network.
    pub fn arns(&self) -> Vec<ScenarioArn> {
        let mut arns: Vec<String> =
            self.cloud.buckets.keys().map(|name| format!("arn:aws:s3:::{name}")).collect();
        for account in self.cloud.accounts.values() {
            of_account(account, &mut arns);
        }
        arns.into_iter().map(|arn| ScenarioArn { arn }).collect()
    }

    /// What the intrinsics of a policy's text stand for: place and value, in the order of the text. `pointer` says in
    /// which template it stands.
    pub fn intrinsics(&self, pointer: &str, text: &str) -> Vec<(Span, Value)> {
        self.loaded.intrinsics(pointer, text)
    }
}

fn of_account(account: &Account, arns: &mut Vec<String>) {
    arns.push(format!("arn:aws:iam::{}:root", account.id));
    arns.extend(account.roles.values().map(|role| role.arn.clone()));
    arns.extend(account.users.values().map(|user| user.arn.clone()));
    arns.extend(account.groups.values().map(|group| group.arn.clone()));
    arns.extend(account.managed_policies.keys().cloned());
    arns.extend(account.instance_profiles.values().map(|profile| profile.arn.clone()));
    arns.extend(account.instances.values().map(|instance| instance.arn.clone()));
    let mut network = |kind: &str, id: &str| {
        arns.push(format!("arn:aws:ec2:{}:{}:{kind}/{id}", account.region, account.id));
    };
    for id in account.network.vpcs.keys() {
        network("vpc", id);
    }
    for id in account.network.vpc_endpoints.keys() {
        network("vpc-endpoint", id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Tables;
    use crate::policy::validate::{Subject, validate, validate_resolved};

    const EXAMPLE: &str = include_str!("../../www/scenarios/ec2-reads-s3.json");

    #[test]
    fn every_policy_of_the_example_is_checked_as_what_it_resolves_to() {
        let sandbox = Sandbox::new(EXAMPLE).unwrap();
        let tables = Tables::carried();
        let mut intrinsics = 0;
        for policy in sandbox.policies() {
            let subject = Subject::new(policy.policy_type, policy.resource_type).unwrap();
            let resolved = sandbox.intrinsics(&policy.pointer, &policy.text);
            intrinsics += resolved.len();
            let found = validate_resolved(&policy.text, subject, &tables, &resolved);
            assert_eq!(found, [], "{}", policy.pointer);
            assert_eq!(validate(&policy.text, subject, &tables).is_empty(), resolved.is_empty());
        }
        assert!(intrinsics > 0);
    }

    #[test]
    fn the_example_has_buckets_principals_and_networks() {
        let arns: Vec<String> =
            Sandbox::new(EXAMPLE).unwrap().arns().into_iter().map(|one| one.arn).collect();
        for start in ["arn:aws:s3:::my-sts-demo-bucket-1234567890", "arn:aws:iam::111122223333:root"] {
            assert!(arns.iter().any(|arn| arn == start), "{start}");
        }
        for part in [":role/", ":instance/i-", ":vpc/vpc-", ":instance-profile/"] {
            assert!(arns.iter().any(|arn| arn.contains(part)), "{part}");
        }
    }
}
