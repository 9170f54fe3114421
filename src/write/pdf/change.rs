//! What a redline shows as changed: underlined, struck, framed or said in a word; each with its number, which leads to the list of changes.
//!
//! In: the marks of the tree. Out: calls of the template's functions for changes; a tree without marks has none of them. Text that came is
//! underlined and text that went is struck, never both (ISO 14289-1 allows one decoration at a time); what is no text has a frame and a word.

mod block;
mod home;
mod look;
mod number;

pub(super) use home::homes;
pub(super) use look::{Look, Shown, accepted, is_marked, line, of_cover, standing};
pub(super) use number::{change_place, list_place};

use super::generator::{Generator, Place};
use crate::document::{Inline, InlineKind, Marked};
use crate::resolve::ChangeObject;
use look::leaf;
use number::first_leaf;

impl Generator<'_> {
    /// Generates a node that may stand in one version only: then so does all within.
    pub(super) fn whole(&mut self, change: &Marked, content: impl FnOnce(&mut Self)) {
        match standing(change) {
            Some(shown) => {
                // What stands in another's place says its number again.
                self.running = self.running.filter(|before| before.look == shown.look);
                self.within(Place { change: Some(shown), ..self.place }, content);
            }
            None => content(self),
        }
    }

    /// How a leaf is shown, by its own mark or by that of what it stands in.
    pub(super) fn shown_as(&self, inline: &Inline) -> Option<Shown> {
        if self.place.in_contents {
            return None;
        }
        inline.change.as_deref().and_then(leaf).or(self.place.change)
    }

    /// Statements that are shown as changed.
    pub(super) fn changed(&mut self, shown: Shown, content: impl FnOnce(&mut Self)) {
        self.change_call("changed", shown);
        let place = Place { decorated: Some(shown), ..self.place };
        self.within(place, |g| g.sequence(content));
        // Within text that a writer struck, a line beneath it is no decoration of its own.
        self.out.push(if self.place.struck && !shown.is_gone() { ", struck: true" } else { "" });
        self.out.push(self.paint());
        self.out.push(")");
    }

    /// The colour of what has changed, where it has not one of its own.
    fn paint(&self) -> &'static str {
        if self.place.on_panel { ", paint: panel-paint" } else { "" }
    }

    /// A picture or formula in a line, which no line is drawn through or under.
    fn changed_object(&mut self, shown: Shown, content: impl FnOnce(&mut Self)) {
        self.change_call("changed-object", shown);
        self.sequence(content);
        self.out.push(")");
    }

    fn change_call(&mut self, function: &str, shown: Shown) {
        self.statement(function);
        self.out.push(&format!("(\"{}\", {}, ", shown.look.name(), shown.number));
    }

    /// A leaf as it is shown.
    pub(super) fn marked_leaf(&mut self, inline: &Inline, shown: Shown, content: impl FnOnce(&mut Self)) {
        match &inline.kind {
            InlineKind::Image(_) | InlineKind::Formula(_) => self.changed_object(shown, content),
            InlineKind::LineBreak => {
                self.changed(shown, |g| g.statement_literal("\u{21b5}"));
                if !shown.is_gone() {
                    content(self);
                }
            }
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Code(_)
            | InlineKind::Link(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_)
            | InlineKind::Citation(_)
            | InlineKind::Span(..) => self.changed(shown, content),
        }
    }

    /// Words of the program, shown as what they belong to is.
    pub(super) fn generated(&mut self, text: Option<&str>) {
        match self.place.change.filter(|_| text.is_some()) {
            Some(shown) => self.sequence(|g| {
                g.changed(shown, |g| {
                    g.statement("");
                    g.words_of_report(text);
                })
            }),
            None => self.words_of_report(text),
        }
    }

    /// The address of a link, where it is what changed: its words are the same.
    pub(super) fn changed_address(&mut self, content: &[Inline], address: &str) {
        let Some(shown) = content.first().and_then(|inline| self.shown_as(first_leaf(inline))) else { return };
        let change = self.doc.revision.as_ref().and_then(|revision| revision.change(shown.number));
        if change.is_some_and(|change| change.object == ChangeObject::Link) {
            self.changed(shown, |g| g.text(&format!(" ({address})")));
        }
    }
}
