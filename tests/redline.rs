//! The PDF of a redline, read back: both versions are in it, word for word, and every change by its number.

#[path = "support/dice.rs"]
mod dice;
#[path = "compare/draft.rs"]
#[expect(dead_code, reason = "a file is made of drafts as typed, not of their trees")]
mod draft;

#[path = "compare/hard.rs"]
mod hard;

use std::path::Path;

use dice::Dice;
use draft::Draft;
use hard::Case;
use rapporteur::compare::Options;
use rapporteur::document::{Hand, Role};
use rapporteur::inspect::{Fragment, Inspection, inspect};
use rapporteur::pipeline::{self, BuiltRedline, Given, Naming, RedlineRequest, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld, SystemWorld, World};
use rapporteur::resolve::RevisionInfo;

/// The work that drafts by chance cite, as the bibliography has it.
const WORK: &str = "One, Ada. 2001.";

fn request() -> Request {
    let date = Date { year: 2024, month: 12, day: 17 };
    Request { date, formats: Some(vec![Format::Pdf]), name: "report".to_owned() }
}

/// A redline as a file, and what it says of itself.
fn redline(old: &dyn World, new: &dyn World) -> (Vec<u8>, RevisionInfo) {
    let author = Hand { author: "Secretariat".to_owned(), time: 1_732_000_000 };
    let (baseline, revision) = ("Draft I".to_owned(), Some("Draft II".to_owned()));
    let given = Given { baseline, revision, author, naming: Naming::Own };
    let request = RedlineRequest { build: request(), options: Options::default(), given };
    let loaded = project::load(new, &Entry::Configuration);
    let BuiltRedline { built, revision } =
        pipeline::build_redline((new, loaded), (old, &Entry::Configuration), &request, &|_| {});
    let said: Vec<_> = built.diagnostics.iter().map(|found| &found.message).collect();
    let report = built.report.unwrap_or_else(|| panic!("it is not built: {said:?}"));
    (report.files[0].bytes.clone(), revision.expect("it is a redline"))
}

/// A version as a file.
fn clean(world: &dyn World) -> Inspection {
    let loaded = project::load(world, &Entry::Configuration);
    let built = pipeline::build(world, loaded, &request(), &|_| {});
    inspect(&built.report.expect("it is built").files[0].bytes).expect("it can be read")
}

/// The words of a file in the order of reading, without numbers: those of one version are not the other's.
fn words(found: &Inspection) -> Vec<String> {
    // The bibliography is the new version's, and so is the draft's label, which says which version this is.
    let label = |fragment: &Fragment| fragment.role == Role::Cover && fragment.text.starts_with("Draft");
    let own =
        |fragment: &&Fragment| label(fragment) || fragment.text == "References" || fragment.text.starts_with(WORK);
    let inside = found.fragments.iter().filter(|fragment| !own(fragment));
    let text = inside.map(|fragment| with_numbers(&fragment.text, " ")).collect::<Vec<_>>().join("\n");
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.contains(char::is_alphabetic));
    words.map(str::to_owned).collect()
}

/// Text with the same in the place of every change's number.
fn any_number(text: &str) -> String {
    with_numbers(text, "[n]")
}

/// Text in which something else stands for the numbers of changes.
fn with_numbers(text: &str, shown: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        match after.split_once(']').filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit())) {
            Some((_, behind)) => {
                kept.push_str(shown);
                rest = behind;
            }
            None => {
                kept.push('[');
                rest = after;
            }
        }
    }
    kept + rest
}

/// The first word that is not there, if they do not all stand in their order among others.
fn missing<'w>(words: &'w [String], among: &[String]) -> Option<&'w String> {
    let mut among = among.iter();
    words.iter().find(|word| !among.any(|other| other == *word))
}

/// Both versions are in the file, and each change has its number and its place.
fn holds(old: &dyn World, new: &dyn World, shown: &str) -> Inspection {
    let (bytes, revision) = redline(old, new);
    let found = inspect(&bytes).expect("it can be read");
    let among = words(&found);
    for (version, world) in [("old", old), ("new", new)] {
        let there = words(&clean(world));
        let lost = missing(&there, &among);
        assert_eq!(lost, None, "a word of the {version} version is not there: {shown}");
    }
    numbered(&bytes, &revision, &found, shown);
    found
}

/// Each change has its number where it is and in the list, and its place.
fn numbered(bytes: &[u8], revision: &RevisionInfo, found: &Inspection, shown: &str) {
    let text: String = found.fragments.iter().map(|fragment| fragment.text.as_str()).collect::<Vec<_>>().join("\n");
    let named = |name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
    for change in &revision.changes {
        let number = format!("[{}]", change.number);
        let times = text.matches(&number).count();
        assert!(times >= 2, "{number} stands {times} times, not where it is and in the list: {shown}");
        assert!(named(&format!("(change-{})", change.number)), "{number} is no destination: {shown}");
    }
}

