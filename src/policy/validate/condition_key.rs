//! Condition keys against the tables: whether they exist, their types, and the actions they go with.
//!
//! AWS pages: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference.

use super::issue::{
    FORALLVALUES_WITH_SINGLE_VALUED_KEY, INVALID_GLOBAL_CONDITION_KEY, INVALID_SERVICE,
    INVALID_SERVICE_CONDITION_KEY, MISSING_QUALIFIER, MISSING_TAG_KEY_IN_CONDITION,
    STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS, TYPE_MISMATCH, UNSUPPORTED_ACTION_FOR_CONDITION_KEY,
    UNSUPPORTED_GLOBAL_CONDITION_KEY, USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES,
};
use super::nearest::nearest;
use super::pattern::has_wildcard;
use super::report::Report;
use super::{Condition, Document, Family, Operator, Qualifier, Statement};
use crate::data::{ConditionKey, KeyLookup, KeyType, Tables};
use crate::gather::Gather;
use crate::sorted::SortedSet;

/// Keys that are compared with the statement's actions; each takes the time of all of them.
const MAX_KEYS: usize = 100;

/// Unknown keys for which the nearest known one is looked for.
const MAX_SEARCHES: usize = 200;

/// The services that support `aws:VpceAccount` and `aws:VpceOrgPaths`, as the page of the global keys lists them.
const WITH_ENDPOINT_OWNER: &[&str] = &[
    "acm-pca",
    "applicationinsights",
    "apprunner",
    "athena",
    "cloudformation",
    "comprehendmedical",
    "compute-optimizer",
    "datasync",
    "discovery",
    "dynamodb",
    "ebs",
    "ecr",
    "ecs",
    "firehose",
    "gamelift",
    "healthlake",
    "iam",
    "iotfleetwise",
    "iotwireless",
    "kinesisanalytics",
    "kms",
    "lambda",
    "medical-imaging",
    "omics",
    "payment-cryptography",
    "polly",
    "rbin",
    "rekognition",
    "route53",
    "s3",
    "scheduler",
    "servicediscovery",
    "servicequotas",
    "shield",
    "ssm-contacts",
    "storagegateway",
    "textract",
    "transcribe",
    "transfer",
];

/// The services that support `aws:VpceOrgID` beyond those.
const WITH_ENDPOINT_ORGANIZATION: &[&str] = &[
    "b2bi",
    "cassandra",
    "cognito-identity",
    "dms",
    "ds-data",
    "identitystore",
    "iottwinmaker",
    "network-firewall",
    "pricing",
    "ses",
    "sms-voice",
    "sqs",
    "workmail",
];

/// Each key under each operator.
pub fn check(document: &Document<'_>, tables: &Tables, report: &mut Report) {
    let (mut compared, mut searches) = (0, 0);
    for statement in &document.statements {
        let mut reported = SortedSet::new();
        for condition in &statement.conditions {
            let key = condition.key.text;
            if key.eq_ignore_ascii_case("aws:ARN") {
                report.add(UNSUPPORTED_GLOBAL_CONDITION_KEY, &condition.key.place).with("key", key);
                continue;
            }
            match tables.condition_key(key) {
                KeyLookup::Known(known) => with_operator(condition, known, report),
                KeyLookup::MissingTagKey(known) => {
                    let name = known.name.strip_suffix("${TagKey}").unwrap_or(&known.name);
                    report
                        .add(MISSING_TAG_KEY_IN_CONDITION, &condition.key.place)
                        .with("conditionKeyName", name);
                    continue;
                }
                KeyLookup::UnknownKey => {
                    searches += 1;
                    unknown(condition, tables, searches <= MAX_SEARCHES, report);
                    continue;
                }
                KeyLookup::UnknownService => {
                    let prefix = key.split(':').next().unwrap_or("");
                    if key.contains(':') && !prefix.is_empty() {
                        report.add(INVALID_SERVICE, &condition.key.place).with("service", prefix);
                    }
                    continue;
                }
                KeyLookup::Undecided => {}
            }
            // The same key under two operators is one finding.
            if compared < MAX_KEYS && reported.insert(key.to_ascii_lowercase()) {
                compared += 1;
                with_actions(statement, condition, tables, report);
                endpoint_owner(statement, condition, report);
            }
        }
    }
}

