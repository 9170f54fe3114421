//! Words divided at the ends of lines: one token of a style, in all three formats, by language.

use rapporteur::inspect::inspect;
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};

use super::package::Package;

/// What the three files say of it.
#[derive(Debug, PartialEq)]
struct Said {
    pages: usize,
    html: bool,
    word: bool,
    headings_whole: bool,
}

/// A long word of the language, many times over.
fn said(language: &str, word: &str, asked: &str) -> Said {
    let configuration = format!("[report]\ntitle = \"T\"\nlanguage = \"{language}\"\n\n[style.role.body]\n{asked}\n");
    let draft = format!("# Un\n\n{}\n\n## Deux\n\n{}\n", format!("{word} ").repeat(1500), word);
    let world = MemoryWorld::new([("rapporteur.toml", configuration), ("drafts/a.md", draft)]);
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(Format::ALL.to_vec()),
        name: "case".to_owned(),
    };
    let built = pipeline::build(&world, project::load(&world, &Entry::Configuration), &request, &|_| {});
    let report = built.report.unwrap_or_else(|| panic!("{:?}", built.diagnostics));
    let bytes = |index: usize| report.files[index].bytes.as_slice();
    let pages = inspect(bytes(0)).expect("a PDF").facts.pages.expect("a PDF has pages");
    let package = Package::open(bytes(1));
    let part = |name: &str| package.text(name).to_owned();
    let html = String::from_utf8_lossy(bytes(2)).into_owned();
    let heading = part("word/styles.xml");
    let heading = heading.split("w:styleId=\"Heading1\"").nth(1).and_then(|rest| rest.split("</w:style>").next());
    Said {
        pages,
        html: html.contains("--hyphens:auto"),
        word: part("word/settings.xml").contains("<w:autoHyphenation/>"),
        headings_whole: heading.is_some_and(|style| style.contains("<w:suppressAutoHyphens/>")),
    }
}

#[test]
fn a_style_divides_the_words_of_running_text_in_all_formats() {
    let plain = said("fr", "internationalisation", "");
    let divided = said("fr", "internationalisation", "hyphenate = true");
    assert_eq!((plain.html, plain.word, plain.headings_whole), (false, false, false));
    assert_eq!((divided.html, divided.word, divided.headings_whole), (true, true, true));
    assert!(divided.pages < plain.pages, "{divided:?} {plain:?}");
}

#[test]
fn languages_that_never_divide_words_are_left_alone() {
    for language in ["ar", "zh"] {
        let asked = said(language, "anticonstitutionnellement", "hyphenate = true");
        let plain = said(language, "anticonstitutionnellement", "");
        assert_eq!((asked.pages, asked.html, asked.word), (plain.pages, false, false), "{language}");
    }
}
