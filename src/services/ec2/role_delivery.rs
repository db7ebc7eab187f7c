//! EC2 assumes the role of an instance profile and hands the session to the instance's metadata service.
//!
//! AWS page: EC2 User Guide, "IAM roles for Amazon EC2". The call to STS is a real one: a query request that
//! EC2 signs with its own key and that STS's front door answers. The session is kept for each version of the
//! metadata service, because `ec2:RoleDelivery` tells them apart.

use crate::cloud::{Credential, Ec2Delivery, Instance, RoleDelivery, Session, SessionPrincipal};
use crate::http::Request;
use crate::services::call::Call;
use crate::services::cloudtrail::record::{Exchange, note};
use crate::services::errors::AwsError;
use crate::services::protocol::query::form;
use crate::services::sts;
use crate::sigv4::{SigningKeyParams, sign};
use crate::trace::{Evidence, HttpEvidence, Outcome, Params, Recorder, StepKind};
use crate::trace::{NodeKind, NodeRef};
use std::sync::Arc;

const EC2: &str = "ec2.amazonaws.com";
/// Six hours; AWS doesn't document it.
const DURATION: &str = "21600";
/// New credentials are there at least five minutes before the old ones end.
const RENEWED_BEFORE: i64 = 300;

/// What the metadata service gets.
pub(in crate::services) enum Delivered {
    /// Credentials.
    Session(Arc<Session>),
    /// STS refused.
    Refused(AwsError),
}

/// The session of the instance's role: the one that is kept, or a new one from STS. A refusal isn't kept.
pub(in crate::services) fn deliver(
    call: &mut Call<'_>,
    instance: &Instance,
    delivery: RoleDelivery,
    role_name: &str,
) -> Delivered {
    let role = call.cloud.accounts.get(&instance.account).and_then(|account| account.roles.get(role_name));
    let (role_id, role_arn) = match role {
        Some(role) => (role.id.clone(), role.arn.clone()),
        None => (String::new(), crate::arn::iam(&instance.account, "role", "/", role_name)),
    };
    if let Some(session) = kept(call, instance, delivery, &role_id) {
        let steps = call.ledger.replay(&instance.id, delivery, &session.access_key_id);
        call.recorder.replay(&steps);
        return Delivered::Session(session);
    }
    let request = assume_role_request(call, instance, &role_arn);
    let mut recorder = Recorder::new();
    let from = NodeRef::new(NodeKind::Ec2, EC2);
    let to = NodeRef::new(NodeKind::Sts, request.parts().map_or("", |url| url.host));
    let step = recorder.open(StepKind::Sts, from.clone(), to, call.cloud.now);
    let mut inner = Call {
        cloud: &mut *call.cloud,
        ledger: &mut *call.ledger,
        recorder: &mut recorder,
        arrival: call.arrival,
        from,
        request: &request,
    };
    let (response, result) = sts::answer(&mut inner, &instance.region);
    let error = result.as_ref().err().map(|error| error.code);
    let exchange = Exchange {
        service: "sts",
        region: &instance.region,
        operation: "AssumeRole",
        error,
        response: &response,
    };
    note(&mut inner, &exchange);
    let mut params = Params::from([("role", role_arn), ("instance", instance.id.clone())]);
    let (outcome, code) = match &result {
        Ok(_) => (Outcome::Ok, "sts.role-assumed"),
        Err(error) => {
            params.insert("error", error.code.to_string());
            (Outcome::Denied, "sts.role-refused")
        }
    };
    let evidence = HttpEvidence { request, response: Some(response) };
    recorder.close(step, outcome, code, params, Evidence::Http(evidence));
    let steps = call.recorder.absorb(recorder);
    let session = match result {
        Ok(Some(access_key_id)) => bind(call, instance, delivery, &access_key_id),
        Ok(None) => None,
        Err(error) => return Delivered::Refused(error),
    };
    match session {
        Some(session) => {
            call.ledger.keep(&instance.id, delivery, &session.access_key_id, steps);
            Delivered::Session(session)
        }
        None => Delivered::Refused(crate::services::errors::QUERY_INVALID_TOKEN.error()),
    }
}

/// The session that the metadata service holds, while it is this role's and doesn't end soon.
fn kept(call: &Call<'_>, instance: &Instance, delivery: RoleDelivery, role_id: &str) -> Option<Arc<Session>> {
    let session = instance.role_credentials.get(&delivery)?;
    let SessionPrincipal::AssumedRole { role_id: of, .. } = &session.principal else { return None };
    let left = session.expires.epoch_seconds().saturating_sub(call.cloud.now.epoch_seconds());
    (of == role_id && left > RENEWED_BEFORE).then(|| session.clone())
}

/// EC2's own request to STS.
fn assume_role_request(call: &mut Call<'_>, instance: &Instance, role_arn: &str) -> Request {
    let access_key_id = call.cloud.entropy.access_key_id("AKIA", &["service", EC2]);
    let secret = call.cloud.entropy.secret_access_key(&["service", EC2]);
    let credential = Credential::Service { principal: EC2.into(), secret_access_key: secret.clone() };
    call.cloud.credentials.insert(access_key_id.clone(), credential);
    let url = format!("https://sts.{}.amazonaws.com/", instance.region);
    let mut request = Request::new("POST", &url)
        .with_header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .with_header("User-Agent", EC2);
    let body = form(&[
        ("Action", "AssumeRole"),
        ("Version", "2011-06-15"),
        ("RoleArn", role_arn),
        ("RoleSessionName", &instance.id),
        ("DurationSeconds", DURATION),
    ]);
    request.body = body.as_str().into();
    let params = SigningKeyParams {
        access_key_id: &access_key_id,
        secret: &secret,
        session_token: None,
        region: &instance.region,
        service: "sts",
        at: call.cloud.now,
    };
    sign(&request, &params).request
}

/// Binds the session to the instance and keeps it there.
fn bind(
    call: &mut Call<'_>,
    instance: &Instance,
    delivery: RoleDelivery,
    access_key_id: &str,
) -> Option<Arc<Session>> {
    let Some(Credential::Temporary(issued)) = call.cloud.credentials.get(access_key_id) else {
        return None;
    };
    let mut session = (**issued).clone();
    session.ec2 = Some(Ec2Delivery {
        instance_arn: instance.arn.clone(),
        delivery,
        vpc_id: instance.vpc_id.clone(),
        private_ip: instance.private_ip,
    });
    let session = Arc::new(session);
    call.cloud.credentials.insert(access_key_id.to_string(), Credential::Temporary(session.clone()));
    let account = call.cloud.accounts.get_mut(&instance.account)?;
    let holder = account.instances.get_mut(&instance.id)?;
    holder.role_credentials.insert(delivery, session.clone());
    Some(session)
}
