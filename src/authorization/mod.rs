//! Whether a request is allowed: each policy type analysed alone, then one decision.
//!
//! AWS page: IAM User Guide, "Policy evaluation logic". Entry: `authorize`.
//! Left out on purpose: finding the policies that apply, which the services do.

mod context;
mod outcome;
mod request;

pub use context::{Context, ContextEntry};
pub use outcome::*;
pub use request::*;
