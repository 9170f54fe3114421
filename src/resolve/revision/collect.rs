//! Reads a redline and lists its changes.

use std::collections::HashMap;

use super::excerpt::one_line;
use super::found::{Done, Found, Spot};
use super::object::{leaf_object, link, object, row_text, text};
use super::place::{PlaceInfo, Unit};
use super::section::Sections;
use super::{ChangeObject, Names, RevisionInfo, Went};
use crate::document::{
    Block, BlockKind, BoxKind, Change, Form, Inline, InlineKind, Mark, NodeId, Run, Side, Table, Visit, Was, runs,
    walk_inlines,
};
use crate::resolve::info::CaptionKind;
use crate::resolve::resolved::ResolvedDocument;
use crate::resolve::terms::in_sentence;

/// The changes of a resolved redline.
pub(in crate::resolve) fn collect(doc: &ResolvedDocument, names: &Names, went: Vec<Went>) -> RevisionInfo {
    let mut collector = Collector {
        doc,
        sections: Sections::default(),
        found: Vec::new(),
        line: 0,
        notes: HashMap::new(),
        places: Vec::new(),
        met: HashMap::new(),
    };
    for part in &doc.document.parts {
        let within = part.line().map(|line| doc.terms.cover.label(line).to_owned());
        collector.blocks(&part.blocks, &Around { top: true, within, ..Around::default() });
    }
    for note in &doc.document.notes {
        let info = doc.notes.iter().find(|info| info.id == note.id);
        let within = info.map(|info| format!("{}\u{a0}{}", doc.terms.footnote, info.label));
        let sections = collector.notes.get(&note.id).copied();
        collector.blocks(
            &note.blocks,
            &Around { kept: Some(Kept::Note), unit: Some(Unit::of_note(note)), within, sections, ..Around::default() },
        );
    }
    let Collector { sections, found, places, .. } = collector;
    RevisionInfo {
        baseline: names.baseline.clone(),
        revision: names.revision.clone(),
        title: doc.terms.revision.since.replace("{}", &names.baseline),
        author: names.author.clone(),
        sections: sections.list,
        changes: (1..).zip(found).map(|(number, found)| found.info(number)).collect(),
        places,
        went,
    }
}

struct Collector<'d> {
    doc: &'d ResolvedDocument,
    sections: Sections,
    /// Change n at n − 1.
    found: Vec<Found>,
    /// Lines and blocks that were read.
    line: u32,
    /// By note, the sections in which it is first referred to.
    notes: HashMap<NodeId, [Option<usize>; 2]>,
    places: Vec<PlaceInfo>,
    /// Places by the block that they are.
    met: HashMap<NodeId, usize>,
}

/// What is around a block.
#[derive(Clone, Default)]
struct Around<'d> {
    /// Whether it stands in no box, quote, table or note.
    top: bool,
    /// What a block within is part of, where it is no place of its own.
    kept: Option<Kept>,
    /// Items of lists around it.
    items: usize,
    /// The block that changes stand in.
    unit: Option<Unit<'d>>,
    /// The version that all of it stands in, where that is one only.
    whole: Option<Side>,
    /// The numbered thing around it.
    within: Option<String>,
    /// The sections of a note's reference; else those that are being read.
    sections: Option<[Option<usize>; 2]>,
}

/// What is one place with all that is in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Box,
    Cell,
    Note,
}

impl Around<'_> {
    fn inner(&self) -> Self {
        Self { top: false, ..self.clone() }
    }

    fn part_of(&self, kept: Kept) -> Self {
        Self { kept: Some(kept), ..self.inner() }
    }
}

impl<'d> Collector<'d> {
    fn blocks(&mut self, blocks: &'d [Block], around: &Around<'d>) {
        for (at, block) in blocks.iter().enumerate() {
            self.block(block, blocks.get(at + 1), around);
        }
    }

    fn block(&mut self, block: &'d Block, next: Option<&'d Block>, around: &Around<'d>) {
        let standing = block.change.as_ref().and_then(|change| change.standing.as_ref());
        let whole = around.whole.or_else(|| standing.map(|standing| standing.kind.side()));
        if around.top && matches!(block.kind, BlockKind::Heading(_)) {
            self.sections.heading(self.doc, block, whole);
        }
        let within = self.numbered(block).or_else(|| around.within.clone());
        let unit = around.unit.filter(|_| around.kept.is_some()).unwrap_or_else(|| Unit::of_block(block));
        let around = Around { whole, within, unit: Some(unit), ..around.clone() };
        if let Some(standing) = standing {
            let object = match around.kept {
                Some(Kept::Note) => ChangeObject::Note,
                Some(Kept::Cell) => ChangeObject::Cell,
                Some(Kept::Box) | None => object(&block.kind),
            };
            self.say(&standing.mark, Done::Stands(standing.kind), object, &text(self.doc, block), &around);
        } else if let Some(change) = &block.change {
            self.changed(block, next, change, &around);
        }
        self.children(block, &around);
    }

