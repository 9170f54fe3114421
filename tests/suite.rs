//! The suite: a folder per area beneath `tests/suite`, a Markdown file per case, what it must become beside it. A case of
//! `redline` is two versions in one file.
//!
//! `UPDATE=1 cargo test --release --test suite` accepts what there is now: read the difference before you commit it.

#[path = "suite/area.rs"]
mod area;
#[path = "suite/case.rs"]
mod case;
#[path = "suite/dump.rs"]
mod dump;
#[path = "suite/redline.rs"]
mod redline;
#[path = "suite/resolved.rs"]
mod resolved;
#[path = "suite/styles.rs"]
mod styles;
#[path = "suite/word.rs"]
mod word;

use libtest_mimic::Arguments;
use rapporteur::project::{self, Entry, MemoryWorld, ProjectPath};
use rapporteur::resolve;
use rapporteur::style::FontSet;

use area::{Area, Expected};

/// Every area: its folder, and what each case gives.
const AREAS: &[Area] = &[
    Area { name: "markdown", folder: "markdown", run: markdown },
    Area { name: "resolve", folder: "resolve", run: resolved::run },
    Area { name: "styles", folder: "styles", run: styles::run },
    Area { name: "typst", folder: "typst", run: typst },
    Area { name: "html", folder: "html", run: html },
    Area { name: "docx", folder: "docx", run: docx },
    Area { name: "redline/html", folder: "redline", run: redline::html },
    Area { name: "redline/typst", folder: "redline", run: redline::typst },
    Area { name: "redline/docx", folder: "redline", run: redline::docx },
];

fn main() {
    let arguments = Arguments::from_args();
    let trials = AREAS.iter().flat_map(Area::trials).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// The tree and what was said of the draft.
fn markdown(text: &str) -> Vec<Expected> {
    let mut sources = rapporteur::source::Sources::default();
    let file = sources.add("case.md", text);
    let parsed = rapporteur::markdown::parse(&sources, &[file]);
    let tree = dump::document(&sources, &parsed.value);
    let said = dump::diagnostics(&sources, &parsed.diagnostics);
    vec![Expected { extension: "tree", text: tree }, Expected { extension: "diag", text: said }]
}

/// The source that Typst is given.
fn typst(text: &str) -> Vec<Expected> {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    vec![Expected {
        extension: "typ",
        text: rapporteur::write::pdf::source(&resolved(text), style, &FontSet::bundled()),
    }]
}

/// The report itself, without the page around it.
fn html(text: &str) -> Vec<Expected> {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    let page = rapporteur::write::html::write(&resolved(text), style, &FontSet::bundled());
    vec![Expected { extension: "html", text: report_of(&page) }]
}

/// What a page holds of the report.
fn report_of(page: &str) -> String {
    let start = page.find("<div class=\"report\"").expect("every page has it");
    let end = page.find("</main>").expect("every page has it");
    page[start..end].to_owned()
}

/// A case beside an image, with everything decided.
fn resolved(text: &str) -> resolve::ResolvedDocument {
    let map = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let world = MemoryWorld::new([("case.md", text), ("map.svg", map)]);
    let case = ProjectPath::new("case.md").expect("a plain name");
    let loaded = project::load(&world, &Entry::File(case)).value;
    let files: Vec<_> = loaded.drafts.iter().map(|draft| draft.file).collect();
    let document = rapporteur::markdown::parse(&loaded.sources, &files).value;
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    let options = resolve::Options {
        portrait: resolve::TextBlock { measure: style.page.measure(), tallest_image: style.page.height * 0.5 },
        landscape: resolve::TextBlock {
            measure: style.page.landscape_measure(),
            tallest_image: style.page.width * 0.5,
        },
        bullets: style.role("list").extra_texts("bullets").into_iter().map(str::to_owned).collect(),
        date: project::Date { year: 2024, month: 12, day: 17 },
        raster: resolve::Raster::None,
        fonts: Vec::new(),
        fallback_fonts: Vec::new(),
        kept: resolve::KeptImages::default(),
        alternates: Vec::new(),
    };
    resolve::resolve(resolve::word(document, &loaded), &loaded, &world, &options).value
}

/// What the body of the Word document holds, cover and contents aside, and its notes.
fn docx(text: &str) -> Vec<Expected> {
    vec![Expected { extension: "xml", text: word::body(text) }]
}
