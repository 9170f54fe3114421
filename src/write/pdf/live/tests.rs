//! What is kept laid out is what a build lays out: over seeded edits, page for page and byte for byte.

mod draft;

use draft::Draft;
use typst_layout::PagedDocument;

use std::sync::Arc;

use super::*;
use crate::pipeline::{self, Prepared, Request};
use crate::project::{self, Date, Entry, Format, MemoryWorld};
use crate::resolve::{self, TextBlock};
use crate::write::pdf::LaidOut;
use crate::write::pdf::chapter::ChapterPlace;

/// What the writer is given.
struct Given {
    doc: ResolvedDocument,
    style: Stylesheet,
    fonts: FontSet,
}

fn given(draft: &Draft) -> Given {
    given_of(&draft.world())
}

fn given_of(world: &MemoryWorld) -> Given {
    let date = Date { year: 2026, month: 1, day: 31 };
    let request = Request { date, formats: Some(vec![Format::Pdf]), name: "edited".to_owned() };
    let Prepared { resolved, diagnostics, .. } =
        pipeline::prepare(world, project::load(world, &Entry::Configuration), &request, &|_| {});
    let (doc, style, fonts) = resolved.unwrap_or_else(|| panic!("{diagnostics:?}"));
    Given { doc, style, fonts }
}

fn compare(live: &LivePages, built: LaidOut, what: &str) {
    compare_pages(live, &built, what);
    let (ours, theirs) = (live.pages().pdf().expect("exports").bytes, built.export().expect("exports").bytes);
    if ours != theirs {
        let folder = std::env::temp_dir();
        std::fs::write(folder.join("live.pdf"), &ours).expect("can be written");
        std::fs::write(folder.join("built.pdf"), &theirs).expect("can be written");
        panic!("{what}: the files differ: see live.pdf and built.pdf in {}", folder.display());
    }
}

fn compare_pages(live: &LivePages, built: &LaidOut, what: &str) {
    let pages = live.pages();
    let whole: &PagedDocument = &built.laid_out;
    assert_eq!(pages.len(), whole.pages().len(), "{what}: pages");
    for (at, page) in whole.pages().iter().enumerate() {
        let wanted = page::drawn(page);
        assert!(pages.svg(at).is_some_and(|svg| svg == wanted), "{what}: page {}", at + 1);
    }
    assert_eq!(pages.numbers(), built.pages, "{what}: page numbers");
}

fn settled(live: &mut LivePages) {
    match live.settle(0, &|| false) {
        Settled::Done(warnings) => assert!(warnings.is_empty(), "{warnings:?}"),
        other @ (Settled::Cancelled | Settled::Faulty(_)) => panic!("{other:?}"),
    }
}

fn edits(seed: u64, count: usize) {
    let mut draft = Draft::new(seed);
    let mut live = LivePages::new();
    let mut log = Vec::new();
    for number in 0..count {
        let Given { doc, style, fonts } = given(&draft);
        live.update(&doc, &style, &fonts);
        if draft.chance(3) {
            live.quick(Some(draft.below(9))).expect("no fault");
        }
        if draft.chance(4) {
            let asked = std::cell::Cell::new(0);
            live.settle(draft.below(9), &|| asked.replace(asked.get() + 1) > 0);
        }
        // As a preview does, or as a build.
        if draft.chance(2) {
            settled(&mut live)
        } else {
            assert!(live.finish().is_ok_and(|said| said.is_empty()))
        }
        let built = crate::write::pdf::lay_out(&doc, &style, &fonts).unwrap_or_else(|faults| panic!("{faults:?}"));
        compare(&live, built, &format!("seed {seed}, edit {number}, after {log:?}"));
        log.push(draft.edit());
    }
}

