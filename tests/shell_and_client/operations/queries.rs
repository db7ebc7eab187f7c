//! `--query`.

use super::*;

const ANSWER: &str = "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><code>16</code><name>running</name></instanceState>\
              <tagSet><item><key>Name</key><value>web</value></item></tagSet></item><item><instanceId>i-2</instanceId><instanceState><code>80</code><name>stopped</name></instanceState></item>\
              </instancesSet></item></reservationSet></DescribeInstancesResponse>";

/// The examples of the JMESPath specification, and what the CLI's own page shows.
#[test]
fn queries() {
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
        let out = stdout(&mut shell, &mut Recorded::new().answer("POST", EC2, 200, ANSWER), line);
        let compact: String = serde_json::from_str::<serde_json::Value>(&out).unwrap().to_string();
        assert_eq!(compact, expected, "{query}");
    }
}

#[test]
fn wrong_queries_are_told_as_jmespath_does() {
    for query in ["Reservations[", "a b", "[?a", "a.", "foo.`x`", "{a}", "&", "'"] {
        let mut shell = keyed_shell();
        shell.variables.insert("Q".into(), query.into());
        let (exit, _, stderr) =
            outcome(&mut shell, &mut Recorded::new(), "aws ec2 describe-instances --query \"$Q\"");
        assert_eq!(exit, 252, "{query}: {stderr}");
    }
    for (query, exit, text) in [
        (
            "Reservations[].a.",
            252,
            "An error occurred (ParamValidation): Bad value for --query Reservations[].a.: Expecting: ['quoted_identifier', \
             'unquoted_identifier', 'lbracket', 'lbrace'], got: eof: Parse error at column 17, token \"\" (EOF), for expression:\n\
             \"Reservations[].a.\"\n                  ^",
        ),
        (
            "Reservations[?a=b]",
            252,
            "An error occurred (ParamValidation): Bad value for --query Reservations[?a=b]: Bad jmespath expression: Unknown token \
             '=':\nReservations[?a=b]\n               ^",
        ),
        ("Reservations[0:1:0]", 255, "slice step cannot be zero"),
    ] {
        let mut world = Recorded::new().answer("POST", EC2, 200, ANSWER);
        let line = format!("aws ec2 describe-instances --query '{query}'");
        let expected = (exit, String::new(), format!("\naws: [ERROR]: {text}\n"));
        assert_eq!(outcome(&mut keyed_shell(), &mut world, &line), expected, "{query}");
    }
    let mut world = Recorded::new().answer("POST", EC2, 200, ANSWER);
    let (exit, _, stderr) =
        outcome(&mut keyed_shell(), &mut world, "aws ec2 describe-instances --query 'length(missing)'");
    assert_eq!((exit, stderr.contains("In function length(), invalid type")), (255, true), "{stderr}");
}
