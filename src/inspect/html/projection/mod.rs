//! A page as it is once every change in it is accepted, or rejected: [`Projection`].
//!
//! In: a page and a side. Out: its blocks, then its notes. `ins`, `del` and the classes of items, rows and cells say what stands on one side alone, `data-was`
//! says what something was; in a clean page all stands on both. What is computed is left out: numbers, labels, markers, the text of references, bibliographies,
//! how headings are levelled and columns stand.

mod line;
mod shape;
mod state;
mod was;

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use crate::document::Side;
use crate::inspect::projection::{ProjectedBlock, ProjectedKind, ProjectedObject, ProjectedRun, Projection};
use line::Line;
use shape::{LEFT_OUT, ends_paragraph, has, is_block, marker, span, takes_form};
use state::{Context, Item};
use was::Was;

/// What drafts and the configuration say; not which version this is, nor what a row of the cover is called.
const PARTS: &str = "main .kicker > p, main .panel .title, main .panel .subtitle, main .cover-rows dd, main .cover-text, \
    main .cover-foot > .disclaimer, main .report > .part";

/// Reads one side of a page.
pub(super) fn read(page: &Html, side: Side) -> Projection {
    let mut reader = Reader::new(side);
    let parts = Selector::parse(PARTS).expect("the selectors of this file are constants");
    page.select(&parts).for_each(|part| reader.walk(part));
    let notes = Selector::parse("main .notes li[id]").expect("the selectors of this file are constants");
    let bodies: HashMap<&str, ElementRef<'_>> =
        page.select(&notes).filter_map(|note| Some((note.value().id()?, note))).collect();
    let mut next = 0;
    while let Some(id) = reader.notes.get(next).cloned() {
        next += 1;
        reader.blocks.push(ProjectedBlock::new(ProjectedKind::Note, ""));
        if let Some(body) = bodies.get(id.as_str()) {
            body.child_elements().for_each(|child| reader.walk(child));
        }
    }
    Projection { blocks: reader.blocks }
}

/// What is read while a page is walked.
struct Reader {
    side: Side,
    blocks: Vec<ProjectedBlock>,
    line: Option<Line>,
    /// A paragraph that goes on in the next.
    carried: Option<ProjectedBlock>,
    /// Whether the paragraph that is read goes on in the next.
    goes_on: bool,
    /// What each open element makes of what is within.
    contexts: Vec<Context>,
    items: Vec<Item>,
    /// Where each open table begins.
    tables: Vec<usize>,
    /// Where each open cell begins, and whether it heads others.
    cells: Vec<(usize, bool)>,
    /// What the next block was.
    was: Option<Was>,
    /// Ids of notes, in the order of first reference.
    notes: Vec<String>,
}

impl Reader {
    fn new(side: Side) -> Self {
        Self {
            side,
            blocks: Vec::new(),
            line: None,
            carried: None,
            goes_on: false,
            contexts: Vec::new(),
            items: Vec::new(),
            tables: Vec::new(),
            cells: Vec::new(),
            was: None,
            notes: Vec::new(),
        }
    }

    /// Reads what an element holds.
    fn walk(&mut self, root: ElementRef<'_>) {
        let mut passed: Option<NodeId> = None;
        for edge in root.traverse() {
            match edge {
                Edge::Close(node) if passed == Some(node.id()) => passed = None,
                _ if passed.is_some() => {}
                Edge::Open(node) => {
                    if !self.open(node) {
                        passed = Some(node.id());
                    }
                }
                Edge::Close(node) => self.close(node),
            }
        }
        self.end_line();
        self.flush();
    }

    /// Whether the walk goes in.
    fn open(&mut self, node: NodeRef<'_, Node>) -> bool {
        match (node.value(), ElementRef::wrap(node)) {
            (Node::Text(text), _) => self.text(text),
            (_, Some(element)) => return self.enter(element),
            _ => {}
        }
        true
    }

