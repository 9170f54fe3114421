use std::collections::HashMap;

use super::imprint::Metadata;
use super::picture::{Asset, AssetId, ImageInfo};
use super::terms::Terms;
use crate::document::{Alignment, Document, HeadingLevel, Inline, NodeId};

/// The tree and what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedDocument {
    /// The tree.
    pub document: Document,
    /// The report's metadata, worded.
    pub metadata: Metadata,
    /// Generated words in the report's language.
    pub terms: Terms,
    /// The contents: every listed heading in reading order.
    pub outline: Vec<OutlineEntry>,
    /// Notes that are referred to, in the order of their numbers.
    pub notes: Vec<NoteInfo>,
    /// Images, each once; [`Picture::Asset`] names them.
    pub assets: Vec<Asset>,
    /// By heading block.
    pub headings: SideTable<HeadingInfo>,
    /// By paragraph block, where there is something to say.
    pub paragraphs: SideTable<ParagraphInfo>,
    /// By figure or table block that is numbered.
    pub captions: SideTable<CaptionInfo>,
    /// By box block.
    pub boxes: SideTable<BoxInfo>,
    /// By list block.
    pub lists: SideTable<ListInfo>,
    /// By table block.
    pub tables: SideTable<TableInfo>,
    /// By figure block (its image) and by image inline.
    pub images: SideTable<ImageInfo>,
    /// By code block: highlighted lines.
    pub code: SideTable<Vec<Vec<CodeToken>>>,
    /// By link inline.
    pub links: SideTable<LinkTarget>,
    /// By cross-reference inline.
    pub references: SideTable<ReferenceInfo>,
    /// By note inline.
    pub note_references: SideTable<NoteReferenceInfo>,
    /// By any block or inline that carries an id of its own or is linked to (headings, figures,
    /// tables, boxes and numbered paragraphs included).
    pub anchors: SideTable<Anchor>,
}

/// Values keyed by node. Looked up, never iterated: no order of a hash reaches an output.
#[derive(Debug, Clone, PartialEq)]
pub struct SideTable<T> {
    map: HashMap<NodeId, T>,
}

impl<T> Default for SideTable<T> {
    fn default() -> Self {
        Self { map: HashMap::new() }
    }
}

impl<T> SideTable<T> {
    /// The value at a node.
    pub fn get(&self, id: NodeId) -> Option<&T> {
        self.map.get(&id)
    }

    /// Sets the value at a node.
    pub fn insert(&mut self, id: NodeId, value: T) {
        self.map.insert(id, value);
    }
}

impl<T> std::ops::Index<NodeId> for SideTable<T> {
    type Output = T;

    /// # Panics
    /// If the node has no value: `resolve` gives one to every node of the table's kind.
    fn index(&self, id: NodeId) -> &T {
        self.map.get(&id).expect("resolve fills the table for every node of its kind")
    }
}

/// A place to link to, unique in the report: HTML's `id`, a Typst label, and (shortened) a Word bookmark.
/// Letters, digits, `-`, `_`, `.` only; begins with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Anchor(pub String);

impl Anchor {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A line of the contents.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// The heading's block.
    pub heading: NodeId,
    /// 1 for chapters.
    pub level: HeadingLevel,
    /// As in the heading.
    pub number: Option<String>,
    /// The heading's text without notes.
    pub content: Vec<Inline>,
    /// Where it leads.
    pub anchor: Anchor,
    /// Whether it belongs to the printed contents (`contents_depth`); bookmarks list all.
    pub listed: bool,
}

/// What was decided about a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingInfo {
    /// The first is 1 and none is skipped.
    pub level: HeadingLevel,
    /// "III.", "A.", "Annex I."; `None` if not numbered.
    pub number: Option<String>,
    /// Where it stands.
    pub place: HeadingPlace,
    /// Where links lead.
    pub anchor: Anchor,
}

/// Which part a heading belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingPlace {
    /// Front matter: no number.
    Front,
    /// The body.
    Body,
    /// An annex; level 1 is the annex's own heading.
    Annex,
}

/// What was decided about a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParagraphInfo {
    /// "12.", if paragraphs are numbered.
    pub number: Option<String>,
    /// First paragraph of the first front part.
    pub lead: bool,
    /// "Source: …" or "Note: …" directly beneath a table or figure: set as its source line.
    pub source: bool,
}

/// What is counted on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaptionKind {
    /// Figures.
    Figure,
    /// Tables.
    Table,
}

/// Label and number of a figure or table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionInfo {
    /// Which counter.
    pub kind: CaptionKind,
    /// "Figure".
    pub label: String,
    /// "2".
    pub number: String,
}

