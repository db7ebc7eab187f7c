//! What is printed of an answer, what goes into files, and what help shows.

use super::*;

const ROLE: &str = "<CreateRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><CreateRoleResult><Role><Path>/</Path>\
                    <Arn>arn:aws:iam::111122223333:role/r</Arn><RoleName>r</RoleName>\
                    <AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%7D</AssumeRolePolicyDocument><CreateDate>2026-01-07T09:00:00Z</CreateDate>\
                    <RoleId>AROAEXAMPLE</RoleId></Role></CreateRoleResult></CreateRoleResponse>";
const CREATE: &str = "aws iam create-role --role-name r --assume-role-policy-document file://trust.json";

/// Members in the model's order, times and documents as the CLI shows them.
#[test]
fn answers_are_printed_in_each_format() {
    assert_eq!(
        printed(CREATE, ROLE),
        "{\n    \"Role\": {\n        \"Path\": \"/\",\n        \"RoleName\": \"r\",\n        \"RoleId\": \"AROAEXAMPLE\",\n        \
         \"Arn\": \"arn:aws:iam::111122223333:role/r\",\n        \"CreateDate\": \"2026-01-07T09:00:00+00:00\",\n        \
         \"AssumeRolePolicyDocument\": {\n            \"Version\": \"2012-10-17\"\n        }\n    }\n}\n"
    );
    let text = "ROLE\tarn:aws:iam::111122223333:role/r\t2026-01-07T09:00:00+00:00\t/\tAROAEXAMPLE\tr\nASSUMEROLEPOLICYDOCUMENT\t2012-10-17\n";
    assert_eq!(printed(&format!("{CREATE} --output text"), ROLE), text);
    assert_eq!(
        printed(&format!("{CREATE} --output yaml"), ROLE),
        "Role:\n  Arn: arn:aws:iam::111122223333:role/r\n  AssumeRolePolicyDocument:\n    Version: '2012-10-17'\n  \
         CreateDate: '2026-01-07T09:00:00+00:00'\n  Path: /\n  RoleId: AROAEXAMPLE\n  RoleName: r\n"
    );
    let table = "------------------------------------------------------\n\
                 |                     CreateRole                     |\n\
                 +----------------------------------------------------+\n\
                 ||                       Role                       ||\n\
                 |+-------------+------------------------------------+|\n\
                 ||  Arn        |  arn:aws:iam::111122223333:role/r  ||\n\
                 ||  CreateDate |  2026-01-07T09:00:00+00:00         ||\n\
                 ||  Path       |  /                                 ||\n\
                 ||  RoleId     |  AROAEXAMPLE                       ||\n\
                 ||  RoleName   |  r                                 ||\n\
                 |+-------------+------------------------------------+|\n\
                 |||            AssumeRolePolicyDocument            |||\n\
                 ||+--------------------+---------------------------+||\n\
                 |||  Version           |  2012-10-17               |||\n\
                 ||+--------------------+---------------------------+||\n";
    assert_eq!(printed(&format!("{CREATE} --output table"), ROLE), table);
    assert_eq!(
        printed(&format!("{CREATE} --query Role.Arn --output text"), ROLE),
        "arn:aws:iam::111122223333:role/r\n"
    );
    assert_eq!(printed("aws iam delete-role --role-name r", "<DeleteRoleResponse/>"), "");
}

#[test]
fn errors_of_every_protocol() {
    let cases = [
        (
            "aws iam get-role --role-name r",
            IAM,
            404,
            "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The role with name r cannot be found.</Message></Error></ErrorResponse>",
            "\naws: [ERROR]: An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name r cannot be found.\n",
        ),
        (
            "aws ec2 describe-vpcs",
            EC2,
            403,
            "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized</Message></Error></Errors><RequestID>x</RequestID></Response>",
            "\naws: [ERROR]: An error occurred (UnauthorizedOperation) when calling the DescribeVpcs operation: You are not authorized\n",
        ),
        (
            "aws organizations list-roots",
            "https://organizations",
            400,
            "{\"__type\": \"com.amazonaws.organizations#AccessDeniedException\", \"Message\": \"You don't have permissions to access this resource.\"}",
            "\naws: [ERROR]: An error occurred (AccessDeniedException) when calling the ListRoots operation: You don't have permissions to access this resource.\n",
        ),
    ];
    for (line, url, status, body, expected) in cases {
        let mut world = Recorded::new().answer("POST", url, status, body);
        assert_eq!(outcome(&mut keyed_shell(), &mut world, line), (254, String::new(), expected.to_string()));
    }
}

