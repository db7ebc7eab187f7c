//! The one way out of a client: the sandbox carries requests, the client knows nothing of what lies between.

use crate::chunk::Missing;
use crate::clock::Timestamp;
use crate::http::{Request, Response};
use crate::trace::{DroppedBy, NodeRef, Recorder};

/// A host's connection to the rest of the world.
pub trait Transport {
    /// Sends a request and waits for its answer.
    fn exchange(&mut self, request: Request) -> Result<Response, ConnectFailure>;

    /// Where steps are written.
    fn recorder(&mut self) -> &mut Recorder;

    /// The host's clock, which is the scenario's.
    fn now(&self) -> Timestamp;

    /// The host.
    fn host(&self) -> NodeRef;

    /// Lets this many seconds of the scenario's clock pass.
    fn sleep(&mut self, seconds: u32);

    /// The code that a virtual MFA device shows now; `None`: there is no such device.
    fn mfa_code(&self, _serial_number: &str) -> Option<String> {
        None
    }

    /// Notes that a command needs a part of the program that isn't loaded, which makes void what it does.
    fn lack(&mut self, missing: Missing);
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectFailure {
    /// Something dropped the packets.
    TimedOut(DroppedBy),
    /// The name has no address.
    Unresolved,
    /// Nothing stands at the address.
    Unreachable,
}

impl ConnectFailure {
    /// One word for machines.
    pub fn code(self) -> &'static str {
        match self {
            ConnectFailure::TimedOut(_) => "timed-out",
            ConnectFailure::Unresolved => "unresolved",
            ConnectFailure::Unreachable => "unreachable",
        }
    }
}
