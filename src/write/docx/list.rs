//! Lists: real ones, that count on by themselves.

use super::change::{Track, former_block};
use super::frame::Frame;
use super::numbering::{ItemList, Marker, Numbering};
use super::style::ParagraphStyle;
use super::writer::{Paragraph, Writer};
use super::xml::{Indent, ListReference};
use crate::document::{Block, BlockKind, Form, List, ListItem, ListKind, Pt, Side, Was};

impl<'a> Writer<'a> {
    /// A list and all beneath it.
    pub fn list(&mut self, block: &'a Block, list: &'a List, frame: &Frame<'a>) {
        let (depth, markers) = match self.doc.lists.get(block.id) {
            Some(info) => (info.depth, info.markers.as_slice()),
            None => (0, &[][..]),
        };
        let first_style = frame.list.unwrap_or(match list.kind {
            ListKind::Bullet => ParagraphStyle::ListBullet,
            ListKind::Ordered { .. } => ParagraphStyle::ListNumber,
        });
        let role = self.sheet.tokens.role("list");
        let inner = frame.inset(role.indent, Pt(0.0));
        let after = self.space_after(frame, first_style);
        let inner = Frame { paragraph: frame.list.unwrap_or(ParagraphStyle::ListContinue), after, ..inner };
        let mut lists = self.numbering.list(list.kind, depth);
        self.changes.lists.begin(block.id, depth);
        let mut former = self.former_list(block, depth);
        for (index, item) in list.items.iter().enumerate() {
            let track = Track::of(&item.change);
            self.within(track, |w| {
                let marker = check(item.checked).or(markers.get(index).map(String::as_str)).unwrap_or("•");
                let pad = w.pad(&inner, role.hang);
                let counts = track.is_none_or(|track| track.kind.side() == Side::New);
                let marker = if counts {
                    w.numbering.item(&mut lists, marker, pad, w.sheet)
                } else {
                    w.numbering.uncounted(&mut lists, marker, pad, w.sheet)
                };
                w.changes.lists.know(depth, list.kind, &lists);
                let was = w.former_item(item, former.as_mut().unwrap_or(&mut lists), (pad, depth));
                let was = was.or_else(|| {
                    let former = former.as_mut().filter(|_| track.is_none())?;
                    let bullet = Numbering::bullet(former, w.sheet);
                    Some((depth, w.numbering.uncounted(former, check(item.checked).unwrap_or(&bullet), pad, w.sheet)))
                });
                let was_style = former_style(block, item, first_style);
                let look = ItemLook { style: first_style, was_style, depth, marker, was };
                w.changes.lists.item(item);
                w.item(item, &look, &inner.for_block(index, list.items.len()));
            });
        }
    }

    /// A list of the kind that it was, where it was of another.
    fn former_list(&mut self, block: &'a Block, depth: u8) -> Option<ItemList> {
        let (was, _) = former_block(block)?;
        match was.form {
            Form::List(kind) => Some(self.numbering.list(kind, depth)),
            Form::Paragraph
            | Form::Heading(_)
            | Form::Box(_)
            | Form::CodeBlock(_)
            | Form::Figure(_)
            | Form::Table(_)
            | Form::Plain => None,
        }
    }

    /// What stood before an item that was ticked or not.
    fn former_item(&mut self, item: &'a ListItem, list: &mut ItemList, (pad, depth): (u8, u8)) -> Option<(u8, Marker)> {
        let former = item.change.as_ref()?.former.as_ref()?;
        let mut other = None;
        let (depth, checked) = match former.was {
            Was::Item(checked) => (depth, checked),
            Was::Level { level, kind } => {
                let (depth, known) = self.changes.lists.at(level, kind);
                other = Some((depth, kind, known.unwrap_or_else(|| self.numbering.list(kind, depth))));
                (depth, item.checked)
            }
            Was::Block(_) | Was::Run(_) | Was::Cell { .. } => return None,
        };
        self.meet(&former.mark, Side::New);
        let list = other.as_mut().map_or(list, |(.., list)| list);
        let bullet = Numbering::bullet(list, self.sheet);
        let marker = self.numbering.uncounted(list, check(checked).unwrap_or(&bullet), pad, self.sheet);
        if let Some((depth, kind, list)) = other {
            self.changes.lists.know(depth, kind, &list);
        }
        Some((depth, marker))
    }

