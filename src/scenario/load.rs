//! Document to cloud state: every part in turn, every finding collected.

use super::accounts::{self, AccountSource};
use super::document::Document;
use super::findings::{At, Findings};
use super::graph;
use super::hosts::{self, Host};
use super::intrinsics::{MAX_RESOLVED, STACK_NAME, scalar};
use super::loading::{Loading, Resource};
use super::localized_text::{self, LocalizedText};
use super::names::{AccountNames, Declared, Held, Names, Scope};
use super::policies::PolicyText;
use super::references::references;
use super::resources::ResourceType;
use super::steps::{self, LessonEntry, Step};
use super::template::{Parameter, ResourceSource};
use super::{fields, objects, parameters, schema};
use crate::clock::Timestamp;
use crate::cloud::{Account, Cloud, Record};
use crate::gather::Gather;
use crate::json::{Diagnostic, Member, Node, Severity, Value};
use crate::sorted::{SortedMap, SortedSet, sort_by};
use std::sync::Arc;

/// A scenario, ready to run.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Title.
    pub title: LocalizedText,
    /// What it shows, and why.
    pub description: LocalizedText,
    /// Everything that exists.
    pub cloud: Cloud,
    /// Machines with a shell, by name.
    pub hosts: SortedMap<String, Host>,
    /// Commands with what they should do.
    pub run: Vec<Step>,
    /// The lesson's entries.
    pub lesson: Vec<LessonEntry>,
    /// Every policy document, in the order of the text.
    pub policies: Vec<PolicyText>,
    /// What isn't modelled or is doubtful.
    pub diagnostics: Vec<Diagnostic>,
    /// What logical ids stand for.
    pub(super) names: Arc<Names>,
}

pub(super) const FIELDS: [&str; 9] =
    ["version", "title", "description", "clock", "seed", "accounts", "hosts", "run", "lesson"];

/// Most tags of a resource.
const MAX_TAGS: usize = 50;

/// The instant at which a scenario begins that names none: 2026-01-07T09:00:00Z.
const DEFAULT_CLOCK: Timestamp = Timestamp(1_767_776_400_000);

/// Loads a scenario. Errors: all diagnostics, where at least one of them is an error.
pub fn load(document: &Document) -> Result<Loaded, Vec<Diagnostic>> {
    load_after(document, None)
}

/// Loads a scenario whose resources were edited: its steps stay those of the load `before`, since they speak of
/// what was there when they were written.
pub(super) fn load_after(document: &Document, before: Option<&Loaded>) -> Result<Loaded, Vec<Diagnostic>> {
    let loaded = attempt(document, before)?;
    let is_error = |one: &Diagnostic| one.severity == Severity::Error;
    if loaded.diagnostics.iter().any(is_error) { Err(loaded.diagnostics) } else { Ok(loaded) }
}

/// What of a scenario can be loaded; its diagnostics may hold errors. Errors: the document isn't an object.
pub(crate) fn load_partly(document: &Document) -> Result<Loaded, Vec<Diagnostic>> {
    attempt(document, None)
}

