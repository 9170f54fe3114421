//! A way to end watching from another thread.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::eyes::Sign;

/// Ends a watch; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    stopped: AtomicBool,
    /// Wakes the watcher that waits for events.
    bell: Mutex<Option<Sender<Sign>>>,
}

impl Stop {
    /// Ends the watch as soon as it comes to wait.
    pub fn stop(&self) {
        self.inner.stopped.store(true, Ordering::SeqCst);
        self.wake();
    }

    /// Lets the watch look at the files now.
    pub fn wake(&self) {
        let bell = self.inner.bell.lock().unwrap_or_else(PoisonError::into_inner);
        // Without a receiver watching is over.
        let _ = bell.as_ref().map(|bell| bell.send(Sign::Bell));
    }

    /// Whether it was asked to end.
    pub fn is_stopped(&self) -> bool {
        self.inner.stopped.load(Ordering::SeqCst)
    }

    pub(super) fn rings(&self, bell: Sender<Sign>) {
        *self.inner.bell.lock().unwrap_or_else(PoisonError::into_inner) = Some(bell);
    }
}
