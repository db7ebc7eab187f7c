//! The event history: what management APIs were asked, by whom, with what result.
//!
//! AWS page: CloudTrail User Guide, "Working with CloudTrail Event history". Its size is bounded: the oldest go first.

use crate::clock::Timestamp;
use std::sync::Arc;

/// Most events that are kept, over all accounts.
const MOST: usize = 1_000;

/// The events, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    events: Vec<Arc<TrailEvent>>,
    /// How many there have been; makes their ids.
    pub made: u64,
}

/// One event of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEvent {
    /// eventID.
    pub id: String,
    /// eventTime.
    pub at: Timestamp,
    /// recipientAccountId.
    pub account: String,
    /// awsRegion.
    pub region: String,
    /// `AssumeRole`
    pub name: String,
    /// `sts.amazonaws.com`
    pub source: String,
    /// readOnly.
    pub read_only: bool,
    /// The key that signed; empty for an AWS service.
    pub access_key_id: String,
    /// The user's name, or the session's; empty for an AWS service.
    pub username: String,
    /// Types and names of the resources that the event is about.
    pub resources: Vec<(&'static str, String)>,
    /// The whole record, JSON.
    pub record: String,
}

impl Trail {
    /// Adds an event.
    pub fn add(&mut self, event: TrailEvent) {
        if self.events.len() >= MOST {
            self.events.remove(0);
        }
        self.events.push(Arc::new(event));
    }

    /// The events, latest first.
    pub fn latest(&self) -> impl Iterator<Item = &Arc<TrailEvent>> {
        self.events.iter().rev()
    }
}
