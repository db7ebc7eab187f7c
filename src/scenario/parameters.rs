//! Values of a template's parameters: given by the account, the default, or what AWS would have there.
//!
//! AWS page: CloudFormation User Guide, "Parameters" and "CloudFormation-supplied parameter types".

use super::accounts::AccountSource;
use super::fields;
use super::findings::At;
use super::intrinsics::scalar;
use super::loading::Loading;
use super::names::{Held, Scope};
use super::template::Parameter;
use crate::cloud::DefaultVpc;
use crate::decimal::Decimal;
use crate::gather::Gather;
use crate::json::Value;
use std::cmp::Ordering;

/// A parameter's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    /// A string, or an id of this kind of thing.
    One(&'a str),
    /// `List<...>` or `CommaDelimitedList`.
    Many,
    /// `AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>`.
    PublicImage,
    /// Another type of Systems Manager.
    OtherSsm,
    Wrong,
}

const IDS: [&str; 10] = [
    "AWS::EC2::AvailabilityZone::Name",
    "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id",
    "AWS::EC2::KeyPair::KeyName",
    "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Subnet::Id",
    "AWS::EC2::VPC::Id",
    "AWS::EC2::Volume::Id",
    "AWS::Route53::HostedZone::Id",
];

fn kind(name: &str) -> Kind<'_> {
    if name == "String" || name == "Number" || IDS.contains(&name) {
        return Kind::One(name);
    }
    if name == "CommaDelimitedList" || name == "List<Number>" || name == "List<String>" {
        return Kind::Many;
    }
    if let Some(inner) = name.strip_prefix("List<").and_then(|rest| rest.strip_suffix('>')) {
        return if IDS.contains(&inner) { Kind::Many } else { Kind::Wrong };
    }
    match name {
        "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>" => Kind::PublicImage,
        name if name.starts_with("AWS::SSM::Parameter::") => Kind::OtherSsm,
        _ => Kind::Wrong,
    }
}

/// Given values of parameters that the template doesn't declare are findings.
pub(crate) fn check_given(loading: &mut Loading<'_>, account: &AccountSource<'_>) {
    let declared = || account.template.parameters.iter().map(|parameter| parameter.name);
    for (name, at) in account.parameters.iter().flat_map(|given| given.members()) {
        if !declared().any(|declared| declared == name) {
            fields::unknown(&mut loading.findings, fields::PARAMETER, at.span(), name, &mut declared());
        }
    }
}

/// The value of one parameter. What it depends on has its value.
pub(crate) fn value(
    loading: &mut Loading<'_>,
    account: &AccountSource<'_>,
    parameter: &Parameter<'_>,
) -> Held {
    let kind = kind(parameter.kind);
    match kind {
        Kind::Wrong => {
            if let Some(at) = parameter.at.field("Type") {
                let known = &mut IDS.into_iter().chain(["String", "Number", "CommaDelimitedList"]);
                fields::unknown(&mut loading.findings, fields::TYPE, at.span(), parameter.kind, known);
            }
            return Held::Unknown;
        }
        Kind::OtherSsm => {
            let params = [("name", parameter.kind)];
            loading.findings.warning("diagnostic.not-modelled.parameter-type", parameter.at, &params);
            return Held::Unknown;
        }
        _ => {}
    }
    let given = account.parameters.as_ref().and_then(|given| given.field(parameter.name));
    let default = parameter.at.field("Default");
    let held = match (given, default) {
        (Some(given), _) => {
            let resolved = loading.resolve(Scope::Scenario, given);
            held(loading, given, At::new(&resolved), kind)
        }
        (None, Some(default)) => held(loading, default, default, kind),
        (None, None) => of_aws(loading, account.id, parameter),
    };
    check_constraints(loading, parameter, &held);
    held
}

