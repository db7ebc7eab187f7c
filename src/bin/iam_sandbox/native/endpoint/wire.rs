//! Bytes of one connection, each read under a time limit.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long a client may take to accept what is sent to it.
const WRITE: Duration = Duration::from_secs(30);
/// How much is read at once.
const READ: usize = 64 * 1024;

/// Why a request can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The client is gone, or has nothing more to say.
    Closed,
    /// It took too long.
    TimedOut,
    /// What it sent is refused: status, and what would be right.
    Refused(u16, &'static str),
}

/// A connection and what was read of it ahead.
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Wire {
    pub fn new(stream: TcpStream) -> std::io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE))?;
        Ok(Wire { stream, buffer: Vec::new() })
    }

    /// What has been read and not yet taken.
    pub fn ahead(&self) -> &[u8] {
        &self.buffer
    }

    /// Reads more, at least a byte.
    ///
    /// # Errors
    /// `Closed` at the end, `TimedOut` at the deadline.
    pub fn read_more(&mut self, deadline: Instant) -> Result<(), Fault> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Fault::TimedOut);
        }
        self.stream.set_read_timeout(Some(left)).map_err(|_| Fault::Closed)?;
        let known = self.buffer.len();
        self.buffer.resize(known + READ, 0);
        let read = self.stream.read(self.buffer.get_mut(known..).unwrap_or_default());
        self.buffer.truncate(known + read.as_ref().copied().unwrap_or(0));
        match read {
            Ok(0) => Err(Fault::Closed),
            Ok(_) => Ok(()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                Err(Fault::TimedOut)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
            Err(_) => Err(Fault::Closed),
        }
    }

    /// Takes up to `most` bytes of what was read ahead.
    pub fn take(&mut self, most: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(most.min(self.buffer.len()));
        std::mem::replace(&mut self.buffer, rest)
    }

    pub fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Ends the connection so that the last answer arrives: a close with unread bytes would destroy it.
    pub fn close(mut self) {
        let closed = self.stream.shutdown(std::net::Shutdown::Write);
        let deadline = Instant::now() + Duration::from_secs(2);
        let mut read = 0;
        while closed.is_ok() && read < 16 * READ && self.read_more(deadline).is_ok() {
            read += self.buffer.len();
            self.buffer.clear();
        }
    }
}