/// By how much there are more runs than usual.
fn scale() -> u64 {
    std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

#[test]
fn what_is_kept_is_what_a_build_lays_out() {
    for seed in 0..3 * scale() {
        edits(seed, 14);
    }
}

/// A build has laid nothing out before.
#[test]
fn a_file_at_once_is_what_typst_makes_of_the_whole() {
    for seed in 10..13 {
        let Given { doc, style, fonts } = given(&Draft::new(seed));
        let mut live = LivePages::new();
        live.update(&doc, &style, &fonts);
        assert_eq!(live.finish(), Ok(Diagnostics::new()));
        let whole = crate::write::pdf::write(&doc, &style, &fonts).unwrap_or_else(|faults| panic!("{faults:?}"));
        let at_once = live.for_file().pdf().expect("exports");
        assert!(at_once.bytes == whole.bytes && at_once.pages == whole.pages, "seed {seed}");
    }
}

/// So is a redline, with the bars beside its changes, their numbers and the list of them.
#[test]
fn a_redline_at_once_is_what_typst_makes_of_the_whole() {
    for seed in 20..24 + 4 * (scale() - 1) {
        let mut draft = Draft::new(seed);
        let old = draft.world();
        let log: Vec<String> = (0..6).map(|_| draft.edit()).collect();
        let Given { doc, style, fonts } = redline(&old, &draft.world());
        let what = format!("seed {seed}, after {log:?}");
        assert!(doc.document.is_marked() && doc.revision.is_some(), "{what}");
        let mut live = LivePages::new();
        live.update(&doc, &style, &fonts);
        assert!(live.finish().is_ok(), "{what}");
        let built = crate::write::pdf::lay_out(&doc, &style, &fonts).unwrap_or_else(|faults| panic!("{faults:?}"));
        compare(&live, built, &what);
    }
}

/// Two versions as one, as the writer is given them.
fn redline(old: &MemoryWorld, new: &MemoryWorld) -> Given {
    let Given { style, fonts, .. } = given_of(new);
    let loaded = project::load(new, &Entry::Configuration);
    let redline = pipeline::redline((new, loaded), (old, &Entry::Configuration), &Default::default());
    let before = redline.before(old);
    let block = |measure, height| TextBlock { measure, tallest_image: height };
    let page = &style.page;
    let options = resolve::Options {
        portrait: block(page.measure(), page.height * 0.5),
        landscape: block(page.landscape_measure(), page.width * 0.5),
        bullets: vec!["\u{2022}".to_owned(), "\u{2013}".to_owned()],
        date: Date { year: 2026, month: 1, day: 31 },
        raster: resolve::Raster::None,
        fonts: Vec::new(),
        fallback_fonts: Vec::new(),
        kept: resolve::KeptImages::default(),
        alternates: Vec::new(),
    };
    let worded = resolve::word_redline(redline.comparison.document.clone(), &redline.project, &before);
    let doc = resolve::resolve_redline(worded, &redline.project, new, &before, &options).value;
    Given { doc, style, fonts }
}

/// A draft laid out to the end.
fn laid_out(draft: &Draft) -> (LivePages, Given) {
    let given = given(draft);
    let mut live = LivePages::new();
    live.update(&given.doc, &given.style, &given.fonts);
    settled(&mut live);
    (live, given)
}

#[test]
fn a_fault_is_a_builds_and_the_last_good_pages_stay() {
    let mut draft = Draft::new(1);
    draft.insert("![A map](map.svg \"Map\"){#fig-map}".to_owned());
    let (mut live, mut given) = laid_out(&draft);
    let before: Vec<PageView> = live.pages().iter().copied().collect();
    let good = given.doc.assets[0].clone();
    given.doc.assets[0].bytes = b"<svg".to_vec();
    given.doc.assets[0].digest = [1; 32];
    assert_eq!(live.update(&given.doc, &given.style, &given.fonts).edited.len(), 1, "one chapter has the image");
    let faults = live.quick(None).expect_err("the image is none");
    let built = crate::write::pdf::lay_out(&given.doc, &given.style, &given.fonts);
    assert_eq!(Some(&faults), built.err().as_ref());
    assert!(matches!(live.settle(0, &|| false), Settled::Faulty(again) if again == faults));
    assert!(live.pages().iter().eq(&before));
    given.doc.assets[0] = good;
    live.update(&given.doc, &given.style, &given.fonts);
    settled(&mut live);
    assert!(live.pages().iter().eq(&before));
}

#[test]
fn a_page_that_leads_somewhere_is_well_formed() {
    let mut draft = Draft::new(3);
    draft.insert(
        "Text, and [a form](https://example.org/?a=1&b=2), **[once](https://example.org/?c&d) more**.".to_owned(),
    );
    let (live, _) = laid_out(&draft);
    for page in 0..live.pages().len() {
        let svg = live.pages().svg(page).expect("it is there");
        assert!(!svg.contains("example.org"), "page {page}");
        usvg::roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("page {page}: {error}"));
    }
}

