//! Numbers of headings, paragraphs, figures, tables, boxes and formulas, and the levels of headings.
//!
//! In: the tree, the configuration. Out: [`Numbers`]: a table each, and the headings in reading order.
//! Never gives an anchor.

use std::collections::HashMap;

use super::info::{BoxInfo, CaptionInfo, CaptionKind, HeadingPlace, ParagraphInfo};
use super::level::Levels;
use super::reading::{self, Flow, Place, Read};
use super::resolved::SideTable;
use super::scheme::{Counter, HeadingNumber, NumberScheme};
use super::terms::Terms;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Block, BlockKind, BoxKind, Document, Formula, Heading, HeadingLevel, Inline, InlineKind, NodeId, Part, PartKind,
    PartNumbering, is_source_line, plain_text,
};
use crate::project::{CaptionNumbering, HeadingNumbering, NumberingConfig, Project};
use crate::source::{FileId, Sources, Span};

/// What was numbered.
pub(super) struct Numbers<'a> {
    /// How headings are numbered.
    pub(super) scheme: NumberScheme,
    /// Every heading, in reading order.
    pub(super) headings: Vec<NumberedHeading<'a>>,
    pub(super) paragraphs: SideTable<ParagraphInfo>,
    pub(super) captions: SideTable<CaptionInfo>,
    pub(super) boxes: SideTable<BoxInfo>,
    /// Of formulas that stand for themselves and have a label.
    pub(super) formulas: SideTable<String>,
}

impl Numbers<'_> {
    /// Takes what others say of some nodes.
    pub(super) fn complete(&mut self, other: Numbers<'_>, wants: &dyn Fn(NodeId) -> bool) {
        self.paragraphs.complete(other.paragraphs, wants);
        self.captions.complete(other.captions, wants);
        self.boxes.complete(other.boxes, wants);
        self.formulas.complete(other.formulas, wants);
    }
}

/// A heading, its level and its number.
pub(super) struct NumberedHeading<'a> {
    pub(super) block: &'a Block,
    pub(super) content: &'a [Inline],
    pub(super) file: FileId,
    pub(super) typed: HeadingLevel,
    pub(super) level: HeadingLevel,
    pub(super) place: HeadingPlace,
    pub(super) number: Option<HeadingNumber>,
    /// Whether it may stand in the contents.
    pub(super) listed: bool,
    /// Whether it has no text.
    pub(super) empty: bool,
    /// Whether it stands in no box, quote or cell.
    pub(super) top: bool,
}

/// Numbers everything in reading order.
pub(super) fn number<'a>(
    document: &'a Document,
    notes: &[usize],
    project: &Project,
    terms: &Terms,
    found: &mut Diagnostics,
) -> Numbers<'a> {
    let config = &project.config.numbering;
    let numbering = Numbering {
        config,
        sources: &project.sources,
        terms,
        found,
        numbers: Numbers {
            scheme: NumberScheme::new(config.headings, terms),
            headings: Vec::new(),
            paragraphs: SideTable::default(),
            captions: SideTable::default(),
            boxes: SideTable::default(),
            formulas: SideTable::default(),
        },
        place: HeadingPlace::Front,
        levels: Levels::default(),
        within: None,
        body: Counter::default(),
        annexes: Counter::default(),
        paragraphs: 0,
        open: None,
        lead: Lead::Ahead,
        counts: Counts::default(),
    };
    let mut numbering = numbering;
    reading::read(document, notes, &mut numbering);
    numbering.numbers
}

struct Numbering<'a, 'c> {
    config: &'c NumberingConfig,
    sources: &'c Sources,
    terms: &'c Terms,
    found: &'c mut Diagnostics,
    numbers: Numbers<'a>,
    place: HeadingPlace,
    levels: Levels,
    /// Levels within the box, quote or cell that is being read.
    within: Option<Levels>,
    body: Counter,
    annexes: Counter,
    paragraphs: u32,
    /// The paragraph that was read last, with the formulas that it goes on behind.
    open: Option<Span>,
    lead: Lead,
    counts: Counts,
}

/// Whether the lead paragraph was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Ahead,
    InPart(FileId),
    Done,
}

#[derive(Default)]
struct Counts {
    /// As formulas, by the number of the chapter that they count in; none where they count through the report.
    captions: HashMap<(CaptionKind, Option<String>), u32>,
    /// The number of the chapter that is being read, where captions and formulas count in chapters.
    chapter: Option<String>,
    recommendations: u32,
    boxes: u32,
    formulas: HashMap<Option<String>, u32>,
}

fn next(count: &mut u32) -> String {
    *count += 1;
    count.to_string()
}

