//! Figures, and the captions that tables share with them.

use super::escape;
use super::generator::{Generator, Place};
use crate::document::{Caption, Figure, NodeId};
use crate::resolve::{Alternative, Picture};

impl Generator<'_> {
    pub(super) fn figure(&mut self, id: NodeId, figure: &Figure) {
        let info = &self.doc.images[id];
        self.statement("captioned(image, ");
        self.caption(id, figure.caption.as_ref());
        self.out.push(", false, ");
        match &info.picture {
            Picture::Asset { .. } => {
                let decorative = info.alternative == Alternative::Decorative && figure.caption.is_none();
                self.out.push(if decorative { "unframed(" } else { "framed(" });
                self.with_anchors(|g| g.picture(id));
                self.out.push("))");
            }
            Picture::Placeholder { .. } => {
                let Some((text, alternative)) = info.stand_in() else { return };
                self.out.push("placeholder-look(");
                self.with_anchors(|g| {
                    g.out.literal(&escape::shown(text));
                    if let Some(alternative) = alternative {
                        g.statement_literal(" ");
                        g.statement("linebreak()");
                        g.statement_literal(&escape::shown(alternative));
                    }
                });
                self.out.push("), alternative: ");
                self.out.literal(&[Some(text), alternative].into_iter().flatten().collect::<Vec<_>>().join(" "));
                self.out.push(")");
            }
        }
    }

    /// One expression with the anchors that still wait before it.
    pub(super) fn with_anchors(&mut self, content: impl FnOnce(&mut Self)) {
        self.sequence(|g| {
            g.waiting_anchors();
            g.statement("");
            content(g);
        });
    }

    /// A caption with label and number, or `none`.
    pub(super) fn caption(&mut self, id: NodeId, caption: Option<&Caption>) {
        let Some(caption) = caption else { return self.out.push("none") };
        let label = self.doc.captions.get(id).map(|info| format!("{}\u{a0}{}", info.label, info.number));
        let start = self.out.position();
        if let Some(anchor) = self.doc.anchors.get(caption.id) {
            self.waiting.push(anchor.clone());
        }
        self.out.push("caption-line(");
        self.generated(label.as_deref());
        self.out.push(", ");
        let size = self.style.role("caption").size;
        self.within(Place { size, ..self.place }, |g| g.inlines(&caption.content));
        self.out.push(")");
        self.out.came_from(start, caption.span);
    }
}
