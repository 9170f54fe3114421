//! The numbers of changes, each said where it begins: links to the list of changes, which lead back.

use super::look::{Look, Shown};
use crate::document::{Inline, InlineKind, StandingKind};
use crate::resolve::Anchor;
use crate::write::pdf::escape;
use crate::write::pdf::generator::Generator;

impl Generator<'_> {
    /// Says the numbers of changes that begin in an inline that holds others, where they cannot be said within it, and whether it did so. Elsewhere
    /// the number of a change with which it begins.
    pub(in crate::write::pdf) fn numbers_before(&mut self, inline: &Inline) -> bool {
        if self.place.in_contents || self.place.numbered {
            return false;
        }
        let together = matches!(inline.kind, InlineKind::Link(_) | InlineKind::Strikethrough(_)) && !self.place.in_link;
        let first = first_leaf(inline);
        let shown = self.shown_as(first);
        let start = self.out.position();
        if together {
            self.numbers_of(inline);
        } else if let Some(shown) = shown {
            self.change_number(shown);
        }
        if let Some(shown) = shown.filter(|_| self.out.position() == start) {
            self.space_between(shown, first);
        }
        together
    }

    fn numbers_of(&mut self, inline: &Inline) {
        if inline.children().is_empty() {
            match self.shown_as(inline) {
                Some(shown) => self.change_number(shown),
                None => self.running = None,
            }
        }
        inline.children().iter().for_each(|child| self.numbers_of(child));
    }

    /// Says a leaf's number if it is another's than the one before; if not, what came stands a space apart from what went.
    pub(in crate::write::pdf) fn part_from_other(&mut self, shown: Shown, leaf: &[Inline]) {
        let start = self.out.position();
        if !self.place.numbered {
            self.change_number(shown);
        }
        if let Some(first) = leaf.first().filter(|_| self.out.position() == start) {
            self.space_between(shown, first);
        }
        let ends =
            leaf.last().and_then(|inline| inline.kind.words()).is_some_and(|text| text.ends_with(char::is_whitespace));
        self.beside_change = Some((shown, ends));
    }

    /// A space between what went and what came, where there is none.
    fn space_between(&mut self, shown: Shown, leaf: &Inline) {
        let begins = leaf.kind.words().is_some_and(|text| text.starts_with(char::is_whitespace));
        let joined = self.beside_change.is_some_and(|(before, space)| before.look != shown.look && !space);
        if joined && !begins {
            self.statement_literal(" ");
            self.beside_change = None;
        }
    }

    /// Says a change's number, unless the same change goes on here.
    pub(in crate::write::pdf) fn change_number(&mut self, shown: Shown) {
        let before = self.running.replace(shown);
        if before.is_some_and(|before| before.number == shown.number && !is_other_end(before, shown)) {
            return;
        }
        let word = match shown.look {
            Look::Stands(kind) => self.doc.moved_words(shown.number, kind),
            Look::Reformatted => None,
        };
        self.change_call("change-number", shown);
        self.number_arguments(shown, word.as_deref());
    }

    /// The rest of such a call: where a change's number leads, what a link there says, the place that it is, and a word.
    pub(super) fn number_arguments(&mut self, shown: Shown, word: Option<&str>) {
        let listed = Anchor(list_place(shown.number));
        if self.doc.revision.is_some() && !self.links_nowhere() {
            self.target(&listed);
        } else {
            self.out.push("none");
        }
        self.out.push(", ");
        self.out.literal(&escape::shown(&self.doc.change_description(shown.number)));
        self.out.push(", ");
        match self.place_of_change(shown) {
            Some(place) => {
                self.out.literal(place.as_str());
                self.anchors.push(place);
            }
            None => self.out.push("none"),
        }
        self.out.push(", ");
        self.words_of_report(word);
        self.out.push(self.paint());
        self.out.push(")");
    }

    /// The place that a change gets here: its first one; of what is moved, where it stands now.
    fn place_of_change(&mut self, shown: Shown) -> Option<Anchor> {
        let home = self.homes.get(&shown.number).is_none_or(|home| Some(*home) == self.part);
        let left = shown.look == Look::Stands(StandingKind::MovedFrom);
        if home && !left && self.changes.insert(shown.number) {
            return Some(Anchor(change_place(shown.number)));
        }
        None
    }
}

/// The leaf with which an inline begins.
pub(super) fn first_leaf(inline: &Inline) -> &Inline {
    inline.children().first().map_or(inline, first_leaf)
}

/// Whether one is where a move comes from and the other where it goes.
fn is_other_end(one: Shown, other: Shown) -> bool {
    let moved = |shown: Shown| match shown.look {
        Look::Stands(kind @ (StandingKind::MovedTo | StandingKind::MovedFrom)) => Some(kind),
        Look::Stands(StandingKind::Inserted | StandingKind::Deleted) | Look::Reformatted => None,
    };
    moved(one).is_some() && moved(other).is_some() && moved(one) != moved(other)
}

/// The place of a change: a destination in the PDF.
pub(in crate::write::pdf) fn change_place(number: u32) -> String {
    format!("change-{number}")
}

/// The place of a change's line in the list of changes.
pub(in crate::write::pdf) fn list_place(number: u32) -> String {
    format!("rapporteur.change-{number}")
}
