//! How wide columns are.
//!
//! In: placed cells, widths as typed, the width of the text. Out: shares that sum to 1. What is short stands on one line where
//! there is room; the rest is shared among columns of prose, so that rows stay low; no word is cut if it can be helped.

use super::decimal::Padding;
use super::grid::{Placed, Section};
use crate::document::{Block, BlockKind, CellScope, ColumnWidth, Inline, InlineKind, NodeId, Pt, Visit, walk_blocks};
use crate::resolve::info::ReferenceInfo;
use crate::resolve::resolved::{ResolvedDocument, SideTable};

/// An em of a table's text, in points.
const EM: f64 = 9.5;
/// A cell's padding, in ems, and a little for what the letters' widths do not tell.
const PADDING: f64 = 1.5;
/// Bold is wider.
const BOLD: f64 = 1.08;
/// Words wider than this, in ems, are broken rather than given room.
const WIDEST_WORD: f64 = 14.0;
/// A picture is not made narrower than this, in ems, for the sake of text.
const LEAST_PICTURE: f64 = 5.0;
/// A list's marker and its space, in ems.
const MARKER: f64 = 1.7;

/// What a column wants, in ems.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Want {
    /// So that no word is cut.
    least: f64,
    /// So that nothing is wrapped.
    most: f64,
}

impl Want {
    fn or(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.max(other.most) }
    }
}

/// What cells are weighed with.
pub(super) struct Weigh<'p> {
    /// The words of references and the numbers of notes.
    pub(super) worded: &'p ResolvedDocument,
    /// The width of an image as it would like to be shown.
    pub(super) picture: &'p dyn Fn(NodeId) -> Option<Pt>,
    /// What follows numbers.
    pub(super) paddings: &'p SideTable<Padding>,
    /// By column, whether it holds numbers.
    pub(super) numeric: &'p [bool],
}

impl Weigh<'_> {
    /// One share per column: as typed, else by what it holds.
    pub(super) fn widths<'t>(
        &self,
        placed: impl Iterator<Item = Placed<'t>>,
        typed: &[Option<ColumnWidth>],
        measure: Pt,
    ) -> Vec<f64> {
        let mut wants = vec![Want::default(); typed.len()];
        for placed in placed {
            let want = self.want(&placed);
            let span = placed.slot.columns as f64;
            // What covers several columns asks the same of each, and never that nothing wraps.
            let most = if span > 1.0 { 0.0 } else { want.most };
            let share = Want { least: want.least / span, most: most.max(want.least / span) };
            for want in &mut wants[placed.slot.column..placed.slot.column + placed.slot.columns] {
                *want = want.or(share);
            }
        }
        for want in &mut wants {
            *want = Want { least: want.least + PADDING, most: want.most.max(want.least) + PADDING };
        }
        let available = measure.0 / EM;
        let typed = typed.iter().map(|width| width.and_then(|width| in_ems(width, measure)));
        let widths = around_typed(&wants, &typed.collect::<Vec<_>>(), available);
        let sum: f64 = widths.iter().sum();
        widths.iter().map(|width| width / sum).collect()
    }

    fn want(&self, placed: &Placed<'_>) -> Want {
        let blocks = &placed.cell.blocks;
        let mut content = Content { weigh: self, text: String::new(), widest: 0.0 };
        walk_blocks(blocks, &mut content);
        if let Some(padding) = self.paddings.get(placed.cell.id) {
            content.text.push_str(&padding.texts().0);
        }
        let words = content
            .text
            .split(breaks)
            .flat_map(|word| word.split_inclusive(['-', '–', '/']))
            .map(width)
            .fold(0.0, f64::max)
            .min(WIDEST_WORD);
        let lines = content.text.lines().map(width).fold(0.0, f64::max);
        let head = placed.section == Section::Head;
        let bold = if head || placed.cell.scope != CellScope::Data { BOLD } else { 1.0 };
        // A header's own text may well wrap; a number may not.
        let lines = if head { lines / 2.0 } else { lines };
        let number = !head && placed.slot.columns == 1 && self.numeric[placed.slot.column];
        let words = if number { lines.min(WIDEST_WORD) } else { words };
        let indent = indent(blocks);
        let text = Want { least: words * bold + indent, most: lines.max(words) * bold + indent };
        text.or(Want { least: content.widest.min(LEAST_PICTURE), most: content.widest })
    }
}

