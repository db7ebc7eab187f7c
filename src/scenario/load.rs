//! Document to cloud state: every part in turn, every finding collected.

use super::accounts::{self, AccountSource};
use super::document::Document;
use super::findings::{At, Findings};
use super::graph;
use super::hosts::{self, Host};
use super::intrinsics::{MAX_RESOLVED, STACK_NAME};
use super::loading::{Identity, Loading, Resource};
use super::localized_text::{self, LocalizedText};
use super::names::{AccountNames, Declared, Held, Names, Scope};
use super::policies::PolicyText;
use super::references::references;
use super::steps::{self, LessonEntry, Step};
use super::{fields, objects, parameters, schema};
use crate::clock::Timestamp;
use crate::cloud::{Account, Cloud, Record};
use crate::json::{Diagnostic, Member, Node, Value, child};
use crate::sorted::{SortedMap, SortedSet, sort_by};
use std::collections::BTreeSet;
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

const FIELDS: [&str; 9] =
    ["version", "title", "description", "clock", "seed", "accounts", "hosts", "run", "lesson"];

/// The instant at which a scenario begins that names none: 2026-01-07T09:00:00Z.
const DEFAULT_CLOCK: Timestamp = Timestamp(1_767_776_400_000);

/// Loads a scenario. Errors: all diagnostics, where at least one of them is an error.
pub fn load(document: &Document) -> Result<Loaded, Vec<Diagnostic>> {
    load_after(document, None)
}

/// Loads a scenario whose resources were edited: its steps stay those of the load `before`, since they speak of
/// what was there when they were written.
pub(super) fn load_after(document: &Document, before: Option<&Loaded>) -> Result<Loaded, Vec<Diagnostic>> {
    let mut findings = Findings::new(document.text());
    let root = At::new(document.root(), "");
    if !fields::check(&root, &FIELDS, &mut findings) {
        return Err(findings.finish());
    }
    check_duplicates(&root, &mut findings);
    let (clock, seed) = head(&root, &mut findings);
    let texts = ["title", "description"].map(|name| {
        root.field(name).map(|text| localized_text::read(&text, &mut findings)).unwrap_or_default()
    });
    let accounts = match fields::required(&root, "accounts", &mut findings) {
        Some(accounts) => accounts::read(&accounts, &mut findings),
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
        principals: Vec::new(),
    };
    declare(&mut loading, &accounts);
    make(&mut loading, &accounts);
    for account in &accounts {
        objects::create(&mut loading, account);
        for output in &account.template.outputs {
            loading.resolve(Scope::Template(account.id), output);
        }
    }
    loading.check_principals();
    let hosts = hosts::read(&mut loading, root.field("hosts").as_ref());
    let (run, lesson) = match before {
        Some(before) => (before.run.clone(), before.lesson.clone()),
        None => steps::read(&mut loading, &root, &hosts),
    };
    let has_errors = loading.findings.has_errors();
    let diagnostics = loading.findings.finish();
    if has_errors {
        return Err(diagnostics);
    }
    let mut policies = loading.policies;
    sort_by(&mut policies, |(a, _), (b, _)| a.cmp(b));
    let policies = policies.into_iter().map(|(_, policy)| policy).collect();
    let [title, description] = texts;
    let names = Arc::new(loading.names);
    Ok(Loaded { title, description, cloud: loading.cloud, hosts, run, lesson, policies, diagnostics, names })
}

/// version, clock, seed.
fn head(root: &At<'_>, findings: &mut Findings<'_>) -> (Timestamp, u64) {
    if let Some(version) = fields::required(root, "version", findings)
        && version.node.as_i64() != Some(1)
    {
        findings.error("diagnostic.wrong-value", &version, &[("expected", "1")]);
    }
    let clock = root.field("clock").and_then(|clock| {
        let text = fields::text(&clock, findings)?;
        let instant = Timestamp::parse_iso8601(text);
        if instant.is_none() {
            findings.error("diagnostic.wrong-clock", &clock, &[("clock", text)]);
        }
        instant
    });
    let seed = root.field("seed").and_then(|seed| {
        let number = fields::integer(&seed, findings)?;
        let positive = u64::try_from(number).ok();
        if positive.is_none() {
            findings.error("diagnostic.negative", &seed, &[]);
        }
        positive
    });
    (clock.unwrap_or(DEFAULT_CLOCK), seed.unwrap_or(1))
}

