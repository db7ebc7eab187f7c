//! BinaryEquals: base64 in the policy and in the request, compared byte by byte, without variables.

use super::Meaning;
use crate::base64::STANDARD;

pub(super) fn read(text: &str) -> Meaning {
    STANDARD.decode(text).map_or(Meaning::Invalid, |bytes| Meaning::Bytes(bytes.into()))
}

pub(super) fn matches(wanted: &Meaning, value: &str) -> bool {
    match (wanted, STANDARD.decode(value)) {
        (Meaning::Bytes(wanted), Ok(found)) => **wanted == *found,
        _ => false,
    }
}
