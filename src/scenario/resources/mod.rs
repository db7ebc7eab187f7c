//! The modelled CloudFormation resource types: a file each.
//!
//! AWS page: CloudFormation Template Reference. Entry: [`find`].
//! Left out on purpose: every other type, which is a finding where a template names one.

mod ec2;
mod iam;
mod known;
mod organizations;
mod s3;

#[cfg(test)]
mod tests;

use super::fields;
use super::findings::{At, Findings};
use super::loading::{Identity, Loading, Resource};
use super::schema::Property;
use super::suggestion::closest;

/// A resource type.
#[derive(Debug)]
pub(crate) struct ResourceType {
    /// `AWS::IAM::Role`.
    pub name: &'static str,
    pub properties: &'static [Property],
    /// What Fn::GetAtt gives.
    pub attributes: &'static [&'static str],
    /// Makes the resource in the cloud. What it depends on exists.
    pub create: fn(&mut Loading<'_>, &Resource<'_>) -> Identity,
    /// Connects it to others by their names, when all resources of all accounts exist.
    pub connect: Option<fn(&mut Loading<'_>, &Resource<'_>)>,
}

const TYPES: [&ResourceType; 33] = [
    &iam::access_key::TYPE,
    &iam::group::TYPE,
    &iam::inline_policy::GROUP,
    &iam::inline_policy::ROLE,
    &iam::inline_policy::USER,
    &iam::instance_profile::TYPE,
    &iam::managed_policy::TYPE,
    &iam::policy::TYPE,
    &iam::role::TYPE,
    &iam::service_linked_role::TYPE,
    &iam::user::TYPE,
    &iam::user_to_group_addition::TYPE,
    &iam::virtual_mfa_device::TYPE,
    &organizations::account::TYPE,
    &organizations::organization::TYPE,
    &organizations::organizational_unit::TYPE,
    &organizations::policy::TYPE,
    &s3::bucket::TYPE,
    &s3::bucket_policy::TYPE,
    &ec2::eip::TYPE,
    &ec2::instance::TYPE,
    &ec2::internet_gateway::TYPE,
    &ec2::nat_gateway::TYPE,
    &ec2::route::TYPE,
    &ec2::route_table::TYPE,
    &ec2::security_group::TYPE,
    &ec2::security_group_rules::EGRESS,
    &ec2::security_group_rules::INGRESS,
    &ec2::subnet::TYPE,
    &ec2::subnet_route_table_association::TYPE,
    &ec2::vpc::TYPE,
    &ec2::vpc_endpoint::TYPE,
    &ec2::vpc_gateway_attachment::TYPE,
];

/// The modelled type that a `Type` field names. A close one is an error, any other of AWS a warning.
pub(crate) fn find(at: At<'_>, findings: &mut Findings<'_>) -> Option<&'static ResourceType> {
    let name = fields::text(at, findings)?;
    if let Some(known) = TYPES.into_iter().find(|known| known.name == name) {
        return Some(known);
    }
    let is_aws = name.starts_with("AWS::") && name.split("::").count() == 3;
    let is_near = closest(name, &mut TYPES.iter().map(|known| known.name))
        .is_some_and(|near| near.split("::").nth(1) == name.split("::").nth(1) && is_misspelt(near, name));
    if is_aws && !is_near {
        let params = [("name", name)];
        findings.warning("diagnostic.not-modelled.type", at, &params);
    } else {
        let known = &mut TYPES.iter().map(|known| known.name);
        fields::unknown(findings, fields::TYPE, at.span(), name, known);
    }
    None
}

/// Whether two names of one service differ in a letter or two, as no two types of AWS do.
fn is_misspelt(near: &str, name: &str) -> bool {
    near.len().abs_diff(name.len()) <= 1
}

#[cfg(test)]
mod coverage {
    //! Every property and attribute that the loader takes is used by a case of `tests/cases/scenario/behaviour`.

    use super::TYPES;
    use crate::scenario::Document;
    use crate::scenario::schema::{Presence, Property, Shape};
    use serde_json::Value;
    use std::collections::{BTreeMap, BTreeSet};

    const CASES: &str = "tests/cases/scenario/behaviour";

