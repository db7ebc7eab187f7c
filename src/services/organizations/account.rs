//! Accounts of the organization: CreateAccount, DescribeCreateAccountStatus, DescribeAccount, ListAccounts,
//! ListAccountsForParent, MoveAccount.
//!
//! AWS page: Organizations API Reference, the operations of these names. An account is made at once; it says so when
//! its status is asked for.

use super::{Answer, Ask, is_parent, shapes};
use crate::cloud::{ACCESS_ROLE, Account, MemberAccount, Organization, Origin};
use crate::json::Value;
use crate::services::errors::*;
use crate::services::protocol::json::one;

/// CreateAccount, with a role that the management account may assume.
pub(super) fn create(ask: &mut Ask<'_>) -> Answer {
    let (name, email) = (ask.text("AccountName"), ask.text("Email"));
    let is_email = email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    let is_email = is_email && !email.contains(char::is_whitespace) && (6..=64).contains(&email.len());
    let is_name = (1..=50).contains(&name.len()) && name.bytes().all(|byte| (0x20..=0x7e).contains(&byte));
    for (name, fits) in [("Email", is_email), ("AccountName", is_name)] {
        if !fits {
            return Err(ORG_INVALID_INPUT.with(&[("name", name)]).field("Reason", "INVALID_PATTERN"));
        }
    }
    let (entropy, now, names) = (ask.cloud.entropy, ask.cloud.now, ask.names());
    let names = names.each_ref().map(String::as_str);
    let id = entropy.account_id(&names);
    let request = entropy.hex("car-", 32, &names);
    let region = ask.cloud.accounts.get(&ask.management).map(|account| account.region.clone());
    let account = Account::new(&entropy, &id, name, &region.unwrap_or_default());
    ask.cloud.accounts.insert(id.clone(), account);
    let role = Some(ask.text("RoleName")).filter(|name| !name.is_empty()).unwrap_or(ACCESS_ROLE);
    ask.cloud.add_access_role(&id, &ask.management, role, Origin::default());
    let organization = ask.change()?;
    let member = MemberAccount {
        origin: Origin::default(),
        name: name.to_string(),
        email: email.to_string(),
        parent: organization.root_id.clone(),
        joined: now,
        created: true,
    };
    organization.add_account(&id, member);
    organization.created_accounts.insert(request.clone(), id);
    let status = shapes::create_account_status(organization, &request, "IN_PROGRESS");
    Ok(one("CreateAccountStatus", status))
}

/// DescribeCreateAccountStatus: a new account is ready when one asks.
pub(super) fn status(ask: &mut Ask<'_>) -> Answer {
    let has = |found: &Organization, id: &str| found.created_accounts.contains_key(id);
    let request = ask.known("CreateAccountRequestId", &ORG_REQUEST_NOT_FOUND, has)?;
    let status = shapes::create_account_status(ask.organization()?, request, "SUCCEEDED");
    Ok(one("CreateAccountStatus", status))
}

/// DescribeAccount.
pub(super) fn describe(ask: &mut Ask<'_>) -> Answer {
    let id = named(ask)?;
    Ok(one("Account", shapes::account(ask.organization()?, id)))
}

/// ListAccounts of the whole organization.
pub(super) fn list(ask: &mut Ask<'_>) -> Answer {
    let organization = ask.organization()?;
    let ids = organization.accounts.keys();
    Ok(shapes::listed("Accounts", organization, ids, &|_| true, shapes::account))
}

/// ListAccountsForParent: those right below a root or unit.
pub(super) fn list_for_parent(ask: &mut Ask<'_>) -> Answer {
    let (parent, organization) = (ask.parent()?, ask.organization()?);
    let ids = organization.accounts.keys();
    let inside = |id: &str| organization.parent(id) == Some(parent);
    Ok(shapes::listed("Accounts", organization, ids, &inside, shapes::account))
}

/// MoveAccount: to another root or unit, whose policies bind it from then on.
pub(super) fn move_to(ask: &mut Ask<'_>) -> Answer {
    let id = named(ask)?;
    let source = ask.known("SourceParentId", &ORG_SOURCE_NOT_FOUND, is_parent)?;
    let target = ask.known("DestinationParentId", &ORG_DESTINATION_NOT_FOUND, is_parent)?;
    if ask.organization()?.parent(id) != Some(source) {
        return Err(ORG_SOURCE_NOT_FOUND.error());
    }
    if source == target {
        return Err(ORG_DUPLICATE_ACCOUNT.error());
    }
    if let Some(account) = ask.change()?.accounts.get_mut(id) {
        account.parent = target.to_string();
    }
    Ok(Value::Null)
}

fn named<'a>(ask: &Ask<'a>) -> Result<&'a str, AwsError> {
    ask.known("AccountId", &ORG_ACCOUNT_NOT_FOUND, |found, id| found.accounts.contains_key(id))
}
