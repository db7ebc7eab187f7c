//! Signature Version 4: how a client proves who sent a request, and how a service checks it.
//!
//! AWS pages: IAM User Guide, "Create a signed AWS API request"; S3 API Reference, "Authenticating Requests
//! (AWS Signature Version 4)". Entries: [`sign`] and [`presign`] for clients, [`parse_authorization`] and
//! [`verify`] for services. Each noun of AWS's description is a file, in the order in which they are computed.
//! Left out on purpose: making chunked payloads, SigV4a, Signature Version 2.

mod canonical_request;
mod chunk_signatures;
mod credential_scope;
mod sign;
mod signing_key;
mod string_to_sign;
mod verify;

pub use canonical_request::{EMPTY_PAYLOAD, UNSIGNED_PAYLOAD, canonical_request, hex, payload_hash};
pub use chunk_signatures::ChunkSignatures;
pub use credential_scope::CredentialScope;
pub use sign::{Signed, SigningKeyParams, presign, sign};
pub use signing_key::signing_key;
pub use string_to_sign::{ALGORITHM, string_to_sign};
pub use verify::{
    AuthorizationFault, Provided, ProvidedIn, Verification, equal_in_constant_time, parse_authorization,
    unsigned_headers, verify,
};