fn attempt(document: &Document, before: Option<&Loaded>) -> Result<Loaded, Vec<Diagnostic>> {
    let mut findings = Findings::new(document.text(), document.root());
    let root = At::new(document.root());
    if !fields::check(root, &FIELDS, &mut findings) {
        return Err(findings.finish());
    }
    check_duplicates(root.node, &mut findings);
    let (clock, seed) = head(root, &mut findings);
    let texts = ["title", "description"].map(|name| {
        root.field(name).map(|text| localized_text::read(text, &mut findings)).unwrap_or_default()
    });
    let accounts = match fields::required(root, "accounts", &mut findings) {
        Some(accounts) => accounts::read(accounts, &mut findings),
        None => Vec::new(),
    };
    let mut loading = Loading {
        document,
        findings,
        names: Names::default(),
        budget: MAX_RESOLVED,
        cloud: Cloud::new(clock, seed),
        policies: Vec::new(),
        taken: SortedMap::new(),
        keys: SortedMap::new(),
        principals: Vec::new(),
    };
    declare(&mut loading, &accounts);
    make(&mut loading, &accounts);
    for account in &accounts {
        objects::create(&mut loading, account);
        for output in &account.template.outputs {
            loading.resolve(Scope::Template(account.id), *output);
        }
    }
    loading.check_principals();
    let hosts = hosts::read(&mut loading, root.field("hosts"));
    let (run, lesson) = match before {
        Some(before) => (before.run.clone(), before.lesson.clone()),
        None => steps::read(&mut loading, root, &hosts),
    };
    let diagnostics = loading.findings.finish();
    let mut policies = loading.policies;
    sort_by(&mut policies, |(a, _), (b, _)| a.cmp(b));
    let policies = policies.into_iter().map(|(_, policy)| policy).gather();
    let [title, description] = texts;
    let names = Arc::new(loading.names);
    Ok(Loaded { title, description, cloud: loading.cloud, hosts, run, lesson, policies, diagnostics, names })
}

/// version, clock, seed.
fn head(root: At<'_>, findings: &mut Findings<'_>) -> (Timestamp, u64) {
    if let Some(version) = fields::required(root, "version", findings)
        && version.node.as_i64() != Some(1)
    {
        findings.error("diagnostic.wrong-value", version, &[("expected", "1")]);
    }
    let clock = root.field("clock").and_then(|clock| {
        let text = fields::text(clock, findings)?;
        let instant = Timestamp::parse_iso8601(text);
        if instant.is_none() {
            findings.error("diagnostic.wrong-clock", clock, &[("clock", text)]);
        }
        instant
    });
    let seed = root.field("seed").and_then(|seed| {
        let number = fields::integer(seed, findings)?;
        let positive = u64::try_from(number).ok();
        if positive.is_none() {
            findings.error("diagnostic.negative", seed, &[]);
        }
        positive
    });
    (clock.unwrap_or(DEFAULT_CLOCK), seed.unwrap_or(1))
}

/// A key that stands twice in one object: the second one would be lost.
fn check_duplicates(node: &Node, findings: &mut Findings<'_>) {
    let mut members: Vec<&Member> = node.members().iter().gather();
    sort_by(&mut members, |a, b| a.key.cmp(&b.key));
    for pair in members.windows(2) {
        if let [first, second] = pair
            && first.key == second.key
        {
            let params = [("name", &*second.key)];
            findings.at(Severity::Error, "diagnostic.duplicate-key", second.key_span, &params);
        }
    }
    let inner = node.items().iter().chain(node.members().iter().map(|member| &member.node));
    inner.for_each(|inner| check_duplicates(inner, findings));
}

/// Makes the accounts with their default VPCs, and declares every name of every template.
fn declare(loading: &mut Loading<'_>, accounts: &[AccountSource<'_>]) {
    for source in accounts {
        let entropy = loading.cloud.entropy;
        let account = Account::new(&entropy, source.id, source.name, source.region);
        loading.cloud.accounts.insert(source.id.to_string(), account);
        let parameters =
            source.template.parameters.iter().map(|parameter| (parameter.name, Declared::default()));
        let resources = source.template.resources.iter().map(|resource| {
            (resource.logical_id, Declared { kind: resource.kind, is_resource: true, ..Declared::default() })
        });
        let declared = parameters.chain(resources).map(|(name, declared)| (name.to_string(), declared));
        let stack = entropy.uuid(&[source.id, "stack"]);
        let names = AccountNames {
            region: source.region.to_string(),
            stack_id: format!(
                "arn:aws:cloudformation:{}:{}:stack/{STACK_NAME}/{stack}",
                source.region, source.id
            ),
            declared: declared.gather(),
        };
        loading.names.accounts.insert(source.id.to_string(), names);
    }
    for source in accounts {
        parameters::check_given(loading, source);
    }
}

