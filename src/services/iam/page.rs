//! Lists in pages: MaxItems, Marker, IsTruncated.
//!
//! AWS page: IAM API Reference, each List operation.

use super::Iam;
use crate::base64::STANDARD;
use crate::gather::Gather;
use crate::services::errors::{AwsError, IAM_MARKER};
use crate::services::protocol::Tree;

/// AWS's default of MaxItems.
const DEFAULT: usize = 100;

/// A page of keys.
pub(super) struct Page {
    pub keys: Vec<String>,
    /// Where the next page begins, if there is one.
    marker: Option<String>,
}

impl Iam<'_, '_> {
    /// The page that the request asks for, of all keys in order. A marker is the last key of the page before.
    ///
    /// # Errors
    /// ValidationError for a marker that no answer gave.
    pub fn page(&self, keys: Vec<String>) -> Result<Page, AwsError> {
        self.page_within(keys, usize::MAX)
    }

    /// As [`Iam::page`], with no more keys than `limit`: AWS's pages may be shorter than MaxItems too.
    pub fn page_within(&self, mut keys: Vec<String>, limit: usize) -> Result<Page, AwsError> {
        if let Some(marker) = self.input.get("Marker") {
            let last = STANDARD.decode(marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let last = last.ok_or_else(|| IAM_MARKER.error())?;
            let after = match keys.iter().position(|key| *key == last) {
                Some(place) => place + 1,
                // It has been deleted meanwhile.
                None => keys.iter().position(|key| *key > last).unwrap_or(keys.len()),
            };
            keys.drain(..after);
        }
        let most =
            self.input.get("MaxItems").and_then(|text| text.parse().ok()).unwrap_or(DEFAULT).min(limit);
        let more = keys.len() > most;
        keys.truncate(most);
        let marker = keys.last().filter(|_| more).map(|key| STANDARD.encode(key));
        Ok(Page { keys, marker })
    }
}

impl Page {
    /// The items of the page, as `shape` tells what has a key.
    pub fn items(&self, shape: &dyn Fn(&str) -> Option<Tree>) -> Tree {
        Tree::Items(self.keys.iter().filter_map(|key| shape(key)).gather())
    }

    /// An answer with the items of the page.
    pub fn answer(self, name: &'static str, shape: &dyn Fn(&str) -> Option<Tree>) -> Tree {
        let mut tree = Tree::of(name, self.items(shape));
        self.end(&mut tree);
        tree
    }

    /// Whether there is more, and where.
    pub fn end(self, tree: &mut Tree) {
        tree.flag("IsTruncated", self.marker.is_some());
        if let Some(marker) = self.marker {
            tree.text("Marker", &marker);
        }
    }
}
