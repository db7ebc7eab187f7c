//! `iam-sandbox validate-policy`: what IAM Access Analyzer would find in a policy, as JSON.

use super::terminal::Stop;
use iam_sandbox::data::Tables;
use iam_sandbox::policy::validate::{Subject, ValidatePolicyOutput, validate};
use std::process::ExitCode;

const TYPES: &str = "--type IDENTITY_POLICY | RESOURCE_POLICY | SERVICE_CONTROL_POLICY | RESOURCE_CONTROL_POLICY, \
and with RESOURCE_POLICY perhaps --resource-type AWS::S3::Bucket | AWS::IAM::AssumeRolePolicyDocument | \
AWS::EC2::VPCEndpoint";

/// Prints the findings; the status is 1 if one of them is an error.
pub fn main(arguments: &[String]) -> Result<ExitCode, Stop> {
    let mut arguments = pico_args::Arguments::from_vec(arguments.iter().map(Into::into).collect());
    let wrong = |error: pico_args::Error| format!("validate-policy: {error}");
    let policy_type: String = arguments.value_from_str("--type").map_err(wrong)?;
    let resource_type: Option<String> = arguments.opt_value_from_str("--resource-type").map_err(wrong)?;
    let file: String = arguments.free_from_str().map_err(wrong)?;
    if let Some(more) = arguments.finish().first() {
        return Err(Stop::Because(format!("validate-policy: unknown argument {}", more.display())));
    }
    let subject = Subject::new(&policy_type, resource_type.as_deref()).ok_or_else(|| {
        format!("validate-policy: these types don't exist or don't fit each other; write {TYPES}")
    })?;
    let text = super::read(&file)?;
    let output = ValidatePolicyOutput::new(&text, &validate(&text, subject, &Tables::carried()));
    let json = serde_json::to_string(&output).map_err(|error| error.to_string())?;
    super::print(&json)?;
    Ok(if output.has_error() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
