//! The preview on a real file system: what it shows is what a fresh build makes, whatever was saved before.

#[path = "preview/stage.rs"]
mod stage;

use rapporteur::project::Format;
use stage::Stage;

#[test]
fn what_is_shown_is_what_a_build_makes() {
    let stage = Stage::new(&[("drafts/a.md", "# First {#one}\n\nSome text with a note.[^1]\n\n[^1]: The note.\n")]);
    let state = stage.until("a report", |state| state.revision == 1);
    let web = state.web.clone().expect("there is a report");
    assert_eq!(web.html().into_bytes(), stage.fresh(Format::Html));
    stage.write("drafts/a.md", "# First {#one}\n\nSome other text with a note.[^1]\n\n[^1]: The note.\n");
    let state = stage.until("the edit", |state| state.revision == 2);
    let now = state.web.clone().expect("there is a report");
    assert_eq!(now.html().into_bytes(), stage.fresh(Format::Html));
    let changed: Vec<&str> = (now.regions.iter().zip(&*web.regions))
        .flat_map(|(now, before)| now.blocks.iter().zip(&*before.blocks))
        .filter(|(now, before)| now.digest != before.digest)
        .map(|(now, _)| &*now.html)
        .collect();
    assert!(matches!(changed.as_slice(), [one] if one.contains("Some other text")), "{changed:?}");
    for format in [Format::Pdf, Format::Docx, Format::Html] {
        let output = stage.preview.output(format).expect("no fault").expect("there is a report");
        assert_eq!(*output.bytes, *stage.fresh(format), "{}", output.name);
    }
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
    assert!(state.web.as_ref().expect("it stays").html().contains("Good."));
    stage.write("drafts/a.md", "# First\n\nMended.\n");
    let state = stage.until("the mend", |state| state.revision == 2);
    assert_eq!(state.fault, None);
    assert!(state.web.as_ref().expect("there is one").html().contains("Mended."));
}
