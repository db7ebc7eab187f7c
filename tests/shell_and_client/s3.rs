//! `aws s3`: what it sends. What it prints is held against the real CLI in `tests/clients/test_s3_shell.py`.

use super::*;

const BUCKET: &str = "https://my-bucket.s3.ap-northeast-2.amazonaws.com/";

#[test]
fn uploads_in_one_chunk_with_its_checksum_behind_it() {
    let mut shell = keyed_shell();
    stdout(&mut shell, &mut Recorded::new(), "echo 123 > a.json");
    let mut world = Recorded::new().answer("PUT", BUCKET, 200, "");
    let line = "aws s3 cp a.json s3://my-bucket/d/ --sse AES256 --metadata color=green,size=1";
    assert_eq!(stdout(&mut shell, &mut world, line), "upload: ./a.json to s3://my-bucket/d/a.json\n");
    assert_eq!(world.sent(), [format!("PUT {BUCKET}d/a.json")]);
    let request = &world.requests[0];
    for (name, value) in [
        ("Content-Type", "application/json"),
        ("Content-Encoding", "aws-chunked"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "4"),
        ("x-amz-sdk-checksum-algorithm", "CRC64NVME"),
        ("x-amz-trailer", "x-amz-checksum-crc64nvme"),
        ("x-amz-server-side-encryption", "AES256"),
        ("x-amz-meta-color", "green"),
        ("x-amz-meta-size", "1"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    let body = request.body.text().unwrap();
    assert!(body.starts_with("4\r\n123\n\r\n0\r\nx-amz-checksum-crc64nvme:"), "{body}");
}

#[test]
fn copies_and_moves() {
    let mut world = Recorded::new()
        .answer("HEAD", "https://", 200, "")
        .answer("PUT", BUCKET, 200, "")
        .answer("DELETE", "https://", 204, "");
    let line = "aws s3 mv 's3://other/a b' s3://my-bucket/c";
    assert_eq!(stdout(&mut keyed_shell(), &mut world, line), "move: s3://other/a b to s3://my-bucket/c\n");
    let sent: Vec<String> = world.sent().iter().map(|sent| sent.replace(BUCKET, "/")).collect();
    let other = "https://other.s3.ap-northeast-2.amazonaws.com/a%20b";
    assert_eq!(sent, [format!("HEAD {other}"), "PUT /c".to_string(), format!("DELETE {other}")]);
    assert_eq!(world.requests[1].header("x-amz-copy-source"), Some("other/a%20b"));
}

#[test]
fn copies_an_object_onto_itself() {
    let mut world = Recorded::new().answer("HEAD", BUCKET, 200, "").answer("PUT", BUCKET, 200, "");
    let line = "aws s3 cp s3://my-bucket/c s3://my-bucket/c --metadata-directive REPLACE";
    let copied = "copy: s3://my-bucket/c to s3://my-bucket/c\n";
    assert_eq!(stdout(&mut keyed_shell(), &mut world, line), copied);
}

#[test]
fn folders_of_the_console_are_deleted_and_not_copied() {
    let object = |key: &str| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2026-01-07T09:00:00.000Z</LastModified><ETag>e</ETag>\
             <Size>0</Size></Contents>"
        )
    };
    let list = format!("<ListBucketResult>{}{}</ListBucketResult>", object("d/"), object("d/e/"));
    let mut world = Recorded::new().answer("GET", BUCKET, 200, &list).answer("DELETE", BUCKET, 204, "");
    let deleted = "delete: s3://my-bucket/d/\ndelete: s3://my-bucket/d/e/\n";
    assert_eq!(stdout(&mut keyed_shell(), &mut world, "aws s3 rm --recursive s3://my-bucket/d"), deleted);
    let mut world = Recorded::new().answer("GET", BUCKET, 200, &list);
    assert_eq!(stdout(&mut keyed_shell(), &mut world, "aws s3 cp --recursive s3://my-bucket/d ."), "");
}

#[test]
fn a_directory_is_no_file_and_a_file_no_directory() {
    let mut shell = keyed_shell();
    for file in ["d/a.txt", "f.txt"] {
        shell.files.insert(format!("/home/ec2-user/{file}"), "1".to_string());
    }
    for (line, exit, text) in [
        (
            "aws s3 cp d s3://my-bucket/x",
            1,
            "upload failed: d/ to s3://my-bucket/x [Errno 21] Is a directory: '/home/ec2-user/d/'\n",
        ),
        (
            "aws s3 mv d s3://my-bucket/x/",
            1,
            "move failed: d/ to s3://my-bucket/x/ [Errno 21] Is a directory: '/home/ec2-user/d/'\n",
        ),
        (
            "aws s3 cp d s3://my-bucket",
            1,
            "upload failed: d/ to s3://my-bucket/ Parameter validation failed:\nInvalid length for parameter Key, value: 0, valid min length: 1\n",
        ),
        (
            "aws s3 cp --recursive f.txt s3://my-bucket/x",
            2,
            "warning: Skipping file /home/ec2-user/f.txt/. File does not exist.\n",
        ),
    ] {
        let mut world = Recorded::new();
        let told = outcome(&mut shell, &mut world, line);
        assert_eq!((told.0, told.2.as_str()), (exit, text), "{line}");
        assert!(world.requests.is_empty(), "{line}");
    }
}

