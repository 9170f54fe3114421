//! The writer as a whole: what it generates is what Typst sets.

mod fixture;

use fixture::Fixture;

use super::{Pdf, write};
use crate::document::{BlockKind, InlineKind};
use crate::resolve::{HeadingPlace, ResolvedDocument};
use crate::style::bundled;

fn set(doc: &ResolvedDocument) -> Pdf {
    let style = bundled("report").expect("bundled");
    let pdf = write(doc, style).unwrap_or_else(|errors| {
        let list: Vec<_> = errors.iter().map(|error| format!("{error:?}")).collect();
        panic!("{}\n{}", list.join("\n"), super::source(doc, style));
    });
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
    if let Ok(folder) = std::env::var("PDF_OUT") {
        std::fs::write(format!("{folder}/{}.pdf", doc.metadata.title), &pdf.bytes).unwrap();
    }
    pdf
}

fn constructs() -> Fixture {
    let mut f = Fixture::new("constructs");
    let block = f.heading(1, None, HeadingPlace::Front, "Executive summary");
    f.add(block);
    let block = f.paragraph("The first paragraph of the summary, which says what the report is about and stands out.");
    f.add(block);
    let block = f.heading(1, Some("I."), HeadingPlace::Body, "Introduction");
    f.add(block);
    let body = vec![f.paragraph("A note of two paragraphs."), f.paragraph("The second paragraph of the note.")];
    let note = f.note(body);
    let words = f.text("A numbered paragraph with a note");
    let strong = {
        let inner = f.text(" and strong text");
        f.inline(InlineKind::Strong(vec![inner]))
    };
    let code = f.inline(InlineKind::Code("let x = 1;".to_owned()));
    let again = f.note_again(1, "fnref-1-2");
    let block = f.numbered("1.", vec![words, note, strong, code, again]);
    f.add(block);
    let block = f.heading(2, Some("A."), HeadingPlace::Body, "Consistency and context");
    f.add(block);
    let (one, two) = (f.paragraph("First"), f.paragraph("Second"));
    let inner = f.list(1, &["\u{2022}", "\u{2022}"], vec![vec![one], vec![two]]);
    let outer = vec![f.paragraph("Outer"), inner];
    let last = vec![f.paragraph("Last")];
    let block = f.list(0, &["1.", "2."], vec![outer, last]);
    f.add(block);
    let quote = f.paragraph("A quotation that somebody made some time ago.");
    let block = f.block(BlockKind::BlockQuote(vec![quote]));
    f.add(block);
    let block = f.table(Some("Years covered"), &[&["Year", "Meeting"], &["2017", "Geneva"], &["2024", "Riyadh"]]);
    f.add(block);
    let block = f.missing_figure("A map of things");
    f.add(block);
    let block = f.heading(1, Some("Annex I."), HeadingPlace::Annex, "Sessions");
    f.add(block);
    f
}

#[test]
fn a_report_of_every_construct_is_set() {
    let pdf = set(&constructs().doc);
    assert!(pdf.pages.total >= 4);
}
