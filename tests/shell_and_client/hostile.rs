//! Anything may be typed, stand in a file or come as an answer: nothing panics, nothing grows without bound.

use super::*;
use iam_sandbox::http::Url;
use iam_sandbox::network;
use iam_sandbox::shell::parse;
use proptest::prelude::*;

const LINES: [&str; 12] = [
    "TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H \"X-aws-ec2-metadata-token-ttl-seconds: 21600\")",
    "aws s3 cp s3://my-bucket/hello.txt - | grep -i hello > out.txt 2>&1 && cat < out.txt || echo \"no $?\" # end",
    "A=1 B='x y' env | head -n 2; export C=${A} D=\"$(echo ~/x)\"; unset A",
    "cat <<EOF\nhi $A \\$B $(date +%s)\nEOF\necho -e 'a\\tb' | base64 -w 0 | base64 -d",
    "aws sts get-caller-identity --query Arn --output text --profile work --region us-east-1",
    "echo '{\"a\":[1,{\"b\":null}]}' | jq -r '.a[1].b'",
    "curl -sSfv -m 2.5 -d a=b -o /tmp/x -w '%{http_code}\\n' https://h:8443/p?q=1#f",
    "aws iam tag-role --role-name r --tags Key=a,Value='b,c' 'Key=d,Value=[e,{f=g}]' --output table",
    "aws ec2 run-instances --count 1:2 --network-interfaces '[{\"DeviceIndex\": 0}]' --generate-cli-skeleton",
    "aws ec2 describe-instances --query 'Reservations[].Instances[?State.Code > `1`].{a: b[1:2], c: sort_by(d, &e)} | [0]'",
    "aws configure set profile.x.region eu-west-1 --profile y; aws configure get region; aws configure export-credentials",
    "aws s3 ls s3://b/p --recursive --human-readable --summarize --endpoint-url http://127.0.0.1:1/x",
];

const INI: &str =
    "# c\n[default]\nregion = eu-west-1\naws_access_key_id: AKIA\ns3 =\n  a = b\n\n[profile x]\nk==v=\n; c\n";

