//! Tags of roles, users, policies, instance profiles and MFA devices: Tag, Untag, List.
//!
//! AWS page: IAM User Guide, "Tags for AWS Identity and Access Management resources".

use super::kind::{Kind, tags_of};
use super::shapes::pair;
use super::{Answer, Iam, parameters};
use crate::gather::Gather;
use crate::sorted::SortedMap;

/// Adds tags; keys have no case.
pub(super) fn tag(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let new = parameters::tags(iam.input)?;
    let tags = own(iam, kind)?;
    parameters::add_tags(tags, new)?;
    Ok(None)
}

/// Takes tags away; those that aren't there don't matter.
pub(super) fn untag(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let keys = iam.input.members("TagKeys", "");
    let tags = own(iam, kind)?;
    for key in keys {
        parameters::without(tags, key);
    }
    Ok(None)
}

/// Tells the tags.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let tags: &SortedMap<String, String> = own(iam, kind)?;
    let tags = tags.clone();
    let page = iam.page(tags.keys().cloned().gather())?;
    Ok(Some(page.answer("Tags", &|key| Some(pair(["Key", "Value"], key, tags.get(key)?)))))
}

fn own<'a>(
    iam: &'a mut Iam<'_, '_>,
    kind: Kind,
) -> Result<&'a mut SortedMap<String, String>, crate::services::errors::AwsError> {
    let name = iam.name(kind);
    if kind == Kind::Policy {
        return Ok(&mut iam.own_policy(name)?.tags);
    }
    tags_of(iam.account_mut()?, kind, name)
}
