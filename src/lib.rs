//! AWS's IAM, STS, EC2 instance profiles, IMDS and S3, with the network between them,
//! modelled so that every decision can be explained. See `src/README.md`.
//!
//! The modules stand in reading order: each imports only what stands above it.

pub mod chunk;
pub mod gather;
pub mod sorted;
pub mod decimal;
pub mod base64;
pub mod arn;
pub mod ids;
pub mod clock;
pub mod http;
pub mod checksum;
pub mod json;
pub mod xml;
pub mod data;
pub mod sigv4;
pub mod policy;
pub mod authorization;
pub mod cloud;
pub mod network;
pub mod trace;
pub mod services;
pub mod client;
pub mod shell;
pub mod scenario;
pub mod evaluate;
pub mod share;
pub mod sandbox;
pub mod check;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
