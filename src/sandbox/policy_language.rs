//! What an editor of the scenario's policies asks: the ARNs that exist, what intrinsics stand for, and which policy
//! stands where in the scenario's text.
//!
//! Entries: [`Sandbox::arns`], [`Sandbox::intrinsics`], [`Sandbox::policy_at`], [`policy_findings`]. Left out on purpose:
//! checking and completing one policy, which `policy` does.

use super::Sandbox;
use crate::cloud::Account;
use crate::data::Tables;
use crate::gather::Gather;
use crate::json::{Span, Value};
use crate::policy::complete::{ScenarioArn, value_at};
use crate::policy::validate::{Finding, Subject, validate_resolved};
use crate::scenario::{Document, PolicyText, load_partly};
use std::ops::Range;

/// Most findings about the policies of a scenario; who has these mended, asks again.
const MAX_FINDINGS: usize = 1_000;

impl Sandbox {
    /// The ARNs of what exists: buckets, then each account's root user, principals, policies and network.
    pub fn arns(&self) -> Vec<ScenarioArn> {
        let mut arns: Vec<String> =
            self.cloud.buckets.keys().map(|name| format!("arn:aws:s3:::{name}")).gather();
        for account in self.cloud.accounts.values() {
            of_account(account, &mut arns);
        }
        arns.into_iter().map(|arn| ScenarioArn { arn }).gather()
    }

    /// What the intrinsics of a policy's text stand for: place and value, in the order of the text. `pointer` says in
    /// which template it stands.
    pub fn intrinsics(&self, pointer: &str, text: &str) -> Vec<(Span, Value)> {
        self.loaded.intrinsics(pointer, text)
    }

    /// The policy in which a UTF-16 offset of the scenario's text stands while that is being typed, and from where to
    /// where it goes there. A policy that wasn't there at the last load isn't known.
    pub fn policy_at(&self, text: &str, offset: usize) -> Option<(&PolicyText, Range<usize>)> {
        let (number, range) =
            value_at(text, offset, self.loaded.policies.iter().map(|policy| policy.pointer.as_str()))?;
        Some((self.loaded.policies.get(number)?, range))
    }
}

/// What IAM Access Analyzer would find in the policies of a scenario's text, at their places in that. A text that can't
/// be loaded is checked as far as it can be read; one that isn't JSON has none.
pub fn policy_findings(text: &str, tables: &Tables) -> Vec<Finding> {
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let Ok(loaded) = load_partly(&document) else { return Vec::new() };
    let mut all = Vec::new();
    for policy in &loaded.policies {
        let subject = Subject::new(policy.policy_type, policy.resource_type);
        let Some((subject, slice)) = subject.zip(document.policy_slice(&policy.pointer)) else { continue };
        let resolved = loaded.intrinsics(&policy.pointer, &policy.text);
        for mut finding in validate_resolved(&policy.text, subject, tables, &resolved) {
            for place in &mut finding.locations {
                place.pointer.insert_str(0, &policy.pointer);
                place.span = slice.place(place.span);
            }
            all.push(finding);
        }
        if all.len() >= MAX_FINDINGS {
            break;
        }
    }
    all.truncate(MAX_FINDINGS);
    all
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
    use crate::policy::validate::{ValidatePolicyOutput, validate};

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
    fn findings_stand_at_their_place_in_the_scenario_also_where_it_cannot_be_loaded() {
        let tables = Tables::carried();
        assert_eq!(policy_findings(EXAMPLE, &tables), []);
        let wrong = EXAMPLE.replace("\"s3:ListBucket\"", "\"s3:ListBuckett\"");
        let broken = wrong.replace("\"AWS::EC2::Instance\"", "\"AWS::EC2::Instants\"");
        assert!(Sandbox::new(&broken).is_err());
        for text in [wrong, broken] {
            let output = ValidatePolicyOutput::new(&text, &policy_findings(&text, &tables));
            let [finding] = output.findings.as_slice() else { panic!("{output:?}") };
            let place = &finding.locations[0];
            assert_eq!(finding.issue_code, "INVALID_ACTION");
            assert!(place.pointer.starts_with("/accounts/111122223333/template/Resources/"));
            let line = text.lines().nth(place.span.start.line as usize - 1).unwrap();
            assert!(line.split_at(place.span.start.column as usize - 1).1.starts_with("\"s3:ListBuckett\""));
        }
        assert_eq!(policy_findings("{", &tables), []);
        assert_eq!(policy_findings("[]", &tables), []);
    }

    #[test]
    fn a_policy_is_known_by_a_place_in_the_scenario() {
        let sandbox = Sandbox::new(EXAMPLE).unwrap();
        let typed = EXAMPLE.replacen("\"s3:ListBucket\"", "\"s3:List", 1);
        let offset = |place: usize| typed.get(..place).unwrap().encode_utf16().count();
        let (policy, range) =
            sandbox.policy_at(&typed, offset(typed.find("\"s3:List").unwrap() + 5)).unwrap();
        assert_eq!(policy.policy_type, "IDENTITY_POLICY");
        let key = "\"PolicyDocument\": ";
        assert_eq!(range.start, offset(typed.find(key).unwrap() + key.len()));
        assert_eq!(sandbox.policy_at(EXAMPLE, 3), None);
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
