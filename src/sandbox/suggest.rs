//! What would change the decision of an `authorize` step, as patches on the scenario.
//!
//! Entry: [`Sandbox::suggest`]. The authorization finds the edits and evaluates them; here they get their place in
//! the templates, and only those that load are given. Left out on purpose: edits of what isn't in the scenario, such
//! as AWS managed policies and session policies.

use super::Sandbox;
use crate::arn::Arn;
use crate::authorization::{
    self, AuthorizationRequest, Edit, Gate, Operation, Suggestion, authorize_without,
};
use crate::gather::Gather;
use crate::json::{Member, Node, Value, child, lookup, to_compact};
use crate::policy::Policy;
use crate::services::Question;

/// An edit of the scenario that changes a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioSuggestion {
    /// The gate that it opens, or closes if the request is allowed.
    pub gate: Gate,
    /// What kind of edit; the sentence is `reason.suggestion.CODE` of the catalogues.
    pub code: &'static str,
    /// The policy's name; `None`: a new one.
    pub policy: Option<String>,
    /// A JSON Patch on the scenario.
    pub patch: Vec<PatchOperation>,
}

/// A step of a JSON Patch.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchOperation {
    /// `add`, `remove`, `replace`.
    pub op: &'static str,
    /// JSON Pointer in the scenario.
    pub path: String,
    /// Of `add` and `replace`.
    pub value: Option<Node>,
}

impl ScenarioSuggestion {
    /// `{gate, code, policy | null, patch}`.
    pub fn to_node(&self) -> Node {
        object(vec![
            ("gate", string(self.gate.name())),
            ("code", string(self.code)),
            ("policy", self.policy.as_deref().map_or(Value::Null.node(), string)),
            ("patch", text(&self.patch)),
        ])
    }
}

/// Resources that are nothing but a policy.
const POLICY_TYPES: [&str; 3] = ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::S3::BucketPolicy"];

/// A public bucket is let be one.
const UNRESTRICT: &str = "reason.suggestion.unrestrict-public-buckets";

impl Sandbox {
    /// The edits that change what a step of the last command decided; none if it is no `authorize` step.
    pub fn suggest(&self, step: u32) -> Vec<ScenarioSuggestion> {
        let number = self.authorize_steps.iter().position(|authorize| *authorize == step);
        let Some(question) = number.and_then(|number| self.ledger.questions.get(number)) else {
            return Vec::new();
        };
        let Question { request, policies, off } = question;
        let written = |policy: &Policy| lookup(self.root(), &policy.pointer).cloned();
        let suggestions = authorization::suggest(request, policies, off, &written);
        let mut placed: Vec<ScenarioSuggestion> =
            suggestions.into_iter().filter_map(|suggestion| self.placed(suggestion, request)).gather();
        if !placed.iter().any(|one| one.gate == Gate::S3BlockPublicAccess) {
            placed.extend(self.unrestricted(question));
        }
        placed
    }

    /// RestrictPublicBuckets off, where that alone keeps a public policy from working.
    fn unrestricted(&self, question: &Question) -> Option<ScenarioSuggestion> {
        let Question { request, policies, off } = question;
        let gate = Gate::S3BlockPublicAccess;
        let closed = |policies| {
            authorize_without(request, policies, off, authorization::Detail::Brief).blocked_by.contains(&gate)
        };
        let mut opened = policies.clone();
        opened.public_access_block.as_mut()?.restrict_public_buckets = false;
        if !closed(policies) || closed(&opened) {
            return None;
        }
        let arn = Arn::parse(&request.resource)?;
        let bucket = self.cloud.buckets.get(arn.resource.split('/').next()?)?;
        let pointer = format!("{}/Properties/PublicAccessBlockConfiguration", bucket.origin.pointer);
        let (path, value) = match lookup(self.root(), &pointer) {
            Some(_) => (child(&pointer, "RestrictPublicBuckets"), Value::Bool(false).node()),
            // Without a configuration all four are on; a public policy needs two of them off.
            None => {
                let on = ["BlockPublicAcls", "IgnorePublicAcls"].map(|name| (name, Value::Bool(true).node()));
                (pointer, object(on.to_vec()))
            }
        };
        let op = if lookup(self.root(), &path).is_some() { "replace" } else { "add" };
        let patch = vec![PatchOperation { op, path, value: Some(value) }];
        self.loads(&patch)?;
        let code = UNRESTRICT.rsplit('.').next()?;
        Some(ScenarioSuggestion { gate, code, policy: None, patch })
    }

