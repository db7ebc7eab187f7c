//! `aws sts get-caller-identity`
//!
//! AWS page: AWS CLI Command Reference, "get-caller-identity".

use super::arguments::OutputFormat;
use super::{Answer, Arguments, Invocation, messages, with_client};
use crate::client::operations::get_caller_identity;
use crate::json::{self, Member, Span, Value};

pub(super) fn run(invocation: &mut Invocation<'_>, arguments: &Arguments) -> Answer {
    if let Some(word) = arguments.paths.first() {
        return Answer::error(252, messages::error(&format!("Unknown options: {word}")));
    }
    with_client(invocation, arguments, "sts", |client| {
        let identity = get_caller_identity(client)?;
        let fields = [("UserId", identity.user_id), ("Account", identity.account), ("Arn", identity.arn)];
        Ok(Answer::text(write(&fields, arguments)))
    })
}

fn write(fields: &[(&str, String); 3], arguments: &Arguments) -> String {
    let text = arguments.output == OutputFormat::Text;
    if let Some(query) = &arguments.query {
        let found = fields.iter().find(|(name, _)| name == query).map(|(_, value)| value);
        return match (found, text) {
            (Some(value), true) => format!("{value}\n"),
            (Some(value), false) => json::to_pretty(&Value::string(value.as_str()).node(), 4) + "\n",
            (None, true) => "None\n".to_string(),
            (None, false) => "null\n".to_string(),
        };
    }
    if text {
        // In the order of the names.
        let [user_id, account, arn] = fields;
        return format!("{}\t{}\t{}\n", account.1, arn.1, user_id.1);
    }
    let members = fields.iter().map(|(name, value)| Member {
        key: (*name).into(),
        key_span: Span::default(),
        node: Value::string(value.as_str()).node(),
    });
    json::to_pretty(&Value::Object(members.collect()).node(), 4) + "\n"
}
