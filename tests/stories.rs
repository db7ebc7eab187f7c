//! Runs each story of `tests/stories`: prose around commands, their exact output, and the steps that decide.
//!
//! A ```` ```console ```` block holds `HOST$ command` lines, each followed by what it prints (`[exit N]` if not 0).
//! A ```` ```steps ```` block lists steps of the last command, in order; others may stand between them.
//! A ```` ```patch ```` block is a JSON Patch on the scenario, `@` for the resources of its first account.
//! The first line `Scenario: NAME` names a file of `www/scenarios`, or a path.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use iam_sandbox::sandbox::{Ran, Sandbox};
use serde_json::Value;

/// One story's faults.
struct Story {
    name: String,
    sandbox: Sandbox,
    last: Option<Ran>,
    faults: Vec<String>,
}

#[test]
fn every_story_happens_as_it_is_told() {
    let mut faults = Vec::new();
    let mut count = 0;
    let mut paths: Vec<_> =
        std::fs::read_dir("tests/stories").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        count += 1;
        faults.extend(tell(&path.display().to_string(), &std::fs::read_to_string(path).unwrap()));
    }
    assert!(count > 0, "no story found");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn tell(name: &str, text: &str) -> Vec<String> {
    let scenario = text.lines().find_map(|line| line.strip_prefix("Scenario: ")).expect("a Scenario: line");
    let path = match scenario.contains('/') {
        true => scenario.to_string(),
        false => format!("www/scenarios/{scenario}.json"),
    };
    let document = std::fs::read_to_string(path).unwrap();
    let sandbox = Sandbox::new(&document).unwrap_or_else(|findings| panic!("{name}: {findings:?}"));
    let mut story = Story { name: name.to_string(), sandbox, last: None, faults: Vec::new() };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let block: Vec<&str> = match line {
            "```console" | "```steps" | "```patch" => {
                lines.by_ref().take_while(|line| *line != "```").collect()
            }
            _ => continue,
        };
        match line {
            "```console" => story.console(&block),
            "```steps" => story.steps(&block),
            _ => story.patch(&block),
        }
    }
    story.faults
}

impl Story {
    fn console(&mut self, block: &[&str]) {
        let hosts: Vec<String> =
            self.sandbox.hosts().into_iter().map(|host| format!("{}$ ", host.name)).collect();
        let prompt = |line: &str| hosts.iter().find(|prompt| line.starts_with(prompt.as_str())).cloned();
        let mut rest = block;
        while let Some((line, after)) = rest.split_first() {
            let prompt_text = prompt(line).unwrap_or_else(|| panic!("{}: not a prompt: {line}", self.name));
            let length = after.iter().position(|line| prompt(line).is_some()).unwrap_or(after.len());
            let (told, next) = after.split_at(length);
            rest = next;
            let host = prompt_text.trim_end_matches("$ ").to_string();
            let ran = self.sandbox.run(&line[prompt_text.len()..], Some(&host)).unwrap();
            let printed = printed(&ran);
            if printed.trim_end() != told.join("\n").trim_end() {
                let told = told.join("\n");
                self.faults.push(format!("{}: {line}\n--- told\n{told}\n--- printed\n{printed}", self.name));
            }
            self.last = Some(ran);
        }
    }

    fn patch(&mut self, block: &[&str]) {
        let document: Value = serde_json::from_str(self.sandbox.text()).unwrap();
        let account = document["accounts"].as_object().unwrap().keys().next().unwrap();
        let resources = format!("\"/accounts/{account}/template/Resources/");
        let patch = block.join("\n").replace("\"@/", &resources);
        self.sandbox.patch(&patch).unwrap_or_else(|findings| panic!("{}: {findings:?}", self.name));
    }

    fn steps(&mut self, block: &[&str]) {
        let ran = self.last.as_ref().expect("a command before the steps");
        let trace = serde_json::to_value(&ran.trace).unwrap();
        let all: Vec<String> = trace["steps"].as_array().unwrap().iter().map(summary).collect();
        let mut from = 0;
        for told in block {
            match all[from..].iter().position(|step| step == told) {
                Some(place) => from += place + 1,
                None => {
                    let command = &ran.trace.command;
                    let steps = all.join("\n  ");
                    self.faults.push(format!("{}: {command}: no step «{told}» in\n  {steps}", self.name));
                    return;
                }
            }
        }
    }
}

fn printed(ran: &Ran) -> String {
    let mut out = format!("{}{}", ran.stdout, ran.stderr);
    if ran.exit_code != 0 {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&format!("[exit {}]", ran.exit_code));
    }
    out
}

/// A step in one line: kind, outcome, and what tells it from others of its kind.
fn summary(step: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let list = |value: &Value| value.as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(",");
    let evidence = &step["evidence"];
    let detail = match step["kind"].as_str().unwrap() {
        "credentials" => text(&evidence["provider"]),
        "imds" | "sts" | "respond" => {
            let request = &evidence["request"];
            let url = text(&request["url"]);
            let path = url.splitn(4, '/').nth(3).unwrap_or_default().to_string();
            let status = &evidence["response"]["status"];
            let error = text(&step["params"]["error"]);
            format!("{} /{path} {status} {error}", text(&request["method"]))
        }
        "route" => match evidence["droppedBy"].as_str() {
            Some(by) => format!("dropped by {by}"),
            None => text(&evidence["route"]),
        },
        "sign" => text(&evidence["scope"]),
        "authenticate" => format!("{}{}", text(&evidence["principal"]), text(&evidence["error"])),
        _ => {
            let decided: Vec<String> =
                evidence["decidedBy"].as_array().unwrap().iter().map(|by| text(&by["policy"])).collect();
            let decided =
                if decided.is_empty() { String::new() } else { format!(" by {}", decided.join(",")) };
            let blocked = list(&evidence["blockedBy"]);
            let blocked = if blocked.is_empty() { String::new() } else { format!(" blocked by {blocked}") };
            format!("{} {}{decided}{blocked}", text(&evidence["action"]), text(&evidence["decision"]))
        }
    };
    format!("{} {} {}", text(&step["kind"]), text(&step["outcome"]), detail.trim_end())
}
