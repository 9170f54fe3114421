//! What a redline counts, when it is resolved: as the clean report does.

use rapporteur::compare::Options;
use rapporteur::document::Side;
use rapporteur::inspect;
use rapporteur::pipeline::{self, Redline};
use rapporteur::project::{self, Date, Entry, MemoryWorld};
use rapporteur::resolve::{self, ResolvedDocument};
use rapporteur::style::FontSet;
use rapporteur::write;

use crate::draft::{self, Draft};
use crate::{runs, versions};

/// The files of a version.
fn world(draft: &Draft) -> MemoryWorld {
    let config = "[report]\ntitle = \"Report\"\nlanguage = \"en\"\n[numbering]\nparagraphs = true\nlists = [\"figures\", \"tables\"]\n[citations]\nbibliography = [\"refs.bib\"]\n";
    let refs = "@book{key, author={Ada One}, title={First}, year={2001}}\n@book{other, author={Bo Two}, title={Second}, year={2002}}\n";
    let map = |n: u8| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"9\"/>", 9 + n);
    let mut files = vec![("rapporteur.toml".to_owned(), config.to_owned()), ("refs.bib".to_owned(), refs.to_owned())];
    files.extend((0..3).map(|n| (format!("drafts/map{n}.svg"), map(n))));
    files.extend(draft::text(draft).into_iter().enumerate().map(|(at, text)| (format!("drafts/{at}.md"), text)));
    MemoryWorld::new(files)
}

fn options() -> resolve::Options {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    let page = &style.page;
    let block = |measure, height| resolve::TextBlock { measure, tallest_image: height };
    resolve::Options {
        portrait: block(page.measure(), page.height * 0.5),
        landscape: block(page.landscape_measure(), page.width * 0.5),
        bullets: style.role("list").extra_texts("bullets").into_iter().map(str::to_owned).collect(),
        date: Date { year: 2024, month: 12, day: 17 },
        raster: resolve::Raster::None,
        fonts: Vec::new(),
        fallback_fonts: Vec::new(),
        kept: resolve::KeptImages::default(),
        alternates: Vec::new(),
    }
}

/// A version by itself, and what was found about it.
pub fn clean(draft: &Draft) -> (ResolvedDocument, Vec<String>) {
    let world = world(draft);
    let project = project::load(&world, &Entry::Configuration).value;
    let files: Vec<_> = project.drafts.iter().map(|draft| draft.file).collect();
    let document = rapporteur::markdown::parse(&project.sources, &files).value;
    let resolved = resolve::resolve(resolve::word(document, &project), &project, &world, &options());
    (resolved.value, resolved.diagnostics.iter().map(|found| found.message.clone()).collect())
}

/// Both as one.
pub fn marked(old: &Draft, new: &Draft) -> (ResolvedDocument, Vec<String>) {
    let (old, new) = (world(old), world(new));
    let loaded = project::load(&new, &Entry::Configuration);
    let redline: Redline = pipeline::redline((&new, loaded), (&old, &Entry::Configuration), &Options::default());
    let before = redline.before(&old);
    let worded = resolve::word_redline(redline.comparison.document.clone(), &redline.project, &before);
    let resolved = resolve::resolve_redline(worded, &redline.project, &new, &before, &options());
    (resolved.value, resolved.diagnostics.iter().map(|found| found.message.clone()).collect())
}

/// The contents, the lists behind them, and the labels of notes.
fn counted(doc: &ResolvedDocument) -> Vec<String> {
    let outline = doc.outline.iter().map(|entry| {
        let text = doc.plain_text(&entry.content);
        format!("{:?} {text} #{} {}", entry.number, entry.anchor.as_str(), entry.level.get())
    });
    let entries = doc.listings.iter().flat_map(|list| &list.entries);
    let entries =
        entries.map(|entry| format!("{} {} #{}", entry.label, doc.plain_text(&entry.content), entry.anchor.as_str()));
    outline.chain(entries).collect()
}

#[test]
fn nothing_deleted_counts() {
    for seed in runs(60) {
        let (old, new, shown) = versions(seed, 10);
        let ((alone, found), (both, told)) = (clean(&new), marked(&old, &new));
        assert_eq!(counted(&alone), counted(&both), "{shown}");
        let labels = |doc: &ResolvedDocument| doc.notes.iter().map(|note| note.label.clone()).collect::<Vec<_>>();
        assert!(labels(&both).starts_with(&labels(&alone)), "{shown}");
        // What is said of the new version is said, and nothing of what is gone.
        assert!(told.iter().all(|told| found.contains(told)), "{told:?} of {found:?}: {shown}");
    }
}

/// Every table has what writers look up, deleted or not.
#[test]
fn every_writer_finds_what_it_asks_for() {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    for seed in runs(25) {
        let (old, new, _) = versions(seed, 10);
        let (both, _) = marked(&old, &new);
        let page = write::html::write(&both, style, &FontSet::bundled());
        assert!(page.contains("</html>"), "seed {seed}");
        let word = write::docx::draft(&both, style, &FontSet::bundled(), write::docx::Paging::Word).finish(None);
        assert!(word.starts_with(b"PK"), "seed {seed}");
    }
}

