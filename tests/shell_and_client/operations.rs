//! `aws SERVICE OPERATION` from the tables: the requests that are built, the answers that are printed, and what
//! the CLI refuses. Error texts are those of version 2.34 and later; tables and text were held against awscli 1.46,
//! whose formatters version 2 shares.

use super::*;

const IAM: &str = "https://iam.amazonaws.com/";
const EC2: &str = "https://ec2.ap-northeast-2.amazonaws.com/";

/// What the one request of a line holds.
fn body(line: &str, answer: &str) -> String {
    let mut world = Recorded::new().answer("POST", "https://", 200, answer);
    let output = run(&mut filed_shell(), &mut world, line);
    assert_eq!((output.exit_code, output.stderr.as_str()), (0, ""), "{line} {:?}", output.notices);
    world.requests[0].body.text().unwrap().to_string()
}

fn filed_shell() -> Shell {
    let mut shell = keyed_shell();
    let files = [
        ("/home/ec2-user/trust.json", "{\"Version\": \"2012-10-17\", \"Statement\": []}"),
        (
            "/home/ec2-user/input.json",
            "{\"RoleName\": \"r\", \"Tags\": [{\"Key\": \"a\", \"Value\": \"b\"}]}",
        ),
    ];
    shell.files.extend(files.map(|(path, text)| (path.to_string(), text.to_string())));
    shell
}

fn printed(line: &str, answer: &str) -> String {
    stdout(&mut filed_shell(), &mut Recorded::new().answer("POST", "https://", 200, answer), line)
}

