//! Pages of an answer, joined or cut.

use super::*;

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
