//! The AWS CLI's operations.

use super::*;
use iam_sandbox::trace::{Evidence, StepKind};

const S3: &str = "https://s3.ap-northeast-2.amazonaws.com/";
const BUCKET: &str = "https://my-bucket.s3.ap-northeast-2.amazonaws.com/";
const DENIED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::\
                      111122223333:user/a is not authorized to perform: s3:DeleteObject</Message><RequestId>X</RequestId></Error>";

#[test]
fn lists_buckets() {
    let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
                <Owner><ID>0123</ID></Owner><Buckets><Bucket><Name>my-bucket</Name><CreationDate>2026-01-07T09:00:00.000Z</CreationDate>\
                </Bucket><Bucket><Name>other</Name><CreationDate>2025-12-31T23:59:59.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>";
    let mut world = Recorded::new().answer("GET", S3, 200, body);
    let expected = "2026-01-07 09:00:00 my-bucket\n2025-12-31 23:59:59 other\n";
    assert_eq!(stdout(&mut keyed_shell(), &mut world, "aws s3 ls"), expected);
    let request = &world.requests[0];
    assert_eq!(request.url, S3);
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    let order =
        ["Host", "Accept-Encoding", "User-Agent", "X-Amz-Date", "X-Amz-Content-Sha256", "Authorization"];
    assert_eq!(names, order);
    assert!(
        request.header("User-Agent").unwrap().starts_with("aws-cli/2.36.")
            && request.header("User-Agent").unwrap().ends_with("md/command#s3.ls")
    );
    let authorization = request.header("Authorization").unwrap();
    assert!(authorization.starts_with(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260107/ap-northeast-2/s3/aws4_request, \
         SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature="
    ));
    let steps = world.steps();
    let sign = steps.iter().find(|step| step.kind == StepKind::Sign).unwrap();
    let Evidence::Sign(evidence) = &sign.evidence else { panic!("{sign:?}") };
    assert!(evidence.canonical_request.starts_with("GET\n/\n\nhost:s3.ap-northeast-2.amazonaws.com\n"));
    assert!(authorization.ends_with(&evidence.signature));
    assert_eq!(evidence.scope, "20260107/ap-northeast-2/s3/aws4_request");
}

fn page(prefix: &str, contents: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
         <Name>my-bucket</Name><Prefix>{prefix}</Prefix><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"
    )
}

#[test]
fn lists_objects() {
    let body = page(
        "",
        "<Contents><Key>hello.txt</Key><LastModified>2026-01-07T09:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>14</Size>\
         </Contents><CommonPrefixes><Prefix>reports/</Prefix></CommonPrefixes>",
    );
    let mut world = Recorded::new().answer("GET", BUCKET, 200, &body);
    let mut shell = keyed_shell();
    let expected = "                           PRE reports/\n2026-01-07 09:00:00         14 hello.txt\n";
    for line in ["aws s3 ls s3://my-bucket", "aws s3 ls s3://my-bucket/", "aws s3 ls my-bucket"] {
        assert_eq!(stdout(&mut shell, &mut world, line), expected);
    }
    let sent = format!("GET {BUCKET}?list-type=2&prefix=&delimiter=%2F&encoding-type=url");
    assert_eq!(world.sent(), [sent.as_str(); 3]);
    let summary = "2026-01-07 09:00:00   14 Bytes hello.txt\n\nTotal Objects: 1\n   Total Size: 14 Bytes\n";
    let line = "aws s3 ls s3://my-bucket/h --recursive --human-readable --summarize";
    assert!(stdout(&mut shell, &mut world, line).ends_with(summary));
    assert_eq!(world.sent().last().unwrap(), &format!("GET {BUCKET}?list-type=2&prefix=h&encoding-type=url"));
}

#[test]
fn a_prefix_without_match_is_status_1() {
    let mut world = Recorded::new().answer("GET", BUCKET, 200, &page("x", ""));
    let mut shell = keyed_shell();
    assert_eq!(
        outcome(&mut shell, &mut world, "aws s3 ls s3://my-bucket/x"),
        (1, String::new(), String::new())
    );
    assert_eq!(
        outcome(&mut shell, &mut world, "aws s3 ls s3://my-bucket"),
        (0, String::new(), String::new())
    );
}

