//! What no draft should hold: characters that XML and HTML forbid, markers of an unfinished merge.
//!
//! In: a draft's text. Out: diagnostics, and [`clean`] for every text that enters the tree.

use super::place::Place;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Whether XML 1.0 (2.2) or HTML (13.2.3.5) forbids a character.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0x00..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f..=0x9f | 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

/// The text with every forbidden character replaced by U+FFFD.
pub(super) fn clean(text: String) -> String {
    if text.contains(is_forbidden) { text.replace(is_forbidden, "\u{fffd}") } else { text }
}

/// Whether [`clean`] would change a text.
pub(super) fn needs_cleaning(text: &str) -> bool {
    text.contains(is_forbidden)
}

/// One warning per line that holds forbidden characters.
pub(super) fn control_characters(place: &Place<'_>, diagnostics: &mut Diagnostics) {
    if !needs_cleaning(place.draft()) {
        return;
    }
    for line in 1..=place.line_count() {
        let span = place.line_span(line);
        let text = place.text(span);
        let mut found = text.char_indices().filter(|(_, c)| is_forbidden(*c));
        let Some((at, c)) = found.next() else { continue };
        let others = match found.count() {
            0 => String::new(),
            1 => ", and another on this line".to_owned(),
            n => format!(", and {n} others on this line"),
        };
        let start = span.range().start + at;
        let message = format!("the control character U+{:04X} cannot be shown{others}", u32::from(c));
        let diagnostic = Diagnostic::new(Code::ControlCharacter, place.between(start, start + c.len_utf8()), message);
        diagnostics.push(diagnostic.hint("delete it: `\u{fffd}` stands in its place"));
    }
}

/// One error per conflict that git left in the text; lines of code are skipped.
pub(super) fn conflict_markers(place: &Place<'_>, is_code: impl Fn(usize) -> bool, diagnostics: &mut Diagnostics) {
    let draft = place.draft();
    if !draft.contains("<<<<<<<") && !draft.contains(">>>>>>>") {
        return;
    }
    let mut open: Option<Diagnostic> = None;
    for line in (1..=place.line_count()).filter(|line| !is_code(*line)) {
        let span = place.line_span(line);
        let text = place.text(span);
        let starts = |marker: &str| text == marker || text.strip_prefix(marker).is_some_and(|r| r.starts_with(' '));
        if starts("<<<<<<<") {
            push_if(diagnostics, open.take());
            let message = "an unfinished merge: both versions are still here";
            let hint = "keep one version, or join them, and delete the marker lines";
            open = Some(Diagnostic::new(Code::ConflictMarker, span, message).hint(hint));
        } else if starts(">>>>>>>") {
            let lone = || Diagnostic::new(Code::ConflictMarker, span, "the end of an unfinished merge");
            let diagnostic = open.take().map(|d| d.related(span, "the other version ends here"));
            diagnostics.push(diagnostic.unwrap_or_else(lone));
        } else if starts("=======") {
            open = open.map(|d| d.related(span, "the other version begins here"));
        }
    }
    push_if(diagnostics, open);
}

fn push_if(diagnostics: &mut Diagnostics, diagnostic: Option<Diagnostic>) {
    if let Some(diagnostic) = diagnostic {
        diagnostics.push(diagnostic);
    }
}
