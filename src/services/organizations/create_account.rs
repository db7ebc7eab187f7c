//! CreateAccount: a new member account below the root, in progress at first.
//!
//! AWS page: Organizations API Reference, "CreateAccount".

use super::{Ask, Operation, Who, shapes};
use crate::cloud::{ACCESS_ROLE, Account, MemberAccount, Origin};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_INVALID_INPUT};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:CreateAccount",
    required: &["Email", "AccountName"],
    optional: &["RoleName"],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (name, email) = (ask.text("AccountName").to_string(), ask.text("Email").to_string());
    let is_email = email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if !is_email || email.contains(char::is_whitespace) || !(6..=64).contains(&email.len()) {
        return Err(ORG_INVALID_INPUT.with(&[("name", "Email")]).field("Reason", "INVALID_PATTERN"));
    }
    if name.is_empty() || name.len() > 50 || !name.bytes().all(|byte| (0x20..=0x7e).contains(&byte)) {
        return Err(ORG_INVALID_INPUT.with(&[("name", "AccountName")]).field("Reason", "INVALID_PATTERN"));
    }
    let (entropy, now, names) = (ask.cloud.entropy, ask.cloud.now, ask.names());
    let names = names.each_ref().map(String::as_str);
    let id = entropy.account_id(&names);
    let request = entropy.hex("car-", 32, &names);
    let region = ask.cloud.accounts.get(&ask.management).map(|account| account.region.clone());
    let account = Account::new(&entropy, &id, &name, &region.unwrap_or_default());
    ask.cloud.accounts.insert(id.clone(), account);
    let role = Some(ask.text("RoleName")).filter(|name| !name.is_empty()).unwrap_or(ACCESS_ROLE).to_string();
    ask.cloud.add_access_role(&id, &ask.management, &role, Origin::default());
    let (organization, _) = ask.change()?;
    let parent = organization.root_id.clone();
    let origin = Origin::default();
    organization.add_account(&id, MemberAccount { origin, name, email, parent, joined: now, created: true });
    organization.created_accounts.insert(request.clone(), id);
    let status = shapes::create_account_status(organization, &request, "IN_PROGRESS");
    Ok(object([("CreateAccountStatus", status)]))
}
