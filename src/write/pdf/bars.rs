//! Bars in the margin beside what a redline shows as changed, each with the numbers of its changes, drawn on finished pages.
//!
//! In: laid-out pages, in which `barred` of the template has left where a change begins and ends. Out: the same pages with bars. Where a line, cell
//! or note came to stand is looked up, never asked of Typst while it lays out, so that pages are the same as without bars. Bars and their numbers
//! are artifacts (ISO 32000-1 14.8.2.2): the text beside them has the number, too.

mod extent;

use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::EcoVec;
use typst::layout::{Abs, Point, Size};
use typst::pdf::ArtifactKind;
use typst::syntax::Span;
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::{Page, PagedDocument};

use super::stamp::Stamp;
use super::world::Press;
use crate::document::Direction;
use crate::style::Stylesheet;
pub(super) use extent::{Extent, of_pages};

/// What stands between bar and text, and between bar and numbers, in points.
const CLEARANCE: f64 = 9.0;
/// Lines nearer to each other than this have one bar; their leading is less.
const NEAR: f64 = 10.0;
/// Changes that begin nearer to each other than this begin on one line.
const SAME_LINE: f64 = 8.0;
/// How thick a bar is.
const THICKNESS: f64 = 1.25;
/// What numbers keep clear of the edge of the paper.
const EDGE: f64 = 14.0;

/// Draws the bars of a document, and says what Typst doubts in their numbers.
/// # Errors
/// What Typst refused of a number.
pub(super) fn draw(
    document: &PagedDocument,
    press: &Press,
    style: &Stylesheet,
    direction: Direction,
) -> SourceResult<(PagedDocument, EcoVec<SourceDiagnostic>)> {
    let bars = Bars::new(press, style, direction);
    let mut doubts = EcoVec::new();
    let extents = of_pages(document.pages());
    let mut pages = EcoVec::with_capacity(document.pages().len());
    for (at, (page, extents)) in document.pages().iter().zip(&extents).enumerate() {
        let mut page = page.clone();
        doubts.extend(bars.on(&mut page, at, extents)?);
        pages.push(page);
    }
    let info = typst::model::Document::info(document).clone();
    Ok((PagedDocument::new(pages, info), doubts))
}

/// How bars stand.
pub(super) struct Bars {
    stamp: Stamp,
    direction: Direction,
    /// From the edge of the paper at which lines begin.
    from_edge: Abs,
    color: Color,
}

impl Bars {
    /// From what the press has beside its sources, and the style.
    pub(super) fn new(press: &Press, style: &Stylesheet, direction: Direction) -> Self {
        let source = "#import \"/template.typ\": *\n#let numbers(text) = bar-numbers(text)\n".to_owned();
        let stamp = Stamp::new(press, source, "numbers", ArtifactKind::LineNumber);
        let page = &style.page;
        let from_edge = Abs::pt((page.margin_start.0 - page.gutter.0 - CLEARANCE).max(EDGE));
        let ink = style.color(&style.role("body").color);
        Self { stamp, direction, from_edge, color: Color::from_u8(ink.red, ink.green, ink.blue, 255) }
    }

