//! The credential chain and the region chain.

use super::*;
use iam_sandbox::trace::{Evidence, Outcome, StepKind};

/// Variables, or files by path.
type Entries<'a> = &'a [(&'a str, &'a str)];

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n";
const ROLE: &str = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";

/// `PROVIDER OUTCOME REASON` of each credentials step.
fn chain(world: &Recorded) -> Vec<String> {
    let steps = world.steps().into_iter().filter(|step| step.kind == StepKind::Credentials);
    steps
        .map(|step| {
            let Evidence::Credentials(evidence) = &step.evidence else { panic!("{step:?}") };
            let outcome = match step.outcome {
                Outcome::Ok => "ok",
                Outcome::Skipped => "skipped",
                _ => "error",
            };
            format!("{} {outcome} {}", evidence.provider, evidence.reason.unwrap_or("-"))
        })
        .collect()
}

fn identity(world: Recorded) -> Recorded {
    world.answer(
        "POST",
        "https://sts.",
        200,
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>arn:aws:iam::111122223333:user/a</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account>\
         </GetCallerIdentityResult></GetCallerIdentityResponse>",
    )
}

fn run_with(
    variables: &[(&str, &str)],
    files: &[(&str, &str)],
    world: Recorded,
    line: &str,
) -> (Recorded, Output) {
    let mut shell = Shell::new(&map(variables), &map(files));
    let mut world = identity(world);
    let output = run(&mut shell, &mut world, line);
    (world, output)
}

const LINE: &str = "aws sts get-caller-identity --region eu-west-1";

#[test]
fn providers_come_in_order() {
    let credentials_file = format!("[default]\n{KEYS}[work]\n{KEYS}aws_session_token = T\n");
    let config_file = format!("[profile cfg]\n{KEYS}region = eu-west-3\n");
    let files: &[(&str, &str)] =
        &[("~/.aws/credentials", &credentials_file), ("~/.aws/config", &config_file)];
    let keys: &[(&str, &str)] = &[("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")];

    let (world, _) = run_with(keys, files, Recorded::new(), LINE);
    assert_eq!(chain(&world), ["env ok -"]);
    let (world, _) = run_with(&[], files, Recorded::new(), LINE);
    assert_eq!(chain(&world), ["env skipped reason.env.unset", "shared-credentials-file ok -"]);
    // An option takes variables out of the chain; AWS_PROFILE doesn't.
    let (world, _) = run_with(keys, files, Recorded::new(), &format!("{LINE} --profile work"));
    assert_eq!(chain(&world), ["env skipped reason.env.profile-option", "shared-credentials-file ok -"]);
    assert_eq!(world.requests[0].header("X-Amz-Security-Token"), Some("T"));
    let (world, _) = run_with(keys, files, Recorded::new(), &format!("AWS_PROFILE=work {LINE}"));
    assert_eq!(chain(&world), ["env ok -"]);
    let (world, _) = run_with(&[], files, Recorded::new(), "AWS_PROFILE=cfg aws sts get-caller-identity");
    assert_eq!(
        chain(&world),
        [
            "env skipped reason.env.unset",
            "shared-credentials-file skipped reason.file.no-profile",
            "config-file ok -"
        ]
    );
    assert_eq!(world.sent(), ["POST https://sts.eu-west-3.amazonaws.com/"]);
}

#[test]
fn the_instances_role_comes_last() {
    let (world, output) = run_with(&[], &[], Recorded::new().with_role(), "aws sts get-caller-identity");
    assert_eq!(output.exit_code, 0, "{}", output.stderr);
    assert_eq!(
        chain(&world),
        [
            "env skipped reason.env.unset",
            "shared-credentials-file skipped reason.file.missing",
            "config-file skipped reason.file.missing",
            "iam-role ok -"
        ]
    );
    assert_eq!(
        world.sent(),
        [
            "PUT http://169.254.169.254/latest/api/token",
            "GET http://169.254.169.254/latest/meta-data/placement/availability-zone/",
            "PUT http://169.254.169.254/latest/api/token",
            "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/",
            "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/app-role",
            "POST https://sts.ap-northeast-2.amazonaws.com/",
        ]
    );
    let [first, second] = [&world.requests[0], &world.requests[1]];
    assert_eq!(first.header("x-aws-ec2-metadata-token-ttl-seconds"), Some("21600"));
    assert_eq!(second.header("x-aws-ec2-metadata-token"), Some("TOKEN"));
    assert_eq!(world.requests[5].header("X-Amz-Security-Token"), Some("IQoJb3JpZ2luX2VjEXAMPLE"));
}

