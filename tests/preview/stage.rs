//! A project in a temporary folder, previewed and built.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rapporteur::diag::Diagnostics;
use rapporteur::output::OutputFile;
use rapporteur::pipeline::{self, Request};
use rapporteur::preview::{Host, Options, Preview, State};
use rapporteur::project::{self, Date, Entry, Format, Project, SystemWorld, World};
use rapporteur::watch::Notice;
use rapporteur::write::pdf::live::{LivePages, Settled};

use crate::edits::Files;

/// However busy the machine, this is long enough.
const DEADLINE: Duration = Duration::from_secs(60);

pub struct Stage {
    folder: tempfile::TempDir,
    pub preview: Preview,
}

struct Program {
    root: PathBuf,
}

impl Host for Program {
    fn root(&self) -> PathBuf {
        self.root.clone()
    }

    fn entry(&self) -> Entry {
        Entry::Configuration
    }

    fn name(&self) -> String {
        "report".to_owned()
    }

    fn world(&self) -> io::Result<SystemWorld> {
        world(&self.root)
    }

    fn date(&self, _: &Project, _: &dyn World, _: &mut Diagnostics) -> Result<Date, String> {
        Ok(DATE)
    }

    fn tell(&self, _: &Notice) {}
}

const DATE: Date = Date { year: 2026, month: 1, day: 31 };

fn world(root: &Path) -> io::Result<SystemWorld> {
    Ok(SystemWorld::open(root)?.close(&root.join("output")))
}

impl Stage {
    /// A project of these files, with a configuration.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let config = ("rapporteur.toml", "[report]\ntitle = \"Staged\"\n");
        let files = std::iter::once(&config).chain(files);
        Self::of(&files.map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }

    /// A project of these files.
    pub fn of(files: &Files) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        files.iter().for_each(|(name, content)| write(&folder.path().join(name), content));
        let host = Program { root: folder.path().canonicalize().expect("it is there") };
        let preview = Preview::start(host, Options::default());
        Self { folder, preview }
    }

    /// Makes one set of files the other.
    pub fn change(&self, before: &Files, after: &Files) {
        for name in before.keys().filter(|name| !after.contains_key(*name)) {
            fs::remove_file(self.folder.path().join(name)).expect("it was written");
        }
        for (name, content) in after.iter().filter(|(name, content)| before.get(*name) != Some(content)) {
            self.write_bytes(name, content);
        }
    }

    pub fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    pub fn write_bytes(&self, name: &str, bytes: &[u8]) {
        write(&self.folder.path().join(name), bytes);
    }

    /// Waits for a state.
    pub fn until(&self, what: &str, fits: impl Fn(&State) -> bool) -> Arc<State> {
        let found = self.preview.wait(DEADLINE, fits);
        found.unwrap_or_else(|| panic!("{what} never came to be: {:?}", self.preview.state().fault))
    }

    /// What a build of its own makes of the files as they are.
    pub fn fresh(&self, format: Format) -> Vec<u8> {
        self.build(format, Format::ALL).expect("the report has no fault")
    }

    /// The same where there may be faults; without the other formats.
    pub fn built(&self, format: Format) -> Option<Vec<u8>> {
        self.build(format, &[format])
    }

    /// The files of a build of its own, in the order of [`Format::ALL`].
    pub fn fresh_files(&self) -> Vec<Vec<u8>> {
        let files = self.files(Format::ALL).expect("the report has no fault");
        files.into_iter().map(|file| file.bytes).collect()
    }

    /// Every page as it is drawn when all is laid out from nothing.
    pub fn fresh_pages(&self) -> Vec<String> {
        let world = world(self.folder.path()).expect("it is there");
        let loaded = project::load(&world, &Entry::Configuration);
        let prepared = pipeline::prepare(&world, loaded, &request(Format::ALL), &|_| {});
        let (document, style, fonts) = prepared.resolved.expect("there are drafts");
        let mut live = LivePages::new();
        live.update(&document, &style, &fonts);
        assert!(matches!(live.settle(0, &|| false), Settled::Done(_)));
        let pages = live.pages();
        (0..pages.len()).map(|page| pages.svg(page).expect("it is there")).collect()
    }

    fn build(&self, format: Format, formats: &[Format]) -> Option<Vec<u8>> {
        let end = format!(".{}", format.extension());
        let files = self.files(formats)?;
        Some(files.into_iter().find(|file| file.name.ends_with(&end)).expect("it was asked for").bytes)
    }

    fn files(&self, formats: &[Format]) -> Option<Vec<OutputFile>> {
        let world = world(self.folder.path()).expect("it is there");
        let loaded = project::load(&world, &Entry::Configuration);
        Some(pipeline::build(&world, loaded, &request(formats), &|_| {}).report?.files)
    }
}

fn request(formats: &[Format]) -> Request {
    Request { date: DATE, formats: Some(formats.to_vec()), name: "report".to_owned() }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
}
