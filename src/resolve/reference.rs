use super::labels::{Labels, Target};
use super::resolved::{HeadingPlace, ReferenceInfo, ReferenceKind, ResolvedDocument};
use super::structure::Names;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{CrossReference, Document, Inline, InlineKind, ReferenceForm, Visit, walk_blocks};
use crate::source::Span;

/// Words every cross-reference: "Figure 2", "section III.A", "annex II".
pub(super) fn resolve(
    document: &Document,
    labels: &Labels,
    names: &Names,
    doc: &mut ResolvedDocument,
    diagnostics: &mut Diagnostics,
) {
    let mut references = References::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut references));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut references));
    for (inline, reference) in references.found {
        let info = match find(labels, reference, inline.span) {
            Some(target) => word(reference, target, names, doc),
            None => {
                diagnostics.push(dead(labels, reference, inline.span));
                dead_info(reference)
            }
        };
        doc.references.insert(inline.id, info);
    }
}

#[derive(Default)]
struct References<'a> {
    found: Vec<(&'a Inline, &'a CrossReference)>,
}

impl<'a> Visit<'a> for References<'a> {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Reference(reference) = &inline.kind {
            self.found.push((inline, reference));
        }
    }
}

/// By the label itself, else without its `sec-`: `@sec-findings` for `{#findings}`.
fn find<'a>(labels: &'a Labels, reference: &CrossReference, span: Span) -> Option<&'a Target> {
    let label = reference.label.as_str();
    let plain = || label.strip_prefix("sec-").and_then(|label| labels.find(label, span.file));
    labels.find(label, span.file).or_else(plain)
}

fn word(reference: &CrossReference, target: &Target, names: &Names, doc: &ResolvedDocument) -> ReferenceInfo {
    let node = target.node;
    let (prefix, value, kind) = if let Some(caption) = doc.captions.get(node) {
        (caption.label.clone(), caption.number.clone(), ReferenceKind::Caption)
    } else if let Some((label, number)) =
        doc.boxes.get(node).and_then(|info| info.label.as_ref().zip(info.number.as_ref()))
    {
        (label.to_lowercase(), number.clone(), ReferenceKind::Box)
    } else if let Some(path) = names.paths.get(&node) {
        let annex = doc.headings.get(node).is_some_and(|heading| heading.place == HeadingPlace::Annex);
        let word = if annex { doc.terms.annex.to_lowercase() } else { doc.terms.section.to_owned() };
        (word, path.clone(), ReferenceKind::HeadingNumber)
    } else if let Some(number) = doc.paragraphs.get(node).and_then(|info| info.number.as_ref()) {
        let number = number.trim_end_matches('.').to_owned();
        (doc.terms.paragraph.to_owned(), number, ReferenceKind::ParagraphNumber)
    } else {
        let title = names.titles.get(&node).filter(|title| !title.is_empty());
        let value = title.cloned().unwrap_or_else(|| reference.label.as_str().to_owned());
        (String::new(), value, ReferenceKind::Title)
    };
    let prefix = if prefix.is_empty() { prefix } else { format!("{}\u{a0}", cased(&prefix, reference.form)) };
    ReferenceInfo { prefix, value, kind, target: Some(target.anchor.clone()) }
}

fn cased(word: &str, form: ReferenceForm) -> String {
    let mut characters = word.chars();
    match (form, characters.next()) {
        (ReferenceForm::Capitalised, Some(first)) => first.to_uppercase().chain(characters).collect(),
        (ReferenceForm::Capitalised | ReferenceForm::Running, _) => word.to_owned(),
    }
}

fn dead_info(reference: &CrossReference) -> ReferenceInfo {
    let value = format!("@{}", reference.label);
    ReferenceInfo { prefix: String::new(), value, kind: ReferenceKind::Dead, target: None }
}

fn dead(labels: &Labels, reference: &CrossReference, span: Span) -> Diagnostic {
    let label = &reference.label;
    let fault = Diagnostic::new(Code::DeadLink, span, format!("nothing is labelled `#{label}`"));
    match labels.nearest(label.as_str()) {
        Some(known) => fault.hint(format!("did you mean `@{known}`?")),
        None => fault.hint(format!("give what is meant the id `{{#{label}}}`, or write `\\@` for a plain at sign")),
    }
}
