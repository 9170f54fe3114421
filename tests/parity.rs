//! PDF, DOCX and HTML say the same: every case of the suite, the document with every construct and the sample are
//! built in this process and read back, and their fragments compared. One test per document and pair of formats.

#[path = "suite/case.rs"]
mod case;
#[path = "parity/difference.rs"]
mod difference;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use rapporteur::diag::{Code, Diagnostic, Severity, Status};
use rapporteur::document::Role;
use rapporteur::inspect::{Facts, Inspection, Precision, inspect, pdf_facts, without_script};
use rapporteur::pipeline::{self, Built, Request};
use rapporteur::project::{self, Date, Entry, Location, Start, SystemWorld, World};
use rapporteur::style::{BUNDLED, FontSet};

/// Projects, beneath this crate's root.
const PROJECTS: &[&str] = &[
    ".",
    "tests/conformance/constructs",
    "tests/conformance/decimal",
    "tests/corpora/small",
    "tests/corpora/dialects",
];
/// Cases whose drafts hold an error, so that nothing is published.
const REFUSED: &[&str] = &[
    "markdown/conflict.md",
    "styles/circle.md",
    "styles/contrast.md",
    "styles/faults.md",
    "styles/ground.md",
    "styles/habits.md",
    "styles/lengths.md",
    "styles/near.md",
    "styles/no_base.md",
    "styles/not_toml.md",
    "styles/room.md",
    "styles/room_of_roles.md",
    "styles/unknown_key.md",
    "styles/word_limits.md",
];
/// Short reports in each language: built in every style.
const LANGUAGES: &str = "tests/languages";
/// Folders of single drafts.
const SUITE: &str = "tests/suite";

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents: Vec<PathBuf> = PROJECTS.iter().map(|project| root.join(project)).collect();
    documents.extend(drafts(&root.join(SUITE)));
    let mut reports = projects(&root.join(LANGUAGES));
    // PARITY=path,path compares other projects or drafts instead.
    if let Ok(paths) = std::env::var("PARITY") {
        documents = paths.split(',').map(PathBuf::from).collect();
        reports.clear();
    }
    let styled = reports.into_iter().flat_map(|path| BUNDLED.iter().map(move |style| (path.clone(), Some(*style))));
    let documents = documents.into_iter().map(|path| (path, None)).chain(styled);
    let trials = documents.map(|(path, style)| trial(root, path, style)).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// In a style, where it is not to be the document's own.
fn trial(root: &Path, path: PathBuf, style: Option<&'static str>) -> Trial {
    let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
    let name = if name.is_empty() { "sample".to_owned() } else { name };
    let name = style.map_or(name.clone(), |style| format!("{name} in {style}"));
    Trial::test(name, move || check(&path, style))
}

