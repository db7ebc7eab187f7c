//! The event history: what management APIs were asked, by whom, with what result.
//!
//! AWS page: CloudTrail User Guide, "Working with CloudTrail Event history". Its size is bounded: the oldest go first.

use crate::clock::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;

/// Most events that are kept, over all accounts, and most bytes of their records.
const MOST: usize = 1_000;
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The events, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    events: VecDeque<Arc<TrailEvent>>,
    bytes: usize,
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
        self.bytes += event.record.len();
        self.events.push_back(Arc::new(event));
        while self.events.len() > MOST || self.bytes > MOST_BYTES {
            let Some(oldest) = self.events.pop_front() else { break };
            self.bytes -= oldest.record.len();
        }
    }

    /// The events, latest first.
    pub fn latest(&self) -> impl Iterator<Item = &Arc<TrailEvent>> {
        self.events.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: usize, bytes: usize) -> TrailEvent {
        TrailEvent {
            id: number.to_string(),
            at: Timestamp(0),
            account: String::new(),
            region: String::new(),
            name: String::new(),
            source: String::new(),
            read_only: true,
            access_key_id: String::new(),
            username: String::new(),
            resources: Vec::new(),
            record: "x".repeat(bytes),
        }
    }

    #[test]
    fn the_oldest_go_first() {
        let mut trail = Trail::default();
        (0..=MOST).for_each(|number| trail.add(event(number, 1)));
        assert_eq!(trail.latest().count(), MOST);
        assert_eq!(trail.latest().last().unwrap().id, "1");
        trail.add(event(MOST + 1, MOST_BYTES));
        assert_eq!(trail.latest().count(), 1);
    }
}
