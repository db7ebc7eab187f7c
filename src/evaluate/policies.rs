//! The policies of a line, Block Public Access, and what is switched off.

use super::documents::Documents;
use super::error::{Error, INVALID_REQUEST};
use super::request::{array, boolean, fields, required, string};
use crate::authorization::{AuthorizationRequest, Gate, Level, Policies, PublicAccessBlock};
use crate::gather::Gather;
use crate::json::Node;
use crate::policy::{Policy, PolicyKind};
use std::sync::Arc;

const FIELDS: [&str; 7] = ["identity", "boundary", "session", "resource", "vpcEndpoint", "scp", "rcp"];

/// Reads the field `policies`.
pub(super) fn read(
    line: &str,
    node: Option<&Node>,
    request: &AuthorizationRequest,
    documents: &mut Documents,
) -> Result<Policies, Box<Error>> {
    let mut policies = Policies::default();
    let Some(node) = node else {
        return Ok(policies);
    };
    let mut reader = Reader { line, documents };
    for member in fields(node, "/policies", &FIELDS)? {
        let (node, pointer) = (&member.node, format!("/policies/{}", member.key));
        match &*member.key {
            "identity" => policies.identity = reader.list(node, &pointer, PolicyKind::Identity)?,
            "boundary" => policies.boundary = Some(reader.policy(node, &pointer, PolicyKind::Identity)?),
            "session" => policies.session = Some(reader.list(node, &pointer, PolicyKind::Identity)?),
            "resource" => {
                let trust = request.asks_trust_policy();
                let kind = if trust { PolicyKind::Trust } else { PolicyKind::Resource };
                policies.resource = Some(reader.policy(node, &pointer, kind)?);
            }
            "vpcEndpoint" => {
                policies.vpc_endpoint = Some(reader.list(node, &pointer, PolicyKind::VpcEndpoint)?);
            }
            "scp" => policies.scp = reader.levels(node, &pointer, PolicyKind::ServiceControl)?,
            _ => policies.rcp = reader.levels(node, &pointer, PolicyKind::ResourceControl)?,
        }
    }
    Ok(policies)
}

struct Reader<'a> {
    line: &'a str,
    documents: &'a mut Documents,
}

impl Reader<'_> {
    fn list(&mut self, node: &Node, pointer: &str, kind: PolicyKind) -> Result<Vec<Arc<Policy>>, Box<Error>> {
        let items = array(node, pointer)?.iter().enumerate();
        items.map(|(number, item)| self.policy(item, &format!("{pointer}/{number}"), kind)).gather()
    }

    fn levels(&mut self, node: &Node, pointer: &str, kind: PolicyKind) -> Result<Vec<Level>, Box<Error>> {
        let mut levels = Vec::new();
        for (number, item) in array(node, pointer)?.iter().enumerate() {
            let pointer = format!("{pointer}/{number}");
            fields(item, &pointer, &["target", "policies"])?;
            let target = string(required(item, &pointer, "target")?, &format!("{pointer}/target"))?;
            let policies = required(item, &pointer, "policies")?;
            let policies = self.list(policies, &format!("{pointer}/policies"), kind)?;
            levels.push(Level { target: target.to_string(), policies });
        }
        Ok(levels)
    }

    fn policy(&mut self, node: &Node, pointer: &str, kind: PolicyKind) -> Result<Arc<Policy>, Box<Error>> {
        let endpoint = kind == PolicyKind::VpcEndpoint;
        let known: &[&str] = if endpoint {
            &["name", "document", "unknown", "type"]
        } else {
            &["name", "document", "unknown"]
        };
        fields(node, pointer, known)?;
        let name = string(required(node, pointer, "name")?, &format!("{pointer}/name"))?;
        let interface = match node.get("type") {
            None => false,
            Some(node) => endpoint_type(node, &format!("{pointer}/type"))?,
        };
        let unknown = match node.get("unknown") {
            None => false,
            Some(node) => boolean(node, &format!("{pointer}/unknown"))?,
        };
        let place = format!("{pointer}/document");
        let policy = match (unknown, node.get("document")) {
            (true, Some(_)) => return Err(Error::value(INVALID_REQUEST, place, "document", "unknown")),
            (true, None) => Policy::unknown(name, place),
            (false, None) => return Err(Error::missing("document", pointer)),
            (false, Some(document)) => {
                let known = self.documents.get(self.line, document, kind, &place)?;
                Policy::known(name, place, known.text, known.document, kind)
            }
        };
        Ok(Arc::new(if interface { policy.of_interface_endpoint() } else { policy }))
    }
}

/// Whether it is an interface endpoint.
fn endpoint_type(node: &Node, pointer: &str) -> Result<bool, Box<Error>> {
    match string(node, pointer)? {
        "Gateway" => Ok(false),
        "Interface" => Ok(true),
        other => Err(Error::value(INVALID_REQUEST, pointer, other, "Gateway, Interface")),
    }
}

/// Reads the field `s3`: flags, or those of account and bucket, of which the strictest count.
pub(super) fn public_access_block(node: Option<&Node>) -> Result<Option<PublicAccessBlock>, Box<Error>> {
    let Some(node) = node else {
        return Ok(None);
    };
    fields(node, "/s3", &["blockPublicAccess"])?;
    let Some(node) = node.get("blockPublicAccess") else {
        return Ok(None);
    };
    let pointer = "/s3/blockPublicAccess";
    if node.get("account").is_none() && node.get("bucket").is_none() {
        return flags(node, pointer).map(Some);
    }
    let mut strictest = PublicAccessBlock::default();
    for member in fields(node, pointer, &["account", "bucket"])? {
        let flags = flags(&member.node, &format!("{pointer}/{}", member.key))?;
        strictest.block_public_acls |= flags.block_public_acls;
        strictest.ignore_public_acls |= flags.ignore_public_acls;
        strictest.block_public_policy |= flags.block_public_policy;
        strictest.restrict_public_buckets |= flags.restrict_public_buckets;
    }
    Ok(Some(strictest))
}

fn flags(node: &Node, pointer: &str) -> Result<PublicAccessBlock, Box<Error>> {
    let mut flags = PublicAccessBlock::default();
    let known = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
    for member in fields(node, pointer, &known)? {
        let flag = match &*member.key {
            "BlockPublicAcls" => &mut flags.block_public_acls,
            "IgnorePublicAcls" => &mut flags.ignore_public_acls,
            "BlockPublicPolicy" => &mut flags.block_public_policy,
            _ => &mut flags.restrict_public_buckets,
        };
        *flag = boolean(&member.node, &format!("{pointer}/{}", member.key))?;
    }
    Ok(flags)
}

/// Reads the field `without`: takes policies of those names away, and gives the gates.
pub(super) fn without(node: Option<&Node>, policies: &mut Policies) -> Result<Vec<Gate>, Box<Error>> {
    let mut gates = Vec::new();
    let Some(node) = node else {
        return Ok(gates);
    };
    for (number, item) in array(node, "/without")?.iter().enumerate() {
        let pointer = format!("/without/{number}");
        let name = string(item, &pointer)?;
        if let Some(gate) = Gate::named(name) {
            gates.push(gate);
        } else if !policies.remove(name) {
            let names = Gate::ALL.map(Gate::name).join(", ");
            return Err(Error::value(INVALID_REQUEST, pointer, name, &names));
        }
    }
    Ok(gates)
}
