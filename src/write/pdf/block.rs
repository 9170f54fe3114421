//! Blocks: each becomes one call of a function of the template.
//!
//! In: the tree and what was decided about it. Out: Typst source, in which text is literals only.
//! Never numbers, orders or measures; where a block may break is estimated by `fit`.

use super::fit::{self, Breaking};
use super::inline::words;
use super::markup::Markup;
use super::{escape, page};
use crate::document::{
    Block, BlockKind, Box, Caption, DescriptionItem, Details, Figure, Heading, List, ListItem, NodeId, Pt,
};
use crate::resolve::{Anchor, CodeToken, HeadingInfo, HeadingPlace, Picture, ResolvedDocument};
use crate::style::{RoleStyle, Stylesheet, box_role, heading_role};

/// With less room across than this (in points) blocks within blocks are not indented any more.
const CRAMPED: f64 = 100.0;

/// Generates the source of a document.
pub(super) struct Generator<'a> {
    pub(super) doc: &'a ResolvedDocument,
    pub(super) style: &'a Stylesheet,
    pub(super) out: Markup,
    /// Where in the page the next block stands.
    pub(super) place: Place,
    /// Every anchor generated, in order.
    pub(super) anchors: Vec<Anchor>,
    /// Anchors of blocks that stand at the first text within.
    waiting: Vec<Anchor>,
    /// References to notes met within a link.
    pub(super) late_notes: Vec<NodeId>,
    /// Notes whose reference stands in a repeated head; they are set with the first row beneath it.
    pub(super) head_notes: Vec<NodeId>,
}

/// What surrounds a block or inline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Room across.
    pub(super) width: Pt,
    /// Type size.
    pub(super) size: Pt,
    /// Inside another block, where no page can begin.
    pub(super) contained: bool,
    /// In a note's body.
    pub(super) in_note: bool,
    /// In the contents, where nothing leads anywhere.
    pub(super) in_contents: bool,
    /// In a link.
    pub(super) in_link: bool,
    /// In a head that is repeated on later pages, as an artifact: it may hold neither links nor notes.
    pub(super) in_repeated_head: bool,
    /// In struck text.
    pub(super) struck: bool,
    /// Inlines around.
    pub(super) depth: u8,
}

impl<'a> Generator<'a> {
    /// At the start of a document.
    pub(super) fn new(doc: &'a ResolvedDocument, style: &'a Stylesheet) -> Self {
        let place = Place {
            width: style.page.measure(),
            size: style.role("body").size,
            contained: false,
            in_note: false,
            in_contents: false,
            in_link: false,
            in_repeated_head: false,
            struck: false,
            depth: 0,
        };
        let out = Markup::default();
        let (anchors, waiting, late_notes, head_notes) = Default::default();
        Self { doc, style, out, place, anchors, waiting, late_notes, head_notes }
    }

    // ------------------------------------------------------------ statements

    /// Statements in braces as one expression.
    pub(super) fn sequence(&mut self, content: impl FnOnce(&mut Self)) {
        self.out.push("{");
        let start = self.out.position();
        content(self);
        self.out.push(if self.out.position() == start { "[]}" } else { "}" });
    }

    /// A statement of its own.
    pub(super) fn statement(&mut self, code: &str) {
        if self.out.wants_separator() {
            self.out.push("; ");
        }
        self.out.push(code);
    }

