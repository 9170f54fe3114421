//! What frames the drafts: metadata, cover, contents, running head and foot, and the order of parts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use typst::foundations::Bytes;

use super::change;
use super::chapter::{ChapterPlace, Cut};
use super::generator::{Generator, Place};
use super::heading::{heading_style, runs_in};
pub(super) use super::image::ASSETS;
use super::image::{asset_path, attachment_path};
use super::inline::words;
use super::markup::Origins;
use super::revision::CONTENTS;
use super::{escape, style};
use crate::document::{CoverLine, HeadingLevel, Part, PartKind};
use crate::resolve::{Anchor, CoverText, ListingEntry, OutlineEntry, ResolvedDocument};
use crate::style::{FontSet, Stylesheet, WatermarkLook};

/// A document as Typst reads it.
pub(super) struct Generated {
    /// The source.
    pub(super) source: String,
    /// Where its chapters begin.
    pub(super) cuts: Vec<Cut>,
    /// From its bytes to the drafts'.
    pub(super) origins: Origins,
    /// Every anchor in it.
    pub(super) anchors: Vec<Anchor>,
    /// Anchors that something leads to and that are nowhere.
    pub(super) absent: BTreeSet<Anchor>,
    /// Which bytes are whose part's, by its position in the document; the cover's has none of its own.
    pub(super) parts: Vec<(usize, Range<usize>)>,
    /// The changes that it shows, each of which has a place in it.
    pub(super) changes: BTreeSet<u32>,
    /// Which standard its file keeps.
    pub(super) archive: Archive,
}

/// Standards for files that are kept for long (ISO 19005).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Archive {
    /// PDF/A-2a.
    #[default]
    Alone,
    /// PDF/A-3a, whose files may carry others.
    Carrying,
}

/// Generates the whole document.
pub(super) fn generate(doc: &ResolvedDocument, stylesheet: &Stylesheet, fonts: &FontSet) -> Generated {
    let homes = Arc::new(change::homes(doc));
    let fresh = |absent| Generator { absent, homes: homes.clone(), ..Generator::new(doc, stylesheet, fonts) };
    let mut generator = fresh(BTreeSet::new());
    generator.document();
    let absent = generator.absent();
    if !absent.is_empty() {
        generator = fresh(absent);
        generator.document();
    }
    let Generator { out, anchors, cuts, absent, parts, changes, .. } = generator;
    let (source, origins) = out.finish();
    let archive = if doc.attachments.is_empty() { Archive::Alone } else { Archive::Carrying };
    Generated { source, cuts, origins, anchors, absent, parts, changes, archive }
}

/// Generates one part anew, by itself, which may have other words than the document has there.
pub(super) fn generate_part(
    generated: &Generated,
    (doc, stylesheet, fonts): (&ResolvedDocument, &Stylesheet, &FontSet),
    (at, part): (usize, &Part),
) -> (String, Origins) {
    let generator = Generator { absent: generated.absent.clone(), ..Generator::new(doc, stylesheet, fonts) };
    generator.alone(at, part).out.finish()
}

/// The files that the source names: the style and the images.
pub(super) fn files(doc: &ResolvedDocument, stylesheet: &Stylesheet, fonts: &FontSet) -> BTreeMap<String, Bytes> {
    let style = (style::PATH.to_owned(), style_file(doc, stylesheet, fonts));
    let carried = assets(doc).map(|(path, bytes, _)| (path, Bytes::new(bytes.to_vec())));
    std::iter::once(style).chain(carried).collect()
}

/// The style.
pub(super) fn style_file(doc: &ResolvedDocument, stylesheet: &Stylesheet, fonts: &FontSet) -> Bytes {
    style::file(stylesheet, &doc.language, fonts)
}

/// Images and files to be carried, by the paths that the source has for them, each with its digest.
pub(super) fn assets(doc: &ResolvedDocument) -> impl Iterator<Item = (String, &[u8], [u8; 32])> {
    let images = (0..).zip(&doc.assets);
    let images = images.map(|(index, asset)| (asset_path(index, asset.media), asset.bytes.as_slice(), asset.digest));
    let carried = doc.attachments.iter().enumerate();
    images.chain(carried.map(|(index, file)| (attachment_path(index), file.bytes.as_slice(), file.digest)))
}

