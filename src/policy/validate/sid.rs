//! Statement ids.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Sid".

use super::Document;
use super::issue::{EMPTY_SID_VALUE, UNIQUE_SIDS_RECOMMENDED, UNIQUE_SIDS_REQUIRED, UNSUPPORTED_SID};
use super::report::Report;
use crate::policy::PolicyKind;
use crate::sorted::SortedMap;

/// Characters and uniqueness; the policies of IAM and Organizations are strict, those of resources aren't.
pub fn check(document: &Document<'_>, report: &mut Report) {
    let strict = !matches!(document.subject.kind, PolicyKind::Resource | PolicyKind::VpcEndpoint);
    let mut seen = SortedMap::new();
    for sid in document.statements.iter().filter_map(|statement| statement.sid.as_ref()) {
        if sid.text.is_empty() {
            report.add(EMPTY_SID_VALUE, &sid.place);
            continue;
        }
        if strict && !sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            report.add(UNSUPPORTED_SID, &sid.place).with("sid", sid.text);
        }
        let first = *seen.get_or_insert_with(sid.text, || sid);
        if !std::ptr::eq(first, sid) {
            let issue = if strict { UNIQUE_SIDS_REQUIRED } else { UNIQUE_SIDS_RECOMMENDED };
            report.add(issue, &sid.place).also(&first.place).with("sid", sid.text);
        }
    }
}
