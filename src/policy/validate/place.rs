//! Where something stands; the pointer's text is made only for what is reported.

use super::Location;
use crate::json::{Span, child};
use std::rc::Rc;

/// A JSON Pointer as a chain: a long key that holds many values is kept once.
#[derive(Debug, Clone, Default)]
pub struct Pointer<'a>(Option<Rc<(Pointer<'a>, Segment<'a>)>>);

#[derive(Debug, Clone, Copy)]
enum Segment<'a> {
    Key(&'a str),
    Item(usize),
}

impl<'a> Pointer<'a> {
    /// The pointer of a member.
    pub fn key(&self, key: &'a str) -> Self {
        Pointer(Some(Rc::new((self.clone(), Segment::Key(key)))))
    }

    /// The pointer of an item of a list.
    pub fn item(&self, place: usize) -> Self {
        Pointer(Some(Rc::new((self.clone(), Segment::Item(place)))))
    }

    /// Its text.
    pub fn text(&self) -> String {
        let mut segments = Vec::new();
        let mut pointer = self;
        while let Some(link) = &pointer.0 {
            segments.push(link.1);
            pointer = &link.0;
        }
        segments.iter().rev().fold(String::new(), |text, segment| match segment {
            Segment::Key(key) => child(&text, key),
            Segment::Item(place) => format!("{text}/{place}"),
        })
    }
}

/// A piece of the policy.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// Its value; for a key, the member.
    pub pointer: Pointer<'a>,
    /// Bytes of the text.
    pub span: Span,
}

impl<'a> Place<'a> {
    /// A place.
    pub fn new(pointer: Pointer<'a>, span: Span) -> Self {
        Place { pointer, span }
    }

    /// As findings name it.
    pub fn location(&self) -> Location {
        Location { pointer: self.pointer.text(), span: self.span }
    }
}
