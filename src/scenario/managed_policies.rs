//! Policies that AWS manages and a template names by ARN.
//!
//! AWS page: AWS Managed Policy Reference.

use super::findings::At;
use super::loading::Loading;

/// Whether the policy of that ARN is built in; if not, that is a finding.
pub(crate) fn provide(loading: &mut Loading<'_>, at: &At<'_>, arn: &str) -> bool {
    let params = [("arn", arn)];
    loading.findings.warning("diagnostic.not-modelled.managed-policy", at, &params);
    false
}
