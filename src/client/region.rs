//! The region chain: option, variables, profile, then the metadata service.
//!
//! AWS page: AWS CLI User Guide, "Command line options" and "Environment variables" (AWS_REGION before
//! AWS_DEFAULT_REGION); version 2 asks the metadata service last, for the availability zone.

use super::metadata_service::{MetadataFault, MetadataService};
use super::{ClientError, Configuration, Transport};

/// The longest label of a host name.
const MAX_LABEL: usize = 63;

/// The region in force; `None` where nothing names one.
pub fn region(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<String>, ClientError> {
    let chosen = configuration
        .options
        .region
        .as_deref()
        .or_else(|| configuration.variable("AWS_REGION"))
        .or_else(|| configuration.variable("AWS_DEFAULT_REGION"))
        .or_else(|| configuration.setting("region"));
    let region = match chosen {
        Some(region) => Some(region.to_string()),
        None => of_metadata_service(configuration, transport)?,
    };
    match region {
        Some(region) if !is_host_label(&region) => Err(ClientError::InvalidRegion { region }),
        region => Ok(region),
    }
}

fn of_metadata_service(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<String>, ClientError> {
    let service = MetadataService::new(configuration)?;
    let zone = service.token(transport).and_then(|token| {
        service.get(transport, "/latest/meta-data/placement/availability-zone/", token.as_deref())
    });
    match zone {
        // us-east-1a is a zone of us-east-1.
        Ok(zone) => {
            Ok(zone.char_indices().next_back().and_then(|(last, _)| zone.get(..last)).map(str::to_string))
        }
        Err(MetadataFault::V1Disabled) => Err(ClientError::MetadataRetrieval),
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
