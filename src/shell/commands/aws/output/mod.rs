//! What the CLI prints of an answer: `--output json|text|table|yaml`.
//!
//! AWS page: AWS CLI User Guide, "Setting the output format in the AWS CLI". Entry: [`OutputFormat::write`].
//! Left out on purpose: `yaml-stream` and `off`, colours, tables that follow the width of a terminal.

mod table;
mod text;
mod yaml;

use crate::json::{self, Node, Value};

/// `--output`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum OutputFormat {
    #[default]
    Json,
    Text,
    Table,
    Yaml,
}

impl OutputFormat {
    /// All of their names.
    pub(super) const NAMES: [&str; 4] = ["json", "table", "text", "yaml"];

    /// Those of the CLI's that are left out.
    pub(super) const LEFT_OUT: [&str; 2] = ["off", "yaml-stream"];

    /// The CLI's, in its order.
    pub(super) const ALL: [&str; 6] = ["json", "text", "table", "yaml", "yaml-stream", "off"];

    /// The format of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "json" => OutputFormat::Json,
            "text" => OutputFormat::Text,
            "table" => OutputFormat::Table,
            "yaml" => OutputFormat::Yaml,
            _ => return None,
        })
    }

    /// The text of an answer; nothing for one without members. `title` heads a table: the operation's name.
    /// `None`: it would be too large.
    pub(super) fn write(self, node: &Node, title: &str) -> Option<String> {
        let empty = matches!(&node.value, Value::Object(members) if members.is_empty());
        Some(match self {
            _ if empty => String::new(),
            OutputFormat::Json => json::to_pretty(node, 4) + "\n",
            OutputFormat::Text => text::write(node),
            OutputFormat::Table => return table::write(node, title),
            OutputFormat::Yaml => yaml::write(node),
        })
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Array(_) | Value::Object(_))
}

/// As Python's `str` writes a scalar.
fn scalar(node: &Node) -> String {
    match &node.value {
        Value::Null => "None".to_string(),
        Value::Bool(true) => "True".to_string(),
        Value::Bool(false) => "False".to_string(),
        Value::Number(text) | Value::String(text) => text.to_string(),
        _ => json::to_compact(node),
    }
}

/// Names of an object's members, sorted: those of scalars, those of others.
fn keys(node: &Node) -> (Vec<&str>, Vec<&str>) {
    let (mut scalars, mut others) = (Vec::new(), Vec::new());
    for member in node.members() {
        if is_scalar(&member.node) { &mut scalars } else { &mut others }.push(&*member.key);
    }
    scalars.sort_unstable();
    others.sort_unstable();
    (scalars, others)
}

/// The same of all objects of a list together.
fn keys_of_all(items: &[Node]) -> (Vec<&str>, Vec<&str>) {
    let (mut scalars, mut others) = (Vec::new(), Vec::new());
    for item in items {
        let (own, more) = keys(item);
        scalars.extend(own);
        others.extend(more);
    }
    for all in [&mut scalars, &mut others] {
        all.sort_unstable();
        all.dedup();
    }
    (scalars, others)
}
