//! References to figures, tables, boxes, headings and paragraphs: fields that Word keeps current, wherever it would
//! show exactly what `resolve` says; else plain links.

use std::collections::{BTreeMap, BTreeSet};

use super::inline::{Line, Links};
use super::style::CharacterStyle;
use super::writer::Writer;
use super::xml::RunProperties;
use crate::document::{Block, BlockKind, Change, CrossReference, Inline, InlineKind, NodeId, Side, Visit, walk_blocks};
use crate::resolve::{Anchor, ReferenceInfo, ReferenceKind, ResolvedDocument};

/// What Word's fields would show of each anchor.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Label and number within the bookmark: "Figure 2".
    labels: BTreeMap<Anchor, String>,
    /// Anchors whose number alone is referred to, as in "figure 2" within a sentence.
    digits: BTreeSet<Anchor>,
    /// The paragraph's own number, and the same with those above it, without final full stops: "A", "III.A".
    numbers: BTreeMap<Anchor, (String, String)>,
}

impl Shown {
    /// Of a whole document.
    pub fn of(doc: &ResolvedDocument) -> Self {
        let mut collect =
            Collect { doc, gone: false, references: Vec::new(), shown: Self::default(), above: Vec::new() };
        doc.document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut collect));
        doc.document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut collect));
        let Collect { mut shown, references, .. } = collect;
        for (info, anchor) in references {
            let label = shown.labels.get(anchor).filter(|label| **label != info.text());
            if label.is_some_and(|label| label.rsplit(' ').next() == Some(&info.value)) {
                shown.digits.insert(anchor.clone());
            }
        }
        shown
    }

    /// The bookmark around the number alone, where something refers to that.
    pub fn digits(&self, anchor: Option<&Anchor>) -> Option<Anchor> {
        let anchor = anchor.filter(|anchor| self.digits.contains(anchor))?;
        Some(Anchor(format!("{}_number", anchor.as_str())))
    }

    /// The field that shows what `info` says, and the text to stand before it.
    fn field(&self, info: &ReferenceInfo, anchor: &Anchor) -> Option<Field> {
        let text = info.text();
        let field = |anchor: Anchor, switches, before: &str| Field { anchor, switches, before: before.to_owned() };
        match info.kind {
            ReferenceKind::Caption | ReferenceKind::Box if self.labels.get(anchor)? == &text => {
                Some(field(anchor.clone(), "\\h", ""))
            }
            ReferenceKind::Caption | ReferenceKind::Box => Some(field(self.digits(Some(anchor))?, "\\h", &info.prefix)),
            ReferenceKind::HeadingNumber | ReferenceKind::ParagraphNumber => {
                let (own, full) = self.numbers.get(anchor)?;
                [(own, "\\n \\h"), (full, "\\w \\h")].into_iter().find_map(|(shown, switches)| {
                    let before = if *shown == info.value { info.prefix.as_str() } else { "" };
                    let shows = *shown == info.value || *shown == text;
                    shows.then(|| field(anchor.clone(), switches, before))
                })
            }
            ReferenceKind::Formula => Some(field(anchor.clone(), "\\h", &info.prefix)),
            ReferenceKind::Title | ReferenceKind::Dead => None,
        }
    }
}

/// A field that shows a reference.
struct Field {
    anchor: Anchor,
    switches: &'static str,
    /// Text before it.
    before: String,
}

struct Collect<'a> {
    doc: &'a ResolvedDocument,
    /// Whether the block that comes is gone.
    gone: bool,
    /// References to what has a label.
    references: Vec<(&'a ReferenceInfo, &'a Anchor)>,
    shown: Shown,
    /// Numbers of the headings above, by level from 0.
    above: Vec<String>,
}

impl<'a> Visit<'a> for Collect<'a> {
    fn change(&mut self, change: &'a Change) {
        self.gone = change.standing.as_ref().is_some_and(|standing| standing.kind.side() == Side::Old);
    }

    fn block(&mut self, block: &'a Block) {
        let gone = std::mem::take(&mut self.gone);
        let anchor = self.doc.anchors.get(block.id);
        match &block.kind {
            BlockKind::Heading(_) if gone => {}
            BlockKind::Heading(_) => self.heading(block.id),
            BlockKind::Paragraph(_) => {
                let number = self.doc.paragraphs.get(block.id).and_then(|info| info.number.as_ref());
                if let (Some(anchor), Some(number)) = (anchor, number) {
                    let number = bare(number);
                    self.shown.numbers.insert(anchor.clone(), (number.clone(), number));
                }
            }
            BlockKind::Figure(_) | BlockKind::Table(_) => {
                if let (Some(anchor), Some(info)) = (anchor, self.doc.captions.get(block.id)) {
                    self.shown.labels.insert(anchor.clone(), format!("{} {}", info.label, info.number));
                }
            }
            BlockKind::Box(_) => {
                let text = self.doc.boxes.get(block.id).and_then(crate::resolve::BoxInfo::text);
                if let (Some(anchor), Some(text)) = (anchor, text) {
                    self.shown.labels.insert(anchor.clone(), text);
                }
            }
            BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => {}
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Reference(_) = inline.kind {
            let info = self.doc.references.get(inline.id);
            self.references.extend(info.and_then(|info| Some((info, info.target.as_ref()?))));
        }
    }
}

impl Collect<'_> {
    fn heading(&mut self, id: NodeId) {
        let Some(info) = self.doc.headings.get(id) else { return };
        self.above.truncate(usize::from(info.level.get()) - 1);
        self.above.resize(usize::from(info.level.get()) - 1, String::new());
        let own = info.number.clone().unwrap_or_default();
        self.above.push(own.clone());
        if !own.is_empty() {
            let full = bare(&self.above.concat());
            self.shown.numbers.insert(info.anchor.clone(), (bare(&own), full));
        }
    }
}

fn bare(number: &str) -> String {
    number.trim_end_matches('.').to_owned()
}

impl<'a> Writer<'a> {
    /// A cross-reference.
    pub fn reference(&mut self, id: NodeId, reference: &CrossReference, line: &Line<'a>) {
        let Some(info) = self.doc.references.get(id) else {
            return self.text_run(&line.run, reference.label.as_str());
        };
        let text = info.text();
        let Some(anchor) = info.target.as_ref().filter(|_| line.links == Links::Live) else {
            return self.text_run(&line.run, &text);
        };
        let run = RunProperties { style: Some(CharacterStyle::Hyperlink.id()), ..line.run.clone() };
        let Some(Field { anchor, switches, before }) = self.shown.field(info, anchor) else {
            return self.internal(anchor, |w| w.text_run(&run, &text));
        };
        let name = self.bookmarks.name(&anchor);
        self.text_run(&run, &before);
        let shown = text.strip_prefix(before.as_str()).unwrap_or(&text);
        let (shown, after) = match shown.strip_suffix(info.suffix.as_str()) {
            Some(number) if !before.is_empty() => (number, info.suffix.as_str()),
            Some(_) | None => (shown, ""),
        };
        // Without the last switch an update brings the look of what is referred to with its text.
        self.field(&format!("REF {name} {switches} \\* MERGEFORMAT"), &run, |w| w.text_run(&run, shown));
        match after {
            "" => self.hold_field(&text),
            after => self.text_run(&run, after),
        }
    }
}