#[test]
fn downloads() {
    let head =
        Response::new(200, "text/plain", "").with_header("Last-Modified", "Wed, 07 Jan 2026 09:00:00 GMT");
    let mut world =
        Recorded::new().response("HEAD", BUCKET, head).answer("GET", BUCKET, 200, "Hello from S3\n");
    let mut shell = keyed_shell();
    assert_eq!(stdout(&mut shell, &mut world, "aws s3 cp s3://my-bucket/hello.txt -"), "Hello from S3\n");
    assert_eq!(world.sent(), [format!("HEAD {BUCKET}hello.txt"), format!("GET {BUCKET}hello.txt")]);
    assert_eq!(world.requests[1].header("x-amz-checksum-mode"), Some("ENABLED"));
    assert!(
        world.requests[1]
            .header("Authorization")
            .unwrap()
            .contains("host;x-amz-checksum-mode;x-amz-content-sha256")
    );
    for (to, shown) in [(".", "./hello.txt"), ("copy", "./copy"), ("/tmp/", "../../tmp/hello.txt")] {
        let line = format!("aws s3 cp s3://my-bucket/hello.txt {to}");
        assert_eq!(
            stdout(&mut shell, &mut world, &line),
            format!("download: s3://my-bucket/hello.txt to {shown}\n")
        );
    }
    assert_eq!(
        stdout(&mut shell, &mut world, "cat hello.txt copy /tmp/hello.txt"),
        "Hello from S3\n".repeat(3)
    );
}

#[test]
fn refusals() {
    let mut shell = keyed_shell();
    let denied =
        |method| Recorded::new().answer(method, "https://", 403, if method == "HEAD" { "" } else { DENIED });
    let text = "User: arn:aws:iam::111122223333:user/a is not authorized to perform: s3:DeleteObject";
    let cases = [
        ("GET", "aws s3 ls", 254, format!("\naws: [ERROR]: An error occurred (AccessDenied) when calling the ListBuckets operation: {text}\n")),
        ("GET", "aws s3 ls s3://my-bucket", 254, format!("\naws: [ERROR]: An error occurred (AccessDenied) when calling the ListObjectsV2 operation: {text}\n")),
        ("HEAD", "aws s3 cp s3://my-bucket/k -", 1, "download failed: s3://my-bucket/k to - An error occurred (403) when calling the HeadObject operation: Forbidden\n".into()),
        ("HEAD", "aws s3 cp s3://my-bucket/k x", 1, "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden\n".into()),
        ("DELETE", "aws s3 rm s3://my-bucket/k", 1, format!("delete failed: s3://my-bucket/k An error occurred (AccessDenied) when calling the DeleteObject operation: {text}\n")),
        ("GET", "aws s3 rm s3://my-bucket/k --recursive", 1, format!("fatal error: An error occurred (AccessDenied) when calling the ListObjectsV2 operation: {text}\n")),
    ];
    for (method, line, exit, stderr) in cases {
        assert_eq!(outcome(&mut shell, &mut denied(method), line), (exit, String::new(), stderr), "{line}");
    }
    let mut missing = Recorded::new().answer("HEAD", BUCKET, 404, "");
    let line = "aws s3 cp s3://my-bucket/k x";
    let stderr = "fatal error: An error occurred (404) when calling the HeadObject operation: Key \"k\" does not exist\n";
    assert_eq!(outcome(&mut shell, &mut missing, line), (1, String::new(), stderr.to_string()));
}

#[test]
fn deletes() {
    let mut world = Recorded::new().answer("DELETE", BUCKET, 204, "");
    assert_eq!(
        stdout(&mut keyed_shell(), &mut world, "aws s3 rm s3://my-bucket/a/b.txt"),
        "delete: s3://my-bucket/a/b.txt\n"
    );
    assert_eq!(world.sent(), [format!("DELETE {BUCKET}a/b.txt")]);
}

