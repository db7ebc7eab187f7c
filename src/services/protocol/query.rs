//! The query protocol of STS, IAM and, with differences, EC2: form in, XML out.

use super::{Tree, Xml};
use crate::gather::Gather;
use crate::http::{Request, Response, decode};
use crate::services::errors::AwsError;
use crate::sorted::SortedMap;

/// Parameters of a query request, `Action` and `Version` among them.
#[derive(Debug, Clone, Default)]
pub(in crate::services) struct Parameters(SortedMap<String, String>);

impl Parameters {
    /// From the form in the body, and from the query of the URL.
    pub fn of(request: &Request) -> Self {
        let query = request.parts().map_or("", |url| url.query);
        let pairs = query.split('&').chain(request.body.text().unwrap_or("").split('&'));
        let read = |text: &str| decode(&text.replace('+', " "));
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        Parameters(SortedMap::of_many(pairs.map(|(name, value)| (read(name), read(value))).gather()))
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The values of `NAME.member.1`, `NAME.member.2`, ... (with `suffix` after the number).
    pub fn members(&self, name: &str, suffix: &str) -> Vec<&str> {
        (1..).map_while(|place| self.get(&format!("{name}.member.{place}{suffix}"))).gather()
    }

    /// The names of all parameters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The values of `NAME.1`, `NAME.2`, ... (with `suffix` after the number), as EC2 writes lists.
    pub fn list(&self, name: &str, suffix: &str) -> Vec<&str> {
        (1..).map_while(|place| self.get(&format!("{name}.{place}{suffix}"))).gather()
    }

    /// Whether there is a parameter of that name, or one of its members.
    pub fn begins(&self, name: &str) -> bool {
        let keys = self.0.keys().as_slice();
        let place = keys.partition_point(|other| other.as_str() < name);
        let below = [name, "."].concat();
        let members = keys.partition_point(|other| *other < below);
        keys.get(place).is_some_and(|other| other == name)
            || keys.get(members).is_some_and(|other| other.starts_with(&below))
    }

    /// The first parameter whose name, before any dot, isn't among those known.
    pub fn unknown(&self, known: &[&str]) -> Option<&str> {
        let base = |name: &str| name.split('.').next().unwrap_or(name).to_string();
        self.0
            .keys()
            .find(|name| !name.starts_with("X-Amz-") && !known.contains(&base(name).as_str()))
            .map(String::as_str)
    }
}

/// A form body from names and values.
pub(in crate::services) fn form(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| percent_encoding::utf8_percent_encode(text, FORM).to_string();
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).gather();
    pairs.join("&")
}

const FORM: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A successful answer of an operation; without a result it is a request id alone.
pub(in crate::services) fn answer(
    operation: &str,
    namespace: &str,
    request_id: &str,
    result: Option<&Tree>,
) -> Response {
    let mut xml = Xml::fragment();
    if let Some(result) = result {
        result.write("member", &mut xml);
    }
    let inner = xml.finish();
    let mut text = String::from("<");
    for part in [operation, "Response xmlns=\"", namespace, "\">"] {
        text.push_str(part);
    }
    if result.is_some() {
        for part in ["<", operation, "Result>", &inner, "</", operation, "Result>"] {
            text.push_str(part);
        }
    }
    for part in ["<ResponseMetadata><RequestId>", request_id, "</RequestId></ResponseMetadata></", operation]
    {
        text.push_str(part);
    }
    text.push_str("Response>");
    Response::new(200, "text/xml", text).with_header("x-amzn-RequestId", request_id)
}

/// An error's answer.
pub(in crate::services) fn failure(error: &AwsError, namespace: &str, request_id: &str) -> Response {
    let mut xml = Xml::new("ErrorResponse", Some(namespace));
    xml.begin("Error");
    xml.leaf("Type", if error.status < 500 { "Sender" } else { "Receiver" });
    xml.leaf("Code", error.code);
    xml.leaf("Message", &error.message);
    xml.end();
    xml.leaf("RequestId", request_id);
    Response::new(error.status, "text/xml", xml.finish()).with_header("x-amzn-RequestId", request_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_form_that_it_writes() {
        let mut request = Request::new("POST", "https://sts.amazonaws.com/");
        let pairs = [("Action", "AssumeRole"), ("Policy", "{\"a\": 1}+&"), ("Tags.member.1.Key", "k")];
        request.body = form(&pairs).as_str().into();
        let parameters = Parameters::of(&request);
        for (name, value) in pairs {
            assert_eq!(parameters.get(name), Some(value));
        }
        assert_eq!(parameters.members("Tags", ".Key"), ["k"]);
        assert_eq!(parameters.unknown(&["Action", "Policy"]), Some("Tags.member.1.Key"));
    }
}
