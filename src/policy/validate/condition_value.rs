//! Values of condition keys: their form by operator, and by key.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Condition operators".

use super::date::{Written, written};
use super::issue::{
    INVALID_DATE_VALUE, INVALID_KMS_KEY_VALUE, INVALID_REGION, INVALID_SERVICE_PRINCIPAL_FORMAT,
    INVALID_VPC_FORMAT, INVALID_VPCE_FORMAT, REDUNDANT_CONDITION_VALUE_NUM, TYPE_MISMATCH_BOOLEAN,
    TYPE_MISMATCH_DATE, TYPE_MISMATCH_NUMBER, TYPE_MISMATCH_STRING, WILDCARD_WITHOUT_LIKE_OPERATOR,
};
use super::pattern::has_wildcard;
use super::principal::is_service_principal;
use super::report::Report;
use super::{Condition, ConditionValue, Document, Family, Operator, variable};
use crate::data::{Tables, arns_overlap};
use crate::decimal::Decimal;
use std::cmp::Ordering;

/// Keys whose values are service principals.
const SERVICE_PRINCIPAL_KEYS: [&str; 9] = [
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "iam:AWSServiceName",
    "iam:PassedToService",
    "organizations:ServicePrincipal",
    "sts:AWSServiceName",
];

/// The key that names the KMS key of an upload.
const KMS_KEY: &str = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/// Each value under each operator.
pub fn check(document: &Document<'_>, tables: &Tables, report: &mut Report) {
    for condition in document.statements.iter().flat_map(|statement| &statement.conditions) {
        let Some(operator) = condition.operator else { continue };
        for value in &condition.values {
            // A variable's value isn't known; where it may not stand is a finding of its own.
            if variable::first(&value.text).is_none() {
                by_operator(condition, &operator, value, report);
                by_key(condition, &operator, value, tables, report);
            }
        }
        redundant_numbers(condition, &operator, report);
    }
}

fn by_operator(
    condition: &Condition<'_>,
    operator: &Operator,
    value: &ConditionValue<'_>,
    report: &mut Report,
) {
    let text = &*value.text;
    let issue = match operator.family {
        Family::Bool | Family::Null => (!text.eq_ignore_ascii_case("true")
            && !text.eq_ignore_ascii_case("false"))
        .then_some(TYPE_MISMATCH_BOOLEAN),
        Family::Numeric => Decimal::parse(text).is_none().then_some(TYPE_MISMATCH_NUMBER),
        Family::Date => match written(text) {
            Written::Iso8601 => None,
            // That key counts seconds.
            Written::Epoch if condition.is("aws:EpochTime") => None,
            Written::Epoch => Some(INVALID_DATE_VALUE),
            Written::Wrong => Some(TYPE_MISMATCH_DATE),
        },
        Family::Binary => {
            let decoded = crate::base64::STANDARD.decode(text);
            decoded.is_err().then_some(TYPE_MISMATCH_STRING)
        }
        Family::String => {
            (!operator.is_like() && has_wildcard(text)).then_some(WILDCARD_WITHOUT_LIKE_OPERATOR)
        }
        Family::IpAddress | Family::Arn => None,
    };
    if let Some(issue) = issue {
        let entry = report.add(issue, &value.place).with("operator", condition.operator_text);
        entry.with("value", text);
    }
}

fn by_key(
    condition: &Condition<'_>,
    operator: &Operator,
    value: &ConditionValue<'_>,
    tables: &Tables,
    report: &mut Report,
) {
    let text = &*value.text;
    let is = |key: &str| condition.is(key);
    if !matches!(operator.family, Family::String | Family::Arn) {
        return;
    }
    if is(KMS_KEY) && !arns_overlap("arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}", text) {
        report.add(INVALID_KMS_KEY_VALUE, &value.place).with("key", condition.key.text).with("value", text);
    }
    // Wildcards have a finding of their own, or are legal.
    if has_wildcard(text) {
        return;
    }
    if is("aws:SourceVpc") && !is_id(text, "vpc-") {
        report.add(INVALID_VPC_FORMAT, &value.place).with("value", text);
    }
    if is("aws:SourceVpce") && !is_id(text, "vpce-") {
        report.add(INVALID_VPCE_FORMAT, &value.place).with("value", text);
    }
    let mut regions = tables.partitions.iter().flat_map(|partition| &partition.regions).peekable();
    if is("aws:RequestedRegion") && regions.peek().is_some() && !regions.any(|region| region == text) {
        report.add(INVALID_REGION, &value.place).with("region", text);
    }
    if SERVICE_PRINCIPAL_KEYS.iter().any(|key| is(key)) && !is_service_principal(text) {
        report
            .add(INVALID_SERVICE_PRINCIPAL_FORMAT, &value.place)
            .with("principal", text)
            .with("expectedFormat", "service-name.amazonaws.com");
    }
}

/// The prefix and 8 or 17 letters and digits.
fn is_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        matches!(rest.len(), 8 | 17) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Of several bounds only the widest counts.
fn redundant_numbers(condition: &Condition<'_>, operator: &Operator, report: &mut Report) {
    let variant = match operator.name {
        "NumericLessThan" | "NumericLessThanEquals" => "greatest",
        "NumericGreaterThan" | "NumericGreaterThanEquals" => "least",
        _ => return,
    };
    let wanted = if variant == "greatest" { Ordering::Greater } else { Ordering::Less };
    let (mut widest, mut count): (Option<(Decimal<'_>, &str)>, usize) = (None, 0);
    for value in &condition.values {
        let Some(number) = Decimal::parse(&value.text) else { continue };
        count += 1;
        if widest.is_none_or(|(best, _)| number.compare(&best) == wanted) {
            widest = Some((number, &value.text));
        }
    }
    if let Some((_, value)) = widest.filter(|_| count > 1) {
        report
            .add(REDUNDANT_CONDITION_VALUE_NUM, &condition.values_place)
            .with("operator", condition.operator_text)
            .with("key", condition.key.text)
            .with("value", value)
            .variant(variant);
    }
}
