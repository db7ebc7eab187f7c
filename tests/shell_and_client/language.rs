//! The shell's language, beside the cases of `tests/cases/shell`.

use super::*;

/// As bash and the GNU tools say it; bash adds `line 1:` only outside of an interactive shell.
#[test]
fn complains_like_bash() {
    let (mut shell, mut world) = (shell(), Recorded::new());
    for (line, exit, stderr) in [
        ("echo hi >&2", 0, "hi\n"),
        ("cat .", 1, "cat: .: Is a directory\n"),
        ("ls nope", 2, "ls: cannot access 'nope': No such file or directory\n"),
        ("echo x > /nope/y", 1, "bash: /nope/y: No such file or directory\n"),
        ("cat < nope", 1, "bash: nope: No such file or directory\n"),
        ("export 1x=2", 1, "bash: export: `1x=2': not a valid identifier\n"),
        ("unset 1x", 0, ""),
        ("sleep x", 1, "sleep: invalid time interval 'x'\nTry 'sleep --help' for more information.\n"),
        ("echo '!!' | base64 -d", 1, "base64: invalid input\n"),
    ] {
        assert_eq!(
            outcome(&mut shell, &mut world, line),
            (exit, String::new(), stderr.to_string()),
            "{line}"
        );
    }
}

#[test]
fn variables_and_exports_persist() {
    let (mut shell, mut world) = (shell(), Recorded::new());
    for line in ["A=1", "export B=2", "C=3", "export C", "D=$(echo 4)", "export E=$(echo 5 6)"] {
        assert_eq!(stdout(&mut shell, &mut world, line), "", "{line}");
    }
    let expected = "B=2\nC=3\nE=5 6\nHOME=/home/ec2-user\nPWD=/home/ec2-user\n";
    assert_eq!(stdout(&mut shell, &mut world, "env"), expected);
    assert_eq!(stdout(&mut shell, &mut world, "echo $A$B$C$D"), "1234\n");
    assert_eq!(stdout(&mut shell, &mut world, "F=6 env | grep F"), "F=6\n");
    assert_eq!(stdout(&mut shell, &mut world, "echo \"[$F]\""), "[]\n");
    assert_eq!(
        outcome(&mut shell, &mut world, "unset B A; env | grep -c B"),
        (1, "0\n".into(), String::new())
    );
}

#[test]
fn subshells_keep_their_variables() {
    let (mut shell, mut world) = (shell(), Recorded::new());
    assert_eq!(stdout(&mut shell, &mut world, "A=1; B=$(A=2; echo $A); echo $A $B"), "1 2\n");
    assert_eq!(stdout(&mut shell, &mut world, "export X=1 | cat; echo \"[$X]\""), "[]\n");
}

#[test]
fn what_is_not_modelled_says_so() {
    let (mut shell, mut world) = (shell(), Recorded::new());
    for (line, exit, code) in [
        ("terraform apply", 127, "cli.not-modelled.command"),
        ("for i in 1; do echo; done", 127, "cli.not-modelled.syntax"),
        ("echo 'a", 2, "cli.syntax.unfinished-quote"),
        ("cat -n f", 127, "cli.not-modelled.option"),
        ("aws rds describe-db-instances", 127, "cli.not-modelled.aws"),
        ("aws s3 website help", 127, "cli.not-modelled.aws"),
        ("aws configure", 127, "cli.not-modelled.aws"),
        ("aws s3 ls --request-payer", 127, "cli.not-modelled.option"),
        ("aws s3 cp s3://b/k f --grants read=x", 127, "cli.not-modelled.option"),
        ("curl -k http://h/", 127, "cli.not-modelled.option"),
        ("jq '.[] | length'", 127, "cli.not-modelled.option"),
        ("grep 'a.*b'", 127, "cli.not-modelled.option"),
    ] {
        let output = run(&mut shell, &mut world, line);
        assert_eq!(output.exit_code, exit, "{line}");
        assert_eq!(output.notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), [code], "{line}");
        assert_eq!(stdout(&mut shell, &mut world, "echo $?"), format!("{exit}\n"));
    }
    assert!(world.requests.is_empty());
    let output = run(&mut shell, &mut world, "help");
    assert!(output.stdout.starts_with("aws\nbase64\ncat\n") && output.notices[0].code == "cli.help");
}
