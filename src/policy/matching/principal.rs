//! Principal and NotPrincipal: who a resource policy is about.
//!
//! AWS page: IAM User Guide, "AWS JSON policy elements: Principal" and "...: NotPrincipal".
//! Left out on purpose: SAML and web identity providers match no caller, since no such caller can be authenticated.

use crate::arn::Arn;

/// One entry of Principal or NotPrincipal.
#[derive(Debug, Clone, PartialEq)]
pub enum PrincipalPattern {
    /// `*` or `{"AWS": "*"}`.
    Everyone,
    /// An account, by its twelve digits or its root ARN.
    Account {
        /// As written.
        text: Box<str>,
        /// Its twelve digits.
        account: Box<str>,
        /// The partition, if a root ARN names it.
        partition: Option<Box<str>>,
    },
    /// ARN of a user, role, role session or federated user.
    Arn(Box<str>),
    /// `AROA...` or `AIDA...`: what is left of an ARN whose user or role was deleted.
    UniqueId(Box<str>),
    /// `ec2.amazonaws.com`
    Service(Box<str>),
    /// `{"Service": "*"}`
    EveryService,
    /// An identity provider.
    Federated(Box<str>),
    /// A canonical user id of S3.
    CanonicalUser(Box<str>),
}

/// The Principal or NotPrincipal of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct PrincipalElement {
    /// Whether it is NotPrincipal.
    pub negated: bool,
    /// Its entries.
    pub patterns: Box<[PrincipalPattern]>,
}

/// How a statement names the caller. Later forms are closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// By its account, which hands over to the account's own policies.
    Account,
    /// By the role of its session, or the user of its federated session.
    Issuer,
    /// Itself, or everyone.
    Caller,
}

/// What an account in Principal stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMeaning {
    /// Everybody in it.
    Everybody,
    /// Its root user alone: policies of gateway endpoints.
    RootUser,
}

/// What kind of caller it is, as far as Principal can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallerKind {
    /// User, role session or federated user.
    Iam,
    /// Root user of an account.
    Root,
    /// AWS service.
    Service,
    /// Nobody.
    Anonymous,
}

/// The names by which Principal can mean a caller.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// What kind of caller.
    pub kind: CallerKind,
    /// Its own ARN (a session's own), or the service's name.
    pub arn: &'a str,
    /// The role's ARN with path, or the user's ARN of a federated session.
    pub issuer: Option<&'a str>,
    /// `AROA...` of the role or `AIDA...` of the user.
    pub unique_id: Option<&'a str>,
    /// Twelve digits.
    pub account: Option<&'a str>,
    /// Whether it has a permissions boundary, which no NotPrincipal of a Deny spares.
    pub bounded: bool,
}

impl PrincipalPattern {
    /// How the entry names the caller, if it does.
    fn names(&self, caller: &Caller<'_>, meaning: AccountMeaning) -> Option<Naming> {
        match self {
            PrincipalPattern::Everyone => Some(Naming::Caller),
            PrincipalPattern::Account { account, partition, .. } => {
                let root_alone = meaning == AccountMeaning::RootUser && caller.kind != CallerKind::Root;
                let other = partition.as_deref().is_some_and(|partition| {
                    Arn::parse(caller.arn).is_none_or(|arn| arn.partition != partition)
                });
                (caller.account == Some(&**account) && !root_alone && !other).then_some(Naming::Account)
            }
            PrincipalPattern::Arn(arn) if **arn == *caller.arn && caller.issuer == Some(&**arn) => {
                Some(Naming::Issuer)
            }
            PrincipalPattern::Arn(arn) if **arn == *caller.arn => Some(Naming::Caller),
            PrincipalPattern::Arn(arn) => (caller.issuer == Some(&**arn)).then_some(Naming::Issuer),
            PrincipalPattern::UniqueId(id) => {
                let naming = if caller.issuer.is_some() { Naming::Issuer } else { Naming::Caller };
                (caller.unique_id == Some(&**id)).then_some(naming)
            }
            PrincipalPattern::Service(name) => {
                (caller.kind == CallerKind::Service && **name == *caller.arn).then_some(Naming::Caller)
            }
            PrincipalPattern::EveryService => (caller.kind == CallerKind::Service).then_some(Naming::Caller),
            PrincipalPattern::Federated(_) | PrincipalPattern::CanonicalUser(_) => None,
        }
    }

    /// As written.
    pub fn text(&self) -> &str {
        match self {
            PrincipalPattern::Everyone | PrincipalPattern::EveryService => "*",
            PrincipalPattern::Account { text, .. }
            | PrincipalPattern::Arn(text)
            | PrincipalPattern::UniqueId(text)
            | PrincipalPattern::Service(text)
            | PrincipalPattern::Federated(text)
            | PrincipalPattern::CanonicalUser(text) => text,
        }
    }
}

impl PrincipalElement {
    /// How the element of an Allow names the caller, if it does; every NotPrincipal that spares it names it.
    pub fn allows(&self, caller: &Caller<'_>, meaning: AccountMeaning) -> Option<Naming> {
        let named = self.patterns.iter().filter_map(|pattern| pattern.names(caller, meaning)).max();
        match (self.negated, named) {
            (false, named) => named,
            (true, Some(_)) => None,
            (true, None) => Some(Naming::Caller),
        }
    }

    /// Whether the element of a Deny hits the caller. NotPrincipal spares those alone whose every name is listed:
    /// session, role and account; and nobody with a permissions boundary.
    pub fn denies(&self, caller: &Caller<'_>, meaning: AccountMeaning) -> bool {
        if !self.negated {
            return self.patterns.iter().any(|pattern| pattern.names(caller, meaning).is_some());
        }
        let listed = |wanted: Naming| {
            self.patterns.iter().any(|pattern| {
                *pattern == PrincipalPattern::Everyone || pattern.names(caller, meaning) == Some(wanted)
            })
        };
        let spared = match caller.kind {
            CallerKind::Service | CallerKind::Anonymous => listed(Naming::Caller),
            CallerKind::Root => listed(Naming::Account) || listed(Naming::Caller),
            CallerKind::Iam => {
                let itself = listed(Naming::Caller) || caller.issuer == Some(caller.arn);
                listed(Naming::Account) && itself && (caller.issuer.is_none() || listed(Naming::Issuer))
            }
        };
        caller.bounded || !spared
    }
}
