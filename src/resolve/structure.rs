use std::collections::HashMap;

use super::Options;
use super::anchor::slug;
use super::labels::{Labels, Target};
use super::number::{HeadingCounter, marker, united_nations};
use super::resolved::{
    Anchor, BoxInfo, CaptionInfo, CaptionKind, HeadingInfo, HeadingPlace, ListInfo, OutlineEntry, ParagraphInfo,
    ResolvedDocument,
};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Block, BlockKind, BoxKind, Document, Heading, HeadingLevel, Inline, InlineKind, List, ListKind, NodeId, Part,
    PartKind, PartNumbering, plain_text,
};
use crate::project::{HeadingNumbering, NumberingConfig};

/// How a target is called in a reference, beside what the tables say.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// "III.A" for a heading that is numbered.
    pub(super) paths: HashMap<NodeId, String>,
    /// The text of a heading or the title of a box.
    pub(super) titles: HashMap<NodeId, String>,
}

/// Numbers headings, figures, tables, boxes and paragraphs in reading order, and gives each its anchor.
pub(super) fn number(
    document: &Document,
    config: &NumberingConfig,
    options: &Options,
    labels: &mut Labels,
    doc: &mut ResolvedDocument,
    diagnostics: &mut Diagnostics,
) -> Names {
    let mut pass = Pass {
        config,
        options,
        labels,
        doc,
        diagnostics,
        names: Names::default(),
        last_level: 0,
        body: HeadingCounter::default(),
        annexes: HeadingCounter::default(),
        path: Default::default(),
        figures: 0,
        tables: 0,
        boxes: 0,
        recommendations: 0,
        paragraphs: 0,
        lead_given: false,
    };
    document.parts.iter().for_each(|part| pass.part(part));
    for note in &document.notes {
        pass.blocks(&note.blocks, Surroundings { place: HeadingPlace::Body, numbered: false, top: false, lists: 0 });
    }
    pass.names
}

struct Pass<'a> {
    config: &'a NumberingConfig,
    options: &'a Options,
    labels: &'a mut Labels,
    doc: &'a mut ResolvedDocument,
    diagnostics: &'a mut Diagnostics,
    names: Names,
    last_level: u8,
    body: HeadingCounter,
    annexes: HeadingCounter,
    /// Numbers of the headings around, without full stops; `None` where one is not numbered.
    path: [Option<String>; 6],
    figures: u32,
    tables: u32,
    boxes: u32,
    recommendations: u32,
    paragraphs: u32,
    lead_given: bool,
}

/// What a block stands in.
#[derive(Clone, Copy)]
struct Surroundings {
    place: HeadingPlace,
    /// The part's headings and paragraphs carry numbers.
    numbered: bool,
    /// Directly in the part, not in a list, quote, box, cell or note.
    top: bool,
    lists: u8,
}

impl Surroundings {
    fn within(self) -> Self {
        Self { top: false, ..self }
    }
}

