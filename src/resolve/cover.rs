//! The cover's lines: as parts of the tree for a comparison, and as a writer shows them.
//!
//! In: a version that is to be compared, or a resolved document and what its metadata say. Out: a part for each line, whether anything is given for it or not,
//! so that a line which came or went is one whose words did; the words of a line, with what a redline says of them. What the program computes (a date that nobody
//! gave, the label of a row) is in no line.

use super::language;
use super::metadata::{self, given};
use super::note;
use super::number;
use super::prepare;
use super::resolved::ResolvedDocument;
use super::terms::Terms;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{
    Block, BlockKind, CoverLine, Document, HeadingLevel, Ids, Inline, InlineKind, Part, Side, StandingKind, plain_text,
};
use crate::project::{Date, Project};
use crate::source::{FileId, Span};

/// A line of the cover as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CoverText<'d> {
    /// Nothing is said of it.
    Plain(&'d str),
    /// Some of it is marked.
    Marked {
        /// Its paragraph.
        block: &'d Block,
        /// What that says.
        content: &'d [Inline],
        /// How all of it came or went, if all did.
        whole: Option<StandingKind>,
    },
}

impl CoverText<'_> {
    /// Whether it stands in the old version alone.
    pub fn is_gone(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Marked { whole, .. } => whole.is_some_and(|kind| kind.side() == Side::Old),
        }
    }
}

impl ResolvedDocument {
    /// How a line of the cover is shown, of which the metadata say `plain`; nothing where neither version has it.
    pub fn cover_text<'d>(&'d self, line: CoverLine, plain: Option<&'d str>) -> Option<CoverText<'d>> {
        marked(&self.document, line).or(plain.filter(|plain| !plain.is_empty()).map(CoverText::Plain))
    }
}

/// A line of a redline some of which is marked.
fn marked(document: &Document, line: CoverLine) -> Option<CoverText<'_>> {
    let block = document.cover_line(line)?.blocks.first()?;
    let content = content(block);
    let is_marked = content.iter().any(Inline::is_marked);
    is_marked.then(|| CoverText::Marked { block, content, whole: whole(content) })
}

/// Whether a redline says something of a line.
pub(super) fn is_marked(document: &Document, line: CoverLine) -> bool {
    marked(document, line).is_some()
}

/// The words of the title in a version that was or is compared.
pub(super) fn title_of(doc: &ResolvedDocument, version: &Document) -> Option<String> {
    let line = version.cover_line(CoverLine::Title)?.blocks.first()?;
    given(Some(&doc.plain_text(content(line))))
}

fn content(block: &Block) -> &[Inline] {
    let BlockKind::Paragraph(content) = &block.kind else { return &[] };
    content
}

fn whole(content: &[Inline]) -> Option<StandingKind> {
    let kind = |inline: &Inline| inline.change.as_ref()?.standing.as_ref().map(|standing| standing.kind);
    let (first, rest) = content.split_first()?;
    let first = kind(first)?;
    rest.iter().all(|next| kind(next) == Some(first)).then_some(first)
}

/// Puts the cover's lines before the drafts of a version that is to be compared, and takes from these what the cover then says: the heading that is the title, a
/// paragraph that repeats the subtitle.
pub fn cover_lines(document: &mut Document, project: &Project) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(file) = document.parts.first().map(|part| part.file) else { return found };
    document.give_titles();
    let title = title(document, project, &mut found);
    let report = &project.config.report;
    let (language, any_day) = (language::report(project), Date { year: 1970, month: 1, day: 1 });
    let credited: Vec<&str> = document.parts.iter().flat_map(|part| &part.contributors).map(String::as_str).collect();
    let metadata = metadata::resolve(&project.config, &language, any_day, String::new(), &credited);
    let terms = Terms::of_language(&language.tag);
    let mut maker = Maker { ids: document.free_ids(), file };
    let typed = |line: CoverLine| line != CoverLine::Title && (line != CoverLine::Date || report.date.is_some());
    let text = |line: CoverLine| metadata.line(line, &terms).filter(|_| typed(line));
    let parts: Vec<Part> = CoverLine::ALL
        .into_iter()
        .map(|line| {
            let content = if line == CoverLine::Title { &*title } else { &[] };
            maker.part(line, content, text(line))
        })
        .collect();
    document.parts.splice(0..0, parts);
    document.renumber();
    found
}

/// A date that one version computes is computed in both: then it is the newer version's, and no change.
pub fn same_date(old: (&mut Document, &mut Project), new: (&mut Document, &Project)) {
    let ((old, before), (new, after)) = (old, new);
    let (was, is) = (&mut before.config.report.date, after.config.report.date);
    if was.is_some() && is.is_some() {
        return;
    }
    *was = is;
    let lines = old.parts.iter_mut().chain(&mut new.parts).filter(|part| part.line() == Some(CoverLine::Date));
    for block in lines.flat_map(|part| &mut part.blocks) {
        block.kind = BlockKind::Paragraph(Vec::new());
    }
}

