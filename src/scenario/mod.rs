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

#[cfg(test)]
mod coverage {
    //! Every field of a document, and every name that an expectation knows, stands in a case of
    //! `tests/cases/scenario/behaviour`.

    use super::{accounts, expect, hosts, load, steps, template};
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// What the cases hold: `host env`, `expect route nat-gateway`, ...
    #[derive(Default)]
    struct Seen(BTreeSet<String>);

    impl Seen {
        fn fields(&mut self, of: &str, value: &Value) {
            let names = value.as_object().into_iter().flatten().map(|(name, _)| format!("{of} {name}"));
            self.0.extend(names);
        }

        fn each<'v>(&mut self, of: &str, values: impl IntoIterator<Item = &'v Value>) {
            values.into_iter().for_each(|value| self.fields(of, value));
        }

        fn document(&mut self, document: &Value) {
            self.fields("document", document);
            let members = |value: &'_ Value| value.as_object().cloned().unwrap_or_default();
            for account in members(&document["accounts"]).values() {
                self.fields("account", account);
                self.fields("template", &account["template"]);
                self.each("parameter", members(&account["template"]["Parameters"]).values());
                self.each("resource", members(&account["template"]["Resources"]).values());
            }
            self.each("host", members(&document["hosts"]).values());
            for entry in document["lesson"].as_array().into_iter().flatten() {
                self.fields("lesson", entry);
                ["run", "goal", "solution"].iter().for_each(|part| self.steps(&entry[part]));
            }
        }

        fn steps(&mut self, steps: &Value) {
            for step in steps.as_array().into_iter().flatten() {
                self.fields("step", step);
                self.fields("expect", &step["expect"]);
                ["stdout", "stderr"].iter().for_each(|output| self.fields("output", &step["expect"][output]));
                for field in ["blockedBy", "route", "droppedBy", "credentials"] {
                    let value = &step["expect"][field];
                    let names = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                    self.0
                        .extend(names.iter().filter_map(Value::as_str).map(|name| format!("{field} {name}")));
                }
            }
        }
    }

    fn expected() -> Vec<String> {
        let mut all = Vec::new();
        let mut add = |of: &str, names: &[&str]| all.extend(names.iter().map(|name| format!("{of} {name}")));
        add("document", &load::FIELDS);
        add("account", &accounts::FIELDS);
        add("template", &template::SECTIONS);
        add("parameter", &template::PARAMETER_FIELDS);
        add("resource", &template::RESOURCE_FIELDS);
        add("host", &hosts::FIELDS);
        add("step", &steps::STEP);
        add("lesson", &steps::ENTRY);
        add("expect", &expect::FIELDS);
        add("output", &["equals", "contains", "lacks"]);
        add("blockedBy", &expect::GATES.map(|(name, _)| name));
        add("route", &expect::ROUTES.map(|(name, _)| name));
        add("droppedBy", &expect::DROPS.map(|(name, _)| name));
        add("credentials", &expect::PROVIDERS);
        // A container's own credentials aren't modelled, and AllowedPattern isn't either: nothing can show them at work.
        all.retain(|name| name != "credentials container-role" && name != "parameter AllowedPattern");
        all
    }

    #[test]
    fn every_field_has_a_case() {
        let mut seen = Seen::default();
        // The tests give these to every case.
        seen.0.extend(["document version".to_string(), "document run".to_string()]);
        for entry in std::fs::read_dir("tests/cases/scenario/behaviour").unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let file: Value = serde_json::from_str(&text).unwrap();
            seen.document(&file["document"]);
            for case in file["cases"].as_array().unwrap() {
                seen.document(&case["set"]);
                seen.steps(&case["run"]);
            }
        }
        let missing: Vec<_> = expected().into_iter().filter(|name| !seen.0.contains(name)).collect();
        assert!(missing.is_empty(), "no case for {missing:#?}");
    }
}
