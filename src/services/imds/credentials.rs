//! The role's documents: `iam/info` and `iam/security-credentials/`.
//!
//! AWS pages: EC2 User Guide, "Retrieve security credentials from instance metadata"; IAM User Guide,
//! "Troubleshoot IAM and Amazon EC2".

use super::{Answer, page, plain};
use crate::cloud::{Cloud, Instance, InstanceProfile, RoleDelivery, Session};
use crate::gather::Gather;
use crate::services::call::Call;
use crate::services::ec2::role_delivery::{self, Delivered};
use crate::services::errors::{AwsError, IMDS_ASSUME_ROLE, IMDS_NO_PROFILE, IMDS_NO_ROLE};
use crate::trace::Outcome;

fn profile<'a>(cloud: &'a Cloud, instance: &Instance) -> Option<&'a InstanceProfile> {
    cloud.instance_profile(instance.instance_profile.as_deref()?)
}

/// `iam/info`: the instance profile.
pub(super) fn info(call: &Call<'_>, instance: &Instance) -> Answer {
    let updated = instance.launched.iso8601();
    let Some(profile) = profile(call.cloud, instance) else {
        let arn = instance.instance_profile.clone().unwrap_or_default();
        let error = IMDS_NO_PROFILE.with(&[("profile", &arn)]);
        let text = json(&[("Code", error.code), ("Message", &error.message), ("LastUpdated", &updated)]);
        return Answer::new(Outcome::Error, "imds.profile-deleted", plain(text, instance))
            .with("profile", arn);
    };
    let error = IMDS_NO_ROLE.error();
    let mut fields = vec![("Code", "Success"), ("LastUpdated", updated.as_str())];
    if profile.role.is_none() {
        fields.push(("Message", error.message.as_str()));
    }
    fields.push(("InstanceProfileArn", profile.arn.as_str()));
    fields.push(("InstanceProfileId", profile.id.as_str()));
    let (outcome, code) = match profile.role {
        Some(_) => (Outcome::Ok, "imds.profile"),
        None => (Outcome::Error, "imds.profile-without-role"),
    };
    Answer::new(outcome, code, plain(json(&fields), instance)).with("profile", profile.arn.as_str())
}

/// `iam/security-credentials/`: the name of the role.
pub(super) fn role_name(call: &Call<'_>, instance: &Instance) -> Answer {
    let arn = instance.instance_profile.clone().unwrap_or_default();
    match profile(call.cloud, instance) {
        None => Answer::new(Outcome::Error, "imds.profile-deleted", page(404)).with("profile", arn),
        Some(InstanceProfile { role: None, .. }) => {
            Answer::new(Outcome::Error, "imds.profile-without-role", page(404)).with("profile", arn)
        }
        Some(InstanceProfile { role: Some(role), .. }) => {
            Answer::new(Outcome::Ok, "imds.role-named", plain(role.clone(), instance))
                .with("role", role.as_str())
        }
    }
}

/// `iam/security-credentials/ROLE`: the credentials, got from STS if there are none or they end soon.
pub(super) fn deliver(call: &mut Call<'_>, instance: &Instance, version: RoleDelivery, role: &str) -> Answer {
    let named = profile(call.cloud, instance).and_then(|profile| profile.role.clone());
    if named.as_deref() != Some(role) {
        return Answer::new(Outcome::Error, "imds.other-role", page(404)).with("role", role);
    }
    match role_delivery::deliver(call, instance, version, role) {
        Delivered::Session(session) => delivered(instance, role, version, &session),
        Delivered::Refused(refusal) => refused(call, instance, role, &refusal),
    }
}

fn delivered(instance: &Instance, role: &str, version: RoleDelivery, session: &Session) -> Answer {
    let expires = session.expires.iso8601();
    let text = json(&[
        ("Code", "Success"),
        ("LastUpdated", &session.issued.iso8601()),
        ("Type", "AWS-HMAC"),
        ("AccessKeyId", &session.access_key_id),
        ("SecretAccessKey", &session.secret_access_key),
        ("Token", &session.session_token),
        ("Expiration", &expires),
    ]);
    let code = match version {
        RoleDelivery::ImdsV1 => "imds.credentials.delivered-without-token",
        RoleDelivery::ImdsV2 => "imds.credentials.delivered",
    };
    Answer::new(Outcome::Ok, code, plain(text, instance))
        .with("role", role)
        .with("expires", expires)
        .with("key", session.access_key_id.as_str())
}

fn refused(call: &Call<'_>, instance: &Instance, role: &str, refusal: &AwsError) -> Answer {
    let error = IMDS_ASSUME_ROLE.with(&[("role", role)]);
    let text = json(&[
        ("Code", error.code),
        ("Message", &error.message),
        ("LastUpdated", &call.cloud.now.iso8601()),
    ]);
    Answer::new(Outcome::Denied, "imds.credentials.refused", plain(text, instance))
        .with("role", role)
        .with("error", refusal.code)
}

/// An object in the layout of the metadata service.
fn json(fields: &[(&str, &str)]) -> String {
    let quote = |text: &str| {
        let node = crate::json::Value::string(text).node();
        crate::json::to_compact(&node)
    };
    let lines: Vec<String> =
        fields.iter().map(|(name, value)| format!("  \"{name}\" : {}", quote(value))).gather();
    format!("{{\n{}\n}}", lines.join(",\n"))
}