#[test]
fn what_was_cancelled_goes_on() {
    let mut draft = Draft::new(2);
    let (mut live, _) = laid_out(&draft);
    draft.note();
    let Given { doc, style, fonts } = given(&draft);
    live.update(&doc, &style, &fonts);
    assert_eq!(live.settle(0, &|| true), Settled::Cancelled);
    settled(&mut live);
    let built = crate::write::pdf::lay_out(&doc, &style, &fonts).unwrap_or_else(|faults| panic!("{faults:?}"));
    compare(&live, built, "after a pause");
}

/// Two drafts of several chapters each; the second goes on in the first's last.
fn worded(words: [&str; 3]) -> Given {
    let [one, two, three] = words;
    let a = format!("# One\n\nFirst {one}.[^n]\n\n# Two {{#two}}\n\nSee @two and {two} words.\n\n[^n]: A note.\n");
    let b = format!("---\nlang: fr\n---\n\nIt goes on {three}.\n\n# Three\n\nLast.\n");
    let config = "[report]\ntitle = \"Worded\"\n".to_owned();
    given_of(&MemoryWorld::new([("rapporteur.toml", config), ("drafts/a.md", a), ("drafts/b.md", b)]))
}

/// Words of one part, and then of another, taken without all else: the pages are those of a build with these words.
#[test]
fn words_taken_alone_are_laid_out_as_a_build_does() {
    let whole = worded(["words", "plain", "12"]);
    let mut live = LivePages::new();
    live.update(&whole.doc, &whole.style, &whole.fonts);
    settled(&mut live);
    let given = (&whole.doc, &whole.style, &whole.fonts);
    for (part, words) in [
        (0, ["other words", "plain", "12"]),
        (0, ["words", "some more and plain", "12"]),
        (1, ["words", "plain", "13"]),
        (1, ["words", "plain", "12"]),
        (0, ["words 2", "plain", "12"]),
    ] {
        let new = worded(words);
        let chapter = live.patch(given, part, &new.doc.document.parts[part]).expect("it is one chapter's");
        live.quick(Some(chapter)).expect("no fault");
        let built = crate::write::pdf::lay_out(&new.doc, &new.style, &new.fonts);
        compare_pages(&live, &built.unwrap_or_else(|faults| panic!("{faults:?}")), &format!("{words:?}"));
    }
    let last = worded(["words 2", "plain", "12"]);
    assert_eq!(live.update(&last.doc, &last.style, &last.fonts), Changed::default(), "it is all there already");
}

/// However often it is paused: contents that move what they tell are laid out so many times, and no more.
#[test]
fn contents_that_never_come_to_rest_come_to_an_end() {
    let (mut live, _) = laid_out(&Draft::new(5));
    let State { press, chapters, .. } = live.state.as_mut().expect("it was laid out");
    let at = chapters.iter().position(|chapter| chapter.place == ChapterPlace::Contents).expect("there are contents");
    let after = chapters[at + 1].anchors[0].as_str().to_owned();
    let now = press.kept(chapters[at].slot).expect("it was taken in").text();
    // A page more where the next chapter stands on an odd one, which then no longer does.
    let text = format!("{now}\n#context if calc.odd(place-of(\"{after}\").page()) {{ pagebreak(); [More] }}\n");
    let anchors = Arc::clone(&chapters[at].anchors);
    chapters[at].renew(press, text, Default::default(), &anchors);
    let ends = |_: &usize| {
        let asked = std::cell::Cell::new(0);
        live.settle(0, &|| asked.replace(asked.get() + 1) > 0) != Settled::Cancelled
    };
    assert!((0..100).find(ends).is_some_and(|paused| paused > 0), "it has no end");
}

