//! ARNs of `Resource` and `NotResource`.
//!
//! AWS pages: IAM User Guide, "IAM JSON policy elements: Resource"; Service Authorization Reference.

use super::issue::{
    ARN_ACCOUNT_NOT_ALLOWED, ARN_REGION_NOT_ALLOWED, INVALID_ARN_ACCOUNT, INVALID_ARN_PREFIX,
    INVALID_ARN_REGION, INVALID_ARN_RESOURCE, INVALID_ARN_SERVICE_CASE, INVALID_PARTITION, INVALID_SERVICE,
    Issue, MISSING_ARN_ACCOUNT, MISSING_ARN_FIELD, MISSING_ARN_REGION, UNSUPPORTED_RESOURCE_ARN_IN_POLICY,
    WILDCARD_IN_SERVICE_NAME,
};
use super::nearest::nearest;
use super::pattern::has_wildcard;
use super::principal::is_account;
use super::report::Report;
use super::{Document, ResourceType, Value};
use crate::arn::Arn;
use crate::data::{Reading, Tables, arns_overlap, overlaps};
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::sorted::SortedMap;

/// Bytes of ARNs that are compared with the services' formats; no policy's quota is as large.
const MAX_COMPARED: usize = 64 * 1024;

/// Each ARN by itself.
pub fn check(document: &Document<'_>, tables: &Tables, report: &mut Report) {
    // A trust policy has no resources, which is a finding already.
    if document.subject.kind == PolicyKind::Trust {
        return;
    }
    let formats = Formats::new(tables);
    let mut compared = 0;
    for value in document
        .statements
        .iter()
        .flat_map(|statement| statement.resources().flat_map(|values| &values.items))
    {
        if value.text == "*" {
            continue;
        }
        let Some(arn) = fields(value, report) else { continue };
        let decided = service(value, &arn, tables, report)
            & region(value, &arn, tables, report)
            & account(value, &arn, report);
        compared += value.text.len();
        if decided && compared <= MAX_COMPARED {
            formats.check(value, &arn, report);
        }
        let bucket_or_object = || arns_overlap("arn:${Partition}:s3:::${BucketName}", value.text);
        if document.subject.resource_type == Some(ResourceType::Bucket)
            && compared <= MAX_COMPARED
            && !bucket_or_object()
        {
            report
                .add(UNSUPPORTED_RESOURCE_ARN_IN_POLICY, &value.place)
                .with("resource", value.text)
                .with("resourceType", ResourceType::Bucket.name());
        }
    }
}

/// Whether a field's value can't be told from the policy alone.
fn is_open(field: &str) -> bool {
    has_wildcard(field) || field.contains("${")
}

fn fields<'a>(value: &Value<'a>, report: &mut Report) -> Option<Arn<'a>> {
    if value.text.split(':').next() != Some("arn") {
        report.add(INVALID_ARN_PREFIX, &value.place).with("resource", value.text);
        return None;
    }
    let arn = Arn::parse(value.text);
    if arn.is_none() {
        report.add(MISSING_ARN_FIELD, &value.place).with("resource", value.text).with("fields", "6");
    }
    arn
}

/// Partition and service; false if the formats need not be looked at.
fn service(value: &Value<'_>, arn: &Arn<'_>, tables: &Tables, report: &mut Report) -> bool {
    let partitions = &tables.partitions;
    if !is_open(arn.partition) && !partitions.is_empty() && tables.regions(arn.partition).is_none() {
        let names: Vec<&str> = partitions.iter().map(|partition| partition.name.as_str()).gather();
        report
            .add(INVALID_PARTITION, &value.place)
            .with("service", arn.service)
            .with("partition", arn.partition)
            .with("partitions", names.join(", "));
    }
    if has_wildcard(arn.service) {
        report.add(WILDCARD_IN_SERVICE_NAME, &value.place);
        return false;
    }
    if is_open(arn.service) {
        return false;
    }
    if arn.service.chars().any(|character| character.is_ascii_uppercase()) {
        report.add(INVALID_ARN_SERVICE_CASE, &value.place).with("service", arn.service);
        return false;
    }
    let unknown = tables.service(arn.service).is_none()
        && tables.action_names.as_ref().is_some_and(|names| !names.has_arn_service(arn.service));
    if unknown {
        report.add(INVALID_SERVICE, &value.place).with("service", arn.service);
    }
    !unknown
}

