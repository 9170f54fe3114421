//! Makes the tree ready: titles given in front matter become headings, the cover gives up its title,
//! and no heading stands where no format can list one.
//!
//! In: a [`Document`] as parsed, the configuration. Out: the same document changed in place, and the
//! title that its cover gives. Never drops a text that is not shown elsewhere.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Block, BlockKind, Document, Ids, Inline, InlineKind, Part, PartKind, Side, Visit, VisitMut, is_chapter, plain_text,
    settle_blocks, walk_blocks_mut, walk_inlines,
};
use crate::project::ReportConfig;
use crate::source::{FileId, Span};

/// The title that a cover gives. Its ids mean nothing: it is no longer in the tree.
pub(super) struct CoverTitle {
    pub(super) content: Vec<Inline>,
    /// The cover's draft.
    pub(super) file: FileId,
}

/// Prepares the tree; hands back the title that the cover gives.
pub(super) fn prepare(document: &mut Document, report: &ReportConfig, found: &mut Diagnostics) -> Option<CoverTitle> {
    document.give_titles();
    // A version that is compared has given it up already.
    let compared = document.parts.iter().any(|part| part.line().is_some());
    let title = if compared { None } else { take_cover(document, report, found) };
    let mut ids = document.free_ids();
    for part in document.parts.iter_mut().filter(|part| part.kind == PartKind::Cover) {
        walk_blocks_mut(&mut part.blocks, &mut Flatten(&mut ids));
    }
    for note in &mut document.notes {
        walk_blocks_mut(&mut note.blocks, &mut Flatten(&mut ids));
    }
    document.renumber();
    title
}

/// Takes from the cover's own text what stands there anyway: its title, which is handed back, and a subtitle that the configuration gives.
pub(super) fn take_cover(
    document: &mut Document,
    report: &ReportConfig,
    found: &mut Diagnostics,
) -> Option<CoverTitle> {
    let mut title = None;
    for part in document.parts.iter_mut().filter(|part| part.kind == PartKind::Cover) {
        take_title(part, report, &mut title, found);
        drop_subtitle(part, report);
    }
    title
}

/// The first level-1 heading of the cover is the report's title. Where the configuration gives
/// another, the heading stays on the cover as text.
fn take_title(part: &mut Part, report: &ReportConfig, title: &mut Option<CoverTitle>, found: &mut Diagnostics) {
    if title.is_some() {
        return;
    }
    let Some(at) = part.blocks.iter().position(is_title) else {
        return;
    };
    let marked = std::slice::from_ref(&part.blocks[at]);
    let settled = settle_blocks(marked, &|_| Some(Side::New));
    let changed = settled != marked;
    let Some(BlockKind::Heading(heading)) = settled.into_iter().next().map(|block| block.kind) else { return };
    let (text, content) = (one_line(&plain_text(&heading.content)), heading.content.clone());
    let configured = report.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    if changed {
        // A redline shows on the cover what has become of its title.
    } else if configured.is_none_or(|configured| configured == text) {
        for span in notes(&heading.content) {
            let message = "a note in the report's title is not printed";
            found.push(Diagnostic::new(Code::UnusedNote, span, message).hint("put it after the text that follows"));
        }
        let block = part.blocks.remove(at);
        if block.attributes.label.is_some() {
            // A link to the title still leads to the cover.
            part.blocks.insert(at, Block { kind: BlockKind::Division(Vec::new()), ..block });
        }
    } else {
        let message = "this heading is not the title that rapporteur.toml gives; the cover shows both";
        let hint = "make them the same, or take one away: without `title` the cover's heading is the title";
        found.push(Diagnostic::new(Code::OtherTitle, part.blocks[at].span, message).hint(hint));
    }
    *title = Some(CoverTitle { content, file: part.file });
}

/// Whether a block is a heading of level 1 that is not gone.
fn is_title(block: &Block) -> bool {
    let gone = block.change.as_ref().and_then(|change| change.standing.as_ref());
    is_chapter(&block.kind) && gone.is_none_or(|standing| standing.kind.side() == Side::New)
}

/// A paragraph that only repeats the configured subtitle.
fn drop_subtitle(part: &mut Part, report: &ReportConfig) {
    let Some(subtitle) = report.subtitle.as_deref().map(one_line) else { return };
    part.blocks.retain(|block| {
        let BlockKind::Paragraph(content) = &block.kind else { return true };
        !notes(content).is_empty() || one_line(&plain_text(content)) != subtitle
    });
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where inlines refer to notes.
fn notes(content: &[Inline]) -> Vec<Span> {
    struct Spans(Vec<Span>);
    impl Visit<'_> for Spans {
        fn inline(&mut self, inline: &Inline) {
            if matches!(inline.kind, InlineKind::Note(_)) {
                self.0.push(inline.span);
            }
        }
    }
    let mut spans = Spans(Vec::new());
    walk_inlines(content, &mut spans);
    spans.0
}

/// Headings become paragraphs of strong text: on the cover and in notes they would break the order of
/// headings (ISO 14289-1 7.4.2) and stand in no contents.
struct Flatten<'a>(&'a mut Ids);

impl VisitMut for Flatten<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading(heading) = &mut block.kind {
            let content = std::mem::take(&mut heading.content);
            let strong =
                Inline { id: self.0.fresh(), span: block.span, kind: InlineKind::Strong(content), change: None };
            block.kind = BlockKind::Paragraph(vec![strong]);
        }
    }
}
