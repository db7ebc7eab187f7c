//! Writes XML: elements and text, nothing else. Own code: a crate for it is forty times its size in wasm.

/// A document that grows element by element.
#[derive(Debug)]
pub(in crate::services) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration and root element.
    pub fn new(root: &'static str, namespace: Option<&str>) -> Self {
        let mut xml = Xml { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".into(), open: Vec::new() };
        match namespace {
            Some(namespace) => {
                for part in ["<", root, " xmlns=\"", namespace, "\">"] {
                    xml.text.push_str(part);
                }
                xml.open.push(root);
            }
            None => xml.begin(root),
        }
        xml
    }

    /// Elements without a declaration around them.
    pub fn fragment() -> Self {
        Xml { text: String::new(), open: Vec::new() }
    }

    /// Begins an element.
    pub fn begin(&mut self, name: &'static str) {
        for part in ["<", name, ">"] {
            self.text.push_str(part);
        }
        self.open.push(name);
    }

    /// Ends the innermost element.
    pub fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            for part in ["</", name, ">"] {
                self.text.push_str(part);
            }
        }
    }

    /// An element that holds text.
    pub fn leaf(&mut self, name: &'static str, value: &str) {
        self.begin(name);
        self.text(value);
        self.end();
    }

    /// An element that holds a number.
    pub fn number(&mut self, name: &'static str, value: usize) {
        self.leaf(name, &value.to_string());
    }

    /// An element that holds text, where there is one.
    pub fn maybe(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.leaf(name, value);
        }
    }

    /// Text inside the innermost element.
    pub fn text(&mut self, value: &str) {
        for character in value.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                control if u32::from(control) < 32 && control != '\n' && control != '\t' => {
                    self.text.push_str(&format!("&#x{:x};", u32::from(control)));
                }
                other => self.text.push(other),
            }
        }
    }

    /// Ends every open element.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_reads_back() {
        let mut xml = Xml::new("A", Some("urn:x"));
        xml.begin("B");
        xml.leaf("C", "a<b>&\"c\"\r\n");
        let text = xml.finish();
        let document = roxmltree::Document::parse(&text).unwrap();
        let leaf = document.descendants().find(|node| node.tag_name().name() == "C").unwrap();
        assert_eq!(leaf.text(), Some("a<b>&\"c\"\r\n"));
        assert_eq!(document.root_element().tag_name().namespace(), Some("urn:x"));
    }
}
