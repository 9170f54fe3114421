//! Headings: set from what was decided about them; a bookmark is their number and words.

use super::change::{self, Shown};
use super::generator::Generator;
use super::inline::words;
use crate::document::{Block, BlockKind, Heading};
use crate::resolve::{HeadingInfo, HeadingPlace, ResolvedDocument};
use crate::style::heading_role;

impl Generator<'_> {
    /// Whether a block is a heading that begins a page.
    pub(super) fn begins_page(&self, block: &Block) -> bool {
        let BlockKind::Heading(heading) = &block.kind else { return false };
        let Some(info) = self.doc.headings.get(block.id).filter(|_| !self.place.in_note) else { return false };
        let gone = change::standing(&block.change).or(self.place.change).is_some_and(Shown::is_gone);
        !gone && !bookmark(self.doc, info, heading).is_empty() && self.breaks_page(info)
    }

    fn breaks_page(&self, info: &HeadingInfo) -> bool {
        self.style.role(heading_style(info)).page_break_before && !self.place.contained
    }

    /// Headings in notes are set as paragraphs: they are no part of the report's order.
    pub(super) fn heading(&mut self, block: &Block, heading: &Heading) {
        let Some(info) = self.doc.headings.get(block.id).filter(|_| !self.place.in_note) else {
            return self.strong_paragraph(&heading.content);
        };
        if self.place.change.is_some_and(Shown::is_gone) {
            return self.gone_heading(block, heading, info);
        }
        let bookmark = bookmark(self.doc, info, heading);
        if bookmark.is_empty() {
            return self.waiting.push(info.anchor.clone());
        }
        let role = heading_style(info);
        if self.breaks_page(info) {
            self.statement("chapter-break\n");
        }
        self.statement("title-block(");
        self.out.literal(role);
        self.out.push(&format!(", {}, ", info.level.get()));
        self.heading_number(info);
        self.out.literal(&bookmark);
        self.out.push(", ");
        self.out.literal(info.anchor.as_str());
        self.anchors.push(info.anchor.clone());
        self.out.push(", ");
        self.line(block, &heading.content);
        self.out.push(")");
    }

    /// A heading that stands in the old version alone looks like one, and is none: neither the order of headings nor the bookmarks know it.
    fn gone_heading(&mut self, block: &Block, heading: &Heading, info: &HeadingInfo) {
        self.waiting.push(info.anchor.clone());
        self.statement("gone-title(");
        self.out.literal(heading_style(info));
        self.out.push(", ");
        self.heading_number(info);
        self.line(block, &heading.content);
        self.out.push(")");
    }

    /// A heading's number, and whether it stands before the title instead of in the gutter.
    fn heading_number(&mut self, info: &HeadingInfo) {
        match &info.number {
            Some(number) if self.place.change.is_some() => self.number(number),
            number => self.optional_shown(number.as_deref()),
        }
        self.out.push(if runs_in(info) { ", true, " } else { ", false, " });
    }
}

/// The role of a heading.
pub(super) fn heading_style(info: &HeadingInfo) -> &'static str {
    match (info.level.get(), info.place) {
        (1, HeadingPlace::Front) => "front-heading",
        (1, HeadingPlace::Annex) => "annex",
        (_, HeadingPlace::Front | HeadingPlace::Body | HeadingPlace::Annex) => heading_role(info.level),
    }
}

/// Whether the number stands before the title instead of in the gutter: "Annex I. Sessions".
pub(super) fn runs_in(info: &HeadingInfo) -> bool {
    match info.place {
        HeadingPlace::Annex => info.level.get() == 1,
        HeadingPlace::Front | HeadingPlace::Body => false,
    }
}

/// Number and title as a bookmark has them; empty for a heading without text, which is none (PDF/UA-1).
fn bookmark(doc: &ResolvedDocument, info: &HeadingInfo, heading: &Heading) -> String {
    let title = words(doc, &change::accepted(&heading.content));
    match &info.number {
        Some(number) if !title.is_empty() => format!("{number} {title}"),
        Some(_) | None => title,
    }
}