#[test]
fn no_answer() {
    let mut shell = keyed_shell();
    let lost = || Recorded::new().fail("GET", "https://", ConnectFailure::TimedOut(DroppedBy::RouteTable));
    let url = format!("{BUCKET}?list-type=2&prefix=&delimiter=%2F&encoding-type=url");
    let mut world = lost();
    let output = run(&mut shell, &mut world, "aws s3 ls s3://my-bucket");
    assert_eq!(output.stderr, format!("\naws: [ERROR]: Connect timeout on endpoint URL: \"{url}\"\n"));
    assert_eq!((output.exit_code, output.error_code.as_deref()), (255, Some("ConnectTimeoutError")));
    assert_eq!(world.requests.len(), 1);
    let mut world = Recorded::new().fail("GET", "https://", ConnectFailure::Unresolved);
    let output = run(&mut shell, &mut world, "aws s3 ls --region us-est-1");
    assert_eq!(
        output.stderr,
        "\naws: [ERROR]: Could not connect to the endpoint URL: \"https://s3.us-est-1.amazonaws.com/\"\n"
    );
    assert_eq!((output.exit_code, output.error_code.as_deref()), (255, Some("EndpointConnectionError")));
    let output = run(&mut shell, &mut Recorded::new(), "aws s3 cp s3://my-bucket/k x");
    assert_eq!(output.stderr, format!("fatal error: Connect timeout on endpoint URL: \"{BUCKET}k\"\n"));
    assert_eq!(output.exit_code, 1);
}

#[test]
fn asks_a_bucket_of_another_region_there() {
    let body = "<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>";
    let redirect =
        Response::new(301, "application/xml", body).with_header("x-amz-bucket-region", "eu-west-1");
    let mut world = Recorded::new().response("GET", BUCKET, redirect).answer(
        "GET",
        "https://my-bucket.s3.eu-west-1.amazonaws.com/",
        200,
        &page("", ""),
    );
    assert_eq!(stdout(&mut keyed_shell(), &mut world, "aws s3 ls s3://my-bucket"), "");
    assert!(world.requests[1].header("Authorization").unwrap().contains("/20260107/eu-west-1/s3/"));
    // The client remembers it: HEAD is sent twice, GET once.
    let redirect = Response::new(400, "application/xml", "").with_header("x-amz-bucket-region", "eu-west-1");
    let elsewhere = "https://my-bucket.s3.eu-west-1.amazonaws.com/";
    let mut world = Recorded::new()
        .response("HEAD", BUCKET, redirect)
        .answer("HEAD", elsewhere, 200, "")
        .answer("GET", elsewhere, 200, "x");
    assert_eq!(stdout(&mut keyed_shell(), &mut world, "aws s3 cp s3://my-bucket/k -"), "x");
    assert_eq!(world.requests.len(), 3);
    // Where it sends in a circle, the client stops.
    let redirect =
        Response::new(301, "application/xml", body).with_header("x-amz-bucket-region", "eu-west-1");
    let mut world = Recorded::new().response("GET", "https://", redirect);
    assert_eq!(outcome(&mut keyed_shell(), &mut world, "aws s3 ls s3://my-bucket").0, 254);
    assert_eq!(world.requests.len(), 2);
}

#[test]
fn addresses_buckets_as_the_cli_does() {
    for (line, sent) in [
        ("aws s3 ls s3://my.bucket", "GET https://s3.ap-northeast-2.amazonaws.com/my.bucket?list-type=2"),
        ("aws s3 ls s3://My_Bucket", "GET https://s3.ap-northeast-2.amazonaws.com/My_Bucket?list-type=2"),
        (
            "aws s3 rm 's3://my-bucket/a b/ü+c?~.txt'",
            "DELETE https://my-bucket.s3.ap-northeast-2.amazonaws.com/a%20b/%C3%BC%2Bc%3F~.txt",
        ),
        (
            "aws s3 ls s3://my-bucket --endpoint-url http://127.0.0.1:4566",
            "GET http://127.0.0.1:4566/my-bucket?list-type=2",
        ),
        (
            "aws s3 ls s3://my-bucket --endpoint-url http://s3.local:4566/",
            "GET http://my-bucket.s3.local:4566/?list-type=2",
        ),
        ("AWS_ENDPOINT_URL_S3=http://127.0.0.1:1 aws s3 ls", "GET http://127.0.0.1:1/"),
    ] {
        let mut world = Recorded::new();
        run(&mut keyed_shell(), &mut world, line);
        let first = world.sent().first().cloned().unwrap_or_default();
        assert!(first.starts_with(sent), "{line}: {first}");
    }
    let mut world = Recorded::new();
    let output = run(&mut keyed_shell(), &mut world, "aws s3 ls 's3://b!b/'");
    assert_eq!((output.exit_code, output.error_code.as_deref()), (252, Some("ParamValidationError")));
    assert!(output.stderr.starts_with(
        "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\nInvalid bucket name \"b!b\": Bucket \
         name must match the regex \"^[a-zA-Z0-9.\\-_]{1,255}$\" or be an ARN matching the regex \"^arn:(aws).*:(s3|"
    ));
    assert!(world.requests.is_empty());
}

