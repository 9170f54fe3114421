//! The preview on a real file system: what it shows is what a fresh build makes, whatever was saved before.

#![expect(clippy::print_stdout, reason = "figures are for whoever runs it")]

#[path = "support/dice.rs"]
mod dice;
#[path = "preview/edits.rs"]
mod edits;
#[path = "preview/stage.rs"]
mod stage;

use std::sync::{Arc, Mutex};

use edits::Dice;
use rapporteur::preview::{PageInfo, PagePlace, State, View};
use rapporteur::project::Format;
use stage::Stage;

/// How large the tests are that can be: `RAPPORTEUR_SCALE`.
fn scale() -> usize {
    std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

fn html(state: &State) -> Vec<u8> {
    state.web.as_ref().map(|web| web.html().into_bytes()).unwrap_or_default()
}

#[test]
fn an_edit_of_words_changes_one_block() {
    let stage = Stage::new(&[(
        "drafts/a.md",
        "# First {#one}\n\nSome text with a note.[^1] How quickly daft jumping zebras vex.\n\n[^1]: The note.\n",
    )]);
    let web = stage.until("a report", |state| state.revision == 1).web.clone().expect("there is a report");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seeing = Arc::clone(&seen);
    stage.preview.listen(move |state| {
        seeing.lock().expect("no thread panics").push((state.revision, state.status.settled));
    });
    stage.write(
        "drafts/a.md",
        "# First {#one}\n\nSome text that has a note.[^1] How quickly daft jumping zebras vex.\n\n[^1]: The note.\n",
    );
    let now = stage.until("the edit", |state| state.revision == 2);
    let now = now.web.clone().expect("there is a report");
    assert_eq!(now.html().into_bytes(), stage.fresh(Format::Html));
    let changed: Vec<&str> = (now.regions.iter().zip(&*web.regions))
        .flat_map(|(now, before)| now.blocks.iter().zip(&*before.blocks))
        .filter(|(now, before)| now.digest != before.digest)
        .map(|(now, _)| &*now.html)
        .collect();
    assert!(matches!(changed.as_slice(), [one] if one.contains("text that has")), "{changed:?}");
    stage.until("the whole", |state| state.revision == 2 && state.status.settled && state.status.corrected == 0);
    assert!(seen.lock().expect("no thread panics").contains(&(2, false)), "it went the short way: {seen:?}");
}

#[test]
fn files_are_those_of_a_build_and_pages_lead_to_the_drafts() {
    let stage =
        Stage::new(&[("drafts/a.md", "# First\n\nOne paragraph.\n"), ("drafts/b.md", "# Second\n\nOther words.\n")]);
    stage.until("a report", |state| state.revision == 1);
    stage.preview.look_at(View::Part(1));
    stage.write("drafts/b.md", "# Second\n\nOther words, edited.\n");
    let fits = |state: &State| state.revision == 2 && state.pages.revision == 2 && state.pages.settled;
    let state = stage.until("the pages", fits);
    let output = |format| stage.preview.output(format).expect("no fault").expect("there is a report").bytes;
    assert_eq!(*output(Format::Html), *stage.fresh(Format::Html));
    assert_eq!(*output(Format::Docx), *stage.fresh(Format::Docx));
    assert!(*output(Format::Pdf) == *stage.fresh(Format::Pdf));
    let there = stage.preview.state().web.clone().expect("there is a report");
    let source = there.regions.iter().flat_map(|region| &*region.blocks).find(|block| block.html.contains("edited"));
    let source = source.and_then(|block| block.source.clone()).expect("it was typed somewhere").start;
    let place = stage.preview.place_of(&source).expect("it is on a page");
    let back = stage.preview.source_of(PagePlace { y: place.y + 2.0, ..place }).expect("it was typed somewhere");
    assert_eq!((&*back.path, back.line), ("drafts/b.md", 3));
    let info = state.pages.pages[place.page];
    let svg = stage.preview.page_svg(place.page, info.digest).expect("it is the page");
    assert!(svg.starts_with("<svg"), "{}", &svg[..40]);
}

/// Whoever asks while a file is being made waits for it.
#[test]
fn a_file_is_made_once() {
    let stage = Stage::new(&[("drafts/a.md", "# First\n\nOne paragraph.\n")]);
    stage.until("a report", |state| state.revision == 1);
    let made: Vec<Arc<[u8]>> = std::thread::scope(|scope| {
        let ask = || stage.preview.output(Format::Pdf).expect("no fault").expect("there is a report").bytes;
        let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|asking| asking.join().expect("no thread panics")).collect()
    });
    assert!(made.iter().all(|one| Arc::ptr_eq(one, &made[0])), "it was made more than once");
}

#[test]
fn a_fault_never_blanks() {
    let stage = Stage::new(&[("drafts/a.md", "# First\n\nGood.\n")]);
    stage.until("a report", |state| state.revision == 1);
    stage.write_bytes("drafts/a.md", b"# First\n\nBad \xff.\n");
    let state = stage.until("the fault", |state| state.fault.is_some());
    let fault = state.fault.clone().expect("there is one");
    let place = fault.place.expect("it has a place");
    assert_eq!((&*place.path, place.line, place.column), ("drafts/a.md", 3, 5), "{}", fault.message);
    assert!(String::from_utf8_lossy(&html(&state)).contains("Good."));
    stage.write("drafts/a.md", "# First\n\nMended.\n");
    let state = stage.until("the mend", |state| state.status.settled && state.fault.is_none());
    assert!(String::from_utf8_lossy(&html(&state)).contains("Mended."));
}