/// A width as typed, in ems; none of what is no width.
fn in_ems(width: ColumnWidth, measure: Pt) -> Option<f64> {
    let ems = match width {
        ColumnWidth::Share(share) => share * measure.0 / EM,
        ColumnWidth::Length(length) => length.0 / EM,
    };
    (ems.is_finite() && ems > 0.0).then_some(ems)
}

/// Columns whose width is typed have it, as far as the others keep room for their words; the others fill the rest.
fn around_typed(wants: &[Want], typed: &[Option<f64>], available: f64) -> Vec<f64> {
    let open: Vec<Want> = wants.iter().zip(typed).filter(|(_, typed)| typed.is_none()).map(|(want, _)| *want).collect();
    let fixed: f64 = typed.iter().flatten().sum();
    if fixed == 0.0 || open.is_empty() {
        let own = fit(&open, available);
        return if fixed == 0.0 { own } else { typed.iter().flatten().copied().collect() };
    }
    let least: f64 = open.iter().map(|want| want.least).sum();
    let room = (available - fixed).max(least.min(available / 2.0));
    let own = fit(&open, room);
    let (sum, left) = (own.iter().sum::<f64>(), available - room);
    let mut own = own.into_iter().map(|width| width * room / sum);
    let width = |typed: &Option<f64>| typed.map_or_else(|| own.next().unwrap_or(0.0), |typed| typed * left / fixed);
    typed.iter().map(width).collect()
}

/// Gives columns what they want while that is no more than an even share, and shares out the rest.
fn fit(wants: &[Want], available: f64) -> Vec<f64> {
    let most: f64 = wants.iter().map(|want| want.most).sum();
    if most <= available {
        return wants.iter().map(|want| want.most).collect();
    }
    let least: f64 = wants.iter().map(|want| want.least).sum();
    if least >= available {
        return wants.iter().map(|want| want.least).collect();
    }
    let mut widths: Vec<Option<f64>> = vec![None; wants.len()];
    loop {
        let given: f64 = widths.iter().flatten().sum();
        let open: Vec<usize> = (0..wants.len()).filter(|&column| widths[column].is_none()).collect();
        let weights: f64 = open.iter().map(|&column| wants[column].most.sqrt()).sum();
        let rest = available - given;
        let share = |column: usize| rest * wants[column].most.sqrt() / weights;
        let even = rest / open.len().max(1) as f64;
        // Columns that an even share would serve whole come first; then those whose longest word needs more.
        let small: Vec<usize> = open.iter().copied().filter(|&column| wants[column].most <= even).collect();
        if !small.is_empty() {
            small.into_iter().for_each(|column| widths[column] = Some(wants[column].most));
            continue;
        }
        let tight: Vec<usize> = open.iter().copied().filter(|&column| wants[column].least > share(column)).collect();
        if !tight.is_empty() && tight.len() < open.len() {
            tight.into_iter().for_each(|column| widths[column] = Some(wants[column].least));
            continue;
        }
        return (0..wants.len()).map(|column| widths[column].unwrap_or_else(|| share(column))).collect();
    }
}

/// Lines break at spaces (and after hyphens and slashes, which stay before the break).
fn breaks(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')) || c == '\u{ad}' || c == '\u{200b}'
}

/// In ems, by the widths of letters in a sans-serif type.
fn width(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
        'i' | 'j' | 'l' | ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' | '\'' | '’' | '|' => 0.27,
        'I' | 'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | '/' | '"' | '“' | '”' => 0.38,
        'm' | 'M' | 'W' | '%' | '@' | '—' | '…' => 0.93,
        'w' => 0.79,
        'c' | 's' | 'v' | 'x' | 'y' | 'z' | 'k' => 0.51,
        _ if is_wide(c) => 1.0,
        _ if c.is_uppercase() => 0.68,
        _ => 0.6,
    }
}

fn is_wide(c: char) -> bool {
    let wide = [
        0x1100..=0x115f,
        0x2e80..=0xa4cf,
        0xac00..=0xd7a3,
        0xf900..=0xfaff,
        0xff00..=0xff60,
        0x1f300..=0x1faff,
        0x20000..=0x3fffd,
    ];
    wide.iter().any(|range| range.contains(&u32::from(c)))
}

