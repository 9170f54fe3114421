//! A Word document that a secretariat goes on editing, by our own typed layer over quick-xml and zip.
//!
//! In: [`ResolvedDocument`], [`Stylesheet`], page numbers of the PDF. Out: the bytes of the package. Decides nothing:
//! numbers, anchors, widths and order are given; only how Word must be told is settled here. Equal input makes equal
//! bytes: no clock, no random id.
//!
//! `xml` writes properties in the schema's order; `style` turns tokens into styles; `numbering` makes Word compute
//! the numbers that `resolve` gave; the other files write what their names say.

mod bibliography;
mod bidi;
mod block;
mod bookmark;
mod boxed;
mod change;
mod contents;
mod field;
mod figure;
mod formula;
mod frame;
mod heading;
mod inline;
mod list;
mod media;
mod note;
mod numbering;
mod package;
mod page;
mod properties;
mod reference;
mod run;
mod section;
mod style;
mod table;
mod writer;
mod xml;

use self::package::{Package, Relationships};
use self::style::{
    Embeddable, EmbeddedFonts, Families, Family, HeadingBinding, Pitch, Sheet, embed, font_table, theme,
};
use self::writer::Writer;
use self::xml::{Build, PageNumber, RunLanguage, Settings, WORD, Xml};
use super::PageNumbers;
use crate::document::{Block, BlockKind, Change, Pt, Side, Visit, walk_blocks};
use crate::resolve::{HeadingPlace, ResolvedDocument};
use crate::style::{FontSet, Stylesheet};

/// The main document's part.
const DOCUMENT: &str = "word/document.xml";

/// A part that the main document leads to: its name beside `word/`, its content type, the relationship's type.
type Kind = (&'static str, &'static str, &'static str);

const STYLES: Kind = (
    "styles.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles",
);
const NUMBERING: Kind = (
    "numbering.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering",
);
const SETTINGS: Kind = (
    "settings.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings",
);
const FONT_TABLE: Kind = (
    "fontTable.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable",
);
const FOOTNOTES: Kind = (
    "footnotes.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
);
const THEME: Kind = (
    "theme/theme1.xml",
    "application/vnd.openxmlformats-officedocument.theme+xml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme",
);

/// Who fills in the contents' page numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// The PDF of the same report, by [`Draft::finish`].
    Pdf,
    /// Word, on opening.
    Word,
}

/// A package that lacks nothing but page numbers, so that it is written while pages are laid out, and compressed
/// while they become a file.
#[derive(Debug)]
pub struct Draft<'d> {
    package: Package<'d>,
}

/// The package, page numbers filled in if there are any.
pub fn write(doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet, pages: Option<&PageNumbers>) -> Vec<u8> {
    let paging = if pages.is_some() { Paging::Pdf } else { Paging::Word };
    draft(doc, style, fonts, paging).finish(pages)
}

impl Draft<'_> {
    /// The package.
    pub fn finish(self, pages: Option<&PageNumbers>) -> Vec<u8> {
        self.package.pack(|number| match number {
            PageNumber::Of(anchor) => pages?.by_anchor.get(anchor).copied(),
            PageNumber::Total => Some(pages.map_or(1, |pages| pages.total)),
        })
    }

    /// The package as a program reads it that looks at no fonts and no pictures: they are left out, and nothing is
    /// compressed.
    pub fn plain(self) -> Vec<u8> {
        self.package.store()
    }
}

/// Everything but page numbers.
pub fn draft<'d>(doc: &'d ResolvedDocument, style: &Stylesheet, fonts: &'d FontSet, paging: Paging) -> Draft<'d> {
    let families = families(style, fonts);
    let embedded = embedded(&families, fonts);
    let sheet = Sheet::new(style, binding(doc), &doc.language, Families::of(fonts));
    let mut package = Package::default();
    properties(doc, &mut package);
    let mut writer = Writer::new(doc, &sheet, paging);
    let changes = doc.revision.as_ref().map_or(0, |info| info.changes.len());
    (1..=changes).for_each(|number| writer.bookmarks.reserve(&format!("change_{number}")));
    let mut relationships = Relationships::default();
    writer.section = Some(writer.first_section(&mut package, &mut relationships));
    writer.relationships = relationships;
    let (body, mut relationships) = writer.part("w:document", |w| w.element("w:body", &[], Writer::body));
    package.add_story(
        DOCUMENT,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        body,
    );
    let (notes, from_notes) = writer.part("w:footnotes", Writer::footnotes);
    package.add_story("word/footnotes.xml", FOOTNOTES.1, notes);
    relationships.add(FOOTNOTES.2, FOOTNOTES.0);
    let mut add = |(name, content_type, kind): Kind, bytes: Vec<u8>| {
        package.add(&format!("word/{name}"), content_type, bytes);
        relationships.add(kind, name);
    };
    add(STYLES, sheet.write());
    add(NUMBERING, writer.numbering.write(&sheet));
    add(THEME, theme(style));
    add(SETTINGS, settings(doc, style, &embedded));
    add(FONT_TABLE, font_table(&families, &embedded));
    if !writer.formulas.is_empty() {
        package.add(formula::PART, formula::CONTENT_TYPE, formula::alternatives(&writer.formulas));
        package.add(formula::PROPERTIES, formula::PROPERTIES_TYPE, formula::properties());
        let mut own = Relationships::default();
        own.add(formula::PROPERTIES_RELATIONSHIP, "itemProps1.xml");
        package.relate(formula::PART, &own);
        relationships.add(formula::RELATIONSHIP, &format!("../{}", formula::PART));
    }
    package.relate(DOCUMENT, &relationships);
    package.relate("word/footnotes.xml", &from_notes);
    package.relate("word/fontTable.xml", &embedded.relationships);
    for (name, bytes) in writer.media.files(|id| doc.asset(id)) {
        package.add_by_extension(&name, bytes);
    }
    for (name, font) in embedded.files {
        package.add_font(&name, font);
    }
    Draft { package }
}