/// Folders in a folder, in order.
fn projects(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// Markdown files beneath a folder, in order.
fn drafts(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(drafts(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found
}

fn check(path: &Path, style: Option<&str>) -> Result<(), Failed> {
    let Some(Files { mut pdf, docx, html, disclaimer, glyphs }) = build(path, style)? else { return Ok(()) };
    // A PDF has its disclaimer at the foot of the contents, where nothing tells it from a paragraph.
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let disclaimer = disclaimer.map(|text| squeezed(&text));
    if let Some(fragment) = pdf.fragments.iter_mut().find(|fragment| Some(squeezed(&fragment.text)) == disclaimer) {
        fragment.role = Role::Cover;
    }
    let mut faults = Vec::new();
    for (names, left, right, precision) in
        [(["html", "docx"], &html, &docx, Precision::Full), (["html", "pdf"], &html, &pdf, Precision::Common)]
    {
        let mut lines = [left, right].map(|found| notes_by_mark(found.comparable(precision)));
        let mut facts = facts(left, right);
        if precision == Precision::Common && glyphs == Glyphs::Missing {
            lines[0].iter_mut().for_each(|line| *line = drawable(line));
            facts.iter_mut().for_each(|(_, left, _)| *left = drawable(left));
        }
        faults.extend(difference::show(names, &lines));
        let differs = facts.into_iter().filter(|(_, left, right)| left != right);
        faults.extend(differs.map(|(what, l, r)| format!("{what}:\n  {}: {l}\n  {}: {r}", names[0], names[1])));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n\n").into()) }
}

/// A page has an annex's own notes behind those in numbers; pages of paper have each where it is referred to.
fn notes_by_mark(lines: Vec<String>) -> Vec<String> {
    let (mut notes, mut lines): (Vec<String>, Vec<String>) =
        lines.into_iter().partition(|line| line.starts_with(&format!("{} | ", Role::Note.name())));
    notes.sort();
    lines.extend(notes);
    lines
}

/// What the files say of themselves and hold: a name, and what each says.
fn facts(left: &Inspection, right: &Inspection) -> Vec<(&'static str, String, String)> {
    let cells = |found: &Inspection| found.facts.tagged("TH") + found.facts.tagged("TD");
    let count = |name: &'static str| (name, left.facts.tagged(name).to_string(), right.facts.tagged(name).to_string());
    let text = |name: &'static str, pick: fn(&Inspection) -> String| (name, pick(left), pick(right));
    vec![
        text("title", |found| found.facts.title.clone().unwrap_or_default()),
        text("language", |found| without_script(&found.facts.language.clone().unwrap_or_default())),
        text("authors", |found| found.facts.authors.join("; ").replace("; ", ", ")),
        text("subjects", |found| found.facts.subjects.join("; ").replace("; ", ", ")),
        text("notes", |found| found.facts.notes.to_string()),
        text("headings to navigate by", |found| difference::entries(&found.facts.bookmarks)),
        text("contents", |found| difference::contents(&found.facts.contents)),
        ("cells", cells(left).to_string(), cells(right).to_string()),
        count("Table"),
        count("TR"),
        count("Figure"),
    ]
}

/// Whether the build said that no font at hand has some character: a PDF has U+FFFD in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Glyphs {
    All,
    Missing,
}

fn drawable(line: &str) -> String {
    let fonts = FontSet::bundled();
    line.chars().map(|c| if fonts.covers(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// The three files read back.
struct Files {
    pdf: Inspection,
    docx: Inspection,
    html: Inspection,
    disclaimer: Option<String>,
    glyphs: Glyphs,
}

/// Builds a project, a draft, or a case of several files.
fn built(path: &Path, style: Option<&str>) -> Result<Built, Failed> {
    let several = if path.is_file() { case::files(&std::fs::read_to_string(path)?) } else { Vec::new() };
    if several.len() > 1 {
        let (world, entry) = case::world(several);
        return Ok(build_in(&world, &entry, style));
    }
    let Location { root, entry } = project::locate(Start::Named(path)).map_err(|error| error.to_string())?;
    let world = SystemWorld::open(&root).map_err(|error| format!("{error:?}"))?;
    Ok(build_in(&world.with_fonts(vec!["/usr/share/fonts".into()]), &entry, style))
}

fn build_in(world: &dyn World, entry: &Entry, style: Option<&str>) -> Built {
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(project::Format::ALL.to_vec()),
        name: "case".to_owned(),
    };
    let mut loaded = project::load(world, entry);
    if let Some(style) = style {
        loaded.value.config.style.name = style.to_owned();
    }
    pipeline::build(world, loaded, &request, &|_| {})
}

/// Builds and reads back; nothing where a case is to be refused, and is.
fn build(path: &Path, style: Option<&str>) -> Result<Option<Files>, Failed> {
    let built = built(path, style)?;
    let refused = REFUSED.iter().any(|case| path.ends_with(case));
    let report = match (built.report, refused) {
        (Some(report), false) => report,
        (None, true) => return Ok(None),
        (Some(_), true) => return Err("it builds, though it is in the list of those that do not".into()),
        (None, false) => {
            let errors = built.diagnostics.iter().filter(|found| found.severity(Status::Draft) == Severity::Error);
            return Err(format!("no report: {:?}", errors.collect::<Vec<&Diagnostic>>()).into());
        }
    };
    let read = |index: usize| {
        let file = report.files.get(index).ok_or("a format is missing")?;
        inspect(&file.bytes).map_err(|error| format!("{}: {error}", file.name))
    };
    let (pdf, facts) = (read(0)?, pdf_facts(&report.files[0].bytes).map_err(|error| error.to_string())?);
    // What a build looks at is what the whole reading sees, but for the lines of the contents.
    let contents = facts.contents.clone();
    if facts != (Facts { contents, ..pdf.facts.clone() }) {
        return Err(format!("the facts alone differ:\n{facts:?}\n{:?}", pdf.facts).into());
    }
    let missing = built.diagnostics.iter().any(|found| found.code == Code::MissingGlyph);
    let glyphs = if missing { Glyphs::Missing } else { Glyphs::All };
    let disclaimer = built.project.config.report.disclaimer;
    Ok(Some(Files { pdf, docx: read(1)?, html: read(2)?, disclaimer, glyphs }))
}
