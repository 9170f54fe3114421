//! The tree and the tables about it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::asset::{Asset, AssetId};
use super::attachment::Attachment;
use super::code::CodeToken;
use super::former::FormerInfo;
use super::formula::FormulaInfo;
use super::info::{
    Anchor, BibliographyInfo, BoxInfo, CaptionInfo, HeadingInfo, ImageInfo, LinkTarget, ListInfo, NoteGroup, NoteInfo,
    NoteReferenceInfo, Orientation, OutlineEntry, ParagraphInfo, ReferenceInfo,
};
use super::language::LanguageInfo;
use super::listing::Listing;
use super::metadata::Metadata;
use super::revision::RevisionInfo;
use super::scheme::NumberScheme;
use super::table::TableInfo;
use super::terms::Terms;
use crate::document::{Block, Document, Inline, NodeId, worded_text, worded_text_of_blocks};
use crate::project::HeadingNumbering;

/// The tree and what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedDocument {
    /// The tree.
    pub document: Document,
    /// The report's metadata, worded.
    pub metadata: Metadata,
    /// Generated words in the report's language.
    pub terms: Terms,
    /// How headings are numbered, by which Word goes on counting.
    pub scheme: NumberScheme,
    /// The report's own language: which way its pages run.
    pub language: LanguageInfo,
    /// One per part of the document, where it has a language of its own (`lang:` in front matter).
    pub part_languages: Vec<Option<LanguageInfo>>,
    /// By block and inline, where it has a language of its own (`{lang=…}`).
    pub languages: SideTable<LanguageInfo>,
    /// Every heading that has text, in reading order; `listed` says which the printed contents show.
    pub outline: Vec<OutlineEntry>,
    /// Lists after the contents.
    pub listings: Vec<Listing>,
    /// Notes that are referred to, in the order of their numbers.
    pub notes: Vec<NoteInfo>,
    /// Notes that count together: those of the report, then those of each annex that has its own, even if it has none.
    pub note_groups: Vec<NoteGroup>,
    /// Images, each once; [`Picture::Asset`] names them.
    pub assets: Vec<Asset>,
    /// Files that the PDF carries.
    pub attachments: Vec<Attachment>,
    /// By heading block.
    pub headings: SideTable<HeadingInfo>,
    /// By paragraph block, where there is something to say.
    pub paragraphs: SideTable<ParagraphInfo>,
    /// By figure or table block that is numbered.
    pub captions: SideTable<CaptionInfo>,
    /// By box block.
    pub boxes: SideTable<BoxInfo>,
    /// By formula, block or inline.
    pub formulas: SideTable<FormulaInfo>,
    /// By list block.
    pub lists: SideTable<ListInfo>,
    /// By block, where the page is not upright.
    pub orientations: SideTable<Orientation>,
    /// By table block.
    pub tables: SideTable<TableInfo>,
    /// By bibliography block.
    pub bibliographies: SideTable<BibliographyInfo>,
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
    /// What a redline says about itself; nothing where the document is none.
    pub revision: Option<RevisionInfo>,
    /// What follows from the old version of what stands in both, of a redline.
    pub former: Option<Box<FormerInfo>>,
}

/// Values keyed by node. Looked up, never iterated: no order of a hash reaches an output.
#[derive(Debug, Clone, PartialEq)]
pub struct SideTable<T> {
    map: HashMap<NodeId, T, BuildHasherDefault<ByNode>>,
}

/// Spreads ids, which are small numbers in a row, over a table: nobody outside chooses them, so that nothing stronger
/// is called for (Knuth, multiplicative hashing).
#[derive(Debug, Clone, Copy, Default)]
struct ByNode(u64);

impl Hasher for ByNode {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, id: u32) {
        self.0 = (self.0 ^ u64::from(id)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(20);
    }
}

impl<T> Default for SideTable<T> {
    fn default() -> Self {
        Self { map: HashMap::default() }
    }
}

impl<T> SideTable<T> {
    /// The value at a node.
    pub fn get(&self, id: NodeId) -> Option<&T> {
        self.map.get(&id)
    }

    /// Whether no node has a value.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// Takes values of another table for some nodes that have none.
    pub(super) fn complete(&mut self, other: Self, wants: impl Fn(NodeId) -> bool) {
        for (id, value) in other.map {
            if wants(id) {
                self.map.entry(id).or_insert(value);
            }
        }
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

impl ResolvedDocument {
    /// Empty tables around a document.
    pub fn new(document: Document, metadata: Metadata) -> Self {
        Self {
            document,
            metadata,
            terms: Terms::ENGLISH,
            scheme: NumberScheme::new(HeadingNumbering::default(), &Terms::ENGLISH),
            language: LanguageInfo::default(),
            part_languages: Vec::new(),
            languages: SideTable::default(),
            outline: Vec::new(),
            listings: Vec::new(),
            notes: Vec::new(),
            note_groups: Vec::new(),
            assets: Vec::new(),
            attachments: Vec::new(),
            headings: SideTable::default(),
            paragraphs: SideTable::default(),
            captions: SideTable::default(),
            boxes: SideTable::default(),
            formulas: SideTable::default(),
            lists: SideTable::default(),
            orientations: SideTable::default(),
            tables: SideTable::default(),
            bibliographies: SideTable::default(),
            images: SideTable::default(),
            code: SideTable::default(),
            links: SideTable::default(),
            references: SideTable::default(),
            note_references: SideTable::default(),
            anchors: SideTable::default(),
            revision: None,
            former: None,
        }
    }

    /// What the file is called where it is not read but listed, as a browser's tab or a viewer's window does: a redline says that it is one.
    pub fn file_title(&self) -> String {
        let title = &self.metadata.title;
        self.revision.as_ref().map_or_else(|| title.clone(), |revision| format!("{title} – {}", revision.title))
    }

    /// How the page lies that a block stands on.
    pub fn orientation(&self, block: NodeId) -> Orientation {
        self.orientations.get(block).copied().unwrap_or_default()
    }

    /// An image's file.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }

    /// The plain text of inlines as a reader sees it: references by what they show.
    pub fn plain_text(&self, inlines: &[Inline]) -> String {
        worded_text(inlines, &mut |inline| self.worded(inline))
    }

    /// The plain text of blocks as a reader sees it, one line per leaf block.
    pub fn plain_text_of_blocks(&self, blocks: &[Block]) -> String {
        worded_text_of_blocks(blocks, &mut |inline| self.worded(inline))
    }

    fn worded(&self, inline: &Inline) -> Option<String> {
        self.references.get(inline.id).map(ReferenceInfo::text)
    }

    /// The note with a number, which is one that [`NoteReferenceInfo`] gave.
    pub fn note(&self, number: u32) -> (&NoteInfo, &crate::document::Note) {
        let info = &self.notes[number as usize - 1];
        (info, &self.document.notes[info.index])
    }
}