/// Lists hang their markers before their text.
fn indent(blocks: &[Block]) -> f64 {
    let deeper = |blocks: &[Block]| MARKER + indent(blocks);
    let of = |block: &Block| {
        let BlockKind::List(list) = &block.kind else { return 0.0 };
        list.items.iter().map(|item| deeper(&item.blocks)).fold(0.0, f64::max)
    };
    blocks.iter().map(of).fold(0.0, f64::max)
}

/// The text of a cell as it is printed, and its widest picture.
struct Content<'w, 'p> {
    weigh: &'w Weigh<'p>,
    text: String,
    widest: f64,
}

impl Content<'_, '_> {
    fn picture(&mut self, id: NodeId) {
        let width = (self.weigh.picture)(id).map_or(0.0, |width| width.0 / EM);
        self.widest = self.widest.max(width);
    }
}

impl Visit<'_> for Content<'_, '_> {
    fn block(&mut self, block: &Block) {
        self.text.push('\n');
        if matches!(block.kind, BlockKind::Figure(_)) {
            self.picture(block.id);
        }
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.text.push_str(&code.literal);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let worded = self.weigh.worded;
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.text.push_str(text),
            InlineKind::SoftBreak => self.text.push(' '),
            InlineKind::LineBreak => self.text.push('\n'),
            InlineKind::Image(_) => self.picture(inline.id),
            InlineKind::Note(_) => {
                let info = worded.note_references.get(inline.id).filter(|info| info.number.is_some());
                self.text.push_str(info.map(|info| info.label.as_str()).unwrap_or_default());
            }
            InlineKind::Formula(formula) => self.text.push_str(&formula.source),
            InlineKind::Citation(citation) => self.text.push_str(&citation.source),
            InlineKind::Reference(_) => {
                let text = worded.references.get(inline.id).map(ReferenceInfo::text);
                self.text.push_str(&text.unwrap_or_default());
            }
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Link(_)
            | InlineKind::Span(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(wants: &[(f64, f64)], available: f64) -> Vec<i64> {
        let wants: Vec<Want> = wants.iter().map(|&(least, most)| Want { least, most }).collect();
        fit(&wants, available).iter().map(|width| width.round() as i64).collect()
    }

    #[test]
    fn capitals_and_digits_need_more_room_than_thin_letters() {
        assert!(width("2017") > 2.2 && width("WMO") > 2.0 && width("illicit") < 2.5);
        assert!((width("目录") - 2.0).abs() < 1e-9);
    }

    #[test]
    fn typed_widths_hold_and_the_others_fill_the_rest() {
        let wants = [Want { least: 4.0, most: 40.0 }, Want { least: 4.0, most: 10.0 }, Want { least: 4.0, most: 10.0 }];
        let rounded = |typed: &[Option<f64>]| -> Vec<i64> {
            around_typed(&wants, typed, 80.0).iter().map(|width| width.round() as i64).collect()
        };
        assert_eq!(rounded(&[Some(40.0), None, None]), [40, 20, 20]);
        assert_eq!(rounded(&[Some(400.0), None, None]), [72, 4, 4]);
        assert_eq!(rounded(&[Some(10.0), Some(10.0), Some(20.0)]), [10, 10, 20]);
        assert_eq!(rounded(&[None, None, None]), [40, 10, 10]);
    }

    #[test]
    fn short_columns_stay_on_a_line_and_prose_shares_the_rest() {
        // All fit.
        assert_eq!(fitted(&[(4.0, 10.0), (4.0, 30.0)], 80.0), [10, 30]);
        // An id, prose, ticks.
        assert_eq!(fitted(&[(7.0, 7.0), (15.0, 400.0), (4.0, 4.0), (4.0, 4.0)], 80.0), [7, 65, 4, 4]);
        // A place of middling length beside prose.
        assert_eq!(fitted(&[(7.0, 7.0), (11.0, 27.0), (16.0, 200.0)], 80.0), [7, 27, 46]);
        // Two of prose: the longer gets more, but not all.
        assert_eq!(fitted(&[(10.0, 100.0), (10.0, 400.0)], 90.0), [30, 60]);
        // A long word keeps its room.
        assert_eq!(fitted(&[(40.0, 100.0), (10.0, 400.0)], 90.0), [40, 50]);
        // Nothing fits.
        assert_eq!(fitted(&[(60.0, 90.0), (60.0, 90.0)], 80.0), [60, 60]);
    }
}
