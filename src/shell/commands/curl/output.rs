//! What curl prints of the exchange besides the body.

use super::Options;
use crate::client::reason_phrase;
use crate::http::{Request, Response};

/// The answer's head, as `-i` and `-I` show it.
pub(super) fn head(response: &Response) -> String {
    let mut text = status_line(response) + "\r\n";
    for (name, value) in &response.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text
}

/// The lines of `-v` that show the two messages; those about the connection are the route's.
pub(super) fn verbose(request: &Request, response: &Response) -> String {
    let target = request.parts().map(|url| match url.query {
        "" => url.path.to_string(),
        query => format!("{}?{query}", url.path),
    });
    let mut text = format!("> {} {} HTTP/1.1\n", request.method, target.unwrap_or_default());
    for (name, value) in &request.headers {
        text.push_str(&format!("> {name}: {value}\n"));
    }
    text.push_str(&format!("> \n< {}\n", status_line(response)));
    for (name, value) in &response.headers {
        text.push_str(&format!("< {name}: {value}\n"));
    }
    text + "< \n"
}

/// `-w`: `%{http_code}`, `%{response_code}`, `\n`, `\t`, `%%`. `None`: no answer came (000).
pub(super) fn write_out(options: &Options, status: Option<u16>) -> String {
    let code = status.map_or_else(|| "000".to_string(), |status| status.to_string());
    options
        .write_out
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("%{http_code}", &code)
        .replace("%{response_code}", &code)
        .replace("%%", "%")
}

fn status_line(response: &Response) -> String {
    format!("HTTP/1.1 {} {}", response.status, reason_phrase(response.status))
}
