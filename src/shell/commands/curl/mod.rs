//! `curl [-s] [-S] [-v] [-i] [-I] [-f] [-L] [-X METHOD] [-H HEADER] [-d DATA] [-o FILE] [-m SECONDS] [-w FORMAT] URL`
//!
//! Reference: curl's manual page; error texts and exit codes are those of curl 8. Left out on purpose: the
//! progress meter, TLS details, anything but http and https.

mod options;
mod output;

use super::{Answer, Invocation};
use crate::client::{ConnectFailure, error_code, exchange};
use crate::http::{Body, Request, Response, Url};
use options::{Options, Parsed};

const USER_AGENT: &str = "curl/8.11.1";
/// As many as curl follows by itself.
const MAX_REDIRECTS: usize = 50;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let mut options = match options::parse(invocation.arguments) {
        Ok(Parsed::Options(options)) => *options,
        Ok(Parsed::Version) => return Answer::text("curl 8.11.1 (x86_64-amazon-linux-gnu) libcurl/8.11.1\n"),
        Err(answer) => return *answer,
    };
    if !options.url.contains("://") {
        options.url = format!("http://{}", options.url);
    }
    let mut answer = Answer::default();
    for _ in 0..=MAX_REDIRECTS {
        match hop(invocation, &options, &mut answer) {
            Some(next) => options = next,
            None => return answer,
        }
    }
    let text = format!("curl: (47) Maximum ({MAX_REDIRECTS}) redirects followed\n");
    Answer::error(47, options.complaint(text))
}

/// One exchange; the options of the next one, if `-L` follows a redirect.
fn hop(invocation: &mut Invocation<'_>, options: &Options, answer: &mut Answer) -> Option<Options> {
    let url = &options.url;
    let scheme = url.split("://").next().unwrap_or_default();
    if scheme != "http" && scheme != "https" {
        let text = format!("curl: (1) Protocol \"{scheme}\" not supported\n");
        *answer = Answer::error(1, options.complaint(text));
        return None;
    }
    let Some(parts) = Url::parse(url).filter(|_| url.bytes().all(|byte| byte > b' ' && byte < 0x7f)) else {
        let text = "curl: (3) URL rejected: Malformed input to a URL function\n".to_string();
        *answer = Answer::error(3, options.complaint(text));
        return None;
    };
    let request = request(options, parts);
    let (response, decided) = match exchange(invocation.transport, request.clone()) {
        Ok(answered) => answered,
        Err(failure) => {
            let (code, text) = complaint(options, parts, failure);
            *answer = Answer::error(code, options.complaint(text));
            answer.stdout = output::write_out(options, None);
            return None;
        }
    };
    if options.location
        && let Some(next) = redirected(options, parts, &response)
    {
        if options.verbose {
            answer.stderr.push_str(&output::verbose(&request, &response));
        }
        if options.include || options.head {
            answer.stdout.push_str(&output::head(&response));
        }
        return Some(next);
    }
    if response.status >= 400 {
        answer.error_code = decided.or_else(|| error_code(&response));
    }
    deliver(invocation, options, &request, &response, answer);
    None
}

/// Where a redirect leads: an absolute URL or a path of the same host. A POST becomes a GET, as in browsers.
fn redirected(options: &Options, from: Url<'_>, response: &Response) -> Option<Options> {
    let to =
        response.header("Location").filter(|_| matches!(response.status, 301 | 302 | 303 | 307 | 308))?;
    let url = match to.starts_with('/') {
        true => format!("{}://{}{to}", from.scheme, from.authority()),
        false => to.to_string(),
    };
    let data = options.data.clone().filter(|_| matches!(response.status, 307 | 308));
    Some(Options { url, data, ..options.clone() })
}

fn request(options: &Options, parts: Url<'_>) -> Request {
    let method = match (&options.method, options.head, &options.data) {
        (Some(method), _, _) => method.as_str(),
        (None, true, _) => "HEAD",
        (None, false, Some(_)) => "POST",
        (None, false, None) => "GET",
    };
    // A fragment stays with the client; an empty path is `/`.
    let query = if parts.query.is_empty() { String::new() } else { format!("?{}", parts.query) };
    let target = format!("{}://{}{}{query}", parts.scheme, parts.authority(), parts.path);
    let mut request = Request::new(method, &target);
    let given = |name: &str| options.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    if given("Host") {
        request.headers.clear();
    }
    for (name, value) in [("User-Agent", USER_AGENT), ("Accept", "*/*")] {
        if !given(name) {
            request = request.with_header(name, value);
        }
    }
    // `-H "Name:"` takes a header of curl's own away.
    for (name, value) in options.headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.with_header(name, value.as_str());
    }
    if let Some(data) = &options.data {
        request.body = Body::from(data.as_str());
        request = request.with_header("Content-Length", data.len().to_string());
        if !given("Content-Type") {
            request = request.with_header("Content-Type", "application/x-www-form-urlencoded");
        }
    }
    request
}

/// Exit code and text of a connection that didn't come about.
fn complaint(options: &Options, url: Url<'_>, failure: ConnectFailure) -> (i32, String) {
    let port = url.port.unwrap_or(if url.scheme == "https" { 443 } else { 80 });
    let host = url.host;
    match failure {
        ConnectFailure::Unresolved => (6, format!("curl: (6) Could not resolve host: {host}\n")),
        ConnectFailure::Unreachable => (
            7,
            format!(
                "curl: (7) Failed to connect to {host} port {port} after 0 ms: Could not connect to server\n"
            ),
        ),
        ConnectFailure::TimedOut(_) => match options.max_time_ms {
            Some(limit) => (28, format!("curl: (28) Connection timed out after {limit} milliseconds\n")),
            // The kernel gives up after its SYN retries.
            None => (
                28,
                format!(
                    "curl: (28) Failed to connect to {host} port {port} after 134000 ms: Could not connect to server\n"
                ),
            ),
        },
    }
}

fn deliver(
    invocation: &mut Invocation<'_>,
    options: &Options,
    request: &Request,
    response: &Response,
    answer: &mut Answer,
) {
    if options.verbose {
        answer.stderr.push_str(&output::verbose(request, response));
    }
    if response.status >= 400 && options.fail {
        let text = format!("curl: (22) The requested URL returned error: {}\n", response.status);
        answer.stderr.push_str(&options.complaint(text));
        answer.exit_code = 22;
    }
    let mut text = String::new();
    if options.include || options.head {
        text.push_str(&output::head(response));
    }
    if answer.exit_code == 0 && request.method != "HEAD" {
        text.push_str(&String::from_utf8_lossy(&response.body.0));
    }
    match &options.output {
        None => answer.stdout.push_str(&text),
        Some(path) if path == "/dev/null" => {}
        Some(path) => {
            let absolute = crate::client::absolute_path(path, invocation.shell.home());
            let directory = absolute.rsplit_once('/').map_or("/", |(directory, _)| directory);
            if !invocation.shell.is_directory(directory) || invocation.shell.is_directory(&absolute) {
                answer.stderr.push_str(
                    &options.complaint("curl: (23) Failure writing output to destination\n".to_string()),
                );
                answer.exit_code = 23;
            } else if answer.exit_code == 0 && !invocation.save(&absolute, &text) {
                *answer = Answer::too_large();
            }
        }
    }
    answer.stdout.push_str(&output::write_out(options, Some(response.status)));
}