    /// Draws those of a page, the `at`th of all from 0, once all else of it is there. What Typst doubts in their numbers.
    /// # Errors
    /// What Typst refused of a number.
    pub(super) fn on(&self, page: &mut Page, at: usize, extents: &[Extent]) -> SourceResult<EcoVec<SourceDiagnostic>> {
        let mut doubts = EcoVec::new();
        if extents.is_empty() {
            return Ok(doubts);
        }
        let mut extents = extents.to_vec();
        extents.sort_by(|one, other| one.top.cmp(&other.top).then(one.bottom.cmp(&other.bottom)));
        let width = page.frame.width();
        let across = |from_edge: Abs| match self.direction {
            Direction::LeftToRight => from_edge,
            Direction::RightToLeft => width - from_edge,
        };
        for (top, bottom) in joined(&extents) {
            let stroke = FixedStroke::from_pair(self.color.clone(), Abs::pt(THICKNESS));
            let line = Geometry::Line(Point::with_y(bottom - top)).stroked(stroke);
            let item = typst::layout::FrameItem::Shape(line, Span::detached());
            page.frame.push(Point::new(across(self.from_edge), top), item);
        }
        let room = Size::new(self.from_edge - Abs::pt(EDGE / 2.0) - Abs::pt(4.0), Abs::pt(60.0));
        for (top, numbers) in beginnings(&extents) {
            let (frame, said) = self.stamp.set([listed(&numbers)], &("bar", at, numbers[0]), room)?;
            doubts.extend(said);
            let left = match self.direction {
                Direction::LeftToRight => Abs::pt(EDGE / 2.0),
                Direction::RightToLeft => width - self.from_edge + Abs::pt(4.0),
            };
            page.frame.push_frame(Point::new(left, top), frame);
        }
        Ok(doubts)
    }
}

/// From where to where bars stand: those that touch, or nearly so, are one. The extents are sorted.
fn joined(extents: &[Extent]) -> Vec<(Abs, Abs)> {
    let mut bars: Vec<(Abs, Abs)> = Vec::new();
    for extent in extents.iter() {
        match bars.last_mut().filter(|bar| extent.top <= bar.1 + Abs::pt(NEAR)) {
            Some(bar) => bar.1 = bar.1.max(extent.bottom),
            None => bars.push((extent.top, extent.bottom)),
        }
    }
    bars
}

/// Where each change begins on the page, those of one line together. The extents are sorted.
fn beginnings(extents: &[Extent]) -> Vec<(Abs, Vec<i64>)> {
    let mut met = std::collections::BTreeSet::new();
    let mut lines: Vec<(Abs, Vec<i64>)> = Vec::new();
    for extent in extents.iter().filter(|extent| met.insert(extent.number)) {
        match lines.last_mut().filter(|line| extent.top < line.0 + Abs::pt(SAME_LINE)) {
            Some(line) => line.1.push(extent.number),
            None => lines.push((extent.top, vec![extent.number])),
        }
    }
    lines
}

/// Numbers as one text: "3", "3, 5", "3–6".
fn listed(numbers: &[i64]) -> String {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    let runs: Vec<String> = numbers
        .chunk_by(|one, next| one + 1 == *next)
        .map(|run| match run {
            [] => String::new(),
            [one] => one.to_string(),
            [one, other] => format!("{one}, {other}"),
            [first, .., last] => format!("{first}\u{2013}{last}"),
        })
        .collect();
    runs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(number: i64, top: f64, bottom: f64) -> Extent {
        Extent { number, top: Abs::pt(top), bottom: Abs::pt(bottom) }
    }

    #[test]
    fn bars_of_neighbouring_lines_are_one_and_numbers_of_a_line_stand_together() {
        let extents =
            [extent(1, 100.0, 111.0), extent(2, 101.0, 111.0), extent(3, 117.0, 128.0), extent(1, 300.0, 311.0)];
        let points = |bars: Vec<(Abs, Abs)>| bars.iter().map(|bar| (bar.0.to_pt(), bar.1.to_pt())).collect::<Vec<_>>();
        assert_eq!(points(joined(&extents)), [(100.0, 128.0), (300.0, 311.0)]);
        let begun: Vec<_> = beginnings(&extents).into_iter().map(|(top, numbers)| (top.to_pt(), numbers)).collect();
        assert_eq!(begun, [(100.0, vec![1, 2]), (117.0, vec![3])]);
    }

    #[test]
    fn numbers_in_a_row_are_a_range() {
        assert_eq!(listed(&[4, 3]), "3, 4");
        assert_eq!(listed(&[3, 4, 5, 9]), "3\u{2013}5, 9");
    }
}
