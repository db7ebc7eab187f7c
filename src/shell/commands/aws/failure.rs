//! Exit status and text of a command that failed.
//!
//! AWS page: AWS CLI User Guide, "Command line return codes": 252 arguments, 253 configuration, 254 a service's
//! error, 255 anything else; 1 where a transfer of `s3` failed.

use super::messages;
use crate::client::ClientError;
use crate::shell::Notice;
use crate::shell::commands::Answer;

/// An error that ends the command.
pub(super) fn general(error: &ClientError) -> Answer {
    let text = error.message();
    let (exit_code, stderr) = match error {
        ClientError::NotModelled(_) | ClientError::SettingNotModelled { .. } => return not_modelled(error),
        ClientError::EndOfInput => {
            let notices = vec![Notice::new("cli.aws.mfa-code", &[])];
            return Answer {
                exit_code: 255,
                error_code: Some(error.decided()),
                notices,
                ..Answer::default()
            };
        }
        ClientError::NoCredentials => (253, messages::coded_error("NoCredentials", messages::NO_CREDENTIALS)),
        ClientError::NoRegion => (253, messages::coded_error("NoRegion", messages::NO_REGION)),
        ClientError::ParamValidation { .. } => (252, messages::coded_error("ParamValidation", &text)),
        ClientError::Service { .. } => (254, messages::error(&text)),
        _ => (255, messages::error(&text)),
    };
    Answer { exit_code, stderr, error_code: Some(error.decided()), ..Answer::default() }
}

/// An error that ends an `s3` command without the CLI's prefix.
pub(super) fn fatal(error: &ClientError) -> Answer {
    of_transfer(error, messages::fatal(&error.message()))
}

/// An error of one transfer.
pub(super) fn transfer(error: &ClientError, kind: &str, place: &str) -> Answer {
    of_transfer(error, messages::transfer_failed(kind, place, &error.message()))
}

/// Status 1 and the given text.
pub(super) fn of_transfer(error: &ClientError, stderr: String) -> Answer {
    match error {
        ClientError::NotModelled(_) | ClientError::SettingNotModelled { .. } => not_modelled(error),
        _ => Answer { exit_code: 1, stderr, error_code: Some(error.decided()), ..Answer::default() },
    }
}

fn not_modelled(error: &ClientError) -> Answer {
    let notice = match error {
        ClientError::NotModelled(selected) => {
            let params = [("provider", selected.provider), ("by", selected.by)];
            Notice::new("cli.not-modelled.credentials", &params)
        }
        ClientError::SettingNotModelled { by } => {
            Notice::new("cli.not-modelled.option", &[("command", "aws"), ("found", by)])
        }
        _ => return Answer::exit(127),
    };
    let error_code = Some(error.class().to_string());
    Answer { exit_code: 127, error_code, notices: vec![notice], ..Answer::default() }
}