    /// `AWS::EC2::Instance MetadataOptions HttpTokens`, ... of a type's properties.
    fn known(name: &str, properties: &[Property], out: &mut BTreeSet<String>) {
        for property in properties.iter().filter(|property| property.presence != Presence::NotModelled) {
            let name = format!("{name} {}", property.name);
            let mut shape = &property.shape;
            while let Shape::List(item) = shape {
                shape = item;
            }
            if let Shape::Object(inner) = shape {
                known(&name, inner, out);
            }
            out.insert(name);
        }
    }

    /// The same of a document's value.
    fn used(name: &str, value: &Value, out: &mut BTreeSet<String>) {
        out.insert(name.to_string());
        value.as_array().into_iter().flatten().for_each(|item| used(name, item, out));
        for (key, inner) in value.as_object().into_iter().flatten() {
            used(&format!("{name} {key}"), inner, out);
        }
    }

    /// `Name.Attribute` of every Fn::GetAtt, and of every Fn::Sub.
    fn attributes(value: &Value, out: &mut Vec<String>) {
        value.as_array().into_iter().flatten().for_each(|item| attributes(item, out));
        for (key, inner) in value.as_object().into_iter().flatten() {
            match (key.as_str(), inner) {
                ("Fn::GetAtt", Value::Array(parts)) => {
                    let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                    out.push(parts.join("."));
                }
                ("Fn::GetAtt", Value::String(text)) => out.push(text.clone()),
                ("Fn::Sub", Value::String(text)) => {
                    let names = text.split("${").skip(1).filter_map(|rest| rest.split('}').next());
                    out.extend(names.map(str::to_string));
                }
                _ => attributes(inner, out),
            }
        }
    }

    fn collect(document: &Value, out: &mut BTreeSet<String>) {
        let mut types = BTreeMap::new();
        for account in document["accounts"].as_object().unwrap().values() {
            for (name, resource) in account["template"]["Resources"].as_object().unwrap() {
                let kind = resource["Type"].as_str().unwrap().to_string();
                used(&kind, &resource["Properties"], out);
                types.insert(name.clone(), kind);
            }
        }
        let mut named = Vec::new();
        attributes(document, &mut named);
        for name in named {
            let name = name.rsplit('/').next().unwrap_or_default();
            if let Some((name, attribute)) = name.split_once('.')
                && let Some(kind) = types.get(name)
            {
                out.insert(format!("{kind} Fn::GetAtt {attribute}"));
            }
        }
    }

    /// A case's document as it stands before its run and after each patch of it.
    fn collect_case(file: &Value, case: &Value, out: &mut BTreeSet<String>) {
        let mut document = file["document"].clone();
        document.as_object_mut().unwrap().extend(case["set"].as_object().cloned().unwrap_or_default());
        let account = document["accounts"].as_object().unwrap().keys().next().unwrap().clone();
        let resources = format!("\"/accounts/{account}/template/Resources");
        collect(&document, out);
        let mut document = Document::parse(document.to_string()).unwrap();
        let steps = case["run"].as_array().unwrap().iter();
        for patch in [&case["patch"]].into_iter().chain(steps.map(|step| &step["patch"])) {
            if !patch.is_null() {
                document = document.patch(&patch.to_string().replace("\"@", &resources)).unwrap();
                collect(&serde_json::from_str(document.text()).unwrap(), out);
            }
        }
    }

    #[test]
    fn every_property_and_attribute_has_a_case() {
        let mut seen = BTreeSet::new();
        for entry in std::fs::read_dir(CASES).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let file: Value = serde_json::from_str(&text).unwrap();
            file["cases"].as_array().unwrap().iter().for_each(|case| collect_case(&file, case, &mut seen));
        }
        let mut expected = BTreeSet::new();
        for kind in TYPES {
            expected.insert(kind.name.to_string());
            known(kind.name, kind.properties, &mut expected);
            expected.extend(kind.attributes.iter().map(|name| format!("{} Fn::GetAtt {name}", kind.name)));
        }
        assert!(expected.len() > 200, "{}", expected.len());
        let missing: Vec<_> = expected.difference(&seen).collect();
        assert!(missing.is_empty(), "no case for {missing:#?}");
    }
}