fn pair(name: &str) -> [SystemWorld; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/redline").join(name);
    ["old", "new"].map(|version| {
        let world = SystemWorld::open(&folder.join(version)).expect("the pair is there");
        world.with_fonts(vec!["/usr/share/fonts".into()])
    })
}

#[test]
fn a_reader_of_the_text_can_follow_every_change() {
    let [old, new] = pair("constructs");
    let found = holds(&old, &new, "constructs");
    let text = found.fragments.iter().map(|fragment| any_number(&fragment.text)).collect::<Vec<_>>();
    for line in [
        "The Committee [n]shall should meet [n]twice three times a year in Geneva[n] or New York, as decided in 2019, \
         and reports to the General Assembly.",
        "Background [n]and history of the matter",
        "[n]second item of the list is deleted here",
        "[n] Deletion: figure",
        "[n]a link (https://example.org/old) a link (https://example.org/new) to a page",
        "[n]print(c);",
    ] {
        assert!(text.iter().any(|text| text.contains(line)), "{line} is not in {text:#?}");
    }
    let headings = |found: &Inspection| {
        let headings = found.fragments.iter().filter(|fragment| matches!(fragment.role, Role::Heading(_)));
        headings.map(|fragment| (fragment.role, fragment.number.clone())).collect::<Vec<_>>()
    };
    let (redline, alone) = (headings(&found), headings(&clean(&new)));
    assert_eq!(redline[1..redline.len() - 1], alone, "headings that are gone count as such");
}

#[test]
fn lines_that_run_from_right_to_left_are_read_in_their_order() {
    let [old, new] = pair("arabic");
    let found = holds(&old, &new, "arabic");
    let text = found.fragments.iter().map(|fragment| any_number(&fragment.text)).collect::<Vec<_>>();
    let line = "[n]يستعرض يدرس كيفية حصول";
    assert!(text.iter().any(|text| text.contains(line)), "{line} is not in {text:#?}");
}

#[test]
fn whatever_is_edited_both_versions_are_in_the_file() {
    let scale = std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1);
    for seed in 0..12 * scale {
        let mut dice = Dice::new(seed);
        let old = draft::draft(&mut dice, 2, 8);
        let mut new = old.clone();
        for at in 0..=dice.throw(10) {
            draft::edit(&mut new, &mut dice, 1_000 + at);
        }
        let shown = [&old, &new].map(|draft| draft::text(draft).join("\n~~~\n")).join("\n=== new\n");
        holds(&world(&old), &world(&new), &format!("seed {seed}\n{shown}"));
    }
}

fn world(draft: &Draft) -> MemoryWorld {
    let config = "[report]\ntitle = \"Report\"\nlanguage = \"en\"\n[numbering]\nparagraphs = true\n[citations]\nbibliography = [\"refs.bib\"]\n";
    let refs = "@book{key, author={Ada One}, title={First}, year={2001}}\n";
    let map = |n: u8| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"9\"/>", 9 + n);
    let mut files = vec![("rapporteur.toml".to_owned(), config.to_owned()), ("refs.bib".to_owned(), refs.to_owned())];
    files.extend((0..3).map(|n| (format!("drafts/map{n}.svg"), map(n))));
    files.extend(draft::text(draft).into_iter().enumerate().map(|(at, text)| (format!("drafts/{at}.md"), text)));
    MemoryWorld::new(files)
}

/// Versions that are hard to show as one: whatever their order, each word of both is there as often. A few of them are tried, or all by `RAPPORTEUR_SCALE`.
#[test]
fn what_is_hard_is_in_the_file() {
    let scale: usize = std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1);
    // The words of citations and references are the new version's.
    let cases = hard::cases(&|text| !text.contains('@') && !text.contains("](#"));
    assert!(cases.len() > 8, "there are cases");
    for Case { name, old, new } in cases.into_iter().step_by((FEW / scale).max(1)) {
        let (bytes, revision) = redline(&old, &new);
        let found = inspect(&bytes).expect("it can be read");
        numbered(&bytes, &revision, &found, name);
        for version in [&old, &new] {
            let mut left = words(&found);
            for word in words(&clean(version)) {
                let at = left.iter().position(|other| *other == word);
                left.swap_remove(at.unwrap_or_else(|| panic!("{word:?} is not there: {name}")));
            }
        }
    }
}

/// One in so many is tried.
const FEW: usize = 3;
