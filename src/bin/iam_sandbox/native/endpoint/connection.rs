//! One client's connection: requests and answers in turn, until either side ends it.

use super::body::{check, read_body};
use super::framing::{Head, read_head};
use super::wire::{Fault, Wire};
use iam_sandbox::http::{Body, Request, Response, header};

/// Serves requests until the connection ends; `answer` makes the answers, `stopping` tells the last one.
pub fn serve(mut wire: Wire, answer: &dyn Fn(Request) -> Response, stopping: &dyn Fn() -> bool) {
    loop {
        let (request, keep_alive) = match next(&mut wire) {
            Ok(next) => next,
            Err(fault) => return refuse(wire, &fault),
        };
        let head = request.method == "HEAD";
        let response = answer(request);
        let keep_alive = keep_alive && !stopping();
        if write(&mut wire, &response, head, keep_alive).is_err() {
            return;
        }
        if !keep_alive {
            return wire.close();
        }
    }
}

/// The next request, and whether another may follow.
fn next(wire: &mut Wire) -> Result<(Request, bool), Fault> {
    let head = read_head(wire)?;
    let host = header(&head.headers, "host").unwrap_or("127.0.0.1");
    if !is_loopback(host) {
        return Err(Fault::Refused(403, "the Host header does not name a loopback address"));
    }
    check(head.body)?;
    if head.expects {
        wire.write(b"HTTP/1.1 100 Continue\r\n\r\n").map_err(|_| Fault::Closed)?;
    }
    let url = format!("http://{host}{}", head.target);
    let body = Body::from(read_body(wire, head.body)?);
    let Head { method, headers, keep_alive, .. } = head;
    Ok((Request { method, url, headers, body }, keep_alive))
}

/// Whether a Host header, or the authority of an origin, names this machine. A page of the web that a name of its
/// own led here doesn't.
pub fn is_loopback(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, "0"),
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let address = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let name = host.to_ascii_lowercase();
    // No name of the web ends so: it is this machine's own (RFC 6761).
    (address || name == "localhost" || name.ends_with(".localhost")) && port.parse::<u16>().is_ok()
}

fn refuse(mut wire: Wire, fault: &Fault) {
    let (status, why) = match fault {
        Fault::Closed => return,
        Fault::TimedOut => (408, "the request took too long to arrive"),
        Fault::Refused(status, why) => (*status, *why),
    };
    if write(&mut wire, &told(status, why), false, false).is_ok() {
        wire.close();
    }
}

/// This program's own answer: `{"error": ...}`.
pub fn told(status: u16, why: &str) -> Response {
    Response::new(status, "application/json", serde_json::json!({ "error": why }).to_string())
}

fn write(wire: &mut Wire, response: &Response, head: bool, keep_alive: bool) -> std::io::Result<()> {
    let mut text = format!("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    for (name, value) in &response.headers {
        // Values of headers may hold what a client once sent.
        text.push_str(&format!("{name}: {}\r\n", value.replace(['\r', '\n', '\0'], " ")));
    }
    let bodiless = head || matches!(response.status, 204 | 304);
    if !bodiless && response.header("content-length").is_none() {
        text.push_str(&format!("Content-Length: {}\r\n", response.body.0.len()));
    }
    text.push_str(if keep_alive { "\r\n" } else { "Connection: close\r\n\r\n" });
    let mut bytes = text.into_bytes();
    if bodiless {
        return wire.write(&bytes);
    }
    // A small answer leaves in one piece.
    if response.body.0.len() <= 64 * 1024 {
        bytes.extend_from_slice(&response.body.0);
        return wire.write(&bytes);
    }
    wire.write(&bytes)?;
    wire.write(&response.body.0)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_takes_too_long_is_told() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        std::io::Write::write_all(&mut client, b"PUT /b/k HTTP/1.1\r\n").unwrap();
        let mut wire = Wire::new(listener.accept().unwrap().0).unwrap();
        let soon = || std::time::Instant::now() + std::time::Duration::from_millis(20);
        assert_eq!(wire.read_more(soon()), Ok(()));
        let fault = wire.read_more(soon()).unwrap_err();
        assert_eq!(fault, Fault::TimedOut);
        client.shutdown(std::net::Shutdown::Write).unwrap();
        refuse(wire, &fault);
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut client, &mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
        assert!(answer.contains("Connection: close"), "{answer}");
    }

    #[test]
    fn only_loopback_hosts_pass() {
        for host in
            ["127.0.0.1:4566", "127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:4566", "b.s3.localhost:1"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "169.254.169.254",
            "localhost:x",
            "[::1",
            "a@localhost",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
