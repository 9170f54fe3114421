use super::super::xml::ListInstance;

/// The counters of one multilevel list as Word runs them.
#[derive(Debug)]
pub(super) struct Counter {
    original: u32,
    instance: u32,
    levels: [Option<u32>; 9],
}

/// What counting came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Word counts this number by itself.
    On,
    /// It needs an instance that starts at it.
    Anew(ListInstance),
}

impl Counter {
    /// Nothing counted; the abstract list's id is one less than its first instance's.
    pub fn new(original: u32) -> Self {
        Self { original, instance: original, levels: [None; 9] }
    }

    /// Counts a paragraph of `level` that shows `value`; `next` is the id that a new instance would get.
    pub fn count(&mut self, level: u8, value: u32, next: u32) -> Counted {
        let at = usize::from(level);
        let expected = self.levels[at].map_or(1, |last| last + 1);
        self.levels[at] = Some(value);
        let above: Vec<_> = (0..level).filter_map(|l| Some((l, self.levels[usize::from(l)]? + 1))).collect();
        self.levels[at + 1..].fill(None);
        if value == expected {
            return Counted::On;
        }
        self.instance = next;
        // Higher levels go on as they stood, also where a program counts each instance on its own.
        let starts = above.into_iter().chain([(level, value)]).collect();
        Counted::Anew(ListInstance { id: next, list: self.original - 1, starts })
    }

    /// Where a level stands.
    pub fn at(&self, level: u8) -> Option<u32> {
        self.levels[usize::from(level)]
    }

    /// Whether no new instance was needed so far.
    pub fn is_original(&self) -> bool {
        self.instance == self.original
    }

    /// The instance that counts now.
    pub fn instance(&self) -> u32 {
        self.instance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_instance_only_where_word_would_count_otherwise() {
        let mut counter = Counter::new(1);
        for (level, value) in [(0, 1), (1, 1), (1, 2), (0, 2), (1, 1)] {
            assert_eq!(counter.count(level, value, 9), Counted::On, "{level} {value}");
        }
        // An unnumbered chapter in between: its sections begin at 1 again.
        let expected = ListInstance { id: 9, list: 0, starts: vec![(0, 3), (1, 1)] };
        assert_eq!(counter.count(1, 1, 9), Counted::Anew(expected));
        assert!(!counter.is_original());
        assert_eq!(counter.count(0, 3, 10), Counted::On);
    }
}
