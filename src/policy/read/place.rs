//! A JSON Pointer that is written only when a fault needs it.

use crate::json::child;

/// A value's place: its parent and the last segment.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Root,
    Key(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    pub(super) fn root() -> Self {
        Place { parent: None, segment: Segment::Root }
    }

    pub(super) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place { parent: Some(self), segment: Segment::Key(key) }
    }

    pub(super) fn item(&'a self, number: usize) -> Place<'a> {
        Place { parent: Some(self), segment: Segment::Item(number) }
    }

    pub(super) fn pointer(&self) -> String {
        let parent = self.parent.map_or(String::new(), Place::pointer);
        match self.segment {
            Segment::Root => parent,
            Segment::Key(key) => child(&parent, key),
            Segment::Item(number) => format!("{parent}/{number}"),
        }
    }
}
