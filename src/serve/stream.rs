//! The stream of events (HTML Living Standard 9.2): to each listener, what has changed since it was last told.
//!
//! A listener that reads slowly misses no change: it is told at once of all that happened in the meantime.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State as Shared;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use super::{Desk, patch};
use crate::preview::State;

/// A browser comes back after so long where the stream has broken off.
const RETRY: Duration = Duration::from_millis(400);
/// A sign of life, so that a connection that is dead is noticed.
const SIGN: Duration = Duration::from_secs(15);

/// What was told last, kept because all listeners are told the same.
#[derive(Default)]
pub(super) struct Sent {
    last: Mutex<Option<Told>>,
}

/// From which state, to which, in what words.
type Told = (Option<u64>, u64, Arc<str>);

impl Sent {
    fn text(&self, desk: &Desk, old: Option<&State>, new: &State) -> Arc<str> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let from = old.map(|old| old.serial);
        match &*last {
            Some((known, to, text)) if (*known, *to) == (from, new.serial) => Arc::clone(text),
            Some(_) | None => {
                let text: Arc<str> = patch::patch(old, new, &desk.options).to_string().into();
                *last = Some((from, new.serial, Arc::clone(&text)));
                text
            }
        }
    }
}

/// The present state, and then every change.
pub(super) async fn events(Shared(desk): Shared<Arc<Desk>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut told: Option<Arc<State>> = None;
    let stream = WatchStream::new(desk.states.subscribe()).map(move |state| {
        let text = desk.sent.text(&desk, told.as_deref(), &state);
        told = Some(state);
        Ok(Event::default().retry(RETRY).data(text))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(SIGN))
}
