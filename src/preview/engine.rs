//! From a save to the next state.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::appended::Appended;
use super::desk::{Desk, Good};
use super::finding::{self, Fault, Finding};
use super::host::Host;
use super::patch;
use super::state::State;
use super::web::{SourceLines, Web};
use super::words::Reworded;
use crate::diag::{Diagnostics, Status};
use crate::document::NodeId;
use crate::pipeline::{self, Kept, Prepared, Request};
use crate::project::{self, ChangelogConfig, Format, Project, SystemWorld, World};
use crate::resolve::ResolvedDocument;
use crate::source::{Sources, Span};
use crate::watch::{self, Backend, Notice, Plan, Stop, WatchError};
use crate::write;
use crate::write::html::Wants;

/// Builds whenever the watcher says so.
pub(super) struct Engine<H> {
    host: H,
    desk: Arc<Desk>,
    revision: u64,
    /// What one run leaves to the next.
    kept: Kept,
    /// The files that the last one read.
    sources: Sources,
    /// The last whole state.
    whole: Option<Whole>,
    /// What was shown of a later one by the short way, until the whole of it is there.
    ahead: Option<Ahead>,
    /// The drafts that the program wrote last into the report.
    appended: Option<Appended>,
}

/// A whole state, shown or overtaken, that a later one may differ from by words alone.
struct Whole {
    /// It has no number yet.
    good: Arc<Good>,
    /// The files that it was begun with; they come first among its own.
    inputs: Sources,
    wants: Wants,
}

/// What was shown before all of it was known.
struct Ahead {
    /// The files that it is of.
    inputs: Sources,
    web: Arc<Web>,
    rest: Rest,
}

/// What is not known yet of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// What may follow from words: nothing, or they would not have been shown.
    OfWords,
    /// What the program itself writes into the report about its changes.
    Changes,
}

/// What a build came to.
pub(super) enum Made {
    Whole(Box<WholeMade>),
    Quick(Box<QuickMade>),
}

/// A build by the short way.
pub(super) struct QuickMade {
    ahead: Ahead,
    words: Reworded,
    built_in: Duration,
}

/// A build by all stages.
pub(super) struct WholeMade {
    /// The files that it is of.
    inputs: Sources,
    good: Option<Arc<Good>>,
    findings: Arc<[Finding]>,
    fault: Option<Fault>,
    words: usize,
    built_in: Duration,
    /// Whether what it tells of changes is that of the files before.
    rest: Option<Rest>,
    /// For whoever hears of them, with the files that they are about.
    found: (Diagnostics, Arc<Sources>, Status),
}

impl<H: Host> Engine<H> {
    pub(super) fn new(host: H, desk: Arc<Desk>) -> Self {
        let (kept, sources, whole, ahead, appended) = Default::default();
        Self { host, desk, revision: 0, kept, sources, whole, ahead, appended }
    }

    /// Watches until it is stopped.
    pub(super) fn run(mut self, backend: Backend, stop: &Stop) -> Result<(), WatchError> {
        let root = self.host.root();
        watch::watch(&mut self, &root, backend, stop)
    }

    fn make(&mut self, world: &dyn World) -> Result<Made, Fault> {
        let begin = Instant::now();
        let mut loaded = project::load_again(world, &self.host.entry(), &self.sources);
        let inputs = loaded.value.sources.clone();
        self.sources.clone_from(&inputs);
        // What cannot be read as it stands is a fault, however little of it has changed.
        let is_readable = !loaded.diagnostics.has_errors(loaded.value.config.report.status);
        if let Some((ahead, words)) = self.quick(&loaded.value).filter(|_| is_readable) {
            return Ok(Made::Quick(Box::new(QuickMade { ahead, words, built_in: begin.elapsed() })));
        }
        let rest = self.append(&mut loaded.value, world, &inputs)?;
        let date = self.host.date(&loaded.value, world, &mut loaded.diagnostics).map_err(Fault::alone)?;
        let request = Request { date, formats: Some(Format::ALL.to_vec()), name: self.host.name() };
        let Prepared { project, diagnostics, resolved } =
            pipeline::prepare_again(world, loaded, &request, &|_| {}, &self.kept);
        let status = project.config.report.status;
        let findings = finding::findings(&diagnostics, &project.sources, status);
        let fault = finding::fault(&findings);
        let stem = pipeline::file_stem(&project, &request.name);
        let words = resolved.as_ref().map_or(0, |(resolved, ..)| pipeline::count(resolved, None).words);
        let sources = Arc::new(project.sources);
        let good = resolved.filter(|_| fault.is_none()).map(|(resolved, style, fonts)| {
            let mut page = write::html::pieces(&resolved, &style, &fonts, &self.kept.faces);
            let wants = std::mem::take(&mut page.wants);
            let lines = lines(&resolved, &sources);
            let web = Arc::new(Web::new(page, &|node| lines.get(&node).cloned()));
            let good = Good::new(stem, Arc::clone(&sources), (resolved.into(), style.into(), fonts.into()), web);
            let good = Arc::new(good);
            self.whole = Some(Whole { good: Arc::clone(&good), inputs: inputs.clone(), wants });
            good
        });
        // Nothing more is to come of what cannot be shown.
        let rest = rest.filter(|_| good.is_some());
        let found = (diagnostics, sources, status);
        let built_in = begin.elapsed();
        Ok(Made::Whole(Box::new(WholeMade { inputs, good, findings, fault, words, built_in, rest, found })))
    }

