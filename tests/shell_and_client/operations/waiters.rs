//! `aws SERVICE wait NAME`: tries, the clock between them, and what is said in the end. Error texts are botocore's.

use super::*;

/// Answers one after the other, the last again and again; the clock moves while it sleeps.
struct Turns(Recorded, Vec<(u16, String)>);
impl Transport for Turns {
    fn exchange(&mut self, request: Request) -> Result<Response, ConnectFailure> {
        self.0.requests.push(request);
        let (status, body) = if self.1.len() > 1 { self.1.remove(0) } else { self.1[0].clone() };
        Ok(Response::new(status, "text/xml", body))
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
    fn sleep(&mut self, seconds: u32) {
        self.0.sleep(seconds);
    }
    fn lack(&mut self, _: iam_sandbox::chunk::Missing) {}
}

/// An answer of DescribeInstances.
fn instances(states: &[&str]) -> (u16, String) {
    let item = |state: &&str| format!("<item><instanceState><name>{state}</name></instanceState></item>");
    let items: String = states.iter().map(item).collect();
    let set = format!("<reservationSet><item><instancesSet>{items}</instancesSet></item></reservationSet>");
    (200, format!("<DescribeInstancesResponse>{set}</DescribeInstancesResponse>"))
}

fn error(status: u16, code: &str) -> (u16, String) {
    let error = format!("<Error><Code>{code}</Code><Message>m</Message></Error>");
    (status, format!("<ErrorResponse>{error}<Response><Errors>{error}</Errors></Response></ErrorResponse>"))
}

/// Exit status, standard error, requests, and seconds that went by.
fn waited(line: &str, answers: Vec<(u16, String)>) -> (i32, String, usize, i64) {
    let mut world = Turns(Recorded::new(), answers);
    let before = world.now().epoch_seconds();
    let output = run(&mut keyed_shell(), &mut world, line);
    assert_eq!(output.stdout, "", "{line}");
    (output.exit_code, output.stderr, world.0.requests.len(), world.now().epoch_seconds() - before)
}

fn failed(text: &str) -> String {
    format!("\naws: [ERROR]: Waiter {text}\n")
}

#[test]
fn asks_until_it_is_so() {
    const RUNNING: &str = "aws ec2 wait instance-running --instance-ids i-1";
    let pending = || instances(&["pending", "running"]);
    for (line, answers, expected) in [
        (RUNNING, vec![instances(&["running"])], (0, String::new(), 1, 0)),
        (RUNNING, vec![pending(), pending(), instances(&["running", "running"])], (0, String::new(), 3, 30)),
        (
            RUNNING,
            vec![error(400, "InvalidInstanceID.NotFound"), instances(&["running"])],
            (0, String::new(), 2, 15),
        ),
        (
            "aws iam wait role-exists --role-name r",
            vec![error(404, "NoSuchEntity"), (200, "<GetRoleResponse/>".into())],
            (0, String::new(), 2, 1),
        ),
        (
            "aws s3api wait bucket-not-exists --bucket my-bucket",
            vec![(200, String::new()), (404, String::new())],
            (0, String::new(), 2, 5),
        ),
        (
            "aws ec2 wait nat-gateway-deleted",
            vec![error(400, "NatGatewayNotFound")],
            (0, String::new(), 1, 0),
        ),
    ] {
        assert_eq!(waited(line, answers), expected, "{line}");
    }
    let mut world = Turns(Recorded::new(), vec![instances(&["running"])]);
    run(&mut keyed_shell(), &mut world, RUNNING);
    assert_eq!(
        world.0.requests[0].body.text(),
        Some("Action=DescribeInstances&Version=2016-11-15&InstanceId.1=i-1")
    );
}

#[test]
fn says_why_it_gives_up() {
    let terminal = "InstanceRunning failed: Waiter encountered a terminal failure state: For expression \
                    \"Reservations[].Instances[].State.Name\" we matched expected path: \"terminated\" at least once";
    let again = "RoleExists failed: Max attempts exceeded. Previously accepted state: Matched expected service error code: NoSuchEntity";
    for (line, answers, expected) in [
        (
            "aws ec2 wait instance-running",
            vec![instances(&["running", "terminated"])],
            (255, failed(terminal), 1, 0),
        ),
        (
            "aws ec2 wait instance-stopped",
            vec![instances(&["running"])],
            (255, failed("InstanceStopped failed: Max attempts exceeded"), 40, 39 * 15),
        ),
        (
            "aws iam wait role-exists --role-name r",
            vec![error(404, "NoSuchEntity")],
            (255, failed(again), 20, 19),
        ),
        (
            "aws ec2 wait instance-running",
            vec![error(403, "UnauthorizedOperation")],
            (255, failed("InstanceRunning failed: An error occurred (UnauthorizedOperation): m"), 1, 0),
        ),
    ] {
        assert_eq!(waited(line, answers), expected, "{line}");
    }
}

#[test]
fn refuses_as_the_cli_does() {
    let text = |line: &str| outcome(&mut keyed_shell(), &mut Recorded::new(), line);
    let (exit, _, stderr) = text("aws ec2 wait instance-runing --instance-ids i-1");
    assert!(stderr.contains("argument subcommand: Found invalid choice 'instance-runing'\n\nMaybe you meant:\n\n  * instance-running\n\nusage"), "{stderr}");
    assert_eq!(exit, 252);
    let few = "\naws: [ERROR]: An error occurred (ParamValidation): usage: aws [options] ec2 wait <subcommand> [parameters]\naws: error: too few arguments\n";
    assert_eq!(text("aws ec2 wait"), (252, String::new(), few.to_string()));
    let (exit, _, stderr) = text("aws iam wait role-exists");
    assert!(stderr.contains("the following arguments are required: --role-name"), "{stderr}");
    assert_eq!(exit, 252);
    for (line, exit, code) in [
        ("aws ec2 wait volume-available", 127, "cli.not-modelled.aws"),
        ("aws ec2 wait instance-running --max-items 1", 127, "cli.not-modelled.option"),
    ] {
        let output = run(&mut keyed_shell(), &mut Recorded::new(), line);
        assert_eq!((output.exit_code, output.notices[0].code), (exit, code), "{line}");
    }
    assert!(text("aws sts wait x").2.contains("argument operation: Found invalid choice 'wait'"));
}
