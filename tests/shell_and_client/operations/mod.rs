//! `aws SERVICE OPERATION` from the tables: the requests that are built, the answers that are printed, and what
//! the CLI refuses. Error texts are those of version 2.34 and later; tables and text were held against awscli 1.46,
//! whose formatters version 2 shares.

mod answers;
mod pages;
mod queries;
mod refusals;
mod requests;
mod waiters;

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
