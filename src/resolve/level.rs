//! Heading levels without gaps (ISO 14289-1 7.4.2).
//!
//! In: levels as typed, in reading order. Out: levels of which the first is 1 and none skips one.
//! Headings typed alike under one parent stay alike.

use crate::document::HeadingLevel;

/// The open headings, outermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    open: Vec<Open>,
    base: u8,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    typed: u8,
    taken: u8,
}

/// What a level is taken as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// The level.
    pub(super) level: HeadingLevel,
    /// Whether a level was skipped that an earlier heading did not skip already.
    pub(super) skipped: bool,
}

impl Levels {
    /// For headings beneath a level: in a box that stands in a section of level 2 they begin at 3.
    pub(super) fn beneath(level: u8) -> Self {
        Self { open: Vec::new(), base: level }
    }

    /// The level of the last heading; 0 before the first.
    pub(super) fn current(&self) -> u8 {
        self.open.last().map_or(self.base, |open| open.taken)
    }

    /// The next heading.
    pub(super) fn take(&mut self, typed: HeadingLevel) -> Taken {
        let typed = typed.get();
        let mut sibling = false;
        while let Some(open) = self.open.last().filter(|open| open.typed >= typed) {
            sibling = open.typed == typed;
            self.open.pop();
        }
        let parent = self.open.last().map_or(0, |open| open.typed);
        // Beneath a base the first heading may have any level: it is typed as if it stood alone.
        let free = self.open.is_empty() && self.base > 0;
        let skipped = typed > parent + 1 && !sibling && !free;
        let taken = (self.current() + 1).min(6);
        self.open.push(Open { typed, taken });
        Taken { level: HeadingLevel::new(taken), skipped }
    }

    /// The level beneath which these stand; 0 in the report itself.
    pub(super) fn base(&self) -> u8 {
        self.base
    }

    /// What a heading that nothing belongs to would be taken as.
    pub(super) fn peek(&self, typed: HeadingLevel) -> HeadingLevel {
        self.clone().take(typed).level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(base: u8, typed: &[u8]) -> (Vec<u8>, Vec<bool>) {
        let mut levels = Levels::beneath(base);
        typed
            .iter()
            .map(|&level| {
                let taken = levels.take(HeadingLevel::new(level));
                (taken.level.get(), taken.skipped)
            })
            .unzip()
    }

    #[test]
    fn no_level_is_skipped_and_siblings_stay_alike() {
        for (base, typed, expected, skips) in [
            (0, &[1, 2, 3, 2, 1][..], &[1, 2, 3, 2, 1][..], 0),
            (0, &[2, 2, 3, 1], &[1, 1, 2, 1], 1),
            (0, &[1, 4, 4, 2], &[1, 2, 2, 2], 1),
            (0, &[1, 3, 4, 3, 2, 4], &[1, 2, 3, 2, 2, 3], 2),
            (0, &[6, 5, 4], &[1, 1, 1], 3),
            (0, &[1, 2, 4, 2, 4], &[1, 2, 3, 2, 3], 2),
            (2, &[1, 2, 1], &[3, 4, 3], 0),
            (6, &[1, 3], &[6, 6], 1),
        ] {
            let (levels, skipped) = taken(base, typed);
            assert_eq!(levels, expected, "{typed:?}");
            assert_eq!(skipped.iter().filter(|skipped| **skipped).count(), skips, "{typed:?}");
        }
    }
}