    /// Below a list stands what stands below a paragraph of its container, unless another list goes on around it.
    fn space_after(&self, frame: &Frame<'a>, style: ParagraphStyle) -> Option<Pt> {
        let around = self.sheet.facts(frame.paragraph).after;
        let nested = frame.paragraph == ParagraphStyle::ListContinue || frame.paragraph == style;
        frame.after.or((!nested).then_some(around))
    }

    /// How many indents a marker stands further in than what is drawn around it.
    fn pad(&self, frame: &Frame<'a>, hang: Pt) -> u8 {
        let indent = self.sheet.tokens.role("list").indent.0.max(1.0);
        let further = frame.surround.map_or(0.0, |around| (frame.start - hang - around.start).0 / indent);
        further.round().clamp(0.0, 8.0) as u8
    }

    fn item(&mut self, item: &'a ListItem, look: &ItemLook, frame: &Frame<'a>) {
        let style = look.style;
        self.anchor_next(item.id);
        if self.changes.redline && self.changes.standing.is_none() && first_differs(&item.blocks) {
            return self.item_of_both(item, look, frame);
        }
        let doc = self.doc;
        let unnumbered = |block: &Block| doc.formulas.get(block.id).is_some_and(|info| info.number.is_none());
        let leads = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph(_))
                || matches!(block.kind, BlockKind::Formula(_)) && unnumbered(block)
        };
        let leading = item.blocks.first().filter(leads);
        let rest = &item.blocks[usize::from(leading.is_some())..];
        let first = if rest.is_empty() { *frame } else { frame.followed() };
        let after = first.after.or(rest.first().and_then(|next| self.space_before(next, frame)));
        let first = Frame { after, ..first };
        let paragraph = self.led(look, &first);
        if let Some(block) = leading {
            self.key_next(block.id);
            if let Some((_, mark)) = former_block(block) {
                self.meet(mark, Side::New);
            }
            self.changes.end = Self::end_of(&block.change);
        }
        self.paragraph(&first, paragraph, |w| {
            if let Some(block) = leading {
                let first = first.in_language(w.doc.languages.get(block.id));
                let anchor = w.doc.anchors.get(block.id);
                w.bookmarked(anchor, |w| {
                    if let BlockKind::Paragraph(content) = &block.kind {
                        w.content(&first, style, content);
                    } else if let BlockKind::Formula(formula) = &block.kind {
                        w.formula(block.id, formula, &w.line(&first, style));
                    }
                });
            }
        });
        self.blocks(rest, &Frame { before: None, ..*frame });
    }

    /// The paragraph that an item's marker stands before, as it is and, where it was another, as it was.
    fn led(&self, look: &ItemLook, frame: &Frame<'a>) -> Paragraph {
        let mut paragraph = self.marked(frame, look.style, look.depth, look.marker.clone());
        let was = look.was.clone().filter(|_| self.changes.standing.is_none());
        paragraph.was = was.map(|(depth, was)| {
            let further = self.sheet.tokens.role("list").indent * (f64::from(depth) - f64::from(look.depth));
            let frame = Frame { start: frame.start + further, ..*frame };
            Box::new(self.marked(&frame, look.was_style, depth, was))
        });
        paragraph
    }

    fn marked(&self, frame: &Frame<'a>, style: ParagraphStyle, depth: u8, marker: Marker) -> Paragraph {
        let role = self.sheet.tokens.role("list");
        let mut paragraph = self.at_edges(frame, style);
        paragraph.indent.hang = role.hang;
        if let Marker::List(ListReference { level: Some(_), .. }) = marker {
            let start = Pt(role.indent.0 * f64::from(depth.min(8) + 1));
            paragraph.natural = Indent { start, end: Pt(0.0), hang: role.hang };
        }
        self.number(&mut paragraph, marker);
        paragraph
    }

    /// An item whose first paragraph is not the same in both versions: each has its marker before its own.
    fn item_of_both(&mut self, item: &'a ListItem, look: &ItemLook, frame: &Frame<'a>) {
        let mut waiting = vec![Side::Old, Side::New];
        for (index, block) in item.blocks.iter().enumerate() {
            let inner = Frame { before: None, ..frame.for_block(index, item.blocks.len()) };
            let track = Track::of(&block.change);
            let stands = |side: &Side| track.is_none_or(|track| track.kind.side() == *side);
            let (here, still): (Vec<Side>, Vec<Side>) = waiting.iter().partition(|side| stands(side));
            waiting = still;
            let BlockKind::Paragraph(content) = &block.kind else {
                if let Some(track) = self.empty_marker(&here, track) {
                    self.within(track, |w| w.plain_marker(look, &inner));
                }
                self.blocks(&item.blocks[index..=index], &inner);
                continue;
            };
            if here.is_empty() {
                self.blocks(&item.blocks[index..=index], &inner);
                continue;
            }
            self.key_next(block.id);
            self.within(track, |w| {
                let mut paragraph = w.led(look, &inner);
                let plain = w.at_edges(&inner, inner.paragraph);
                match (track, here.as_slice()) {
                    // It was the first, and another is now; or the other way round.
                    (None, [Side::Old]) => {
                        let was = std::mem::replace(&mut paragraph, plain);
                        paragraph.was = Some(Box::new(was));
                    }
                    (None, [Side::New]) => paragraph.was = Some(Box::new(plain)),
                    (Some(_) | None, _) => {}
                }
                w.changes.end = Self::end_of(&block.change);
                let inner = inner.in_language(w.doc.languages.get(block.id));
                let style = paragraph.style;
                w.paragraph(&inner, paragraph, |w| {
                    w.bookmarked(w.doc.anchors.get(block.id), |w| w.content(&inner, style, content));
                });
            });
        }
        if let Some(track) = self.empty_marker(&waiting, None) {
            self.within(track, |w| w.plain_marker(look, frame));
        }
    }

    /// How a marker stands that has no text beside it in some versions; `None` where there is none.
    fn empty_marker(&self, sides: &[Side], track: Option<Track<'a>>) -> Option<Option<Track<'a>>> {
        let side = *sides.first()?;
        if sides.len() > 1 || track.is_some() {
            return Some(track);
        }
        self.nearest_on(side)
    }

    fn plain_marker(&mut self, look: &ItemLook, frame: &Frame<'a>) {
        let paragraph = self.led(look, frame);
        self.paragraph(frame, paragraph, |_| {});
    }
}