#[test]
fn falls_back_to_version_1() {
    for status in [403, 404, 405, 500] {
        let mut world = Recorded::new().answer("PUT", "http://169.254.169.254/", status, "");
        world = world.with_role();
        let (world, output) = run_with(&[], &[], world, LINE);
        assert_eq!(output.exit_code, 0, "{status}");
        assert_eq!(world.requests[1].header("x-aws-ec2-metadata-token"), None);
    }
    let lost =
        Recorded::new().fail("PUT", "http://169.254.169.254/", ConnectFailure::TimedOut(DroppedBy::HopLimit));
    let (world, output) = run_with(&[], &[], lost.with_role(), LINE);
    assert_eq!((output.exit_code, chain(&world).last().map(String::as_str)), (0, Some("iam-role ok -")));
}

#[test]
fn says_why_the_role_gives_nothing() {
    let token = || Recorded::new().answer("PUT", "http://169.254.169.254/", 200, "T");
    let refused = "{\"Code\":\"AssumeRoleUnauthorizedAccess\",\"Message\":\"EC2 cannot assume the role r.\"}";
    let cases = [
        (token().answer("GET", ROLE, 404, "<html/>"), "reason.imds.no-role"),
        (token().answer("GET", ROLE, 401, ""), "reason.imds.status"),
        (Recorded::new().answer("PUT", "http://169.254.169.254/", 400, ""), "reason.imds.status"),
        (Recorded::new(), "reason.imds.no-connection"),
        (
            token()
                .answer(
                    "GET",
                    "http://169.254.169.254/latest/meta-data/iam/security-credentials/r",
                    200,
                    refused,
                )
                .answer("GET", ROLE, 200, "r"),
            "reason.imds.role-refused",
        ),
    ];
    for (world, reason) in cases {
        let (world, output) = run_with(&[], &[], world, LINE);
        assert_eq!(chain(&world).last(), Some(&format!("iam-role skipped {reason}")));
        assert_eq!(output.exit_code, 253);
        assert_eq!(
            output.stderr,
            "\naws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials. You can configure \
             credentials by running \"aws login\".\n"
        );
        assert_eq!(output.error_code.as_deref(), Some("NoCredentialsError"));
    }
    let (world, _) = run_with(&[("AWS_EC2_METADATA_DISABLED", "true")], &[], Recorded::new(), LINE);
    assert!(world.requests.is_empty());
    assert_eq!(chain(&world).last().unwrap(), "iam-role skipped reason.imds.disabled");
}