#[test]
fn requests_of_the_query_protocol() {
    let none = "<X/>";
    let cases = [
        (
            "aws iam create-role --role-name r --assume-role-policy-document file://trust.json --tags Key=a,Value=b Key=c,Value=d",
            "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%22Version%22%3A+%222012-10-17%22%2C+%22Statement%22%3A+%5B%5D%7D\
             &Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&Tags.member.2.Value=d",
        ),
        (
            "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/r --role-session-name me --duration-seconds 900 --policy-arns arn=arn:aws:iam::aws:policy/ReadOnlyAccess",
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fr&RoleSessionName=me\
             &PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess&DurationSeconds=900",
        ),
        (
            "aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/p --policy-document '{}' --set-as-default",
            "Action=CreatePolicyVersion&Version=2010-05-08&PolicyArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Apolicy%2Fp&PolicyDocument=%7B%7D&SetAsDefault=true",
        ),
        (
            "aws iam untag-role --role-name=r --tag-keys a b",
            "Action=UntagRole&Version=2010-05-08&RoleName=r&TagKeys.member.1=a&TagKeys.member.2=b",
        ),
        (
            "aws iam tag-role --cli-input-json file://input.json",
            "Action=TagRole&Version=2010-05-08&RoleName=r&Tags.member.1.Key=a&Tags.member.1.Value=b",
        ),
        (
            "aws iam tag-role --role-name r --tags '[{\"Key\": \"a\", \"Value\": \"b\"}]'",
            "Action=TagRole&Version=2010-05-08&RoleName=r&Tags.member.1.Key=a&Tags.member.1.Value=b",
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(body(line, none), expected, "{line}");
    }
}

#[test]
fn requests_of_ec2() {
    let cases = [
        (
            "aws ec2 describe-instances --filters Name=instance-state-name,Values=running,pending --instance-ids i-1 i-2",
            "Action=DescribeInstances&Version=2016-11-15&InstanceId.1=i-1&InstanceId.2=i-2&Filter.1.Name=instance-state-name&Filter.1.Value.1=running&Filter.1.Value.2=pending",
        ),
        (
            "aws ec2 run-instances --image-id ami-11aa22bb --iam-instance-profile Name=\"s3access-profile\" --subnet-id subnet-1 --metadata-options HttpTokens=required,HttpPutResponseHopLimit=2 --dry-run",
            "Action=RunInstances&Version=2016-11-15&ImageId=ami-11aa22bb&SubnetId=subnet-1&DryRun=true&IamInstanceProfile.Name=s3access-profile\
             &MetadataOptions.HttpTokens=required&MetadataOptions.HttpPutResponseHopLimit=2&MaxCount=1&MinCount=1",
        ),
        (
            "aws ec2 authorize-security-group-egress --group-id sg-1 --protocol tcp --port 443 --cidr 0.0.0.0/0",
            "Action=AuthorizeSecurityGroupEgress&Version=2016-11-15&GroupId=sg-1&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443\
             &IpPermissions.1.ToPort=443&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0%2F0",
        ),
        (
            "aws ec2 modify-instance-metadata-options --instance-id i-1 --http-tokens required --no-dry-run",
            "Action=ModifyInstanceMetadataOptions&Version=2016-11-15&InstanceId=i-1&HttpTokens=required&DryRun=false",
        ),
    ];
    for (line, expected) in cases {
        let mut found: Vec<String> = body(line, "<X/>").split('&').map(str::to_string).collect();
        let mut expected: Vec<String> = expected.split('&').map(str::to_string).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn requests_with_json_and_rest() {
    let mut world =
        Recorded::new().answer("POST", "https://organizations.us-east-1.amazonaws.com/", 200, "{}");
    let line = "aws organizations create-policy --name p --description d --type SERVICE_CONTROL_POLICY --content '{}'";
    assert_eq!(stdout(&mut keyed_shell(), &mut world, line), "");
    let request = &world.requests[0];
    assert_eq!(request.header("X-Amz-Target"), Some("AWSOrganizationsV20161128.CreatePolicy"));
    assert_eq!(request.header("Content-Type"), Some("application/x-amz-json-1.1"));
    assert!(request.header("Authorization").unwrap().contains("/us-east-1/organizations/aws4_request"));
    let sent = request.body.text().unwrap();
    assert_eq!(
        sent,
        r#"{"Content": "{}", "Description": "d", "Name": "p", "Type": "SERVICE_CONTROL_POLICY"}"#
    );

    let mut world = Recorded::new().answer(
        "PUT",
        "https://111122223333.s3-control.ap-northeast-2.amazonaws.com/",
        201,
        "",
    );
    let line = "aws s3control put-public-access-block --account-id 111122223333 --public-access-block-configuration BlockPublicAcls=true,BlockPublicPolicy=false";
    assert_eq!(stdout(&mut keyed_shell(), &mut world, line), "");
    let request = &world.requests[0];
    assert!(request.url.ends_with("/v20180820/configuration/publicAccessBlock"));
    assert!(request.header("Authorization").unwrap().contains("/s3/aws4_request"));
    assert_eq!(
        request.body.text().unwrap(),
        "<PublicAccessBlockConfiguration xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"><BlockPublicAcls>true</BlockPublicAcls>\
         <BlockPublicPolicy>false</BlockPublicPolicy></PublicAccessBlockConfiguration>"
    );

    let answer = "{\"findings\": []}";
    let mut world = Recorded::new().answer(
        "POST",
        "https://access-analyzer.ap-northeast-2.amazonaws.com/policy/validation",
        200,
        answer,
    );
    let line = "aws accessanalyzer validate-policy --policy-document file://trust.json --policy-type IDENTITY_POLICY";
    assert_eq!(stdout(&mut filed_shell(), &mut world, line), "{\n    \"findings\": []\n}\n");
}

#[test]
fn requests_of_s3() {
    let bucket = "https://my-bucket.s3.ap-northeast-2.amazonaws.com/";
    let mut world = Recorded::new()
        .answer("PUT", bucket, 200, "")
        .answer("POST", bucket, 200, "<DeleteResult/>")
        .answer("DELETE", bucket, 204, "")
        .answer("GET", bucket, 200, "Hello");
    let mut shell = filed_shell();
    for line in [
        "aws s3api put-bucket-policy --bucket my-bucket --policy file://trust.json",
        "aws s3api delete-objects --bucket my-bucket --delete 'Objects=[{Key=a},{Key=b}],Quiet=true'",
        "aws s3api delete-public-access-block --bucket my-bucket",
        "aws s3api put-object --bucket my-bucket --key a/b.txt --body trust.json --metadata k=v --content-type text/plain",
        "aws s3api get-object --bucket my-bucket --key hello.txt --range bytes=0-4 copy.txt",
    ] {
        stdout(&mut shell, &mut world, line);
    }
    assert_eq!(
        world.sent(),
        [
            format!("PUT {bucket}?policy"),
            format!("POST {bucket}?delete"),
            format!("DELETE {bucket}?publicAccessBlock"),
            format!("PUT {bucket}a/b.txt"),
            format!("GET {bucket}hello.txt"),
        ]
    );
    assert_eq!(
        world.requests[1].body.text().unwrap(),
        "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a</Key></Object><Object><Key>b</Key></Object><Quiet>true</Quiet></Delete>"
    );
    assert_eq!(world.requests[1].header("x-amz-checksum-crc64nvme").map(str::len), Some(12));
    assert_eq!(world.requests[3].header("x-amz-meta-k"), Some("v"));
    let body = world.requests[3].body.text().unwrap();
    assert!(body.starts_with(
        "2a\r\n{\"Version\": \"2012-10-17\", \"Statement\": []}\r\n0\r\nx-amz-checksum-crc64nvme:"
    ));
    assert_eq!(world.requests[4].header("Range"), Some("bytes=0-4"));
    assert_eq!(stdout(&mut shell, &mut world, "cat copy.txt"), "Hello");
}

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
fn pages_are_joined() {
    let page = |name: &str, more: &str| {
        format!(
            "<ListRolesResponse><ListRolesResult><IsTruncated>{}</IsTruncated>{more}<Roles><member><RoleName>{name}</RoleName></member></Roles>\
             </ListRolesResult></ListRolesResponse>",
            !more.is_empty()
        )
    };
    struct Pages(Recorded, Vec<String>);
    impl Transport for Pages {
        fn exchange(&mut self, request: Request) -> Result<Response, ConnectFailure> {
            self.0.requests.push(request);
            Ok(Response::new(200, "text/xml", self.1.remove(0)))
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
    let pages = vec![page("a", "<Marker>m</Marker>"), page("b", "")];
    let mut world = Pages(Recorded::new(), pages);
    let output =
        run(&mut keyed_shell(), &mut world, "aws iam list-roles --query 'Roles[].RoleName' --output text");
    assert_eq!((output.exit_code, output.stdout.as_str()), (0, "a\tb\n"), "{}", output.stderr);
    assert!(world.0.requests[1].body.text().unwrap().ends_with("&Marker=m"));
    let mut world = Pages(Recorded::new(), vec![page("a", "<Marker>m</Marker>")]);
    let output = run(&mut keyed_shell(), &mut world, "aws iam list-roles --no-paginate");
    assert!(output.stdout.contains("\"IsTruncated\": true") && output.stdout.contains("\"Marker\": \"m\""));
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
    let skeleton = page("aws iam create-instance-profile --generate-cli-skeleton");
    assert!(
        skeleton.starts_with("{\n    \"InstanceProfileName\": \"\",\n    \"Path\": \"\",\n    \"Tags\": [\n")
    );
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

/// The examples of the JMESPath specification, and what the CLI's own page shows.
#[test]
fn queries() {
    let answer = "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><code>16</code><name>running</name></instanceState>\
                  <tagSet><item><key>Name</key><value>web</value></item></tagSet></item><item><instanceId>i-2</instanceId><instanceState><code>80</code><name>stopped</name></instanceState></item>\
                  </instancesSet></item></reservationSet></DescribeInstancesResponse>";
    for (query, expected) in [
        ("Reservations[0].Instances[1].InstanceId", "\"i-2\""),
        ("Reservations[*].Instances[*].InstanceId", "[[\"i-1\",\"i-2\"]]"),
        ("Reservations[].Instances[].InstanceId", "[\"i-1\",\"i-2\"]"),
        ("Reservations[].Instances[?State.Name==`running`].InstanceId", "[[\"i-1\"]]"),
        ("Reservations[].Instances[?State.Name=='stopped'].InstanceId | []", "[\"i-2\"]"),
        ("Reservations[].Instances[].[InstanceId, State.Code]", "[[\"i-1\",16],[\"i-2\",80]]"),
        (
            "Reservations[].Instances[].{Id: InstanceId, Name: Tags[?Key=='Name'].Value | [0]}",
            "[{\"Id\":\"i-1\",\"Name\":\"web\"},{\"Id\":\"i-2\",\"Name\":null}]",
        ),
        ("length(Reservations[0].Instances)", "2"),
        ("Reservations[0].Instances[-1].InstanceId", "\"i-2\""),
        ("Reservations[0].Instances[::-1].InstanceId", "[\"i-2\",\"i-1\"]"),
        ("sort_by(Reservations[].Instances[], &State.Name)[].State.Code", "[16,80]"),
        ("max_by(Reservations[].Instances[], &State.Code).InstanceId", "\"i-2\""),
        ("Reservations[].Instances[?State.Code > `20` && !Tags].InstanceId | [0]", "[\"i-2\"]"),
        ("Reservations[].Instances[].State.* | [0]", "[16,\"running\"]"),
        ("join(',', Reservations[].Instances[].InstanceId)", "\"i-1,i-2\""),
        ("Reservations[].Instances[?contains(InstanceId, '2')].InstanceId[]", "[\"i-2\"]"),
        ("missing.deep", "null"),
        ("missing || 'none'", "\"none\""),
        ("@.Reservations | length(@)", "1"),
        ("not_null(missing, `0`)", "0"),
        ("to_string(Reservations[0].Instances[0].State.Code)", "\"16\""),
        ("keys(Reservations[0].Instances[0].State)", "[\"Code\",\"Name\"]"),
        ("map(&InstanceId, Reservations[].Instances[])", "[\"i-1\",\"i-2\"]"),
        ("sum(Reservations[].Instances[].State.Code)", "96"),
    ] {
        let line = "aws ec2 describe-instances --query \"$Q\"";
        let mut shell = keyed_shell();
        shell.variables.insert("Q".into(), query.into());
        let out = stdout(&mut shell, &mut Recorded::new().answer("POST", EC2, 200, answer), line);
        let compact: String = serde_json::from_str::<serde_json::Value>(&out).unwrap().to_string();
        assert_eq!(compact, expected, "{query}");
    }
    for query in ["Reservations[", "a b", "[?a", "a.", "foo.`x`", "{a}", "a[1:2:0]", "&", "'"] {
        let mut shell = keyed_shell();
        shell.variables.insert("Q".into(), query.into());
        let (exit, _, stderr) =
            outcome(&mut shell, &mut Recorded::new(), "aws ec2 describe-instances --query \"$Q\"");
        assert_eq!(exit, 252, "{query}: {stderr}");
    }
    let mut world = Recorded::new().answer("POST", EC2, 200, answer);
    let (exit, _, stderr) =
        outcome(&mut keyed_shell(), &mut world, "aws ec2 describe-instances --query 'length(missing)'");
    assert_eq!((exit, stderr.contains("In function length(), invalid type")), (255, true), "{stderr}");
}