/// What was decided about a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxInfo {
    /// "Recommendation", "Box", "Note"; `None` for a statement, whose title is its label.
    pub label: Option<String>,
    /// "1", for kinds that are numbered.
    pub number: Option<String>,
}

impl BoxInfo {
    /// "Recommendation 1", "Note".
    pub fn text(&self) -> Option<String> {
        let label = self.label.as_ref()?;
        Some(self.number.as_ref().map_or_else(|| label.clone(), |number| format!("{label} {number}")))
    }
}

/// What was decided about a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListInfo {
    /// Lists around it, from 0.
    pub depth: u8,
    /// One per item, as printed: "•", "2.", "(b)".
    pub markers: Vec<String>,
}

/// What was decided about a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableInfo {
    /// One per column, from its content; they sum to 1.
    pub widths: Vec<f64>,
    /// One per column: as typed, else numbers at the end and the rest at the start.
    pub alignments: Vec<Alignment>,
    /// One per column: whether its data cells are numbers (set in tabular figures).
    pub numeric: Vec<bool>,
}

/// A piece of a code line in one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeToken {
    /// What it is.
    pub kind: CodeTokenKind,
    /// The text, without line ending.
    pub text: String,
}

/// Kinds of code tokens; their colours are the palette's `code_<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeTokenKind {
    /// Anything else: the role's own colour.
    Plain,
    /// Keywords, tags.
    Keyword,
    /// Strings.
    String,
    /// Numbers and other literals.
    Number,
    /// Comments; in italics.
    Comment,
    /// Names of types, functions, attributes.
    Name,
}

impl CodeTokenKind {
    /// Palette entry, and class in HTML; `None` for plain text.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Keyword => Some("code_keyword"),
            Self::String => Some("code_string"),
            Self::Number => Some("code_number"),
            Self::Comment => Some("code_comment"),
            Self::Name => Some("code_name"),
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Another site, or mail.
    External(String),
    /// Inside the report.
    Internal(Anchor),
    /// Nowhere; the text stays.
    Dead,
}

/// What a cross-reference shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceInfo {
    /// "section ", "Figure ", in the case asked for; empty where `value` is a title.
    pub prefix: String,
    /// "IV", "2", or a title; never with a final full stop. The label as typed where it is dead.
    pub value: String,
    /// What it refers to.
    pub kind: ReferenceKind,
    /// Where it leads; `None` if nowhere.
    pub target: Option<Anchor>,
}

impl ReferenceInfo {
    /// "Figure 2".
    pub fn text(&self) -> String {
        format!("{}{}", self.prefix, self.value)
    }
}

/// What a cross-reference refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A numbered figure or table.
    Caption,
    /// A numbered box.
    Box,
    /// A numbered heading, by its number.
    HeadingNumber,
    /// A numbered paragraph, by its number.
    ParagraphNumber,
    /// Anything else, by its title.
    Title,
    /// Nothing.
    Dead,
}

/// A note that is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteInfo {
    /// `Note::id` in the document.
    pub id: NodeId,
    /// Position of the note in `Document::notes`.
    pub index: usize,
    /// From 1.
    pub number: u32,
    /// Where references lead.
    pub anchor: Anchor,
    /// Anchors of its references, in reading order; at least one.
    pub references: Vec<Anchor>,
}

/// A reference to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteReferenceInfo {
    /// The note's number; `None` where it is defined nowhere: `[^label]` is shown as typed.
    pub number: Option<u32>,
    /// What is shown where there is no number.
    pub label: String,
    /// The reference's own place, for the way back.
    pub anchor: Anchor,
    /// Whether it is the note's first: the body of the note belongs to it.
    pub first: bool,
}

impl ResolvedDocument {
    /// Empty tables around a document.
    pub fn new(document: Document, metadata: Metadata) -> Self {
        Self {
            document,
            metadata,
            terms: Terms::ENGLISH,
            outline: Vec::new(),
            notes: Vec::new(),
            assets: Vec::new(),
            headings: SideTable::default(),
            paragraphs: SideTable::default(),
            captions: SideTable::default(),
            boxes: SideTable::default(),
            lists: SideTable::default(),
            tables: SideTable::default(),
            images: SideTable::default(),
            code: SideTable::default(),
            links: SideTable::default(),
            references: SideTable::default(),
            note_references: SideTable::default(),
            anchors: SideTable::default(),
        }
    }

    /// An image's file.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }

    /// The note with a number, which is one that [`NoteReferenceInfo`] gave.
    pub fn note(&self, number: u32) -> (&NoteInfo, &crate::document::Note) {
        let info = &self.notes[number as usize - 1];
        (info, &self.document.notes[info.index])
    }
}
