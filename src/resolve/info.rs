//! What is decided about one node, by its kind: the values of the tables of
//! [`ResolvedDocument`](super::ResolvedDocument).

use super::asset::AssetId;
use super::web::WebAddress;
use crate::document::{HeadingLevel, Inline, NodeId, OrderedStyle, Pt};

/// A place to link to, unique in the report whatever its case: HTML's `id`, a Typst label, and (shortened) a
/// Word bookmark. ASCII letters, digits, `-`, `_`, `.` only; begins with a letter, so that an id that begins with
/// `_` is a writer's own.
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
    /// "2", or with the chapter's before it: "3.2", "A.1".
    pub number: String,
    /// The chapter's number, where it stands before: "3".
    pub chapter: Option<String>,
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

/// What was decided about the bibliography.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BibliographyInfo {
    /// How its entries stand.
    pub layout: BibliographyLayout,
    /// One per entry, "[1]" or "1.", before it in a column of its own; none but where `layout` says so.
    pub labels: Vec<String>,
}

/// How the entries of a bibliography stand (CSL 1.0.2, "Bibliography-specific Options").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BibliographyLayout {
    /// The lines after the first further in.
    Hanging,
    /// All lines at the start.
    Flush,
    /// Behind labels, the widest of so many characters.
    Labelled(u8),
}

impl BibliographyInfo {
    /// Room for labels, in ems of the entries' type; `None` where there are none.
    pub fn label_room(&self) -> Option<f64> {
        match self.layout {
            BibliographyLayout::Labelled(characters) => Some(0.6 * f64::from(characters) + 0.6),
            BibliographyLayout::Hanging | BibliographyLayout::Flush => None,
        }
    }
}

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side, for what is wide.
    Landscape,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Another site, or mail.
    External(WebAddress),
    /// Inside the report.
    Internal(Anchor),
    /// Nowhere; the text stays.
    Dead,
}

/// What a cross-reference shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceInfo {
    /// "section", "Figure" and a no-break space, in the case asked for; empty where `value` is a title.
    pub prefix: String,
    /// "IV", "2", or a title; never with a final full stop. The label as typed where it is dead.
    pub value: String,
    /// What the language has after a number (Chinese "第12段"); mostly empty.
    pub suffix: String,
    /// What it refers to.
    pub kind: ReferenceKind,
    /// Where it leads; `None` if nowhere.
    pub target: Option<Anchor>,
}

impl ReferenceInfo {
    /// "Figure 2".
    pub fn text(&self) -> String {
        format!("{}{}{}", self.prefix, self.value, self.suffix)
    }
}

/// What a cross-reference refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A numbered figure or table.
    Caption,
    /// A numbered box.
    Box,
    /// A numbered formula.
    Formula,
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
    /// From 1, through the whole report: what names it to [`ResolvedDocument::note`](super::ResolvedDocument::note).
    pub number: u32,
    /// As printed: "3", or "b" where an annex has notes of its own.
    pub label: String,
    /// Which of its group it is, from 1.
    pub ordinal: u32,
    /// Where references lead.
    pub anchor: Anchor,
    /// Anchors of its references, in reading order; at least one.
    pub references: Vec<Anchor>,
}

/// Notes that count together: those of the report, or those of an annex that has its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteGroup {
    /// The annex's heading; `None` for the others.
    pub heading: Option<NodeId>,
    /// "Annex I", or its title.
    pub title: Option<String>,
    /// How they count.
    pub style: OrderedStyle,
    /// Their numbers through the report, in order.
    pub numbers: Vec<u32>,
}

/// A reference to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteReferenceInfo {
    /// The note's number through the report; `None` where it is defined nowhere.
    pub number: Option<u32>,
    /// What is shown: the note's label, or `[^?]` where there is no note.
    pub label: String,
    /// The reference's own place, for the way back.
    pub anchor: Anchor,
    /// Whether it is the note's first: the body of the note belongs to it.
    pub first: bool,
    /// Whether it was that in the baseline of a redline, if it stands there; in a report, as it is.
    pub was_first: bool,
}

/// What was decided about an image.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageInfo {
    /// The picture, or what stands in its place.
    pub picture: Picture,
    /// What a reader who cannot see it gets.
    pub alternative: Alternative,
}

impl ImageInfo {
    /// What stands in the place of a picture that is not here: the placeholder's label, and the alternative text
    /// where it says more than the label does.
    pub fn stand_in(&self) -> Option<(&str, Option<&str>)> {
        let Picture::Placeholder { text } = &self.picture else { return None };
        let more = match &self.alternative {
            Alternative::Text(alternative) => Some(alternative.as_str()),
            Alternative::Decorative => None,
        };
        Some((text, more.filter(|more| !more.is_empty() && !text.ends_with(more))))
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// It is here.
    Asset {
        /// Which.
        asset: AssetId,
        /// As shown, at most the measure.
        width: Pt,
        /// As shown.
        height: Pt,
    },
    /// It is not: a labelled frame stands in its place.
    Placeholder {
        /// "Image not available: map.svg".
        text: String,
    },
}

/// Alternative text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alternative {
    /// The text; where a draft gives none, the caption, else the file's name.
    Text(String),
    /// `{.decorative}`: an artifact.
    Decorative,
}