#[test]
fn the_seed_of_a_virtual_device_goes_into_a_file() {
    let answer = "<CreateVirtualMFADeviceResponse><CreateVirtualMFADeviceResult><VirtualMFADevice><SerialNumber>arn:aws:iam::111122223333:mfa/a</SerialNumber>\
                  <Base32StringSeed>SkJTV1kzRFBFSFBLM1BYUA==</Base32StringSeed><QRCodePNG>AAAA</QRCodePNG></VirtualMFADevice></CreateVirtualMFADeviceResult></CreateVirtualMFADeviceResponse>";
    let mut world = Recorded::new().answer("POST", IAM, 200, answer);
    let mut shell = keyed_shell();
    let line = "aws iam create-virtual-mfa-device --virtual-mfa-device-name a --outfile seed --bootstrap-method Base32StringSeed";
    assert_eq!(
        stdout(&mut shell, &mut world, line),
        "{\n    \"VirtualMFADevice\": {\n        \"SerialNumber\": \"arn:aws:iam::111122223333:mfa/a\"\n    }\n}\n"
    );
    assert_eq!(stdout(&mut shell, &mut world, "cat seed"), "JBSWY3DPEHPK3PXP");
}

#[test]
fn help_lists_what_exists() {
    let page = |line: &str| stdout(&mut keyed_shell(), &mut Recorded::new(), line);
    for service in [
        "accessanalyzer",
        "cloudtrail",
        "configure",
        "ec2",
        "iam",
        "organizations",
        "s3",
        "s3api",
        "s3control",
        "sts",
    ] {
        assert!(page("aws help").contains(&format!("o {service}\n")), "{service}");
    }
    assert!(page("aws iam help").contains("o create-instance-profile\n"));
    assert!(page("aws s3 help").contains("o cp\n"));
    let synopsis = page("aws ec2 run-instances help");
    assert!(synopsis.contains("[--image-id <value>]") && !synopsis.contains("--min-count"));
    for (line, options) in [
        (
            "aws iam list-roles help",
            "aws iam list-roles\n  [--path-prefix <value>]\n  [--starting-token <value>]\n",
        ),
        ("aws s3 presign help", "aws s3 presign\n  [--expires-in <value>]\n"),
        ("aws s3 ls help", "aws s3 ls\n  [--recursive]\n"),
        ("aws ec2 wait help", "AVAILABLE COMMANDS\n       o image-available\n"),
        ("aws iam wait role-exists help", "aws iam wait role-exists\n  --role-name <value>\n"),
    ] {
        assert!(page(line).starts_with(options), "{line}: {}", page(line));
    }
    assert!(page("aws s3api get-object help").ends_with("  <outfile>\n"));
    let skeleton = page("aws iam create-instance-profile --generate-cli-skeleton");
    assert!(
        skeleton.starts_with("{\n    \"InstanceProfileName\": \"\",\n    \"Path\": \"\",\n    \"Tags\": [\n")
    );
}

#[test]
fn a_body_goes_where_it_is_told() {
    let mut world = Recorded::new().answer("GET", "https://", 200, "Hello\n");
    let mut shell = keyed_shell();
    let line = "aws s3api get-object --bucket my-bucket --key k";
    assert!(stdout(&mut shell, &mut world, &format!("{line} /dev/stdout")).starts_with("Hello\n{\n"));
    for (path, text) in
        [("no/file", "[Errno 2] No such file or directory"), ("/tmp", "[Errno 21] Is a directory")]
    {
        let told = (255, String::new(), format!("\naws: [ERROR]: {text}: '{path}'\n"));
        assert_eq!(outcome(&mut shell, &mut world, &format!("{line} {path}")), told);
    }
    assert!(shell.files.is_empty());
}
