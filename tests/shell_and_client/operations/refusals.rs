//! What the CLI refuses before anything is sent.

use super::*;

const USAGE: &str = "\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  \
     aws <command> help\n  aws <command> <subcommand> help\n\n";

fn error(text: &str) -> String {
    format!("\naws: [ERROR]: An error occurred (ParamValidation): {text}\n")
}

fn refuses(line: &str, expected: String) {
    let mut world = Recorded::new();
    assert_eq!(outcome(&mut keyed_shell(), &mut world, line), (252, String::new(), expected), "{line}");
    assert!(world.requests.is_empty());
}

#[test]
fn refuses_arguments_as_the_cli_does() {
    for (line, expected) in [
        (
            "aws iam remove-role-from-instance-profile",
            error("the following arguments are required: --instance-profile-name, --role-name") + USAGE,
        ),
        ("aws iam get-role --role-name", error("argument --role-name: expected one argument") + USAGE),
        ("aws iam get-role --role-name r --foo 1", error("Unknown options: --foo, 1")),
        (
            "aws iam get-role --role-name r --output xml",
            error("argument --output: Found invalid choice 'xml'\n") + USAGE,
        ),
        (
            "aws ec2 describe-instances --dry-run=false",
            error("argument --dry-run: ignored explicit argument 'false'") + USAGE,
        ),
        (
            "aws ec2 describe-instances --no-dry-run=x",
            error("argument --no-dry-run: ignored explicit argument 'x'") + USAGE,
        ),
        (
            "aws iam list-roles --max-items all",
            error("argument --max-items: invalid int value: 'all'") + USAGE,
        ),
        ("aws iam list-roles --page-size x", error("argument --page-size: invalid int value: 'x'") + USAGE),
        ("aws cloudtrail list-trails --page-size 1", error("Unknown options: --page-size, 1")),
        (
            "aws ec2 describe-instances --no-paginate --max-items 2 --page-size 5",
            error("Cannot specify --no-paginate along with pagination arguments: --page-size, --max-items"),
        ),
        (
            "aws iam get-role --generate-cli-skeleton all",
            error("argument --generate-cli-skeleton: Found invalid choice 'all'\n") + USAGE,
        ),
        ("aws s3 list", error("argument subcommand: Found invalid choice 'list'\n") + USAGE),
        ("aws configure show", error("argument subcommand: Found invalid choice 'show'\n") + USAGE),
        (
            "aws configure export-credentials --format",
            error("argument --format: expected one argument") + USAGE,
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
    ] {
        refuses(line, expected);
    }
    let line = "aws sts get-session-token --duration-seconds soon";
    let text = "\naws: [ERROR]: invalid literal for int() with base 10: 'soon'\n";
    assert_eq!(
        outcome(&mut keyed_shell(), &mut Recorded::new(), line),
        (255, String::new(), text.to_string())
    );
}

/// Names that AWS doesn't have, with what the CLI guesses was meant, as Python's difflib does.
#[test]
fn refuses_names_as_the_cli_does() {
    let invalid = |argument: &str, name: &str, meant: &[&str]| {
        let meant: String = meant.iter().map(|name| format!("\n  * {name}")).collect();
        let meant = if meant.is_empty() { meant } else { format!("\nMaybe you meant:\n{meant}") };
        error(&format!("argument {argument}: Found invalid choice '{name}'\n{meant}")) + USAGE
    };
    let few = "usage: aws [options] s3 <subcommand> [parameters]\naws: error: too few arguments";
    for (line, expected) in [
        ("aws hello", invalid("command", "hello", &[])),
        ("aws hello world", invalid("command", "hello", &[])),
        ("aws iamm list-roles", invalid("command", "iamm", &["iam"])),
        ("aws s3api hello-world", invalid("operation", "hello-world", &[])),
        ("aws s3api get-objeck", invalid("operation", "get-objeck", &["get-object"])),
        ("aws s3 cpp", invalid("subcommand", "cpp", &["cp"])),
        ("aws configure lst", invalid("subcommand", "lst", &["list"])),
        ("aws iam list-roles --output jsn", invalid("--output", "jsn", &["json"])),
        ("aws iam list-roles --color blue", invalid("--color", "blue", &[])),
        ("aws configure export-credentials --format evn", invalid("--format", "evn", &[])),
        ("aws iam", error("the following arguments are required: operation") + USAGE),
        ("aws s3", error(few)),
        ("aws s3 ls --foo --bar", error("Unknown options: --foo,--bar")),
        ("aws s3 ls s3://my-bucket other", error("Unknown options: other")),
        ("aws configure list more", error("Unknown options: more")),
        ("aws iam list-roles --debug=x", error("argument --debug: ignored explicit argument 'x'") + USAGE),
        (
            "aws iam list-roles --cli-read-timeout x",
            error("argument --cli-read-timeout: invalid int value: 'x'") + USAGE,
        ),
    ] {
        refuses(line, expected);
    }
}

/// What AWS has and this sandbox hasn't is told apart from what there isn't.
#[test]
fn says_what_is_not_modelled() {
    for (line, code) in [
        ("aws lambda", "cli.not-modelled.aws"),
        ("aws lambda list-functions", "cli.not-modelled.aws"),
        ("aws ec2 describe-volumes", "cli.not-modelled.aws"),
        ("aws s3 website s3://b", "cli.not-modelled.aws"),
        ("aws configure", "cli.not-modelled.aws"),
        ("aws configure sso", "cli.not-modelled.aws"),
        ("aws iam list-roles --output yaml-stream", "cli.not-modelled.option"),
        ("aws s3 cp a b --request-payer", "cli.not-modelled.option"),
        ("aws iam list-roles --cli-auto-prompt", "cli.not-modelled.option"),
    ] {
        let output = run(&mut keyed_shell(), &mut Recorded::new(), line);
        let notice = output.notices.first().map(|notice| notice.code);
        assert_eq!((output.exit_code, notice), (127, Some(code)), "{line}: {}", output.stderr);
    }
}

/// In the words of Python's json.
#[test]
fn refuses_json_as_python_does() {
    for (line, expected) in [
        (
            "aws iam tag-role --role-name r --tags '[{\"Key\": \"a\",}]'",
            error(
                "Error parsing parameter '--tags': Invalid JSON: Illegal trailing comma before end of object: line 1 column 13 (char 12)\nJSON received: [{\"Key\": \"a\",}]",
            ),
        ),
        (
            "aws ec2 describe-instances --filters '{Name: x}'",
            error(
                "Error parsing parameter '--filters': Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)\nJSON received: {Name: x}",
            ),
        ),
        (
            "aws s3 cp s3://b/k f.txt --metadata '{'",
            error(
                "Error parsing parameter '--metadata': Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)\nJSON received: {",
            ),
        ),
        (
            "aws iam get-role --cli-input-json '{'",
            error("Error parsing parameter 'cli-input-json': Invalid JSON received."),
        ),
        (
            "aws iam get-role --cli-input-json '[]'",
            error(
                "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>",
            ),
        ),
    ] {
        refuses(line, expected);
    }
}

/// Options that the CLI adds to single operations.
#[test]
fn refuses_added_options_as_the_cli_does() {
    for (line, expected) in [
        (
            "aws ec2 run-instances --image-id ami-1 --count many",
            error("count parameter should be of form min[:max] (e.g. 1 or 1:10)"),
        ),
        (
            "aws ec2 run-instances --image-id ami-1 --associate-public-ip-address --network-interfaces DeviceIndex=0",
            error("Mixing the --network-interfaces option with the simple, scalar options is not supported."),
        ),
        (
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --ip-permissions IpProtocol=-1",
            error("The --protocol option is not compatible with the --ip-permissions option "),
        ),
        (
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol http --port 80",
            error("protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number."),
        ),
        (
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port http",
            error("port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)"),
        ),
    ] {
        refuses(line, expected);
    }
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

#[test]
fn options_that_are_left_out_say_so() {
    for line in [
        "aws ec2 run-instances --image-id ami-1 --secondary-private-ip-address-count 2",
        "aws ec2 authorize-security-group-ingress --group-id sg-1 --source-group x --group-owner 111122223333",
        "aws iam get-role --cli-input-yaml file://x",
        "aws iam get-role --role-name r --cli-binary-format raw-in-base64-out",
        "aws iam get-role --generate-cli-skeleton output",
        "aws iam get-role --role-name r --cli-auto-prompt",
        "aws s3 website s3://b",
        "aws configure sso",
    ] {
        let mut world = Recorded::new();
        let output = run(&mut keyed_shell(), &mut world, line);
        let said = output.notices.first().is_some_and(|notice| notice.code.starts_with("cli.not-modelled."));
        assert_eq!((output.exit_code, said, world.requests.len()), (127, true, 0), "{line}: {output:?}");
    }
}
