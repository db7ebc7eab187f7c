//! An instance that a command launches is a machine like those of the scenario: it runs commands, has a metadata
//! service, stands in the network, and is gone when it is terminated.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use iam_sandbox::sandbox::Sandbox;

const SCENARIO: &str = r#"{"version": 1, "title": "Launch", "accounts": {"111122223333": {"template": {"Resources": {
  "Admin": {"Type": "AWS::IAM::User", "Properties": {"UserName": "admin",
    "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}},
  "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16",
    "Tags": [{"Key": "Name", "Value": "lab"}]}},
  "Key": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": {"Ref": "Admin"}}},
  "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "app", "AssumeRolePolicyDocument": {
    "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole"}]}}},
  "Profile": {"Type": "AWS::IAM::InstanceProfile", "Properties": {"InstanceProfileName": "app",
    "Roles": [{"Ref": "Role"}]}}}}}},
  "hosts": {"laptop": {"internet": "203.0.113.9", "env": {"AWS_ACCESS_KEY_ID": {"Ref": "Key"},
    "AWS_SECRET_ACCESS_KEY": {"Fn::GetAtt": ["Key", "SecretAccessKey"]}, "AWS_DEFAULT_REGION": "us-east-1"}}},
  "run": []}"#;

fn run(sandbox: &mut Sandbox, on: &str, command: &str) -> String {
    let ran = sandbox.run(command, Some(on)).unwrap_or_else(|error| panic!("{command}: {error:?}"));
    assert_eq!(ran.exit_code, 0, "{command}: {}", ran.stderr);
    ran.stdout.trim_end().to_string()
}

fn launch(sandbox: &mut Sandbox) -> String {
    let command = "aws ec2 run-instances --image-id ami-11aa22bb --iam-instance-profile Name=app \
                   --query Instances[0].InstanceId --output text";
    run(sandbox, "laptop", command)
}

#[test]
fn it_is_a_host_until_it_is_terminated() {
    let mut sandbox = Sandbox::new(SCENARIO).unwrap();
    let id = launch(&mut sandbox);
    let hosts: Vec<String> = sandbox.hosts().into_iter().map(|host| host.name).collect();
    assert_eq!(hosts, [id.as_str(), "laptop"]);
    let places = sandbox.places();
    let place = places.hosts.iter().find(|host| host.name == id).unwrap();
    assert_eq!((place.kind, place.vpc.as_ref().map(|vpc| vpc.is_default)), ("instance", Some(true)));
    let arn = run(&mut sandbox, &id, "aws sts get-caller-identity --query Arn --output text");
    assert_eq!(arn, format!("arn:aws:sts::111122223333:assumed-role/app/{id}"));
    let own = run(&mut sandbox, &id, "curl -s http://169.254.169.254/latest/meta-data/instance-id");
    assert_eq!(own, id);
    run(&mut sandbox, "laptop", &format!("aws ec2 terminate-instances --instance-ids {id}"));
    assert!(sandbox.run("env", Some(&id)).is_err());
    // A host of the scenario that is the only one needs no name, whatever was launched.
    launch(&mut sandbox);
    assert_eq!(sandbox.run("env", None).unwrap().trace.host, "laptop");
}

#[test]
fn its_ids_depend_on_the_scenario_and_the_commands_alone() {
    let launched = || {
        let mut sandbox = Sandbox::new(SCENARIO).unwrap();
        [launch(&mut sandbox), launch(&mut sandbox)]
    };
    let [first, second] = launched();
    assert_ne!(first, second);
    assert_eq!(launched(), [first, second]);
}

#[test]
fn an_edit_of_the_scenario_leaves_it_running() {
    let mut sandbox = Sandbox::new(SCENARIO).unwrap();
    let id = launch(&mut sandbox);
    run(&mut sandbox, &id, "export NAME=kept");
    let patch = r#"[{"op": "add", "path": "/accounts/111122223333/template/Resources/Bucket",
        "value": {"Type": "AWS::S3::Bucket"}}]"#;
    sandbox.patch(patch).unwrap();
    assert_eq!(run(&mut sandbox, &id, "echo $NAME"), "kept");
    assert_eq!(
        run(
            &mut sandbox,
            "laptop",
            "aws ec2 describe-instances --query Reservations[].Instances[].InstanceId --output text"
        ),
        id
    );
}

#[test]
fn the_event_history_tells_of_the_launch() {
    let mut sandbox = Sandbox::new(SCENARIO).unwrap();
    let id = launch(&mut sandbox);
    let command = format!(
        "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue={id} \
         --query Events[].EventName --output text"
    );
    assert_eq!(run(&mut sandbox, "laptop", &command), "RunInstances");
}

#[test]
fn tags_of_the_template_are_tags_of_the_resource() {
    let mut sandbox = Sandbox::new(SCENARIO).unwrap();
    let command =
        "aws ec2 describe-vpcs --filters Name=tag:Name,Values=lab --query Vpcs[].CidrBlock --output text";
    assert_eq!(run(&mut sandbox, "laptop", command), "10.0.0.0/16");
    let path = "/accounts/111122223333/template/Resources/Vpc/Properties/Tags/0/Value";
    sandbox.patch(&format!(r#"[{{"op": "replace", "path": "{path}", "value": "other"}}]"#)).unwrap();
    assert_eq!(run(&mut sandbox, "laptop", command), "");
}
