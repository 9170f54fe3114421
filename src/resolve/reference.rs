//! What cross-references show, and where they lead.
//!
//! In: `@label`s, the targets, their numbers. Out: a [`ReferenceInfo`] for each: "Figure 2", "section III.A",
//! "annex II", "paragraph 12", or a title.

use super::anchor::Anchors;
use super::info::{CaptionKind, HeadingPlace, ReferenceInfo, ReferenceKind};
use super::link::MOST_SUGGESTED;
use super::number::Numbers;
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use super::scheme::Parents;
use super::target::{Target, Targets};
use super::terms::{Terms, around};
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::document::{
    BlockKind, BoxKind, CrossReference, Document, HeadingLevel, Inline, InlineKind, NodeId, ReferenceForm, plain_text,
    worded_text,
};
use crate::source::{FileId, Span};

/// Resolves cross-references.
pub(super) struct References<'s, 'a> {
    names: Names<'s, 'a>,
    anchors: &'s mut Anchors,
    found: &'s mut Diagnostics,
    suggested: usize,
    table: SideTable<ReferenceInfo>,
}

impl<'d> Read<'d> for References<'_, '_> {
    fn inline(&mut self, inline: &'d Inline, place: &Place<'d>) {
        if let InlineKind::Reference(reference) = &inline.kind
            && self.table.get(inline.id).is_none()
        {
            let info = self.info(reference, inline.span, place.file);
            self.table.insert(inline.id, info);
        }
    }
}

impl<'s, 'a> References<'s, 'a> {
    /// With what they may refer to.
    pub(super) fn new(
        targets: &'s Targets<'a>,
        numbers: &'s Numbers<'a>,
        terms: &'s Terms,
        anchors: &'s mut Anchors,
        found: &'s mut Diagnostics,
    ) -> Self {
        let headings = numbers.headings.iter().enumerate().map(|(at, heading)| (heading.block.id, at)).collect();
        let names = Names { numbers, terms, headings, targets };
        Self { names, anchors, found, suggested: 0, table: SideTable::default() }
    }

    /// Every cross-reference of a document that a table does not have yet.
    pub(super) fn resolve(
        mut self,
        document: &Document,
        notes: &[usize],
        table: SideTable<ReferenceInfo>,
    ) -> SideTable<ReferenceInfo> {
        self.table = table;
        reading::read(document, notes, &mut self);
        self.table
    }

    /// The words of a line that stands in no part, on one line.
    pub(super) fn line(&mut self, content: &[Inline], file: FileId) -> String {
        one_line(&worded_text(content, &mut |inline| {
            let InlineKind::Reference(reference) = &inline.kind else { return None };
            Some(self.info(reference, inline.span, file).text())
        }))
    }

    fn info(&mut self, reference: &CrossReference, span: Span, file: FileId) -> ReferenceInfo {
        let label = reference.label.as_str();
        let Some(target) = self.names.find(label, file) else {
            let sign = if reference.form == ReferenceForm::Title { '#' } else { '@' };
            self.report(label, sign, span, file);
            let typed = match reference.form {
                ReferenceForm::Running | ReferenceForm::Title => label.to_owned(),
                ReferenceForm::Capitalised => capitalised(label),
            };
            let value = format!("{sign}{typed}");
            return ReferenceInfo {
                prefix: String::new(),
                value,
                suffix: String::new(),
                kind: ReferenceKind::Dead,
                target: None,
            };
        };
        let anchor = self.anchors.claim(target.node, label);
        let name = match reference.form {
            ReferenceForm::Running | ReferenceForm::Capitalised => {
                self.report_unnumbered(&target, label, span);
                self.names.name(&target, label)
            }
            ReferenceForm::Title => self.names.titled(&target, label),
        };
        ReferenceInfo { target: Some(anchor), ..shown(name, reference.form) }
    }

