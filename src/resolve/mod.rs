//! Everything that must be decided once: numbers, anchors, references, the order of notes,
//! contents, images, highlighted code, generated words.
//!
//! In: a [`Document`], the project. Out: [`ResolvedDocument`], the tree and side tables keyed by
//! node ids. A writer asks `doc.headings[id].number`; it never numbers, slugs, resolves a link,
//! measures an image or orders notes.

mod address;
mod anchor;
mod asset;
mod attachment;
mod bare;
mod baseline;
mod cite;
mod code;
mod count;
mod cover;
mod former;
mod formula;
mod include;
mod info;
mod language;
mod level;
mod limit;
mod link;
mod list;
mod listing;
mod metadata;
mod near;
mod note;
mod number;
mod orientation;
mod outline;
mod prepare;
mod quotes;
mod reading;
mod redline;
mod reference;
mod resolved;
mod revision;
mod scheme;
mod table;
mod target;
mod terms;
mod web;

pub use asset::{Asset, AssetId, KeptImages, MediaType, Raster, digest_images};
pub use attachment::{Attachment, attachments};
pub use baseline::resolve_baseline;
pub use code::{CodeToken, CodeTokenKind};
pub use count::{ROMAN, numeral};
pub use cover::{CoverText, cover_lines, same_date, word_date};
pub use former::{FormerInfo, FormerTables, TableVersion, TableVersions};
pub use formula::{
    AccentMark, FormulaInfo, FractionRule, GridColumn, GridKind, MathClass, MathGrid, MathNode, MathSize, Placement,
    Reach, Slant, TextFace,
};
pub use include::include;
pub use info::{
    Alternative, Anchor, BibliographyInfo, BibliographyLayout, BoxInfo, CaptionInfo, CaptionKind, HeadingInfo,
    HeadingPlace, ImageInfo, LinkTarget, ListInfo, NoteGroup, NoteInfo, NoteReferenceInfo, Orientation, OutlineEntry,
    ParagraphInfo, Picture, ReferenceInfo, ReferenceKind,
};
pub use language::{Emphasis, LanguageInfo};
pub use limit::within_limits;
pub use listing::{Listing, ListingEntry};
pub use metadata::{Alternate, CoverRow, Licence, Metadata};
pub use redline::Before;
pub use resolved::{ResolvedDocument, SideTable};
pub use revision::{
    ChangeInfo, ChangeKind, ChangeObject, Is, Names, PlaceInfo, RevisionInfo, SectionInfo, Total, Went, Wording,
    excerpt,
};
pub use scheme::{NumberPattern, NumberScheme, Parents};
pub use table::{RowHeaders, Slot, SlotContent, TableInfo};
pub use terms::{ActionTerms, ChangelogTerms, CoverTerms, InText, ObjectTerms, ReasonTerms, RevisionTerms, Terms};
pub use web::{Unfollowed, WebAddress};

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::document::{Block, Document, Inline, Pt, Side};
pub use crate::project::{Date, ListOf};
use crate::project::{Project, World};
use anchor::Anchors;
use asset::Images;
use note::Notes;
use number::Numbers;
use prepare::CoverTitle;
use redline::{Old, Origin, Sides};
use reference::References;
use target::Targets;

/// What resolving depends on beside the document and the project.
#[derive(Debug, Clone)]
pub struct Options {
    /// The text block of an upright page.
    pub portrait: TextBlock,
    /// The text block of a page that lies on its side.
    pub landscape: TextBlock,
    /// Bullets by depth of list.
    pub bullets: Vec<String>,
    /// The report's date where the configuration gives none.
    pub date: Date,
    /// Whether images that Word cannot show also get a raster twin.
    pub raster: Raster,
    /// Font files for text in vector images.
    pub fonts: Vec<&'static [u8]>,
    /// More of them, for letters that those lack.
    pub fallback_fonts: Vec<std::sync::Arc<Vec<u8>>>,
    /// Images that a run before decoded.
    pub kept: KeptImages,
    /// The report in other languages.
    pub alternates: Vec<Alternate>,
}

/// The room that a page has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextBlock {
    /// Its width: images wider are scaled down to it.
    pub measure: Pt,
    /// Images taller are scaled down to it.
    pub tallest_image: Pt,
}

impl Options {
    /// The text block of a page.
    pub fn text_block(&self, orientation: Orientation) -> TextBlock {
        match orientation {
            Orientation::Portrait => self.portrait,
            Orientation::Landscape => self.landscape,
        }
    }
}

/// A document whose every letter is there: its quotation marks are set, its citations and its bibliography are worded.
#[derive(Debug, Clone)]
pub struct Worded {
    document: Document,
    bibliography: Option<BibliographyInfo>,
    found: Diagnostics,
}

