//! Organizations: units, accounts, policies and where these are attached.

use super::{merge_map, set};
use crate::cloud::Cloud;

/// Carries over what a patch changes.
pub(super) fn update(cloud: &mut Cloud, before: &Cloud, after: &Cloud) {
    let now = cloud.now;
    let organizations = (&before.organizations, &after.organizations);
    merge_map(&mut cloud.organizations, organizations, &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, all_features, policy_types);
        merge_map(&mut live.units, (&before.units, &after.units), &|_| {}, &set);
        let accounts = (&before.accounts, &after.accounts);
        merge_map(&mut live.accounts, accounts, &|account| account.joined = now, &set);
        merge_map(
            &mut live.policies,
            (&before.policies, &after.policies),
            &|_| {},
            &|live, before, after| {
                set_each!(live, before, after: origin, name, description, kind, policy);
                for target in before.targets.iter().filter(|target| !after.targets.contains(*target)) {
                    live.targets.remove(target);
                }
                let added = after.targets.iter().filter(|target| !before.targets.contains(*target));
                live.targets.extend(added.cloned());
            },
        );
    });
}
