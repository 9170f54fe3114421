//! What a tree says, as one text: two of the same text are the same to a reader, whatever their ids, places and files, however their text is
//! cut into nodes and their lines are broken.
//!
//! In: blocks. Out: their text, with signs for all that is no text. A note is a sign where it is referred to: what it says is compared for itself.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::document::{
    Attributes, Block, BlockKind, Caption, Cell, CellScope, Document, Form, Image, Inline, InlineKind, NodeId, Note,
    Row, Visit, walk_blocks,
};

/// Whether two documents say the same: the blocks of their parts in order, whatever the files, and the notes referred to, in the order of reference.
pub fn same(one: &Document, other: &Document) -> bool {
    said(one) == said(other)
}

/// Where two documents first say something else: what each goes on with there, in signs that are for people to compare.
pub fn difference(one: &Document, other: &Document) -> Option<(String, String)> {
    let (one, other) = (said(one), said(other));
    let at = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shown = |text: &str| {
        let from = text.chars().skip(at.saturating_sub(BEFORE)).take(BEFORE + BEHIND);
        from.map(|c| if c.is_control() { '¦' } else { c }).collect::<String>()
    };
    (one != other).then(|| (shown(&one), shown(&other)))
}

/// Signs that are shown of what is the same before a difference.
const BEFORE: usize = 60;
/// Signs that are shown from there on.
const BEHIND: usize = 120;

fn said(document: &Document) -> String {
    let mut document = document.clone();
    document.give_titles();
    let mut out = String::new();
    document.parts.iter().for_each(|part| blocks(&part.blocks, &mut out));
    let mut notes = NotesOf::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut notes));
    let by_id: HashMap<NodeId, &Note> = document.notes.iter().map(|note| (note.id, note)).collect();
    let (mut next, mut entered) = (0, HashSet::new());
    while let Some(&id) = notes.0.get(next) {
        next += 1;
        out.push_str("\u{1}note");
        let Some(note) = by_id.get(&id) else { continue };
        blocks(&note.blocks, &mut out);
        // Notes that refer to each other end at the length of all.
        if entered.insert(id) {
            walk_blocks(&note.blocks, &mut notes);
        }
    }
    out
}

/// The notes that blocks refer to, in order.
#[derive(Default)]
pub(super) struct NotesOf(pub(super) Vec<NodeId>);

impl Visit<'_> for NotesOf {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Note(id) = inline.kind {
            self.0.push(id);
        }
    }
}

/// The notes that some blocks refer to, in order.
pub(super) fn notes_of(blocks: &[Block]) -> Vec<NodeId> {
    let mut notes = NotesOf::default();
    walk_blocks(blocks, &mut notes);
    notes.0
}

/// A text's digest.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The text of blocks.
pub(super) fn blocks(blocks: &[Block], out: &mut String) {
    blocks.iter().for_each(|inner| block(inner, out));
}

/// The text of a block.
pub(super) fn block(block: &Block, out: &mut String) {
    form(&block.kind, out);
    attributes(&block.attributes, out);
    match &block.kind {
        BlockKind::Paragraph(content) => line(content, out),
        BlockKind::Heading(heading) => line(&heading.content, out),
        BlockKind::List(list) => list.items.iter().for_each(|one| item(one.checked, &one.blocks, out)),
        BlockKind::DescriptionList(items) => {
            for item in items {
                description(&item.term, &item.details, out);
            }
        }
        BlockKind::BlockQuote(within) | BlockKind::Division(within) | BlockKind::Bibliography(within) => {
            blocks(within, out);
        }
        BlockKind::Box(boxed) => {
            line(boxed.title.as_deref().unwrap_or_default(), out);
            blocks(&boxed.blocks, out);
        }
        BlockKind::CodeBlock(code) => out.push_str(&code.literal),
        BlockKind::Figure(figure) => caption(figure.caption.as_ref(), out),
        BlockKind::Table(table) => {
            caption(table.caption.as_ref(), out);
            out.push_str("\u{1}head");
            table.head.iter().for_each(|inner| row(inner, out));
            out.push_str("\u{1}body");
            table.body.iter().for_each(|inner| row(inner, out));
            let _ = write!(out, "{:?}", table.file.as_ref().map(|file| &file.path));
        }
        BlockKind::Details(details) => {
            line(&details.summary, out);
            blocks(&details.blocks, out);
        }
        BlockKind::Formula(formula) => {
            let _ = write!(out, "{formula:?}");
        }
        BlockKind::ThematicBreak => {}
    }
    out.push_str("\u{1}end");
}

