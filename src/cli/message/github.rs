//! Workflow commands, which become annotations: `::warning file=…,line=…,col=…::message`.
//!
//! The host takes ten errors, ten warnings and ten notices of a step, and drops what is beyond without a word: the
//! rest is counted in a notice.

use std::fmt::Write;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::Command;

use super::{Messages, severity_name};
use crate::cli::summary;
use crate::cli::terminal::printable;
use crate::diag::{Diagnostic, Severity};

/// Of each severity the host shows so many of a step.
const MOST_ANNOTATIONS: usize = 10;
/// The longest message, in characters.
const LONGEST: usize = 4_000;

/// A process that is started with this in its environment annotates everything: who started it counts.
const UNCOUNTED: &str = "RAPPORTEUR_ANNOTATIONS_UNCOUNTED";

/// What the host still takes of a step.
#[derive(Debug, Default)]
pub(in super::super) struct Allowance {
    errors: usize,
    warnings: usize,
}

impl Allowance {
    /// Counts one, and says whether it is shown.
    fn takes(&mut self, severity: Severity) -> bool {
        let met = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *met += 1;
        *met <= MOST_ANNOTATIONS
    }

    /// Has a process leave the counting to this one.
    pub(in super::super) fn count_for(command: &mut Command) {
        command.env(UNCOUNTED, "1");
    }

    /// Counts what such a process wrote, and says whether it is shown.
    pub(in super::super) fn takes_line(&mut self, line: &str) -> bool {
        let is_of = |severity| line.starts_with(&format!("::{} ", severity_name(severity)));
        let severity = [Severity::Error, Severity::Warning].into_iter().find(|severity| is_of(*severity));
        severity.is_none_or(|severity| self.takes(severity))
    }

    /// How many there are beyond what was shown, as an annotation.
    pub(in super::super) fn rest(&self) -> Option<String> {
        let beyond = |met: usize| met.saturating_sub(MOST_ANNOTATIONS);
        let beyond = summary::counts(beyond(self.errors), beyond(self.warnings))?;
        Some(format!(
            "::notice title=rapporteur::{beyond} more than annotations can show: `rapporteur check` lists all"
        ))
    }
}

/// What the host can show of them, in their order, and how many there are beyond.
pub(super) fn annotations(ordered: &[(&Messages<'_>, &Diagnostic)]) -> Vec<String> {
    if std::env::var_os(UNCOUNTED).is_some() {
        return ordered.iter().map(|(messages, diagnostic)| render(messages, diagnostic)).collect();
    }
    let mut allowance = Allowance::default();
    let mut lines = Vec::new();
    for (messages, diagnostic) in ordered {
        if allowance.takes(diagnostic.severity(messages.status)) {
            lines.push(render(messages, diagnostic));
        }
    }
    lines.extend(allowance.rest());
    lines
}

/// One diagnostic. Nothing in it can end the command or begin another.
fn render(messages: &Messages<'_>, diagnostic: &Diagnostic) -> String {
    let mut command = format!("::{} ", severity_name(diagnostic.severity(messages.status)));
    // A file of the program itself is nowhere in the repository.
    let location = messages.location(&diagnostic.place).filter(|location| !location.path.starts_with("rapporteur:"));
    if let Some(location) = location {
        let _ = write!(command, "file={},", property(&in_workspace(&location.path)));
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
    let shown: String = message.chars().take(LONGEST).collect();
    let _ = write!(command, "title={}::{}", property(diagnostic.code.slug()), data(&shown));
    command
}

/// A path as the user would type it, as the host looks for it: from the folder that the repository was checked out into.
fn in_workspace(path: &str) -> String {
    let folder = |path: PathBuf| path.canonicalize().ok();
    let here = std::env::current_dir().ok().and_then(folder);
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from).and_then(folder);
    match (here, workspace) {
        (Some(here), Some(workspace)) => beneath(&here.join(path), &workspace).unwrap_or_else(|| path.to_owned()),
        _ => path.to_owned(),
    }
}

/// A path from a folder, where it lies beneath.
fn beneath(path: &Path, folder: &Path) -> Option<String> {
    let rest = path.strip_prefix(folder).ok()?.to_string_lossy().replace(MAIN_SEPARATOR, "/");
    Some(if rest.is_empty() { ".".to_owned() } else { rest })
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

    fn messages(sources: &Sources) -> Messages<'_> {
        Messages { format: MessageFormat::Github, sources, status: Status::Draft, prefix: String::new() }
    }

    #[test]
    fn draft_text_injects_no_command() {
        let sources = Sources::default();
        let place = Place::Path("a,line=1::x%\n::stop.md".to_owned());
        let diagnostic = Diagnostic::at(Code::DeadLink, place, "no `#x\r\n::error::boo`").hint("a\n::b");
        let command = render(&messages(&sources), &diagnostic);
        let expected = "::warning file=a%2Cline=1%3A%3Ax%25\\n%3A%3Astop.md,title=dead-link::\
                        no `#x\\r\\n::error::boo`%0Ahelp: a\\n::b";
        assert_eq!(command, expected);
    }

    #[test]
    fn what_the_host_would_drop_is_counted() {
        let sources = Sources::default();
        let found = |code, count: usize| (0..count).map(move |at| Diagnostic::at(code, Place::Nowhere, at.to_string()));
        let told = |errors, warnings| {
            let all: Vec<_> = found(Code::TooDeep, errors).chain(found(Code::DeadLink, warnings)).collect();
            let messages = messages(&sources);
            annotations(&all.iter().map(|found| (&messages, found)).collect::<Vec<_>>())
        };
        assert_eq!(told(10, 10).len(), 20);
        let many = told(11, 4_000);
        assert_eq!(many.len(), 21);
        assert!(many[20].starts_with("::notice title=rapporteur::1 error and 3990 warnings more"), "{}", many[20]);
    }

    #[test]
    fn the_host_looks_from_its_workspace() {
        for (path, expected) in [("/w/r/drafts/a.md", Some("r/drafts/a.md")), ("/w", Some(".")), ("/wide/a", None)] {
            assert_eq!(beneath(Path::new(path), Path::new("/w")).as_deref(), expected);
        }
    }
}
