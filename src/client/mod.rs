//! The AWS CLI's client: configuration, credential chain, requests, signatures.
//!
//! AWS pages: AWS CLI User Guide (version 2), "Configuration and credential precedence"; AWS SDKs Reference
//! Guide, "Standardized credential providers" and "IMDS credential provider". Entries: [`Configuration::load`],
//! then [`Client::new`] and the [`operations`]. Everything that leaves goes through one [`Transport`] as HTTP.
//! Left out on purpose: providers that need what isn't modelled (they say so when something selects them),
//! retries (a time-out is final), `amz-sdk-invocation-id` (random, unsigned), progress meters.

mod call;
mod configuration;
mod credential_chain;
mod endpoint;
mod environment;
mod error;
mod ini;
mod left_out;
mod messages;
mod metadata_service;
pub mod operations;
pub mod protocol;
mod region;
mod transport;
mod upload;

pub use call::{Call, Client, encode_key, error_code, exchange};
pub use configuration::{Configuration, Options, profile_names};
pub use credential_chain::{Credentials, Kept, credential_chain};
pub use endpoint::{Endpoint, endpoint_for};
pub use environment::{Environment, absolute_path};
pub use error::{ClientError, Selected};
pub use messages::{empty_key, reason_phrase};
pub use region::{RegionSource, region};
pub use transport::{ConnectFailure, Transport};