/// What kind a block is of, and its form.
fn form(kind: &BlockKind, out: &mut String) {
    let name = match kind {
        BlockKind::Paragraph(_) => "p",
        BlockKind::Heading(_) => "h",
        BlockKind::List(_) => "l",
        BlockKind::DescriptionList(_) => "dl",
        BlockKind::BlockQuote(_) => "q",
        BlockKind::Box(_) => "box",
        BlockKind::CodeBlock(_) => "code",
        BlockKind::Figure(_) => "fig",
        BlockKind::Table(_) => "t",
        BlockKind::ThematicBreak => "hr",
        BlockKind::Details(_) => "det",
        BlockKind::Division(_) => "div",
        BlockKind::Formula(_) => "f",
        BlockKind::Bibliography(_) => "bib",
    };
    out.push('\u{1}');
    out.push_str(name);
    match Form::of(kind) {
        Form::Figure(inner) => image(&inner, out),
        Form::Paragraph | Form::Plain => {}
        other @ (Form::Heading(_) | Form::List(_) | Form::Box(_) | Form::CodeBlock(_) | Form::Table(_)) => {
            let _ = write!(out, "{other:?}");
        }
    }
    out.push('\u{1}');
}

fn attributes(attributes: &Attributes, out: &mut String) {
    if !attributes.is_empty() {
        let _ = write!(out, "{attributes:?}");
    }
}

fn caption(caption: Option<&Caption>, out: &mut String) {
    line(caption.map(|caption| caption.content.as_slice()).unwrap_or_default(), out);
    out.push('\u{1}');
}

/// The text of a list item.
pub(super) fn item(checked: Option<bool>, within: &[Block], out: &mut String) {
    out.push_str("\u{1}item");
    if let Some(checked) = checked {
        out.push(if checked { 'x' } else { 'o' });
    }
    blocks(within, out);
}

/// The text of a term and its description.
pub(super) fn description(term: &[Inline], details: &[Block], out: &mut String) {
    out.push_str("\u{1}term");
    line(term, out);
    blocks(details, out);
}

/// The text of a row.
pub(super) fn row(row: &Row, out: &mut String) {
    out.push_str("\u{1}row");
    row.cells.iter().for_each(|inner| cell(inner, out));
}

/// The text of a cell.
pub(super) fn cell(cell: &Cell, out: &mut String) {
    out.push_str("\u{1}cell");
    if cell.column_span != 1 || cell.row_span != 1 || cell.scope != CellScope::Data {
        let _ = write!(out, "{}x{}{:?}", cell.column_span, cell.row_span, cell.scope);
    }
    if cell.alignment != crate::document::Alignment::None {
        let _ = write!(out, "{:?}", cell.alignment);
    }
    blocks(&cell.blocks, out);
}

/// The text of an image: a picture by what it shows, where that is known, else by its name.
pub(super) fn image(image: &Image, out: &mut String) {
    picture(image, out);
    let _ = write!(out, "\u{3}{}\u{3}{}", image.title, image.alternative);
    attributes(&image.attributes, out);
}

fn picture(image: &Image, out: &mut String) {
    match &image.digest {
        Some(digest) => {
            let _ = write!(out, "{digest:?}");
        }
        None => out.push_str(&image.destination),
    }
}

