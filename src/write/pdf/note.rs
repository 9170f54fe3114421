//! References to notes, and the notes: each set once, with its first reference.

use super::generator::{Generator, Place};
use crate::document::{Block, BlockKind, NodeId, Pt};
use crate::resolve::LanguageInfo;

impl Generator<'_> {
    pub(super) fn note_reference(&mut self, id: NodeId) {
        let doc = self.doc;
        if self.place.in_contents {
            return;
        }
        if self.place.in_link {
            self.late_notes.push((id, self.place.decorated));
            return;
        }
        let info = &doc.note_references[id];
        if info.number.is_none() {
            return self.text(&info.label);
        }
        if self.place.in_repeated_head {
            self.anchor(&info.anchor);
            self.statement("note-mark(");
            self.out.literal(&info.label);
            self.out.push(")");
            if info.first {
                self.head_notes.push(id);
            }
            return;
        }
        self.note(id, info.first, "");
    }

    /// The notes of a repeated head, without a mark.
    pub(super) fn head_notes(&mut self) {
        for id in std::mem::take(&mut self.head_notes) {
            self.note(id, true, ", silent: true");
        }
    }

    pub(super) fn note(&mut self, id: NodeId, first: bool, more: &str) {
        let doc = self.doc;
        let speech = |block: &Block| doc.languages.get(block.id);
        let info = &doc.note_references[id];
        let number = info.number.expect("only references to notes that exist get here");
        let (note, body) = doc.note(number);
        self.statement(if first { "note(" } else { "note-ref(" });
        match self.place.decorated {
            Some(shown) => self.sequence(|g| g.looking(shown.look, &info.label)),
            None => self.out.literal(&info.label),
        }
        self.out.push(", ");
        self.target(&note.anchor);
        self.out.push(", ");
        self.out.literal(&format!("{} {}", doc.terms.footnote, info.label));
        self.out.push(", ");
        self.out.literal(info.anchor.as_str());
        self.anchors.push(info.anchor.clone());
        if first {
            self.anchors.push(note.anchor.clone());
            self.out.push(", ");
            self.out.literal(doc.terms.back_to_text);
            self.out.push(", ");
            self.note_body(&body.blocks);
            if let Some(language) = body.blocks.first().and_then(speech) {
                self.spoken(language);
            }
        }
        self.out.push(more);
        self.out.push(")");
    }

    /// The arguments that set a note in another language: its number stands where its lines begin.
    fn spoken(&mut self, language: &LanguageInfo) {
        self.out.push(", look: it => ");
        let report = Place { direction: self.doc.language.direction, ..self.place };
        self.within(report, |g| g.language(language));
        self.out.push(&format!("it), dir: {}", language.direction.name()));
    }

    /// The body of a note; its first paragraph follows the number on one line.
    pub(super) fn note_body(&mut self, blocks: &[Block]) {
        let role = self.style.role("footnote");
        let width = Pt(self.style.page.measure().0 - role.hang.0);
        let LanguageInfo { direction, emphasis, .. } = self.doc.language;
        let place = Place {
            width,
            size: role.size,
            contained: true,
            in_note: true,
            direction,
            emphasis,
            foreign: false,
            struck: false,
            decorated: None,
            numbered: false,
            link_by_leaf: false,
            change: None,
            depth: 0,
            ..self.place
        };
        let outer = std::mem::take(&mut self.waiting);
        let running = self.running.take();
        self.within(place, |g| g.running_on(blocks));
        (self.waiting, self.running) = (outer, running);
    }

    /// Blocks of which the first, if a paragraph, goes on where something else has begun.
    pub(super) fn running_on(&mut self, blocks: &[Block]) {
        self.sequence(|g| match blocks {
            [block @ Block { kind: BlockKind::Paragraph(content), .. }, rest @ ..] => {
                g.whole(&block.change, |g| match g.doc.languages.get(block.id) {
                    Some(language) => g.in_language(language, |g| g.line(block, content)),
                    None => {
                        g.statement("");
                        g.line(block, content);
                    }
                });
                g.statement("parbreak()");
                g.block_statements(rest);
            }
            blocks => g.block_statements(blocks),
        });
    }
}
