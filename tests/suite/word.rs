//! A case as a Word document: the XML between cover and section, a line per paragraph, then the notes.

use std::io::{Cursor, Read};

use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Format, MemoryWorld};

/// A picture of one colour that cases may show.
const DOT: &[u8] = include_bytes!("../docx/dot.png");

/// Built as the only draft of a report with numbered paragraphs and no contents.
pub fn body(draft: &str) -> String {
    let config =
        "[report]\ntitle = \"A case\"\nstatus = \"draft\"\n\n[numbering]\nparagraphs = true\ncontents_depth = 0\n";
    let world = MemoryWorld::new([
        ("rapporteur.toml", config.as_bytes()),
        ("drafts/case.md", draft.as_bytes()),
        ("drafts/dot.png", DOT),
    ]);
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(vec![Format::Docx]),
        name: "case".to_owned(),
    };
    let loaded = project::load(&world, &project::Entry::Configuration);
    let built = pipeline::build(&world, loaded, &request, &|_| {});
    let report = built.report.unwrap_or_else(|| panic!("{:?}", built.diagnostics));
    text(&report.files[0].bytes)
}

/// The same of a finished package.
pub fn text(package: &[u8]) -> String {
    let document = part(package, "word/document.xml");
    let notes = part(package, "word/footnotes.xml");
    let cover = document.rfind("<w:pStyle w:val=\"CoverMeta\"/>").expect("a date on the cover");
    let start = document[cover..].match_indices("</w:p>").nth(1).map_or(cover, |(at, _)| cover + at + "</w:p>".len());
    let end = document.rfind("<w:sectPr>").expect("a section");
    let mut out = lines(&document[start..end]);
    if let Some(first) = notes.find("<w:footnote w:id=") {
        out.push_str("\n<!-- notes -->\n");
        out.push_str(&lines(notes[first..].trim_end_matches("</w:footnotes>")));
    }
    out
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// A new line where a paragraph, row, cell, table or note begins or ends.
fn lines(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() + xml.len() / 20);
    let mut rest = xml;
    while let Some(at) = rest.find('>') {
        let (tag, after) = rest.split_at(at + 1);
        out.push_str(tag);
        let name = tag.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
        let name = name.split(' ').next().unwrap_or_default();
        if [
            "/w:p",
            "/w:tc",
            "/w:tr",
            "/w:tbl",
            "/w:tblPr",
            "/w:tblGrid",
            "/w:trPr",
            "w:tr",
            "w:tbl",
            "w:footnote",
            "/w:footnote",
        ]
        .contains(&name)
        {
            out.push('\n');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
