//! CloudTrail: the history of management events.
//!
//! AWS page: CloudTrail API Reference, "LookupEvents". Entries: [`handle`] for clients, [`record::note`] for every
//! exchange at a service. Simplified: an event is there at once, where AWS delivers it within minutes.
//! Left out on purpose: trails, event data stores, data events, Insights; asked for, they answer that.

mod lookup_events;
mod parameters;
pub(super) mod record;
mod user_identity;

use super::authenticate::{Dialect, Expected, authenticate};
use super::authorize::authorize_all;
use super::call::Call;
use super::denial::ResourceClause;
use super::errors::{AwsError, QUERY_INVALID_ACTION};
use super::protocol::json;
use crate::http::Response;
use crate::json::Value;
use crate::trace::{NodeKind, NodeRef};

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let result = answer(call, region);
    let to = NodeRef::new(NodeKind::Cloudtrail, call.host());
    call.respond_json(to, result)
}

fn answer(call: &mut Call<'_>, region: &str) -> Result<Value, AwsError> {
    let name = json::operation(call.request);
    if name != "LookupEvents" {
        let error = QUERY_INVALID_ACTION.with(&[("action", name), ("version", "2013-11-01")]);
        return Err(error.for_want_of(format!("cloudtrail:{name}")));
    }
    let members = json::input(call.request)?;
    let input = lookup_events::read(&members)?;
    let to = NodeRef::new(NodeKind::Cloudtrail, call.host());
    let caller =
        authenticate(call, &to, Expected { dialect: Dialect::Query, service: "cloudtrail", region })?;
    lookup_events::modelled(&members)?;
    let all = (to, ResourceClause::Absent);
    authorize_all(call, &caller, "cloudtrail:LookupEvents", region, all)?;
    let account = caller.principal.account.unwrap_or_default();
    lookup_events::answer(call, &account, region, &input)
}