impl Generator<'_> {
    fn document(&mut self) {
        self.out.push("#import \"/template.typ\": *\n#let meta = (");
        self.metadata();
        self.out.push(")\n");
        self.cut(ChapterPlace::Rules);
        self.out.push("#show: body => report(meta, body)\n");
        self.cut(ChapterPlace::Cover);
        self.attachments();
        self.cover();
        self.contents();
        self.cut(ChapterPlace::Body(None));
        self.parts();
        if let Some(revision) = &self.doc.revision {
            self.cut(ChapterPlace::Changes);
            self.list_of_changes(revision);
        }
        self.drop_blank_cuts();
    }

    fn attachments(&mut self) {
        let doc = self.doc;
        for (index, file) in doc.attachments.iter().enumerate() {
            self.out.push("#pdf.attach(");
            // From the root: the same whichever source names it.
            self.out.literal(&format!("/{}", file.path));
            self.out.push(&format!(", read(\"{}\", encoding: none), relationship: \"source\"", attachment_path(index)));
            self.out.push(&format!(", mime-type: \"{}\", description: ", file.media));
            self.out.literal(doc.terms.attachment);
            self.out.push(")\n");
        }
    }

    fn cover(&mut self) {
        let doc = self.doc;
        self.out.push("#cover(meta, (");
        for row in &doc.metadata.cover_rows {
            let Some(value) = doc.cover_text(row.line, Some(&row.value)) else { continue };
            self.out.push("(");
            match change::of_cover(value) {
                Some(shown) => self.sequence(|g| g.changed(shown, |g| g.text(&row.label))),
                None => self.shown(&row.label),
            }
            self.out.push(", ");
            self.cover_text(row.line, value);
            self.out.push("), ");
        }
        self.out.push("), ");
        let languages = doc.part_languages.iter().map(Option::as_ref).chain(std::iter::repeat(None));
        let contained = Place { contained: true, ..self.place };
        self.within(contained, |g| {
            g.sequence(|g| {
                let parts = doc.document.parts.iter().zip(languages).enumerate();
                for (at, (part, language)) in parts.filter(|(_, (part, _))| part.kind == PartKind::Cover) {
                    g.part = Some(at);
                    match language {
                        Some(language) => g.in_language(language, |g| g.blocks(&part.blocks)),
                        None => g.block_statements(&part.blocks),
                    }
                }
            });
        });
        self.changed_lines();
        self.out.push(")\n");
    }

    /// The lines of the panel, where a redline says something of them.
    fn changed_lines(&mut self) {
        let named = [
            ("series", CoverLine::Series),
            ("reference", CoverLine::Reference),
            ("title", CoverLine::Title),
            ("subtitle", CoverLine::Subtitle),
        ];
        let lines: Vec<_> =
            named.into_iter().filter_map(|(name, line)| Some((name, line, self.doc.cover_text(line, None)?))).collect();
        if lines.is_empty() {
            return;
        }
        self.out.push(", lines: (");
        for (name, line, text) in lines {
            self.out.push(&format!("{name}: "));
            let panel = Place { on_panel: true, ..self.place };
            self.within(panel, |g| g.cover_text(line, text));
            self.out.push(", ");
        }
        self.out.push(")");
    }

    /// The words of a line of the cover.
    fn cover_text(&mut self, line: CoverLine, text: CoverText<'_>) {
        match text {
            CoverText::Plain(text) => self.shown(text),
            CoverText::Marked { block, content, .. } => {
                // A change has its place where it is first met.
                self.part = self.doc.document.parts.iter().position(|part| part.line() == Some(line));
                self.line(block, content);
            }
        }
    }

    fn metadata(&mut self) {
        let doc = self.doc;
        let meta = &doc.metadata;
        let (language, region) = language(&meta.language);
        self.out.push("title: ");
        self.out.literal(&escape::shown(&doc.file_title()));
        self.out.push(", authors: (");
        self.literals(meta.authors.iter().map(|(name, _)| name.as_str()));
        self.out.push("), keywords: (");
        self.literals(meta.subjects.iter().map(String::as_str));
        let (year, month, day) = meta.date.map_or((1970, 1, 1), |date| (date.year, date.month, date.day));
        self.out.push(&format!("), date: ({year}, {month}, {day})"));
        let texts = [
            ("lang", Some(language.as_str())),
            ("region", region.as_deref()),
            ("description", meta.description.as_deref()),
        ];
        for (name, text) in texts {
            self.out.push(&format!(", {name}: "));
            self.optional(text);
        }
        let shown = [
            ("shown-title", Some(meta.title.as_str())),
            ("subtitle", meta.subtitle.as_deref()),
            ("short-title", Some(meta.short_title.as_str())),
            ("draft-label", meta.draft_label.as_deref()),
            ("series", meta.series.as_deref()),
            ("reference", meta.reference.as_deref()),
            ("foot", Some(meta.running_foot.as_str())),
        ];
        for (name, text) in shown {
            self.out.push(&format!(", {name}: "));
            self.optional_shown(text);
        }
        if let Some(label) = &meta.watermark {
            let WatermarkLook { size, color, .. } = self.style.watermark(label);
            self.out.push(", watermark: (text: ");
            self.out.literal(&escape::shown(label));
            self.out.push(&format!(", size: {}, color: \"{}\")", size.0, color.hex()));
        }
        self.out.push(", page-of: (");
        self.literals(doc.terms.page_of.into_iter());
        self.out.push(")");
    }

    fn literals<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        for text in texts {
            self.out.literal(&escape::shown(text));
            self.out.push(", ");
        }
    }

    /// Contents and disclaimer, on pages of their own before the first part.
    fn contents(&mut self) {
        let doc = self.doc;
        let listed: Vec<&OutlineEntry> = doc.outline.iter().filter(|entry| entry.listed).collect();
        let more = !doc.listings.is_empty() || doc.metadata.disclaimer.is_some() || doc.revision.is_some();
        if !listed.is_empty() || more {
            self.cut(ChapterPlace::Contents);
        }
        if let Some(revision) = &doc.revision {
            self.revision(revision);
        }
        if !listed.is_empty() {
            if doc.revision.is_some() {
                self.anchors.push(Anchor(CONTENTS.to_owned()));
            }
            self.out.push("#contents(");
            self.out.literal(doc.terms.contents);
            self.out.push(", {");
            let place = Place { in_contents: true, ..self.place };
            self.within(place, |g| listed.iter().for_each(|entry| g.entry(entry)));
            self.out.push("})\n");
        }
        if listed.is_empty() && !doc.listings.is_empty() {
            self.out.push("#chapter-break\n");
        }
        for (index, list) in doc.listings.iter().enumerate() {
            self.out.push("#list-of(");
            self.out.literal(list.title);
            self.out.push(&format!(", \"rapporteur.list-{index}\", {{"));
            let place = Place { in_contents: true, ..self.place };
            self.within(place, |g| list.entries.iter().for_each(|entry| g.listing_entry(entry)));
            self.out.push("})\n");
        }
        match doc.cover_text(CoverLine::Disclaimer, doc.metadata.disclaimer.as_deref()) {
            Some(CoverText::Plain(disclaimer)) => {
                self.out.push("#disclaimer(");
                self.sequence(|g| g.text(disclaimer));
                self.out.push(")\n");
            }
            Some(disclaimer @ CoverText::Marked { .. }) => {
                self.out.push("#disclaimer(");
                self.cover_text(CoverLine::Disclaimer, disclaimer);
                self.out.push(")\n");
            }
            None => {}
        }
        self.out.push("#chapter-break\n");
    }

    fn entry(&mut self, entry: &OutlineEntry) {
        let info = self.doc.headings.get(entry.heading);
        let run_in = info.is_some_and(runs_in) || info.is_none();
        let role = info.map_or("heading-1", heading_style);
        self.out.push(&format!("\ntoc-entry({}, \"{role}\", {run_in}, ", toc_level(entry.level)));
        self.optional_shown(entry.number.as_deref());
        self.out.push(", ");
        self.target(&entry.anchor);
        self.out.push(", ");
        let title = words(self.doc, &entry.content);
        self.out.literal(&entry.number.as_ref().map_or_else(|| title.clone(), |number| format!("{number} {title}")));
        self.out.push(", ");
        self.inlines(&entry.content);
        self.out.push(")");
    }
}

