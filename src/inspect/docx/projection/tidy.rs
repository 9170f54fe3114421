//! What is left of a paragraph without what is computed.

use crate::inspect::projection::{ProjectedBlock, ProjectedRun};

/// Styles of what is repeated, listed, or said of the report as a whole.
const APPARATUS: [&str; 7] =
    ["toc heading", "table of figures", "header", "footer", "cover label", "bibliography", "box gap"];

/// The paragraph, unless nothing of it was typed.
pub(super) fn tidy(mut block: ProjectedBlock) -> Option<ProjectedBlock> {
    let style = block.style.as_str();
    if APPARATUS.contains(&style) || style.starts_with("toc ") {
        return None;
    }
    if style == "cover meta" {
        without_label(&mut block);
        return Some(block).filter(|block| !block.runs.is_empty());
    }
    if style.ends_with(" label") {
        // A box's label and number.
        block.runs.clear();
        return Some(block);
    }
    if style == "html preformatted" {
        // Colours follow from all of the code.
        let runs = std::mem::take(&mut block.runs);
        runs.into_iter().for_each(|run| block.push(ProjectedRun { formats: Vec::new(), ..run }));
    } else {
        without_marker(&mut block);
        without_padding(&mut block);
    }
    let says = !block.runs.is_empty() || block.list.is_some() || block.style == "thematic break";
    says.then_some(block)
}

/// What a row of the cover is called stands before a tab.
fn without_label(block: &mut ProjectedBlock) {
    let at = block.runs.iter().position(|run| run.text.contains('\t'));
    let mut runs = block.runs.split_off(at.unwrap_or_default());
    block.runs.clear();
    if let Some((_, value)) = runs.first().and_then(|first| first.text.split_once('\t')) {
        runs[0].text = value.to_owned();
    }
    runs.into_iter().for_each(|run| block.push(run));
}

/// A number that is written out stands before a tab, and so does nothing where only an indent is wanted; a formula's stands behind one.
fn without_marker(block: &mut ProjectedBlock) {
    if let Some(first) = block.runs.first_mut().filter(|run| run.object.is_none())
        && let Some((marker, rest)) = first.text.split_once('\t')
        && is_marker(marker)
    {
        first.text = rest.to_owned();
    }
    if let Some(last) = block.runs.last_mut().filter(|run| run.object.is_none())
        && let Some((text, number)) = last.text.rsplit_once('\t')
        && number.starts_with('(')
        && is_marker(number)
    {
        last.text = text.to_owned();
    }
    block.runs.retain(|run| run.object.is_some() || !run.text.is_empty());
}

fn is_marker(text: &str) -> bool {
    text.chars().count() <= MARKER && !text.contains(' ')
}

/// No number is longer.
const MARKER: usize = 16;

/// Blank space that brings numbers beneath each other.
fn without_padding(block: &mut ProjectedBlock) {
    let blank = |c: char| matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}');
    // Raised blanks stand behind others.
    while let Some(last) = block.runs.last_mut().filter(|run| run.object.is_none()) {
        last.text.truncate(last.text.trim_end_matches(blank).len());
        if !last.text.is_empty() {
            break;
        }
        block.runs.pop();
    }
}
