//! Figures, and the captions of figures and tables.

use super::change::{Track, former_block, of_line};
use super::frame::Frame;
use super::style::{CharacterStyle, ParagraphStyle};
use super::writer::Writer;
use super::xml::{ParagraphBorders, RunProperties};
use crate::document::{
    Attributes, Block, BlockKind, Caption, Figure, Form, Inline, NodeId, Pt, Side, StandingKind, settle_blocks,
};
use crate::resolve::{Alternative, Anchor, CaptionInfo, CaptionKind, ImageInfo, Picture};

impl<'a> Writer<'a> {
    /// A figure beneath its caption.
    pub fn figure(&mut self, block: &'a Block, figure: &'a Figure, frame: &Frame<'a>) {
        let id = block.id;
        let mut frame = *frame;
        match &figure.caption {
            Some(caption) => {
                self.caption(id, caption, &frame);
                frame.before = None;
            }
            None => self.anchor_next(id),
        }
        // Within what is drawn around it a figure has no rules of its own.
        if frame.surround.is_none() {
            self.part_from_framed();
        }
        let info = &self.doc.images[id];
        match &info.picture {
            Picture::Asset { asset, width, height } => {
                let size = (*width, *height);
                let mut paragraph = self.at_edges(&frame, ParagraphStyle::Figure);
                if info.alternative == Alternative::Decorative && figure.caption.is_none() {
                    let rules = self.sheet.facts(ParagraphStyle::Figure).borders;
                    paragraph.properties.borders =
                        rules.map(|rules| ParagraphBorders::default().instead_of(Some(rules)));
                }
                let was =
                    former_block(block).and_then(|(was, mark)| Some((former_alternative(&was.form, info)?, mark)));
                self.paragraph(&frame, paragraph, |w| {
                    let picture = |w: &mut Self, alternative: &Alternative| {
                        w.run(&RunProperties::default(), |w| w.picture(&frame, *asset, size, alternative));
                    };
                    let Some((was, mark)) = was.filter(|_| w.changes.standing.is_none()) else {
                        return picture(w, &info.alternative);
                    };
                    // What a picture says to those who cannot see it is no property that Word tracks.
                    w.within(Some(Track { kind: StandingKind::Deleted, mark }), |w| picture(w, &was));
                    w.within(Some(Track { kind: StandingKind::Inserted, mark }), |w| picture(w, &info.alternative));
                });
            }
            Picture::Placeholder { .. } => self.placeholder(info, &frame),
        }
    }

    /// What stands in an absent picture's place: what is absent, and what it would have shown.
    fn placeholder(&mut self, info: &ImageInfo, frame: &Frame<'a>) {
        let Some((text, alternative)) = info.stand_in() else { return };
        let style = ParagraphStyle::Placeholder;
        let inner = self.surrounded(frame, "placeholder");
        self.plain(&inner, style, |w| {
            let run = w.line(&inner, style).run;
            w.text_run(&run, text);
            if let Some(alternative) = alternative {
                w.line_break(&run);
                w.text_run(&run, alternative);
            }
        });
    }

    /// "Figure 1" as a field within a bookmark, so that references to it keep current; then the caption.
    pub fn caption(&mut self, id: NodeId, caption: &'a Caption, frame: &Frame<'a>) {
        self.within(of_line(&caption.content), |w| w.caption_line(id, caption, frame));
    }

    fn caption_line(&mut self, id: NodeId, caption: &'a Caption, frame: &Frame<'a>) {
        let style = ParagraphStyle::Caption;
        // In a box what is drawn around the caption already keeps it off what follows.
        let frame = Frame { after: frame.surround.map(|_| Pt(0.0)), ..*frame };
        let former = self.doc.former.as_deref().filter(|_| self.changes.is_gone());
        let was = former.and_then(|former| former.captions.get(id));
        let info = self.doc.captions.get(id).or(was);
        let anchor = self.doc.anchors.get(id);
        self.anchor_next(caption.id);
        self.plain(&frame, style, |w| {
            if let Some(info) = info {
                let run = RunProperties { style: Some(CharacterStyle::CaptionLabel.id()), ..RunProperties::default() };
                w.bookmarked(anchor, |w| {
                    w.text_run(&run, &format!("{} ", info.label));
                    w.caption_number(info, anchor, &run);
                });
                w.text_run(&RunProperties::default(), "\u{2002}");
            }
            w.content(&frame, style, &caption.content);
        });
        if info.is_none() {
            self.anchor_next(id);
        }
    }

    /// The number of a figure or table. Where they count in chapters, the first of each begins anew, and what refers to
    /// the number refers to the chapter's with it, which is a field (ECMA-376 17.16.5.59) where Word counts the chapters.
    fn caption_number(&mut self, info: &'a CaptionInfo, anchor: Option<&Anchor>, run: &RunProperties) {
        let name = sequence_name(info.kind);
        let counted = self.chapter.as_deref() == info.chapter.as_deref() && self.chapter.is_some();
        let chapter = info.chapter.as_deref().unwrap_or_default();
        let before = if chapter.is_empty() { String::new() } else { format!("{chapter}.") };
        let Some(own) = info.number.strip_prefix(before.as_str()) else { return self.text_run(run, &info.number) };
        // Captions before the first chapter count from 1 by themselves.
        let gone = self.changes.is_gone();
        let anew = !gone && self.chapters.insert(info.kind, chapter).unwrap_or_default() != chapter;
        let switches = if anew { format!(" \\r {own}") } else { String::new() };
        let digits = self.shown.digits(anchor);
        self.bookmarked(digits.as_ref(), |w| {
            if counted {
                w.field("STYLEREF 1 \\n", run, |w| w.text_run(run, chapter));
                w.text_run(run, ".");
            } else {
                w.text_run(run, &before);
            }
            w.sequence(name, own, &switches, None, run);
        });
    }

    /// A caption in words, for those who cannot see what it stands above.
    pub fn caption_text(&self, id: NodeId, caption: &Caption) -> String {
        let text = if self.changes.redline {
            self.doc.plain_text(&standing(caption))
        } else {
            self.doc.plain_text(&caption.content)
        };
        match self.doc.captions.get(id) {
            Some(info) => format!("{} {}. {text}", info.label, info.number),
            None => text,
        }
    }
}

/// A caption's words in the new version.
fn standing(caption: &Caption) -> Vec<Inline> {
    let kind = BlockKind::Paragraph(caption.content.clone());
    let attributes = Attributes::default();
    let block = Block { id: caption.id, span: caption.span, attributes, kind, change: None };
    let settled = settle_blocks(&[block], &|_| Some(Side::New));
    let content = settled.into_iter().filter_map(|block| {
        let BlockKind::Paragraph(content) = block.kind else { return None };
        Some(content)
    });
    content.flatten().collect()
}

/// What an image said to those who cannot see it, if that was something else.
fn former_alternative(form: &Form, info: &ImageInfo) -> Option<Alternative> {
    let Form::Figure(image) = form else { return None };
    let was = if image.attributes.has_class("decorative") {
        Alternative::Decorative
    } else {
        Alternative::Text(image.alternative.clone())
    };
    (was != info.alternative).then_some(was)
}

/// What Word counts a kind of caption as (`SEQ`, ECMA-376 17.16.5.56), in every language.
pub(super) fn sequence_name(kind: CaptionKind) -> &'static str {
    match kind {
        CaptionKind::Figure => "Figure",
        CaptionKind::Table => "Table",
    }
}
