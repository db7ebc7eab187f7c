//! iam:PassRole: whether a caller may hand a role to a service. No API operation has that name; whoever gives a
//! service a role, as with RunInstances, is asked for it too.
//!
//! AWS page: IAM User Guide, "Grant a user permissions to pass a role to an AWS service". Entry: [`pass_role`].

use super::authenticate::Caller;
use super::authorize::{Target, Verdict, authorize};
use super::call::Call;
use super::context::resource_tags;
use crate::arn::Arn;
use crate::authorization::Context;
use crate::cloud::Role;
use crate::trace::{NodeKind, NodeRef};

/// Authorizes passing `role` to the service principal `to`, such as `ec2.amazonaws.com`, for the resource with the ARN
/// `associated` (`arn:aws:ec2:REGION:ACCOUNT:instance/*` for an instance to come; empty: none). Records an `authorize` step.
pub(super) fn pass_role(
    call: &mut Call<'_>,
    caller: &Caller,
    role: &Role,
    (to, associated): (&str, &str),
    (from, region): (NodeRef, &str),
) -> Verdict {
    let mut keys = Context::default();
    keys.set("iam:PassedToService", to, "origin.request");
    match associated {
        "" => keys.absent("iam:AssociatedResourceArn", "origin.absent.not-sent"),
        arn => keys.set("iam:AssociatedResourceArn", arn, "origin.request"),
    }
    resource_tags(&mut keys, &role.tags);
    let target = Target {
        action: "iam:PassRole",
        resource: role.arn.clone(),
        account: Arn::parse(&role.arn).map(|arn| arn.account.to_string()),
        ..Target::default()
    };
    let iam = NodeRef::new(NodeKind::Iam, role.arn.as_str());
    authorize(call, caller, target, keys, region, (from, iam))
}
