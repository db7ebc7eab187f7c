//! The native program as people call it: what it prints, where, and its exit status.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_iam-sandbox");
const EXAMPLE: &str = "www/scenarios/ec2-reads-s3.json";
const DENIED: &str = "www/scenarios/bucket-policy-denies.json";

fn call<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file of this test, by name.
fn file(name: &str, content: &[u8]) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command_line");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_string()
}

/// Exit status, first line of standard error, and whether standard output is empty.
fn refusal<S: AsRef<OsStr>>(arguments: &[S]) -> (i32, String, bool) {
    let output = call(arguments);
    let errors = text(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    let first = errors.lines().next().unwrap_or_default().to_string();
    (output.status.code().unwrap(), first, output.stdout.is_empty())
}

#[test]
fn a_refusal_is_told_step_by_step_with_its_statement() {
    let command = "aws s3 cp s3://report-demo-bucket-1234567890/confidential/salaries.csv -";
    let output = call(&["run", DENIED, "-c", command]);
    assert_eq!(output.status.code(), Some(1));
    let expected = r#"AppInstance$ aws s3 cp s3://report-demo-bucket-1234567890/confidential/salaries.csv -
download failed: s3://report-demo-bucket-1234567890/confidential/salaries.csv to - An error occurred (403) when calling the HeadObject operation: Forbidden
[exit 1]

  1-2  ok       imds          PUT /latest/api/token: 200
  3-4  ok       imds          GET /latest/meta-data/placement/availability-zone/: 200
    5  skipped  credentials   env                      AWS_ACCESS_KEY_ID is not set.
    6  skipped  credentials   shared-credentials-file  There is no file ~/.aws/credentials.
    7  skipped  credentials   config-file              There is no file ~/.aws/config.
    8  ok       credentials   iam-role                 ASIAN5PP56QCNT4EORGE
 9-10  ok         imds          PUT /latest/api/token: 200
11-12  ok         imds          GET /latest/meta-data/iam/security-credentials/: 200
13-14  ok         imds          GET /latest/meta-data/iam/security-credentials/report-role: 200
   15  ok           sts           AssumeRole arn:aws:iam::111122223333:role/report-role: 200
   16  ok             authenticate  ec2.amazonaws.com
   17  ok             authorize     sts:AssumeRole on arn:aws:iam::111122223333:role/report-role: Allow
                                    Resource-based policy      allows
                                      Allow by 111122223333/AppRole at www/scenarios/bucket-policy-denies.json:41:31
   18  ok       sign          20260107/ap-northeast-2/s3/aws4_request with ASIAN5PP56QCNT4EORGE
   19  ok       route         internet-gateway: sg-091efe76f1ab01447 > rtb-091cceb9bdd21da21 > igw-07f786a7308ac8408 > report-demo-bucket-1234567890, from 203.0.113.105
   20  ok       authenticate  arn:aws:sts::111122223333:assumed-role/report-role/i-0b43eea3b5af2cd01
   21  DENIED   authorize     s3:GetObject on arn:aws:s3:::report-demo-bucket-1234567890/confidential/salaries.csv: ExplicitDeny
                              Resource-based policy      denies
                                Deny by 111122223333/ReportBucketPolicy#FinanceOnly at www/scenarios/bucket-policy-denies.json:23:19
                                  StringNotEquals aws:PrincipalTag/team: the statement has finance; the request has no such key.
                              Identity-based policies    allows
                                Allow by 111122223333/BucketAccess#Everything at www/scenarios/bucket-policy-denies.json:53:19
                              S3 Block Public Access     allows
   22  DENIED   respond       HEAD https://report-demo-bucket-1234567890.s3.ap-northeast-2.amazonaws.com/confidential/salaries.csv: 403 AccessDenied

"#;
    assert_eq!(text(&output.stdout), expected);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn what_nearly_allowed_is_told_with_what_was_missing() {
    let told =
        text(&call(&["run", EXAMPLE, "-c", "aws s3 rm s3://my-sts-demo-bucket-1234567890/hello.txt"]).stdout);
    let expected = "
                              Identity-based policies    does not allow
                                nearly: Allow by 111122223333/ReadPolicy#ReadObjects at www/scenarios/ec2-reads-s3.json:63:31
                                  Action: the statement has s3:GetObject; the request has s3:DeleteObject.
";
    assert!(told.contains(expected), "{told}");
    let told = text(&call(&["run", EXAMPLE, "-c", "aws s3 ls"]).stdout);
    assert!(told.contains("No statement applies, in any of 111122223333/ReadPolicy.\n"), "{told}");
}

#[test]
fn a_variable_that_is_none_is_told() {
    let command = "aws s3 ls s3://home-folders-1234567890/home/alice/";
    let told =
        text(&call(&["run", "www/scenarios/policy-variables.json", "--on", "alice", "-c", command]).stdout);
    let expected = r#"
                                  StringLike s3:prefix: the statement has home/${aws:username}/*; the request has home/alice/.
                                  ${...} stands for itself here: only a policy with "Version": "2012-10-17" has variables.
"#;
    assert!(told.contains(expected), "{told}");
}

#[test]
fn an_answer_that_is_lost_is_told() {
    let command = "aws s3 ls s3://container-demo-bucket-1234567890";
    let told =
        text(&call(&["run", "www/scenarios/container-hop-limit.json", "--on", "app", "-c", command]).stdout);
    assert!(told.contains("\n    7  ERROR      route         dropped by hop-limit\n"), "{told}");
}

#[test]
fn verbose_adds_the_bytes() {
    let told = text(&call(&["run", EXAMPLE, "-v", "-c", "aws sts get-caller-identity"]).stdout);
    for line in [
        "> PUT http://169.254.169.254/latest/api/token",
        "> X-Amz-Date: 20260107T090000Z",
        "| AWS4-HMAC-SHA256",
        "| 20260107/ap-northeast-2/sts/aws4_request",
        "> Action=GetCallerIdentity&Version=2011-06-15",
        "< 200",
        "< <GetCallerIdentityResponse xmlns=",
    ] {
        assert!(told.lines().any(|told| told.trim_start().starts_with(line)), "no line «{line}» in\n{told}");
    }
}

#[test]
fn json_is_a_line_for_each_command() {
    let output = call(&["run", EXAMPLE, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "the last command's own status");
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 5);
    let keys: Vec<&String> = lines[3].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["on", "command", "exitCode", "stdout", "stderr", "error", "notices", "trace"]);
    assert_eq!((&lines[3]["exitCode"], &lines[3]["error"]), (&254.into(), &"AccessDenied".into()));
    assert_eq!(lines[3]["trace"]["command"], lines[3]["command"]);
}

#[test]
fn a_lesson_runs_as_its_reader_would() {
    let told = text(&call(&["run", EXAMPLE, "--lesson"]).stdout);
    let commands: Vec<&str> =
        told.lines().filter(|line| line.starts_with("AppInstance$ aws s3 rm")).collect();
    assert_eq!(commands.len(), 3, "what is offered, and the goal before and after its solution");
    assert_eq!(told.matches("\ndelete: s3://").count(), 1);
}

#[test]
fn what_is_no_scenario_is_refused_with_a_place() {
    let at = |name: &str, content: &[u8]| {
        let path = file(name, content);
        let (status, first, silent) = refusal(&["run", &path]);
        assert!(silent, "{first}");
        (status, first.replace(&path, "FILE"))
    };
    let one = |status, text: &str| (status, text.to_string());
    assert_eq!(
        at("empty.json", b""),
        one(1, "FILE:1:1: error: The JSON text ends before it is complete. [/]")
    );
    assert_eq!(at("list.json", b"[]"), one(1, "FILE:1:1: error: Expected object, found array. [/]"));
    assert_eq!(
        at("cut.json", b"{\n  \"version\": 1,\n  \"accounts\": {"),
        one(1, "FILE:3:16: error: The JSON text ends before it is complete. [/]")
    );
    assert_eq!(
        at("deep.json", &[b'['; 100_000]),
        one(1, "FILE:1:65: error: Objects and arrays are nested too deeply: at most 64 levels. [/]")
    );
    assert_eq!(
        at("bytes.json", b"{\"a\": \"\xff\"}"),
        one(2, "iam-sandbox: FILE: not UTF-8 text, at byte 7")
    );
    let unknown = br#"{"version": 1, "acounts": {}, "accounts": {"111122223333": {"template": {"Resources": {
  "B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Ref": "Nobody"}}}}}}}}"#;
    let (status, first) = at("unknown.json", unknown);
    assert_eq!(status, 1);
    assert!(first.starts_with("FILE:1:16: error: ") && first.ends_with("[/acounts]"), "{first}");
}

#[test]
fn names_of_a_document_do_not_command_the_terminal() {
    let path = file("escape.json", br#"{"version": 1, "\u001b[2J": 1, "accounts": {}}"#);
    let (status, first, _) = refusal(&["run", &path]);
    assert_eq!(status, 1);
    assert!(!first.contains('\u{1b}') && first.contains("\\u{1b}[2J"), "{first:?}");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let path = file("large.json", b"");
    std::fs::File::options().write(true).open(&path).unwrap().set_len(17 << 20).unwrap();
    assert_eq!(
        refusal(&["run", &path]),
        (2, format!("iam-sandbox: {path}: too large: at most 16777216 bytes"), true)
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(refusal(&["run", &path]).1, format!("iam-sandbox: {path}: there is no such file"));
    assert_eq!(
        refusal(&["check", "www"]),
        (2, "iam-sandbox: www: this is a folder, not a file".into(), true)
    );
}

#[test]
fn a_first_mark_of_utf8_is_passed_over() {
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(std::fs::read(EXAMPLE).unwrap());
    let path = file("marked.json", &marked);
    assert_eq!(call(&["check", &path]).status.code(), Some(0));
}

#[test]
fn wrong_arguments_are_said_with_status_2() {
    for (arguments, said) in [
        (vec!["run"], "run needs a scenario file"),
        (vec!["run", EXAMPLE, "--fast"], "run: unknown option --fast"),
        (vec!["run", EXAMPLE, "-c"], "-c needs a value"),
        (vec!["run", EXAMPLE, "--format", "xml"], "--format xml: choose text or json"),
        (
            vec!["run", EXAMPLE, DENIED],
            "run takes one scenario; www/scenarios/bucket-policy-denies.json is one too many",
        ),
        (vec!["run", EXAMPLE, "--on", "AppInstance"], "--on says where the commands of -c run: give one"),
        (vec!["run", EXAMPLE, "--lesson", "-c", "ls"], "choose either --lesson or -c"),
        (
            vec!["run", EXAMPLE, "--on", "Nobody", "-c", "ls"],
            "no host is named Nobody; the scenario has: AppInstance",
        ),
        (vec!["fly"], "unknown command: fly"),
    ] {
        assert_eq!(refusal(&arguments), (2, format!("iam-sandbox: {said}"), true), "{arguments:?}");
    }
    assert_eq!(refusal(&[OsStr::from_bytes(b"r\xffn")]).0, 2);
    assert_eq!(refusal::<&str>(&[]).0, 2);
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = Command::new(PROGRAM)
        .args(["run", EXAMPLE, "-v"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!((child.wait().unwrap().code(), errors.as_str()), (Some(141), ""));
}
