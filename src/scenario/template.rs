//! A CloudFormation template body: its sections, parameters and resources, not yet resolved.
//!
//! AWS page: CloudFormation User Guide, "CloudFormation template sections".
//! Left out on purpose: Mappings, Conditions, Transform, Rules, which are a finding.

use super::fields;
use super::findings::{At, Findings};
use super::resources::{self, ResourceType};
use crate::gather::Gather;
use crate::json::Value;
use crate::sorted::SortedSet;

/// A template's parts.
#[derive(Debug, Default)]
pub(crate) struct Template<'a> {
    pub parameters: Vec<Parameter<'a>>,
    pub resources: Vec<ResourceSource<'a>>,
    /// Values of Outputs, for their references.
    pub outputs: Vec<At<'a>>,
}

/// A parameter's declaration.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'a> {
    pub name: &'a str,
    pub at: At<'a>,
    /// `String`, `AWS::EC2::VPC::Id`, ...
    pub kind: &'a str,
}

/// A resource's declaration.
#[derive(Debug, Clone)]
pub(crate) struct ResourceSource<'a> {
    pub logical_id: &'a str,
    pub at: At<'a>,
    /// `None`: a type that isn't modelled, already reported.
    pub kind: Option<&'static ResourceType>,
    pub properties: Option<At<'a>>,
    pub depends_on: Vec<At<'a>>,
}

/// CloudFormation's own limits (User Guide, "Understand CloudFormation quotas"); they bound the work of a load too.
const MAX_PARAMETERS: usize = 200;
const MAX_RESOURCES: usize = 500;
const MAX_OUTPUTS: usize = 200;

pub(super) const SECTIONS: [&str; 5] =
    ["AWSTemplateFormatVersion", "Description", "Parameters", "Resources", "Outputs"];
const OTHER_SECTIONS: [&str; 6] = ["Metadata", "Rules", "Mappings", "Conditions", "Transform", "Hooks"];
pub(super) const PARAMETER_FIELDS: [&str; 11] = [
    "Type",
    "Default",
    "Description",
    "NoEcho",
    "AllowedValues",
    "AllowedPattern",
    "ConstraintDescription",
    "MinLength",
    "MaxLength",
    "MinValue",
    "MaxValue",
];
pub(super) const RESOURCE_FIELDS: [&str; 4] = ["Type", "Properties", "DependsOn", "Metadata"];
const OTHER_RESOURCE_FIELDS: [&str; 5] =
    ["DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Condition"];

/// Reads a template.
pub(crate) fn read<'a>(at: At<'a>, findings: &mut Findings<'_>) -> Template<'a> {
    if !fields::is_object(at, findings) {
        return Template::default();
    }
    for (name, section) in at.members().filter(|(name, _)| !SECTIONS.contains(name)) {
        if OTHER_SECTIONS.contains(&name) {
            findings.warning("diagnostic.not-modelled.section", section, &[("name", name)]);
        } else {
            fields::unknown(findings, fields::SECTION, section.span(), name, &mut SECTIONS.into_iter());
        }
    }
    if let Some(version) = at.field("AWSTemplateFormatVersion")
        && version.text() != Some("2010-09-09")
    {
        findings.error("diagnostic.wrong-value", version, &[("expected", "2010-09-09")]);
    }
    if let Some(description) = at.field("Description") {
        fields::text(description, findings);
    }
    let entries = |name: &str, findings: &mut Findings<'_>| {
        at.field(name).filter(|section| fields::is_object(*section, findings))
    };
    let mut template = Template::default();
    for (name, limit) in
        [("Parameters", MAX_PARAMETERS), ("Resources", MAX_RESOURCES), ("Outputs", MAX_OUTPUTS)]
    {
        if let Some(section) = at.field(name).filter(|section| section.node.members().len() > limit) {
            let limit = limit.to_string();
            findings.error("diagnostic.too-many-entries", section, &[("name", name), ("limit", &limit)]);
            return template;
        }
    }
    if let Some(parameters) = entries("Parameters", findings) {
        let all = parameters.members().filter_map(|(name, at)| read_parameter(name, at, findings));
        template.parameters = all.gather();
    }
    if fields::required(at, "Resources", findings).is_some()
        && let Some(resources) = entries("Resources", findings)
    {
        let taken: SortedSet<&str> = template.parameters.iter().map(|parameter| parameter.name).gather();
        for (name, at) in resources.members() {
            if taken.contains(name) {
                findings.error("diagnostic.duplicate-logical-id", at, &[("name", name)]);
            }
            template.resources.extend(read_resource(name, at, findings));
        }
    }
    if let Some(outputs) = entries("Outputs", findings) {
        template.outputs = outputs.members().filter_map(|(_, at)| read_output(at, findings)).gather();
    }
    template
}

fn read_parameter<'a>(name: &'a str, at: At<'a>, findings: &mut Findings<'_>) -> Option<Parameter<'a>> {
    check_logical_id(name, at, findings);
    if !fields::check(at, &PARAMETER_FIELDS, findings) {
        return None;
    }
    let kind = fields::required(at, "Type", findings)?;
    let kind = fields::text(kind, findings)?;
    Some(Parameter { name, at, kind })
}

fn read_resource<'a>(name: &'a str, at: At<'a>, findings: &mut Findings<'_>) -> Option<ResourceSource<'a>> {
    check_logical_id(name, at, findings);
    if !fields::is_object(at, findings) {
        return None;
    }
    for (field, value) in at.members().filter(|(field, _)| !RESOURCE_FIELDS.contains(field)) {
        if OTHER_RESOURCE_FIELDS.contains(&field) {
            findings.warning("diagnostic.not-modelled.resource-attribute", value, &[("name", field)]);
        } else {
            fields::unknown(findings, fields::FIELD, value.span(), field, &mut RESOURCE_FIELDS.into_iter());
        }
    }
    let kind = fields::required(at, "Type", findings).and_then(|kind| resources::find(kind, findings));
    let properties = at.field("Properties").filter(|properties| fields::is_object(*properties, findings));
    let depends_on = match at.field("DependsOn") {
        Some(names) if matches!(names.node.value, Value::Array(_)) => names.items().gather(),
        Some(name) => vec![name],
        None => Vec::new(),
    };
    let depends_on = depends_on.into_iter().filter(|name| fields::text(*name, findings).is_some()).gather();
    Some(ResourceSource { logical_id: name, at, kind, properties, depends_on })
}

fn read_output<'a>(at: At<'a>, findings: &mut Findings<'_>) -> Option<At<'a>> {
    if !fields::check(at, &["Value", "Description", "Export", "Condition"], findings) {
        return None;
    }
    for name in ["Export", "Condition"] {
        if let Some(field) = at.field(name) {
            findings.warning("diagnostic.not-modelled.resource-attribute", field, &[("name", name)]);
        }
    }
    fields::required(at, "Value", findings)
}

/// Letters and digits, at most 255.
fn check_logical_id(name: &str, at: At<'_>, findings: &mut Findings<'_>) {
    if name.is_empty() || name.len() > 255 || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        findings.error("diagnostic.wrong-logical-id", at, &[("name", name)]);
    }
}
