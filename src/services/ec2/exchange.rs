//! One request at EC2 whose caller is known: what it may do, and what it is about.
//!
//! AWS pages: EC2 User Guide, "Identity-based policies for Amazon EC2"; EC2 API Reference, "Error codes"
//! (`UnauthorizedOperation`, `DryRunOperation`). Entry: [`Ec2::permit`].

use super::quota;
use super::tags::{self, Tags};
use crate::authorization::Context;
use crate::cloud::{Account, Cloud, Network, Record, Role};
use crate::gather::Gather;
use crate::services::authenticate::Caller;
use crate::services::authorization_message;
use crate::services::authorize::{Target, Verdict, authorize};
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::pass_role::pass_role;
use crate::services::protocol::query::Parameters;
use crate::trace::{NodeKind, NodeRef};
use ipnet::Ipv4Net;

/// A request and its caller.
pub(super) struct Ec2<'c, 'a> {
    pub call: &'c mut Call<'a>,
    pub caller: Caller,
    /// The caller's account.
    pub account: String,
    /// The endpoint's region.
    pub region: String,
    /// `ec2:RunInstances`
    pub action: &'static str,
    /// The endpoint.
    pub node: NodeRef,
    /// Whether it is the region in which the account has its network.
    pub at_home: bool,
}

/// A resource that the caller must be allowed to use, with what is known of it.
pub(super) struct Wanted {
    pub arn: String,
    pub keys: Vec<(String, String)>,
    /// `None`: the request's own action.
    pub action: Option<&'static str>,
}

impl Wanted {
    /// A resource, for the request's own action.
    pub fn new(arn: String, keys: Vec<(String, String)>) -> Self {
        Wanted { arn, keys, action: None }
    }

    /// Whoever makes something with tags needs ec2:CreateTags too.
    pub fn tagging(ec2: &Ec2<'_, '_>, resource: &str, tags: &Tags, by: &str) -> Self {
        let (kind, id) = resource.split_once('/').unwrap_or((resource, "*"));
        let mut keys = tags::request_keys(tags);
        keys.push(("ec2:CreateAction".into(), by.to_string()));
        Wanted { arn: ec2.arn(kind, id), keys, action: Some("ec2:CreateTags") }
    }
}

impl Ec2<'_, '_> {
    /// The state of everything.
    pub fn cloud(&self) -> &Cloud {
        self.call.cloud
    }

    /// The caller's account.
    ///
    /// # Errors
    /// AuthFailure for an AWS service's own key, which has none.
    pub fn own(&self) -> Result<&Account, AwsError> {
        self.call.cloud.accounts.get(&self.account).ok_or_else(|| EC2_AUTH_FAILURE.error())
    }

    /// The caller's account, to be changed.
    pub fn own_mut(&mut self) -> Result<&mut Account, AwsError> {
        self.call.cloud.accounts.get_mut(&self.account).ok_or_else(|| EC2_AUTH_FAILURE.error())
    }

    /// The account's network, to be changed.
    pub fn network_mut(&mut self) -> Result<&mut Network, AwsError> {
        Ok(&mut self.own_mut()?.network)
    }

    /// `arn:aws:ec2:REGION:ACCOUNT:KIND/ID`
    pub fn arn(&self, kind: &str, id: &str) -> String {
        let account = if kind == "image" { "" } else { &self.account };
        format!("arn:aws:ec2:{}:{account}:{kind}/{id}", self.region)
    }

    /// Names from which the ids of the next thing that the account makes are derived.
    pub fn next_made(&mut self) -> Result<String, AwsError> {
        let network = self.network_mut()?;
        network.made = network.made.saturating_add(1);
        Ok(format!("made/{}", network.made))
    }

    /// A new id with that prefix; the resource's tags are those of the request.
    ///
    /// # Errors
    /// `...LimitExceeded` where the account has as many as it may have.
    pub fn make(&mut self, input: &Parameters, prefix: &str, kind: &str) -> Result<String, AwsError> {
        let tags = tags::specified(input, kind)?;
        quota::check(&self.own()?.network, input, kind)?;
        let name = self.next_made()?;
        let id = self.call.cloud.entropy.ec2(prefix, &[&self.account, &name]);
        let record = Record { tags, made: Some(self.call.cloud.now), description: String::new() };
        self.network_mut()?.records.insert(id.clone(), record);
        Ok(id)
    }

