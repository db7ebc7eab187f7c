//! Listens, and gives each connection a thread. One lock stands around the sandbox.

use super::connection::{serve, told};
use super::wire::Wire;
use super::world::World;
use iam_sandbox::http::{Request, Response};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The most connections at a time.
const MAX_CONNECTIONS: usize = 1024;

/// What a port stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// Every service but the metadata service.
    Services,
    /// The metadata service.
    Metadata,
}

/// What the threads share.
#[derive(Clone)]
pub struct Server {
    world: Arc<Mutex<World>>,
    connections: Arc<AtomicUsize>,
    /// Requests that are being answered.
    busy: Arc<AtomicUsize>,
    stopping: Arc<AtomicBool>,
}

impl Server {
    pub fn new(world: World) -> Self {
        Server {
            world: Arc::new(Mutex::new(world)),
            connections: Arc::default(),
            busy: Arc::default(),
            stopping: Arc::default(),
        }
    }

    /// Accepts connections in a thread of its own.
    pub fn listen(&self, listener: TcpListener, port: Port) {
        let server = self.clone();
        thread::spawn(move || {
            loop {
                match listener.accept() {
                    Ok((stream, _)) => server.accepted(stream, port),
                    // Too many open files, or a client that went away at once: others may still come.
                    Err(_) => thread::sleep(Duration::from_millis(20)),
                }
            }
        });
    }

    fn accepted(&self, stream: TcpStream, port: Port) {
        if self.connections.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            self.connections.fetch_sub(1, Ordering::SeqCst);
            return;
        }
        let server = self.clone();
        let spawned = thread::Builder::new().spawn(move || {
            if let Ok(wire) = Wire::new(stream) {
                let answer = |request| server.answer(port, request);
                let stopping = || server.stopping.load(Ordering::SeqCst);
                drop(catch_unwind(AssertUnwindSafe(|| serve(wire, &answer, &stopping))));
            }
            server.connections.fetch_sub(1, Ordering::SeqCst);
        });
        if spawned.is_err() {
            self.connections.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn answer(&self, port: Port, request: Request) -> Response {
        self.busy.fetch_add(1, Ordering::SeqCst);
        let response = catch_unwind(AssertUnwindSafe(|| {
            self.world.lock().unwrap_or_else(PoisonError::into_inner).answer(port, request)
        }));
        self.busy.fetch_sub(1, Ordering::SeqCst);
        response.unwrap_or_else(|_| told(500, "a mistake of this program; please report it"))
    }

    /// Waits for the answers that are under way, at most `patience`.
    pub fn stop(&self, patience: Duration) {
        self.stopping.store(true, Ordering::SeqCst);
        let end = Instant::now() + patience;
        while self.busy.load(Ordering::SeqCst) > 0 && Instant::now() < end {
            thread::sleep(Duration::from_millis(10));
        }
        // The last answer may still be on its way out.
        thread::sleep(Duration::from_millis(50));
    }
}