impl Pass<'_> {
    fn part(&mut self, part: &Part) {
        let place = match part.kind {
            PartKind::Cover | PartKind::Front => HeadingPlace::Front,
            PartKind::Body => HeadingPlace::Body,
            PartKind::Annex => HeadingPlace::Annex,
        };
        let numbered = match part.numbering {
            PartNumbering::ByKind => place != HeadingPlace::Front,
            PartNumbering::Numbered => true,
            PartNumbering::Unnumbered => false,
        };
        self.blocks(&part.blocks, Surroundings { place, numbered, top: part.kind != PartKind::Cover, lists: 0 });
        if let Some(block) = part.blocks.first().filter(|_| self.labels.file(part.file).is_none()) {
            let anchor = match self.doc.anchors.get(block.id) {
                Some(anchor) => anchor.clone(),
                None => self.labels.generate("part", "part"),
            };
            self.labels.set_file(part.file, &anchor);
            self.doc.anchors.insert(block.id, anchor);
        }
    }

    fn blocks(&mut self, blocks: &[Block], around: Surroundings) {
        let mut after_exhibit = false;
        for block in blocks {
            self.block(block, around, after_exhibit);
            after_exhibit = matches!(block.kind, BlockKind::Figure(_) | BlockKind::Table(_));
        }
    }

    fn block(&mut self, block: &Block, around: Surroundings, after_exhibit: bool) {
        if let Some(anchor) = self.labels.labelled(block.id) {
            self.doc.anchors.insert(block.id, anchor.clone());
        }
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(block, content, around, after_exhibit),
            BlockKind::Heading(heading) => self.heading(block, heading, around),
            BlockKind::List(list) => self.list(block, list, around),
            BlockKind::DescriptionList(items) => {
                items.iter().for_each(|item| self.blocks(&item.details, around.within()));
            }
            BlockKind::BlockQuote(blocks) => self.blocks(blocks, around.within()),
            BlockKind::Box(boxed) => {
                self.box_info(block, boxed);
                self.blocks(&boxed.blocks, around.within());
            }
            BlockKind::Figure(figure) => {
                if figure.caption.is_some() {
                    self.figures += 1;
                    self.caption(block, CaptionKind::Figure, self.figures);
                }
            }
            BlockKind::Table(table) => {
                if table.caption.is_some() {
                    self.tables += 1;
                    self.caption(block, CaptionKind::Table, self.tables);
                }
                for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
                    self.blocks(&cell.blocks, Surroundings { lists: 0, ..around.within() });
                }
            }
            BlockKind::Details(details) => self.blocks(&details.blocks, around.within()),
            BlockKind::Division(blocks) => self.blocks(blocks, around),
            BlockKind::CodeBlock(_) | BlockKind::ThematicBreak => {}
        }
    }

    fn anchor(&mut self, node: NodeId, wanted: &str, fallback: &str) -> Anchor {
        let anchor = match self.labels.labelled(node) {
            Some(anchor) => anchor.clone(),
            None => self.labels.generate(wanted, fallback),
        };
        self.doc.anchors.insert(node, anchor.clone());
        anchor
    }

    fn paragraph(&mut self, block: &Block, content: &[Inline], around: Surroundings, after_exhibit: bool) {
        let source = after_exhibit && is_source_line(content);
        let mut info = ParagraphInfo { source, ..ParagraphInfo::default() };
        if around.top && around.place == HeadingPlace::Front && !self.lead_given {
            self.lead_given = true;
            info.lead = true;
        }
        let counts = self.config.paragraphs && around.numbered && around.place == HeadingPlace::Body;
        if around.top && counts && !source {
            self.paragraphs += 1;
            info.number = Some(format!("{}.", self.paragraphs));
            self.anchor(block.id, &format!("p-{}", self.paragraphs), "p");
        }
        if info != ParagraphInfo::default() {
            self.doc.paragraphs.insert(block.id, info);
        }
    }

    fn heading(&mut self, block: &Block, heading: &Heading, around: Surroundings) {
        let title = plain_text(&heading.content);
        if title.trim().is_empty() {
            let hint = "write its text, or remove the `#`";
            self.diagnostics.push(Diagnostic::new(Code::EmptyHeading, block.span, "a heading without text").hint(hint));
        }
        let level = self.clamp(block, heading.level);
        let numbered = around.top
            && around.numbered
            && !title.trim().is_empty()
            && !block.attributes.has_class("unnumbered")
            && self.config.headings != HeadingNumbering::None;
        let number = self.heading_number(level, numbered, around.place);
        let slug = slug(&title);
        let anchor = self.anchor(block.id, &slug, "section");
        self.labels.add_heading(&slug, Target { node: block.id, file: block.span.file, anchor: anchor.clone() });
        if let Some(path) = number.as_ref().map(|_| self.path_text()) {
            self.names.paths.insert(block.id, path);
        }
        self.names.titles.insert(block.id, title.trim().to_owned());
        if !title.trim().is_empty() {
            self.doc.outline.push(OutlineEntry {
                heading: block.id,
                level,
                number: number.clone(),
                content: without_notes(&heading.content),
                anchor: anchor.clone(),
                listed: level.get() <= self.config.contents_depth && !block.attributes.has_class("unlisted"),
            });
        }
        self.doc.headings.insert(block.id, HeadingInfo { level, number, place: around.place, anchor });
    }

    /// The first heading is of level 1, and none is more than one deeper than the one before
    /// (ISO 14289-1, 7.4.2).
    fn clamp(&mut self, block: &Block, typed: HeadingLevel) -> HeadingLevel {
        let level = HeadingLevel::new(typed.get().min(self.last_level + 1));
        if level != typed {
            let message = if self.last_level == 0 {
                format!("the first heading is of level {}", typed.get())
            } else {
                format!("a heading of level {} follows one of level {}", typed.get(), self.last_level)
            };
            let hint = format!("it is set as level {}: type it with `{}`", level.get(), "#".repeat(level.get().into()));
            self.diagnostics.push(Diagnostic::new(Code::SkippedHeading, block.span, message).hint(hint));
        }
        self.last_level = level.get();
        level
    }

    fn heading_number(&mut self, level: HeadingLevel, numbered: bool, place: HeadingPlace) -> Option<String> {
        let index = usize::from(level.get()) - 1;
        self.path[index..].fill(None);
        let counter = if place == HeadingPlace::Annex { &mut self.annexes } else { &mut self.body };
        if !numbered {
            counter.restart_beneath(level);
            return None;
        }
        let count = counter.step(level).last().copied().unwrap_or_default();
        let own = united_nations(level, count);
        self.path[index] = Some(own.trim_end_matches('.').to_owned());
        let annex = place == HeadingPlace::Annex && level.get() == 1;
        Some(if annex { format!("{} {own}", self.doc.terms.annex) } else { own })
    }

    fn path_text(&self) -> String {
        let numbers: Vec<&str> = self.path.iter().flatten().map(String::as_str).collect();
        numbers.join(".")
    }

    fn caption(&mut self, block: &Block, kind: CaptionKind, count: u32) {
        let (label, slug) = match kind {
            CaptionKind::Figure => (self.doc.terms.figure, "figure"),
            CaptionKind::Table => (self.doc.terms.table, "table"),
        };
        self.anchor(block.id, &format!("{slug}-{count}"), slug);
        let info = CaptionInfo { kind, label: label.to_owned(), number: count.to_string() };
        self.doc.captions.insert(block.id, info);
    }

    fn box_info(&mut self, block: &Block, boxed: &crate::document::Box) {
        let terms = &self.doc.terms;
        let label = match boxed.kind {
            BoxKind::Recommendation => Some(terms.recommendation),
            BoxKind::Statement => None,
            BoxKind::Numbered => Some(terms.boxed),
            BoxKind::Note => Some(terms.note),
            BoxKind::Tip => Some(terms.tip),
            BoxKind::Important => Some(terms.important),
            BoxKind::Warning => Some(terms.warning),
            BoxKind::Caution => Some(terms.caution),
        };
        let counter = match boxed.kind {
            BoxKind::Recommendation => Some((&mut self.recommendations, "recommendation")),
            BoxKind::Numbered => Some((&mut self.boxes, "box")),
            BoxKind::Statement
            | BoxKind::Note
            | BoxKind::Tip
            | BoxKind::Important
            | BoxKind::Warning
            | BoxKind::Caution => None,
        };
        let number = counter.map(|(count, slug)| {
            *count += 1;
            (*count, slug)
        });
        if let Some((count, slug)) = number {
            self.anchor(block.id, &format!("{slug}-{count}"), slug);
        }
        if let Some(title) = &boxed.title {
            self.names.titles.insert(block.id, plain_text(title));
        }
        let number = number.map(|(count, _)| count.to_string());
        self.doc.boxes.insert(block.id, BoxInfo { label: label.map(str::to_owned), number });
    }

    fn list(&mut self, block: &Block, list: &List, around: Surroundings) {
        let markers = (0..list.items.len()).map(|index| match list.kind {
            ListKind::Bullet => self.bullet(around.lists),
            ListKind::Ordered { start, style, delimiter } => {
                marker(style, delimiter, start.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)))
            }
        });
        let info = ListInfo { depth: around.lists, markers: markers.collect() };
        self.doc.lists.insert(block.id, info);
        let within = Surroundings { lists: around.lists.saturating_add(1), ..around.within() };
        list.items.iter().for_each(|item| self.blocks(&item.blocks, within));
    }

    fn bullet(&self, depth: u8) -> String {
        let bullets = &self.options.bullets;
        let index = usize::from(depth) % bullets.len().max(1);
        bullets.get(index).cloned().unwrap_or_else(|| "•".to_owned())
    }
}

/// Whether a paragraph is the line beneath a figure or table that says where it is from.
fn is_source_line(content: &[Inline]) -> bool {
    let text = plain_text(content);
    ["Source:", "Sources:", "Note:", "Notes:"].iter().any(|word| text.starts_with(word))
}

/// A heading's text for the contents: notes stay at the heading.
fn without_notes(content: &[Inline]) -> Vec<Inline> {
    let kept = content.iter().filter(|inline| !matches!(inline.kind, InlineKind::Note(_)));
    kept.map(|inline| {
        let mut inline = inline.clone();
        if let Some(children) = inline.children_mut() {
            *children = without_notes(children);
        }
        inline
    })
    .collect()
}