impl Generator<'_> {
    fn listing_entry(&mut self, entry: &ListingEntry) {
        self.out.push("\nlist-entry(");
        self.out.literal(&escape::shown(&entry.label));
        self.out.push(", ");
        self.target(&entry.anchor);
        self.out.push(", ");
        self.out.literal(&format!("{} {}", entry.label, words(self.doc, &entry.content)));
        self.out.push(", ");
        self.inlines(&entry.content);
        self.out.push(")");
    }
}

fn toc_level(level: HeadingLevel) -> u8 {
    level.get()
}

/// Language and region of a BCP 47 tag, in the form that Typst takes; English where it takes none.
pub(super) fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split(['-', '_']);
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && letters(part));
    let region = parts.find(|part| part.len() == 2 && letters(part));
    let language = language.map_or_else(|| "en".to_owned(), str::to_ascii_lowercase);
    (language, region.map(str::to_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_become_language_and_region() {
        let read = |tag| language(tag);
        assert_eq!(read("en-GB"), ("en".to_owned(), Some("GB".to_owned())));
        assert_eq!(read("zh-Hans-CN"), ("zh".to_owned(), Some("CN".to_owned())));
        assert_eq!(read("ar"), ("ar".to_owned(), None));
        assert_eq!(read("\"), #evil(\""), ("en".to_owned(), None));
    }
}