    /// Authorizes the action on every resource, then iam:PassRole for `role`, then ends a dry run.
    ///
    /// # Errors
    /// UnauthorizedOperation at the first refusal; DryRunOperation.
    pub fn permit(
        &mut self,
        input: &Parameters,
        wanted: Vec<Wanted>,
        role: Option<&Role>,
    ) -> Result<(), AwsError> {
        for wanted in wanted {
            let verdict = self.authorize(wanted);
            self.allowed(&verdict, ResourceClause::Plain)?;
        }
        if let Some(role) = role {
            let instance = self.arn("instance", "*");
            let passed = ("ec2.amazonaws.com", instance.as_str());
            let asks = (self.node.clone(), self.region.as_str());
            let verdict = pass_role(self.call, &self.caller, role, passed, asks);
            self.allowed(&verdict, ResourceClause::Plain)?;
        }
        dry_run(input)
    }

    /// Authorizes an action that isn't on a resource of its own.
    pub fn permit_listing(&mut self, input: &Parameters) -> Result<(), AwsError> {
        let verdict = self.authorize(Wanted::new("*".to_string(), Vec::new()));
        self.allowed(&verdict, ResourceClause::Absent)?;
        dry_run(input)
    }

    fn authorize(&mut self, wanted: Wanted) -> Verdict {
        let Wanted { arn, keys: known, action } = wanted;
        let mut keys = Context::default();
        keys.set("ec2:Region", self.region.as_str(), "origin.endpoint");
        let mut tag_keys = Vec::new();
        for (key, value) in known {
            let sent = key.starts_with("aws:RequestTag/");
            if let Some(tag) = key.strip_prefix("aws:RequestTag/") {
                tag_keys.push(tag.to_string());
            }
            keys.set(&key, value, if sent { "origin.request" } else { "origin.resource" });
        }
        match tag_keys.is_empty() {
            true => keys.absent("aws:TagKeys", "origin.absent.not-sent"),
            false => keys.set_all("aws:TagKeys", tag_keys, "origin.request"),
        }
        let to = NodeRef::new(NodeKind::Ec2, arn.as_str());
        let account = Some(self.account.clone());
        let action = action.unwrap_or(self.action);
        let target = Target { action, resource: arn, account, ..Target::default() };
        let nodes = (self.node.clone(), to);
        authorize(self.call, &self.caller, target, keys, &self.region, nodes)
    }

    fn allowed(&self, verdict: &Verdict, clause: ResourceClause) -> Result<(), AwsError> {
        if verdict.allows() {
            return Ok(());
        }
        let why = verdict.denial(clause);
        if clause == ResourceClause::Absent {
            return Err(EC2_UNAUTHORIZED_LISTING.with(&[("why", &why.message)]));
        }
        let message = authorization_message::encode(verdict, self.call.cloud.entropy);
        Err(EC2_UNAUTHORIZED.with(&[("why", &why.message), ("message", &message)]))
    }
}

/// Ends a request that only asks whether it would be allowed.
fn dry_run(input: &Parameters) -> Result<(), AwsError> {
    match flag(input, "DryRun")? {
        Some(true) => Err(EC2_DRY_RUN.error()),
        _ => Ok(()),
    }
}

/// A parameter that must be there.
pub(super) fn required<'p>(input: &'p Parameters, name: &str) -> Result<&'p str, AwsError> {
    input.get(name).ok_or_else(|| EC2_MISSING_PARAMETER.with(&[("parameter", name)]))
}

/// A boolean parameter.
pub(super) fn flag(input: &Parameters, name: &str) -> Result<Option<bool>, AwsError> {
    match input.get(name) {
        None => Ok(None),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(text) => Err(invalid(name, text, "Must be true or false")),
    }
}

/// A whole number.
pub(super) fn number(input: &Parameters, name: &str) -> Result<Option<u64>, AwsError> {
    let read = |text: &str| text.parse::<u64>().map_err(|_| invalid(name, text, "Must be a whole number"));
    input.get(name).map(read).transpose()
}

/// A range of addresses, its host bits zero.
pub(super) fn cidr(input: &Parameters, name: &str) -> Result<Ipv4Net, AwsError> {
    let text = required(input, name)?;
    let range = text.parse::<Ipv4Net>().map(|range| range.trunc());
    range.map_err(|_| invalid(name, text, "This is not a valid CIDR block."))
}

/// `InvalidParameterValue: Value (VALUE) for parameter NAME is invalid. WHY`
pub(super) fn invalid(name: &str, value: &str, why: &str) -> AwsError {
    EC2_INVALID_PARAMETER.with(&[("parameter", &lower_first(name)), ("value", value), ("why", why)])
}

/// EC2's texts write parameters with a small first letter.
fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).gather()
}