/// The path of an image leads elsewhere for a while, in a state that is overtaken before it is laid out.
#[test]
fn a_drawing_that_changes_behind_another_is_laid_out_anew() {
    let (map, plan) = ("![A map](map.svg \"Map\"){#fig-map}", "![A plan](plan.svg \"Plan\"){#fig-plan}");
    let mut draft = Draft::new(5);
    draft.insert_at(0, 1, map.to_owned());
    draft.insert_at(3, 1, plan.to_owned());
    let (mut live, given_first) = laid_out(&draft);
    assert_eq!(given_first.doc.assets.len(), 2);
    draft.remove_at(0, 1);
    let Given { doc, style, fonts } = given(&draft);
    let changed = live.update(&doc, &style, &fonts);
    assert_eq!(
        changed.edited,
        [1, 2],
        "the list of figures and where the map was; the plan's chapter in numbers alone"
    );
    draft.insert_at(0, 1, map.to_owned());
    draft.redraw();
    let Given { doc, style, fonts } = given(&draft);
    live.update(&doc, &style, &fonts);
    settled(&mut live);
    let built = crate::write::pdf::lay_out(&doc, &style, &fonts).unwrap_or_else(|faults| panic!("{faults:?}"));
    compare(&live, built, "after the drawing");
}

#[test]
fn a_note_changes_words_in_one_chapter_and_numbers_in_those_after_it() {
    let mut draft = Draft::new(3);
    let (mut live, _) = laid_out(&draft);
    draft.insert_at(1, 2, "Noted[^new].\n\n[^new]: New.".to_owned());
    let Given { doc, style, fonts } = given(&draft);
    let changed = live.update(&doc, &style, &fonts);
    // Behind cover and contents.
    assert_eq!(changed, Changed { edited: vec![3], renumbered: 3, moved: false });
    assert_eq!(live.update(&doc, &style, &fonts), changed, "nothing was laid out since");
    live.quick(None).expect("no fault");
    assert!(live.update(&doc, &style, &fonts).edited.is_empty());
    settled(&mut live);
    assert_eq!(live.update(&doc, &style, &fonts), Changed::default());
}

#[test]
fn pages_lead_to_the_drafts_and_back() {
    let draft = Draft::new(4);
    let (live, given) = laid_out(&draft);
    let pages = live.pages();
    let mut found = 0;
    for part in &given.doc.document.parts {
        for block in &part.blocks {
            let crate::document::BlockKind::Paragraph(_) = &block.kind else { continue };
            let spot = pages.find(block.span.file, block.span.start as usize).expect("it is somewhere");
            let origin = pages.origin(spot).expect("something is there");
            assert_eq!(origin.file, block.span.file);
            assert!(block.span.start <= origin.start && origin.end <= block.span.end, "{origin:?} in {:?}", block.span);
            found += 1;
        }
    }
    assert_eq!(found, 30);
}

/// What may be asked is what [`answers::Answers`] knows.
#[test]
fn the_template_asks_for_nothing_but_pages() {
    let template = include_str!("../template.typ");
    let lines = template.lines().filter(|line| !line.trim_start().starts_with("//"));
    let asking =
        |line: &&str| ["query(", "counter(", "state(", "locate(", ".position()"].iter().any(|ask| line.contains(ask));
    let asking: Vec<&str> = lines.filter(asking).map(str::trim).collect();
    assert_eq!(asking.len(), 1, "{asking:?}");
    assert!(asking[0].starts_with("footer: if feet {"), "{asking:?}");
}

#[test]
fn pages_may_go_to_another_thread() {
    fn sent<T: Send>() {}
    sent::<LivePages>();
    sent::<Pages>();
}
