//! How much memory a parsed policy keeps, and that deciding takes none.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong; counting allocations needs an allocator of its own.
#![allow(clippy::unwrap_used, unsafe_code)]

use iam_sandbox::authorization::{
    AuthorizationRequest, Context, Decision, Policies, Principal, PrincipalKind, decide,
};
use iam_sandbox::json;
use iam_sandbox::policy::{Document, Policy, PolicyKind};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;

struct Counting;

thread_local! {
    static KEPT: Cell<isize> = const { Cell::new(0) };
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = KEPT.try_with(|kept| kept.set(kept.get() + layout.size() as isize));
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        let _ = KEPT.try_with(|kept| kept.set(kept.get() - layout.size() as isize));
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// As AWS's managed policies are: many actions, few statements, indented by four.
fn managed() -> String {
    let actions: Vec<String> =
        (0..60).map(|number| format!("                \"ec2:Describe{number}Things*\"")).collect();
    let statement = format!(
        "        {{\n            \"Effect\": \"Allow\",\n            \"Action\": [\n{}\n            ],\n            \"Resource\": \"arn:aws:ec2:*:111122223333:instance/*\",\n            \"Condition\": {{\"StringEquals\": {{\"aws:ResourceTag/team\": \"${{aws:PrincipalTag/team}}\"}}}}\n        }}",
        actions.join(",\n")
    );
    let statements = vec![statement; 10].join(",\n");
    format!("{{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n{statements}\n    ]\n}}")
}

/// Small statements without white space, the worst there is.
fn dense() -> String {
    let statement = r#"{"Effect":"Allow","Action":"s3:Get","Resource":"arn:aws:s3:::b","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#;
    format!(r#"{{"Statement":[{}]}}"#, vec![statement; 200].join(","))
}

#[test]
fn a_parsed_policy_keeps_at_most_eight_times_its_text() {
    for text in [managed(), dense()] {
        let node = json::parse(&text).unwrap();
        let before = KEPT.get();
        let document = Document::parse(&node, PolicyKind::Identity).unwrap();
        let kept = KEPT.get() - before;
        println!("{kept} bytes kept of {}: {:.2} times", text.len(), kept as f64 / text.len() as f64);
        assert!(kept <= 7 * text.len() as isize, "{kept} bytes besides the text of {}", text.len());
        drop(document);
    }
}

#[test]
fn a_decision_allocates_nothing() {
    let reads = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*",
        "Resource": "arn:aws:s3:::reports/*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}"#;
    let policy = |text: &str| {
        let node = json::parse(text).unwrap();
        Arc::new(Policy::parse("p", None, "", Arc::from(text), &node, PolicyKind::Identity).unwrap())
    };
    let policies = Policies { identity: vec![policy(&managed()), policy(reads)], ..Policies::default() };
    let mut context = Context::default();
    context.set("aws:SourceIp", "203.0.113.9", "given");
    let request = AuthorizationRequest {
        principal: Principal {
            kind: PrincipalKind::User,
            arn: String::from("arn:aws:iam::111122223333:user/alice"),
            account: Some(String::from("111122223333")),
            issuer: None,
            unique_id: None,
        },
        action: String::from("s3:GetObject"),
        resource: String::from("arn:aws:s3:::reports/1"),
        resource_account: Some(String::from("111122223333")),
        context,
    };
    let before = ALLOCATIONS.get();
    assert_eq!(decide(&request, &policies), Decision::Allow);
    assert_eq!(ALLOCATIONS.get() - before, 0);
}
