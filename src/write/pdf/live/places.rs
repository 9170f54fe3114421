//! From a place on a page to the drafts, and back.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::syntax::Span as TypstSpan;

use super::page::{Pages, Part};
use crate::document::Pt;
use crate::source::{FileId, Span};

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Page, from 0.
    pub page: usize,
    /// From the left.
    pub x: Pt,
    /// From the top.
    pub y: Pt,
}

impl Pages {
    /// What in the drafts stands at a place, or nearest to it on the page.
    pub fn origin(&self, spot: Spot) -> Option<Span> {
        let view = self.pages.get(spot.page)?;
        let part = &self.chapters[view.part];
        let mut pieces = Vec::new();
        collect(&part.laid.document.pages()[view.within].frame, Transform::identity(), &mut pieces);
        pieces.sort_by(|a, b| a.distance(&spot).total_cmp(&b.distance(&spot)));
        pieces.iter().find_map(|piece| part.origin(piece.span.into()))
    }

    /// Where a place in the drafts is, or what comes after it.
    pub fn find(&self, file: FileId, offset: usize) -> Option<Spot> {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let of_file = self.chapters.iter().filter_map(|part| Some((part.origins.nearest(file, offset)?, part)));
        // What stands in the contents as well stands in its chapter after them.
        let nearest = of_file.rev().min_by_key(|(away, _)| *away);
        nearest.and_then(|(_, part)| part.find(file, offset)).or_else(|| {
            let last = self.chapters.iter().rev().find(|part| part.origins.spans(file).next().is_some());
            last.and_then(|part| part.find(file, part.origins.spans(file).map(|span| span.start).max()?))
        })
    }
}

impl Part {
    fn find(&self, file: FileId, offset: u32) -> Option<Spot> {
        let wanted = self.origins.generated(file, offset)?;
        for (page, laid) in self.laid.document.pages().iter().enumerate() {
            let mut pieces = Vec::new();
            collect(&laid.frame, Transform::identity(), &mut pieces);
            let found = pieces.iter().find(|piece| {
                self.generated(piece.span.into())
                    .is_some_and(|range| wanted.start <= range.start && range.end <= wanted.end)
            });
            if let Some(piece) = found {
                let at = piece.at;
                return Some(Spot {
                    page: self.before + page,
                    x: Pt(at.x.to_pt()),
                    y: Pt((at.y - piece.height).to_pt()),
                });
            }
        }
        None
    }
}

/// Glyphs side by side that are of one piece of source.
struct Piece {
    /// On the baseline, at their start.
    at: Point,
    width: Abs,
    height: Abs,
    span: TypstSpan,
}

impl Piece {
    /// From a place; across counts less than down, so that what is on the same line is nearer.
    fn distance(&self, spot: &Spot) -> f64 {
        let outside = |low: f64, high: f64, at: f64| (low - at).max(at - high).max(0.0);
        let (left, bottom) = (self.at.x.to_pt(), self.at.y.to_pt());
        let across = outside(left, left + self.width.to_pt(), spot.x.0);
        let down = outside(bottom - self.height.to_pt(), bottom + 0.25 * self.height.to_pt(), spot.y.0);
        across + 8.0 * down
    }
}

fn collect(frame: &Frame, outer: Transform, pieces: &mut Vec<Piece>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let inner = outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                collect(&group.frame, inner, pieces);
            }
            FrameItem::Text(text) => {
                let mut x = at.x;
                for run in text.glyphs.chunk_by(|a, b| a.span.0 == b.span.0) {
                    let width: Abs = run.iter().map(|glyph| glyph.x_advance.at(text.size)).sum();
                    let span = run[0].span.0;
                    if !span.is_detached() {
                        let at = Point::new(x, at.y).transform(outer);
                        pieces.push(Piece { at, width, height: text.size, span });
                    }
                    x += width;
                }
            }
            FrameItem::Image(_, size, span) if !span.is_detached() => {
                let at = (*at + Point::with_y(size.y)).transform(outer);
                pieces.push(Piece { at, width: size.x, height: size.y, span: *span });
            }
            FrameItem::Image(..) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
