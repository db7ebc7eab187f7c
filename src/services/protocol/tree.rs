//! What an operation answers: names and values, written as XML by one writer and read by filters.

use super::Xml;

/// A value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services) enum Tree {
    /// A text, number or boolean.
    Text(String),
    /// Named values in order.
    Fields(Vec<(&'static str, Tree)>),
    /// Values of one shape; each is written as `<item>`, or as the protocol calls it.
    Items(Vec<Tree>),
}

impl Tree {
    /// No fields yet.
    pub fn new() -> Self {
        Tree::Fields(Vec::new())
    }

    /// Adds a field.
    pub fn put(&mut self, name: &'static str, value: Tree) {
        if let Tree::Fields(fields) = self {
            fields.push((name, value));
        }
    }

    /// Adds a text.
    pub fn text(&mut self, name: &'static str, value: &str) {
        self.put(name, Tree::Text(value.to_string()));
    }

    /// Adds a boolean.
    pub fn flag(&mut self, name: &'static str, value: bool) {
        self.text(name, if value { "true" } else { "false" });
    }

    /// Adds texts that are always the same.
    pub fn texts(&mut self, fields: &[(&'static str, &str)]) {
        for (name, value) in fields {
            self.text(name, value);
        }
    }

    /// A tree with one field.
    pub fn of(name: &'static str, value: Tree) -> Self {
        Tree::Fields(vec![(name, value)])
    }

    /// Texts at a path of field names separated by `/`; lists are passed through.
    pub fn find<'a>(&'a self, path: &str, found: &mut Vec<&'a str>) {
        match self {
            Tree::Text(text) if path.is_empty() => found.push(text),
            Tree::Text(_) => {}
            Tree::Items(items) => items.iter().for_each(|item| item.find(path, found)),
            Tree::Fields(fields) => {
                let (first, rest) = path.split_once('/').unwrap_or((path, ""));
                for (_, value) in fields.iter().filter(|(name, _)| *name == first) {
                    value.find(rest, found);
                }
            }
        }
    }

    /// The first text at a path; empty if there is none.
    pub fn first(&self, path: &str) -> &str {
        let mut found = Vec::new();
        self.find(path, &mut found);
        found.first().copied().unwrap_or_default()
    }

    /// Writes the fields, or the items as elements called `item`.
    pub fn write(&self, item: &'static str, xml: &mut Xml) {
        match self {
            Tree::Text(text) => xml.text(text),
            Tree::Fields(fields) => {
                for (name, value) in fields {
                    xml.begin(name);
                    value.write(item, xml);
                    xml.end();
                }
            }
            Tree::Items(items) => {
                for value in items {
                    xml.begin(item);
                    value.write(item, xml);
                    xml.end();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_finds() {
        let mut tree = Tree::new();
        tree.text("id", "a<b");
        let item = |value: &str| Tree::of("value", Tree::Text(value.into()));
        tree.put("set", Tree::Items(vec![item("1"), item("2")]));
        let mut xml = Xml::new("R", None);
        tree.write("item", &mut xml);
        let expected =
            "<R><id>a&lt;b</id><set><item><value>1</value></item><item><value>2</value></item></set></R>";
        assert!(xml.finish().ends_with(expected));
        let mut found = Vec::new();
        tree.find("set/value", &mut found);
        assert_eq!(found, ["1", "2"]);
        assert_eq!((tree.first("id"), tree.first("nothing")), ("a<b", ""));
    }
}
