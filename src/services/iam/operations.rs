//! The table of operations: what each takes, what it is authorized on, who does it.
//!
//! AWS pages: IAM API Reference, "Actions"; Service Authorization Reference, "Actions, resources, and condition keys for
//! AWS Identity and Access Management (IAM)".

use super::kind::Kind::{self, *};
use super::permission::On::{self, *};
use super::{
    Answer, Iam, access_keys, account, attached_policies, create, delete, get, group_members,
    inline_policies, instance_profile_roles, list, mfa_devices, permissions_boundary, policy_versions,
    service_linked_roles, simulate, simulated_policies, tags, update,
};

/// One operation.
pub(super) struct Operation {
    /// `iam:CreateRole`
    pub action: &'static str,
    /// What its caller is authorized on.
    pub on: On,
    /// What it is about.
    pub kind: Kind,
    /// Its parameters without what stands after a dot; those that must be there end with `*`.
    pub parameters: &'static str,
    /// Does it.
    pub run: fn(&mut Iam<'_, '_>, Kind) -> Answer,
}

impl Operation {
    /// `CreateRole`
    pub fn name(&self) -> &'static str {
        self.action.strip_prefix("iam:").unwrap_or(self.action)
    }
}

/// Each line: name, on, kind, parameters, function.
macro_rules! operations {
    ($($name:literal, $on:expr, $kind:expr, $parameters:literal, $run:path;)*) => {
        pub(super) const OPERATIONS: &[Operation] = &[$(Operation {
            action: concat!("iam:", $name),
            on: $on,
            kind: $kind,
            parameters: $parameters,
            run: $run,
        }),*];
    };
}

