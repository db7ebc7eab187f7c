//! What the CLI does for single operations beside their model: options of its own, files instead of members.
//!
//! AWS pages: AWS CLI Command Reference, "run-instances", "authorize-security-group-ingress",
//! "create-virtual-mfa-device", "get-object". Left out on purpose: customizations of operations without a table.

use super::{Answer, Invocation, messages};
use crate::base64::STANDARD;
use crate::client::absolute_path;
use crate::data::models::{Member, Operation, Place, Type};
use crate::http;
use crate::json::{self, Node, Value};

/// Options that the model doesn't have, as given.
#[derive(Debug, Default)]
pub(super) struct Custom(Vec<(String, String)>);

impl Custom {
    pub(super) fn push(&mut self, option: &str, value: &str) {
        self.0.push((option.to_string(), value.to_string()));
    }

    fn get(&self, option: &str) -> Option<&str> {
        self.0.iter().rev().find(|(own, _)| own == option).map(|(_, value)| value.as_str())
    }
}

/// Options beside the model's, by operation.
const OPTIONS: [(&str, &[&str]); 6] = [
    ("RunInstances", &["count", "associate-public-ip-address", "no-associate-public-ip-address"]),
    ("AuthorizeSecurityGroupIngress", &["protocol", "port", "cidr", "source-group"]),
    ("AuthorizeSecurityGroupEgress", &["protocol", "port", "cidr", "source-group"]),
    ("RevokeSecurityGroupIngress", &["protocol", "port", "cidr", "source-group"]),
    ("RevokeSecurityGroupEgress", &["protocol", "port", "cidr", "source-group"]),
    ("CreateVirtualMFADevice", &["outfile", "bootstrap-method"]),
];

/// Whether the CLI adds this option to the operation.
pub(super) fn option(operation: &Operation, option: &str) -> bool {
    options(operation).contains(&option)
}

/// Those that the CLI adds.
pub(super) fn options(operation: &Operation) -> &'static [&'static str] {
    OPTIONS.iter().find(|(name, _)| *name == operation.name).map_or(&[], |(_, own)| *own)
}

/// Those of the CLI's that are left out: they say so.
const LEFT_OUT: [(&str, &[&str]); 5] = [
    ("RunInstances", &["secondary-private-ip-addresses", "secondary-private-ip-address-count"]),
    ("AuthorizeSecurityGroupIngress", &["group-owner"]),
    ("AuthorizeSecurityGroupEgress", &["group-owner"]),
    ("RevokeSecurityGroupIngress", &["group-owner"]),
    ("RevokeSecurityGroupEgress", &["group-owner"]),
];

/// Whether the CLI adds this option and this doesn't.
pub(super) fn is_left_out(operation: &Operation, option: &str) -> bool {
    LEFT_OUT.iter().any(|(name, own)| *name == operation.name && own.contains(&option))
}

/// Whether an added option stands alone.
pub(super) fn is_flag(option: &str) -> bool {
    option.ends_with("associate-public-ip-address")
}

/// Whether the CLI takes this option of the model away.
pub(super) fn hides(operation: &Operation, option: &str) -> bool {
    match operation.name {
        "RunInstances" => matches!(option, "min-count" | "max-count"),
        "AuthorizeSecurityGroupIngress"
        | "AuthorizeSecurityGroupEgress"
        | "RevokeSecurityGroupIngress"
        | "RevokeSecurityGroupEgress" => matches!(
            option,
            "ip-protocol"
                | "from-port"
                | "to-port"
                | "cidr-ip"
                | "source-security-group-name"
                | "source-security-group-owner-id"
        ),
        _ => false,
    }
}

/// Whether a word without dashes names the file of a download.
pub(super) fn takes_file(operation: &Operation) -> bool {
    operation.name == "GetObject"
}

/// Options and words that the CLI wants beside the model's.
pub(super) fn missing(operation: &Operation, custom: &Custom, positional: &[String]) -> Vec<String> {
    let mut missing = Vec::new();
    if takes_file(operation) && positional.is_empty() {
        missing.push("outfile".to_string());
    }
    if operation.name == "CreateVirtualMFADevice" {
        let wanted = ["outfile", "bootstrap-method"].into_iter();
        missing.extend(wanted.filter(|name| custom.get(name).is_none()).map(|name| ["--", name].concat()));
    }
    missing
}

fn object(members: Vec<json::Member>) -> Node {
    Value::Object(members).node()
}

fn list(node: Node) -> Node {
    Value::Array(vec![node]).node()
}

fn text(value: &str) -> Node {
    Value::string(value).node()
}

