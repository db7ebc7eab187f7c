//! Organizations: root, organizational units, accounts, and the policies that bind them.
//!
//! AWS page: Organizations API Reference, "Data Types"; Organizations User Guide, "Terminology and concepts".
//! Left out on purpose: invitations, delegated administrators, tag, backup and other management policies.

use super::Origin;
use crate::authorization::Level;
use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::ids::Entropy;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use crate::sorted::{SortedMap, SortedSet};
use std::sync::Arc;

/// An organization, kept under the id of its management account.
#[derive(Debug, Clone, PartialEq)]
pub struct Organization {
    /// Where it comes from.
    pub origin: Origin,
    /// `o-...`
    pub id: String,
    /// Twelve digits.
    pub management_account: String,
    /// `r-...`
    pub root_id: String,
    /// Whether all features are enabled; without them no policy binds.
    pub all_features: bool,
    /// Policy types that are enabled at the root.
    pub policy_types: SortedSet<ControlPolicyKind>,
    /// Units by id.
    pub units: SortedMap<String, OrganizationalUnit>,
    /// Accounts by id, the management account among them.
    pub accounts: SortedMap<String, MemberAccount>,
    /// Policies by id, AWS's own among them.
    pub policies: SortedMap<String, AttachedControlPolicy>,
    /// Accounts that CreateAccount made, by its request's id `car-...`.
    pub created_accounts: SortedMap<String, String>,
}

/// An organizational unit.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationalUnit {
    /// Where it comes from.
    pub origin: Origin,
    /// Its name, unique among its siblings.
    pub name: String,
    /// Id of the root or unit that it is in.
    pub parent: String,
}

/// An account as its organization knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberAccount {
    /// Where it comes from.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// The root user's address.
    pub email: String,
    /// Id of the root or unit that it is in.
    pub parent: String,
    /// When it joined.
    pub joined: Timestamp,
    /// Whether the organization made it (`CREATED`) or it joined otherwise (`INVITED`).
    pub created: bool,
}

/// A policy of the organization and where it is attached.
#[derive(Debug, Clone, PartialEq)]
pub struct AttachedControlPolicy {
    /// Where it comes from.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its type.
    pub kind: ControlPolicyKind,
    /// The document; its ARN is that of the policy.
    pub policy: Arc<Policy>,
    /// Ids of the root, units and accounts that it is attached to.
    pub targets: SortedSet<String>,
}

/// The types of policy that decide requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ControlPolicyKind {
    /// SERVICE_CONTROL_POLICY
    Service,
    /// RESOURCE_CONTROL_POLICY
    Resource,
}

/// What differs between the two types.
struct KindFacts {
    name: &'static str,
    /// Id of the policy that AWS attaches everywhere.
    default_id: &'static str,
    default_document: &'static str,
}

const SERVICE: KindFacts = KindFacts {
    name: "SERVICE_CONTROL_POLICY",
    default_id: "p-FullAWSAccess",
    default_document: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \
                       \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}",
};
const RESOURCE: KindFacts = KindFacts {
    name: "RESOURCE_CONTROL_POLICY",
    default_id: "p-RCPFullAWSAccess",
    default_document: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \
                       \"Principal\": \"*\",\n      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}",
};

impl ControlPolicyKind {
    /// Both.
    pub const ALL: [ControlPolicyKind; 2] = [ControlPolicyKind::Service, ControlPolicyKind::Resource];