/// Overwrites, inserts or removes bytes of one of the texts.
fn mutated(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6);
    (0..texts.len(), edits).prop_map(|(text, edits)| {
        let mut bytes = texts[text].as_bytes().to_vec();
        for (place, byte, kind) in edits {
            let place = place.index(bytes.len().max(1));
            match kind {
                0 if place < bytes.len() => bytes[place] = byte,
                1 if place < bytes.len() => drop(bytes.remove(place)),
                _ => bytes.insert(place.min(bytes.len()), byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn lines_never_panic(line in mutated(&LINES)) {
        let _ = parse(&line);
        let mut shell = keyed_shell();
        let mut world = Recorded::new().with_role().answer("GET", "http", 200, "<a><b>x</b></a>");
        let output = run(&mut shell, &mut world, &line);
        prop_assert!((0..=255).contains(&output.exit_code));
        prop_assert!(output.stdout.len() <= 1 << 20 && world.requests.len() < 200);
    }

    #[test]
    fn configuration_files_never_panic(text in mutated(&[INI])) {
        let mut shell = Shell::new(&map(&[]), &map(&[("~/.aws/config", &text), ("~/.aws/credentials", &text)]));
        let output = run(&mut shell, &mut Recorded::new(), "aws s3 ls --profile x");
        prop_assert!([252, 253, 255, 127].contains(&output.exit_code), "{output:?}");
    }

    #[test]
    fn urls_and_names_never_panic(url in mutated(&["https://my-bucket.s3.us-east-1.amazonaws.com:443/a%20b?x=%2F&y#z"])) {
        if let Some(parts) = Url::parse(&url) {
            let _ = network::resolve(parts.host);
            let _ = parts.query_pairs();
        }
        let mut shell = keyed_shell();
        let quoted = url.replace('\'', "");
        let output = run(&mut shell, &mut Recorded::new(), &format!("curl -m 1 '{quoted}'"));
        prop_assert!(output.exit_code != 0, "{output:?}");
    }

    #[test]
    fn answers_never_panic(body in mutated(&[
        "<ListBucketResult><EncodingType>url</EncodingType><NextContinuationToken>t</NextContinuationToken><Contents><Key>a%2</Key>\
         <LastModified>2026-01-07T09:00:00.000Z</LastModified><Size>1</Size></Contents></ListBucketResult>",
        "<Error><Code>PermanentRedirect</Code><Message>m</Message><Region>eu-west-1</Region></Error>",
    ]), status in prop::sample::select(vec![200_u16, 301, 400, 403, 500])) {
        let mut world = Recorded::new().answer("GET", "https://", status, &body);
        let output = run(&mut keyed_shell(), &mut world, "aws s3 ls s3://my-bucket");
        prop_assert!(world.requests.len() <= 100);
        prop_assert!([0, 1, 254, 255].contains(&output.exit_code), "{output:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn answers_of_operations_never_panic(body in mutated(&[
        "<X><reservationSet><item><instancesSet><item><instanceId>i</instanceId><instanceState><code>16</code></instanceState></item></instancesSet></item></reservationSet></X>",
        "{\"Events\": [{\"EventTime\": 1767776400.5, \"Resources\": [null]}], \"NextToken\": \"t\"}",
        "<ListRolesResponse><ListRolesResult><Marker>m</Marker><Roles><member><CreateDate>2026-01-07T09:00:00Z</CreateDate></member></Roles></ListRolesResult></ListRolesResponse>",
    ]), line in prop::sample::select(vec![
        "aws ec2 describe-instances --output text",
        "aws cloudtrail lookup-events --output yaml",
        "aws iam list-roles --output table",
        "aws organizations list-roots --query 'Roots[].Name'",
    ])) {
        let mut world = Recorded::new().answer("POST", "https://", 200, &body);
        let output = run(&mut keyed_shell(), &mut world, line);
        prop_assert!([0, 254, 255].contains(&output.exit_code), "{output:?}");
    }
}

#[test]
fn queries_stay_small() {
    for query in [
        "[@, @] | ".repeat(60) + "@",
        "{a: @, b: @} | ".repeat(60) + "@",
        "a[".repeat(4_000),
        "!".repeat(8_000),
    ] {
        let mut shell = keyed_shell();
        shell.variables.insert("Q".into(), query);
        let answer = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>";
        let mut world = Recorded::new().answer("POST", "https://", 200, answer);
        let output = run(&mut shell, &mut world, "aws sts get-caller-identity --query \"$Q\"");
        assert!([252, 255].contains(&output.exit_code), "{output:?}");
    }
}

/// A query that makes much of each item, and a table whose lines are all as wide as the widest.
#[test]
fn queries_and_tables_of_many_items_stay_small() {
    let roles = "<member><RoleName>r</RoleName></member>".repeat(2_000);
    let answer = format!(
        "<ListRolesResponse><ListRolesResult><Roles>{roles}</Roles></ListRolesResult></ListRolesResponse>"
    );
    let doubled = "[@, @] | ".repeat(16);
    for (query, format, exit) in [
        (format!("length(map(&length({doubled} @), Roles))"), "json", 255),
        (format!("Roles[].to_array({doubled} @) | length(@)"), "json", 255),
        (
            format!("{{A: Roles[].[RoleName], B: [join('{}', Roles[].RoleName)]}}", "x".repeat(400)),
            "table",
            1,
        ),
        ("length(Roles[?RoleName == 'r'])".to_string(), "json", 0),
    ] {
        let mut shell = keyed_shell();
        shell.variables.insert("Q".into(), query.clone());
        let mut world = Recorded::new().answer("POST", "https://", 200, &answer);
        let output =
            run(&mut shell, &mut world, &format!("aws iam list-roles --query \"$Q\" --output {format}"));
        assert_eq!(output.exit_code, exit, "{query}: {} {:?}", output.stderr, output.notices);
    }
}

#[test]
fn a_file_that_cannot_be_replaced_stays() {
    let mut shell = keyed_shell();
    shell.files.insert("/home/ec2-user/full".into(), "x".repeat(8 << 20));
    shell.files.insert("/home/ec2-user/.aws/config".into(), "[default]\n".into());
    let output = run(&mut shell, &mut Recorded::new(), "aws configure set region eu-west-1");
    assert!(output.notices.iter().any(|notice| notice.code == "cli.too-large"));
    assert_eq!(shell.file("~/.aws/config"), Some("[default]\n"));
}

#[test]
fn nothing_grows_without_bound() {
    let (mut shell, mut world) = (shell(), Recorded::new());
    run(&mut shell, &mut world, &format!("A={}", "x".repeat(10_000)));
    for _ in 0..20 {
        run(&mut shell, &mut world, "A=$A$A$A$A; echo $A >> f; B=$A; C=$A");
    }
    let output = run(&mut shell, &mut world, &format!("echo {}", "$A ".repeat(5_000)));
    assert!(output.notices.iter().any(|notice| notice.code == "cli.too-large"));
    assert!(output.stdout.len() <= 1 << 20);
    assert!(shell.variables.values().map(String::len).sum::<usize>() <= 1 << 20);
    assert!(shell.files.values().map(String::len).sum::<usize>() <= 8 << 20);
}
