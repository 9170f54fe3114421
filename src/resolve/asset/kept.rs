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
    /// Fonts of other scripts that the last run had at hand, and the run that first had them.
    fonts: (Vec<Arc<Vec<u8>>>, u64),
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
    /// Which fonts of other scripts were at hand: see [`KeptImages::begin`].
    pub(super) fonts: u64,
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

    /// A run begins; hands back what tells these fonts from all that others had before.
    pub(super) fn begin(&self, fonts: &[Arc<Vec<u8>>]) -> u64 {
        let mut kept = self.kept();
        kept.run += 1;
        if kept.fonts.0 != fonts {
            kept.fonts.1 = kept.run;
        }
        // Of equal ones those that are shared with the rest of this run.
        kept.fonts.0 = fonts.to_vec();
        kept.fonts.1
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a run with these fonts has for its one image.
    fn run(kept: &KeptImages, font: &str) -> Outcome {
        let fonts = kept.begin(&[Arc::new(font.as_bytes().to_vec())]);
        let outcome = kept.get(Key { digest: [0; 32], limits: [0; 5], twin: false, fonts }, || Err(font.to_owned()));
        kept.end();
        outcome
    }

    #[test]
    fn another_font_of_the_same_size_is_another_font() {
        let kept = KeptImages::default();
        for font in ["old", "new", "old"] {
            let first = run(&kept, font);
            assert_eq!(first.as_ref().as_ref().err().map(String::as_str), Some(font));
            assert!(Arc::ptr_eq(&first, &run(&kept, font)), "it is kept while the font stays");
        }
    }
}
