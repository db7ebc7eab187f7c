//! curl; texts and exit codes as curl 7.88 prints them, with the words that curl 8 changed.

use super::*;

const TOKEN: &str = "http://169.254.169.254/latest/api/token";

#[test]
fn metadata_version_2_by_hand() {
    let (mut shell, mut world) = (shell(), Recorded::new().with_role());
    let line = format!("TOKEN=$(curl -s -X PUT {TOKEN} -H \"X-aws-ec2-metadata-token-ttl-seconds: 21600\")");
    assert_eq!(outcome(&mut shell, &mut world, &line), (0, String::new(), String::new()));
    let line = "curl -s -H \"X-aws-ec2-metadata-token: $TOKEN\" \
                http://169.254.169.254/latest/meta-data/iam/security-credentials/";
    assert_eq!(stdout(&mut shell, &mut world, line), "app-role");
    let put = &world.requests[0];
    let headers: Vec<(&str, &str)> = put.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let expected = [
        ("Host", "169.254.169.254"),
        ("User-Agent", "curl/8.11.1"),
        ("Accept", "*/*"),
        ("X-aws-ec2-metadata-token-ttl-seconds", "21600"),
    ];
    assert_eq!(headers, expected);
    assert_eq!(world.requests[1].header("X-aws-ec2-metadata-token"), Some("TOKEN"));
}

#[test]
fn exit_codes_and_texts() {
    let mut world = Recorded::new()
        .answer("GET", "http://h/404", 404, "gone")
        .answer("GET", "http://h/", 200, "hello\n")
        .answer("POST", "http://h/", 200, "posted")
        .answer("HEAD", "http://h/", 200, "")
        .fail("GET", "http://nosuch/", ConnectFailure::Unresolved)
        .fail("GET", "http://closed", ConnectFailure::Unreachable)
        .fail("GET", "https://lost/", ConnectFailure::TimedOut(DroppedBy::SecurityGroup));
    let mut shell = shell();
    let cases = [
        ("curl http://h/", 0, "hello\n", ""),
        ("curl h", 0, "hello\n", ""),
        ("curl -d a=b http://h/", 0, "posted", ""),
        ("curl http://h/404", 0, "gone", ""),
        ("curl -f http://h/404", 22, "", "curl: (22) The requested URL returned error: 404\n"),
        ("curl -sf http://h/404", 22, "", ""),
        ("curl -sSf http://h/404", 22, "", "curl: (22) The requested URL returned error: 404\n"),
        ("curl http://nosuch/", 6, "", "curl: (6) Could not resolve host: nosuch\n"),
        (
            "curl http://closed:8080/",
            7,
            "",
            "curl: (7) Failed to connect to closed port 8080 after 0 ms: Could not connect to server\n",
        ),
        ("curl -m 5 https://lost/", 28, "", "curl: (28) Connection timed out after 5000 milliseconds\n"),
        ("curl -s https://lost/", 28, "", ""),
        ("curl", 2, "", "curl: (2) no URL specified\n"),
        ("curl ftp://h/", 1, "", "curl: (1) Protocol \"ftp\" not supported\n"),
        (
            "curl -i http://h/",
            0,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n",
            "",
        ),
        ("curl -s -o /dev/null -w '%{http_code}\\n' http://h/404", 0, "404\n", ""),
        ("curl -s -o page http://h/ && cat page", 0, "hello\n", ""),
        (
            "curl -sv http://h/404",
            0,
            "gone",
            "> GET /404 HTTP/1.1\n> Host: h\n> User-Agent: curl/8.11.1\n> Accept: */*\n> \n< HTTP/1.1 404 Not Found\n\
             < Content-Type: text/plain\n< Content-Length: 4\n< \n",
        ),
    ];
    for (line, exit, out, err) in cases {
        assert_eq!(outcome(&mut shell, &mut world, line), (exit, out.to_string(), err.to_string()), "{line}");
    }
    let head = stdout(&mut shell, &mut world, "curl -I http://h/");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}