fn region(value: &Value<'_>, arn: &Arn<'_>, tables: &Tables, report: &mut Report) -> bool {
    let known = |regions: &[String]| regions.iter().any(|region| region == arn.region);
    let anywhere = || tables.partitions.iter().any(|partition| known(&partition.regions));
    let exists = tables.regions(arn.partition).map_or_else(anywhere, known);
    if arn.region.is_empty() || is_open(arn.region) || tables.partitions.is_empty() || exists {
        return true;
    }
    report.add(INVALID_ARN_REGION, &value.place).with("region", arn.region);
    false
}

fn account(value: &Value<'_>, arn: &Arn<'_>, report: &mut Report) -> bool {
    // `aws` owns managed policies and other public resources.
    if arn.account.is_empty() || arn.account == "aws" || is_open(arn.account) || is_account(arn.account) {
        return true;
    }
    report.add(INVALID_ARN_ACCOUNT, &value.place).with("account", arn.account);
    false
}

/// The ARN formats of the services of this model, by the service that stands in the ARN.
struct Formats<'a> {
    by_service: SortedMap<&'a str, Vec<(&'a str, Arn<'a>)>>,
}

/// What is wrong with a Region or an account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    NotAllowed,
    Missing,
    /// Another one than the format's fixed value.
    Different,
}

impl<'a> Formats<'a> {
    fn new(tables: &'a Tables) -> Self {
        let mut by_service: SortedMap<&str, Vec<(&str, Arn<'_>)>> = SortedMap::new();
        for resource in tables.services.iter().flat_map(|service| &service.resources) {
            if let Some(arn) = Arn::parse(&resource.arn)
                // Only of these services every format is known.
                && tables.service(arn.service).is_some()
            {
                by_service.get_or_insert_with(arn.service, Vec::new).push((&resource.name, arn));
            }
        }
        Formats { by_service }
    }

    fn check(&self, value: &Value<'_>, arn: &Arn<'_>, report: &mut Report) {
        let Some(formats) = self.by_service.get(arn.service) else { return };
        let fits = |format: &&(&str, Arn<'_>)| overlaps(format.1.resource, arn.resource, Reading::Resource);
        let mut best: Option<(&str, Fault, Fault)> = None;
        for (name, format) in formats.iter().filter(fits) {
            let region = fault(format.region, arn.region);
            let account = fault(format.account, arn.account);
            let count = |region: Fault, account: Fault| {
                usize::from(region != Fault::None) + usize::from(account != Fault::None)
            };
            if best.is_none_or(|(_, r, a)| count(region, account) < count(r, a)) {
                best = Some((name, region, account));
            }
        }
        let Some((name, region, account)) = best else {
            self.unknown_format(value, arn, report);
            return;
        };
        let mut add = |issue: Issue| {
            let entry = report.add(issue, &value.place).with("service", arn.service);
            entry.with("resourceName", name).with("region", arn.region);
        };
        match region {
            Fault::None => {}
            Fault::NotAllowed => add(ARN_REGION_NOT_ALLOWED),
            Fault::Missing => add(MISSING_ARN_REGION),
            Fault::Different => add(INVALID_ARN_REGION),
        }
        match account {
            Fault::None => {}
            Fault::NotAllowed => add(ARN_ACCOUNT_NOT_ALLOWED),
            Fault::Missing => add(MISSING_ARN_ACCOUNT),
            Fault::Different => add(INVALID_ARN_RESOURCE),
        }
    }

    fn unknown_format(&self, value: &Value<'_>, arn: &Arn<'_>, report: &mut Report) {
        let start = |resource: &'a str| resource.split(['/', ':', '$']).next().unwrap_or("");
        let formats = self.by_service.get(arn.service).into_iter().flatten();
        let own = arn.resource.split(['/', ':']).next().unwrap_or("");
        let kinds = formats.clone().map(|(_, format)| start(format.resource)).filter(|kind| !kind.is_empty());
        let meant = nearest(own, kinds).filter(|_| own.len() > 2);
        let format =
            meant.and_then(|kind| formats.clone().find(|(_, format)| start(format.resource) == kind));
        let entry = report.add(INVALID_ARN_RESOURCE, &value.place).with("resource", value.text);
        if let Some((_, format)) = format {
            entry.with("format", format.resource).variant("nearest");
        }
    }
}

fn fault(format: &str, given: &str) -> Fault {
    match format {
        _ if is_open(given) => Fault::None,
        "" if given.is_empty() => Fault::None,
        "" => Fault::NotAllowed,
        _ if given.is_empty() => Fault::Missing,
        _ if format.starts_with("${") || format == given => Fault::None,
        _ => Fault::Different,
    }
}
