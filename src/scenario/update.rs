//! A patch acts on what runs as a stack update does: what the patch changes is changed in place, everything else stays.
//!
//! The scenario before the patch and the one after it are loaded as they stand, and each property in which the
//! two differ is carried over to the running cloud. So ids, sessions, objects and the clock stay, and so do
//! changes that commands made, unless the patch changes that very property. Entry: [`update`].
//!
//! AWS page: CloudFormation User Guide, "Update behaviors of stack resources".

/// `set` of several fields of one item.
macro_rules! set_each {
    ($live:ident, $before:ident, $after:ident: $($field:ident),+) => {
        $(set(&mut $live.$field, &$before.$field, &$after.$field);)+
    };
}

mod iam;
mod network;
mod organizations;

use super::document::Document;
use super::load::{Loaded, load_after};
use crate::cloud::{Account, Cloud};
use crate::json::Diagnostic;
use crate::sorted::SortedMap;

/// Loads the document that an edit made, and carries what it changes over to a running cloud.
///
/// Errors: the diagnostics of the new document; then nothing has changed.
pub fn update(cloud: &mut Cloud, before: &Loaded, document: &Document) -> Result<Loaded, Vec<Diagnostic>> {
    let after = load_after(document, Some(before))?;
    carry_over(cloud, &before.cloud, &after.cloud);
    Ok(after)
}

fn carry_over(cloud: &mut Cloud, before: &Cloud, after: &Cloud) {
    let now = cloud.now;
    merge_map(
        &mut cloud.buckets,
        (&before.buckets, &after.buckets),
        &|bucket| bucket.created = now,
        &|live, before, after| {
            set_each!(live, before, after: origin, account, region, policy, policy_text, policy_origin, public_access_block, ownership, tags);
        },
    );
    merge_map(&mut cloud.credentials, (&before.credentials, &after.credentials), &|_| {}, &set);
    set(&mut cloud.aws_managed_policies, &before.aws_managed_policies, &after.aws_managed_policies);
    merge_map(&mut cloud.accounts, (&before.accounts, &after.accounts), &|_| {}, &|_, _, _| {});
    organizations::update(cloud, before, after);
    for (id, account) in &mut cloud.accounts {
        if let (Some(before), Some(after)) = (before.accounts.get(id), after.accounts.get(id)) {
            set(&mut account.public_access_block, &before.public_access_block, &after.public_access_block);
            iam::update(account, (before, after), now);
            network::update(account, (before, after), now);
            forget_credentials(account, before, after);
        }
    }
}

/// Drops the role credentials that a metadata service holds if the patch changes the role, its trust policy or
/// the profile: it asks STS again, as that of a restarted instance would.
fn forget_credentials(account: &mut Account, before: &Account, after: &Account) {
    for (id, instance) in &mut account.instances {
        let profile = instance.instance_profile.as_deref();
        let moved = before.instances.get(id).map(|instance| &instance.instance_profile)
            != after.instances.get(id).map(|instance| &instance.instance_profile);
        if moved || iam::way_to_role(before, profile) != iam::way_to_role(after, profile) {
            instance.role_credentials.clear();
        }
    }
}

/// Takes the new value if the patch changes it.
#[inline(never)]
fn set<T: PartialEq + Clone>(live: &mut T, before: &T, after: &T) {
    if before != after {
        live.clone_from(after);
    }
}

/// Takes items away that the patch takes away, and adds those that it adds.
#[inline(never)]
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
fn merge_map<V: Clone>(
    live: &mut SortedMap<String, V>,
    (before, after): (&SortedMap<String, V>, &SortedMap<String, V>),
    adopt: &dyn Fn(&mut V),
    merge: &dyn Fn(&mut V, &V, &V),
) {
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
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