operations! {
    "CreateRole", New, Role,
        "RoleName* AssumeRolePolicyDocument* Path Description MaxSessionDuration PermissionsBoundary Tags", create::create;
    "CreateUser", New, User, "UserName* Path PermissionsBoundary Tags", create::create;
    "CreateGroup", New, Group, "GroupName* Path", create::create;
    "CreatePolicy", New, Policy, "PolicyName* PolicyDocument* Path Description Tags", create::create;
    "CreateInstanceProfile", New, InstanceProfile, "InstanceProfileName* Path Tags", create::create;

    "GetRole", Entity, Role, "RoleName*", get::get;
    "GetUser", Entity, User, "UserName", get::get;
    "GetGroup", Entity, Group, "GroupName* Marker MaxItems", get::get;
    "GetPolicy", Entity, Policy, "PolicyArn*", get::get;
    "GetInstanceProfile", Entity, InstanceProfile, "InstanceProfileName*", get::get;

    "ListRoles", All, Role, "PathPrefix Marker MaxItems", list::list;
    "ListUsers", All, User, "PathPrefix Marker MaxItems", list::list;
    "ListGroups", All, Group, "PathPrefix Marker MaxItems", list::list;
    "ListPolicies", All, Policy, "Scope OnlyAttached PathPrefix PolicyUsageFilter Marker MaxItems", list::policies;
    "ListInstanceProfiles", All, InstanceProfile, "PathPrefix Marker MaxItems", list::list;

    "DeleteRole", Entity, Role, "RoleName*", delete::delete;
    "DeleteUser", Entity, User, "UserName*", delete::delete;
    "DeleteGroup", Entity, Group, "GroupName*", delete::delete;
    "DeletePolicy", Entity, Policy, "PolicyArn*", delete::delete;
    "DeleteInstanceProfile", Entity, InstanceProfile, "InstanceProfileName*", delete::delete;

    "UpdateAssumeRolePolicy", Entity, Role, "RoleName* PolicyDocument*", update::trust_policy;
    "UpdateRole", Entity, Role, "RoleName* Description MaxSessionDuration", update::role;
    "UpdateRoleDescription", Entity, Role, "RoleName* Description*", update::role;
    "UpdateUser", Entity, User, "UserName* NewUserName NewPath", update::rename;
    "UpdateGroup", Entity, Group, "GroupName* NewGroupName NewPath", update::rename;

    "PutRolePolicy", Entity, Role, "RoleName* PolicyName* PolicyDocument*", inline_policies::put;
    "PutUserPolicy", Entity, User, "UserName* PolicyName* PolicyDocument*", inline_policies::put;
    "PutGroupPolicy", Entity, Group, "GroupName* PolicyName* PolicyDocument*", inline_policies::put;
    "GetRolePolicy", Entity, Role, "RoleName* PolicyName*", inline_policies::get;
    "GetUserPolicy", Entity, User, "UserName* PolicyName*", inline_policies::get;
    "GetGroupPolicy", Entity, Group, "GroupName* PolicyName*", inline_policies::get;
    "ListRolePolicies", Entity, Role, "RoleName* Marker MaxItems", inline_policies::list;
    "ListUserPolicies", Entity, User, "UserName* Marker MaxItems", inline_policies::list;
    "ListGroupPolicies", Entity, Group, "GroupName* Marker MaxItems", inline_policies::list;
    "DeleteRolePolicy", Entity, Role, "RoleName* PolicyName*", inline_policies::delete;
    "DeleteUserPolicy", Entity, User, "UserName* PolicyName*", inline_policies::delete;
    "DeleteGroupPolicy", Entity, Group, "GroupName* PolicyName*", inline_policies::delete;

    "AttachRolePolicy", Entity, Role, "RoleName* PolicyArn*", attached_policies::attach;
    "AttachUserPolicy", Entity, User, "UserName* PolicyArn*", attached_policies::attach;
    "AttachGroupPolicy", Entity, Group, "GroupName* PolicyArn*", attached_policies::attach;
    "DetachRolePolicy", Entity, Role, "RoleName* PolicyArn*", attached_policies::detach;
    "DetachUserPolicy", Entity, User, "UserName* PolicyArn*", attached_policies::detach;
    "DetachGroupPolicy", Entity, Group, "GroupName* PolicyArn*", attached_policies::detach;
    "ListAttachedRolePolicies", Entity, Role, "RoleName* PathPrefix Marker MaxItems", attached_policies::list;
    "ListAttachedUserPolicies", Entity, User, "UserName* PathPrefix Marker MaxItems", attached_policies::list;
    "ListAttachedGroupPolicies", Entity, Group, "GroupName* PathPrefix Marker MaxItems", attached_policies::list;
    "ListEntitiesForPolicy", Entity, Policy,
        "PolicyArn* EntityFilter PathPrefix PolicyUsageFilter Marker MaxItems", attached_policies::entities;

    "CreatePolicyVersion", Entity, Policy, "PolicyArn* PolicyDocument* SetAsDefault", policy_versions::create;
    "GetPolicyVersion", Entity, Policy, "PolicyArn* VersionId*", policy_versions::get;
    "ListPolicyVersions", Entity, Policy, "PolicyArn* Marker MaxItems", policy_versions::list;
    "SetDefaultPolicyVersion", Entity, Policy, "PolicyArn* VersionId*", policy_versions::set_default;
    "DeletePolicyVersion", Entity, Policy, "PolicyArn* VersionId*", policy_versions::delete;

    "PutRolePermissionsBoundary", Entity, Role, "RoleName* PermissionsBoundary*", permissions_boundary::put;
    "PutUserPermissionsBoundary", Entity, User, "UserName* PermissionsBoundary*", permissions_boundary::put;
    "DeleteRolePermissionsBoundary", Entity, Role, "RoleName*", permissions_boundary::delete;
    "DeleteUserPermissionsBoundary", Entity, User, "UserName*", permissions_boundary::delete;

    "TagRole", Entity, Role, "RoleName* Tags*", tags::tag;
    "TagUser", Entity, User, "UserName* Tags*", tags::tag;
    "TagPolicy", Entity, Policy, "PolicyArn* Tags*", tags::tag;
    "TagInstanceProfile", Entity, InstanceProfile, "InstanceProfileName* Tags*", tags::tag;
    "TagMFADevice", Entity, MfaDevice, "SerialNumber* Tags*", tags::tag;
    "UntagRole", Entity, Role, "RoleName* TagKeys*", tags::untag;
    "UntagUser", Entity, User, "UserName* TagKeys*", tags::untag;
    "UntagPolicy", Entity, Policy, "PolicyArn* TagKeys*", tags::untag;
    "UntagInstanceProfile", Entity, InstanceProfile, "InstanceProfileName* TagKeys*", tags::untag;
    "UntagMFADevice", Entity, MfaDevice, "SerialNumber* TagKeys*", tags::untag;
    "ListRoleTags", Entity, Role, "RoleName* Marker MaxItems", tags::list;
    "ListUserTags", Entity, User, "UserName* Marker MaxItems", tags::list;
    "ListPolicyTags", Entity, Policy, "PolicyArn* Marker MaxItems", tags::list;
    "ListInstanceProfileTags", Entity, InstanceProfile, "InstanceProfileName* Marker MaxItems", tags::list;
    "ListMFADeviceTags", Entity, MfaDevice, "SerialNumber* Marker MaxItems", tags::list;

    "AddRoleToInstanceProfile", Entity, InstanceProfile, "InstanceProfileName* RoleName*", instance_profile_roles::add;
    "RemoveRoleFromInstanceProfile", Entity, InstanceProfile, "InstanceProfileName* RoleName*",
        instance_profile_roles::remove;
    "ListInstanceProfilesForRole", Entity, Role, "RoleName* Marker MaxItems", instance_profile_roles::list;

    "AddUserToGroup", Entity, Group, "GroupName* UserName*", group_members::add;
    "RemoveUserFromGroup", Entity, Group, "GroupName* UserName*", group_members::remove;
    "ListGroupsForUser", Entity, User, "UserName* Marker MaxItems", group_members::list;

    "CreateAccessKey", Entity, User, "UserName", access_keys::create;
    "UpdateAccessKey", Entity, User, "UserName AccessKeyId* Status*", access_keys::update;
    "DeleteAccessKey", Entity, User, "UserName AccessKeyId*", access_keys::delete;
    "ListAccessKeys", Entity, User, "UserName Marker MaxItems", access_keys::list;
    "GetAccessKeyLastUsed", Key, User, "AccessKeyId*", access_keys::last_used;

    "CreateVirtualMFADevice", New, MfaDevice, "VirtualMFADeviceName* Path Tags", mfa_devices::create;
    "DeleteVirtualMFADevice", Entity, MfaDevice, "SerialNumber*", mfa_devices::delete;
    "ListVirtualMFADevices", All, MfaDevice, "AssignmentStatus Marker MaxItems", mfa_devices::list_virtual;
    "EnableMFADevice", Entity, User, "UserName* SerialNumber* AuthenticationCode1* AuthenticationCode2*",
        mfa_devices::enable;
    "ResyncMFADevice", Entity, User, "UserName* SerialNumber* AuthenticationCode1* AuthenticationCode2*",
        mfa_devices::resync;
    "DeactivateMFADevice", Entity, User, "UserName SerialNumber*", mfa_devices::deactivate;
    "ListMFADevices", Entity, User, "UserName Marker MaxItems", mfa_devices::list;
    "GetMFADevice", Entity, User, "UserName SerialNumber*", mfa_devices::get;

    "CreateServiceLinkedRole", ServiceLinkedRole, Role, "AWSServiceName* Description CustomSuffix",
        service_linked_roles::create;
    "DeleteServiceLinkedRole", Entity, Role, "RoleName*", service_linked_roles::delete;
    "GetServiceLinkedRoleDeletionStatus", Task, Role, "DeletionTaskId*", service_linked_roles::status;

    "SimulateCustomPolicy", Everything, Account,
        "PolicyInputList* PermissionsBoundaryPolicyInputList ActionNames* ResourceArns ResourcePolicy ResourceOwner \
         CallerArn ContextEntries Marker MaxItems", simulate::custom_policy;
    "SimulatePrincipalPolicy", Source, Account,
        "PolicySourceArn* PolicyInputList PermissionsBoundaryPolicyInputList ActionNames* ResourceArns ResourcePolicy \
         ResourceOwner CallerArn ContextEntries Marker MaxItems", simulate::principal_policy;
    "GetContextKeysForCustomPolicy", Everything, Account, "PolicyInputList*", simulated_policies::custom_keys;
    "GetContextKeysForPrincipalPolicy", Source, Account, "PolicySourceArn* PolicyInputList",
        simulated_policies::principal_keys;

    "GetAccountSummary", Everything, Account, "", account::summary;
    "GetAccountAuthorizationDetails", Everything, Account, "Filter Marker MaxItems", account::details;
}
