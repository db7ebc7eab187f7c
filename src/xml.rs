//! Reads the XML of requests and answers.
//!
//! Standard: W3C XML 1.0. Entry: [`parse`]. Own code, because they need so little of XML: a parser of all of it
//! weighs 40 KB in the browser. Left out on purpose: the values of attributes but `xsi:type`,
//! namespaces, document types (refused).

/// More elements than any page of a listing (1,000 keys) or list of parts (10,000) has.
const MAX_ELEMENTS: usize = 50_000;
/// Deeper than any answer.
const MAX_DEPTH: usize = 16;

/// An element.
#[derive(Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name without prefix.
    pub name: String,
    /// The text that stands in it, outside of its children.
    pub text: String,
    children: Vec<Element>,
}

/// Parses a body to its root; `None` if it isn't XML, has a document type, or is too large.
pub fn parse(text: &str) -> Option<Element> {
    // As XML reads the ends of lines.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = Reader { rest: &text, left: MAX_ELEMENTS };
    reader.skip_around()?;
    let root = reader.element(0)?;
    reader.skip_around()?;
    reader.rest.is_empty().then_some(root)
}

impl Element {
    /// Children of that name.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All children.
    pub fn elements(&self) -> &[Element] {
        &self.children
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of that name.
    pub fn child_text(&self, name: &str) -> Option<String> {
        self.child(name).map(|child| child.text.clone())
    }
}

struct Reader<'a> {
    rest: &'a str,
    /// Elements that may still come.
    left: usize,
}

impl<'a> Reader<'a> {
    /// Passes white space, declarations and comments around the root.
    fn skip_around(&mut self) -> Option<()> {
        loop {
            self.skip_space();
            if !self.skip_remark()? {
                return Some(());
            }
        }
    }

    /// Passes a comment or a processing instruction; whether there was one.
    fn skip_remark(&mut self) -> Option<bool> {
        for (start, end) in [("<!--", "-->"), ("<?", "?>")] {
            if self.take(start) {
                return self.until(end).map(|_| true);
            }
        }
        Some(false)
    }

    fn element(&mut self, depth: usize) -> Option<Element> {
        self.left = self.left.checked_sub(1)?;
        if depth > MAX_DEPTH || !self.take("<") {
            return None;
        }
        let tag = self.name()?;
        let name = tag.split_once(':').map_or(tag, |(_, name)| name).to_string();
        let mut element = Element { name, text: String::new(), children: Vec::new() };
        while self.skip_space() && !self.rest.starts_with(['/', '>']) {
            let (name, value) = self.attribute()?;
            // The one attribute that S3 answers means something; botocore reads it as a member.
            if name == "xsi:type" {
                let (name, text) = (name.to_string(), value.to_string());
                element.children.push(Element { name, text, children: Vec::new() });
            }
        }
        if self.take("/>") {
            return Some(element);
        }
        if !self.take(">") {
            return None;
        }
        while !self.take("</") {
            if self.take("<![CDATA[") {
                element.text.push_str(self.until("]]>")?);
            } else if self.rest.starts_with('<') {
                if !self.skip_remark()? {
                    element.children.push(self.element(depth + 1)?);
                }
            } else {
                let (text, _) = self.rest.split_once('<')?;
                self.rest = self.rest.get(text.len()..)?;
                unescape(text, &mut element.text)?;
            }
        }
        let closes = self.name()? == tag;
        self.skip_space();
        (closes && self.take(">")).then_some(element)
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let name = self.name()?;
        self.skip_space();
        if !self.take("=") {
            return None;
        }
        self.skip_space();
        let value = if self.take("\"") {
            self.until("\"")?
        } else if self.take("'") {
            self.until("'")?
        } else {
            return None;
        };
        (!value.contains('<')).then_some((name, value))
    }

    fn name(&mut self) -> Option<&'a str> {
        let is_end = |c: char| c.is_ascii_whitespace() || "<>/=\"'&".contains(c);
        let end = self.rest.find(is_end).filter(|end| *end > 0)?;
        let (name, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(name)
    }

    /// Passes white space; whether there was some.
    fn skip_space(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_ascii_start();
        self.rest.len() < before
    }

    fn take(&mut self, expected: &str) -> bool {
        let rest = self.rest.strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// What stands before `end`, which is passed as well.
    fn until(&mut self, end: &str) -> Option<&'a str> {
        let (inner, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(inner)
    }
}

/// Adds a text with its references resolved; `None` if one of them isn't XML's own or a character.
fn unescape(text: &str, out: &mut String) -> Option<()> {
    let mut parts = text.split('&');
    out.push_str(parts.next()?);
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let digits = name.strip_prefix('#')?;
                let number = match digits.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => digits.parse(),
                };
                char::from_u32(number.ok()?)?
            }
        });
        out.push_str(rest);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_full_parser_reads() {
        for text in [
            "<a/>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns='u' b = \"c>d\"><b>x</b><c>y</c><b/></a>\n",
            "<s:a xmlns:s=\"u\"><s:b >1 &amp; &lt;2&gt; &quot;&apos; &#13;&#x1F600;</s:b ></s:a><!-- end -->",
            "<a><!-- <b> --><b><![CDATA[<&]]></b><?pi x?>\r\nz</a>",
        ] {
            let document = roxmltree::Document::parse(text).unwrap();
            let expected = document.root_element();
            let root = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(root.name, expected.tag_name().name());
            let names: Vec<&str> = expected
                .children()
                .filter(|node| node.is_element())
                .map(|node| node.tag_name().name())
                .collect();
            assert_eq!(root.children.iter().map(|child| child.name.as_str()).collect::<Vec<_>>(), names);
            for (child, node) in
                root.children.iter().zip(expected.children().filter(|node| node.is_element()))
            {
                assert_eq!(child.text, node.text().unwrap_or_default(), "{text}");
            }
        }
    }

    #[test]
    fn refuses_what_is_not_xml_or_too_much() {
        let deep = "<a>".repeat(100_000);
        let many = format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS));
        for text in [
            "",
            "no",
            "<a>",
            "<a></b>",
            "<a",
            "</a>",
            "<a/><b/>",
            "<a/>x",
            "<a b></a>",
            "<a b=c/>",
            "<a>&no;</a>",
            "<a>&#xD800;</a>",
            "<a>&amp</a>",
            "<!DOCTYPE a><a/>",
            "<a><![CDATA[</a>",
            "< a/>",
            "<a b='<'/>",
            &deep,
            &many,
        ] {
            assert_eq!(parse(text), None, "{}", text.get(..40).unwrap_or(text));
        }
    }
}