/// The same where a version is worded by itself: `text` is how the newer version words its date.
pub fn word_date(doc: &mut ResolvedDocument, text: &str) {
    let line = doc.document.cover_line(CoverLine::Date).and_then(|part| part.blocks.first());
    if line.is_some_and(|block| content(block).is_empty()) {
        let rows = doc.metadata.cover_rows.iter_mut().filter(|row| row.line == CoverLine::Date);
        rows.for_each(|row| text.clone_into(&mut row.value));
    }
}

/// The title's inlines: the configuration's, else those of the cover's heading, else those of the first chapter's.
fn title(document: &mut Document, project: &Project, found: &mut Diagnostics) -> Vec<Inline> {
    let report = &project.config.report;
    let cover = prepare::take_cover(document, report, found).map(|title| title.content);
    let terms = Terms::of_language(&language::report(project).tag);
    let text = |text: String| {
        let span = Span::new(document.parts[0].file, 0, 0);
        vec![Inline { id: Ids::default().fresh(), span, kind: InlineKind::Text(text), change: None }]
    };
    if let Some(title) = given(report.title.as_ref()) {
        return text(title);
    }
    let says = |content: &[Inline]| given(Some(&plain_text(content))).is_some();
    let chapter = || {
        let numbers = number::number(document, &note::order(document), project, &terms, &mut Diagnostics::new());
        numbers.chapter(|heading| says(heading.content)).map(<[Inline]>::to_vec)
    };
    cover.filter(|cover| says(cover)).or_else(chapter).unwrap_or_else(|| {
        found.push(missing(document));
        text(terms.untitled.to_owned())
    })
}

/// That a report has no title.
pub(super) fn missing(document: &Document) -> Diagnostic {
    let first = document.parts.iter().find_map(|part| part.blocks.first());
    let place = first.map_or(Place::Nowhere, |block| Place::Span(block.span));
    let hint = "give it one in `rapporteur.toml`, `title` under `[report]`, or begin a draft with `# …`";
    Diagnostic::at(Code::MissingTitle, place, "the report has no title").hint(hint)
}

/// Makes parts of lines.
struct Maker {
    ids: Ids,
    file: FileId,
}

impl Maker {
    /// A line: the leaves of `content`, or a text.
    fn part(&mut self, line: CoverLine, content: &[Inline], text: Option<String>) -> Part {
        let span = Span::new(self.file, 0, 0);
        let id = self.ids.fresh();
        let mut leaves = Vec::new();
        self.leaves(content, &mut leaves);
        if let Some(text) = text {
            leaves.push(Inline { id: self.ids.fresh(), span, kind: InlineKind::Text(text), change: None });
        }
        let kind = BlockKind::Paragraph(leaves);
        let block = Block { id, span, attributes: Default::default(), kind, change: None };
        Part { blocks: vec![block], ..Part::of_line(line, self.file) }
    }

    /// What a cover shows of inlines: their words in one look. A reference keeps to what it refers to.
    fn leaves(&mut self, content: &[Inline], out: &mut Vec<Inline>) {
        for inline in content {
            if !inline.children().is_empty() {
                self.leaves(inline.children(), out);
                continue;
            }
            let kind = if let InlineKind::Reference(reference) = &inline.kind {
                InlineKind::Reference(reference.clone())
            } else {
                InlineKind::Text(plain_text(std::slice::from_ref(inline)))
            };
            if kind == InlineKind::Text(String::new()) {
                continue;
            }
            if let (InlineKind::Text(text), Some(InlineKind::Text(before))) =
                (&kind, out.last_mut().map(|last| &mut last.kind))
            {
                before.push_str(text);
                continue;
            }
            out.push(Inline { id: self.ids.fresh(), span: inline.span, kind, change: None });
        }
    }
}

impl<'a> number::Numbers<'a> {
    /// The first chapter's heading of those that say something: one that was typed as such before one that became such.
    pub(super) fn chapter(&self, says: impl Fn(&number::NumberedHeading<'a>) -> bool) -> Option<&'a [Inline]> {
        let one = HeadingLevel::new(1);
        let first = |typed: bool| {
            let mut headings = self.headings.iter().filter(|heading| heading.listed && heading.level == one);
            headings.find(|heading| !typed || heading.typed == one).filter(|heading| says(heading))
        };
        first(true).or_else(|| first(false)).map(|heading| heading.content)
    }
}
