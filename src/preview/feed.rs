//! The last state, for whoever asks, and a call for whoever listens.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::state::State;

type Listener = std::boxed::Box<dyn Fn(&Arc<State>) + Send>;

/// Holds one state and hands on each new one.
pub(super) struct Feed {
    inner: Mutex<Inner>,
    changed: Condvar,
}

struct Inner {
    state: Arc<State>,
    listeners: Vec<Listener>,
}

impl Feed {
    pub(super) fn new(state: State) -> Self {
        Self { inner: Mutex::new(Inner { state: Arc::new(state), listeners: Vec::new() }), changed: Condvar::new() }
    }

    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.lock().state)
    }

    pub(super) fn listen(&self, listener: Listener) {
        let mut inner = self.lock();
        listener(&inner.state);
        inner.listeners.push(listener);
    }

    /// Publishes what `change` makes of the last state; the serial is counted here.
    pub(super) fn publish(&self, change: impl FnOnce(&mut State)) {
        let mut inner = self.lock();
        let mut state = State::clone(&inner.state);
        change(&mut state);
        state.serial = inner.state.serial + 1;
        inner.state = Arc::new(state);
        inner.listeners.iter().for_each(|listener| listener(&inner.state));
        self.changed.notify_all();
    }

    /// The first state that `fits`, the present one included; `None` if none comes in time.
    pub(super) fn wait(&self, limit: Duration, fits: &dyn Fn(&State) -> bool) -> Option<Arc<State>> {
        let deadline = Instant::now() + limit;
        let mut inner = self.lock();
        loop {
            if fits(&inner.state) {
                return Some(Arc::clone(&inner.state));
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            inner = self.changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