    /// Text as a statement of its own.
    pub(super) fn statement_literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.statement("");
            self.out.literal(text);
        }
    }

    /// A text or `none`.
    pub(super) fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.out.literal(&escape::shown(text)),
            None => self.out.push("none"),
        }
    }

    /// Generates with other surroundings.
    pub(super) fn within(&mut self, place: Place, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.place, place);
        content(self);
        self.place = outer;
    }

    /// Inside a block that takes `less` of the room across.
    pub(super) fn inside(&self, less: Pt) -> Place {
        let width = Pt((self.place.width.0 - less.0).max(24.0));
        Place { width, contained: true, ..self.place }
    }

    /// A place to link to.
    pub(super) fn anchor(&mut self, anchor: &Anchor) {
        self.statement("anchor(");
        self.out.literal(anchor.as_str());
        self.out.push(")");
        self.anchors.push(anchor.clone());
    }

    /// The anchors that wait for a place.
    pub(super) fn waiting_anchors(&mut self) {
        for anchor in std::mem::take(&mut self.waiting) {
            self.anchor(&anchor);
        }
    }

    /// Statements in another language.
    pub(super) fn in_language(&mut self, tag: &str, content: impl FnOnce(&mut Self)) {
        let (language, region) = page::language(tag);
        self.statement("text(lang: ");
        self.out.literal(&language);
        self.out.push(", region: ");
        self.optional(region.as_deref());
        self.out.push(", ");
        content(self);
        self.out.push(")");
    }

    // ------------------------------------------------------------ blocks

    /// Blocks as one expression.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        self.sequence(|g| {
            g.block_statements(blocks);
            g.waiting_anchors();
        });
    }

    pub(super) fn block_statements(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.out.push("\n");
            self.block_statement(block);
        }
    }

    fn block_statement(&mut self, block: &Block) {
        let start = self.out.position();
        match &block.attributes.language {
            Some(language) => self.in_language(language, |g| {
                g.sequence(|g| g.block(block));
            }),
            None => self.block(block),
        }
        self.out.came_from(start, block.span);
    }

    fn block(&mut self, block: &Block) {
        let doc = self.doc;
        if !matches!(block.kind, BlockKind::Heading(_))
            && let Some(anchor) = doc.anchors.get(block.id)
        {
            self.waiting.push(anchor.clone());
        }
        if self.place.width.0 < CRAMPED {
            return self.unindented(block);
        }
        self.in_full(block);
    }

    fn in_full(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(block.id, content),
            BlockKind::Heading(heading) => self.heading(block.id, heading),
            BlockKind::List(list) => self.list(block.id, list),
            BlockKind::DescriptionList(items) => self.description_list(items),
            BlockKind::BlockQuote(blocks) => self.quote(blocks),
            BlockKind::Box(boxed) => self.boxed(block.id, boxed),
            BlockKind::CodeBlock(_) => self.code(block.id),
            BlockKind::Figure(figure) => self.figure(block.id, figure),
            BlockKind::Table(table) => self.table(block.id, table),
            BlockKind::ThematicBreak => self.statement("divider"),
            BlockKind::Details(details) => self.details(details),
            BlockKind::Division(blocks) => self.block_statements(blocks),
        }
    }

    /// A block where nothing can be indented any more: what it holds, one after the other.
    fn unindented(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::BlockQuote(blocks) => self.block_statements(blocks),
            BlockKind::Box(boxed) => {
                if let Some(label) = self.doc.boxes[block.id].text() {
                    self.statement("p(strong(");
                    self.out.literal(&escape::shown(&label));
                    self.out.push("))\n");
                }
                if let Some(title) = &boxed.title {
                    self.strong_paragraph(title);
                }
                self.block_statements(&boxed.blocks);
            }
            BlockKind::Details(details) => {
                self.strong_paragraph(&details.summary);
                self.block_statements(&details.blocks);
            }
            BlockKind::DescriptionList(items) => {
                for item in items {
                    self.strong_paragraph(&item.term);
                    self.block_statements(&item.details);
                }
            }
            BlockKind::List(list) => {
                let markers = &self.doc.lists[block.id].markers;
                for (item, marker) in list.items.iter().zip(markers) {
                    self.statement("p(");
                    self.out.literal(mark(item, marker));
                    self.out.push(")\n");
                    self.block_statements(&item.blocks);
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Division(_) => self.in_full(block),
        }
    }

    fn strong_paragraph(&mut self, content: &[crate::document::Inline]) {
        self.statement("p(strong(");
        self.inlines(content);
        self.out.push("))\n");
    }

    fn paragraph(&mut self, id: NodeId, content: &[crate::document::Inline]) {
        let info = self.doc.paragraphs.get(id).cloned().unwrap_or_default();
        match info.number {
            Some(number) => {
                self.statement("numbered(");
                self.out.literal(&number);
                self.out.push(", ");
            }
            None if info.source => self.statement("source("),
            None if info.lead => self.statement("lead("),
            None => self.statement("p("),
        }
        self.inlines(content);
        self.out.push(")");
    }

    /// Headings in notes are set as paragraphs: they are no part of the report's order.
    fn heading(&mut self, id: NodeId, heading: &Heading) {
        let Some(info) = self.doc.headings.get(id).filter(|_| !self.place.in_note) else {
            return self.strong_paragraph(&heading.content);
        };
        let bookmark = bookmark(self.doc, info, heading);
        if bookmark.is_empty() {
            return self.waiting.push(info.anchor.clone());
        }
        let role = heading_style(info);
        if self.style.role(role).page_break_before && !self.place.contained {
            self.statement("chapter-break\n");
        }
        self.statement("title-block(");
        self.out.literal(role);
        self.out.push(&format!(", {}, ", info.level.get()));
        self.optional(info.number.as_deref());
        self.out.push(if runs_in(info) { ", true, " } else { ", false, " });
        self.out.literal(&bookmark);
        self.out.push(", ");
        self.out.literal(info.anchor.as_str());
        self.anchors.push(info.anchor.clone());
        self.out.push(", ");
        self.inlines(&heading.content);
        self.out.push(")");
    }

    fn list(&mut self, id: NodeId, list: &List) {
        let info = &self.doc.lists[id];
        let markers: Vec<&str> =
            list.items.iter().zip(&info.markers).map(|(item, marker)| mark(item, marker)).collect();
        let tight = if list.tight { "true" } else { "false" };
        let nested = if info.depth > 0 { "true" } else { "false" };
        match markers.as_slice() {
            [] => return,
            [first, rest @ ..] if rest.iter().all(|marker| marker == first) && !first.ends_with(['.', ')']) => {
                self.statement(&format!("bullets({tight}, {nested}, "));
                self.out.literal(first);
            }
            markers => {
                self.statement(&format!("numbers({tight}, {nested}, ("));
                for marker in markers {
                    self.out.literal(marker);
                    self.out.push(", ");
                }
                self.out.push(")");
            }
        }
        let inside = self.inside(self.style.role("list").hang);
        for item in &list.items {
            self.out.push(",\n");
            self.within(inside, |g| g.item(item));
        }
        self.out.push(")");
    }

    fn item(&mut self, item: &ListItem) {
        let start = self.out.position();
        if let Some(anchor) = self.doc.anchors.get(item.id) {
            self.waiting.push(anchor.clone());
        }
        self.blocks(&item.blocks);
        self.out.came_from(start, item.span);
    }

    fn description_list(&mut self, items: &[DescriptionItem]) {
        let inside = self.inside(self.style.role("description").indent);
        self.statement("descriptions(");
        for item in items {
            if let Some(anchor) = self.doc.anchors.get(item.id) {
                self.waiting.push(anchor.clone());
            }
            self.out.push("\n(");
            self.inlines(&item.term);
            self.out.push(", ");
            self.within(inside, |g| g.running_on(&item.details));
            self.out.push("), ");
        }
        self.out.push(")");
    }

    fn quote(&mut self, blocks: &[Block]) {
        let role = self.style.role("quote");
        let inside = self.inside(role.indent + role.indent_end + role.padding);
        self.statement("quoted(");
        self.within(inside, |g| g.blocks(blocks));
        self.out.push(")");
    }

    fn boxed(&mut self, id: NodeId, boxed: &Box) {
        let name = box_role(boxed.kind);
        let role = self.style.role(name);
        let inside = Place { size: role.size, ..self.inside(role.padding * 2.0 + Pt(6.0)) };
        let label = self.doc.boxes[id].text();
        let high = fit::height(&boxed.blocks, inside.width, role);
        self.statement("boxed(");
        self.out.literal(name);
        self.out.push(", ");
        self.optional(label.as_deref());
        self.out.push(", ");
        match &boxed.title {
            Some(title) => self.within(inside, |g| g.inlines(title)),
            None => self.out.push("none"),
        }
        self.out.push(&format!(", {}, ", Breaking::of(high, self.style).literal()));
        self.within(inside, |g| g.blocks(&boxed.blocks));
        self.out.push(")");
    }

    fn details(&mut self, details: &Details) {
        let inside = self.inside(self.style.role("details").padding * 2.0);
        self.statement("unfolded(");
        self.inlines(&details.summary);
        self.out.push(", ");
        self.within(inside, |g| g.blocks(&details.blocks));
        self.out.push(")");
    }

    fn code(&mut self, id: NodeId) {
        let lines = &self.doc.code[id];
        let role = self.style.role("code");
        let columns = fit::room(self.place.width - role.padding * 2.0, role.size, 0.602);
        let shown: Vec<Vec<CodeToken>> = lines.iter().map(|line| code_line(line)).collect();
        let plain: Vec<String> =
            shown.iter().map(|line| line.iter().map(|token| token.text.as_str()).collect()).collect();
        self.statement("code(");
        self.out.literal(&plain.join("\n"));
        self.out.push(&format!(", {}, ", Breaking::of(code_height(&plain, columns, role), self.style).literal()));
        self.sequence(Self::waiting_anchors);
        for line in &shown {
            self.out.push(",\n");
            self.sequence(|g| line.iter().for_each(|token| g.code_token(token, columns)));
        }
        self.out.push(")");
    }

    fn code_token(&mut self, token: &CodeToken, columns: usize) {
        let Some(name) = token.kind.name() else { return self.code_text(&token.text, columns) };
        self.statement("token(");
        self.out.literal(name);
        self.out.push(", ");
        self.sequence(|g| g.code_text(&token.text, columns));
        self.out.push(")");
    }

    fn code_text(&mut self, text: &str, columns: usize) {
        for (index, piece) in escape::pieces(text, columns.min(30)).into_iter().enumerate() {
            if index > 0 {
                self.statement("wbr");
            }
            self.statement_literal(piece);
        }
    }

    fn figure(&mut self, id: NodeId, figure: &Figure) {
        let info = &self.doc.images[id];
        self.statement("captioned(image, ");
        self.caption(id, figure.caption.as_ref());
        self.out.push(", false, ");
        match &info.picture {
            Picture::Asset { .. } => {
                self.out.push("framed(");
                self.with_anchors(|g| g.picture(id));
                self.out.push("))");
            }
            Picture::Placeholder { .. } => {
                let Some((text, alternative)) = info.stand_in() else { return };
                self.out.push("placeholder-look(");
                self.with_anchors(|g| {
                    g.out.literal(&escape::shown(text));
                    if let Some(alternative) = alternative {
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
    fn with_anchors(&mut self, content: impl FnOnce(&mut Self)) {
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
        self.optional(label.as_deref());
        self.out.push(", ");
        let size = self.style.role("caption").size;
        self.within(Place { size, ..self.place }, |g| g.inlines(&caption.content));
        self.out.push(")");
        self.out.came_from(start, caption.span);
    }

    /// The body of a note; its first paragraph follows the number on one line.
    pub(super) fn note_body(&mut self, blocks: &[Block]) {
        let role = self.style.role("footnote");
        let width = Pt(self.style.page.measure().0 - role.hang.0);
        let place =
            Place { width, size: role.size, contained: true, in_note: true, struck: false, depth: 0, ..self.place };
        let outer = std::mem::take(&mut self.waiting);
        self.within(place, |g| g.running_on(blocks));
        self.waiting = outer;
    }

    /// Blocks of which the first, if a paragraph, goes on where something else has begun.
    fn running_on(&mut self, blocks: &[Block]) {
        self.sequence(|g| match blocks {
            [Block { kind: BlockKind::Paragraph(content), .. }, rest @ ..] => {
                g.statement("");
                g.inlines(content);
                g.statement("parbreak()");
                g.block_statements(rest);
            }
            blocks => g.block_statements(blocks),
        });
    }
}

/// The role of a heading.
pub(super) fn heading_style(info: &HeadingInfo) -> &'static str {
    match (info.level.get(), info.place) {
        (1, HeadingPlace::Front) => "front-heading",
        (1, HeadingPlace::Annex) => "annex",
        (_, HeadingPlace::Front | HeadingPlace::Body | HeadingPlace::Annex) => heading_role(info.level),
    }
}

/// Whether the number stands before the title instead of in the gutter: "Annex I. Sessions".
pub(super) fn runs_in(info: &HeadingInfo) -> bool {
    match info.place {
        HeadingPlace::Annex => info.level.get() == 1,
        HeadingPlace::Front | HeadingPlace::Body => false,
    }
}

/// Number and title as a bookmark has them; empty for a heading without text, which is none (PDF/UA-1).
fn bookmark(doc: &ResolvedDocument, info: &HeadingInfo, heading: &Heading) -> String {
    let title = words(doc, &heading.content);
    match &info.number {
        Some(number) if !title.is_empty() => format!("{number} {title}"),
        Some(_) | None => title,
    }
}

/// What stands before an item.
fn mark<'m>(item: &ListItem, marker: &'m str) -> &'m str {
    match item.checked {
        Some(true) => "\u{2611}",
        Some(false) => "\u{2610}",
        None => marker,
    }
}

/// A line of code as it is shown, tabs as spaces.
fn code_line(line: &[CodeToken]) -> Vec<CodeToken> {
    let mut column = 0;
    let mut shown = Vec::with_capacity(line.len());
    for token in line {
        let text = escape::shown_code(&token.text, column);
        column += text.chars().count();
        shown.push(CodeToken { kind: token.kind, text });
    }
    shown
}

fn code_height(lines: &[String], columns: usize, role: &RoleStyle) -> f64 {
    let rows: usize = lines.iter().map(|line| line.chars().count().div_ceil(columns).max(1)).sum();
    rows as f64 * role.line.0 + role.padding.0 * 2.0
}
