//! The role of the instance, from its metadata service.
//!
//! AWS pages: EC2 User Guide, "Retrieve security credentials from instance metadata"; AWS SDKs Reference Guide,
//! "IMDS credential provider". The exchanges are parts of this provider's step.

use super::{Attempt, Credentials};
use crate::client::metadata_service::{MetadataFault, MetadataService};
use crate::client::{ClientError, Configuration, Transport};
use crate::clock::Timestamp;
use crate::json::{self, Node};
use crate::trace::{NodeKind, NodeRef};

const PROVIDER: &str = "iam-role";
const PATH: &str = "/latest/meta-data/iam/security-credentials/";

pub(super) fn load(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    let service = MetadataService::new(configuration)?;
    let to = NodeRef::new(NodeKind::Imds, "169.254.169.254");
    let attempt = Attempt::begin(PROVIDER, Some(to), transport);
    match retrieve(&service, transport) {
        Ok(Ok((role, credentials))) => {
            attempt.with("role", &role).found(&credentials, transport);
            Ok(Some(credentials))
        }
        Ok(Err(refusal)) => {
            let Refusal { role, code } = refusal;
            attempt
                .with("role", &role)
                .with("code", &code)
                .passed_over("reason.imds.role-refused", transport);
            Ok(None)
        }
        Err(Fault::Role(MetadataFault::Refused(404))) => {
            attempt.passed_over("reason.imds.no-role", transport);
            Ok(None)
        }
        Err(Fault::Role(MetadataFault::V1Disabled)) => {
            attempt.failed("reason.imds.v1-disabled", transport);
            Err(ClientError::MetadataRetrieval.into())
        }
        Err(Fault::Role(fault) | Fault::Key(fault)) => {
            let (reason, status) = reason(fault);
            attempt.with("status", &status).passed_over(reason, transport);
            Ok(None)
        }
    }
}

/// Where the conversation broke off: at the role's name or at its key.
enum Fault {
    Role(MetadataFault),
    Key(MetadataFault),
}

/// An answer that tells why there are no credentials.
struct Refusal {
    role: String,
    code: String,
}

type Retrieved = Result<(String, Credentials), Refusal>;

/// Token, role name, credentials.
fn retrieve(service: &MetadataService, transport: &mut dyn Transport) -> Result<Retrieved, Fault> {
    let token = service.token(transport).map_err(Fault::Role)?;
    let role = service.get(transport, PATH, token.as_deref()).map_err(Fault::Role)?;
    // The CLI uses the whole body as the next segment, be it one line or several.
    let document = service.get(transport, &format!("{PATH}{role}"), token.as_deref()).map_err(Fault::Key)?;
    let node = json::parse(&document).map_err(|_| Fault::Key(MetadataFault::Refused(200)))?;
    Ok(match credentials(&node) {
        Some(credentials) => Ok((role, credentials)),
        None => {
            let code = node.get("Code").and_then(Node::as_str).unwrap_or_default().to_string();
            Err(Refusal { role, code })
        }
    })
}

/// All four fields, or nothing.
fn credentials(node: &Node) -> Option<Credentials> {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_string);
    Some(Credentials {
        access_key_id: text("AccessKeyId")?,
        secret_access_key: text("SecretAccessKey")?,
        session_token: Some(text("Token")?),
        expires: Timestamp::parse_iso8601(&text("Expiration")?),
        provider: PROVIDER,
        kept: None,
    })
}

fn reason(fault: MetadataFault) -> (&'static str, String) {
    match fault {
        MetadataFault::Disabled => ("reason.imds.disabled", String::new()),
        MetadataFault::NoConnection => ("reason.imds.no-connection", String::new()),
        MetadataFault::V1Disabled => ("reason.imds.v1-disabled", String::new()),
        MetadataFault::BadRequest => ("reason.imds.status", "400".to_string()),
        MetadataFault::Refused(status) => ("reason.imds.status", status.to_string()),
    }
}