/// A literal or resolved value as the type wants it.
fn held(loading: &mut Loading<'_>, place: At<'_>, value: At<'_>, kind: Kind<'_>) -> Held {
    let text = scalar(value.node);
    match (kind, &value.node.value, text) {
        (_, Value::Null, _) => Held::Unknown,
        (Kind::Many, Value::Array(items), _) => {
            let items: Option<Vec<String>> =
                items.iter().map(|item| scalar(item).map(str::to_string)).gather();
            items.map(Held::List).unwrap_or_else(|| wrong(loading, place, "string"))
        }
        (Kind::Many, _, Some(text)) => {
            Held::List(text.split(',').map(|item| item.trim().to_string()).gather())
        }
        (Kind::Many, ..) => wrong(loading, place, "array"),
        (Kind::PublicImage, _, Some(path)) if path.starts_with("/aws/service/") => {
            Held::Text(image_id(loading, path))
        }
        (Kind::PublicImage, _, Some(path)) => {
            loading.findings.error("diagnostic.not-a-public-parameter", place, &[("path", path)]);
            Held::Unknown
        }
        (Kind::One("Number"), _, Some(text)) if Decimal::parse(text).is_none() => {
            wrong(loading, place, "number")
        }
        (_, _, Some(text)) => Held::Text(text.to_string()),
        _ => wrong(loading, place, "string"),
    }
}

fn wrong(loading: &mut Loading<'_>, place: At<'_>, expected: &str) -> Held {
    let params = [("expected", expected), ("found", place.node.kind())];
    loading.findings.error("diagnostic.wrong-type", place, &params);
    Held::Unknown
}

/// The image that a public parameter names: the same path always gives the same image.
fn image_id(loading: &Loading<'_>, path: &str) -> String {
    loading.cloud.entropy.ec2("ami", &["image", path])
}

/// What every account has, so that a template needs no value for it.
fn of_aws(loading: &mut Loading<'_>, account: &str, parameter: &Parameter<'_>) -> Held {
    let default = DefaultVpc::of(&loading.cloud.entropy, account);
    match parameter.kind {
        "AWS::EC2::VPC::Id" => Held::Text(default.vpc),
        "AWS::EC2::Subnet::Id" => Held::Text(default.subnets[0].clone()),
        "AWS::EC2::SecurityGroup::Id" => Held::Text(default.security_group),
        "AWS::EC2::Image::Id" => Held::Text(image_id(loading, "default")),
        _ => {
            let params = [("name", parameter.name)];
            loading.findings.error("diagnostic.parameter-without-value", parameter.at, &params);
            Held::Unknown
        }
    }
}

/// AllowedValues, MinLength, MaxLength, MinValue, MaxValue.
fn check_constraints(loading: &mut Loading<'_>, parameter: &Parameter<'_>, held: &Held) {
    if let Some(at) = parameter.at.field("AllowedPattern") {
        loading.findings.warning("diagnostic.not-modelled.property", at, &[("name", "AllowedPattern")]);
    }
    let values: Vec<&str> = match held {
        Held::Text(text) => vec![text],
        Held::List(items) => items.iter().map(String::as_str).gather(),
        Held::Unknown => return,
    };
    if let Some(at) = parameter.at.field("AllowedValues")
        && fields::is_array(at, &mut loading.findings)
    {
        let allowed: Vec<&str> = at.node.items().iter().filter_map(scalar).gather();
        if let Some(value) = values.iter().find(|value| !allowed.contains(value)) {
            let allowed = allowed.join(", ");
            let params = [("value", *value), ("expected", allowed.as_str())];
            loading.findings.error("diagnostic.value-not-allowed", parameter.at, &params);
        }
    }
    for value in values {
        let length = value.chars().count().to_string();
        check_bound(loading, parameter, "MinLength", &length, Ordering::Less);
        check_bound(loading, parameter, "MaxLength", &length, Ordering::Greater);
        check_bound(loading, parameter, "MinValue", value, Ordering::Less);
        check_bound(loading, parameter, "MaxValue", value, Ordering::Greater);
    }
}

/// A finding if what was measured stands on that side of the bound. What is no number counts as 0.
fn check_bound(
    loading: &mut Loading<'_>,
    parameter: &Parameter<'_>,
    name: &'static str,
    measured: &str,
    outside: Ordering,
) {
    let Some(at) = parameter.at.field(name) else {
        return;
    };
    let Some(text) = scalar(at.node) else {
        return;
    };
    let measured = Decimal::parse(measured).or(Decimal::parse("0"));
    let compared = measured.zip(Decimal::parse(text)).map(|(measured, bound)| measured.compare(&bound));
    if compared.is_none_or(|side| side == outside) {
        let params = [("name", parameter.name), ("bound", name), ("limit", text)];
        loading.findings.error("diagnostic.parameter-out-of-bounds", at, &params);
    }
}