    fn facts(self) -> &'static KindFacts {
        match self {
            ControlPolicyKind::Service => &SERVICE,
            ControlPolicyKind::Resource => &RESOURCE,
        }
    }

    /// As AWS writes it.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Id of FullAWSAccess or RCPFullAWSAccess.
    pub fn default_id(self) -> &'static str {
        self.facts().default_id
    }

    /// The grammar that its documents follow.
    pub fn policy_kind(self) -> PolicyKind {
        match self {
            ControlPolicyKind::Service => PolicyKind::ServiceControl,
            ControlPolicyKind::Resource => PolicyKind::ResourceControl,
        }
    }

    /// Most characters of a document (Organizations User Guide, "Quotas and service limits").
    pub fn longest(self) -> usize {
        match self {
            ControlPolicyKind::Service => 10_240,
            ControlPolicyKind::Resource => 5_120,
        }
    }

    /// Most policies of this type on one root, unit or account, likewise.
    pub fn most_attached(self) -> usize {
        match self {
            ControlPolicyKind::Service => 10,
            ControlPolicyKind::Resource => 5,
        }
    }

    /// The policy that AWS attaches to everything.
    fn default_policy(self) -> Option<AttachedControlPolicy> {
        let KindFacts { name, default_id, default_document } = self.facts();
        let arn = format!("arn:aws:organizations::aws:policy/{}/{default_id}", name.to_ascii_lowercase());
        let node = json::parse(default_document).ok()?;
        let text = Arc::from(*default_document);
        let policy = Policy::parse(arn.clone(), Some(arn), "", text, &node, self.policy_kind()).ok()?;
        Some(AttachedControlPolicy {
            origin: Origin::default(),
            name: default_id.trim_start_matches("p-").to_string(),
            description: "Allows access to every operation".to_string(),
            kind: self,
            policy: Arc::new(policy),
            targets: SortedSet::new(),
        })
    }
}

impl AttachedControlPolicy {
    /// Whether AWS made it: it can't be changed.
    pub fn is_aws_managed(&self) -> bool {
        self.origin.name.is_empty() && self.policy.name.starts_with("arn:aws:organizations::aws:")
    }
}

impl Organization {
    /// An organization of one account, its management account. SCPs are enabled, if all features are.
    pub fn new(entropy: &Entropy, management: &super::Account, now: Timestamp, all_features: bool) -> Self {
        let names = [management.id.as_str(), "organization"];
        let mut organization = Organization {
            origin: Origin::default(),
            id: entropy.hex("o-", 10, &names),
            management_account: management.id.clone(),
            root_id: entropy.hex("r-", 4, &names),
            all_features,
            policy_types: SortedSet::new(),
            units: SortedMap::new(),
            accounts: SortedMap::new(),
            policies: SortedMap::new(),
            created_accounts: SortedMap::new(),
        };
        for kind in ControlPolicyKind::ALL {
            let default = kind.default_policy().map(|policy| (kind.default_id().to_string(), policy));
            organization.policies.extend(default);
        }
        organization.enable(ControlPolicyKind::Service);
        let account = MemberAccount {
            origin: Origin::default(),
            name: management.name.clone(),
            email: format!("root@{}.example.com", management.id),
            parent: organization.root_id.clone(),
            joined: now,
            created: false,
        };
        organization.add_account(&management.id, account);
        organization
    }

    /// Enables a policy type: its default policy is attached to everything. Nothing happens without all features.
    pub fn enable(&mut self, kind: ControlPolicyKind) {
        if self.all_features && self.policy_types.insert(kind) {
            let everything = self.units.keys().chain(self.accounts.keys()).chain([&self.root_id]);
            let everything: Vec<String> = everything.cloned().gather();
            if let Some(policy) = self.policies.get_mut(kind.default_id()) {
                policy.targets.extend(everything);
            }
        }
    }

    /// Adds a unit, with AWS's default policies.
    pub fn add_unit(&mut self, id: &str, unit: OrganizationalUnit) {
        self.attach_defaults(id);
        self.units.insert(id.to_string(), unit);
    }

    /// Adds an account, with AWS's default policies.
    pub fn add_account(&mut self, id: &str, account: MemberAccount) {
        self.attach_defaults(id);
        self.accounts.insert(id.to_string(), account);
    }

    fn attach_defaults(&mut self, target: &str) {
        for kind in self.policy_types.iter() {
            if let Some(policy) = self.policies.get_mut(kind.default_id()) {
                policy.targets.insert(target.to_string());
            }
        }
    }

    /// Whether that is the id of the root, a unit or an account of this organization.
    pub fn has(&self, id: &str) -> bool {
        self.root_id == id || self.units.contains_key(id) || self.accounts.contains_key(id)
    }

    /// Id of the root or unit that a unit or account is in.
    pub fn parent(&self, id: &str) -> Option<&str> {
        let of_account = || self.accounts.get(id).map(|account| account.parent.as_str());
        self.units.get(id).map(|unit| unit.parent.as_str()).or_else(of_account)
    }