    /// Whether a patch gives a scenario that loads.
    fn loads(&self, patch: &[PatchOperation]) -> Option<()> {
        self.clone().patch(&to_compact(&text(patch))).ok()
    }

    /// The suggestion as a patch that loads.
    fn placed(&self, suggestion: Suggestion, request: &AuthorizationRequest) -> Option<ScenarioSuggestion> {
        let patch = match (&suggestion.edit, &suggestion.pointer) {
            (Edit::Patch(operations), Some(pointer)) => {
                operations.iter().map(|operation| self.in_policy(pointer, operation)).gather::<Option<_>>()?
            }
            (Edit::Document(document), _) => vec![self.new_policy(suggestion.gate, request, document)?],
            (Edit::Patch(_), None) => return None,
        };
        self.loads(&patch)?;
        let code = suggestion.short_code();
        Some(ScenarioSuggestion { gate: suggestion.gate, code, policy: suggestion.policy, patch })
    }

    /// An operation on a policy's document. Taking the document away takes the resource that is nothing else.
    fn in_policy(&self, pointer: &str, operation: &Operation) -> Option<PatchOperation> {
        lookup(self.root(), pointer).filter(|_| !pointer.is_empty())?;
        let path = match operation.path.as_str() {
            "" => {
                let holder = pointer.strip_suffix("/PolicyDocument")?;
                let resource = holder.strip_suffix("/Properties");
                let kind =
                    resource.and_then(|resource| lookup(self.root(), &child(resource, "Type"))?.as_str());
                match (resource, kind) {
                    (Some(resource), Some(kind)) if POLICY_TYPES.contains(&kind) => resource.to_string(),
                    (Some(_), _) => pointer.to_string(),
                    (None, _) => holder.to_string(),
                }
            }
            path => format!("{pointer}{path}"),
        };
        Some(PatchOperation { op: operation.op, path, value: operation.value.clone() })
    }

    /// A policy of its own: inline of the caller's role or user, or of the bucket.
    fn new_policy(
        &self,
        gate: Gate,
        request: &AuthorizationRequest,
        document: &Node,
    ) -> Option<PatchOperation> {
        match gate {
            Gate::Identity => {
                let principal = &request.principal;
                let arn = principal.issuer.as_deref().unwrap_or(&principal.arn);
                let account = self.cloud.accounts.get(principal.account.as_deref()?)?;
                let role = account.roles.values().find(|role| role.arn == arn).map(|role| &role.origin);
                let user = account.users.values().find(|user| user.arn == arn).map(|user| &user.origin);
                let owner = &role.or(user)?.pointer;
                let name = format!("Allow-{}", request.action.replace(':', "-"));
                let policy =
                    object(vec![("PolicyName", string(&name)), ("PolicyDocument", document.clone())]);
                let list = format!("{owner}/Properties/Policies");
                let (path, value) = match lookup(self.root(), &list) {
                    Some(_) => (format!("{list}/-"), policy),
                    None => (list, Value::Array(vec![policy]).node()),
                };
                Some(PatchOperation { op: "add", path, value: Some(value) })
            }
            Gate::Resource => {
                let arn = Arn::parse(&request.resource).filter(|arn| arn.service == "s3")?;
                let bucket = self.cloud.buckets.get(arn.resource.split('/').next()?)?;
                let (resources, id) = bucket.origin.pointer.rsplit_once('/')?;
                let path = format!("{resources}/{id}Policy");
                lookup(self.root(), &path).is_none().then_some(())?;
                let properties = object(vec![
                    ("Bucket", object(vec![("Ref", string(id))])),
                    ("PolicyDocument", document.clone()),
                ]);
                let policy =
                    object(vec![("Type", string("AWS::S3::BucketPolicy")), ("Properties", properties)]);
                Some(PatchOperation { op: "add", path, value: Some(policy) })
            }
            _ => None,
        }
    }
}

/// A patch as JSON.
fn text(patch: &[PatchOperation]) -> Node {
    let operation = |operation: &PatchOperation| {
        let value = operation.value.clone().map(|value| ("value", value));
        let members = [Some(("op", string(operation.op))), Some(("path", string(&operation.path))), value];
        object(members.into_iter().flatten().gather())
    };
    Value::Array(patch.iter().map(operation).gather()).node()
}

