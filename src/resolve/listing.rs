//! Lists of figures, tables and recommendations.
//!
//! In: the tree, its numbers and anchors. Out: a [`Listing`] for each list that is asked for and has an entry.

use super::info::{Anchor, CaptionKind};
use super::outline::without_notes;
use super::reading::{self, Place, Read};
use super::resolved::ResolvedDocument;
use crate::document::{Block, BlockKind, BoxKind, Document, Inline};
use crate::project::ListOf;

/// A list after the contents.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Of what.
    pub of: ListOf,
    /// "List of figures".
    pub title: &'static str,
    /// At least one.
    pub entries: Vec<ListingEntry>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingEntry {
    /// "Figure 2", with a no-break space.
    pub label: String,
    /// The caption or title without notes; may be empty.
    pub content: Vec<Inline>,
    /// Where it leads.
    pub anchor: Anchor,
}

/// The lists, in the order asked for, each once.
pub(super) fn resolve(document: &Document, doc: &ResolvedDocument, asked: &[ListOf]) -> Vec<Listing> {
    let mut lists: Vec<Listing> = Vec::new();
    for &of in asked {
        if lists.iter().any(|list| list.of == of) {
            continue;
        }
        let title = match of {
            ListOf::Figures => doc.terms.list_of_figures,
            ListOf::Tables => doc.terms.list_of_tables,
            ListOf::Recommendations => doc.terms.list_of_recommendations,
        };
        lists.push(Listing { of, title, entries: Vec::new() });
    }
    let mut entries = Entries { doc, lists };
    reading::read(document, &[], &mut entries);
    entries.lists.retain(|list| !list.entries.is_empty());
    entries.lists
}

struct Entries<'d> {
    doc: &'d ResolvedDocument,
    lists: Vec<Listing>,
}

impl Entries<'_> {
    fn add(&mut self, block: &Block, of: ListOf, label: &str, number: &str, content: &[Inline]) {
        let Some(list) = self.lists.iter_mut().find(|list| list.of == of) else { return };
        let Some(anchor) = self.doc.anchors.get(block.id).cloned() else { return };
        let label = format!("{label}\u{a0}{number}");
        list.entries.push(ListingEntry { label, content: without_notes(content), anchor });
    }
}

impl<'a> Read<'a> for Entries<'_> {
    fn block(&mut self, block: &'a Block, _place: &Place<'a>) {
        let caption = match &block.kind {
            BlockKind::Figure(figure) => figure.caption.as_ref(),
            BlockKind::Table(table) => table.caption.as_ref(),
            BlockKind::Box(boxed) if boxed.kind == BoxKind::Recommendation => {
                let info = &self.doc.boxes[block.id];
                if let (Some(label), Some(number)) = (&info.label, &info.number) {
                    let title = boxed.title.as_deref().unwrap_or_default();
                    self.add(block, ListOf::Recommendations, label, number, title);
                }
                return;
            }
            BlockKind::Box(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => None,
        };
        let (Some(caption), Some(info)) = (caption, self.doc.captions.get(block.id)) else { return };
        let of = match info.kind {
            CaptionKind::Figure => ListOf::Figures,
            CaptionKind::Table => ListOf::Tables,
        };
        self.add(block, of, &info.label, &info.number, &caption.content);
    }
}