#[test]
fn stops_where_the_cli_stops() {
    let partial = "[default]\naws_access_key_id = AKIA\n";
    let cases: [(Entries<'_>, Entries<'_>, i32, &str, &str); 7] = [
        (
            &[("AWS_ACCESS_KEY_ID", "AKIA")],
            &[],
            255,
            "PartialCredentialsError",
            "\naws: [ERROR]: Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY\n",
        ),
        (
            &[],
            &[("~/.aws/credentials", partial)],
            255,
            "PartialCredentialsError",
            "\naws: [ERROR]: Partial credentials found in shared-credentials-file, missing: aws_secret_access_key\n",
        ),
        (
            &[("AWS_PROFILE", "nope")],
            &[("~/.aws/credentials", partial)],
            255,
            "ProfileNotFound",
            "\naws: [ERROR]: The config profile (nope) could not be found\n",
        ),
        (
            &[],
            &[("~/.aws/config", "region = x\n")],
            255,
            "ConfigParseError",
            "\naws: [ERROR]: Unable to parse config file: /home/ec2-user/.aws/config\n",
        ),
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")], &[], 127, "NotModelled", ""),
        (
            &[],
            &[("~/.aws/config", "[default]\nrole_arn = arn:aws:iam::1:role/r\n")],
            255,
            "PartialCredentialsError",
            "\naws: [ERROR]: Partial credentials found in assume-role, missing: source_profile or credential_source\n",
        ),
        (&[], &[("~/.aws/config", "[default]\ncredential_process = x\n")], 127, "NotModelled", ""),
    ];
    for (variables, files, exit, class, stderr) in cases {
        let (world, output) = run_with(variables, files, Recorded::new(), LINE);
        assert_eq!((output.exit_code, output.stderr.as_str()), (exit, stderr), "{class}");
        assert_eq!(output.error_code.as_deref(), Some(class));
        assert!(world.requests.is_empty(), "{class}");
    }
}

