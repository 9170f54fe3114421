//! Pages that were drawn lately: what several ask for is drawn once, and what will be asked for can be drawn ahead.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::web::Digest;

/// More than a window shows.
const KEPT: usize = 12;

type Picture = Arc<OnceLock<Option<Arc<str>>>>;

/// The last of them, the newest at the end.
#[derive(Default)]
pub(super) struct Pictures {
    drawn: Mutex<Vec<(Digest, Picture)>>,
}

impl Pictures {
    /// The picture of that digest; whoever asks while it is being drawn waits for it.
    pub(super) fn get(&self, digest: Digest, draw: impl FnOnce() -> Option<String>) -> Option<Arc<str>> {
        let picture = {
            let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
            let known = drawn.iter().position(|(known, _)| *known == digest);
            let entry = known.map(|at| drawn.remove(at)).unwrap_or_else(|| (digest, Picture::default()));
            let picture = Arc::clone(&entry.1);
            drawn.push(entry);
            let most = drawn.len().saturating_sub(KEPT);
            drawn.drain(..most);
            picture
        };
        picture.get_or_init(|| draw().map(Arc::from)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_once_while_it_is_kept() {
        let (pictures, drawn) = (Pictures::default(), std::cell::Cell::new(0));
        let ask = |page: usize| {
            pictures.get(Digest::of(&page), || {
                drawn.set(drawn.get() + 1);
                Some(format!("{page}"))
            })
        };
        for page in [1, 1, 2, 1] {
            assert_eq!(ask(page).as_deref(), Some(&*page.to_string()));
        }
        assert_eq!(drawn.get(), 2);
        (3..3 + KEPT).for_each(|page| drop(ask(page)));
        assert_eq!((ask(1).as_deref(), drawn.get()), (Some("1"), 3 + KEPT));
    }
}
