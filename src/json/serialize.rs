//! Serialisable values as text without white space, for the boundary of the WebAssembly, whose other side parses it.
//!
//! Own code, because a serialiser that makes objects of JavaScript weighs several times as much for each type.
//! Left out on purpose: keys of maps that aren't texts.

use super::quote;
use serde::Serialize;
use serde::ser::{self, Serializer};
use std::fmt;

/// The value as JSON.
pub fn to_text(value: &(impl Serialize + ?Sized)) -> String {
    let mut out = Text(String::new());
    match value.serialize(&mut out) {
        Ok(()) => out.0,
        Err(never) => match never {},
    }
}

struct Text(String);

/// Writing a text never fails.
#[derive(Debug)]
enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    #[expect(clippy::unreachable, reason = "no serialisable type of this program refuses a value")]
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!()
    }
}

impl Text {
    /// A number or a word.
    #[inline(never)]
    fn word(&mut self, word: &str) {
        self.0.push_str(word);
    }

    #[inline(never)]
    fn number(&mut self, number: i64) {
        self.0.push_str(&number.to_string());
    }

    /// What stands before an item: a comma, but before the first.
    #[inline(never)]
    fn separate(&mut self) {
        if !self.0.ends_with(['[', '{', ':']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn key(&mut self, key: &str) {
        self.separate();
        quote(key, &mut self.0);
        self.0.push(':');
    }

    /// `{"variant":` and what opens its content.
    fn open_variant(&mut self, variant: &str, open: &str) {
        self.word("{");
        self.key(variant);
        self.word(open);
    }
}

/// A list or an object that is open.
struct Open<'text> {
    text: &'text mut Text,
    close: &'static str,
}

impl Open<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        self.text.separate();
        value.serialize(&mut *self.text)
    }

    fn field(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        self.text.key(key);
        value.serialize(&mut *self.text)
    }

    fn shut(self) -> Result<(), Never> {
        self.text.word(self.close);
        Ok(())
    }
}

impl<'text> Serializer for &'text mut Text {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'text>;
    type SerializeTuple = Open<'text>;
    type SerializeTupleStruct = Open<'text>;
    type SerializeTupleVariant = Open<'text>;
    type SerializeMap = Open<'text>;
    type SerializeStruct = Open<'text>;
    type SerializeStructVariant = Open<'text>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.word(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Never> {
        self.number(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Never> {
        self.word(&value.to_string());
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.word(&if value.is_finite() { value.to_string() } else { "null".to_string() });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        quote(value, &mut self.0);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.word("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.open_variant(variant, "");
        value.serialize(&mut *self)?;
        self.word("}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'text>, Never> {
        self.word("[");
        Ok(Open { text: self, close: "]" })
    }

    fn serialize_tuple(self, length: usize) -> Result<Open<'text>, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Open<'text>, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'text>, Never> {
        self.open_variant(variant, "[");
        Ok(Open { text: self, close: "]}" })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'text>, Never> {
        self.word("{");
        Ok(Open { text: self, close: "}" })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Open<'text>, Never> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'text>, Never> {
        self.open_variant(variant, "{");
        Ok(Open { text: self, close: "}}" })
    }
}

/// Lists of all kinds, whose items have no names.
macro_rules! lists {
    ($($kind:ident $item:ident),*) => {$(
        impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.item(value)
            }

            fn end(self) -> Result<(), Never> {
                self.shut()
            }
        }
    )*};
}

/// Objects whose fields are known.
macro_rules! objects {
    ($($kind:ident),*) => {$(
        impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Never> {
                self.shut()
            }
        }
    )*};
}

lists!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);
objects!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.text.word(":");
        value.serialize(&mut *self.text)
    }

    fn end(self) -> Result<(), Never> {
        self.shut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    enum Kind {
        Plain,
        One(u8),
        Two(i64, char),
        Named { flag: bool },
    }

    #[derive(Serialize)]
    struct All<'a> {
        text: &'a str,
        numbers: Vec<u64>,
        missing: Option<u8>,
        some: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u8>,
        kinds: Vec<Kind>,
        pairs: Vec<(&'a str, i32)>,
        #[serde(flatten)]
        map: BTreeMap<&'a str, ()>,
    }

    #[test]
    fn writes_as_serde_json() {
        for text in ["", "plain", "\"\\/\u{8}\u{c}\n\r\t\u{1}\u{7f}", "ends with [", "한국어 🎉", "a:", "{"]
        {
            let all = All {
                text,
                numbers: vec![0, 7, u64::MAX],
                missing: None,
                some: Some(text),
                left_out: None,
                kinds: vec![Kind::Plain, Kind::One(3), Kind::Two(i64::MIN, 'é'), Kind::Named { flag: true }],
                pairs: vec![(text, -1), ("", 2)],
                map: BTreeMap::from([(text, ()), ("other", ())]),
            };
            assert_eq!(to_text(&all), serde_json::to_string(&all).unwrap());
        }
        assert_eq!(to_text(&[(); 0]), "[]");
    }
}