impl Worded {
    /// What is to be read; fonts are looked for by its letters.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// The first step: words what the drafts leave to be worded.
pub fn word(mut document: Document, project: &Project) -> Worded {
    let mut found = Diagnostics::new();
    fill_lines(&mut document, project, &mut found);
    let Worded { document, bibliography, found: others } = word_filled(document, project);
    found.extend(others);
    Worded { document, bibliography, found }
}

/// The same of a document that had [`fill_lines`].
pub fn word_filled(mut document: Document, project: &Project) -> Worded {
    let mut found = Diagnostics::new();
    let bibliography = cite::cite(&mut document, project, &mut found);
    Worded { document, bibliography, found }
}

/// What a version needs before it is compared with another: its notes say their language, and its lines are filled in where a part of one
/// would read otherwise.
pub fn fill_lines(document: &mut Document, project: &Project, found: &mut Diagnostics) {
    note::inherit(document);
    set_quotes(document, project);
    bare::fill(document, &project.sources, found);
}

/// The first step with a redline, whose versions had [`fill_lines`] each: what is gone is worded as the baseline did.
pub fn word_redline(mut document: Document, project: &Project, before: &Before<'_>) -> Worded {
    let mut found = Diagnostics::new();
    cite::word_gone(&mut document, before.project);
    let bibliography = cite::cite(&mut document, project, &mut found);
    Worded { document, bibliography, found }
}

/// Sets the quotation marks of a document, where the configuration asks for it: each by the line that it stands in.
pub fn set_quotes(document: &mut Document, project: &Project) {
    if project.config.typography.quotes {
        quotes::set(document, project.config.report.language());
    }
}

/// Numbers, references, notes, contents, assets: all of it, once.
/// Diagnostics are given without regard to status, in reading order; the code decides their severity.
pub fn resolve(worded: Worded, project: &Project, world: &dyn World, options: &Options) -> Warned<ResolvedDocument> {
    resolve_from(worded, Origin { project, world, before: None }, options)
}

/// The same of a redline. Nothing that was deleted counts, has a say in an anchor or is reported on; it has the numbers and leads where it led in
/// the baseline.
pub fn resolve_redline(
    worded: Worded,
    project: &Project,
    world: &dyn World,
    before: &Before<'_>,
    options: &Options,
) -> Warned<ResolvedDocument> {
    resolve_from(worded, Origin { project, world, before: Some(before) }, options)
}

fn resolve_from(worded: Worded, origin: Origin<'_>, options: &Options) -> Warned<ResolvedDocument> {
    let Origin { project, .. } = origin;
    let Worded { mut document, bibliography, mut found } = worded;
    let report = &project.config.report;
    let cover = prepare::prepare(&mut document, report, &mut found);
    let sides = Sides::of(&document);
    let view = sides.as_ref().map_or(&document, |sides| &sides.new);
    let shown = note::order(view);
    let terms = Terms::of_language(&language::report(project).tag);
    let old = sides.as_ref().map(|sides| Old::of(sides, origin, &terms));
    let notes = old.as_ref().map_or_else(|| shown.clone(), |old| old.all_notes(&shown));
    let languages = language::resolve(&document, project, &notes, &mut found);
    let mut numbers = number::number(view, &shown, project, &terms, &mut found);
    let stays = document.parts.iter().filter(|part| part.side != Some(Side::Old));
    let credited: Vec<&str> = stays.flat_map(|part| &part.contributors).map(String::as_str).collect();
    let mut doc = ResolvedDocument::new(Document::default(), Metadata::default());
    doc.terms = terms;
    (doc.language, doc.part_languages, doc.languages) = (languages.report, languages.parts, languages.passages);
    let cover = name((view, &shown), &numbers, cover.as_ref(), (origin, old.as_ref()), &mut doc, &mut found);
    let title = title(project, cover, &numbers, view, &doc, &mut found);
    doc.metadata = metadata::resolve(&project.config, &doc.language, options.date, title, &credited);
    doc.metadata.alternates.clone_from(&options.alternates);
    if sides.is_some() {
        doc.metadata.show_rows(&doc.terms, &|line| cover::is_marked(&document, line));
    }
    let mut went = Vec::new();
    if let (Some(old), Some(sides)) = (old, &sides) {
        went = revision::went(&doc, &document, &old.numbers, &numbers);
        doc.former = Some(Box::new(FormerInfo::of(&old.numbers)));
        numbers.complete(old.numbers, &|node| sides.is_gone(node));
    } else if origin.before.is_some() {
        // Nothing has changed: every number is where it was.
        went = revision::went(&doc, &document, &numbers, &numbers);
    }
    (doc.paragraphs, doc.captions, doc.boxes) = (numbers.paragraphs, numbers.captions, numbers.boxes);
    doc.scheme = numbers.scheme;
    doc.listings = listing::resolve(view, &doc, &project.config.numbering.lists);
    doc.formulas = formula::resolve(&document, &notes, &project.sources, &numbers.formulas, &mut found);
    if let Some((info, block)) = bibliography.zip(cite::placed(&document)) {
        doc.bibliographies.insert(block, info);
    }
    doc.lists = list::resolve(&document, &notes, &options.bullets);
    doc.code = code::resolve(&document, &notes, &mut found);
    let images = Images::load(&document, &notes, &doc, origin, options, &mut found);
    let is_source = |block: &Block| doc.paragraphs.get(block.id).is_some_and(|info| info.source);
    let orientations = orientation::resolve(&document, &notes, &is_source, &mut found);
    doc.orientations = orientations;
    let around = table::Surroundings {
        worded: &doc,
        measure: &|block| options.text_block(doc.orientation(block)).measure,
        picture: &|node| images.width(node, options),
        language: &doc.metadata.language,
    };
    let resolved = |version: &Document| table::resolve(version, &notes, &around);
    let (tables, former) = match &sides {
        None => (resolved(&document), None),
        Some(sides) => {
            let (old, new) = (resolved(&sides.old), resolved(&sides.new));
            let former = FormerTables::of(&document, (&sides.old, &old), (&sides.new, &new));
            (table::resolve_both(&document, &notes, &around, (&old, &new)), Some(former))
        }
    };
    if let (Some(info), Some(former)) = (&mut doc.former, former) {
        info.tables = former;
    }
    (doc.assets, doc.images) =
        images.place(&document, &tables.infos, &doc.orientations, options, &doc.terms, &mut found);
    tables.pad(&mut document);
    doc.tables = tables.infos;
    doc.document = document;
    doc.revision = origin.before.map(|before| revision::collect(&doc, before.names, went));
    Warned::new(doc, in_reading_order(found, origin))
}

/// Everything that has a place or a name: anchors, the contents, notes, links, references; hands back the words of
/// the cover's title.
fn name(
    (document, notes): (&Document, &[usize]),
    numbers: &Numbers<'_>,
    cover: Option<&CoverTitle>,
    (origin, old): (Origin<'_>, Option<&Old<'_>>),
    doc: &mut ResolvedDocument,
    found: &mut Diagnostics,
) -> Option<String> {
    let Origin { project, world, .. } = origin;
    let mut anchors = Anchors::default();
    if let Some(old) = old {
        old.reserve(&mut anchors);
    }
    let targets = Targets::new(document, notes, numbers, &project.sources, &mut anchors, found);
    let annex_notes = project.config.numbering.annex_notes();
    let Notes { notes: infos, groups, references } = note::resolve(document, notes, numbers, annex_notes, &mut anchors);
    (doc.notes, doc.note_groups, doc.note_references) = (infos, groups, references);
    let none = SideTable::default();
    doc.links = link::resolve((document, notes), &targets, project, world, &mut anchors, found, none);
    let mut references = References::new(&targets, numbers, &doc.terms, &mut anchors, found);
    let cover = cover.map(|title| references.line(&title.content, title.file));
    doc.references = references.resolve(document, notes, SideTable::default());
    doc.headings = outline::headings(numbers, &anchors);
    doc.outline = outline::outline(numbers, &anchors, project.config.numbering.contents_depth);
    if let Some(old) = old {
        old.name(origin, annex_notes, doc, &mut anchors);
    }
    doc.anchors = anchors.table;
    cover
}

/// The configuration's title, else that of the version that is compared, else the cover's, else the first level-1 heading.
fn title(
    project: &Project,
    cover: Option<String>,
    numbers: &Numbers<'_>,
    document: &Document,
    doc: &ResolvedDocument,
    found: &mut Diagnostics,
) -> String {
    let configured = metadata::given(project.config.report.title.as_ref());
    let text = |content: &[Inline]| metadata::given(Some(&doc.plain_text(content)));
    let chapter = || text(numbers.chapter(|heading| text(heading.content).is_some())?);
    configured.or_else(|| cover::title_of(doc, document)).or(cover).or_else(chapter).unwrap_or_else(|| {
        found.push(cover::missing(document));
        doc.terms.untitled.to_owned()
    })
}

/// By draft and place, whatever found them; a bibliography that cannot be read comes before the citations that this
/// leaves without a work.
fn in_reading_order(found: Diagnostics, origin: Origin<'_>) -> Diagnostics {
    let order: std::collections::HashMap<_, _> =
        origin.project.drafts.iter().enumerate().map(|(at, draft)| (draft.file, at)).collect();
    // What was deleted is no longer a fault.
    let is_gone = |found: &Diagnostic| match (&found.place, origin.before) {
        (Place::Span(span), Some(before)) => before.holds(*span),
        (Place::Span(_) | Place::Path(_) | Place::Nowhere, _) => false,
    };
    let mut list: Vec<Diagnostic> = found.into_iter().filter(|found| !is_gone(found)).collect();
    list.sort_by_key(|diagnostic| match &diagnostic.place {
        Place::Span(span) if diagnostic.code == Code::InvalidBibliography => (0, 0, span.start),
        Place::Span(span) => (1, order.get(&span.file).copied().unwrap_or(usize::MAX), span.start),
        Place::Path(_) | Place::Nowhere => (0, 0, 0),
    });
    let mut sorted = Diagnostics::new();
    list.into_iter().for_each(|diagnostic| sorted.push(diagnostic));
    sorted
}
