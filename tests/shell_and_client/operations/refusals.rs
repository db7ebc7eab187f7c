//! What the CLI refuses before anything is sent.

use super::*;

#[test]
fn refuses_arguments_as_the_cli_does() {
    let usage = "\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  \
                 aws <command> help\n  aws <command> <subcommand> help\n\n";
    let error = |text: &str| format!("\naws: [ERROR]: An error occurred (ParamValidation): {text}\n");
    let cases = [
        (
            "aws iam remove-role-from-instance-profile",
            error("the following arguments are required: --instance-profile-name, --role-name") + usage,
        ),
        ("aws iam get-role --role-name", error("argument --role-name: expected one argument") + usage),
        ("aws iam get-role --role-name r --foo 1", error("Unknown options: --foo, 1")),
        (
            "aws iam get-role --role-name r --output xml",
            error("argument --output: Found invalid choice 'xml'") + usage,
        ),
        (
            "aws iam tag-role --role-name r --tags a",
            error("Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\na\n ^"),
        ),
        (
            "aws iam create-role --role-name r --assume-role-policy-document file://no.json",
            error(
                "Error parsing parameter '--assume-role-policy-document': Unable to load paramfile file://no.json: [Errno 2] No such file or directory: 'no.json'",
            ),
        ),
    ];
    for (line, expected) in cases {
        let mut world = Recorded::new();
        assert_eq!(outcome(&mut keyed_shell(), &mut world, line), (252, String::new(), expected), "{line}");
        assert!(world.requests.is_empty());
    }
    let line = "aws sts get-session-token --duration-seconds soon";
    let text = "\naws: [ERROR]: invalid literal for int() with base 10: 'soon'\n";
    assert_eq!(
        outcome(&mut keyed_shell(), &mut Recorded::new(), line),
        (255, String::new(), text.to_string())
    );
}

/// In the words of botocore's validation, which the real library gave for the same parameters.
#[test]
fn refuses_parameters_as_botocore_does() {
    for (line, report) in [
        ("aws iam tag-role --role-name r --tags Key=a", "Missing required parameter in Tags[0]: \"Value\""),
        (
            "aws iam tag-role --role-name r --tags Kee=a,Value=b",
            "Missing required parameter in Tags[0]: \"Key\"\nUnknown parameter in Tags[0]: \"Kee\", must be one of: Key, Value",
        ),
        (
            "aws iam attach-role-policy --role-name '' --policy-arn x",
            "Invalid length for parameter RoleName, value: 0, valid min length: 1\n\
                 Invalid length for parameter PolicyArn, value: 1, valid min length: 20",
        ),
        (
            "aws sts get-session-token --duration-seconds 60",
            "Invalid value for parameter DurationSeconds, value: 60, valid min value: 900",
        ),
        (
            "aws iam tag-role --cli-input-json '{\"RoleName\": 1, \"Tags\": []}'",
            "Invalid type for parameter RoleName, value: 1, type: <class 'int'>, valid types: <class 'str'>",
        ),
    ] {
        let mut world = Recorded::new();
        let text = format!(
            "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\n{report}\n"
        );
        assert_eq!(outcome(&mut keyed_shell(), &mut world, line), (252, String::new(), text), "{line}");
        assert!(world.requests.is_empty());
    }
}

#[test]
fn a_region_is_needed_where_there_is_no_global_endpoint() {
    let mut shell = keyed_shell();
    shell.variables.remove("AWS_DEFAULT_REGION");
    let output = run(&mut shell, &mut Recorded::new(), "aws ec2 describe-instances");
    let text = "\naws: [ERROR]: An error occurred (NoRegion): You must specify a region. You can also configure your region by running \"aws configure\".\n";
    assert_eq!((output.exit_code, output.stderr.as_str()), (253, text));
    assert_eq!(output.error_code.as_deref(), Some("NoRegionError"));
}