    fn enter(&mut self, node: ElementRef<'_>) -> bool {
        let element = node.value();
        if has(element, "paragraph-end") {
            self.goes_on = !self.shows(element);
            return false;
        }
        if !self.shows(element) || self.is_left_out(element) {
            return false;
        }
        if has(element, "bibliography") {
            // It came with its heading.
            self.end_line();
            self.blocks.pop_if(|block| block.style == "heading");
            return false;
        }
        let context = self.context().within(element, self.side);
        if is_block(element) {
            self.end_line();
            self.contexts.push(context);
            self.open_block(element);
            return true;
        }
        if self.object(node) {
            return false;
        }
        self.contexts.push(context);
        true
    }

    /// Whether an element stands on this side.
    fn shows(&self, element: &Element) -> bool {
        match self.side {
            Side::Old => element.name() != "ins" && !has(element, "inserted"),
            Side::New => element.name() != "del" && !has(element, "deleted"),
        }
    }

    /// What helps to read, and what is computed.
    fn is_left_out(&self, element: &Element) -> bool {
        let label = has(element, "box-label") && !self.context().is_statement;
        label
            || LEFT_OUT.iter().any(|class| has(element, class))
            || element.attr("role") == Some("doc-backlink")
            || matches!(element.name(), "nav" | "script" | "style" | "colgroup")
    }

    fn context(&self) -> Context {
        self.contexts.last().cloned().unwrap_or_default()
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = ElementRef::wrap(node).map(|element| element.value()) else { return };
        if is_block(element) {
            if !self.end_line() && ends_paragraph(element) && !std::mem::take(&mut self.goes_on) {
                // Nothing of it is left to go on with.
                self.flush();
            }
            self.close_block(element);
        }
        self.contexts.pop();
    }

    fn open_block(&mut self, element: &Element) {
        let was = if takes_form(element) { self.was.take() } else { None };
        match element.name() {
            "div" if has(element, "block") => self.was = self.was_of(element),
            "div" if has(element, "within") => self.item_was(element),
            "table" => {
                self.flush();
                self.tables.push(self.blocks.len());
                let key = self.context().key;
                self.blocks.push(ProjectedBlock { key, ..ProjectedBlock::new(ProjectedKind::Table, "") });
            }
            "tr" => {
                let style = if self.context().is_head { "head" } else { "" };
                self.blocks.push(ProjectedBlock::new(ProjectedKind::Row, style));
            }
            "td" | "th" => {
                self.cells.push((self.blocks.len(), element.name() == "th"));
                self.blocks.push(ProjectedBlock::new(ProjectedKind::Cell, span(element)));
            }
            "ul" | "ol" => {
                let marker = was.and_then(|was| was.list()).unwrap_or_else(|| marker(element));
                self.contexts.last_mut().into_iter().for_each(|context| context.marker.clone_from(&marker));
            }
            "li" => self.open_item(element),
            "hr" => self.blocks.push(ProjectedBlock::new(ProjectedKind::Paragraph, "rule")),
            _ => {
                if let Some(context) = self.contexts.last_mut() {
                    context.take_form(element, was);
                }
            }
        }
    }

    fn open_item(&mut self, element: &Element) {
        let task = has(element, "task").then(|| if has(element, "done") { "done" } else { "task" });
        let marker = task.map_or_else(|| self.context().marker, str::to_owned);
        self.items.push(Item { marker, level: None, begun: false });
    }

    fn close_block(&mut self, element: &Element) {
        match element.name() {
            "td" | "th" => self.end_cell(),
            "table" => self.end_table(),
            "li" => drop(self.items.pop()),
            "div" if has(element, "block") => self.was = None,
            _ => {}
        }
        self.flush_before(element);
    }

    /// A paragraph goes on in the next of its container only.
    fn flush_before(&mut self, element: &Element) {
        if !ends_paragraph(element) && !has(element, "block") {
            self.flush();
        }
    }

    /// An empty header cell heads nothing.
    fn end_cell(&mut self) {
        self.flush();
        let Some((start, heads)) = self.cells.pop() else { return };
        if heads && start + 1 < self.blocks.len() {
            self.blocks[start].style.push_str(" head");
        }
    }