/// A number with that of its chapter before it, if it counts in one.
fn within(chapter: Option<&str>, number: String) -> String {
    chapter.map_or_else(|| number.clone(), |chapter| format!("{chapter}.{number}"))
}

impl<'a> Read<'a> for Numbering<'a, '_> {
    fn part(&mut self, part: &'a Part) {
        let place = heading_place(part);
        if place != self.place {
            // An annex's first heading is an annex, whatever the body ended with.
            self.levels = Levels::default();
        }
        self.place = place;
        if part.kind == PartKind::Front && self.lead == Lead::Ahead {
            self.lead = Lead::InPart(part.file);
        } else if matches!(self.lead, Lead::InPart(_)) {
            self.lead = Lead::Done;
        }
    }

    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        if place.flow == Flow::Top {
            self.within = None;
            let formula = matches!(block.kind, BlockKind::Formula(_)) && self.goes_on(block.span);
            if !formula && !matches!(block.kind, BlockKind::Paragraph(_)) {
                self.open = None;
            } else if formula {
                self.open = Some(block.span);
            }
        }
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(block, heading, place),
            BlockKind::Paragraph(content) => self.paragraph(block, content, place),
            BlockKind::Figure(figure) if figure.caption.is_some() => self.caption(block.id, CaptionKind::Figure),
            BlockKind::Table(table) if table.caption.is_some() => self.caption(block.id, CaptionKind::Table),
            BlockKind::Box(boxed) => self.boxed(block.id, boxed.kind),
            BlockKind::Formula(formula) => self.formula(block.id, formula),
            BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Bibliography(_) => {}
        }
    }
}

fn heading_place(part: &Part) -> HeadingPlace {
    match (part.kind, part.numbering) {
        (PartKind::Annex, _) => HeadingPlace::Annex,
        (PartKind::Body, _) | (_, PartNumbering::Numbered) => HeadingPlace::Body,
        (PartKind::Cover | PartKind::Front | PartKind::Line(_), PartNumbering::ByKind | PartNumbering::Unnumbered) => {
            HeadingPlace::Front
        }
    }
}

fn is_numbered(part: Option<&Part>) -> bool {
    part.is_some_and(|part| match part.numbering {
        PartNumbering::Numbered => true,
        PartNumbering::Unnumbered => false,
        PartNumbering::ByKind => matches!(part.kind, PartKind::Body | PartKind::Annex),
    })
}