#[test]
fn metadata_is_json_or_shorthand() {
    let mut shell = keyed_shell();
    stdout(&mut shell, &mut Recorded::new(), "echo 1 > f.txt");
    for (given, exit) in
        [("'{\"a\": \"1\"}'", 0), ("a=1,b=two", 0), ("a", 252), ("'{\"a\"}'", 252), ("a=1,2", 127)]
    {
        let mut world = Recorded::new().answer("PUT", BUCKET, 200, "");
        let line = format!("aws s3 cp f.txt s3://my-bucket/ --metadata {given}");
        assert_eq!(outcome(&mut shell, &mut world, &line).0, exit, "{given}");
        let told = world.requests.first().and_then(|request| request.header("x-amz-meta-a"));
        assert_eq!(told, (exit == 0).then_some("1"), "{given}");
    }
}

#[test]
fn options_that_would_change_requests_are_not_passed_over() {
    for line in
        ["aws s3 ls s3://my-bucket --page-size 1", "aws s3 rm --recursive s3://my-bucket --page-size 1"]
    {
        let mut world = Recorded::new();
        assert_eq!(outcome(&mut keyed_shell(), &mut world, line).0, 127, "{line}");
        assert!(world.requests.is_empty(), "{line}");
    }
}

#[test]
fn makes_buckets_in_its_region() {
    let mut world = Recorded::new().answer("PUT", BUCKET, 200, "");
    assert_eq!(
        stdout(&mut keyed_shell(), &mut world, "aws s3 mb s3://my-bucket"),
        "make_bucket: my-bucket\n"
    );
    let body = world.requests[0].body.text().unwrap();
    assert!(body.contains("<LocationConstraint>ap-northeast-2</LocationConstraint>"), "{body}");
}

#[test]
fn presigns_without_a_request() {
    let mut world = Recorded::new();
    let url = stdout(&mut keyed_shell(), &mut world, "aws s3 presign s3://my-bucket/a/b.txt --expires-in 60");
    assert!(url.starts_with(&format!("{BUCKET}a/b.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&")), "{url}");
    assert!(url.contains("&X-Amz-Expires=60&") && url.contains("&X-Amz-Signature="), "{url}");
    assert!(world.requests.is_empty());
}

#[test]
fn wrong_arguments() {
    for (line, exit) in [
        ("aws s3 cp nosuch s3://my-bucket/", 255),
        ("aws s3 cp - s3://my-bucket/ --recursive", 252),
        ("aws s3 mv s3://my-bucket/a s3://my-bucket/a", 252),
        ("aws s3 mv --recursive s3://my-bucket/a s3://my-bucket/a --storage-class STANDARD_IA", 252),
        ("aws s3 sync a b", 252),
        ("aws s3 mb my-bucket", 252),
        ("aws s3 rb s3://my-bucket/k", 252),
        ("aws s3 presign s3://my-bucket/k --expires-in soon", 255),
        ("aws s3 presign s3://my-bucket", 252),
        ("aws s3 cp s3://my-bucket/k x --acl nope", 252),
        ("aws s3 cp s3://my-bucket/k", 252),
        ("aws s3 cp s3://my-bucket/k x --acl", 252),
    ] {
        let mut world = Recorded::new();
        assert_eq!(outcome(&mut keyed_shell(), &mut world, line).0, exit, "{line}");
        assert!(world.requests.is_empty(), "{line}");
    }
}

/// A page of a listing without end; `token`: the next page.
fn page(token: usize) -> String {
    format!(
        "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>\
         <NextContinuationToken>t{token}</NextContinuationToken><Contents><Key>a</Key>\
         <LastModified>2026-01-07T09:00:00.000Z</LastModified><Size>1</Size></Contents></ListBucketResult>"
    )
}

/// Each page names another.
struct Endless(Recorded);
impl Transport for Endless {
    fn exchange(&mut self, request: Request) -> Result<Response, ConnectFailure> {
        self.0.requests.push(request);
        Ok(Response::new(200, "text/xml", page(self.0.requests.len())))
    }
    fn recorder(&mut self) -> &mut Recorder {
        self.0.recorder()
    }
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn host(&self) -> NodeRef {
        self.0.host()
    }
    fn sleep(&mut self, _: u32) {}
    fn lack(&mut self, _: iam_sandbox::chunk::Missing) {}
}

#[test]
fn says_where_a_listing_has_too_many_pages() {
    for line in
        ["aws s3 ls s3://my-bucket", "aws s3 rm --recursive s3://my-bucket", "aws s3 sync s3://my-bucket d"]
    {
        let mut world = Endless(Recorded::new());
        let output = run(&mut keyed_shell(), &mut world, line);
        let found = output.notices.first().map(|notice| notice.params.get("found").unwrap().as_str());
        assert_eq!((output.exit_code, found), (127, Some("a listing of more than 100 pages")), "{line}");
        assert_eq!((world.0.requests.len(), output.stdout.as_str()), (100, ""), "{line}");
    }
}

/// In the words of botocore's PaginationError.
#[test]
fn a_page_named_twice_ends_a_listing() {
    let mut world = Recorded::new().answer("GET", BUCKET, 200, &page(1));
    let text = "\naws: [ERROR]: Error during pagination: The same next token was received twice: {'ContinuationToken': 't1'}\n";
    let found = outcome(&mut keyed_shell(), &mut world, "aws s3 ls s3://my-bucket");
    assert_eq!(found, (255, String::new(), text.to_string()));
    assert_eq!(world.requests.len(), 2);
}
