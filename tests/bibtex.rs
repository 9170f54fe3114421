//! Each type of entry that people write in BibTeX, with the fields that they fill in, in styles of every class: what
//! is printed of it, word for word. And what is said of names and files that cannot be read.

use rapporteur::diag::{Code, Diagnostic};
use rapporteur::document::Role;
use rapporteur::inspect::{Precision, inspect};
use rapporteur::pipeline::{self, Built, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};
use rapporteur::source::Span;

const WORKS: &str = include_str!("data/works.bib");
/// Per style, a line for each entry; `UPDATE=1` accepts.
const PRINTED: &str = "tests/data/works.txt";
const STYLES: &[&str] = &["apa", "chicago-author-date", "ieee", "modern-humanities-research-association-notes"];

fn build(style: &str, more: &str, draft: &str, bibliography: (&str, &str), formats: &[Format]) -> Built {
    let settings = format!(
        "[report]\ntitle = \"T\"\nlanguage = \"en\"\n[citations]\nbibliography = [\"{}\"]\nstyle = \"{style}\"\n{more}",
        bibliography.0
    );
    let files = [("rapporteur.toml", settings.as_str()), ("drafts/01.md", draft), bibliography];
    let world = MemoryWorld::new(files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())));
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(formats.to_vec()),
        name: "report".to_owned(),
    };
    let loaded = project::load(&world, &Entry::Configuration);
    pipeline::build(&world, loaded, &request, &|_| {})
}

#[test]
fn nothing_of_an_entry_is_lost_that_its_style_has_a_place_for() {
    let mut printed = String::new();
    for style in STYLES {
        let built = build(style, "nocite = [\"*\"]\n", "# One\n\nText.\n", ("works.bib", WORKS), Format::ALL);
        assert_eq!(built.diagnostics.iter().next(), None, "{style}");
        let report = built.report.expect("it is built");
        let read: Vec<_> = report.files.iter().map(|file| inspect(&file.bytes).expect("it can be read back")).collect();
        let [pdf, docx, html] = read.as_slice() else { panic!("three formats") };
        assert_eq!(html.comparable(Precision::Full), docx.comparable(Precision::Full), "{style}");
        assert_eq!(html.comparable(Precision::Common), pdf.comparable(Precision::Common), "{style}");
        printed += &format!("== {style}\n");
        for entry in html.fragments.iter().filter(|fragment| fragment.role == Role::Bibliography) {
            printed += &format!("{}\n", entry.text);
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PRINTED, &printed).expect("the expectation can be written");
    }
    let expected = std::fs::read_to_string(PRINTED).expect("the expectation is there");
    assert_eq!(printed, expected);
    for odd in [",)", ",.", ".”.", "..", " ,", "()", "\\url"] {
        assert!(!printed.contains(odd), "{odd}");
    }
    let everywhere = [
        "Adams",
        "Journal of Things",
        "12",
        "45–67",
        "2011",
        "10.1000/a1",
        "Note of article",
        "Publisher House",
        "Note of book",
        "The collection",
        "Editor",
        "Collection Press",
        "Proceedings of the Tenth Conference",
        "ACM Press",
        "Institute of Reports",
        "TR-42",
        "https://example.org/tr",
        "Note of techreport",
        "University of Things",
        "Mimeographed brochure",
        "2018",
        "https://example.org/misc",
        "Note of misc",
        "https://example.org/how",
        "Only a note",
        "https://example.org/online",
        "Note of online",
        "PB 7",
        "Body of Reports",
        "Makers",
        "4th ed.",
        "Note of manual",
        "Manuscript in preparation",
        "26000",
        "International Organization for Standardization",
        "Inbook Press",
        "Handed out",
        "Note of booklet",
        "Proc Press",
        "Coll Press",
    ];
    let printed = printed.to_lowercase();
    let missing: Vec<_> = everywhere
        .iter()
        .filter(|wanted| printed.matches(wanted.to_lowercase().as_str()).count() < STYLES.len())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Code, place and hint of each diagnostic.
fn said(draft: &str, bibliography: (&str, &str)) -> (Vec<(Code, String)>, Vec<String>) {
    let built = build("apa", "", draft, bibliography, &[Format::Html]);
    let place = |found: &Diagnostic| match &found.place {
        rapporteur::diag::Place::Span(span) => {
            let Span { file, .. } = *span;
            let source = &built.project.sources[file];
            let before = &source.text()[..span.range().start];
            let line = before.matches('\n').count() + 1;
            let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
            format!("{}:{line}:{column}", source.path())
        }
        rapporteur::diag::Place::Path(_) | rapporteur::diag::Place::Nowhere => String::new(),
    };
    let said = built.diagnostics.iter().map(|found| (found.code, place(found))).collect();
    let report = built.report.expect("it is built");
    let read = inspect(&report.files[0].bytes).expect("it can be read back");
    (said, read.fragments.into_iter().map(|fragment| fragment.text).collect())
}

#[test]
fn what_cannot_be_read_is_said_first_and_where_it_is_and_its_citations_once() {
    let bibtex = "@book{open,\n  author = {A, B},\n  title = {No end,\n  year = 2020\n}\n\n@book{equals,\n  title  {T},\n  \
                  year = 2020\n}\n@book{quoted, title=\"Unclosed, year=2020}\n\n@book{comma,\n  title = {X}\n  \
                  year=2020\n}\n@book{good, author={A, B}, title={T}, year={in press}}\n";
    let draft = "# One\n\n[@open] [@equals] [@open] [@quoted] [@comma] [@good] [@nope]\n";
    let (said, lines) = said(draft, ("a.bib", bibtex));
    let expected = [
        (Code::InvalidBibliography, "a.bib:3:11"),
        (Code::InvalidBibliography, "a.bib:8:10"),
        (Code::InvalidBibliography, "a.bib:11:21"),
        (Code::InvalidBibliography, "a.bib:15:3"),
        (Code::UnknownCitation, "drafts/01.md:3:2"),
        (Code::UnknownCitation, "drafts/01.md:3:55"),
        (Code::DoubtfulBibliography, "a.bib:17:44"),
    ];
    assert_eq!(said, expected.map(|(code, place)| (code, place.to_owned())));
    assert!(lines.iter().any(|line| line == "B, A. (n.d.). T." || line.starts_with("A, B. (n.d.). T")), "{lines:#?}");
    // Of a file that cannot be read at all, no key is known: that is told once as well.
    let (said, _) = self::said("# One\n\n[@a] [@b] [@a; @c]\n", ("a.json", "[{\"id\": \"a\",}]"));
    let expected = [(Code::InvalidBibliography, "a.json:1:13"), (Code::UnknownCitation, "drafts/01.md:3:2")];
    assert_eq!(said, expected.map(|(code, place)| (code, place.to_owned())));
}

#[test]
fn names_that_mean_nothing_are_said_once_and_those_of_programs_are_not() {
    let bibtex = "@boook{a, author={A, B}, tilte={T}, year=2020, abstract={x}, keywords={y}, file={z}, timestamp={t},\n  \
                  owner={o}, bdsk-url-1={u}, mendeley-tags={m}, date-added={d}, __markedentry={e}, langid={english}}\n\
                  @book{b, author={A, B}, title={T}, tilte={T}, year=2020, pubisher={P}}\n";
    let (said, _) = said("# One\n\n[@a] [@b]\n", ("a.bib", bibtex));
    let places: Vec<_> = said.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, ["a.bib:1:2", "a.bib:1:26", "a.bib:3:58"]);
    assert!(said.iter().all(|(code, _)| *code == Code::DoubtfulBibliography));
}
