//! The steps of a command and their evidence: version 1 of the trace, the same bytes natively and in wasm.
//!
//! Entry: [`Recorder`], which services and the client write to. Codes are catalogue keys; sentences live in
//! the catalogues. Left out on purpose: log text.

mod evidence;
mod recorder;
mod step;

pub use crate::network::{DroppedBy, NodeKind, NodeRef};
pub use evidence::{
    AuthenticateEvidence, AuthorizeEvidence, CredentialsEvidence, Evidence, HttpEvidence, RouteEvidence,
    SignEvidence,
};
pub use recorder::{Recorder, StepId};
pub use step::{Outcome, Params, Step, StepKind, Trace};
