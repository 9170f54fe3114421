//! Blocks that have changed: the labels and frames of what has no words of its own, and what is said at a line's beginning and end.

use super::look::{Look, Shown, standing};
use crate::document::{Block, BlockKind, Inline, Marked, ParagraphEnd, StandingKind};
use crate::resolve::Is;
use crate::write::pdf::escape;
use crate::write::pdf::generator::Generator;

/// How a block can be seen to be changed.
enum Presence {
    /// It is a line, where all that is said of it stands.
    Line,
    /// By its words.
    Text,
    /// By its words, and a label says of what they are.
    Label,
    /// It has no words: a frame and a label.
    Frame,
}

fn presence(kind: &BlockKind) -> Presence {
    match kind {
        BlockKind::Paragraph(_) | BlockKind::Heading(_) => Presence::Line,
        BlockKind::List(_)
        | BlockKind::DescriptionList(_)
        | BlockKind::BlockQuote(_)
        | BlockKind::Details(_)
        | BlockKind::Division(_)
        | BlockKind::Bibliography(_) => Presence::Text,
        BlockKind::Table(_) | BlockKind::CodeBlock(_) | BlockKind::Box(_) => Presence::Label,
        BlockKind::Figure(_) | BlockKind::Formula(_) | BlockKind::ThematicBreak => Presence::Frame,
    }
}

impl Generator<'_> {
    /// A block with what a redline says before it and draws around it, where its words alone do not show that it is changed.
    pub(in crate::write::pdf) fn labelled(&mut self, block: &Block, content: impl FnOnce(&mut Self)) {
        match presence(&block.kind) {
            Presence::Line => content(self),
            Presence::Frame => match self.place.change {
                Some(shown) => {
                    self.change_label(shown, &self.standing_label(block, shown));
                    self.change_call("changed-block", shown);
                    self.sequence(content);
                    self.out.push(")");
                }
                None => self.after_former(block, content),
            },
            Presence::Label => match standing(&block.change) {
                Some(shown) => {
                    self.change_label(shown, &self.standing_label(block, shown));
                    content(self);
                }
                None => self.after_former(block, content),
            },
            Presence::Text => self.after_former(block, content),
        }
    }

    /// What is said of a block that stands in one version, before it.
    fn standing_label(&self, block: &Block, shown: Shown) -> String {
        match shown.look {
            Look::Stands(kind) => self.doc.standing_label(shown.number, kind, &block.kind),
            Look::Reformatted => self.doc.change_name(shown.number),
        }
    }

    /// A block, after what its form was.
    fn after_former(&mut self, block: &Block, content: impl FnOnce(&mut Self)) {
        if let Some(former) = block.change.as_ref().and_then(|change| change.former.as_ref()) {
            let shown = Shown { look: Look::Reformatted, number: former.mark.number };
            self.change_label(shown, &self.doc.former_label(former, Is::Block(&block.kind)));
        }
        content(self);
    }

    /// A label before what is no running text: the number of its change, and a word.
    fn change_label(&mut self, shown: Shown, text: &str) {
        self.running = Some(shown);
        self.change_call("change-label", shown);
        self.number_arguments(shown, Some(text));
        self.out.push("\n");
    }

    /// What a node's form was is said where its text begins.
    pub(in crate::write::pdf) fn former_format(&mut self, change: &Marked, is: Is<'_>) {
        if let Some(former) = change.as_ref().and_then(|change| change.former.as_ref()) {
            let shown = Shown { look: Look::Reformatted, number: former.mark.number };
            self.pending.push((shown, self.doc.former_label(former, is)));
        }
    }

    /// The changes of form that wait for text.
    pub(in crate::write::pdf) fn pending_changes(&mut self) {
        for (shown, word) in std::mem::take(&mut self.pending) {
            self.running = Some(shown);
            self.change_call("change-number", shown);
            self.number_arguments(shown, Some(&word));
        }
    }

    /// The line of a block as one expression: what it was, its inlines, and how it ends.
    pub(in crate::write::pdf) fn line(&mut self, block: &Block, content: &[Inline]) {
        let change = &block.change;
        self.former_format(change, Is::Block(&block.kind));
        let end = change.as_ref().and_then(|change| change.end.as_ref());
        self.sequence(|g| {
            g.waiting_anchors();
            g.pending_changes();
            g.beside_change = None;
            g.inline_statements(content);
            end.into_iter().for_each(|end| g.paragraph_end(end));
        });
    }

    /// The number of a heading or paragraph.
    pub(in crate::write::pdf) fn number(&mut self, number: &str) {
        match self.place.change {
            Some(shown) => self.sequence(|g| g.changed(shown, |g| g.statement_literal(&escape::shown(number)))),
            None => self.out.literal(number),
        }
    }

    /// The end of a paragraph that stands in one version only.
    pub(in crate::write::pdf) fn paragraph_end(&mut self, end: &ParagraphEnd) {
        let look = Look::Stands(StandingKind::on(end.side));
        let shown = Shown { look, number: end.mark.number };
        self.change_number(shown);
        self.changed(shown, |g| g.statement_literal("\u{b6}"));
    }
}