/// A parameter or resource of an account.
#[derive(Clone, Copy)]
struct Vertex<'s, 'a> {
    account: &'s AccountSource<'a>,
    name: &'a str,
    at: At<'a>,
    what: What<'s, 'a>,
}

#[derive(Clone, Copy)]
enum What<'s, 'a> {
    Parameter(&'s Parameter<'a>),
    Resource(&'s ResourceSource<'a>),
}

/// Makes everything in the order of dependency, then connects it.
fn make(loading: &mut Loading<'_>, accounts: &[AccountSource<'_>]) {
    let mut vertices = Vec::new();
    for account in accounts {
        for own in &account.template.parameters {
            vertices.push(Vertex { account, name: own.name, at: own.at, what: What::Parameter(own) });
        }
        for own in &account.template.resources {
            vertices.push(Vertex { account, name: own.logical_id, at: own.at, what: What::Resource(own) });
        }
    }
    let order = graph::order(&dependencies(loading, &vertices));
    for cycle in &order.cycles {
        report_cycle(loading, &vertices, cycle);
    }
    let mut made = Vec::new();
    for vertex in order.order.into_iter().filter_map(|place| vertices.get(place)) {
        match vertex.what {
            What::Parameter(parameter) => {
                let held = parameters::value(loading, vertex.account, parameter);
                set(loading, vertex, held, SortedMap::new());
            }
            What::Resource(source) => made.extend(create(loading, vertex, source)),
        }
    }
    for (kind, resource) in &made {
        if let Some(connect) = kind.connect {
            connect(loading, resource);
        }
    }
}

/// Resolves one resource, checks it against its type and makes it.
fn create<'a>(
    loading: &mut Loading<'_>,
    vertex: &Vertex<'_, 'a>,
    source: &ResourceSource<'a>,
) -> Option<(&'static ResourceType, Resource<'a>)> {
    let account = vertex.account;
    let properties = match source.properties {
        Some(at) => loading.resolve(Scope::Template(account.id), at),
        None => Node { value: Value::Object(Vec::<Member>::new()), span: source.at.span() },
    };
    let kind = source.kind?;
    schema::check(At::new(&properties), kind.properties, &mut loading.findings);
    let mut resource = Resource {
        account: account.id,
        region: account.region,
        logical_id: source.logical_id,
        at: source.at,
        pointer: loading.findings.pointer(source.at.span()),
        properties,
        tags: SortedMap::new(),
        reference: None,
    };
    resource.tags = tags(&resource, &mut loading.findings);
    let identity = (kind.create)(loading, &resource);
    if kind.name.starts_with("AWS::EC2::") && !resource.tags.is_empty() {
        // An address is known by its allocation, though Ref gives the address.
        let allocation = identity.values.first().filter(|_| kind.attributes.contains(&"AllocationId"));
        keep_tags(loading, &resource, allocation.or(identity.reference.as_ref()));
    }
    resource.reference.clone_from(&identity.reference);
    let held = identity.reference.map_or(Held::Unknown, Held::Text);
    set(loading, vertex, held, kind.attributes.iter().copied().zip(identity.values).gather());
    Some((kind, resource))
}

/// `Tags`: at most 50; their keys are unique, those of IAM ignoring case.
fn tags(resource: &Resource<'_>, findings: &mut Findings<'_>) -> SortedMap<String, String> {
    let mut tags = SortedMap::new();
    let Some(list) = resource.property("Tags") else { return tags };
    let kind = resource.at.field("Type").and_then(At::text).unwrap_or_default();
    let mut keys = SortedSet::new();
    for tag in list.items() {
        let text = |name: &str| scalar(tag.field(name)?.node);
        let (Some(key), Some(value)) = (text("Key"), text("Value")) else { continue };
        let told_apart =
            if kind.starts_with("AWS::IAM::") { key.to_ascii_lowercase() } else { key.to_string() };
        if !keys.insert(told_apart) || tags.len() == MAX_TAGS {
            findings.error("diagnostic.wrong-tags", list, &[("limit", &MAX_TAGS.to_string())]);
            break;
        }
        tags.insert(key.to_string(), value.to_string());
    }
    tags
}

