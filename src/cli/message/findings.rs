//! What was found of a report in several languages, told as one list.

use super::{Messages, Told, github, in_order, table};
use crate::cli::MessageFormat;
use crate::cli::exit::Exit;
use crate::cli::terminal::{self, Stream};
use crate::diag::{Diagnostic, Diagnostics, Severity};

/// Findings by language, each once: what is said of one, of the configuration above all, is not said of the next again.
pub(in super::super) struct Findings<'a> {
    of: Vec<(Messages<'a>, Diagnostics)>,
    exit: Exit,
}

impl<'a> Findings<'a> {
    /// From what was found of each language.
    pub(in super::super) fn new(found: Vec<(Messages<'a>, &Diagnostics)>) -> Self {
        let mut told = Told::default();
        let exit = found.iter().map(|(messages, found)| messages.exit(found)).max().unwrap_or(Exit::Done);
        let of = found.into_iter().map(|(messages, found)| {
            let new = told.new_ones(&messages, found);
            told.add(Some(&Told::of(&messages, found)));
            (messages, new)
        });
        Self { of: of.collect(), exit }
    }

    /// Writes them, as the format has it.
    pub(in super::super) fn tell(&self, format: MessageFormat, stream: Stream) {
        match format {
            MessageFormat::Human | MessageFormat::Json => {
                self.of.iter().for_each(|(messages, found)| messages.tell(found, stream));
            }
            MessageFormat::Github => {
                github::annotations(&self.all()).iter().for_each(|line| terminal::tell(stream, line));
            }
        }
    }

    /// All of them as a table in Markdown, of so many bytes at most.
    pub(in super::super) fn table(&self, most: usize) -> String {
        table::render(&self.all(), most)
    }

    /// How many there are of a severity.
    pub(in super::super) fn count(&self, severity: Severity) -> usize {
        self.of.iter().map(|(messages, found)| messages.count(found, severity)).sum()
    }

    /// How the command ends after them.
    pub(in super::super) fn exit(&self) -> Exit {
        self.exit
    }

    fn all(&self) -> Vec<(&Messages<'a>, &Diagnostic)> {
        self.of
            .iter()
            .flat_map(|(messages, found)| in_order(found).into_iter().map(move |found| (messages, found)))
            .collect()
    }
}
