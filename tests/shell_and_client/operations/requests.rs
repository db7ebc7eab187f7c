//! The requests that are built of options.

use super::*;

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
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --port 22 --cidr 0.0.0.0/0",
            "Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1&IpPermissions.1.FromPort=22\
             &IpPermissions.1.ToPort=22&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0%2F0",
        ),
        (
            "aws ec2 run-instances --cli-input-json '{\"ImageId\": \"ami-1\", \"MinCount\": 1, \"MaxCount\": 1}' --count 3 --user-data hello",
            "Action=RunInstances&Version=2016-11-15&ImageId=ami-1&UserData=aGVsbG8%3D&MaxCount=3&MinCount=3",
        ),
        (
            "aws ec2 modify-instance-attribute --instance-id i-1 --instance-type t3.micro",
            "Action=ModifyInstanceAttribute&Version=2016-11-15&InstanceId=i-1&InstanceType.Value=t3.micro",
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
