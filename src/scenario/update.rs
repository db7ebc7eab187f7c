//! A patch acts on what runs as a stack update does: what the patch changes is changed in place, everything else stays.
//!
//! The scenario before the patch and the one after it are loaded as they stand, and each property in which the
//! two differ is carried over to the running cloud. So ids, sessions, objects and the clock stay, and so do
//! changes that commands made, unless the patch changes that very property. Entry: [`update`].
//!
//! AWS page: CloudFormation User Guide, "Update behaviors of stack resources".

mod iam;
mod network;

use crate::cloud::{Account, Bucket, Cloud};
use std::collections::BTreeMap;

/// Carries the difference of two loads over to a running cloud.
///
/// Returns the ids of the instances whose metadata service forgets the role credentials that it holds, and its
/// last refusal too: the patch changes their role, its trust policy or their profile.
pub fn update(cloud: &mut Cloud, before: &Cloud, after: &Cloud) -> Vec<String> {
    let now = cloud.now;
    merge_map(
        &mut cloud.buckets,
        (&before.buckets, &after.buckets),
        |bucket| bucket.created = now,
        |live, before, after| {
            let Bucket { origin, account, region, policy, policy_origin, public_access_block, .. } = live;
            set(origin, &before.origin, &after.origin);
            set(account, &before.account, &after.account);
            set(region, &before.region, &after.region);
            set(policy, &before.policy, &after.policy);
            set(policy_origin, &before.policy_origin, &after.policy_origin);
            set(public_access_block, &before.public_access_block, &after.public_access_block);
        },
    );
    merge_map(&mut cloud.credentials, (&before.credentials, &after.credentials), |_| {}, set);
    set(&mut cloud.aws_managed_policies, &before.aws_managed_policies, &after.aws_managed_policies);
    let mut forgetful = Vec::new();
    for (id, account) in &mut cloud.accounts {
        if let (Some(before), Some(after)) = (before.accounts.get(id), after.accounts.get(id)) {
            set(&mut account.public_access_block, &before.public_access_block, &after.public_access_block);
            iam::update(account, (before, after), now);
            network::update(account, (before, after), now);
            forgetful.extend(forget_credentials(account, before, after));
        }
    }
    forgetful
}

/// Drops the role credentials of instances whose way to a role the patch changes.
fn forget_credentials(account: &mut Account, before: &Account, after: &Account) -> Vec<String> {
    let mut forgetful = Vec::new();
    for (id, instance) in &mut account.instances {
        let profile = instance.instance_profile.as_deref();
        let moved = before.instances.get(id).map(|instance| &instance.instance_profile)
            != after.instances.get(id).map(|instance| &instance.instance_profile);
        if moved || iam::way_to_role(before, profile) != iam::way_to_role(after, profile) {
            instance.role_credentials.clear();
            forgetful.push(id.clone());
        }
    }
    forgetful
}

/// Takes the new value if the patch changes it.
fn set<T: PartialEq + Clone>(live: &mut T, before: &T, after: &T) {
    if before != after {
        live.clone_from(after);
    }
}

/// Takes items away that the patch takes away, and adds those that it adds.
fn merge_list<T: PartialEq + Clone>(live: &mut Vec<T>, before: &Vec<T>, after: &Vec<T>) {
    if live == before {
        live.clone_from(after);
        return;
    }
    live.retain(|item| !before.contains(item) || after.contains(item));
    for item in after.iter().filter(|item| !before.contains(item)) {
        if !live.contains(item) {
            live.push(item.clone());
        }
    }
}

/// Removes what the patch removes, adds what it adds, and merges what is in both; what a command removed stays so.
fn merge_map<K: Ord + Clone, V: Clone>(
    live: &mut BTreeMap<K, V>,
    (before, after): (&BTreeMap<K, V>, &BTreeMap<K, V>),
    adopt: impl Fn(&mut V),
    merge: impl Fn(&mut V, &V, &V),
) {
    for key in before.keys().filter(|key| !after.contains_key(key)) {
        live.remove(key);
    }
    for (key, after) in after {
        match (before.get(key), live.get_mut(key)) {
            (None, _) => {
                let mut made = after.clone();
                adopt(&mut made);
                live.insert(key.clone(), made);
            }
            (Some(before), Some(live)) => merge(live, before, after),
            (Some(_), None) => {}
        }
    }
}