    /// Says something of a change that is no piece of a line.
    fn say(&mut self, mark: &Mark, done: Done, object: ChangeObject, text: &str, around: &Around<'d>) {
        self.line += 1;
        let (line, spot) = (self.line, self.marked(around));
        let found = self.found(mark.number);
        found.take(mark, done, &spot);
        if object == ChangeObject::Note {
            found.say_note(done, text);
        } else {
            found.say(done, object, text, line);
        }
    }

    fn found(&mut self, number: u32) -> &mut Found {
        // A number of 0 is none that is given; it would be the first's.
        let at = usize::try_from(number.max(1) - 1).unwrap_or_default();
        if self.found.len() <= at {
            self.found.resize(at + 1, Found::default());
        }
        &mut self.found[at]
    }

    /// The sections that are being read.
    fn current(&self, around: &Around<'d>) -> [Option<usize>; 2] {
        around.sections.unwrap_or([self.sections.current(Side::Old), self.sections.current(Side::New)])
    }

    /// Where a mark stands.
    fn marked(&mut self, around: &Around<'d>) -> Spot {
        let place = around.unit.map_or(0, |unit| {
            *self.met.entry(unit.id).or_insert_with(|| {
                self.places.push(unit.info(self.doc, around.within.clone()));
                self.places.len() - 1
            })
        });
        let note = around.kept == Some(Kept::Note);
        Spot { line: self.line, sections: self.current(around), within: around.within.clone(), place, note }
    }

    /// What is said of a block that stands in both versions.
    fn changed(&mut self, block: &'d Block, next: Option<&'d Block>, change: &'d Change, around: &Around<'d>) {
        let doc = self.doc;
        if let Some(former) = &change.former {
            let done = match &former.was {
                Was::Block(was) => match (&was.form, &block.kind) {
                    (Form::Heading(level), BlockKind::Heading(heading)) if *level != heading.level => Done::Relevelled,
                    _ => Done::Formed,
                },
                Was::Run(_) | Was::Item(_) | Was::Level { .. } | Was::Cell { .. } => Done::Formed,
            };
            self.say(&former.mark, done, object(&block.kind), &text(doc, block), around);
        }
        if let Some(end) = &change.end {
            let next = next.map(|next| text(doc, next)).unwrap_or_default();
            self.say(&end.mark, Done::Ends(end.side), ChangeObject::Paragraph, &next, around);
        }
        if let BlockKind::CodeBlock(code) = &block.kind {
            let lines: Vec<&str> = code.literal.lines().collect();
            for mark in &change.lines {
                let text = lines.get(mark.line).copied().unwrap_or_default();
                self.say(&mark.standing.mark, Done::Stands(mark.standing.kind), ChangeObject::Code, text, around);
            }
        }
    }

    /// The numbered thing that a block is, as a sentence names it.
    fn numbered(&self, block: &Block) -> Option<String> {
        let (doc, forms) = (self.doc, &self.doc.terms.in_text);
        let named = |form: &'static str, number: &str| in_sentence(form, number.trim_end_matches('.'));
        if let Some(info) = doc.captions.get(block.id) {
            let form = match info.kind {
                CaptionKind::Figure => forms.figure,
                CaptionKind::Table => forms.table,
            };
            return Some(named(form, &info.number));
        }
        if let (BlockKind::Box(boxed), Some(number)) =
            (&block.kind, doc.boxes.get(block.id).and_then(|info| info.number.as_ref()))
        {
            let form = if boxed.kind == BoxKind::Recommendation { forms.recommendation } else { forms.boxed };
            return Some(named(form, number));
        }
        let number = doc.paragraphs.get(block.id)?.number.as_ref()?;
        Some(named(forms.paragraph, number))
    }

    fn children(&mut self, block: &'d Block, around: &Around<'d>) {
        let inner = around.inner();
        match &block.kind {
            BlockKind::Paragraph(content) => self.line(content, around),
            BlockKind::Heading(heading) => self.line(&heading.content, around),
            BlockKind::List(list) => {
                for item in &list.items {
                    let text = || self.doc.plain_text_of_blocks(&item.blocks);
                    let inner = self.node(item.change.as_deref(), ChangeObject::ListItem, text, &inner);
                    self.blocks(&item.blocks, &Around { items: inner.items + 1, ..inner });
                }
            }
            BlockKind::DescriptionList(items) => {
                for item in items {
                    let (doc, term, details) = (self.doc, &item.term, &item.details);
                    let text = || format!("{}\n{}", doc.plain_text(term), doc.plain_text_of_blocks(details));
                    let inner = self.node(item.change.as_deref(), ChangeObject::Term, text, &inner);
                    self.line(&item.term, &inner);
                    self.blocks(&item.details, &inner);
                }
            }
            BlockKind::Division(blocks) => self.blocks(blocks, around),
            BlockKind::BlockQuote(blocks) | BlockKind::Bibliography(blocks) => self.blocks(blocks, &inner),
            BlockKind::Box(boxed) => {
                let inner = around.part_of(around.kept.unwrap_or(Kept::Box));
                self.line(boxed.title.as_deref().unwrap_or_default(), &inner);
                self.blocks(&boxed.blocks, &inner);
            }
            BlockKind::Figure(figure) => {
                self.line(figure.caption.as_ref().map_or(&[], |caption| &caption.content), &inner);
            }
            BlockKind::Table(table) => self.table(table, &around.part_of(around.kept.unwrap_or(Kept::Cell))),
            BlockKind::Details(details) => {
                self.line(&details.summary, &inner);
                self.blocks(&details.blocks, &inner);
            }
            BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Formula(_) => {}
        }
    }