/// How an item is marked.
struct ItemLook {
    /// The style of the paragraph with its marker.
    style: ParagraphStyle,
    /// The same in the old version.
    was_style: ParagraphStyle,
    /// Lists around it.
    depth: u8,
    /// The marker.
    marker: Marker,
    /// The depth and the marker that it had, where that was another.
    was: Option<(u8, Marker)>,
}

/// A box to tick.
fn check(checked: Option<bool>) -> Option<&'static str> {
    checked.map(|checked| if checked { "☑" } else { "☐" })
}

/// The style of a list's items in the old version: a list of another kind had another, unless its container has one of its own.
fn former_style(block: &Block, item: &ListItem, style: ParagraphStyle) -> ParagraphStyle {
    let level = item.change.as_ref().and_then(|change| change.former.as_ref()).and_then(|former| match former.was {
        Was::Level { kind, .. } => Some(kind),
        Was::Block(_) | Was::Run(_) | Was::Item(_) | Was::Cell { .. } => None,
    });
    let of_list =
        || former_block(block).and_then(|(was, _)| if let Form::List(kind) = was.form { Some(kind) } else { None });
    match (level.or_else(of_list), style) {
        (Some(ListKind::Bullet), ParagraphStyle::ListNumber) => ParagraphStyle::ListBullet,
        (Some(ListKind::Ordered { .. }), ParagraphStyle::ListBullet) => ParagraphStyle::ListNumber,
        (Some(_) | None, style) => style,
    }
}

/// Whether what comes first in a version is not what comes first in the other.
fn first_differs(blocks: &[Block]) -> bool {
    let first = |side: Side| {
        blocks.iter().position(|block| Track::of(&block.change).is_none_or(|track| track.kind.side() == side))
    };
    first(Side::Old) != first(Side::New)
}