    /// Says that what should be called by its number has none.
    fn report_unnumbered(&mut self, target: &Target<'_>, label: &str, span: Span) {
        let (what, hint) = match &target.named.kind {
            BlockKind::Figure(figure) if figure.caption.is_none() => {
                ("figure", format!("give it one: `![What it shows](file \"Caption\"){{#{label}}}`"))
            }
            BlockKind::Table(table) if table.caption.is_none() => {
                ("table", format!("give it one: `Table: Caption {{#{label}}}` as a paragraph above it"))
            }
            BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Box(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => return,
        };
        if target.inline.is_none() {
            let message = format!("the {what} `#{label}` has no number, because it has no caption");
            self.found.push(Diagnostic::new(Code::UnnumberedReference, span, message).hint(hint));
        }
    }

    fn report(&mut self, label: &str, sign: char, span: Span, file: FileId) {
        let fault = Diagnostic::new(Code::DeadLink, span, format!("nothing is labelled `#{label}`"));
        self.suggested += 1;
        let near = if self.suggested <= MOST_SUGGESTED { nearest(label, self.names.targets.names(file)) } else { None };
        self.found.push(match near {
            Some(near) => fault.hint(format!("did you mean `{sign}{near}`?")),
            None if sign == '#' => fault.hint(format!("give what is meant the id `{{#{label}}}`")),
            None => fault.hint(format!("give what is meant the id `{{#{label}}}`, or write `\\@` for a plain at sign")),
        });
    }
}

struct Name {
    /// What stands around the number within a sentence; nothing around a title.
    form: Option<&'static str>,
    value: String,
    kind: ReferenceKind,
}

/// How each target is called.
struct Names<'s, 'a> {
    numbers: &'s Numbers<'a>,
    terms: &'s Terms,
    headings: std::collections::HashMap<NodeId, usize>,
    targets: &'s Targets<'a>,
}

impl<'a> Names<'_, 'a> {
    /// What a label names, from a file.
    fn find(&self, label: &str, file: FileId) -> Option<Target<'a>> {
        // `@sec-findings` may name `{#findings}`, or the heading "Findings".
        self.targets.find(file, label).or_else(|| {
            let name = label.strip_prefix("sec-")?;
            self.targets.find(file, name).filter(|target| matches!(target.named.kind, BlockKind::Heading(_)))
        })
    }

    fn name(&self, target: &Target<'_>, label: &str) -> Name {
        self.numbered(target).unwrap_or_else(|| self.by_title(target, label))
    }

    /// The same with headings by their titles.
    fn titled(&self, target: &Target<'_>, label: &str) -> Name {
        if matches!(target.named.kind, BlockKind::Heading(_)) {
            self.by_title(target, label)
        } else {
            self.name(target, label)
        }
    }

    fn by_title(&self, target: &Target<'_>, label: &str) -> Name {
        let value = self.title(target, &|content| self.words(content));
        let value = value.filter(|title| !title.is_empty()).unwrap_or_else(|| label.to_owned());
        Name { form: None, value, kind: ReferenceKind::Title }
    }

    /// A title's own references; a title within a title has its as typed, so that this ends.
    fn words(&self, content: &[Inline]) -> String {
        worded_text(content, &mut |inline| {
            let InlineKind::Reference(reference) = &inline.kind else { return None };
            let target = self.find(reference.label.as_str(), inline.span.file)?;
            let by_title = reference.form == ReferenceForm::Title && matches!(target.named.kind, BlockKind::Heading(_));
            let numbered = self.numbered(&target).filter(|_| !by_title);
            let numbered = numbered.map(|name| shown(name, reference.form).text());
            numbered.or_else(|| self.title(&target, &plain_text))
        })
    }

    fn numbered(&self, target: &Target<'_>) -> Option<Name> {
        let block = target.named;
        match &block.kind {
            BlockKind::Heading(_) => self.heading(block.id),
            BlockKind::Paragraph(_) => self.paragraph(block.id),
            // A label within a figure's caption or a box's title is not the figure's or the box's own.
            BlockKind::Figure(_) | BlockKind::Table(_) if target.inline.is_none() => self.caption(block.id),
            BlockKind::Box(boxed) if target.inline.is_none() => self.boxed(block.id, boxed.kind),
            BlockKind::Formula(_) => self.formula(block.id),
            BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Box(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Bibliography(_) => None,
        }
    }

    fn heading(&self, id: NodeId) -> Option<Name> {
        let heading = &self.numbers.headings[*self.headings.get(&id)?];
        let number = heading.number.as_ref()?;
        let form = match heading.place {
            HeadingPlace::Front | HeadingPlace::Body => self.terms.in_text.section,
            // "section A.1" says of itself that it is in an annex.
            HeadingPlace::Annex if heading.level.get() > 1 && self.names_parents(heading.level) => {
                self.terms.in_text.section
            }
            HeadingPlace::Annex => self.terms.in_text.annex,
        };
        Some(Name { form: Some(form), value: number.path.clone(), kind: ReferenceKind::HeadingNumber })
    }

    /// Whether the number of an annex's heading holds that of the annex.
    fn names_parents(&self, level: HeadingLevel) -> bool {
        self.numbers.scheme.annexes[usize::from(level.get()) - 1].parents == Parents::Joined
    }

    fn paragraph(&self, id: NodeId) -> Option<Name> {
        let number = self.numbers.paragraphs.get(id)?.number.as_ref()?;
        let value = number.trim_end_matches('.').to_owned();
        Some(Name { form: Some(self.terms.in_text.paragraph), value, kind: ReferenceKind::ParagraphNumber })
    }

    fn caption(&self, id: NodeId) -> Option<Name> {
        let info = self.numbers.captions.get(id)?;
        let form = match info.kind {
            CaptionKind::Figure => self.terms.in_text.figure,
            CaptionKind::Table => self.terms.in_text.table,
        };
        Some(Name { form: Some(form), value: info.number.clone(), kind: ReferenceKind::Caption })
    }

    fn boxed(&self, id: NodeId, kind: BoxKind) -> Option<Name> {
        let value = self.numbers.boxes.get(id)?.number.clone()?;
        let form = match kind {
            BoxKind::Recommendation => self.terms.in_text.recommendation,
            BoxKind::Numbered
            | BoxKind::Statement
            | BoxKind::Note
            | BoxKind::Tip
            | BoxKind::Important
            | BoxKind::Warning
            | BoxKind::Caution => self.terms.in_text.boxed,
        };
        Some(Name { form: Some(form), value, kind: ReferenceKind::Box })
    }

    fn formula(&self, id: NodeId) -> Option<Name> {
        let number = self.numbers.formulas.get(id)?;
        Some(Name { form: Some(self.terms.in_text.equation), value: number.clone(), kind: ReferenceKind::Formula })
    }

    /// What is not numbered is called by its title, or by what it is; `text` gives the text of a line.
    fn title(&self, target: &Target<'_>, text: &dyn Fn(&[Inline]) -> String) -> Option<String> {
        if let Some(inline) = target.inline {
            return Some(one_line(&text(std::slice::from_ref(inline))));
        }
        match &target.named.kind {
            BlockKind::Heading(heading) => Some(one_line(&text(&heading.content))),
            BlockKind::Figure(figure) => Some(one_line(&figure.image.alternative)),
            BlockKind::Table(_) => Some(self.terms.table.to_owned()),
            BlockKind::Box(boxed) => {
                let title = boxed.title.as_ref().map(|title| one_line(&text(title)));
                let label = || self.numbers.boxes.get(target.named.id).and_then(|info| info.label.clone());
                title.filter(|title| !title.is_empty()).or_else(label)
            }
            BlockKind::Details(details) => Some(one_line(&text(&details.summary))),
            BlockKind::Formula(formula) => Some(formula.alternative()),
            BlockKind::Paragraph(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::ThematicBreak
            | BlockKind::Division(_)
            | BlockKind::Bibliography(_) => None,
        }
    }
}

/// A name in the case asked for, where it leads left open.
fn shown(name: Name, form: ReferenceForm) -> ReferenceInfo {
    let (before, suffix) = name.form.map(around).unwrap_or_default();
    let prefix = match form {
        ReferenceForm::Running | ReferenceForm::Title => before,
        ReferenceForm::Capitalised => capitalised(&before),
    };
    ReferenceInfo { prefix, value: name.value, suffix, kind: name.kind, target: None }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