/// Words that turn out to be a fault once all is known: the last good report stands again, pages and files with it.
#[test]
fn words_at_fault_are_taken_back() {
    let stage = Stage::new(&[("drafts/a.md", "# First\n\nSome words\nand others\nend here. < H E A D\n")]);
    let settled = |state: &State| state.status.settled && state.pages.settled && state.pages.revision == state.revision;
    let before = html(&stage.until("a report", |state| settled(state)));
    let pdf = || stage.preview.output(Format::Pdf).expect("no fault").expect("there is a report").bytes;
    let first = pdf();
    stage.write("drafts/a.md", "# First\n\nSome words\n<<<<<<< HEAD\nend here. < H E A D\n");
    let state = stage.until("the fault", |state| state.fault.is_some() && settled(state));
    assert!(html(&state) == before, "the last good page stays");
    assert!(*pdf() == *first, "and its file");
}

/// The short way takes no draft that cannot be read as it stands, though its words are all there.
#[test]
fn an_edit_of_words_in_another_encoding_is_a_fault() {
    let stage = Stage::new(&[("drafts/a.md", "# First\n\nGood words.\n")]);
    stage.until("a report", |state| state.revision == 1 && state.status.settled);
    let units = "\u{feff}# First\n\nBetter words.\n".encode_utf16();
    stage.write_bytes("drafts/a.md", &units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let state = stage.until("the fault", |state| state.fault.is_some());
    assert_eq!(state.revision, 1, "nothing of it was shown");
    assert!(String::from_utf8_lossy(&html(&state)).contains("Good words."));
}

/// Over edits by chance: the page is a fresh build's, byte for byte; while there is a fault, the last good one stays.
#[test]
fn whatever_is_edited_it_shows_what_a_build_makes() {
    for seed in 0..2 {
        let (mut dice, mut files) = (Dice::new(seed), edits::begin());
        let stage = Stage::of(&files);
        let mut good = html(&stage.until("a report", |state| state.revision == 1));
        let mut told = Vec::new();
        for round in 0..30 * scale() {
            let before = files.clone();
            told.push(edits::edit(&mut files, &mut dice));
            stage.change(&before, &files);
            let settled = |state: &State| state.status.settled;
            match stage.built(Format::Html) {
                Some(fresh) => {
                    let fits = |state: &State| settled(state) && state.fault.is_none() && html(state) == fresh;
                    stage.until(&format!("seed {seed}, round {round}: {told:#?}"), fits);
                    good = fresh;
                    if round % 4 == 3 {
                        pages_and_files_are_a_builds(&stage, &format!("seed {seed}, round {round}: {told:#?}"));
                    }
                }
                None => {
                    let fits = |state: &State| settled(state) && state.fault.is_some();
                    let state = stage.until(&format!("the fault of seed {seed}, round {round}: {told:#?}"), fits);
                    assert!(html(&state) == good, "the last good page stays: {told:#?}");
                    // Mended, so that most edits are of a report.
                    stage.change(&files, &before);
                    files = before;
                    stage.until("the mend", |state| settled(state) && state.fault.is_none());
                }
            }
        }
        assert_eq!(stage.preview.state().status.corrected, 0, "the short way went astray: {told:#?}");
        pages_and_files_are_a_builds(&stage, &format!("{told:#?}"));
    }
}

/// Every page as it is drawn, and every file byte for byte.
fn pages_and_files_are_a_builds(stage: &Stage, what: &str) {
    let settled = |state: &State| state.pages.settled && state.pages.revision == state.revision;
    let state = stage.until(&format!("the pages of {what}"), settled);
    let drawn = |(at, page): (usize, &PageInfo)| stage.preview.page_svg(at, page.digest).expect("it is the page");
    let shown: Vec<Arc<str>> = state.pages.pages.iter().enumerate().map(drawn).collect();
    let fresh = stage.fresh_pages();
    assert_eq!(shown.len(), fresh.len(), "pages of {what}");
    for (at, (shown, fresh)) in shown.iter().zip(&fresh).enumerate() {
        assert!(**shown == **fresh, "page {} of {what}", at + 1);
    }
    for (format, fresh) in Format::ALL.iter().zip(stage.fresh_files()) {
        let output = stage.preview.output(*format).expect("no fault").expect("there is a report");
        assert!(*output.bytes == *fresh, "{format:?} of {what}");
    }
}

/// Saves that come while the one before is still at work: none is missed, and the last is what stays.
#[test]
fn saves_in_quick_succession_end_in_the_last() {
    let (mut dice, mut files) = (Dice::new(7), edits::begin());
    let stage = Stage::of(&files);
    stage.until("a report", |state| state.revision == 1);
    let draft = "drafts/1.md";
    let saves = 300 * scale();
    for save in 0..saves {
        let before = files.clone();
        let text = String::from_utf8_lossy(&files[draft]).into_owned();
        let words: Vec<&str> = text.split(' ').collect();
        let at = dice.throw(words.len());
        let words: Vec<&str> = words.iter().enumerate().map(|(n, w)| if n == at { "words" } else { w }).collect();
        files.insert(draft.to_owned(), words.join(" ").into_bytes());
        stage.change(&before, &files);
        std::thread::sleep(std::time::Duration::from_millis(dice.throw(40) as u64));
        if save % 10 == 9 {
            let Some(fresh) = stage.built(Format::Html) else { continue };
            let fits = |state: &State| state.status.settled && html(state) == fresh;
            stage.until(&format!("save {save}"), fits);
        }
    }
    println!("{saves} saves: none missed, {} corrected", stage.preview.state().status.corrected);
}
