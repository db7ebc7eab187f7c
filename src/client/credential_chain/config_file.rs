//! The profile's keys in ~/.aws/config.
//!
//! AWS page: AWS CLI User Guide, "Configuration and credential file settings".

use super::{Credentials, shared_credentials_file};
use crate::client::{ClientError, Configuration, Transport};

pub(super) fn load(
    configuration: &Configuration,
    transport: &mut dyn Transport,
) -> Result<Option<Credentials>, Box<ClientError>> {
    let section = configuration.config_section();
    shared_credentials_file::of_file(
        "config-file",
        &configuration.config_file,
        section,
        configuration,
        transport,
    )
}
