//! Profiles with a role, and `aws configure`: as botocore 1.44 and its CLI do it.

use super::*;
use iam_sandbox::trace::{Outcome, StepKind};

const STS: &str = "https://sts.ap-northeast-2.amazonaws.com/";
const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const SESSION: &str = "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>\
                       <Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>\
                       <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2026-01-07T10:00:00Z</Expiration>\
                       </Credentials></AssumeRoleResult></AssumeRoleResponse>";
const VPCS: &str = "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";

fn shell_with(config: &str) -> Shell {
    let credentials = format!("[base]\n{KEYS}");
    let files = [("~/.aws/config", config), ("~/.aws/credentials", credentials.as_str())];
    Shell::new(&map(&[("AWS_DEFAULT_REGION", "ap-northeast-2")]), &map(&files))
}

fn world() -> Recorded {
    Recorded::new().with_role().answer("POST", STS, 200, SESSION).answer(
        "POST",
        "https://ec2.ap-northeast-2.amazonaws.com/",
        200,
        VPCS,
    )
}

const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/r\n";

#[test]
fn a_role_is_assumed_with_its_source_and_kept() {
    let config = format!(
        "[profile r]\n{ROLE}source_profile = base\nexternal_id = x-1\nduration_seconds = 900\nrole_session_name = me\n"
    );
    let (mut shell, mut world) = (shell_with(&config), world());
    assert_eq!(stdout(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r --query Vpcs"), "[]\n");
    let asked = &world.requests[0];
    assert!(asked.header("Authorization").unwrap().contains("Credential=AKIAIOSFODNN7EXAMPLE/"));
    assert_eq!(
        asked.body.text().unwrap(),
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fr&RoleSessionName=me&DurationSeconds=900&ExternalId=x-1"
    );
    let used = &world.requests[1];
    assert!(used.header("Authorization").unwrap().contains("Credential=ASIAROLE/"));
    assert_eq!(used.header("X-Amz-Security-Token"), Some("token"));
    // The provider's step holds what it took.
    let steps = world.steps();
    let role = steps
        .iter()
        .find(|step| step.params.get("provider").is_some_and(|own| own == "assume-role"))
        .unwrap();
    assert_eq!(
        (role.kind, role.outcome, role.code),
        (StepKind::Credentials, Outcome::Ok, "credentials.found")
    );
    assert!(steps.iter().any(|step| step.kind == StepKind::Sign && step.parent == Some(role.step)));

    // The hash that botocore makes of the same arguments.
    let kept = stdout(&mut shell, &mut world, "ls ~/.aws/cli/cache");
    assert_eq!(kept, "3506cde698f615ef3aca54f04d10bc6c41ab00f9.json\n");
    let count = world.requests.len();
    stdout(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
    assert_eq!(world.requests.len(), count + 1);
    assert!(world.steps().iter().any(|step| step.code == "credentials.reused"));
    // Less than 15 minutes before they end, new ones are asked for.
    stdout(&mut shell, &mut world, "sleep 2701");
    stdout(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
    assert_eq!(world.requests.len(), count + 3);
    stdout(&mut shell, &mut world, "rm -r ~/.aws/cli/cache");
    stdout(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
    assert_eq!(world.requests.len(), count + 5);
}

#[test]
fn sources_of_a_role() {
    let sent = |config: &str, variables: &[(&str, &str)]| {
        let (mut shell, mut world) = (shell_with(config), world());
        for (name, value) in variables {
            stdout(&mut shell, &mut world, &format!("export {name}={value}"));
        }
        stdout(&mut shell, &mut world, "AWS_PROFILE=r aws ec2 describe-vpcs");
        let request = world.requests.iter().find(|request| request.url == STS).unwrap();
        let authorization = request.header("Authorization").unwrap();
        let key = authorization.split("Credential=").nth(1).unwrap().split('/').next().unwrap().to_string();
        (key, request.body.text().unwrap().to_string())
    };
    let config = format!("[profile r]\n{ROLE}credential_source = Ec2InstanceMetadata\n");
    let (key, body) = sent(&config, &[]);
    assert_eq!(key, "ASIAIOSFODNN7EXAMPLE");
    // The name that the CLI makes has the time in it.
    assert!(body.ends_with("&RoleSessionName=AWS-CLI-session-1767776400"), "{body}");
    let own = format!("[profile r]\n{ROLE}source_profile = r\n{KEYS}");
    assert_eq!(sent(&own, &[]).0, "AKIAIOSFODNN7EXAMPLE");
    // A chain: r from s, s from base.
    let chain = format!(
        "[profile r]\n{ROLE}source_profile = s\n[profile s]\n{ROLE}source_profile = base\nrole_session_name = s\n"
    );
    let (mut shell, mut world) = (shell_with(&chain), world());
    stdout(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
    let keys: Vec<&str> = world
        .requests
        .iter()
        .map(|request| {
            request
                .header("Authorization")
                .unwrap()
                .split("Credential=")
                .nth(1)
                .unwrap()
                .split('/')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(keys, ["AKIAIOSFODNN7EXAMPLE", "ASIAROLE", "ASIAROLE"]);
}

#[test]
fn the_environment_as_source_needs_the_profile_option() {
    let config = format!("[profile r]\n{ROLE}credential_source = Environment\n");
    let (mut shell, mut world) = (shell_with(&config), world());
    for line in ["export AWS_ACCESS_KEY_ID=AKIAENV", "export AWS_SECRET_ACCESS_KEY=s"] {
        stdout(&mut shell, &mut world, line);
    }
    // With AWS_PROFILE alone the variables themselves come first.
    stdout(&mut shell, &mut world, "AWS_PROFILE=r aws ec2 describe-vpcs");
    assert_eq!(world.requests.len(), 1);
    stdout(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
    assert_eq!(world.requests[1].url, STS);
    assert!(world.requests[1].header("Authorization").unwrap().contains("AKIAENV"));
}

#[test]
fn a_code_of_the_device_comes_through_a_pipe() {
    let serial = "arn:aws:iam::111122223333:mfa/a";
    let config = format!("[profile r]\n{ROLE}source_profile = base\nmfa_serial = {serial}\n");
    let (mut shell, mut world) = (shell_with(&config), world());
    let output = run(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
    assert_eq!((output.exit_code, output.error_code.as_deref()), (255, Some("EOFError")));
    assert_eq!(output.notices[0].code, "cli.aws.mfa-code");
    assert!(world.requests.is_empty());
    let output =
        run(&mut shell, &mut world, &format!("mfa-code {serial} | aws ec2 describe-vpcs --profile r"));
    assert_eq!((output.exit_code, output.stderr), (0, format!("Enter MFA code for {serial}: \n")));
    let body = world.requests[0].body.text().unwrap();
    assert!(
        body.ends_with("&SerialNumber=arn%3Aaws%3Aiam%3A%3A111122223333%3Amfa%2Fa&TokenCode=123456"),
        "{body}"
    );
    // Kept: no code is asked for again.
    assert_eq!(run(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r").exit_code, 0);
    let output = run(&mut shell, &mut world, "mfa-code arn:aws:iam::111122223333:mfa/b");
    assert_eq!((output.exit_code, output.notices[0].code), (1, "cli.mfa-code.unknown"));
}

#[test]
fn settings_of_a_role_that_lead_nowhere() {
    for (settings, text) in [
        (
            "source_profile = base\ncredential_source = Environment\n",
            "The profile \"r\" contains both source_profile and credential_source.",
        ),
        (
            "source_profile = nope\n",
            "The source_profile \"nope\" referenced in the profile \"r\" does not exist.",
        ),
        (
            "credential_source = Moon\n",
            "The credential source \"Moon\" referenced in profile \"r\" is not valid.",
        ),
        ("source_profile = empty\n", "The source profile \"empty\" must have credentials."),
        (
            "source_profile = r\n",
            "Infinite loop in credential configuration detected. Attempting to load from profile r which has already been visited. Visited profiles: ['r']",
        ),
        (
            "credential_source = Environment\n",
            "Error when retrieving credentials from Environment: No credentials found in credential_source referenced in profile r",
        ),
    ] {
        let config = format!("[profile r]\n{ROLE}{settings}[profile empty]\nregion = eu-west-1\n");
        let (mut shell, mut world) = (shell_with(&config), world());
        let (exit, _, stderr) = outcome(&mut shell, &mut world, "aws ec2 describe-vpcs --profile r");
        assert_eq!((exit, stderr), (255, format!("\naws: [ERROR]: {text}\n")), "{settings}");
        assert!(world.steps().iter().any(|step| step.outcome == Outcome::Error));
    }
    let config = format!("[profile r]\n{ROLE}source_profile = base\n");
    let denied =
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
    let mut world = Recorded::new().answer("POST", STS, 403, denied);
    let (exit, _, stderr) =
        outcome(&mut shell_with(&config), &mut world, "aws ec2 describe-vpcs --profile r");
    let text = "\naws: [ERROR]: An error occurred (AccessDenied) when calling the AssumeRole operation: no\n";
    assert_eq!((exit, stderr.as_str()), (254, text));
}

#[test]
fn configure_gets_settings_inside_settings() {
    let (mut nested, mut world) = (shell(), Recorded::new());
    let section =
        "[default]\ns3 =\n  addressing_style = path\n  max_queue_size = 9\n[profile p]\nregion = us-west-2\n";
    nested.files.insert("/home/ec2-user/.aws/config".into(), section.into());
    for (name, expected) in [
        ("s3.addressing_style", (0, "path\n", "")),
        ("default.s3.max_queue_size", (0, "9\n", "")),
        ("p.region", (0, "us-west-2\n", "")),
        ("profile.p.region", (0, "us-west-2\n", "")),
        ("s3.nothing", (1, "", "")),
        ("p.s3.addressing_style", (1, "", "")),
        ("S3.addressing_style", (1, "", "")),
        ("s3", (1, "", "varname (s3) must reference a value, not a section or sub-section.")),
    ] {
        let found = outcome(&mut nested, &mut world, &format!("aws configure get {name}"));
        assert_eq!((found.0, found.1.as_str(), found.2.as_str()), expected, "{name}");
    }
}

#[test]
fn configure_lists_gets_sets_and_exports() {
    let config =
        format!("[default]\nregion = eu-west-1\n\n[profile r]\n{ROLE}source_profile = base\n# end\n");
    let (mut shell, mut world) = (shell_with(&config), world());
    let rows = stdout(&mut shell, &mut world, "aws configure list --profile r");
    assert!(rows.contains("access_key : ****************ROLE     : assume-role      : \n"), "{rows}");
    assert_eq!(stdout(&mut shell, &mut world, "aws configure get region"), "eu-west-1\n");
    assert_eq!(stdout(&mut shell, &mut world, "aws configure get profile.r.source_profile"), "base\n");
    assert_eq!(stdout(&mut shell, &mut world, "aws configure get source_profile --profile r"), "base\n");
    assert_eq!(
        outcome(&mut shell, &mut world, "aws configure get output"),
        (1, String::new(), String::new())
    );
    let mut other = shell.clone();
    other.files.insert("/home/ec2-user/.aws/credentials".into(), "[zed]\n[base]\n[r]\n".into());
    let names = stdout(&mut other, &mut world, "aws configure list-profiles");
    assert_eq!(names, "default\nr\nzed\nbase\n");
    for line in [
        "aws configure set region eu-north-1",
        "aws configure set output text",
        "aws configure set region eu-west-2 --profile r",
        "aws configure set aws_access_key_id AKIANEW --profile new",
        "aws configure set aws_secret_access_key secret --profile new",
        "aws configure set profile.other.region eu-south-1",
    ] {
        assert_eq!(stdout(&mut shell, &mut world, line), "", "{line}");
    }
    let expected = format!(
        "[default]\nregion = eu-north-1\noutput = text\n\n[profile r]\n{ROLE}source_profile = base\nregion = eu-west-2\n# end\n\
         [profile other]\nregion = eu-south-1\n"
    );
    assert_eq!(shell.file("~/.aws/config").unwrap(), expected);
    assert!(
        shell
            .file("~/.aws/credentials")
            .unwrap()
            .ends_with("[new]\naws_access_key_id = AKIANEW\naws_secret_access_key = secret\n")
    );
    let line = "aws configure export-credentials --profile new";
    let text =
        "{\n  \"Version\": 1,\n  \"AccessKeyId\": \"AKIANEW\",\n  \"SecretAccessKey\": \"secret\"\n}\n";
    assert_eq!(stdout(&mut shell, &mut world, line), text);
    let line = "aws configure export-credentials --profile r --format env";
    let text = "export AWS_ACCESS_KEY_ID=ASIAROLE\nexport AWS_SECRET_ACCESS_KEY=secret\nexport AWS_SESSION_TOKEN=token\n\
                export AWS_CREDENTIAL_EXPIRATION=2026-01-07T10:00:00+00:00\n";
    assert_eq!(stdout(&mut shell, &mut world, line), text);
}
