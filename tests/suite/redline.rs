//! A redline as each format has it.
//!
//! A case is two versions: what stands before the line `=== new` is the old one, what stands behind it the new. Either may be several files.

use rapporteur::pipeline;
use rapporteur::project::{self, Date, Entry, MemoryWorld};
use rapporteur::resolve::{self, ResolvedDocument};
use rapporteur::style::{FontSet, Stylesheet};
use rapporteur::write;

use crate::area::Expected;
use crate::{case, report_of, word};

/// The report itself, as a page has it.
pub fn html(text: &str) -> Vec<Expected> {
    let page = write::html::write(&redline(text), style(), &FontSet::bundled());
    vec![Expected { extension: "html", text: report_of(&page) }]
}

/// The source that Typst is given.
pub fn typst(text: &str) -> Vec<Expected> {
    vec![Expected { extension: "typ", text: write::pdf::source(&redline(text), style(), &FontSet::bundled()) }]
}

/// What the body of the Word document holds, cover and contents aside, and its notes.
pub fn docx(text: &str) -> Vec<Expected> {
    let (redline, fonts) = (redline(text), FontSet::bundled());
    let package = write::docx::draft(&redline, style(), &fonts, write::docx::Paging::Word).finish(None);
    vec![Expected { extension: "xml", text: word::text(&package) }]
}

fn style() -> &'static Stylesheet {
    rapporteur::style::bundled("report").expect("it comes with the program")
}

/// Both versions as one, with everything decided.
pub fn redline(text: &str) -> ResolvedDocument {
    let (old, new) = text.split_once("\n=== new\n").expect("a line `=== new` between two versions");
    let (old, new) = (world(&format!("{old}\n")), world(new));
    let loaded = project::load(&new, &Entry::Configuration);
    let options = rapporteur::compare::Options::default();
    let redline = pipeline::redline((&new, loaded), (&old, &Entry::Configuration), &options);
    let before = redline.before(&old);
    let worded = resolve::word_redline(redline.comparison.document.clone(), &redline.project, &before);
    resolve::resolve_redline(worded, &redline.project, &new, &before, &options_of_the_page()).value
}

/// The files of a version: a configuration and two pictures beside those that it names.
fn world(text: &str) -> MemoryWorld {
    let config = "[report]\ntitle = \"A case\"\n\n[numbering]\nparagraphs = true\ncontents_depth = 0\n";
    let picture = |width: u8| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"9\"/>");
    let mut files = vec![
        ("rapporteur.toml".to_owned(), config.to_owned()),
        ("drafts/map.svg".to_owned(), picture(18)),
        ("drafts/plan.svg".to_owned(), picture(27)),
    ];
    files.extend(case::files(text));
    MemoryWorld::new(files)
}

fn options_of_the_page() -> resolve::Options {
    let page = &style().page;
    let block = |measure, height| resolve::TextBlock { measure, tallest_image: height };
    resolve::Options {
        portrait: block(page.measure(), page.height * 0.5),
        landscape: block(page.landscape_measure(), page.width * 0.5),
        bullets: vec!["•".to_owned(), "–".to_owned()],
        date: Date { year: 2024, month: 12, day: 17 },
        raster: resolve::Raster::None,
        fonts: Vec::new(),
        fallback_fonts: Vec::new(),
        kept: resolve::KeptImages::default(),
        alternates: Vec::new(),
    }
}
