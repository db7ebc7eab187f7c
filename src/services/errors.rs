//! AWS's own error texts: the one table, with where each text comes from.
//!
//! AWS pages: S3 API Reference, "Error responses"; STS API Reference, "Common Errors"; IAM User Guide,
//! "Troubleshoot access denied error messages". Placeholders stand in braces.

use std::ops::{Deref, DerefMut};

/// An error as a service answers it. It stands behind a pointer, so that each result that may be one stays small: every
/// `?` copies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AwsError(Box<Answered>);

/// What an error says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answered {
    /// `AccessDenied`.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// AWS's text.
    pub message: String,
    /// Elements that S3 adds to the body, in order.
    pub fields: Vec<(&'static str, String)>,
    /// Headers that go with it.
    pub headers: Vec<(&'static str, String)>,
    /// What this program doesn't model and the request asked for.
    pub not_modelled: Option<String>,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// AWS's documentation.
    Documented,
    /// Real output that people published.
    Observed,
    /// Other programs that answer as AWS does, several of them alike.
    Mirrored,
    /// Memory; not looked up.
    Remembered,
    /// AWS has no such text: this program's.
    Own,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    pub code: &'static str,
    pub status: u16,
    pub text: &'static str,
    /// Told to people, and to the tests.
    #[cfg_attr(not(test), allow(dead_code))]
    pub source: Source,
}

impl Text {
    /// The error with its placeholders filled.
    pub fn with(&self, values: &[(&str, &str)]) -> AwsError {
        let message = fill(self.text, values);
        AwsError(Box::new(Answered {
            code: self.code,
            status: self.status,
            message,
            fields: Vec::new(),
            headers: Vec::new(),
            not_modelled: None,
        }))
    }

    /// The error, where there is nothing to fill.
    pub fn error(&self) -> AwsError {
        self.with(&[])
    }
}

impl Deref for AwsError {
    type Target = Answered;

    fn deref(&self) -> &Answered {
        &self.0
    }
}

impl DerefMut for AwsError {
    fn deref_mut(&mut self) -> &mut Answered {
        &mut self.0
    }
}

impl AwsError {
    /// What EC2 says where the other query services refuse credentials.
    pub fn in_ec2_words(self) -> Self {
        match self.code {
            "InvalidClientTokenId" | "SignatureDoesNotMatch" => EC2_AUTH_FAILURE.error(),
            "ExpiredToken" => EC2_EXPIRED.error(),
            _ => self,
        }
    }

    /// Adds an element to the body.
    pub fn field(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Says that the request asked for something that isn't modelled.
    pub fn for_want_of(mut self, what: impl Into<String>) -> Self {
        self.not_modelled = Some(what.into());
        self
    }
}

/// Puts values in the place of `{names}`; a value's own braces stay as they are.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    out.push_str(rest);
    out
}

use Source::{Documented, Mirrored, Observed, Own, Remembered};

/// Each line: name = code, status, text, source.
macro_rules! texts {
    ($($name:ident = $code:literal, $status:literal, $text:literal, $source:ident;)*) => {
        $(pub(in crate::services) const $name: Text =
            Text { code: $code, status: $status, text: $text, source: $source };)*
        #[cfg(test)]
        pub(super) const ALL: &[(&str, Text)] = &[$((stringify!($name), $name)),*];
    };
}

mod ec2;
mod iam;
mod sts;
pub(super) use ec2::*;
pub(super) use iam::*;
pub(super) use sts::*;

texts! {
    // S3.
    S3_ACCESS_DENIED = "AccessDenied", 403, "Access Denied", Documented;
    S3_NO_SUCH_BUCKET = "NoSuchBucket", 404, "The specified bucket does not exist", Observed;
    S3_NO_SUCH_KEY = "NoSuchKey", 404, "The specified key does not exist.", Documented;
    S3_INVALID_ACCESS_KEY_ID = "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.", Documented;
    S3_INVALID_TOKEN = "InvalidToken", 400, "The provided token is malformed or otherwise invalid.", Documented;
    S3_EXPIRED_TOKEN = "ExpiredToken", 400, "The provided token has expired.", Documented;
    S3_SIGNATURE = "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided. Check your key and signing method.", Observed;
    S3_SKEW = "RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large.", Documented;
    S3_HEADERS_NOT_SIGNED = "AccessDenied", 403, "There were headers present in the request which were not signed", Observed;
    S3_OTHER_MECHANISM = "InvalidRequest", 400, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.", Observed;
    S3_TWO_MECHANISMS = "InvalidArgument", 400, "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified", Observed;
    S3_HEADER_MALFORMED = "AuthorizationHeaderMalformed", 400, "The authorization header is malformed; the authorization component \"{part}\" is malformed.", Remembered;
    S3_HEADER_DATE = "AuthorizationHeaderMalformed", 400, "The authorization header is malformed; Invalid credential date \"{scope}\". This date is not the same as X-Amz-Date: \"{date}\".", Mirrored;
    S3_QUERY_DATE = "AuthorizationQueryParametersError", 400, "Invalid credential date \"{scope}\". This date is not the same as X-Amz-Date: \"{date}\".", Mirrored;
    S3_HEADER_REGION = "AuthorizationHeaderMalformed", 400, "The authorization header is malformed; the region '{provided}' is wrong; expecting '{expected}'", Observed;
    S3_HEADER_SERVICE = "AuthorizationHeaderMalformed", 400, "The authorization header is malformed; incorrect service \"{provided}\". This endpoint belongs to \"s3\".", Observed;
    S3_QUERY_PARAMETERS = "AuthorizationQueryParametersError", 400, "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.", Observed;
    S3_NO_DATE = "AccessDenied", 403, "AWS authentication requires a valid Date or x-amz-date header", Mirrored;
    S3_NO_CONTENT_SHA256 = "InvalidRequest", 400, "Missing required header for this request: x-amz-content-sha256", Mirrored;
    S3_CONTENT_SHA256 = "XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.", Observed;
    S3_PRESIGNED_EXPIRED = "AccessDenied", 403, "Request has expired", Observed;
    S3_PRESIGNED_EARLY = "AccessDenied", 403, "Request is not valid yet", Mirrored;
    S3_PERMANENT_REDIRECT = "PermanentRedirect", 301, "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.", Documented;
    S3_NOT_IMPLEMENTED = "NotImplemented", 501, "A header you provided implies functionality that is not implemented", Documented;
    S3_METHOD = "MethodNotAllowed", 405, "The specified method is not allowed against this resource.", Documented;
    S3_INVALID_URI = "InvalidURI", 400, "Couldn't parse the specified URI.", Documented;
    S3_INVALID_RANGE = "InvalidRange", 416, "The requested range is not satisfiable", Observed;
    S3_PRECONDITION = "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold", Documented;
    S3_MAX_KEYS = "InvalidArgument", 400, "Provided {name} not an integer or within integer range", Observed;
    S3_NEGATIVE_MAX_KEYS = "InvalidArgument", 400, "Argument {name} must be an integer between 0 and 2147483647", Remembered;
    S3_MAX_BUCKETS_NUMBER = "InvalidArgument", 400, "Provided max-buckets not an integer or within integer range", Mirrored;
    S3_BUCKET_REGION = "InvalidArgument", 400, "Requests with bucket-region specified must be made to the corresponding regional endpoint", Mirrored;
    S3_MAX_BUCKETS = "InvalidArgument", 400, "Argument max-buckets must be an integer between 1 and 10000", Mirrored;
    S3_CONTINUATION_TOKEN = "InvalidArgument", 400, "The continuation token provided is incorrect", Mirrored;
    S3_VERSION_MARKER = "InvalidArgument", 400, "A version-id marker cannot be specified without a key marker.", Remembered;
    S3_ENCODING_TYPE = "InvalidArgument", 400, "Invalid Encoding Method specified in Request", Observed;
    S3_MALFORMED_XML = "MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema", Observed;
    S3_BAD_MD5 = "BadDigest", 400, "The Content-MD5 you specified did not match what we received.", Observed;
    S3_BAD_CHECKSUM = "BadDigest", 400, "The {algorithm} you specified did not match the calculated checksum.", Observed;
    S3_MD5_FORM = "InvalidDigest", 400, "The Content-MD5 you specified was invalid.", Documented;
    S3_CHECKSUM_FORM = "InvalidRequest", 400, "Value for {name} header is invalid.", Mirrored;
    S3_CHECKSUM_MISSING = "InvalidRequest", 400, "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.", Observed;
    S3_CHECKSUMS = "InvalidRequest", 400, "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.", Observed;
    S3_NO_CHECKSUM = "InvalidRequest", 400, "Missing required header for this request: Content-MD5", Observed;
    S3_INCOMPLETE_BODY = "IncompleteBody", 400, "The request body terminated unexpectedly", Mirrored;
    S3_KEY_TOO_LONG = "KeyTooLongError", 400, "Your key is too long", Documented;
    S3_ACL = "AccessControlListNotSupported", 400, "The bucket does not allow ACLs", Observed;
    S3_COPY_SOURCE = "InvalidArgument", 400, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", Mirrored;
    S3_COPY_TO_ITSELF = "InvalidRequest", 400, "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.", Observed;
    S3_BUCKET_NAME = "InvalidBucketName", 400, "The specified bucket is not valid.", Documented;
    S3_BUCKET_EXISTS = "BucketAlreadyExists", 409, "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.", Documented;
    S3_BUCKET_OWNED = "BucketAlreadyOwnedByYou", 409, "Your previous request to create the named bucket succeeded and you already own it.", Observed;
    S3_BUCKET_NOT_EMPTY = "BucketNotEmpty", 409, "The bucket you tried to delete is not empty", Observed;
    S3_TOO_MANY_BUCKETS = "TooManyBuckets", 400, "You have attempted to create more buckets than allowed", Documented;
    S3_LOCATION = "IllegalLocationConstraintException", 400, "The {region} location constraint is incompatible for the region specific endpoint this request was sent to.", Observed;
    S3_LOCATION_CONSTRAINT = "InvalidLocationConstraint", 400, "The specified location-constraint is not valid", Observed;
    S3_NO_SUCH_BUCKET_POLICY = "NoSuchBucketPolicy", 404, "The bucket policy does not exist", Observed;
    S3_NO_PUBLIC_ACCESS_BLOCK = "NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found", Observed;
    S3_PUBLIC_POLICY = "AccessDenied", 403, "User: {principal} is not authorized to perform: {action} on resource: \"{resource}\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.", Documented;
    S3_POLICY_JSON = "MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{brace}'", Observed;
    S3_POLICY_SIZE = "MalformedPolicy", 400, "Policy exceeds the maximum allowed document size.", Remembered;
    S3_POLICY_MISSING = "MalformedPolicy", 400, "Missing required field {field}", Observed;
    S3_POLICY_PRINCIPAL = "MalformedPolicy", 400, "Invalid principal in policy", Observed;
    S3_POLICY_RESOURCE = "MalformedPolicy", 400, "Policy has invalid resource", Observed;
    S3_POLICY_ACTION = "MalformedPolicy", 400, "Action does not apply to any resource(s) in statement", Observed;
    S3_POLICY_INVALID = "MalformedPolicy", 400, "This policy contains invalid Json", Observed;
    S3_PUBLIC_ACL = "AccessDenied", 403, "User: {principal} is not authorized to perform: {action} on resource: \"{resource}\" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.", Documented;
    S3_BUCKET_ACL = "InvalidBucketAclWithObjectOwnership", 400, "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting", Observed;
    S3_OWNERSHIP = "InvalidArgument", 400, "Invalid x-amz-object-ownership header", Mirrored;
    S3_NO_OWNERSHIP_CONTROLS = "OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found", Observed;
    S3_NO_SUCH_TAG_SET = "NoSuchTagSet", 404, "The TagSet does not exist", Observed;
    S3_TOO_MANY_TAGS = "BadRequest", 400, "Object tags cannot be greater than {most}", Observed;
    S3_TAG = "InvalidTag", 400, "The TagKey you have provided is invalid", Observed;
    S3_TAG_TWICE = "InvalidTag", 400, "Cannot provide multiple Tags with the same key", Observed;
    S3_TAG_HEADER = "InvalidArgument", 400, "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", Observed;
    S3_STORAGE_CLASS = "InvalidStorageClass", 400, "The storage class you specified is not valid", Documented;
    S3_RESPONSE_HEADERS = "InvalidRequest", 400, "Request specific response headers cannot be used for anonymous GET requests.", Observed;
    S3_VERSION_ID = "InvalidArgument", 400, "Invalid version id specified", Observed;
    S3_NO_SUCH_VERSION = "NoSuchVersion", 404, "The specified version does not exist.", Documented;
    S3_DIRECTIVE = "InvalidArgument", 400, "Unknown directive.", Mirrored;
    S3_TRAILER = "MalformedTrailerError", 400, "The request contained trailing data that was not well-formed or did not conform to our published schema.", Mirrored;
    S3_NO_SUCH_UPLOAD = "NoSuchUpload", 404, "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", Documented;
    S3_PART_NUMBER = "InvalidArgument", 400, "Part number must be an integer between 1 and 10000, inclusive", Observed;
    S3_PART_ORDER = "InvalidPartOrder", 400, "The list of parts was not in ascending order. Parts must be ordered by part number.", Documented;
    S3_INVALID_PART = "InvalidPart", 400, "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", Documented;
    S3_PART_TOO_SMALL = "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size", Documented;
    S3_PART_CHECKSUM = "InvalidRequest", 400, "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}", Observed;
    S3_UPLOAD_CHECKSUM_TYPE = "InvalidRequest", 400, "The upload was created using the {type} checksum mode. The complete request must use the same checksum mode.", Mirrored;
    S3_OBJECT_SIZE = "InvalidRequest", 400, "The provided 'x-amz-mp-object-size' header value {told} does not match what was computed: {size}", Remembered;
    S3_NO_PART_CHECKSUM = "InvalidRequest", 400, "The upload was created using a {algorithm} checksum. The complete request must include the checksum for each part. It was missing for part {part} in the request.", Observed;
    S3_CHECKSUM_TYPE = "InvalidRequest", 400, "The {type} checksum type cannot be used with the {algorithm} checksum algorithm.", Observed;
    S3_COPY_RANGE = "InvalidArgument", 400, "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy", Observed;
    S3_COPY_RANGE_SIZE = "InvalidArgument", 400, "Range specified is not valid for source object of size: {size}", Observed;

    // STS and the other query services.
    QUERY_MISSING_TOKEN = "MissingAuthenticationToken", 403, "Request is missing Authentication Token", Observed;
    QUERY_INCOMPLETE = "IncompleteSignature", 400, "Authorization header requires '{part}' parameter. Authorization={header}", Observed;
    QUERY_MALFORMED = "IncompleteSignature", 400, "'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'.", Observed;
    QUERY_INVALID_TOKEN = "InvalidClientTokenId", 403, "The security token included in the request is invalid.", Observed;
    QUERY_EXPIRED_TOKEN = "ExpiredToken", 403, "The security token included in the request is expired", Documented;
    QUERY_SIGNATURE = "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.", Observed;
    QUERY_REGION = "SignatureDoesNotMatch", 403, "Credential should be scoped to a valid region. ", Observed;
    QUERY_SERVICE = "SignatureDoesNotMatch", 403, "Credential should be scoped to correct service: '{expected}'. ", Observed;
    QUERY_SCOPE_DATE = "SignatureDoesNotMatch", 403, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' != '{date}', from '{at}'.", Documented;
    QUERY_EXPIRED_SIGNATURE = "SignatureDoesNotMatch", 403, "Signature expired: {provided} is now earlier than {limit} ({now} - {minutes} min.)", Observed;
    QUERY_EARLY_SIGNATURE = "SignatureDoesNotMatch", 403, "Signature not yet current: {provided} is still later than {limit} ({now} + 15 min.)", Observed;
    QUERY_HOST_NOT_SIGNED = "SignatureDoesNotMatch", 403, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.", Observed;
    QUERY_STRING_INCOMPLETE = "IncompleteSignature", 400, "AWS query-string parameters must include '{part}'. Re-examine the query-string parameters.", Observed;
    QUERY_TWICE = "IncompleteSignature", 400, "The request carries a signature in its Authorization header and one in its query.", Remembered;
    QUERY_MISSING_ACTION = "MissingAction", 400, "Missing Action", Remembered;
    QUERY_INVALID_ACTION = "InvalidAction", 400, "Could not find operation {action} for version {version}", Observed;
    QUERY_NULL = "ValidationError", 400, "1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null", Observed;
    QUERY_PATTERN = "ValidationError", 400, "1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: {constraint}", Observed;
    QUERY_NOT_MODELLED = "NotImplemented", 501, "The parameter {parameter} is not implemented.", Own;

    // The JSON protocol.
    JSON_SERIALIZATION = "SerializationException", 400, "Unable to parse the request body as JSON.", Remembered;

    // Access Analyzer.
    ANALYZER_WITHOUT_CHECKS = "NotImplemented", 501, "The checks of policies aren't loaded here.", Own;
    ANALYZER_MISSING = "ValidationException", 400, "Value at '{name}' failed to satisfy constraint: Member must be valid", Remembered;
    ANALYZER_LOCALE = "ValidationException", 400, "The locale {locale} is not supported.", Remembered;
    ANALYZER_TYPE = "ValidationException", 400, "The policy type or resource type {type} is not supported.", Remembered;

    // CloudTrail.
    CLOUDTRAIL_ATTRIBUTES = "InvalidLookupAttributesException", 400, "Your request contains an invalid lookup attribute.", Remembered;
    CLOUDTRAIL_TIME_RANGE = "InvalidTimeRangeException", 400, "Occurs if the timestamp values are not valid. Either the start time occurs after the end time, or the time range is outside the range of possible values.", Documented;
    CLOUDTRAIL_MAX_RESULTS = "InvalidMaxResultsException", 400, "This exception is thrown if the limit specified is not valid.", Documented;
    CLOUDTRAIL_NEXT_TOKEN = "InvalidNextTokenException", 400, "A token that is not valid, or a token that was previously used in a request with different parameters. This exception is thrown if the token is not valid.", Documented;

    // Organizations: its API Reference describes each exception; what AWS sends may be worded otherwise.
    ORG_NOT_IN_USE = "AWSOrganizationsNotInUseException", 400, "Your account is not a member of an organization.", Observed;
    ORG_ONLY_MANAGEMENT = "AccessDeniedException", 400, "You don't have permissions to access this resource.", Observed;
    ORG_ALREADY_IN = "AlreadyInOrganizationException", 400, "This account is already a member of an organization. An account can belong to only one organization at a time.", Documented;
    ORG_NOT_EMPTY = "OrganizationNotEmptyException", 400, "The organization isn't empty. To delete an organization, you must first remove all accounts except the management account.", Documented;
    ORG_INVALID_INPUT = "InvalidInputException", 400, "You provided an invalid value for the request parameter {name}.", Remembered;
    ORG_ROOT_NOT_FOUND = "RootNotFoundException", 400, "We can't find a root with the RootId that you specified.", Documented;
    ORG_PARENT_NOT_FOUND = "ParentNotFoundException", 400, "We can't find a root or OU with the ParentId that you specified.", Documented;
    ORG_SOURCE_NOT_FOUND = "SourceParentNotFoundException", 400, "We can't find a source root or OU with the ParentId that you specified.", Documented;
    ORG_DESTINATION_NOT_FOUND = "DestinationParentNotFoundException", 400, "We can't find the destination container (a root or OU) with the ParentId that you specified.", Documented;
    ORG_CHILD_NOT_FOUND = "ChildNotFoundException", 400, "We can't find an organizational unit (OU) or Amazon Web Services account with the ChildId that you specified.", Documented;
    ORG_TARGET_NOT_FOUND = "TargetNotFoundException", 400, "We can't find a root, OU, account, or policy with the TargetId that you specified.", Documented;
    ORG_ACCOUNT_NOT_FOUND = "AccountNotFoundException", 400, "We can't find an Amazon Web Services account with the AccountId that you specified, or the account whose credentials you used to make this request isn't a member of an organization.", Documented;
    ORG_DUPLICATE_ACCOUNT = "DuplicateAccountException", 400, "That account is already present in the specified destination.", Documented;
    ORG_REQUEST_NOT_FOUND = "CreateAccountStatusNotFoundException", 400, "We can't find an create account request with the CreateAccountRequestId that you specified.", Documented;
    ORG_UNIT_NOT_FOUND = "OrganizationalUnitNotFoundException", 400, "We can't find an OU with the OrganizationalUnitId that you specified.", Documented;
    ORG_UNIT_NOT_EMPTY = "OrganizationalUnitNotEmptyException", 400, "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.", Documented;
    ORG_UNIT_DEPTH = "ConstraintViolationException", 400, "You attempted to create an OU tree that is too many levels deep.", Documented;
    ORG_DUPLICATE_UNIT = "DuplicateOrganizationalUnitException", 400, "An OU with the same name already exists.", Documented;
    ORG_POLICY_NOT_FOUND = "PolicyNotFoundException", 400, "We can't find a policy with the PolicyId that you specified.", Documented;
    ORG_POLICY_IN_USE = "PolicyInUseException", 400, "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.", Documented;
    ORG_POLICY_SIZE = "ConstraintViolationException", 400, "You attempted to create a policy that is larger than the maximum size.", Documented;
    ORG_MALFORMED_POLICY = "MalformedPolicyDocumentException", 400, "The provided policy document does not meet the requirements of the specified policy type.", Observed;
    ORG_DUPLICATE_POLICY = "DuplicatePolicyException", 400, "A policy with the same name already exists.", Documented;
    ORG_AWS_MANAGED = "InvalidInputException", 400, "You specified a policy that is managed by Amazon Web Services and can't be modified.", Documented;
    ORG_ATTACHED = "DuplicatePolicyAttachmentException", 400, "The selected policy is already attached to the specified target.", Documented;
    ORG_NOT_ATTACHED = "PolicyNotAttachedException", 400, "The policy isn't attached to the specified target in the specified root.", Documented;
    ORG_LAST_POLICY = "ConstraintViolationException", 400, "You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.", Observed;
    ORG_TOO_MANY_ATTACHED = "ConstraintViolationException", 400, "You attempted to exceed the number of policies of a certain type that can be attached to an entity at one time.", Documented;
    ORG_TYPE_ENABLED = "PolicyTypeAlreadyEnabledException", 400, "The specified policy type is already enabled in the specified root.", Documented;
    ORG_TYPE_NOT_ENABLED = "PolicyTypeNotEnabledException", 400, "The specified policy type isn't currently enabled in this root. You can't attach policies of the specified type to entities in a root until you enable that type in the root.", Documented;
    ORG_TYPE_NOT_AVAILABLE = "PolicyTypeNotAvailableForOrganizationException", 400, "You can't use the specified policy type with the feature set currently enabled for this organization.", Documented;
    // What a policy refuses, in every service.
    DENIED = "AccessDenied", 403, "User: {principal} is not authorized to perform: {action}{resource}{reason}", Documented;

    // What the metadata service says of an instance's role (JSON, status 200).
    IMDS_ASSUME_ROLE = "AssumeRoleUnauthorizedAccess", 200, "EC2 cannot assume the role {role}.  Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.", Observed;
    IMDS_NO_PROFILE = "InstanceProfileNotFound", 200, "Instance Profile {profile} cannot be found. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.", Remembered;
    IMDS_NO_ROLE = "Success", 200, "Instance Profile does not contain a role. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.", Remembered;
}

// Parts of the sentence DENIED.
pub(super) const DENIED_ON: &str = " on resource: {resource}";
pub(super) const DENIED_ON_QUOTED: &str = " on resource: \"{resource}\"";
pub(super) const DENIED_EXPLICITLY: &str = " with an explicit deny in {a}";
pub(super) const DENIED_IMPLICITLY: &str = " because no {kind} allows the {action} action";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(fill("a {x} b {y}", &[("x", "{y}"), ("y", "2")]), "a {y} b 2");
        assert_eq!(fill("{unknown}!", &[]), "!");
    }

    #[test]
    fn most_texts_are_documented_or_observed() {
        let all = [ALL, ec2::ALL, iam::ALL, sts::ALL].concat();
        let of = |source: Source| all.iter().filter(|(_, text)| text.source == source).count();
        let told = of(Documented) + of(Observed);
        println!(
            "{} error texts: {} documented, {} observed, {} mirrored, {} from memory, {} own",
            all.len(),
            of(Documented),
            of(Observed),
            of(Mirrored),
            of(Remembered),
            of(Own)
        );
        assert!(told * 100 >= all.len() * 77, "{told} of {}", all.len());
    }

    #[test]
    fn own_words_stand_only_where_aws_has_none() {
        let all = [ALL, ec2::ALL, iam::ALL, sts::ALL].concat();
        let own: Vec<_> = all.iter().filter(|(_, text)| text.source == Own).map(|(name, _)| *name).collect();
        assert_eq!(own, ["QUERY_NOT_MODELLED", "ANALYZER_WITHOUT_CHECKS", "EC2_OTHER_REGION"]);
        for (name, text) in &all {
            assert!((200..600).contains(&text.status), "{name}");
            assert_eq!(text.text.matches('{').count(), text.text.matches('}').count(), "{name}");
        }
    }
}
