//! The body of an HTTP/1.1 request: of a known length, or in chunks.
//!
//! Standard: RFC 9112, sections 6 and 7.

use super::framing::Length;
use super::wire::{Fault, Wire};
use std::time::{Duration, Instant};

/// The longest body.
const MAX_BODY: u64 = 256 * 1024 * 1024;
/// The longest line between chunks, and all trailers together.
const MAX_LINE: usize = 4 * 1024;
const MAX_TRAILERS: usize = 64 * 1024;
/// How long the first bytes may take, and the least speed after them, in bytes a second.
const START: Duration = Duration::from_secs(30);
const LEAST_SPEED: u64 = 64 * 1024;

const TOO_LARGE: Fault = Fault::Refused(413, "the body is larger than 256 MB");
const BAD_CHUNK: Fault = Fault::Refused(400, "the chunks of the body are malformed");

/// Whether a body of that length is accepted at all.
pub fn check(length: Length) -> Result<(), Fault> {
    match length {
        Length::Bytes(bytes) if bytes > MAX_BODY => Err(TOO_LARGE),
        _ => Ok(()),
    }
}

/// Reads the body.
pub fn read_body(wire: &mut Wire, length: Length) -> Result<Vec<u8>, Fault> {
    let mut body = Body { bytes: Vec::new(), start: Instant::now() };
    match length {
        Length::Bytes(bytes) => body.read(wire, bytes)?,
        Length::Chunked => loop {
            let size = chunk_size(&body.line(wire, MAX_LINE)?).ok_or(BAD_CHUNK)?;
            if size == 0 {
                body.trailers(wire)?;
                break;
            }
            if size > MAX_BODY.saturating_sub(body.bytes.len() as u64) {
                return Err(TOO_LARGE);
            }
            body.read(wire, size)?;
            if !body.line(wire, 2)?.is_empty() {
                return Err(BAD_CHUNK);
            }
        },
    }
    Ok(body.bytes)
}

/// A body under way.
struct Body {
    bytes: Vec<u8>,
    start: Instant,
}

impl Body {
    /// The more has come, the longer the rest may take.
    fn deadline(&self) -> Instant {
        self.start + START + Duration::from_secs(self.bytes.len() as u64 / LEAST_SPEED)
    }

    fn read(&mut self, wire: &mut Wire, length: u64) -> Result<(), Fault> {
        let mut left = usize::try_from(length).map_err(|_| TOO_LARGE)?;
        while left > 0 {
            if wire.ahead().is_empty() {
                wire.read_more(self.deadline())?;
            }
            let piece = wire.take(left);
            left -= piece.len();
            self.bytes.extend(piece);
        }
        Ok(())
    }

    /// The text up to the next line break.
    fn line(&mut self, wire: &mut Wire, most: usize) -> Result<Vec<u8>, Fault> {
        loop {
            if let Some(end) = wire.ahead().iter().take(most).position(|byte| *byte == b'\n') {
                let mut line = wire.take(end + 1);
                line.pop();
                line.pop_if(|byte| *byte == b'\r');
                return Ok(line);
            }
            if wire.ahead().len() >= most {
                return Err(BAD_CHUNK);
            }
            wire.read_more(self.deadline())?;
        }
    }

    /// Trailers are passed over: AWS's own stand inside the body.
    fn trailers(&mut self, wire: &mut Wire) -> Result<(), Fault> {
        let mut length = 0;
        loop {
            let line = self.line(wire, MAX_LINE)?;
            length += line.len();
            match line.is_empty() {
                true => return Ok(()),
                false if length > MAX_TRAILERS => return Err(BAD_CHUNK),
                false => {}
            }
        }
    }
}

/// Hexadecimal digits before any extension.
fn chunk_size(line: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
    let sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};

    /// What comes out of the wire for these bytes.
    fn read(bytes: &[u8], length: Length) -> Result<Vec<u8>, Fault> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.write_all(bytes).unwrap();
        drop(client);
        read_body(&mut Wire::new(listener.accept().unwrap().0).unwrap(), length)
    }

    #[test]
    fn reads_lengths_and_chunks() {
        assert_eq!(read(b"abcdef", Length::Bytes(3)), Ok(b"abc".to_vec()));
        assert_eq!(read(b"ab", Length::Bytes(3)), Err(Fault::Closed));
        assert_eq!(
            read(b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n", Length::Chunked),
            Ok(b"abcde".to_vec())
        );
        for wrong in
            ["\r\n", "-1\r\n", "+1\r\nab\r\n", "3\r\nabcd\r\n0\r\n\r\n", "g\r\n", "11111111111111111\r\n"]
        {
            assert_eq!(read(wrong.as_bytes(), Length::Chunked), Err(BAD_CHUNK), "{wrong}");
        }
        assert_eq!(read(b"fffffffff\r\n", Length::Chunked), Err(TOO_LARGE));
        assert_eq!(check(Length::Bytes(MAX_BODY + 1)), Err(TOO_LARGE));
    }
}
