//! Lines of `evaluate` in any state.

use iam_sandbox::authorization::Detail;
use iam_sandbox::evaluate::Evaluator;
use iam_sandbox::json;
use proptest::prelude::*;
use serde_json::Value;

const LINE: &str = r#"{"id":"7","principal":{"arn":"arn:aws:sts::111122223333:assumed-role/app/s","uniqueId":"AROAEXAMPLE000000001"},"action":"s3:GetObject","resource":"arn:aws:s3:::reports/1","resourceAccount":"111122223333","context":{"aws:SourceIp":"203.0.113.9","aws:TagKeys":["a"]},"policies":{"identity":[{"name":"p","document":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::${aws:username}*\",\"Condition\":{\"Null\":{\"aws:username\":true}}}}"}],"scp":[{"target":"r-1","policies":[{"name":"x","unknown":true}]}]},"s3":{"blockPublicAccess":{"RestrictPublicBuckets":true}},"without":["rcp"]}"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A damaged line is answered, by an object, and the next line as if nothing had been.
    #[test]
    fn damaged_lines_are_answered(place in 0..LINE.len(), byte in any::<u8>(), change in 0..4_u8) {
        let mut bytes = LINE.as_bytes().to_vec();
        match change {
            0 => bytes[place] = byte,
            1 => bytes.insert(place, byte),
            2 => drop(bytes.remove(place)),
            _ => bytes.truncate(place),
        }
        let wording = |code: &str, _: &json::Params| code.to_string();
        let mut evaluator = Evaluator::new(Detail::Full, &wording);
        let expected = evaluator.bytes(LINE.as_bytes());
        let answer: Value = serde_json::from_str(&evaluator.bytes(&bytes)).unwrap();
        prop_assert!(answer["decision"].is_string() != answer["error"].is_object(), "{answer}");
        prop_assert_eq!(evaluator.bytes(LINE.as_bytes()), expected);
    }
}
