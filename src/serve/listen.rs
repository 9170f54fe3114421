//! Connections: how many, and how long one may take to say what it wants.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How much a server bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at one time; one more is told so and closed.
    pub connections: usize,
    /// From a connection's opening, or the answer before, to the end of a request's head.
    pub head: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 512, head: Duration::from_secs(20) }
    }
}

/// A pause after an accept that failed, as where there are no more file descriptors.
const BREATH: Duration = Duration::from_millis(50);
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 38\r\n\
    Content-Type: text/plain\r\nRetry-After: 1\r\n\r\nThe preview has too many connections.\n";

/// Accepts connections for ever.
pub(super) async fn listen(listener: std::net::TcpListener, router: Router, limits: Limits) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let room = Arc::new(Semaphore::new(limits.connections));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        // An event is small and is wanted at once. Where that cannot be set, it comes a little later.
        let _ = stream.set_nodelay(true);
        match Arc::clone(&room).try_acquire_owned() {
            Ok(permit) => drop(tokio::spawn(converse(stream, router.clone(), limits, permit))),
            Err(_) => drop(tokio::spawn(refuse(stream))),
        }
    }
}

/// Answers the requests of one connection.
async fn converse(stream: TcpStream, router: Router, limits: Limits, permit: OwnedSemaphorePermit) {
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let router = TowerToHyperService::new(router.clone());
        async move {
            Ok::<_, Infallible>(
                hyper::service::Service::call(&router, request).await.unwrap_or_else(|never| match never {}),
            )
        }
    });
    let mut server = hyper::server::conn::http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(64 * 1024);
    // However it ends, the connection is over.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
    drop(permit);
}

async fn refuse(stream: TcpStream) {
    // A new connection has room for so little; whoever does not read it has been refused all the same. What was asked
    // is read before the end, or the answer would be lost with it.
    let answer = async {
        stream.writable().await?;
        stream.try_write(FULL)?;
        stream.readable().await?;
        stream.try_read(&mut [0; 4096])
    };
    let _ = tokio::time::timeout(BREATH * 10, answer).await;
}