    /// Root, units and last the account or unit itself; empty if it isn't part of the organization.
    pub fn way_to<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let mut way = Vec::new();
        let mut at = self.has(id).then_some(id);
        while let Some(id) = at.filter(|_| way.len() <= self.units.len() + 2) {
            way.push(id);
            at = self.parent(id);
        }
        way.reverse();
        way
    }

    /// `o-.../r-.../ou-.../`, as aws:PrincipalOrgPaths and its likes write the place of an account or unit.
    pub fn path_of_parent(&self, id: &str) -> String {
        let mut path = format!("{}/", self.id);
        let way = self.way_to(id);
        for id in way.iter().take(way.len().saturating_sub(1)) {
            path.push_str(id);
            path.push('/');
        }
        path
    }

    /// Policies of that type attached to a root, unit or account.
    pub fn attached<'a>(
        &'a self,
        target: &'a str,
        kind: ControlPolicyKind,
    ) -> impl Iterator<Item = (&'a String, &'a AttachedControlPolicy)> {
        self.policies.iter().filter(move |(_, policy)| policy.kind == kind && policy.targets.contains(target))
    }

    /// What binds an account, root first. Empty: the management account, or a type that isn't enabled.
    pub fn levels(&self, account: &str, kind: ControlPolicyKind) -> Vec<Level> {
        if account == self.management_account || !self.policy_types.contains(&kind) {
            return Vec::new();
        }
        let level = |target: &&str| {
            let policies = self.attached(target, kind).map(|(_, attached)| attached.policy.clone()).gather();
            Level { target: (*target).to_string(), policies }
        };
        self.way_to(account).iter().map(level).gather()
    }

    /// `arn:aws:organizations::MANAGEMENT:KIND/o-...` and what follows.
    pub fn arn(&self, kind: &str, id: &str) -> String {
        let mut arn = format!("arn:aws:organizations::{}:{kind}/{}", self.management_account, self.id);
        if !id.is_empty() {
            arn.push('/');
            arn.push_str(id);
        }
        arn
    }

    /// The ARN of a policy of this organization.
    pub fn policy_arn(&self, kind: ControlPolicyKind, id: &str) -> String {
        self.arn("policy", &format!("{}/{id}", kind.name().to_ascii_lowercase()))
    }

    /// An id of a unit, derived from names: it holds the root's.
    pub fn unit_id(&self, entropy: &Entropy, names: &[&str]) -> String {
        let root = self.root_id.trim_start_matches("r-");
        entropy.hex(&format!("ou-{root}-"), 8, &[names, &["unit"]].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::Account;

    fn organization() -> Organization {
        let entropy = Entropy::new(1);
        let management = Account::new(&entropy, "111122223333", "management", "us-east-1");
        let mut made = Organization::new(&entropy, &management, Timestamp(0), true);
        let root = made.root_id.clone();
        for (id, parent) in [("ou-1", root.as_str()), ("ou-2", "ou-1")] {
            let unit = OrganizationalUnit {
                origin: Origin::default(),
                name: id.to_string(),
                parent: parent.to_string(),
            };
            made.add_unit(id, unit);
        }
        let account = MemberAccount {
            parent: "ou-2".to_string(),
            ..made.accounts.get("111122223333").unwrap().clone()
        };
        made.add_account("444455556666", account);
        made
    }

    #[test]
    fn levels_lead_from_the_root_to_the_account() {
        let mut made = organization();
        let targets = |made: &Organization, kind| -> Vec<String> {
            made.levels("444455556666", kind).into_iter().map(|level| level.target).collect()
        };
        let root = made.root_id.clone();
        assert_eq!(targets(&made, ControlPolicyKind::Service), [&*root, "ou-1", "ou-2", "444455556666"]);
        assert!(made.levels("111122223333", ControlPolicyKind::Service).is_empty());
        assert!(targets(&made, ControlPolicyKind::Resource).is_empty());
        made.enable(ControlPolicyKind::Resource);
        assert_eq!(targets(&made, ControlPolicyKind::Resource).len(), 4);
        assert_eq!(made.path_of_parent("444455556666"), format!("{}/{root}/ou-1/ou-2/", made.id));
        assert_eq!(made.path_of_parent("111122223333"), format!("{}/{root}/", made.id));
    }

    #[test]
    fn a_unit_in_itself_ends() {
        let mut made = organization();
        made.units.get_mut("ou-1").unwrap().parent = "ou-2".to_string();
        assert!(made.way_to("444455556666").len() <= 5);
    }
}
