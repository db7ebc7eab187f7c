//! Pages of an answer, joined or cut.

use super::*;

/// Answers one page after the other.
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

/// A page of ListRoles.
fn page(names: &[&str], marker: &str) -> String {
    let member = |name: &&str| format!("<member><RoleName>{name}</RoleName></member>");
    let roles: String = names.iter().map(member).collect();
    let marker = if marker.is_empty() { String::new() } else { format!("<Marker>{marker}</Marker>") };
    format!(
        "<ListRolesResponse><ListRolesResult><IsTruncated>{}</IsTruncated>{marker}<Roles>{roles}</Roles></ListRolesResult></ListRolesResponse>",
        !marker.is_empty()
    )
}

#[test]
fn pages_are_joined() {
    let pages = vec![page(&["a"], "m"), page(&["b"], "")];
    let mut world = Pages(Recorded::new(), pages);
    let output =
        run(&mut keyed_shell(), &mut world, "aws iam list-roles --query 'Roles[].RoleName' --output text");
    assert_eq!((output.exit_code, output.stdout.as_str()), (0, "a\tb\n"), "{}", output.stderr);
    assert!(world.0.requests[1].body.text().unwrap().ends_with("&Marker=m"));
    let mut world = Pages(Recorded::new(), vec![page(&["a"], "m")]);
    let output = run(&mut keyed_shell(), &mut world, "aws iam list-roles --no-paginate");
    assert!(output.stdout.contains("\"IsTruncated\": true") && output.stdout.contains("\"Marker\": \"m\""));
}

/// Tokens as botocore's paginator makes them: `{"Marker": null, "boto_truncate_amount": 1}`.
#[test]
fn as_many_items_as_are_asked_for() {
    const FIRST: &str = "eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==";
    const SECOND: &str = "eyJNYXJrZXIiOiAibSJ9";
    let two = || vec![page(&["a", "b"], "m"), page(&["c"], "")];
    for (options, pages, names, token, sent) in [
        ("--max-items 1", two(), &["a"][..], Some(FIRST), 1),
        ("--max-items 2", two(), &["a", "b"], Some(SECOND), 1),
        ("--max-items 3", two(), &["a", "b", "c"], None, 2),
        ("--max-items 9", two(), &["a", "b", "c"], None, 2),
        (&format!("--starting-token {FIRST}"), two(), &["b", "c"], None, 2),
        (&format!("--max-items 1 --starting-token {FIRST}"), two(), &["b"], Some(SECOND), 1),
        (&format!("--starting-token {SECOND}"), vec![page(&["c"], "")], &["c"], None, 1),
        ("--page-size 2", two(), &["a", "b", "c"], None, 2),
    ] {
        let mut world = Pages(Recorded::new(), pages);
        let output = run(&mut keyed_shell(), &mut world, &format!("aws iam list-roles {options}"));
        let answer: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        let found: Vec<&str> =
            answer["Roles"].as_array().unwrap().iter().filter_map(|role| role["RoleName"].as_str()).collect();
        assert_eq!((found.as_slice(), answer["NextToken"].as_str()), (names, token), "{options}");
        assert_eq!(world.0.requests.len(), sent, "{options}");
        let body = world.0.requests[0].body.text().unwrap();
        assert_eq!(body.contains("Marker=m"), options.ends_with(SECOND), "{options}");
        assert_eq!(body.contains("MaxItems=2"), options == "--page-size 2", "{options}: {body}");
    }
    let mut world = Pages(Recorded::new(), two());
    let line = "aws iam list-roles --max-items 1 --output text";
    let output = run(&mut keyed_shell(), &mut world, line);
    assert!(output.stdout.ends_with(&format!("\nNEXTTOKEN\t{FIRST}\n")), "{}", output.stdout);
}

/// A token or a limit given as a parameter asks for one page, where `--max-items` is the parameter MaxItems.
#[test]
fn a_page_alone() {
    for (line, sent) in [
        ("aws iam list-roles --no-paginate --max-items 1", "MaxItems=1"),
        ("aws iam list-roles --marker x --max-items 1", "Marker=x&MaxItems=1"),
        ("aws iam list-roles --cli-input-json '{\"MaxItems\": 1}'", "MaxItems=1"),
    ] {
        let mut world = Pages(Recorded::new(), vec![page(&["a"], "m")]);
        let output = run(&mut keyed_shell(), &mut world, line);
        assert_eq!((output.exit_code, world.0.requests.len()), (0, 1), "{line}");
        assert!(world.0.requests[0].body.text().unwrap().ends_with(sent), "{line}");
    }
}

/// In the words of botocore's PaginationError.
#[test]
fn a_page_named_twice_ends_the_command() {
    let mut world = Recorded::new().answer("POST", IAM, 200, &page(&["a"], "it's\tm"));
    let output = run(&mut keyed_shell(), &mut world, "aws iam list-roles");
    let text = "\naws: [ERROR]: Error during pagination: The same next token was received twice: {'Marker': \"it's\\tm\"}\n";
    assert_eq!((output.exit_code, output.stdout.as_str(), output.stderr.as_str()), (255, "", text));
    assert_eq!(world.requests.len(), 2);
}

#[test]
fn pages_without_end_are_told() {
    let pages = (0..400).map(|number| page(&["a"], &number.to_string())).collect();
    let mut world = Pages(Recorded::new(), pages);
    let output = run(&mut keyed_shell(), &mut world, "aws iam list-roles");
    let notice = output.notices.first().map(|notice| notice.code);
    assert_eq!((output.exit_code, output.stdout.as_str(), notice), (1, "", Some("cli.too-large")));
    assert_eq!(world.0.requests.len(), 200);
}