fn number(value: &str) -> Node {
    Value::Number(value.into()).node()
}

/// Turns the CLI's own options into parameters.
pub(super) fn before(
    operation: &Operation,
    parameters: &mut Vec<json::Member>,
    custom: &Custom,
) -> Result<(), Box<Answer>> {
    match operation.name {
        "RunInstances" => run_instances(parameters, custom),
        // Files of this shell are text.
        "CreateVirtualMFADevice" if custom.get("bootstrap-method") == Some("QRCodePNG") => {
            Err(Box::new(Answer::not_modelled("aws iam create-virtual-mfa-device", "QRCodePNG")))
        }
        _ if operation.name.contains("SecurityGroup") => security_group_rule(parameters, custom),
        _ => Ok(()),
    }
}

fn refuse(text: &str) -> Box<Answer> {
    Box::new(Answer::error(252, messages::coded_error("ParamValidation", text)))
}

fn run_instances(parameters: &mut Vec<json::Member>, custom: &Custom) -> Result<(), Box<Answer>> {
    let given = |parameters: &[json::Member], name: &str| parameters.iter().any(|own| *own.key == *name);
    if custom.get("count").is_some() || !given(parameters, "MinCount") {
        let count = custom.get("count").unwrap_or("1");
        let (least, most) = count.split_once(':').unwrap_or((count, count));
        if least.parse::<u32>().is_err() || most.parse::<u32>().is_err() {
            return Err(refuse(messages::COUNT_FORM));
        }
        parameters.retain(|own| !["MinCount", "MaxCount"].contains(&&*own.key));
        parameters.push(json::Member::new("MinCount", number(least)));
        parameters.push(json::Member::new("MaxCount", number(most)));
    }
    // The service wants it encoded.
    for own in parameters.iter_mut().filter(|own| *own.key == *"UserData") {
        if let Value::String(data) = &own.node.value {
            own.node = text(&STANDARD.encode(data.as_bytes()));
        }
    }
    let public = custom.get("associate-public-ip-address").map(|_| true);
    let public = public.or_else(|| custom.get("no-associate-public-ip-address").map(|_| false));
    if public.is_some() && given(parameters, "NetworkInterfaces") {
        return Err(refuse(messages::BESIDE_INTERFACES));
    }
    if let Some(public) = public {
        // Addresses belong to an interface, and with it what else stands for the first one.
        let mut interface = vec![
            json::Member::new("DeviceIndex", number("0")),
            json::Member::new("AssociatePublicIpAddress", Value::Bool(public).node()),
        ];
        for (from, to) in [("SubnetId", "SubnetId"), ("SecurityGroupIds", "Groups")] {
            if let Some(place) = parameters.iter().position(|own| *own.key == *from) {
                interface.push(json::Member::new(to, parameters.remove(place).node));
            }
        }
        parameters.push(json::Member::new("NetworkInterfaces", list(object(interface))));
    }
    Ok(())
}

/// `--protocol tcp --port 22 --cidr 0.0.0.0/0` as one entry of IpPermissions.
fn security_group_rule(parameters: &mut Vec<json::Member>, custom: &Custom) -> Result<(), Box<Answer>> {
    if custom.0.is_empty() {
        return Ok(());
    }
    if parameters.iter().any(|own| *own.key == *"IpPermissions") {
        let mut beside = ["protocol", "port", "cidr", "source-group"].into_iter();
        let beside = beside.find(|option| custom.get(option).is_some()).unwrap_or_default();
        return Err(refuse(&messages::beside_permissions(beside)));
    }
    let mut rule = Vec::new();
    match custom.get("protocol") {
        None => {}
        Some("all") => rule.push(json::Member::new("IpProtocol", text("-1"))),
        Some(protocol)
            if ["tcp", "udp", "icmp", "-1"].contains(&protocol) || protocol.parse::<u8>().is_ok() =>
        {
            rule.push(json::Member::new("IpProtocol", text(protocol)));
        }
        Some(_) => return Err(refuse(messages::PROTOCOL_FORM)),
    }
    if let Some(port) = custom.get("port") {
        let (from, to) = match port.rsplit_once('-').filter(|(from, _)| !from.is_empty()) {
            Some(range) => range,
            None if port == "all" => ("-1", "-1"),
            None => (port, port),
        };
        if from.parse::<i32>().is_err() || to.parse::<i32>().is_err() {
            return Err(refuse(messages::PORT_FORM));
        }
        rule.push(json::Member::new("FromPort", number(from)));
        rule.push(json::Member::new("ToPort", number(to)));
    }
    if let Some(cidr) = custom.get("cidr") {
        rule.push(json::Member::new("IpRanges", list(object(vec![json::Member::new("CidrIp", text(cidr))]))));
    }
    if let Some(group) = custom.get("source-group") {
        let name = if group.starts_with("sg-") { "GroupId" } else { "GroupName" };
        rule.push(json::Member::new(
            "UserIdGroupPairs",
            list(object(vec![json::Member::new(name, text(group))])),
        ));
    }
    parameters.push(json::Member::new("IpPermissions", list(object(rule))));
    Ok(())
}

