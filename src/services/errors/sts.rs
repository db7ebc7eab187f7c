//! STS's error texts. AWS page: STS API Reference, "Common Errors" and the errors of each operation.

use super::Source::{Documented, Mirrored, Observed, Remembered};
use super::Text;

texts! {
    STS_DURATION = "ValidationError", 400, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", Observed;
    STS_CHAINING = "ValidationError", 400, "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.", Observed;
    STS_ROOT = "AccessDenied", 403, "Roles may not be assumed by root accounts.", Observed;
    STS_MALFORMED_POLICY = "MalformedPolicyDocument", 400, "Syntax errors in policy.", Remembered;
    STS_POLICY_JSON = "MalformedPolicyDocument", 400, "The policy is not in the valid JSON format.", Observed;
    STS_NO_POLICY = "MalformedPolicyDocument", 400, "The policy {arn} is not valid.", Remembered;
    STS_MANY_POLICIES = "ValidationError", 400, "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10", Observed;
    STS_PACKED = "PackedPolicyTooLarge", 400, "Packed policy consumes {percent}% of allotted space", Observed;
    STS_MFA_CODE = "AccessDenied", 403, "MultiFactorAuthentication failed with invalid MFA one time pass code. ", Observed;
    STS_MFA_BOTH = "AccessDenied", 403, "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.", Observed;
    STS_MFA_SERIAL = "AccessDenied", 403, "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.", Observed;
    STS_SESSION_CREDENTIALS = "AccessDenied", 403, "Cannot call {operation} with session credentials", Observed;
    STS_TRANSITIVE_MISSING = "InvalidParameterValue", 400, "The specified transitive tag key must be included in the requested tags.", Mirrored;
    STS_TRANSITIVE_CONFLICT = "InvalidParameterValue", 400, "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.", Observed;
    STS_SOURCE_IDENTITY = "ValidationError", 400, "The source identity is already set for this assume role session", Observed;
    STS_DUPLICATE_TAG = "InvalidParameterValue", 400, "Duplicate tag keys found. Please note that Tag keys are case insensitive.", Mirrored;
    STS_ACCESS_KEY = "ValidationError", 400, "The access key {id} isn't valid.", Remembered;
    STS_MESSAGE = "InvalidAuthorizationMessageException", 400, "The message passed to DecodeAuthorizationMessage was invalid. This can happen if the token contains invalid characters, such as line breaks, or if the message has expired.", Documented;
}
