//! `www/texts/en.json` and `ko.json`: the same keys with the same placeholders, and a sentence
//! for each code that the program gives, no more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::expect_none;
use crate::source;

/// What a code of the model begins with. The page's own texts begin with `ui.`.
const PREFIXES: [&str; 15] = [
    "credentials.",
    "imds.",
    "sts.",
    "route.",
    "sign.",
    "authenticate.",
    "authorize.",
    "respond.",
    "diagnostic.",
    "check.",
    "cli.",
    "origin.",
    "gate.",
    "reason.",
    "run.",
];

type Catalogue = BTreeMap<String, String>;

fn catalogue(language: &str) -> Catalogue {
    let text = fs::read_to_string(format!("www/texts/{language}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_languages_have_the_same_keys_and_placeholders() {
    let (english, korean) = (catalogue("en"), catalogue("ko"));
    let keys: BTreeSet<&String> = english.keys().chain(korean.keys()).collect();
    let mut findings = Vec::new();
    for key in keys {
        match (english.get(key), korean.get(key)) {
            (Some(en), Some(ko)) if placeholders(en) != placeholders(ko) => {
                findings.push(format!("{key}: {:?} in en, {:?} in ko", placeholders(en), placeholders(ko)));
            }
            (Some(_), None) => findings.push(format!("{key}: missing in ko")),
            (None, _) => findings.push(format!("{key}: missing in en")),
            (Some(en), Some(ko)) if en.trim().is_empty() || ko.trim().is_empty() => {
                findings.push(format!("{key}: empty"));
            }
            _ => {}
        }
    }
    expect_none(&findings);
}

#[test]
fn keys_are_sorted() {
    for language in ["en", "ko"] {
        let text = fs::read_to_string(format!("www/texts/{language}.json")).unwrap();
        let keys: Vec<String> = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text)
            .unwrap()
            .keys()
            .cloned()
            .collect();
        let mut sorted = keys.clone();
        sorted.sort();
        let out_of_place = keys.iter().zip(&sorted).find(|(key, place)| key != place);
        assert_eq!(out_of_place, None, "{language}.json: the first of these stands where the second belongs");
    }
}

#[test]
fn every_code_has_a_sentence_and_every_sentence_a_code() {
    let english = catalogue("en");
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for source in source::all() {
        for (line, literal) in &source.literals {
            if is_code(literal) {
                if !english.contains_key(literal) {
                    findings.push(format!("{}: {literal} is in no catalogue", source.at(*line)));
                }
                used.insert(literal.clone());
            }
        }
    }
    for key in english.keys().filter(|key| is_code(key) && !used.contains(*key)) {
        findings.push(format!("www/texts/en.json: {key} is no code of the program"));
    }
    expect_none(&findings);
}

fn is_code(text: &str) -> bool {
    let characters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    PREFIXES.iter().any(|prefix| text.len() > prefix.len() && text.starts_with(prefix))
        && text.chars().all(characters)
        && !text.ends_with("amazonaws.com")
}

/// The names in braces, each once: `{bucket}`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn tells_codes_from_host_names() {
    assert!(is_code("route.dropped-by.security-group"));
    assert!(!is_code("sts.amazonaws.com") && !is_code("sts.") && !is_code("ui.title"));
}
