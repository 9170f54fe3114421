//! Images that were decoded before: a preview resolves a report again and again, and its images seldom change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::file::Decoded;
use crate::project::LimitsConfig;

/// What the images of the last run were decoded to. A copy shares it.
#[derive(Clone, Default)]
pub struct KeptImages {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    run: u64,
    decoded: HashMap<Key, (u64, Outcome)>,
}

/// What decoding comes to; the reason where it comes to nothing.
pub(super) type Outcome = Arc<Result<Decoded, String>>;

/// What decoding depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Of the file.
    pub(super) digest: [u8; 32],
    pub(super) limits: [u32; 5],
    /// Whether a twin was asked for.
    pub(super) twin: bool,
    /// How many fonts were at hand, and how large those of other scripts.
    pub(super) fonts: (usize, usize),
}

impl std::fmt::Debug for KeptImages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptImages").field("images", &self.kept().decoded.len()).finish()
    }
}

impl KeptImages {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A run begins.
    pub(super) fn begin(&self) {
        self.kept().run += 1;
    }

    /// What is kept, or what `decode` makes.
    pub(super) fn get(&self, key: Key, decode: impl FnOnce() -> Result<Decoded, String>) -> Outcome {
        let found = {
            let mut kept = self.kept();
            let run = kept.run;
            kept.decoded.get_mut(&key).map(|(used, outcome)| {
                *used = run;
                Arc::clone(outcome)
            })
        };
        found.unwrap_or_else(|| {
            let outcome = Arc::new(decode());
            let mut kept = self.kept();
            let run = kept.run;
            kept.decoded.insert(key, (run, Arc::clone(&outcome)));
            outcome
        })
    }

    /// A run ends: what it did not use is let go.
    pub(super) fn end(&self) {
        let mut kept = self.kept();
        let run = kept.run;
        kept.decoded.retain(|_, (used, _)| *used == run);
    }
}

/// What of the limits bears on images.
pub(super) fn limits(limits: &LimitsConfig) -> [u32; 5] {
    [limits.image_mib, limits.svg_mib, limits.image_megapixels, limits.image_side, limits.svg_elements]
}