impl<'a> Numbering<'a, '_> {
    fn heading(&mut self, block: &'a Block, heading: &'a Heading, place: &Place<'a>) {
        let empty = plain_text(&heading.content).trim().is_empty();
        let top = place.flow == Flow::Top;
        if empty {
            let fault = Diagnostic::new(Code::EmptyHeading, block.span, "this heading has no text");
            self.found.push(fault.hint("give it one, or take it away"));
        }
        let level = self.level(block, heading, top, empty);
        let number = if top && !empty { self.heading_number(block, level, place) } else { None };
        if top && level.get() == 1 && self.config.figures == CaptionNumbering::ByChapter {
            self.counts.chapter = number.as_ref().map(|number| number.path.clone());
        }
        self.numbers.headings.push(NumberedHeading {
            block,
            content: &heading.content,
            file: place.file,
            typed: heading.level,
            level,
            place: self.place,
            number,
            listed: top && !empty && !block.attributes.has_class("unlisted"),
            empty,
            top,
        });
    }

    /// The level; says when one was skipped.
    fn level(&mut self, block: &Block, heading: &Heading, top: bool, empty: bool) -> HeadingLevel {
        let section = self.levels.current();
        let levels = if top { &mut self.levels } else { self.within.get_or_insert_with(|| Levels::beneath(section)) };
        if empty {
            return levels.peek(heading.level);
        }
        let (before, base) = (levels.current(), levels.base());
        let taken = levels.take(heading.level);
        if taken.skipped {
            // Within a quote or box, levels are told as they are typed there.
            let (typed, level) = (heading.level.get(), taken.level.get().saturating_sub(base).max(1));
            let before = before.saturating_sub(base);
            let what = if before == 0 { "is the first".to_owned() } else { format!("follows level {before}") };
            let message = format!("a heading of level {typed} {what}; it is taken as level {level}");
            let hashes = "#".repeat(usize::from(level));
            let fault = Diagnostic::new(Code::SkippedHeading, block.span, message);
            self.found.push(fault.hint(format!("begin the line with `{hashes}`")));
        }
        taken.level
    }

    fn heading_number(&mut self, block: &Block, level: HeadingLevel, place: &Place<'_>) -> Option<HeadingNumber> {
        let numbered = is_numbered(place.part) && !block.attributes.has_class("unnumbered");
        let counter = match self.place {
            HeadingPlace::Front | HeadingPlace::Body => &mut self.body,
            HeadingPlace::Annex => &mut self.annexes,
        };
        if !numbered {
            counter.silence(level);
            return None;
        }
        match self.config.headings {
            HeadingNumbering::UnitedNations | HeadingNumbering::Decimal => {
                counter.next(level, self.numbers.scheme.of(self.place))
            }
            HeadingNumbering::None => None,
        }
    }

    fn paragraph(&mut self, block: &Block, content: &[Inline], place: &Place<'a>) {
        let source = self.is_source(content, place);
        let mut info = ParagraphInfo { source, ..ParagraphInfo::default() };
        if place.flow == Flow::Top && !source && !is_pictures(content) {
            info.lead = self.is_lead(place.file);
            let formula = place.previous.is_some_and(|previous| matches!(previous.kind, BlockKind::Formula(_)));
            let goes_on = formula && self.goes_on(block.span);
            self.open = Some(block.span);
            let body = self.place == HeadingPlace::Body && is_numbered(place.part);
            if body && self.config.paragraphs && !goes_on {
                info.number = Some(format!("{}.", next(&mut self.paragraphs)));
            }
        }
        if info != ParagraphInfo::default() {
            self.numbers.paragraphs.insert(block.id, info);
        }
    }

    /// Whether what stands here was typed right beneath the paragraph that is open: formulas part one into several.
    fn goes_on(&self, span: Span) -> bool {
        self.open.is_some_and(|open| {
            open.file == span.file && open.end <= span.start && {
                let between = self.sources.text(Span { start: open.end, end: span.start, ..span });
                between.trim().is_empty() && between.matches('\n').count() <= 1
            }
        })
    }

    fn is_lead(&mut self, file: FileId) -> bool {
        let lead = self.lead == Lead::InPart(file);
        if lead {
            self.lead = Lead::Done;
        }
        lead
    }

    /// Directly beneath a figure or table, or beneath another such line.
    fn is_source(&self, content: &[Inline], place: &Place<'_>) -> bool {
        let Some(previous) = place.previous else { return false };
        let follows = matches!(previous.kind, BlockKind::Figure(_) | BlockKind::Table(_))
            || self.numbers.paragraphs.get(previous.id).is_some_and(|info| info.source);
        follows && is_source_line(&plain_text(content), self.terms.source_lines)
    }

    fn caption(&mut self, id: NodeId, kind: CaptionKind) {
        let label = match kind {
            CaptionKind::Figure => self.terms.figure,
            CaptionKind::Table => self.terms.table,
        };
        let (number, chapter) = self.caption_number(kind);
        self.numbers.captions.insert(id, CaptionInfo { kind, label: label.to_owned(), number, chapter });
    }

    /// A number, and that of the chapter within it.
    fn caption_number(&mut self, kind: CaptionKind) -> (String, Option<String>) {
        let chapter = self.counts.chapter.clone();
        let number = next(self.counts.captions.entry((kind, chapter.clone())).or_default());
        (within(chapter.as_deref(), number), chapter)
    }

    fn formula(&mut self, id: NodeId, formula: &Formula) {
        if formula.attributes.label.is_some() {
            let chapter = self.counts.chapter.clone();
            let number = next(self.counts.formulas.entry(chapter.clone()).or_default());
            self.numbers.formulas.insert(id, within(chapter.as_deref(), number));
        }
    }

    fn boxed(&mut self, id: NodeId, kind: BoxKind) {
        let number = match kind {
            BoxKind::Recommendation => Some(next(&mut self.counts.recommendations)),
            BoxKind::Numbered => Some(next(&mut self.counts.boxes)),
            BoxKind::Statement
            | BoxKind::Note
            | BoxKind::Tip
            | BoxKind::Important
            | BoxKind::Warning
            | BoxKind::Caution => None,
        };
        let label = self.terms.box_label(kind).map(str::to_owned);
        self.numbers.boxes.insert(id, BoxInfo { label, number });
    }
}

/// Whether a paragraph shows nothing but pictures.
fn is_pictures(content: &[Inline]) -> bool {
    content.iter().all(|inline| match &inline.kind {
        InlineKind::Image(_) | InlineKind::SoftBreak | InlineKind::LineBreak => true,
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::Link(link) => is_pictures(&link.content),
        InlineKind::Span(_, content) => is_pictures(content),
        InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::Strikethrough(_)
        | InlineKind::Highlight(_)
        | InlineKind::Superscript(_)
        | InlineKind::Subscript(_)
        | InlineKind::Code(_)
        | InlineKind::Note(_)
        | InlineKind::Reference(_)
        | InlineKind::Formula(_)
        | InlineKind::Citation(_) => false,
    })
}