    /// Adds the drafts that the program writes: those of the last build, where an edit is still to be shown, and nobody is
    /// to wait until versions are compared; says so.
    fn append(&mut self, project: &mut Project, world: &dyn World, inputs: &Sources) -> Result<Option<Rest>, Fault> {
        let ChangelogConfig { annex, history, .. } = project.config.changelog;
        if !annex && !history {
            self.appended = None;
            return Ok(None);
        }
        let is_shown = self.ahead.as_ref().is_some_and(|ahead| ahead.inputs == *inputs);
        if let Some(last) = self.appended.as_ref().filter(|last| !is_shown && !last.tells_of(inputs)) {
            last.add(project);
            return Ok(Some(Rest::Changes));
        }
        let typed = project.drafts.clone();
        self.host.append(project, world).map_err(Fault::alone)?;
        self.appended = Some(Appended::beyond(&typed, project, inputs.clone()));
        Ok(None)
    }

    /// The short way, where one draft differs from the last whole state by words alone.
    fn quick(&self, project: &Project) -> Option<(Ahead, Reworded)> {
        let Whole { good, inputs: before, wants } = self.whole.as_ref()?;
        let now = &project.sources;
        let is_shown = self.ahead.as_ref().is_some_and(|ahead| ahead.inputs == *now);
        let count = |sources: &Sources| sources.ids().count();
        let same_files = count(now) == count(before) && now.ids().all(|id| now[id].path() == before[id].path());
        // What was shown by the short way is wanted whole now.
        if is_shown || !same_files {
            return None;
        }
        let mut differ = now.ids().filter(|id| now[*id].text() != before[*id].text());
        let (file, None) = (differ.next()?, differ.next()) else { return None };
        let (web, words) = patch::patch((good, wants, &self.kept.drafts), project, file, now.file(file))?;
        Some((Ahead { inputs: now.clone(), web: Arc::new(web), rest: Rest::OfWords }, words))
    }

    fn conclude_quick(&mut self, made: QuickMade) {
        let QuickMade { ahead, words, built_in } = made;
        self.revision += 1;
        let (revision, web) = (self.revision, Arc::clone(&ahead.web));
        self.ahead = Some(ahead);
        self.desk.feed.publish(|state| {
            (state.revision, state.web) = (revision, Some(web));
            (state.status.built_in, state.status.settled) = (built_in, false);
            state.status.gone = false;
        });
        self.desk.lay_down_words(Reworded { revision, ..words });
    }

    /// What was shown before all of it was known turns out to be at fault: the last good state stands again.
    fn take_back(&mut self) {
        if let Some((_, whole)) = self.ahead.take().zip(self.whole.as_ref()) {
            self.revision += 1;
            let good = whole.good.numbered(self.revision);
            let (revision, web) = (good.revision, Arc::clone(&good.web));
            self.desk.lay_down(good, |state| (state.revision, state.web) = (revision, Some(web)));
        }
    }

    fn conclude_whole(&mut self, made: WholeMade) {
        let WholeMade { inputs, good, findings, fault, words, built_in, rest, found } = made;
        self.host.found(&found.0, &found.1, found.2);
        if good.is_none() {
            self.take_back();
        }
        let ahead = self.ahead.take().filter(|ahead| ahead.inputs == inputs);
        let as_shown = |web: &Web| ahead.as_ref().map(|ahead| ahead.web.looks_like(web));
        let was_of_words = ahead.as_ref().is_some_and(|ahead| ahead.rest == Rest::OfWords);
        let corrected = was_of_words && good.as_ref().and_then(|good| as_shown(&good.web)) == Some(false);
        let is_new = good.as_ref().is_some_and(|good| as_shown(&good.web) != Some(true));
        self.revision += u64::from(is_new);
        let good = good.map(|good| good.numbered(self.revision));
        let shown = good.clone();
        let change = |state: &mut State| {
            (state.findings, state.fault) = (findings, fault);
            (state.status.gone, state.status.settled) = (false, rest.is_none());
            state.status.corrected += usize::from(corrected);
            if let Some(good) = &shown {
                state.revision = good.revision;
                state.web = Some(Arc::clone(&good.web));
                state.status.draft_label = good.resolved.metadata.draft_label.clone();
                state.status.words = words;
                if is_new {
                    state.status.built_in = built_in;
                }
            }
        };
        self.ahead = good.as_ref().zip(rest).map(|(good, rest)| Ahead { inputs, web: Arc::clone(&good.web), rest });
        match good {
            Some(good) => self.desk.lay_down(good, change),
            None => self.desk.feed.publish(change),
        }
    }
}

