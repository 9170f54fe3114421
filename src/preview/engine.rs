//! From a save to the next state.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::desk::{Desk, Good};
use super::finding::{self, Fault, Finding};
use super::host::Host;
use super::state::State;
use super::web::{SourceLines, Web};
use crate::document::NodeId;
use crate::pipeline::{self, Prepared, Request};
use crate::project::{self, Format, SystemWorld, World};
use crate::resolve::ResolvedDocument;
use crate::source::{Sources, Span};
use crate::watch::{self, Backend, Notice, Plan, Stop, WatchError};
use crate::write;

/// Builds whenever the watcher says so.
pub(super) struct Engine<H> {
    host: H,
    desk: Arc<Desk>,
    revision: u64,
}

/// What a build came to.
pub(super) struct Made {
    good: Option<Good>,
    findings: Arc<[Finding]>,
    fault: Option<Fault>,
    words: usize,
    built_in: Duration,
}

impl<H: Host> Engine<H> {
    pub(super) fn new(host: H, desk: Arc<Desk>) -> Self {
        Self { host, desk, revision: 0 }
    }

    /// Watches until it is stopped.
    pub(super) fn run(mut self, backend: Backend, stop: &Stop) -> Result<(), WatchError> {
        let root = self.host.root();
        watch::watch(&mut self, &root, backend, stop)
    }

    fn make(&self, world: &dyn World) -> Result<Made, Fault> {
        let begin = Instant::now();
        let mut loaded = project::load(world, &self.host.entry());
        let date = self.host.date(&loaded.value, &mut loaded.diagnostics).map_err(Fault::alone)?;
        let request = Request { date, formats: Some(Format::ALL.to_vec()), name: self.host.name() };
        let Prepared { project, diagnostics, resolved } = pipeline::prepare(world, loaded, &request, &|_| {});
        let status = project.config.report.status;
        let findings = finding::findings(&diagnostics, &project.sources, status);
        let fault = finding::fault(&findings);
        let stem = pipeline::file_stem(&project.config, &request.name);
        let words = resolved.as_ref().map_or(0, |(resolved, ..)| pipeline::count(resolved, None).words);
        let good = resolved.filter(|_| fault.is_none()).map(|(resolved, style, fonts)| {
            let page = write::html::pieces(&resolved, &style, &fonts);
            let lines = lines(&resolved, &project.sources);
            let web = Arc::new(Web::new(page, &|node| lines.get(&node).cloned()));
            Good::new(stem, Arc::new(project.sources), (resolved.into(), style.into(), fonts.into()), web)
        });
        Ok(Made { good, findings, fault, words, built_in: begin.elapsed() })
    }
}

/// Where the blocks of the report were typed.
fn lines(resolved: &ResolvedDocument, sources: &Sources) -> std::collections::HashMap<NodeId, SourceLines> {
    let document = &resolved.document;
    let blocks = document.parts.iter().flat_map(|part| &part.blocks).map(|block| (block.id, block.span));
    let notes = document.notes.iter().map(|note| (note.id, note.span));
    blocks.chain(notes).map(|(node, span)| (node, source_lines(span, sources))).collect()
}

fn source_lines(span: Span, sources: &Sources) -> SourceLines {
    let end = sources[span.file].line_column(span.end.saturating_sub(1).max(span.start));
    SourceLines { start: finding::place(span, sources), last_line: end.line }
}

impl<H: Host> Plan for Engine<H> {
    type Built = Result<Made, Fault>;

    fn world(&self) -> io::Result<SystemWorld> {
        self.host.world()
    }

    fn build(&mut self, world: &dyn World) -> Self::Built {
        // A defect of the program: the last good state stays, and the next save is another chance.
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.make(world)));
        made.unwrap_or_else(|_| Err(Fault::defect()))
    }

    fn conclude(&mut self, built: Self::Built) {
        let made = match built {
            Ok(made) => made,
            Err(fault) => return self.desk.feed.publish(|state| state.fault = Some(fault)),
        };
        let Made { good, findings, fault, words, built_in } = made;
        let good = good.map(|good| {
            self.revision += 1;
            Arc::new(Good { revision: self.revision, ..good })
        });
        let laid_down = good.clone();
        self.desk.feed.publish(|state: &mut State| {
            (state.findings, state.fault) = (findings, fault);
            state.status.gone = false;
            if let Some(good) = good {
                state.revision = good.revision;
                state.web = Some(Arc::clone(&good.web));
                state.status.draft_label = good.resolved.metadata.draft_label.clone();
                (state.status.words, state.status.built_in) = (words, built_in);
            }
        });
        // Its pages come after it.
        if let Some(good) = laid_down {
            self.desk.lay_down(good);
        }
    }

    fn tell(&mut self, notice: Notice) {
        self.host.tell(&notice);
        match notice {
            Notice::Waiting => {}
            Notice::Polling { why } => self.desk.feed.publish(|state| state.status.polling = Some(why)),
            Notice::Gone => self.desk.feed.publish(|state| state.status.gone = true),
        }
    }
}