/// Providers and settings that aren't modelled say so, each by the name of what selected it; what the CLI passes over
/// selects nothing.
#[test]
fn settings_that_are_not_modelled_say_so() {
    let config = |lines: &str| format!("[default]\n{KEYS}{lines}\n[profile x]\n{KEYS}");
    let credentials: [(Entries<'_>, &str, &str); 7] = [
        (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")], "", "AWS_WEB_IDENTITY_TOKEN_FILE"),
        (&[], "web_identity_token_file = /t\nrole_arn = arn:aws:iam::1:role/r", "web_identity_token_file"),
        (&[], "sso_session = s\nsso_account_id = 1\nsso_role_name = r", "sso_role_name"),
        (&[], "sso_account_id = 1", "sso_account_id"),
        (&[], "login_session = s", "login_session"),
        (&[], "credential_process = p", "credential_process"),
        (
            &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"), ("AWS_CONFIG_FILE", "/none")],
            "",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        ),
    ];
    for (variables, lines, by) in credentials {
        let (world, output) =
            run_with(variables, &[("~/.aws/config", &config(lines))], Recorded::new().with_role(), LINE);
        let found =
            output.notices.first().map(|notice| (notice.code, notice.params.get("by").unwrap().as_str()));
        assert_eq!((output.exit_code, found), (127, Some(("cli.not-modelled.credentials", by))));
        assert!(chain(&world).last().is_some_and(|step| step.ends_with("error reason.not-modelled")), "{by}");
    }
    let others: [(Entries<'_>, &str, Option<&str>); 11] = [
        (&[("AWS_USE_FIPS_ENDPOINT", "true")], "", Some("AWS_USE_FIPS_ENDPOINT")),
        (&[("AWS_USE_FIPS_ENDPOINT", "false")], "use_fips_endpoint = true", None),
        (&[], "use_dualstack_endpoint = true", Some("use_dualstack_endpoint")),
        (&[], "s3 =\n  addressing_style = path", Some("s3")),
        (&[("HTTPS_PROXY", "http://10.0.0.9:3128")], "", Some("HTTPS_PROXY")),
        (&[], "cli_timestamp_format = wire", Some("cli_timestamp_format")),
        (&[("AWS_PAGER", "less"), ("AWS_MAX_ATTEMPTS", "9")], "retry_mode = adaptive\ncli_pager =", None),
        (&[("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/t")], "", None),
        (&[("AWS_ROLE_ARN", "arn:aws:iam::1:role/r")], "", None),
        (&[], "sso_session = s", None),
        (&[], "ignore_configured_endpoint_urls = true\nendpoint_url = http://10.0.0.1", None),
    ];
    for (variables, lines, by) in others {
        let (_, output) = run_with(variables, &[("~/.aws/config", &config(lines))], Recorded::new(), LINE);
        let found = output.notices.first().map(|notice| notice.params.get("found").unwrap().as_str());
        assert_eq!(
            (output.exit_code, found),
            (if by.is_some() { 127 } else { 0 }, by),
            "{lines} {variables:?}"
        );
    }
    let variables: Entries<'_> = &[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")];
    let (_, output) = run_with(
        variables,
        &[("~/.aws/config", &config(""))],
        Recorded::new(),
        &format!("{LINE} --profile x"),
    );
    assert_eq!(output.exit_code, 0);
}

/// As version 2.3x prints it on an instance, with keys in files, and with variables.
#[test]
fn configure_list_names_the_sources() {
    let credentials = format!("[default]\n{KEYS}");
    let line = "aws configure list";
    let (_, output) = run_with(&[], &[], Recorded::new().with_role(), line);
    assert_eq!(
        output.stdout,
        "NAME       : VALUE                    : TYPE             : LOCATION\n\
         profile    : <not set>                : None             : None\n\
         access_key : ****************MPLE     : iam-role         : \n\
         secret_key : ****************EKEY     : iam-role         : \n\
         region     : ap-northeast-2           : imds             : \n"
    );
    let files: Entries<'_> =
        &[("~/.aws/credentials", &credentials), ("~/.aws/config", "[default]\nregion = eu-west-3\n")];
    let (_, output) = run_with(&[], files, Recorded::new(), line);
    assert!(output.stdout.ends_with(
        "access_key : ****************MPLE     : shared-credentials-file : \n\
         secret_key : ****************cret     : shared-credentials-file : \n\
         region     : eu-west-3                : config-file      : ~/.aws/config\n"
    ));
    let variables: Entries<'_> = &[("AWS_PROFILE", "default"), ("AWS_DEFAULT_REGION", "eu-west-1")];
    let (_, output) = run_with(variables, files, Recorded::new(), line);
    assert!(output.stdout.contains(
        "profile    : default                  : env              : ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']\n"
    ));
    assert!(output.stdout.ends_with(
        "region     : eu-west-1                : env              : ['AWS_REGION', 'AWS_DEFAULT_REGION']\n"
    ));
    let (_, output) = run_with(&[], files, Recorded::new(), "aws configure list --profile nope");
    assert!(
        output.stdout.ends_with("profile    : nope                     : manual           : --profile\n")
    );
    assert_eq!((output.exit_code, output.error_code.as_deref()), (255, Some("ProfileNotFound")));
    let (_, output) = run_with(&[], &[], Recorded::new(), line);
    assert!(output.stdout.ends_with("region     : <not set>                : None             : None\n"));
    assert_eq!(output.exit_code, 0);
}

#[test]
fn regions_come_in_order() {
    let config = format!("[default]\n{KEYS}region = eu-west-3\n");
    let all = [("AWS_REGION", "eu-west-1"), ("AWS_DEFAULT_REGION", "eu-west-2")];
    let cases: [(Entries<'_>, &str, &str); 4] = [
        (
            &all,
            "aws sts get-caller-identity --region eu-north-1",
            "POST https://sts.eu-north-1.amazonaws.com/",
        ),
        (&all, "aws sts get-caller-identity", "POST https://sts.eu-west-1.amazonaws.com/"),
        (&all[1..], "aws sts get-caller-identity", "POST https://sts.eu-west-2.amazonaws.com/"),
        (&[], "aws sts get-caller-identity", "POST https://sts.eu-west-3.amazonaws.com/"),
    ];
    for (variables, line, sent) in cases {
        let (world, _) = run_with(variables, &[("~/.aws/config", &config)], Recorded::new(), line);
        assert_eq!(world.sent(), [sent]);
    }
    // Without any region and outside of EC2 the global endpoint is left.
    let credentials = format!("[default]\n{KEYS}");
    let (world, _) = run_with(
        &[],
        &[("~/.aws/credentials", &credentials)],
        Recorded::new(),
        "aws sts get-caller-identity",
    );
    assert_eq!(world.sent().last().unwrap(), "POST https://sts.amazonaws.com/");
    let (_, output) = run_with(&all, &[], Recorded::new(), "aws s3 ls --region 'a b'");
    assert_eq!(output.error_code.as_deref(), Some("InvalidRegionError"));
}