/// Whether an option names a file whose bytes are the body.
pub(super) fn is_upload(member: &Member) -> bool {
    member.place == Place::Payload && member.kind == Type::Blob
}

/// The text of that file.
pub(super) fn upload(
    invocation: &Invocation<'_>,
    member: &Member,
    words: &[String],
) -> Result<Node, Box<Answer>> {
    let path = words.first().map_or("", String::as_str);
    let path = path.strip_prefix("fileb://").unwrap_or(path);
    invocation.shell.file(path).map(text).ok_or_else(|| {
        let option = ["--", &member.option()].concat();
        Box::new(Answer::error(252, messages::bad_parameter(&option, messages::NOT_A_PATH)))
    })
}

/// Puts into files what the CLI doesn't print. Gives what stands before the answer: a body for /dev/stdout.
pub(super) fn after(
    invocation: &mut Invocation<'_>,
    operation: &Operation,
    answer: &mut Node,
    custom: &Custom,
    positional: &[String],
) -> Result<String, Box<Answer>> {
    let found = match operation.name {
        "GetObject" => positional.first().cloned().zip(take(answer, "Body")),
        "CreateVirtualMFADevice" => seed(answer, custom),
        _ => None,
    };
    let Some((path, body)) = found else { return Ok(String::new()) };
    let absolute = absolute_path(&path, invocation.shell.home());
    let directory = absolute.rsplit_once('/').map_or("", |(directory, _)| directory);
    let refuse = |text: &str| Err(Box::new(Answer::error(255, messages::error(text))));
    match path.as_str() {
        "/dev/null" => {}
        "/dev/stdout" => return Ok(body),
        _ if invocation.shell.is_directory(&path) => return refuse(&messages::is_a_directory(&path)),
        _ if !directory.is_empty() && !invocation.shell.is_directory(directory) => {
            return refuse(&messages::no_such_file(&path));
        }
        _ if invocation.save(&absolute, &body) => {}
        _ => return Err(Box::new(Answer::too_large())),
    }
    Ok(String::new())
}

/// The file of a new virtual device, and its seed, which the CLI doesn't print.
fn seed(answer: &mut Node, custom: &Custom) -> Option<(String, String)> {
    let Value::Object(members) = &mut answer.value else { return None };
    let device = members.iter_mut().find(|own| *own.key == *"VirtualMFADevice")?;
    let body = take(&mut device.node, custom.get("bootstrap-method")?);
    for other in ["Base32StringSeed", "QRCodePNG"] {
        take(&mut device.node, other);
    }
    Some((custom.get("outfile")?.to_string(), decoded(&body?)))
}

fn take(node: &mut Node, name: &str) -> Option<String> {
    let Value::Object(members) = &mut node.value else { return None };
    let place = members.iter().position(|own| *own.key == *name)?;
    members.remove(place).node.as_str().map(str::to_string)
}

/// The text behind base64, as far as it is text.
fn decoded(body: &str) -> String {
    let bytes = STANDARD.decode(body).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Members of listings that come percent-encoded.
const KEYS: [&str; 8] =
    ["Key", "Prefix", "Delimiter", "Marker", "NextMarker", "StartAfter", "KeyMarker", "NextKeyMarker"];

/// The client asks for encoded keys in listings of objects, so that XML can carry each; whether it did.
pub(super) fn asks_for_url_encoding(operation: &Operation, parameters: &mut Node) -> bool {
    let asks = operation.name.starts_with("ListObject") && parameters.get("EncodingType").is_none();
    if let (true, Value::Object(members)) = (asks, &mut parameters.value) {
        members.push(json::Member::new("EncodingType", text("url")));
    }
    asks
}

/// Decodes the keys of a listing.
pub(super) fn decode_keys(node: &mut Node) {
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(decode_keys),
        Value::Object(members) => {
            for own in members {
                match &mut own.node.value {
                    Value::String(value) if KEYS.contains(&&*own.key) => {
                        *value = http::decode(&value.replace('+', " ")).into();
                    }
                    _ => decode_keys(&mut own.node),
                }
            }
        }
        _ => {}
    }
}
