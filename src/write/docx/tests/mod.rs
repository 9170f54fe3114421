//! The writer as a whole.

mod fixture;

use fixture::Fixture;

use super::write;
use crate::document::*;
use crate::resolve::*;
use crate::style::bundled;

#[test]
fn a_report_of_every_construct_is_written_alike_twice() {
    let mut f = Fixture::new("A report of every construct that there is and a title of two lines");
    f.doc.metadata.subtitle = Some("Subtitle of the report".into());
    f.doc.metadata.series = Some("IGF 2024 · Best Practice Forum".into());
    f.doc.metadata.reference = Some("IGF2024/BPF-CYB".into());
    f.doc.metadata.cover_rows = vec![
        CoverRow { label: "Event".into(), value: "IGF 2024, Riyadh".into() },
        CoverRow { label: "Publisher".into(), value: "IGF Secretariat".into() },
    ];
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
    let inner = f.list(1, &["\u{2013}", "\u{2013}"], vec![vec![one], vec![two]]);
    let outer = vec![f.paragraph("Outer"), inner];
    let last = vec![f.paragraph("Last"), f.paragraph("Second paragraph of the last item")];
    let block = f.list(0, &["1.", "2."], vec![outer, last]);
    f.add(block);
    let quote = f.paragraph("A quotation that somebody made some time ago.");
    let block = f.block(BlockKind::BlockQuote(vec![quote]));
    f.add(block);
    let block = f.heading(1, Some("II."), HeadingPlace::Body, "Boxes");
    f.add(block);
    let mut n = 0;
    for kind in [
        BoxKind::Recommendation,
        BoxKind::Recommendation,
        BoxKind::Statement,
        BoxKind::Numbered,
        BoxKind::Note,
        BoxKind::Tip,
        BoxKind::Important,
        BoxKind::Warning,
        BoxKind::Caution,
    ] {
        n += 1;
        let title = vec![f.text("Participation")];
        let (one, two) = (
            f.paragraph("First"),
            f.paragraph("Second, which is longer than the line can hold and so goes on on the next line for a while"),
        );
        let inner = f.list(1, &["\u{2013}", "\u{2013}"], vec![vec![one], vec![two]]);
        let outer = vec![f.paragraph("Outer"), inner, f.paragraph("More of outer")];
        let list = f.list(0, &["1."], vec![outer]);
        let mut blocks = vec![f.paragraph("A participatory, multi-stakeholder approach is crucial for sustainable and inclusive cyber capacity building.")];
        if n > 1 {
            blocks.push(list);
        }
        if n == 2 {
            blocks.push(
                f.table(Some("Years covered"), &[&["Year", "Meeting"], &["2017", "Geneva"], &["2024", "Riyadh"]]),
            );
            blocks.push(f.paragraph("After the table."));
        }
        let block = f.block(BlockKind::Box(Box { kind, title: Some(title), blocks }));
        let label = format!("{kind:?}");
        f.doc.boxes.insert(
            block.id,
            BoxInfo { label: (kind != BoxKind::Statement).then_some(label), number: (n < 3).then(|| n.to_string()) },
        );
        f.add(block);
    }
    let block = f.table(Some("Years covered"), &[&["Year", "Meeting"], &["2017", "Geneva"], &["2024", "Riyadh"]]);
    f.add(block);
    let block = f.table(Some("Years covered"), &[&["Year", "Meeting"], &["2017", "Geneva"], &["2024", "Riyadh"]]);
    f.add(block);
    let block = f.paragraph("After the table");
    f.add(block);
    let block = f.missing_figure("A map of things");
    f.add(block);
    let block = f.heading(1, Some("Annex I."), HeadingPlace::Annex, "Sessions");
    f.add(block);
    let block = f.heading(2, Some("A."), HeadingPlace::Annex, "First");
    f.add(block);
    let block = f.heading(2, Some("B."), HeadingPlace::Annex, "Second");
    f.add(block);
    let bytes = write(&f.doc, bundled("report").unwrap(), None);
    if let Ok(folder) = std::env::var("DOCX_OUT") {
        std::fs::write(format!("{folder}/constructs.docx"), &bytes).unwrap();
    }
    assert_eq!(bytes, write(&f.doc, bundled("report").unwrap(), None));
}
