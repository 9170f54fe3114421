//! Workflow commands, which become annotations: `::warning file=…,line=…,col=…::message`.

use std::fmt::Write;

use super::{Messages, severity_name};
use crate::cli::terminal::printable;
use crate::diag::Diagnostic;

/// One diagnostic. Nothing in it can end the command or begin another.
pub(super) fn render(messages: &Messages<'_>, diagnostic: &Diagnostic) -> String {
    let mut command = format!("::{} ", severity_name(diagnostic.severity(messages.status)));
    if let Some(location) = messages.location(&diagnostic.place) {
        let _ = write!(command, "file={},", property(&location.path));
        if let Some((start, end)) = location.range {
            let _ = write!(command, "line={},col={},endLine={},", start.line, start.column, end.line);
            // A column range over several lines means nothing to the service.
            if end.line == start.line {
                let _ = write!(command, "endColumn={},", end.column);
            }
        }
    }
    let hints = diagnostic.hints.iter().map(|hint| format!("\nhelp: {}", printable(hint)));
    let message = printable(&diagnostic.message) + &hints.collect::<String>();
    let _ = write!(command, "title={}::{}", property(diagnostic.code.slug()), data(&message));
    command
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::MessageFormat;
    use crate::diag::{Code, Place, Status};
    use crate::source::Sources;

    #[test]
    fn draft_text_injects_no_command() {
        let sources = Sources::default();
        let messages =
            Messages { format: MessageFormat::Github, sources: &sources, status: Status::Draft, prefix: String::new() };
        let place = Place::Path("a,line=1::x%\n::stop.md".to_owned());
        let diagnostic = Diagnostic::at(Code::DeadLink, place, "no `#x\r\n::error::boo`").hint("a\n::b");
        let command = render(&messages, &diagnostic);
        let expected = "::warning file=a%2Cline=1%3A%3Ax%25\\n%3A%3Astop.md,title=dead-link::\
                        no `#x\\r\\n::error::boo`%0Ahelp: a\\n::b";
        assert_eq!(command, expected);
    }
}