/// Where the blocks of the report were typed.
fn lines(resolved: &ResolvedDocument, sources: &Sources) -> std::collections::HashMap<NodeId, SourceLines> {
    let document = &resolved.document;
    let blocks = document.parts.iter().flat_map(|part| &part.blocks).map(|block| (block.id, block.span));
    let notes = document.notes.iter().map(|note| (note.id, note.span));
    // What the program wrote was typed nowhere.
    let typed = |(_, span): &(NodeId, Span)| !sources[span.file].is_generated();
    blocks.chain(notes).filter(typed).map(|(node, span)| (node, source_lines(span, sources))).collect()
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
        match built {
            Ok(Made::Quick(made)) => self.conclude_quick(*made),
            Ok(Made::Whole(made)) => self.conclude_whole(*made),
            Err(fault) => {
                self.take_back();
                self.desk.feed.publish(|state| {
                    (state.findings, state.fault) = (Arc::default(), Some(fault));
                    (state.status.gone, state.status.settled) = (false, true);
                });
            }
        }
    }

    fn is_first_part(&self, built: &Self::Built) -> bool {
        match built {
            Ok(Made::Quick(..)) => true,
            Ok(Made::Whole(made)) => made.rest.is_some(),
            Err(_) => false,
        }
    }

    fn is_unfinished(&self) -> bool {
        self.ahead.is_some()
    }

    fn pause(&self) -> Option<Duration> {
        self.desk.pause()
    }

    fn tell(&mut self, notice: Notice) {
        self.host.tell(&notice);
        match notice {
            Notice::Waiting | Notice::Unchanged => {}
            Notice::Polling { why } => self.desk.feed.publish(|state| state.status.polling = Some(why)),
            Notice::Gone => self.desk.feed.publish(|state| state.status.gone = true),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::diag::Severity;
    use crate::preview::feed::Feed;
    use crate::project::{Date, Entry, MemoryWorld};

    /// No folder; drafts are those of the world that a build is given.
    struct Nowhere;

    impl Host for Nowhere {
        fn root(&self) -> PathBuf {
            PathBuf::new()
        }

        fn entry(&self) -> Entry {
            Entry::Configuration
        }

        fn name(&self) -> String {
            String::new()
        }

        fn world(&self) -> io::Result<SystemWorld> {
            Err(io::ErrorKind::NotFound.into())
        }

        fn date(&self, project: &Project, _: &dyn World, _: &mut Diagnostics) -> Result<Date, String> {
            project.config.report.date.ok_or_else(|| "no date".to_owned())
        }

        fn tell(&self, _: &Notice) {}
    }

    /// A listener is called before anyone else can ask: what it hears of can be asked for.
    #[test]
    fn a_revision_that_is_heard_of_has_its_files() {
        let desk = Arc::new(Desk::new(Feed::new(State::empty())));
        let mut engine = Engine::new(Nowhere, Arc::clone(&desk));
        let world = MemoryWorld::new([
            ("rapporteur.toml", "[report]\ntitle = \"T\"\ndate = 2026-01-01\n"),
            ("drafts/a.md", "# First\n\nWords.\n"),
        ]);
        let built = engine.build(&world);
        let there = Arc::new(std::sync::Mutex::new(Vec::new()));
        let (heard, asked) = (Arc::clone(&there), Arc::clone(&desk));
        desk.feed.listen(std::boxed::Box::new(move |state| {
            let file = asked.output(Format::Html).ok().flatten().map(|file| file.revision);
            heard.lock().expect("no test panics here").push((state.revision, file));
        }));
        engine.conclude(built);
        assert_eq!(*there.lock().expect("no test panics here"), [(0, None), (1, Some(1))]);
    }

    /// What was found in drafts that are no more is not said of those that are.
    #[test]
    fn a_build_that_fails_leaves_no_older_findings() {
        let desk = Arc::new(Desk::new(Feed::new(State::empty())));
        let mut engine = Engine::new(Nowhere, Arc::clone(&desk));
        let old = Finding {
            severity: Severity::Warning,
            code: "dead-link",
            message: "older".to_owned(),
            place: None,
            excerpt: None,
            related: Vec::new(),
            hints: Vec::new(),
        };
        desk.feed.publish(|state| state.findings = [old].into());
        engine.tell(Notice::Gone);
        engine.conclude(Err(Fault::alone("no date")));
        let state = desk.feed.state();
        assert_eq!((&*state.findings, state.status.gone, state.status.settled), (&[][..], false, true));
        assert_eq!(state.fault.as_ref().map(|fault| &*fault.message), Some("no date"));
    }
}
