//! Resources: those of the scenario, and the ARN formats of the statement's actions.

use super::statement::Surroundings;
use super::{CompletionKind, Proposal};
use crate::arn::Arn;
use crate::data::{ResourceType, arns_overlap};
use crate::gather::Gather;
use crate::sorted::SortedSet;

/// What the statement's actions work on: the scenario's own first.
pub fn proposals(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let mut names = SortedSet::new();
    let types: Vec<&ResourceType> = surroundings
        .known_actions()
        .into_iter()
        .flat_map(|(service, action)| service.resources_of(action))
        .filter(|resource| names.insert(&resource.arn))
        .gather();
    let fits = |arn: &str| types.is_empty() || types.iter().any(|resource| is_of_type(arn, resource));
    let mut proposals = Vec::new();
    for arn in surroundings.arns.iter().map(|arn| &arn.arn) {
        let objects = is_bucket(arn).then(|| format!("{arn}/*"));
        for arn in std::iter::once(arn.clone()).chain(objects).filter(|arn| fits(arn)) {
            proposals.push(Proposal::new(arn, CompletionKind::Resource, "editor.resource.scenario"));
        }
    }
    let (region, account) = home(surroundings);
    for resource in &types {
        let arn = example(&resource.arn, &region, &account);
        if !proposals.iter().any(|proposal| proposal.label == arn) {
            proposals.push(Proposal::new(arn, CompletionKind::Resource, "editor.resource.format"));
        }
    }
    proposals.push(Proposal::new("*", CompletionKind::Resource, "editor.resource.all"));
    proposals
}

/// A bucket's name has no slash, which the format alone doesn't say.
fn is_of_type(arn: &str, resource: &ResourceType) -> bool {
    arns_overlap(&resource.arn, arn) && (resource.name != "bucket" || !arn.contains('/'))
}

fn is_bucket(arn: &str) -> bool {
    Arn::parse(arn)
        .is_some_and(|arn| arn.service == "s3" && arn.account.is_empty() && !arn.resource.contains('/'))
}

/// The Region and account of the scenario's first resources that name them; else all.
fn home(surroundings: &Surroundings<'_>) -> (String, String) {
    let arns = || surroundings.arns.iter().filter_map(|arn| Arn::parse(&arn.arn));
    let first = |field: &dyn Fn(Arn<'_>) -> String| arns().map(field).find(|text| !text.is_empty());
    let region = first(&|arn| arn.region.to_string()).unwrap_or_else(|| "*".to_string());
    let account = first(&|arn| arn.account.to_string()).unwrap_or_else(|| "*".to_string());
    (region, account)
}

/// The format with the names of its variable parts, to be overwritten: `arn:aws:s3:::BucketName/ObjectName`.
fn example(format: &str, region: &str, account: &str) -> String {
    let filled =
        format.replace("${Partition}", "aws").replace("${Region}", region).replace("${Account}", account);
    filled.replace("${", "").replace('}', "")
}
