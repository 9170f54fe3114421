//! Markdown drafts to the tree. The only home of comrak.
//!
//! In: [`Sources`]. Out: [`Document`], nothing a writer typed lost, and diagnostics for what could
//! not be understood. Never resolves a link, opens a file or numbers anything.

mod anchor;
mod attributes;
mod block;
mod boxes;
mod bracket;
mod caption;
mod citation;
mod class;
mod definition;
mod depth;
mod dialect;
mod entity;
mod fancy;
mod fence;
mod figure;
mod formula;
mod front_matter;
mod grid;
mod html;
mod hygiene;
mod inline;
mod kept;
mod key;
mod leaf;
mod list;
mod locator;
mod marker;
mod note;
mod pair;
mod picture;
mod place;
mod reader;
mod reference;
mod syntax;
mod table;
mod text;

use std::sync::Arc;

use comrak::nodes::NodeValue;
use comrak::{Arena, Node};
use rayon::prelude::*;

use crate::diag::{Diagnostic, Diagnostics, Warned};
use crate::document::{Block, Document, Ids, Note, Part};
use crate::source::{FileId, Sources};
use definition::Definitions;
use fence::Fences;
use front_matter::FrontMatter;
use grid::Cells;
pub use kept::KeptDrafts;
use place::Place;
use reader::Reader;
use syntax::Boxes;

/// Parses drafts in reading order into one document. Nodes have ids in reading order.
pub fn parse(sources: &Sources, drafts: &[FileId]) -> Warned<Document> {
    parse_again(sources, drafts, &KeptDrafts::default())
}

/// The same, with drafts that a run before parsed where they are as they were.
pub fn parse_again(sources: &Sources, drafts: &[FileId], kept: &KeptDrafts) -> Warned<Document> {
    let mut diagnostics = Diagnostics::new();
    let mut ids = Ids::default();
    let mut document = Document::default();
    let mut cells = Cells::default();
    // Each by itself, side by side, as if it were the only one with tables.
    let alone = |file: &FileId| kept.read(sources, *file, &Cells::default());
    let reads: Vec<Arc<Read>> = drafts.par_iter().map(alone).collect();
    for (&file, read) in drafts.iter().zip(reads) {
        let read = if cells.have_room_for(&read.cells) { read } else { kept.read(sources, file, &cells) };
        cells.add(&read.cells);
        let (mut part, mut notes) = (read.part.clone(), read.notes.clone());
        ids.take_in(&read.ids, &mut part.blocks, &mut notes);
        document.parts.push(part);
        document.notes.extend(notes);
        read.found.iter().for_each(|found| diagnostics.push(found.clone()));
    }
    reference::find(sources, &mut document, &mut ids);
    document.renumber();
    Warned::new(document, diagnostics)
}

/// What a draft comes to by itself.
struct Read {
    part: Part,
    notes: Vec<Note>,
    found: Diagnostics,
    /// Those that it took.
    ids: Ids,
    cells: Cells,
}

/// Reads a draft behind drafts with so many cells.
fn read(sources: &Sources, file: FileId, before: &Cells) -> Read {
    let (mut ids, mut cells, mut found) = (Ids::default(), before.clone(), Diagnostics::new());
    let (part, notes) = draft(sources, file, &mut ids, &mut cells, &mut found);
    Read { part, notes, found, ids, cells: cells.since(before) }
}

fn draft(
    sources: &Sources,
    file: FileId,
    ids: &mut Ids,
    cells: &mut Cells,
    diagnostics: &mut Diagnostics,
) -> (Part, Vec<Note>) {
    let draft = sources[file].text();
    let mut found = Diagnostics::new();
    let front = front_matter::read(file, draft, &mut found);
    let place = Place::rest(file, draft, front.body);
    hygiene::control_characters(&Place::rest(file, draft, 0), &mut found);
    let (blocks, notes) = body(file, place, ids, cells, &mut found);
    sorted_into(found, diagnostics);
    let FrontMatter { kind, title, numbering, language, contributors, .. } = front;
    (Part { file, kind, title, numbering, language, contributors, side: None, blocks }, notes)
}

fn body(
    file: FileId,
    mut place: Place<'_>,
    ids: &mut Ids,
    cells: &mut Cells,
    diagnostics: &mut Diagnostics,
) -> (Vec<Block>, Vec<Note>) {
    let arena = Arena::new();
    if let Some(text) = depth::shortened(place.body())
        && let Some(node) = depth::too_deep(syntax::tree(&arena, &text, Boxes::Text))
    {
        diagnostics.push(depth::refusal(place.line_span(node.data().sourcepos.start.line)));
        return (Vec::new(), Vec::new());
    }
    let mut root = syntax::tree(&arena, place.body(), Boxes::Text);
    let spaced = dialect::spaced(place.body(), code_lines(root));
    let text = spaced.as_deref().unwrap_or(place.body());
    if spaced.is_some() {
        root = syntax::tree(&arena, text, Boxes::Text);
    }
    let numbered = fancy::numbered(text);
    let text = numbered.as_deref().unwrap_or(text);
    if numbered.is_some() {
        root = syntax::tree(&arena, text, Boxes::Text);
    }
    let is_code = code_lines(root);
    hygiene::conflict_markers(&place, &is_code, diagnostics);
    let fences = Fences::new(text, &is_code);
    let definitions = Definitions::of(text);
    if let Some(line) = fences.too_deep() {
        diagnostics.push(depth::refusal(place.line_span(line)));
        return (Vec::new(), Vec::new());
    }
    if let Some((text, added)) = fences.rewritten(text) {
        root = syntax::tree(&arena, &text, Boxes::Read);
        place = place.with_added(added);
    }
    if let Some(node) = depth::too_deep(root) {
        diagnostics.push(depth::refusal(place.span(node.data().sourcepos)));
        return (Vec::new(), Vec::new());
    }
    let mut reader = Reader::new(file, place, &fences, ids, cells, diagnostics);
    reader.definitions = definitions;
    boxes::report_strays(&mut reader);
    note::define(&mut reader, root);
    let blocks = block::blocks(&mut reader, root, 0);
    note::read(&mut reader, root);
    note::settle(&mut reader, &blocks);
    dialect::report(&mut reader, &blocks);
    class::report(&mut reader, &blocks);
    pair::report(&mut reader, &blocks);
    picture::report(&mut reader, &blocks);
    (blocks, reader.notes)
}

/// Whether a line, from 1, is code or HTML that Markdown does not look into.
fn code_lines(root: Node<'_>) -> impl Fn(usize) -> bool + use<> {
    let mut ranges = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        let is_html = matches!(&data.value, NodeValue::HtmlBlock(html) if html.block_type < 6);
        let verbatim = is_html || matches!(data.value, NodeValue::CodeBlock(_));
        if verbatim {
            ranges.push((data.sourcepos.start.line, data.sourcepos.end.line));
        }
    }
    move |line| {
        let index = ranges.partition_point(|(start, _)| *start <= line);
        index.checked_sub(1).is_some_and(|index| ranges[index].1 >= line)
    }
}

/// In the order of the draft, whatever found them.
fn sorted_into(found: Diagnostics, diagnostics: &mut Diagnostics) {
    let mut list: Vec<Diagnostic> = found.into_iter().collect();
    list.sort_by_key(|diagnostic| match diagnostic.place {
        crate::diag::Place::Span(span) => span.start,
        crate::diag::Place::Path(_) | crate::diag::Place::Nowhere => 0,
    });
    for diagnostic in list {
        diagnostics.push(diagnostic);
    }
}