fn unknown(condition: &Condition<'_>, tables: &Tables, search: bool, report: &mut Report) {
    let key = condition.key.text;
    let prefix = key.split(':').next().unwrap_or("");
    let names = |keys: &mut dyn Iterator<Item = &ConditionKey>| {
        if !search {
            return None;
        }
        let names: Vec<String> = keys.map(|key| key.name.clone()).gather();
        nearest(key, names.iter().map(String::as_str)).map(str::to_string)
    };
    let (entry, meant) = match tables.service(prefix) {
        Some(service) => {
            let entry = report.add(INVALID_SERVICE_CONDITION_KEY, &condition.key.place);
            (entry.with("service", &service.prefix), names(&mut service.keys.iter()))
        }
        None => {
            let entry = report.add(INVALID_GLOBAL_CONDITION_KEY, &condition.key.place);
            (entry, names(&mut tables.global_keys.iter()))
        }
    };
    let entry = entry.with("key", key);
    if let Some(meant) = meant {
        entry.with("validKey", meant).variant("nearest");
    }
}

fn with_operator(condition: &Condition<'_>, known: &ConditionKey, report: &mut Report) {
    let Some(operator) = condition.operator else { return };
    let key = condition.key.text;
    if operator.family == Family::Null {
        return;
    }
    if known.multivalued && operator.qualifier.is_none() {
        report.add(MISSING_QUALIFIER, &condition.key.place).with("key", key);
    }
    if !known.multivalued && operator.qualifier == Some(Qualifier::ForAllValues) {
        report.add(FORALLVALUES_WITH_SINGLE_VALUED_KEY, &condition.operator_place).with("key", key);
    }
    let issue = match mismatch(&operator, known) {
        None => return,
        Some(Mismatch::Type) => TYPE_MISMATCH,
        Some(Mismatch::StringLike) => STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS,
    };
    report
        .add(issue, &condition.operator_place)
        .with("operator", condition.operator_text)
        .with("allowed", family(known.value_type).name())
        .with("key", key);
}

enum Mismatch {
    Type,
    StringLike,
}

/// The family of operators for a type of values.
pub fn family(value_type: KeyType) -> Family {
    match value_type {
        KeyType::String => Family::String,
        KeyType::Bool => Family::Bool,
        KeyType::Arn => Family::Arn,
        KeyType::Numeric => Family::Numeric,
        KeyType::Date => Family::Date,
        KeyType::IpAddress => Family::IpAddress,
    }
}

fn mismatch(operator: &Operator, known: &ConditionKey) -> Option<Mismatch> {
    let wanted = family(known.value_type);
    match (wanted, operator.family) {
        (wanted, given) if wanted == given => None,
        (Family::Arn, Family::String) if operator.is_like() => Some(Mismatch::StringLike),
        (Family::Arn, Family::String) => None,
        (Family::Date, Family::Numeric) if known.is("aws:EpochTime") => None,
        _ => Some(Mismatch::Type),
    }
}

/// A key of one service means nothing to an action that doesn't have it.
fn with_actions(statement: &Statement<'_>, condition: &Condition<'_>, tables: &Tables, report: &mut Report) {
    let key = condition.key.text;
    let prefix = key.split(':').next().unwrap_or("");
    // Global and cross-service keys go with all actions; identity providers' keys are claims.
    let global = tables.global_keys.iter().any(|global| global.is(key));
    if global || prefix.contains('.') || tables.service(prefix).is_none() {
        return;
    }
    let lacks = |text: &str| {
        let (service, name) = text.split_once(':')?;
        let service = tables.service(service)?;
        let action = service.action(name)?;
        (!service.keys_of(action).any(|known| known.is(key)))
            .then(|| format!("{}:{}", service.prefix, action.name))
    };
    let exact =
        statement.action.iter().flat_map(|values| &values.items).filter(|value| !has_wildcard(value.text));
    let actions: Vec<String> = exact.filter_map(|value| lacks(value.text)).gather();
    if !actions.is_empty() {
        report
            .add(UNSUPPORTED_ACTION_FOR_CONDITION_KEY, &condition.key.place)
            .with("actions", actions.join(", "))
            .with("key", key);
    }
}

fn endpoint_owner(statement: &Statement<'_>, condition: &Condition<'_>, report: &mut Report) {
    let key = condition.key.text;
    let is = |name: &str| condition.is(name);
    if !is("aws:VpceAccount") && !is("aws:VpceOrgPaths") && !is("aws:VpceOrgID") {
        return;
    }
    let supported = |text: &str| {
        let prefix = text.split_once(':').map_or("", |(prefix, _)| prefix);
        let listed = |list: &[&str]| list.iter().any(|service| service.eq_ignore_ascii_case(prefix));
        let also = is("aws:VpceOrgID") && listed(WITH_ENDPOINT_ORGANIZATION);
        (listed(WITH_ENDPOINT_OWNER) || also) && !text.eq_ignore_ascii_case("iam:PassRole")
    };
    let scoped = statement
        .action
        .as_ref()
        .is_some_and(|values| values.items.iter().all(|value| supported(value.text)));
    if !scoped {
        report.add(USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES, &condition.key.place).with("key", key);
    }
}
