//! Typst alone, with no Markdown and none of our code, to hold a build against:
//! `typst FILE.typ OUT.pdf` compiles what pandoc wrote, with the fonts that come with Typst's crates and ours;
//! `typst --of FOLDER OUT.pdf` lays out and exports the source that a report of ours becomes. Both print the
//! milliseconds from the source to the written file; Typst's library and its fonts are read in that time, as by every
//! run of Typst, and the source's own reading is not counted.
//! `typst --again FILE.typ` lays out and exports, then edits a word in the middle for each line that it reads, and
//! prints the milliseconds until the pages are laid out and until they are a file: what `typst watch` does.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Format, Start, SystemWorld};
use rapporteur::{style, write};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments[0] == "--again" {
        return again(&arguments[1]);
    }
    let [source, out] = [&arguments[arguments.len() - 2], &arguments[arguments.len() - 1]];
    let milliseconds = if arguments[0] == "--of" { of_report(source, out) } else { of_file(source, out) };
    writeln!(std::io::stdout(), "{milliseconds}").expect("standard output can be written");
}

/// What the writer of PDFs does, after everything else was done.
fn of_report(folder: &str, out: &str) -> u128 {
    let location = project::locate(Start::Named(Path::new(folder))).expect("a project");
    let world = SystemWorld::open(&location.root).expect("a readable folder");
    let date = Date { year: 2026, month: 1, day: 31 };
    let request = Request { date, formats: Some(Format::ALL.to_vec()), name: "measured".to_owned() };
    // Nothing is made ready for Typst beforehand.
    let prepared = pipeline::check(&world, project::load(&world, &location.entry), &request, &|_| {});
    let (resolved, style, fonts) = prepared.resolved.expect("drafts");
    let start = Instant::now();
    let pdf = write::pdf::write(&resolved, &style, &fonts).expect("a report without fault");
    std::fs::write(out, pdf.bytes).expect("the output can be written");
    start.elapsed().as_millis()
}

fn of_file(path: &str, out: &str) -> u128 {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let start = Instant::now();
    let press = Press::new(text);
    let document = typst::compile::<PagedDocument>(&press).output.expect("a source without fault");
    let bytes = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("a document without fault");
    std::fs::write(out, bytes).expect("the output can be written");
    start.elapsed().as_millis()
}

/// Edits in place, so that all that Typst keeps from one layout to the next is of use.
fn again(path: &str) {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let middle = text.len() / 2
        + text.as_bytes()[text.len() / 2..].windows(2).position(|two| two == b"\n\n").expect("a paragraph");
    let mut press = Press::new(text.clone());
    for count in 0.. {
        let begun = Instant::now();
        let edited = format!("{}\n\nMeasured{count} begins this paragraph.{}", &text[..middle], &text[middle..]);
        press.main.replace(&edited);
        let document = typst::compile::<PagedDocument>(&press).output.expect("a source without fault");
        let laid_out = begun.elapsed().as_secs_f64() * 1e3;
        typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("a document without fault");
        let exported = begun.elapsed().as_secs_f64() * 1e3;
        typst::comemo::evict(10);
        writeln!(std::io::stdout(), "{laid_out:.1} {exported:.1}").expect("standard output can be written");
        if std::io::stdin().read_line(&mut String::new()).expect("standard input can be read") == 0 {
            return;
        }
    }
}

struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
}

impl Press {
    fn new(text: String) -> Self {
        let path = VirtualPath::new("/main.typ").expect("a plain path");
        let main = Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), text);
        let files = typst_assets::fonts().chain(style::faces().iter().map(|face| face.data));
        let fonts: Vec<Font> = files.flat_map(|file| Font::iter(Bytes::new(file))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { library: LazyHash::new(Library::builder().build()), book, fonts, main }
    }
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
