//! ModifyInstanceMetadataOptions: how the metadata service of an instance answers, from the next request on.
//!
//! AWS page: EC2 API Reference, "ModifyInstanceMetadataOptions". Simplified: applied at once, where AWS says
//! `pending` for a while.

use super::exchange::{Ec2, invalid, number, required};
use super::resource::INSTANCE;
use super::{instance, tags};
use crate::cloud::{HttpTokens, InstanceState, MetadataOptions};
use crate::services::errors::{AwsError, EC2_INSTANCE_STATE};
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "InstanceId")?;
    let mut wanted = INSTANCE.wanted(ec2, id);
    for (key, parameter) in [
        ("ec2:Attribute/HttpTokens", "HttpTokens"),
        ("ec2:Attribute/HttpEndpoint", "HttpEndpoint"),
        ("ec2:Attribute/HttpPutResponseHopLimit", "HttpPutResponseHopLimit"),
        ("ec2:Attribute/InstanceMetadataTags", "InstanceMetadataTags"),
    ] {
        wanted.keys.extend(input.get(parameter).map(|value| (key.to_string(), value.to_string())));
    }
    ec2.permit(input, vec![wanted], None)?;
    let found = instance::find(ec2, id)?;
    if found.state == InstanceState::Terminated {
        return Err(EC2_INSTANCE_STATE.with(&[("id", id), ("what", "modified")]));
    }
    let options = read(input, "", found.metadata_options)?;
    if options.instance_tags {
        tags::in_metadata(found.tags.keys())?;
    }
    let account = ec2.own_mut()?;
    let mut answer = Tree::new();
    answer.text("instanceId", id);
    if let Some(instance) = account.instances.get_mut(id) {
        instance.metadata_options = options;
        answer.put("instanceMetadataOptions", instance::metadata_options(instance));
    }
    Ok(answer)
}

/// The options with what the request changes; `prefix` stands before each parameter's name.
pub(super) fn read(
    input: &Parameters,
    prefix: &str,
    options: MetadataOptions,
) -> Result<MetadataOptions, AwsError> {
    let mut options = options;
    let one_of = |name: &str, values: [&str; 2]| -> Result<Option<bool>, AwsError> {
        let name = [prefix, name].concat();
        match input.get(&name) {
            None => Ok(None),
            Some(text) if text == values[0] => Ok(Some(false)),
            Some(text) if text == values[1] => Ok(Some(true)),
            Some(text) => Err(invalid(&name, text, &["Valid values: ", values[0], ", ", values[1]].concat())),
        }
    };
    if let Some(required) = one_of("HttpTokens", ["optional", "required"])? {
        options.http_tokens = if required { HttpTokens::Required } else { HttpTokens::Optional };
    }
    if let Some(enabled) = one_of("HttpEndpoint", ["disabled", "enabled"])? {
        options.enabled = enabled;
    }
    if let Some(enabled) = one_of("InstanceMetadataTags", ["disabled", "enabled"])? {
        options.instance_tags = enabled;
    }
    let name = [prefix, "HttpPutResponseHopLimit"].concat();
    if let Some(limit) = number(input, &name)? {
        let fits = u8::try_from(limit).ok().filter(|limit| (1..=64).contains(limit));
        options.hop_limit =
            fits.ok_or_else(|| invalid(&name, &limit.to_string(), "Expecting a value between 1 and 64."))?;
    }
    Ok(options)
}