fn object(members: Vec<(&str, Node)>) -> Node {
    let member = |(key, node): (&str, Node)| Member::new(key, node);
    Value::Object(members.into_iter().map(member).gather()).node()
}

fn string(text: &str) -> Node {
    Value::string(text).node()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorization::Decision;
    use crate::trace::{AuthorizeEvidence, Evidence, Step, StepKind};

    const EXAMPLE: &str = include_str!("../../www/scenarios/ec2-reads-s3.json");
    const READ_POLICY: &str =
        "/accounts/111122223333/template/Resources/ReadPolicy/Properties/PolicyDocument";

    fn decision(steps: &[Step]) -> (u32, Decision) {
        let step = steps.iter().rfind(|step| step.kind == StepKind::Authorize).unwrap();
        let Evidence::Authorize(evidence) = &step.evidence else { panic!() };
        (step.step, evidence.decision)
    }

    /// Every refusal of the built-in scenarios: applying what is suggested for each closed gate allows the request.
    #[test]
    fn every_refusal_of_the_built_in_scenarios_can_be_turned() {
        let mut turned = 0;
        let mut left = Vec::new();
        for file in std::fs::read_dir("www/scenarios").unwrap() {
            let path = file.unwrap().path();
            let scenario = std::fs::read_to_string(&path).unwrap_or_default();
            let Ok(mut sandbox) = Sandbox::new(&scenario) else { continue };
            for step in sandbox.run_steps().to_vec() {
                let Ok(Some(ran)) = sandbox.apply(&step.action) else { continue };
                for (number, asked) in authorizations(&ran.trace.steps) {
                    if asked.decision == Decision::Allow {
                        continue;
                    }
                    let place = format!("{}: {} on {}", path.display(), asked.action, asked.resource);
                    let mut edited = sandbox.clone();
                    let suggestions = sandbox.suggest(number);
                    for suggestion in &suggestions {
                        edited.patch(&to_compact(&text(&suggestion.patch))).unwrap();
                    }
                    let again = edited.run(&ran.trace.command, Some(&ran.trace.host)).unwrap();
                    let same = |other: &AuthorizeEvidence| {
                        (&other.action, &other.resource) == (&asked.action, &asked.resource)
                    };
                    let mut allowed = authorizations(&again.trace.steps)
                        .filter(|(_, other)| same(other) && other.decision == Decision::Allow);
                    match allowed.next().is_none() {
                        true => left.push(place),
                        false => turned += 1,
                    }
                }
            }
        }
        assert!(turned > 25, "{turned}");
        // A role whose session is narrowed by a policy in a command, which no edit of the scenario reaches.
        let expected = |place: &String| place.contains("session-policy");
        assert!(left.iter().all(expected), "{left:#?}");
    }

    fn authorizations(steps: &[Step]) -> impl Iterator<Item = (u32, &AuthorizeEvidence)> {
        steps.iter().filter_map(|step| match &step.evidence {
            Evidence::Authorize(evidence) => Some((step.step, &**evidence)),
            _ => None,
        })
    }

    #[test]
    fn suggestions_change_the_scenario_so_that_the_decision_changes() {
        let mut sandbox = Sandbox::new(EXAMPLE).unwrap();
        let command = "aws s3 ls s3://my-sts-demo-bucket-1234567890/";
        let ran = sandbox.run(command, None).unwrap();
        let (step, allowed) = decision(&ran.trace.steps);
        assert_eq!(allowed, Decision::Allow);
        let suggestions = sandbox.suggest(step);
        assert!(!suggestions.is_empty());
        let mut denied = sandbox.clone();
        for suggestion in &suggestions {
            denied.patch(&to_compact(&text(&suggestion.patch))).unwrap();
        }
        let ran = denied.run(command, None).unwrap();
        assert_ne!(decision(&ran.trace.steps).1, Decision::Allow);

        let nothing = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}"#;
        sandbox.set_policy(READ_POLICY, nothing).unwrap();
        let ran = sandbox.run(command, None).unwrap();
        let (step, refused) = decision(&ran.trace.steps);
        assert_eq!(refused, Decision::ExplicitDeny);
        for suggestion in sandbox.suggest(step) {
            sandbox.patch(&to_compact(&text(&suggestion.patch))).unwrap();
        }
        let ran = sandbox.run(command, None).unwrap();
        assert_eq!(decision(&ran.trace.steps).1, Decision::Allow);
        assert!(sandbox.suggest(9999).is_empty());
    }
}
