//! The scenario document: text to cloud state, hosts, steps and lessons, with every finding collected.
//!
//! Its vocabulary is AWS's: each account holds a CloudFormation template body (CloudFormation User Guide,
//! "Template anatomy"). Entry: [`Document::parse`], then [`load`]; edits go through [`Document::patched`] and
//! [`update`]. Left out on purpose: running commands, which the sandbox does.

mod accounts;
mod document;
mod expect;
mod fields;
mod findings;
mod graph;
mod hosts;
mod intrinsics;
mod load;
mod loading;
mod localized_text;
mod managed_policies;
mod names;
mod objects;
mod parameters;
mod patch;
mod policies;
mod policy_text;
mod references;
mod resolved;
mod resources;
mod schema;
mod steps;
mod sub;
mod suggestion;
mod template;
mod update;

#[cfg(test)]
mod tests;

pub use document::{Document, MAX_BYTES};
pub use expect::{Expect, Mismatch, Observed, check};
pub use hosts::{Host, HostKind};
pub use intrinsics::NOT_KNOWN;
pub(crate) use load::load_partly;
pub use load::{Loaded, load};
pub use localized_text::LocalizedText;
pub use patch::{Operation, OperationKind, patch_policy};
pub use policies::PolicyText;
pub use steps::{LessonEntry, Step, StepAction};
pub use update::update;