#[test]
fn what_is_gone_says_what_it_said() {
    let old = vec![vec![
        "# One".to_owned(),
        "# Two {#two}".to_owned(),
        "Deleted of [two](#two), @sec-two, [@other] and a note.[^n] And more of it for good measure.".to_owned(),
        "[^n]: Gone, too.".to_owned(),
        "# Three {#three}".to_owned(),
        "Stays with [@key] and a note.[^m]".to_owned(),
        "[^m]: Stays.".to_owned(),
    ]];
    let new = vec![vec!["# One".to_owned(), "# Three {#three}".to_owned(), old[0][5].clone(), old[0][6].clone()]];
    let (doc, found) = marked(&old, &new);
    assert!(found.is_empty(), "{found:?}");
    let draft = doc.document.parts.iter().find(|part| part.line().is_none()).expect("there is a draft");
    let blocks = &draft.blocks;
    let number = |at: usize| doc.headings[blocks[at].id].number.clone().unwrap_or_default();
    assert_eq!([number(0), number(1), number(3)], ["I.", "II.", "II."], "the deleted second was the second");
    let text = doc.plain_text_of_blocks(&blocks[2..3]);
    assert_eq!(text, "Deleted of two, section\u{a0}II, (Two 2002) and a note. And more of it for good measure.");
    let notes: Vec<&str> = doc.notes.iter().map(|note| note.label.as_str()).collect();
    assert_eq!(notes, ["1", "1"], "the one that stays is the first, and so was the other");
    assert_eq!(doc.note_groups[0].numbers, [2, 1], "in the order of reading");
    let listed: Vec<_> = doc.outline.iter().map(|entry| doc.plain_text(&entry.content)).collect();
    assert_eq!(listed, ["One", "Three", "References"]);
}

/// Accepting all of a page gives the new version's page, rejecting all of it the old one's.
#[test]
fn a_page_says_what_each_version_says() {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    let page = |doc: &ResolvedDocument| write::html::write(doc, style, &FontSet::bundled());
    let side = |page: &str, side: Side| inspect::projection(page.as_bytes(), side).expect("a page");
    for seed in runs(30) {
        let (old, new, shown) = versions(seed, 10);
        let redline = page(&marked(&old, &new).0);
        assert_eq!(twice(&redline), None, "{shown}");
        for (of, version) in [(Side::Old, &old), (Side::New, &new)] {
            let doc = clean(version).0;
            let clean = page(&doc);
            let alone = side(&clean, of);
            let proved = side(&write::html::plain(&doc, style), of);
            assert_eq!(alone.difference(&proved), None, "what a redline is held to says what the page does: {shown}");
            assert_eq!(alone.difference(&side(&clean, of.other())), None, "a clean page has one side: {shown}");
            let mismatch = alone.difference(&side(&redline, of));
            assert!(mismatch.is_none(), "{of:?}: {}: {shown}", mismatch.expect("there is one"));
        }
    }
}

/// A style of notes takes the space before a citation and sets punctuation before its sign: in each version as if it stood alone.
#[test]
fn a_sign_stands_as_each_version_wants_it() {
    const STYLE: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Own</title><id>own</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout suffix="." delimiter="; "><text variable="title"/></layout></citation>
</style>"#;
    let files = |draft: &str| {
        let config = "[report]\ntitle = \"Report\"\nlanguage = \"en\"\n[citations]\nbibliography = [\"refs.bib\"]\nstyle = \"own.csl\"\n";
        let refs = "@book{key, author={Ada One}, title={First}, year={2001}}\n@book{other, author={Bo Two}, title={Second}, year={2002}}\n";
        let all = [("rapporteur.toml", config), ("refs.bib", refs), ("own.csl", STYLE), ("drafts/0.md", draft)];
        MemoryWorld::new(all.map(|(path, text)| (path.to_owned(), text.to_owned())))
    };
    let shown = |document: &rapporteur::document::Document| {
        crate::shown::shown(document).lines().next().unwrap_or_default().to_owned()
    };
    let versions = [
        "One [@key] more of it.",
        "One more of it.",
        "One (2001) more of it.",
        "One[@key] more of it.",
        "One, more of it [@key].",
        "One, more of it.",
        "One, more of it [@key]; and so on.",
        "One, more of it [@key; @other], and so on.",
        "One, more of it *again* [@other], and so on.",
    ];
    for old in versions {
        for new in versions {
            let (before, after) = (files(old), files(new));
            let loaded = project::load(&after, &Entry::Configuration);
            let redline = pipeline::redline((&after, loaded), (&before, &Entry::Configuration), &Options::default());
            let baseline = redline.before(&before);
            let both = resolve::word_redline(redline.comparison.document.clone(), &redline.project, &baseline);
            for (side, clean) in [(Side::Old, &before), (Side::New, &after)] {
                let project = project::load(clean, &Entry::Configuration).value;
                let files: Vec<_> = project.drafts.iter().map(|draft| draft.file).collect();
                let document = rapporteur::markdown::parse(&project.sources, &files).value;
                let alone = resolve::word(document, &project);
                let settled = both.document().side(side);
                let plain = |text: String| text.replace(|c: char| c.is_ascii_digit(), "");
                assert_eq!(plain(shown(&settled)), plain(shown(alone.document())), "{side:?} of {old:?} → {new:?}");
            }
        }
    }
}

/// An id that stands twice.
fn twice(page: &str) -> Option<&str> {
    let main = &page[page.find("<main").expect("every page has it")..];
    let ids = main.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut met = std::collections::BTreeSet::new();
    ids.into_iter().find(|id| !met.insert(*id))
}

/// A heading that would like to be called as a change's place is called otherwise.
#[test]
fn places_of_changes_are_theirs_alone() {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    let version = |word: &str| vec![vec!["# Change 1".to_owned(), format!("The {word} budget was adopted.")]];
    let (doc, _) = marked(&version("annual"), &version("biennial"));
    let page = write::html::write(&doc, style, &FontSet::bundled());
    assert_eq!(twice(&page), None);
    assert!(page.contains("id=\"change-1-2\""), "the heading");
    assert!(page.contains("<del id=\"change-1\""), "the change");
}
