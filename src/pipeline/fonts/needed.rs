//! Which scripts a report's letters are of, and in which weights they stand.
//!
//! In: the document as worded, the configuration, the style. Out: [`Needed`]. Looks for no font.

use std::collections::BTreeSet;

use crate::document::{Block, BlockKind, CellScope, Document, Inline, InlineKind, NodeId, Row, Visit, walk_blocks};
use crate::project::Project;
use crate::resolve::Terms;
use crate::style::{RUNNING, Script, Stylesheet, Weight, formula_scripts, scripts};

/// Letters that need a font: by script, and of which scripts some may stand in bold.
#[derive(Debug, Default)]
pub(super) struct Needed {
    all: BTreeSet<Script>,
    bold: BTreeSet<Script>,
}

impl Needed {
    /// The faces of a script that are wanted.
    pub(super) fn weights(&self, script: Script) -> impl Iterator<Item = Weight> {
        let bold = self.bold.contains(&script).then_some(Weight::Bold);
        self.all.contains(&script).then_some(Weight::Regular).into_iter().chain(bold)
    }
}

/// The scripts of everything that will be shown. A font of thousands of letters takes longer to read than the report:
/// its bold face is wanted only where it may be shown.
pub(super) fn needed(project: &Project, document: &Document, style: &Stylesheet) -> Needed {
    let mut texts = Texts { bold_runs: runs_are_bold(style), ..Texts::default() };
    for part in &document.parts {
        texts.bold_part = part.kind.is_on_cover();
        walk_blocks(&part.blocks, &mut texts);
    }
    texts.bold_part = false;
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut texts));
    let report = &project.config.report;
    let words = report.language.as_deref().and_then(Terms::known).map(|terms| terms.contents);
    let parts = document.parts.iter();
    let written = parts.flat_map(|part| part.title.iter().chain(&part.contributors)).map(String::as_str);
    let mut bold = scripts(texts.bold.into_iter().chain(words).chain(written).chain(report.texts()));
    bold.extend(formula_scripts(texts.formulas));
    let mut all = scripts(texts.regular);
    all.extend(&bold);
    Needed { all, bold }
}

fn runs_are_bold(style: &Stylesheet) -> bool {
    RUNNING.iter().any(|role| style.role(role).weight == Weight::Bold)
}

/// The document's texts, told apart by whether they may stand in bold: all but those of running text and of data
/// cells, and in these what is strong.
#[derive(Default)]
struct Texts<'a> {
    regular: Vec<&'a str>,
    bold: Vec<&'a str>,
    formulas: Vec<&'a str>,
    bold_runs: bool,
    bold_part: bool,
    /// Nodes whose text is bold; a parent puts its children in.
    inherits: BTreeSet<NodeId>,
}

impl<'a> Texts<'a> {
    fn inlines_in_bold(&mut self, inlines: &[Inline]) {
        self.inherits.extend(inlines.iter().map(|inline| inline.id));
    }

    fn header_cells(&mut self, rows: &'a [Row]) {
        for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.scope != CellScope::Data) {
            walk_blocks(&cell.blocks, &mut Bold(self));
        }
    }
}

/// Everything beneath is bold.
struct Bold<'t, 'a>(&'t mut Texts<'a>);

impl<'a> Visit<'a> for Bold<'_, 'a> {
    fn inline(&mut self, inline: &'a Inline) {
        self.0.inherits.insert(inline.id);
    }
}

impl<'a> Visit<'a> for Texts<'a> {
    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::CodeBlock(code) => self.bold.push(&code.literal),
            BlockKind::Formula(formula) => self.formulas.push(&formula.source),
            BlockKind::Heading(heading) => self.inlines_in_bold(&heading.content),
            BlockKind::DescriptionList(items) => items.iter().for_each(|item| self.inlines_in_bold(&item.term)),
            BlockKind::Box(boxed) => self.inlines_in_bold(boxed.title.as_deref().unwrap_or_default()),
            BlockKind::Details(details) => self.inlines_in_bold(&details.summary),
            BlockKind::Figure(figure) => {
                figure.caption.iter().for_each(|caption| self.inlines_in_bold(&caption.content));
            }
            BlockKind::Table(table) => {
                table.caption.iter().for_each(|caption| self.inlines_in_bold(&caption.content));
                self.header_cells(&table.head);
                self.header_cells(&table.body);
            }
            BlockKind::Paragraph(_)
            | BlockKind::List(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::Division(_)
            | BlockKind::Bibliography(_)
            | BlockKind::ThematicBreak => {}
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        let inherits = self.inherits.contains(&inline.id);
        if inherits || matches!(inline.kind, InlineKind::Strong(_)) {
            self.inlines_in_bold(inline.children());
        }
        if let InlineKind::Text(text) = &inline.kind {
            let bold = inherits || self.bold_part || self.bold_runs;
            if bold { self.bold.push(text) } else { self.regular.push(text) }
        } else if let InlineKind::Code(text) = &inline.kind {
            self.bold.push(text);
        } else if let InlineKind::Formula(formula) = &inline.kind {
            self.formulas.push(&formula.source);
        }
    }
}