/// Tags of EC2's resources stand beside them, by id; an instance holds its own.
fn keep_tags(loading: &mut Loading<'_>, resource: &Resource<'_>, id: Option<&String>) {
    let account = loading.cloud.accounts.get_mut(resource.account);
    if let Some((account, id)) = account.zip(id)
        && !account.instances.contains_key(id)
    {
        account
            .network
            .records
            .get_or_insert_with(id.clone(), Record::default)
            .tags
            .clone_from(&resource.tags);
    }
}

fn set(
    loading: &mut Loading<'_>,
    vertex: &Vertex<'_, '_>,
    held: Held,
    attributes: SortedMap<&'static str, String>,
) {
    let names = loading.names.accounts.get_mut(vertex.account.id);
    if let Some(declared) = names.and_then(|names| names.declared.get_mut(vertex.name)) {
        declared.reference = held;
        declared.attributes = attributes;
    }
}

/// What each vertex depends on. Names that don't exist are reported where they are resolved.
fn dependencies(loading: &mut Loading<'_>, vertices: &[Vertex<'_, '_>]) -> Vec<SortedSet<usize>> {
    let places = vertices.iter().enumerate();
    let places = places.map(|(place, vertex)| ((vertex.account.id, vertex.name), place)).gather();
    let places: SortedMap<(&str, &str), usize> = SortedMap::of_many(places);
    let Loading { names, findings, .. } = loading;
    let mut all = Vec::with_capacity(vertices.len());
    for vertex in vertices {
        let mut used = Vec::new();
        let scope = match vertex.what {
            What::Parameter(_) => {
                let given = vertex.account.parameters.and_then(|given| given.node.get(vertex.name));
                given.into_iter().for_each(|value| references(value, &mut used));
                Scope::Scenario
            }
            What::Resource(resource) => {
                if let Some(properties) = resource.properties {
                    references(properties.node, &mut used);
                }
                depend_on(names, findings, vertex.account.id, resource, &mut used);
                Scope::Template(vertex.account.id)
            }
        };
        let mut needs = Vec::new();
        for name in used {
            if let Ok((account, name, _)) = names.find(scope, name) {
                needs.extend(places.get(&(account, name)).copied());
            }
        }
        all.push(needs.into_iter().gather());
    }
    all
}

/// Adds what `DependsOn` names; it must be resources of the same template.
fn depend_on<'a>(
    names: &Names,
    findings: &mut Findings<'_>,
    account: &str,
    resource: &ResourceSource<'a>,
    used: &mut Vec<&'a str>,
) {
    let declared = names.accounts.get(account).map(|names| &names.declared);
    for at in &resource.depends_on {
        let Some(name) = at.text() else { continue };
        if declared.is_none_or(|declared| declared.get(name).is_none_or(|found| !found.is_resource)) {
            let mut known = declared.into_iter().flat_map(|declared| declared.keys()).map(String::as_str);
            fields::unknown(findings, fields::NAME, at.span(), name, &mut known);
        }
        used.push(name);
    }
}

fn report_cycle(loading: &mut Loading<'_>, vertices: &[Vertex<'_, '_>], cycle: &[usize]) {
    let cycle: Vec<&Vertex<'_, '_>> = cycle.iter().filter_map(|place| vertices.get(*place)).gather();
    let Some(first) = cycle.first() else { return };
    let one_account = cycle.iter().all(|vertex| vertex.account.id == first.account.id);
    let mut shown = String::new();
    for vertex in cycle.iter().chain([first]) {
        if !shown.is_empty() {
            shown.push_str(" → ");
        }
        if !one_account {
            shown.extend([vertex.account.id, "/"]);
        }
        shown.push_str(vertex.name);
    }
    loading.findings.error("diagnostic.cycle", first.at, &[("cycle", &shown)]);
}
