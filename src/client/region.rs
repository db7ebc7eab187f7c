//! The region chain: option, variables, profile, then the metadata service.
//!
//! AWS page: AWS CLI User Guide, "Command line options" and "Environment variables" (AWS_REGION before
//! AWS_DEFAULT_REGION); version 2 asks the metadata service last, for the availability zone.

use super::metadata_service::{MetadataFault, MetadataService};
use super::{ClientError, Configuration, Transport};

/// The longest label of a host name.
const MAX_LABEL: usize = 63;

/// Where a region's name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionSource {
    /// `--region`
    Option,
    /// AWS_REGION or AWS_DEFAULT_REGION.
    Variable,
    /// The profile.
    Profile,
    /// The metadata service.
    MetadataService,
}

/// The region in force; `None` where nothing names one.
pub fn region(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<(String, RegionSource)>, Box<ClientError>> {
    let variable = |name| configuration.variable(name).map(|region| (region, RegionSource::Variable));
    let option = configuration.options.region.as_deref().map(|region| (region, RegionSource::Option));
    let profile = || configuration.setting("region").map(|region| (region, RegionSource::Profile));
    let chosen =
        option.or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION")).or_else(profile);
    let region = match chosen {
        Some((region, source)) => Some((region.to_string(), source)),
        None => of_metadata_service(configuration, transport)?
            .map(|region| (region, RegionSource::MetadataService)),
    };
    match region {
        Some((region, _)) if !is_host_label(&region) => Err(ClientError::InvalidRegion { region }.into()),
        region => Ok(region),
    }
}

fn of_metadata_service(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<String>, Box<ClientError>> {
    let service = MetadataService::new(configuration)?;
    let zone = service.token(transport).and_then(|token| {
        service.get(transport, "/latest/meta-data/placement/availability-zone/", token.as_deref())
    });
    match zone {
        // us-east-1a is a zone of us-east-1.
        Ok(zone) => {
            Ok(zone.char_indices().next_back().and_then(|(last, _)| zone.get(..last)).map(str::to_string))
        }
        Err(MetadataFault::V1Disabled) => Err(ClientError::MetadataRetrieval.into()),
        Err(_) => Ok(None),
    }
}

fn is_host_label(region: &str) -> bool {
    !region.is_empty()
        && region.len() <= MAX_LABEL
        && !region.starts_with('-')
        && !region.ends_with('-')
        && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
