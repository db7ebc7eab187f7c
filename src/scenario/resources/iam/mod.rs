//! Resource types of IAM, and what they share: names, paths, attachments.
//!
//! AWS page: IAM User Guide, "IAM and AWS STS quotas" (name limits, sizes, attachments).

pub(super) mod access_key;
pub(super) mod group;
pub(super) mod inline_policy;
pub(super) mod instance_profile;
pub(super) mod managed_policy;
pub(super) mod policy;
pub(super) mod role;
pub(super) mod service_linked_role;
pub(super) mod user;
pub(super) mod user_to_group_addition;
pub(super) mod virtual_mfa_device;

mod attachment;
mod naming;

pub(super) use attachment::{attach_inline, attach_listed, attach_managed, put_inline};
pub(super) use naming::{EntityKind, check_name, entity_name, path};

use super::known::{Kind, is_known, texts};
use crate::scenario::schema::{Property, Shape, required};

/// The element of a property `Policies`.
pub(super) const INLINE_POLICIES: Shape = Shape::List(&Shape::Object(INLINE_POLICY));
const INLINE_POLICY: &[Property] =
    &[required("PolicyName", Shape::Text), required("PolicyDocument", Shape::Policy)];