    /// At a list item, a term or a row.
    fn node(
        &mut self,
        change: Option<&'d Change>,
        object: ChangeObject,
        text: impl Fn() -> String,
        around: &Around<'d>,
    ) -> Around<'d> {
        let Some(change) = change else { return around.clone() };
        let whole = change.standing.as_ref().map(|standing| standing.kind.side());
        let around = Around { whole: around.whole.or(whole), ..around.clone() };
        if let Some(standing) = &change.standing {
            self.say(&standing.mark, Done::Stands(standing.kind), object, &text(), &around);
        } else if let Some(former) = &change.former {
            let done = match former.was {
                Was::Level { level, .. } if level < around.items => Done::Nested,
                Was::Level { .. } => Done::Raised,
                Was::Block(_) | Was::Run(_) | Was::Item(_) | Was::Cell { .. } => Done::Formed,
            };
            self.say(&former.mark, done, object, &text(), &around);
        }
        around
    }

    fn table(&mut self, table: &'d Table, around: &Around<'d>) {
        self.line(table.caption.as_ref().map_or(&[], |caption| &caption.content), around);
        for row in table.head.iter().chain(&table.body) {
            let doc = self.doc;
            let inner = self.node(row.change.as_deref(), ChangeObject::Row, || row_text(doc, row), around);
            for cell in &row.cells {
                let object = match &cell.change {
                    Some(change) if change.standing.is_some() => ChangeObject::Column,
                    Some(_) | None => ChangeObject::Cell,
                };
                // What stands in a row that came or went was said with it.
                let said = object == ChangeObject::Column && inner.whole.is_some();
                let text = || {
                    if said { String::new() } else { one_line(&doc.plain_text_of_blocks(&cell.blocks)) }
                };
                let inner = self.node(cell.change.as_deref(), object, text, &inner);
                self.blocks(&cell.blocks, &inner);
            }
        }
    }

    /// The leaves of a line.
    fn line(&mut self, content: &'d [Inline], around: &Around<'d>) {
        let current = self.current(around);
        walk_inlines(content, &mut Notes(&mut self.notes, current));
        if !content.iter().any(Inline::is_marked) {
            return;
        }
        self.line += 1;
        let spot = self.marked(around);
        let leaves = runs(content);
        let said = |run: &Run| self.doc.plain_text(std::slice::from_ref(&run.leaf));
        let texts: Vec<String> = leaves.iter().map(said).collect();
        for (at, run) in leaves.iter().enumerate() {
            let Some(change) = &run.leaf.change else { continue };
            let (mark, done) = match (&change.standing, &change.former) {
                (Some(standing), _) => (&standing.mark, Done::Stands(standing.kind)),
                (None, Some(former)) => (&former.mark, Done::Formed),
                (None, None) => continue,
            };
            let other = |run: &Run| number(run) == Some(mark.number);
            let stays = |at: &usize| !other(&leaves[*at]) && !is_gone(&leaves[*at]);
            let joined = |range: std::ops::Range<usize>| -> String {
                range.filter(stays).map(|at| texts[at].as_str()).collect()
            };
            let (first, last) = (at.saturating_sub(BESIDE), leaves.len().min(at + 1 + BESIDE));
            let (before, behind) = (joined(first..at), joined(at + 1..last));
            let doc = self.doc;
            let found = self.found(mark.number);
            found.take(mark, done, &spot);
            found.say(done, leaf_object(&run.leaf), &texts[at], spot.line);
            found.link(done, link(run));
            if let Some(reference) = doc.note_references.get(run.leaf.id) {
                found.label(done, &reference.label);
            }
            found.beside(&before, &behind);
        }
    }
}

/// Leaves to either side of a change that are looked through for what stands beside it.
const BESIDE: usize = 32;

fn number(run: &Run) -> Option<u32> {
    run.leaf.change.as_ref().and_then(|change| change.marks().next()).map(|mark| mark.number)
}

fn is_gone(run: &Run) -> bool {
    let standing = run.leaf.change.as_ref().and_then(|change| change.standing.as_ref());
    standing.is_some_and(|standing| standing.kind.side() == Side::Old)
}

/// Notes by the place of their first reference.
struct Notes<'n>(&'n mut HashMap<NodeId, [Option<usize>; 2]>, [Option<usize>; 2]);

impl Visit<'_> for Notes<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Note(id) = inline.kind {
            self.0.entry(id).or_insert(self.1);
        }
    }
}