    /// A table of which no row is left is none.
    fn end_table(&mut self) {
        let Some(start) = self.tables.pop() else { return };
        if self.blocks[start..].iter().any(|block| block.kind == ProjectedKind::Row) {
            self.blocks.push(ProjectedBlock::new(ProjectedKind::End, ""));
        } else {
            self.blocks.remove(start);
        }
    }

    /// What an element was, where this is the side that it was on.
    fn was_of(&self, element: &Element) -> Option<Was> {
        (self.side == Side::Old).then(|| Was::of(element)).flatten()
    }

    /// What an item or a cell was.
    fn item_was(&mut self, element: &Element) {
        match self.was_of(element) {
            Some(Was::Task(marker)) => {
                let list = self.context().marker;
                if let Some(item) = self.items.last_mut() {
                    item.marker = marker.unwrap_or(list);
                }
            }
            Some(Was::Level { level, marker }) => {
                if let Some(item) = self.items.last_mut() {
                    let is_task = matches!(item.marker.as_str(), "task" | "done");
                    item.level = Some(level);
                    item.marker = if is_task { std::mem::take(&mut item.marker) } else { marker };
                }
            }
            Some(Was::Cell { heads }) => self.cells.last_mut().into_iter().for_each(|cell| cell.1 = heads),
            Some(Was::Style(_) | Was::Figure(_) | Was::List(_) | Was::Other) | None => {}
        }
    }

    /// Reads what is no text; whether it was that.
    fn object(&mut self, node: ElementRef<'_>) -> bool {
        let element = node.value();
        let (object, text) = match element.name() {
            "br" => {
                self.push(line::BREAK, None);
                return true;
            }
            "img" => {
                let shown = element.attr("alt").unwrap_or_default().to_owned();
                (ProjectedObject::Image, self.context().alternative.unwrap_or(shown))
            }
            "math" => (ProjectedObject::Formula, element.attr("alttext").unwrap_or_default().to_owned()),
            "span" if has(element, "placeholder") => (ProjectedObject::Image, node.text().collect()),
            "a" if has(element, "reference") => (ProjectedObject::Field("reference".to_owned()), String::new()),
            "a" if element.attr("role") == Some("doc-noteref") => {
                self.note(element);
                (ProjectedObject::Note, String::new())
            }
            _ => return false,
        };
        self.push(&text, Some(object));
        true
    }

    fn note(&mut self, reference: &Element) {
        let id = reference.attr("href").unwrap_or_default().trim_start_matches('#');
        if self.notes.iter().all(|known| known != id) {
            self.notes.push(id.to_owned());
        }
    }

    fn text(&mut self, text: &str) {
        if self.line.is_some() || !text.trim().is_empty() {
            self.push(text, None);
        }
    }

    fn push(&mut self, text: &str, object: Option<ProjectedObject>) {
        let context = self.context();
        let item = self.items.last_mut();
        let line = self.line.get_or_insert_with(|| Line::open(&context, item));
        let note = object == Some(ProjectedObject::Note);
        // The sign of a note is raised by itself.
        let formats = if note { Vec::new() } else { context.sorted_formats() };
        line.runs.push(ProjectedRun { text: text.to_owned(), formats, link: context.link, object });
    }

    /// Ends the line that is open; false if none was.
    fn end_line(&mut self) -> bool {
        let Some(Line { mut block, mut runs, verbatim }) = self.line.take() else { return false };
        if let Some(before) = self.carried.take() {
            (block.style, block.list) = (before.style, before.list);
            block.key = before.key.or(block.key);
            runs = before.runs.into_iter().chain(runs).collect();
        }
        if std::mem::take(&mut self.goes_on) {
            self.carried = Some(ProjectedBlock { runs, ..block });
        } else {
            self.emit(block, runs, verbatim);
        }
        true
    }

    /// What was to go on stands alone.
    fn flush(&mut self) {
        if let Some(mut block) = self.carried.take() {
            let runs = std::mem::take(&mut block.runs);
            self.emit(block, runs, false);
        }
    }

    fn emit(&mut self, mut block: ProjectedBlock, runs: Vec<ProjectedRun>, verbatim: bool) {
        line::tidy(runs, verbatim).into_iter().for_each(|run| block.push(run));
        if !block.runs.is_empty() {
            self.blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests;