#[test]
fn unsigned() {
    let mut world = Recorded::new().answer("GET", BUCKET, 200, &page("", ""));
    let mut shell = shell();
    stdout(&mut shell, &mut world, "aws s3 ls s3://my-bucket --no-sign-request --region ap-northeast-2");
    assert_eq!(world.requests[0].header("Authorization"), None);
    assert!(world.steps().is_empty());
}

#[test]
fn caller_identity() {
    let body = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <GetCallerIdentityResult>\n    \
                <Arn>arn:aws:sts::111122223333:assumed-role/r/i-0</Arn>\n    <UserId>AROAEXAMPLE:i-0</UserId>\n    \
                <Account>111122223333</Account>\n  </GetCallerIdentityResult>\n</GetCallerIdentityResponse>";
    let mut world = Recorded::new().answer("POST", "https://sts.ap-northeast-2.amazonaws.com/", 200, body);
    let mut shell = keyed_shell();
    let json = "{\n    \"UserId\": \"AROAEXAMPLE:i-0\",\n    \"Account\": \"111122223333\",\n    \
                \"Arn\": \"arn:aws:sts::111122223333:assumed-role/r/i-0\"\n}\n";
    for (line, expected) in [
        ("aws sts get-caller-identity", json),
        (
            "aws sts get-caller-identity --output text",
            "111122223333\tarn:aws:sts::111122223333:assumed-role/r/i-0\tAROAEXAMPLE:i-0\n",
        ),
        ("aws sts get-caller-identity --query Account --output text", "111122223333\n"),
        ("aws --output=json sts get-caller-identity --query Account", "\"111122223333\"\n"),
    ] {
        assert_eq!(stdout(&mut shell, &mut world, line), expected, "{line}");
    }
    let request = &world.requests[0];
    assert_eq!(request.body.text(), Some("Action=GetCallerIdentity&Version=2011-06-15"));
    assert!(request.header("Authorization").unwrap().contains("SignedHeaders=content-type;host;x-amz-date,"));
    assert_eq!(request.header("Content-Length"), Some("43"));
    let wrong = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>\
                 <Message>The security token included in the request is invalid.</Message></Error><RequestId>x</RequestId></ErrorResponse>";
    let mut world = Recorded::new().answer("POST", "https://sts.", 403, wrong);
    let output = run(&mut shell, &mut world, "aws sts get-caller-identity");
    assert_eq!(output.exit_code, 254);
    assert_eq!(output.error_code.as_deref(), Some("InvalidClientTokenId"));
    assert_eq!(
        output.stderr,
        "\naws: [ERROR]: An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security \
         token included in the request is invalid.\n"
    );
}

#[test]
fn version_and_usage() {
    let (mut shell, mut world) = (keyed_shell(), Recorded::new());
    assert!(stdout(&mut shell, &mut world, "aws --version").starts_with("aws-cli/2.36."));
    for line in
        ["aws", "aws s3", "aws s3 rm", "aws s3 cp s3://b/k", "aws s3 rm b", "aws s3 ls --endpoint-url foo"]
    {
        assert_eq!(outcome(&mut shell, &mut world, line).0, 252, "{line}");
    }
    assert!(world.requests.is_empty());
}
