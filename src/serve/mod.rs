//! The preview in a browser: pages, events and finished files over HTTP, on this machine alone unless it is asked
//! otherwise.
//!
//! In: a bound socket, a running [`Preview`], [`Options`]. Out: answers, until the process ends. A request is answered
//! only if its `Host` is one of ours, a change or a stream of events only if it comes from our own page, and from
//! another machine only with the token. Never prints, never writes a file, never runs what a draft holds. The only
//! home of axum, hyper, hyper-util, tokio and tokio-stream.

mod answer;
mod assets;
mod guard;
mod listen;
mod patch;
mod place;
mod splice;
mod stream;
mod web;

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;

use crate::preview::Preview;
pub use guard::Guard;
pub use listen::Limits;

/// What a server is told from outside.
pub struct Options {
    /// Who is answered.
    pub guard: Guard,
    /// How much is borne.
    pub limits: Limits,
    /// The project's root, for the editor's addresses.
    pub root: PathBuf,
    /// The editor's address at present, with `{path}`, `{line}` and `{column}`.
    pub editor: Box<dyn Fn() -> String + Send + Sync>,
    /// Names this run of the server: what a browser has of another is not counted on.
    pub instance: String,
}

/// What requests are answered from.
struct Desk {
    preview: Preview,
    options: Options,
    states: watch::Sender<Arc<crate::preview::State>>,
    sent: stream::Sent,
}

/// Serves until the process ends.
/// # Errors
/// If the socket cannot be used.
pub fn serve(listener: TcpListener, preview: Preview, options: Options) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (states, _) = watch::channel(preview.state());
    let limits = options.limits;
    let desk = Arc::new(Desk { preview, options, states, sent: stream::Sent::default() });
    let weak = Arc::downgrade(&desk);
    desk.preview.listen(move |state| {
        if let Some(desk) = weak.upgrade() {
            desk.states.send_replace(Arc::clone(state));
        }
    });
    runtime.block_on(listen::listen(listener, answer::router(desk), limits))
}