/// A key that stands twice in one object: the second one would be lost.
fn check_duplicates(at: &At<'_>, findings: &mut Findings<'_>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for member in at.node.members() {
        let pointer = child(&at.pointer, &member.key);
        if !seen.insert(&*member.key) {
            let params = [("name", &*member.key)];
            let error = crate::json::Severity::Error;
            findings.add(error, "diagnostic.duplicate-key", &pointer, member.key_span, &params);
        }
        check_duplicates(&At::new(&member.node, pointer), findings);
    }
    for (place, item) in at.node.items().iter().enumerate() {
        if !item.items().is_empty() || !item.members().is_empty() {
            check_duplicates(&At::new(item, child(&at.pointer, &place.to_string())), findings);
        }
    }
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
            declared: declared.collect(),
        };
        loading.names.accounts.insert(source.id.to_string(), names);
    }
    for source in accounts {
        parameters::check_given(loading, source);
    }
}

/// A parameter or resource of an account, by its place in the account's lists.
#[derive(Debug, Clone, Copy)]
enum Vertex {
    Parameter(usize, usize),
    Resource(usize, usize),
}

/// Makes everything in the order of dependency, then connects it.
fn make(loading: &mut Loading<'_>, accounts: &[AccountSource<'_>]) {
    let mut vertices = Vec::new();
    for (place, account) in accounts.iter().enumerate() {
        vertices.extend((0..account.template.parameters.len()).map(|at| Vertex::Parameter(place, at)));
        vertices.extend((0..account.template.resources.len()).map(|at| Vertex::Resource(place, at)));
    }
    let dependencies = dependencies(loading, accounts, &vertices);
    let order = graph::order(&dependencies);
    for cycle in &order.cycles {
        report_cycle(loading, accounts, &vertices, cycle);
    }
    let mut made = Vec::new();
    for vertex in order.order.into_iter().filter_map(|vertex| vertices.get(vertex)) {
        match vertex {
            Vertex::Parameter(place, at) => {
                let account = accounts.get(*place);
                let parameter = account.and_then(|account| account.template.parameters.get(*at));
                if let Some((account, parameter)) = account.zip(parameter) {
                    let held = parameters::value(loading, account, parameter);
                    set(loading, account.id, parameter.name, held, Vec::new());
                }
            }
            Vertex::Resource(place, at) => {
                if let Some(account) = accounts.get(*place) {
                    made.extend(create(loading, account, *at));
                }
            }
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
    account: &AccountSource<'a>,
    place: usize,
) -> Option<(&'static super::resources::ResourceType, Resource<'a>)> {
    let source = account.template.resources.get(place)?;
    let scope = Scope::Template(account.id);
    let properties = match &source.properties {
        Some(at) => loading.resolve(scope, at),
        None => Node { value: Value::Object(Vec::<Member>::new()), span: source.at.node.span },
    };
    let kind = source.kind?;
    let pointer = child(&source.at.pointer, "Properties");
    schema::check(&At::new(&properties, pointer), kind.properties, &mut loading.findings);
    let resource = Resource {
        account: account.id,
        region: account.region,
        logical_id: source.logical_id,
        at: source.at.clone(),
        properties,
    };
    let identity = (kind.create)(loading, &resource);
    let tags = resource.tags();
    if kind.name.starts_with("AWS::EC2::") && !tags.is_empty() {
        keep_tags(loading, &resource, &identity, tags);
    }
    let held = identity.reference.map_or(Held::Unknown, Held::Text);
    set(loading, account.id, source.logical_id, held, identity.attributes);
    Some((kind, resource))
}

/// Tags of EC2's resources stand beside them, by id; an instance holds its own.
fn keep_tags(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    identity: &Identity,
    tags: SortedMap<String, String>,
) {
    let allocation = identity.attributes.iter().find(|(name, _)| *name == "AllocationId");
    let id = allocation.map(|(_, id)| id).or(identity.reference.as_ref());
    let account = loading.cloud.accounts.get_mut(resource.account);
    if let Some((account, id)) = account.zip(id)
        && !account.instances.contains_key(id)
    {
        account.network.records.get_or_insert_with(id.clone(), Record::default).tags = tags;
    }
}

fn set(
    loading: &mut Loading<'_>,
    account: &str,
    name: &str,
    held: Held,
    attributes: Vec<(&'static str, String)>,
) {
    let names = loading.names.accounts.get_mut(account);
    if let Some(declared) = names.and_then(|names| names.declared.get_mut(name)) {
        declared.reference = held;
        declared.attributes = attributes.into_iter().collect();
    }
}

/// What each vertex depends on. Names that don't exist are reported where they are resolved.
fn dependencies(
    loading: &mut Loading<'_>,
    accounts: &[AccountSource<'_>],
    vertices: &[Vertex],
) -> Vec<SortedSet<usize>> {
    let mut places: SortedMap<(&str, &str), usize> = SortedMap::new();
    for (place, vertex) in vertices.iter().enumerate() {
        places.extend(name_of(accounts, *vertex).map(|name| (name, place)));
    }
    let Loading { names, findings, .. } = loading;
    let mut all = Vec::with_capacity(vertices.len());
    for vertex in vertices {
        let mut used = Vec::new();
        let scope = match vertex {
            Vertex::Parameter(account, at) => {
                let account = accounts.get(*account);
                let parameter = account.and_then(|account| account.template.parameters.get(*at));
                let given = account.and_then(|account| account.parameters.as_ref());
                if let Some(value) = given.zip(parameter).and_then(|(given, own)| given.node.get(own.name)) {
                    references(value, &mut used);
                }
                Scope::Scenario
            }
            Vertex::Resource(account, at) => {
                let Some(account) = accounts.get(*account) else { continue };
                if let Some(resource) = account.template.resources.get(*at) {
                    if let Some(properties) = &resource.properties {
                        references(properties.node, &mut used);
                    }
                    depend_on(names, findings, account.id, resource, &mut used);
                }
                Scope::Template(account.id)
            }
        };
        let found = used.iter().filter_map(|name| names.find(scope, name).ok());
        all.push(found.filter_map(|(account, name, _)| places.get(&(account, name)).copied()).collect());
    }
    all
}

/// Adds what `DependsOn` names; it must be resources of the same template.
fn depend_on<'a>(
    names: &Names,
    findings: &mut Findings<'_>,
    account: &str,
    resource: &super::template::ResourceSource<'a>,
    used: &mut Vec<&'a str>,
) {
    let declared = names.accounts.get(account).map(|names| &names.declared);
    for at in &resource.depends_on {
        let Some(name) = at.text() else { continue };
        if declared.is_none_or(|declared| declared.get(name).is_none_or(|found| !found.is_resource)) {
            let known = declared.into_iter().flat_map(|declared| declared.keys()).map(String::as_str);
            fields::unknown(findings, fields::NAME, (&at.pointer, at.node.span), name, known);
        }
        used.push(name);
    }
}

/// Account and name.
fn name_of<'a>(accounts: &'a [AccountSource<'a>], vertex: Vertex) -> Option<(&'a str, &'a str)> {
    match vertex {
        Vertex::Parameter(account, at) => {
            let account = accounts.get(account)?;
            Some((account.id, account.template.parameters.get(at)?.name))
        }
        Vertex::Resource(account, at) => {
            let account = accounts.get(account)?;
            Some((account.id, account.template.resources.get(at)?.logical_id))
        }
    }
}

fn report_cycle(
    loading: &mut Loading<'_>,
    accounts: &[AccountSource<'_>],
    vertices: &[Vertex],
    cycle: &[usize],
) {
    let vertices: Vec<Vertex> = cycle.iter().filter_map(|place| vertices.get(*place).copied()).collect();
    let names: Vec<(&str, &str)> = vertices.iter().filter_map(|vertex| name_of(accounts, *vertex)).collect();
    let one_account =
        names.iter().all(|(account, _)| names.first().is_some_and(|(first, _)| first == account));
    let shown = names.iter().chain(names.first()).map(|(account, name)| match one_account {
        true => (*name).to_string(),
        false => format!("{account}/{name}"),
    });
    let cycle = shown.collect::<Vec<_>>().join(" → ");
    let at = match vertices.first() {
        Some(Vertex::Parameter(account, at)) => accounts
            .get(*account)
            .and_then(|account| account.template.parameters.get(*at))
            .map(|found| &found.at),
        Some(Vertex::Resource(account, at)) => accounts
            .get(*account)
            .and_then(|account| account.template.resources.get(*at))
            .map(|found| &found.at),
        None => None,
    };
    if let Some(at) = at {
        loading.findings.error("diagnostic.cycle", at, &[("cycle", &cycle)]);
    }
}