/// Properties, and where readers begin.
fn properties(doc: &ResolvedDocument, package: &mut Package<'_>) {
    const OFFICE_DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    const APP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties";
    const CUSTOM: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties";
    let mut root = Relationships::default();
    root.add(OFFICE_DOCUMENT, DOCUMENT);
    root.add(CORE, "docProps/core.xml");
    root.add(APP, "docProps/app.xml");
    let custom = properties::custom(&doc.metadata, doc.revision.as_ref());
    if custom.is_some() {
        root.add(CUSTOM, "docProps/custom.xml");
    }
    package.relate("", &root);
    package.add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        properties::core(&doc.metadata),
    );
    package.add(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        properties::app(&doc.metadata),
    );
    if let Some(custom) = custom {
        package.add(
            "docProps/custom.xml",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            custom,
        );
    }
}

fn settings(doc: &ResolvedDocument, style: &Stylesheet, fonts: &EmbeddedFonts<'_>) -> Vec<u8> {
    let settings = Settings {
        embed_fonts: !fonts.files.is_empty(),
        track_revisions: doc.revision.is_some(),
        default_tab: Pt(36.0),
        hyphenate: style.hyphenates("body") && doc.language.hyphenates(),
        language: RunLanguage::of(&doc.language),
    };
    Xml::root("w:settings", &[("xmlns:w", WORD)], |xml| settings.write(xml))
}

/// The style's families, each once, and those found for letters that they lack.
fn families<'f>(style: &'f Stylesheet, set: &'f FontSet) -> Vec<Family<'f>> {
    let fonts = &style.fonts;
    let own = [(&fonts.text, Pitch::Variable), (&fonts.heading, Pitch::Variable), (&fonts.mono, Pitch::Fixed)];
    let own = own.map(|(name, pitch)| Family { name, pitch, alternative: None, script: None });
    let found = set.fallback().iter().map(|face| Family {
        name: &face.family,
        pitch: Pitch::Variable,
        alternative: face.alternative.as_deref(),
        script: Some(face.script),
    });
    let mut families: Vec<Family<'_>> = Vec::new();
    for family in own.into_iter().chain(found) {
        if families.iter().all(|known| known.name != family.name) {
            families.push(family);
        }
    }
    families
}

fn embedded<'f>(families: &[Family<'_>], fonts: &'f FontSet) -> EmbeddedFonts<'f> {
    let used = |family: &str| families.iter().any(|known| known.name == family);
    let bundled = fonts.faces().iter().filter(|face| used(face.family)).map(Embeddable::from);
    let found = fonts.fallback().iter().filter(|face| face.embed_in_docx).map(Embeddable::from);
    embed(bundled.chain(found))
}

/// A level whose headings are all unnumbered gets no number from its style; one that has none counts along, for
/// headings that an editor adds.
fn binding(doc: &ResolvedDocument) -> HeadingBinding {
    struct Levels<'d> {
        doc: &'d ResolvedDocument,
        gone: bool,
        seen: [bool; 6],
        numbered: [bool; 6],
        annexes: bool,
    }
    impl<'a> Visit<'a> for Levels<'_> {
        fn change(&mut self, change: &'a Change) {
            self.gone = change.standing.as_ref().is_some_and(|standing| standing.kind.side() == Side::Old);
        }

        fn block(&mut self, block: &'a Block) {
            if std::mem::take(&mut self.gone) {
                return;
            }
            let BlockKind::Heading(_) = &block.kind else { return };
            let Some(info) = self.doc.headings.get(block.id) else { return };
            let at = usize::from(info.level.get() - 1);
            match info.place {
                HeadingPlace::Body => {
                    self.seen[at] = true;
                    self.numbered[at] |= info.number.is_some();
                }
                HeadingPlace::Annex if at == 0 => self.annexes |= info.number.is_some(),
                HeadingPlace::Annex | HeadingPlace::Front => {}
            }
        }
    }
    let mut levels = Levels { doc, gone: false, seen: [false; 6], numbered: [false; 6], annexes: false };
    doc.document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut levels));
    let any = levels.numbered.contains(&true);
    let bound = |at: usize| levels.numbered[at] || (any && !levels.seen[at] && at < DEEPEST);
    HeadingBinding { levels: std::array::from_fn(bound), annexes: levels.annexes }
}

/// Levels that number headings in the scheme I., A., 1., (a).
const DEEPEST: usize = 4;