/// Whether two images show the same picture.
pub(super) fn same_picture(one: &Image, other: &Image) -> bool {
    match (&one.digest, &other.digest) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.destination == other.destination,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The text of a line.
pub(super) fn line(inlines: &[Inline], out: &mut String) {
    let mut canon = Canon { out, around: String::new(), said: String::new(), space: false };
    canon.line(inlines);
}

struct Canon<'o> {
    out: &'o mut String,
    /// What stands around what is read.
    around: String,
    /// The same, as last written.
    said: String,
    /// Whether what was last written is a space: several are one.
    space: bool,
}

impl Canon<'_> {
    fn line(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let before = self.around.len();
            let around = around(&inline.kind, &mut self.around);
            if around && !inline.children().is_empty() {
                self.line(inline.children());
            } else {
                self.leaf(&inline.kind);
            }
            self.around.truncate(before);
        }
    }

    fn leaf(&mut self, kind: &InlineKind) {
        if self.said != self.around {
            self.out.push('\u{2}');
            self.out.push_str(&self.around);
            self.out.push('\u{2}');
            self.said.clone_from(&self.around);
        }
        if let Some(words) = kind.words() {
            words.chars().for_each(|c| self.sign(c));
        } else {
            atom(kind, self.out);
            self.space = false;
        }
    }

    fn sign(&mut self, sign: char) {
        let space = is_space(sign);
        if !(space && self.space) {
            self.out.push(if space { ' ' } else { sign });
        }
        self.space = space;
    }
}

/// Whether a sign is space of no width of its own: however many stand in a row, a reader sees one.
pub(super) fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\n' | '\r')
}

/// Adds what an inline puts around its content; false for one that puts nothing.
fn around(kind: &InlineKind, out: &mut String) -> bool {
    let sign = match kind {
        InlineKind::Emphasis(_) => 'e',
        InlineKind::Strong(_) => 's',
        InlineKind::Strikethrough(_) => '-',
        InlineKind::Highlight(_) => '=',
        InlineKind::Superscript(_) => '^',
        InlineKind::Subscript(_) => '_',
        InlineKind::Code(_) => 'c',
        InlineKind::Link(link) => {
            let _ = write!(out, "l{}\u{3}{}", link.destination, link.title);
            attributes(&link.attributes, out);
            return true;
        }
        InlineKind::Span(inner, _) => {
            out.push('g');
            attributes(inner, out);
            return true;
        }
        InlineKind::Text(_)
        | InlineKind::SoftBreak
        | InlineKind::LineBreak
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::Reference(_)
        | InlineKind::Formula(_)
        | InlineKind::Citation(_) => return false,
    };
    out.push(sign);
    true
}

/// The text of a leaf.
pub(super) fn atom(kind: &InlineKind, out: &mut String) {
    match kind {
        InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
        InlineKind::SoftBreak => out.push(' '),
        InlineKind::LineBreak => out.push_str("\u{3}br"),
        InlineKind::Note(_) => out.push_str("\u{3}note"),
        InlineKind::Image(inner) => {
            out.push_str("\u{3}image");
            image(inner, out);
        }
        InlineKind::Reference(reference) => {
            let _ = write!(out, "\u{3}{reference:?}");
        }
        InlineKind::Formula(formula) => {
            let _ = write!(out, "\u{3}{formula:?}");
        }
        InlineKind::Citation(citation) => {
            out.push_str("\u{3}cite");
            citation.source.split_whitespace().for_each(|word| {
                out.push_str(word);
                out.push(' ');
            });
        }
        // Empty, or they would not be leaves.
        InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::Strikethrough(_)
        | InlineKind::Highlight(_)
        | InlineKind::Superscript(_)
        | InlineKind::Subscript(_)
        | InlineKind::Link(_)
        | InlineKind::Span(..) => out.push_str("\u{3}empty"),
    }
}
