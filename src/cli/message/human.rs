//! In rustc's manner: code, message, excerpt, hints.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::Messages;
use crate::cli::terminal::{Stream, colours, printable};
use crate::diag::{Diagnostic, Place, Severity};
use crate::source::Span;

/// At most so many lines of a place are shown.
const MOST_LINES: usize = 5;
/// At most so many bytes of them: a table of one line can be as long as a book.
const MOST_BYTES: usize = 2_000;

/// One diagnostic, with an empty line after it.
pub(super) fn render(messages: &Messages<'_>, diagnostic: &Diagnostic, stream: Stream) -> String {
    let level = match diagnostic.severity(messages.status) {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.slug());
    let mut first = Group::with_title(title);
    first = match &diagnostic.place {
        Place::Span(span) => first.element(excerpt(messages, *span)),
        Place::Path(path) => first.element(Origin::path(messages.path(path))),
        Place::Nowhere => first,
    };
    let hints = diagnostic.hints.iter().map(|hint| Element::from(Level::HELP.message(printable(hint))));
    let mut groups = vec![first.elements(hints)];
    for (span, label) in &diagnostic.related {
        groups.push(Level::NOTE.secondary_title(printable(label)).element(excerpt(messages, *span)));
    }
    let renderer = if colours(stream) { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.render(&groups))
}

/// The lines that a span covers, with what is beneath it marked.
fn excerpt(messages: &Messages<'_>, span: Span) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let file = &messages.sources[span.file];
    let (text, range) = (file.text(), span.range());
    let (start, end) = (floor(text, range.start), floor(text, range.end));
    let first = file.lines().line_column(text, start).line;
    let last = file.lines().line_column(text, end.saturating_sub(1).max(start)).line.min(first + MOST_LINES - 1);
    let from = file.lines().line_start(first);
    let until = if last < file.lines().count() { file.lines().line_start(last + 1) } else { text.len() };
    // Of a long line, what is around the place.
    let from = if start - from > MOST_BYTES { floor(text, start - MOST_BYTES / 2) } else { from };
    let until = floor(text, until.min(start + MOST_BYTES));
    let shown = text[from..until].trim_end_matches(['\n', '\r']);
    let marked = (start - from).min(shown.len())..(end.max(start) - from).min(shown.len());
    Snippet::source(shown.to_owned())
        .line_start(first)
        .path(messages.path(file.path()))
        .annotation(AnnotationKind::Primary.span(marked))
}

/// The nearest boundary of a character at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::MessageFormat;
    use crate::diag::{Code, Status};
    use crate::source::Sources;

    fn rendered(text: &str, start: usize, end: usize) -> String {
        let mut sources = Sources::default();
        let file = sources.add("drafts/a.md", text);
        let messages =
            Messages { format: MessageFormat::Human, sources: &sources, status: Status::Draft, prefix: String::new() };
        let span = Span::new(file, start, end);
        render(&messages, &Diagnostic::new(Code::DeadLink, span, "nothing is there").hint("mend it"), Stream::Error)
    }

    #[test]
    fn in_the_manner_of_rustc() {
        let expected = "\
warning[dead-link]: nothing is there
 --> drafts/a.md:2:3
  |
2 | é [x](#y) z
  |   ^^^^^^^
  |
  = help: mend it
";
        assert_eq!(rendered("one\né [x](#y) z\nthree\n", 7, 14).trim_end(), expected.trim_end());
    }

    /// Whatever a span covers: nothing, line ends, halves of characters, the end of the file and beyond.
    #[test]
    fn any_span_can_be_shown() {
        for text in ["", "\n", "é\r\nab\t\n\nc", "\u{feff}\u{1b}[1m\u{202e}日本\n", "a\rb"] {
            for start in 0..=text.len() + 1 {
                for end in start..=text.len() + 2 {
                    let shown = rendered(text, start, end);
                    assert!(shown.contains("drafts/a.md:") && !shown.contains('\u{1b}'), "{text:?} {start} {end}");
                }
            }
        }
    }

    #[test]
    fn long_places_are_cut() {
        let line = "word ".repeat(100_000);
        assert!(rendered(&line, 250_000, 250_004).len() < 2_000);
        let lines = "line\n".repeat(10_000);
        assert!(rendered(&lines, 0, lines.len()).lines().count() < 15);
    }
}
