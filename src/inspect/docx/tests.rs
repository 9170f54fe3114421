use std::io::{Cursor, Write};

use super::read;
use crate::inspect::{Fragment, Inspection};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PR: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A package of a body, notes and the styles and lists that these tests use.
pub(super) fn package(body: &str, notes: &str) -> Vec<u8> {
    let relationship = |id: &str, kind: &str, target: &str, mode: &str| {
        format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"{mode}/>"#)
    };
    let style = |id: &str, name: &str, properties: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:pPr>{properties}</w:pPr></w:style>"#
        )
    };
    let numbered = |id| format!(r#"<w:numPr><w:numId w:val="{id}"/></w:numPr>"#);
    let level = |format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let list = |id: u32, level: String| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}">{level}</w:abstractNum><w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#
        )
    };
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PR}">{}</Relationships>"#,
                relationship("a", "officeDocument", "word/document.xml", "")
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                r#"<Relationships xmlns="{PR}">{}{}{}{}</Relationships>"#,
                relationship("s", "styles", "styles.xml", ""),
                relationship("n", "numbering", "numbering.xml", ""),
                relationship("f", "footnotes", "footnotes.xml", ""),
                relationship("l", "hyperlink", "https://example.org/", r#" TargetMode="External""#),
            ),
        ),
        (
            "word/document.xml",
            format!(r#"<w:document xmlns:w="{W}" xmlns:r="{R}" {DRAWING}><w:body>{body}</w:body></w:document>"#),
        ),
        ("word/footnotes.xml", format!(r#"<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>"#)),
        (
            "word/styles.xml",
            format!(
                r#"<w:styles xmlns:w="{W}">{}{}{}{}{}</w:styles>"#,
                style("H1", "heading 1", &numbered(1)),
                style("Num", "Body Numbered", &numbered(2)),
                style("Toc1", "toc 1", ""),
                style("Rec", "Recommendation Label", ""),
                style("Foot", "footnote text", ""),
            ),
        ),
        (
            "word/numbering.xml",
            format!(
                r#"<w:numbering xmlns:w="{W}">{}{}{}</w:numbering>"#,
                list(1, level("upperRoman", "%1.")),
                list(2, level("decimal", "%1.")),
                list(3, level("bullet", "–")),
            ),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(content.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

const DRAWING: &str = concat!(
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative""#
);

fn inspect(body: &str, notes: &str) -> Inspection {
    read(&package(body, notes)).expect("a good package")
}

fn lines(fragments: &[Fragment]) -> Vec<String> {
    let line = |f: &Fragment| {
        let number = f.number.as_ref().map(|n| format!(" [{n}]")).unwrap_or_default();
        let notes = if f.notes.is_empty() { String::new() } else { format!(" ^[{}]", f.notes.join(", ")) };
        let links = f.links.iter().map(|link| format!(" <{link}>")).collect::<String>();
        format!("{}{number} {}{notes}{links}", f.role.name(), f.text).trim_end().to_owned()
    };
    fragments.iter().map(line).collect()
}

fn p(style: &str, runs: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#) };
    format!("<w:p>{style}{runs}</w:p>")
}

fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn field(instruction: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>
           <w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

#[test]
fn paragraphs_have_roles_and_computed_numbers() {
    let list = |text| {
        format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>{}</w:p>"#, r(text))
    };
    let body = [
        p("H1", &r("One")),
        p("Num", &r("a")),
        p("H1", &r("Two")),
        p("Num", &r("b")),
        list("x"),
        p("Rec", &r("R 1")),
        p("", ""),
    ];
    let expected =
        ["heading-1 [I.] One", "body [1.] a", "heading-1 [II.] Two", "body [2.] b", "list-item [–] x", "box-label R 1"];
    assert_eq!(lines(&inspect(&body.concat(), "").fragments), expected);
}

#[test]
fn runs_give_what_a_reader_sees() {
    for (runs, expected) in [
        (r(" a  ") + &r("b"), "body a b"),
        (r("a") + "<w:r><w:tab/></w:r>" + &r("b") + "<w:r><w:br/></w:r>" + &r("c"), "body a b c"),
        (r("a") + r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"#, "body a"),
        (field("SEQ Figure", &r("2")) + &r(" x"), "body 2 x"),
        (r("x") + &field("NOTEREF n", &r("4")), "body x ^[4]"),
        (format!(r#"<w:fldSimple w:instr="REF a">{}</w:fldSimple>"#, r("Figure 2")), "body Figure 2"),
        (format!(r#"<w:hyperlink r:id="l">{}</w:hyperlink>"#, r("site")), "body site <https://example.org/>"),
        (
            format!(
                r#"<w:ins w:id="1">{}</w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>"#,
                r("new")
            ),
            "body new",
        ),
    ] {
        assert_eq!(lines(&inspect(&p("", &runs), "").fragments), [expected], "{runs}");
    }
}

#[test]
fn contents_are_apart() {
    let entry = format!("{}{}", r("I. One"), field("PAGEREF x", &r("3")));
    let body = p("Toc1", &field("TOC", &entry)) + &p("H1", &r("One"));
    let inspection = inspect(&body, "");
    assert_eq!(lines(&inspection.fragments), ["heading-1 [I.] One"]);
    assert_eq!(inspection.facts.contents, [(1, "I. One".to_owned())]);
    assert_eq!(inspection.facts.bookmarks, [(1, "I. One".to_owned())]);
}

#[test]
fn notes_follow_in_the_order_of_reference() {
    let reference = |id| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let note = |id, text: &str| {
        format!(r#"<w:footnote w:id="{id}">{}{}</w:footnote>"#, p("Foot", &r(text)), p("Foot", &r("more")))
    };
    let body = p("", &(r("a") + &reference(7) + &r(" b") + &reference(2)));
    let inspection = inspect(&body, &(note(2, "two") + &note(7, "seven") + &note(9, "unused")));
    assert_eq!(
        lines(&inspection.fragments),
        ["body a b ^[1, 2]", "note [1] seven", "note more", "note [2] two", "note more"]
    );
    assert_eq!(inspection.facts.notes, 2);
}

#[test]
fn cells_know_their_row_and_pictures_their_text() {
    let cell = |text| format!("<w:tc><w:tcPr/>{}</w:tc>", p("", &r(text)));
    let picture = |extension: &str| {
        format!(
            r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A map">{extension}</wp:docPr></wp:inline></w:drawing></w:r>"#
        )
    };
    let decorative = r#"<a:extLst><a:ext uri="x"><adec:decorative val="1"/></a:ext></a:extLst>"#;
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr><w:tr>{}</w:tr><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{}</w:tr></w:tbl>{}{}",
        cell("Year"),
        cell("2024"),
        cell("gone"),
        p("", &picture("")),
        p("", &picture(decorative))
    );
    let inspection = inspect(&body, "");
    assert_eq!(lines(&inspection.fragments), ["table-header Year", "table-cell 2024", "figure A map"]);
    let count = |name| inspection.facts.tagged(name);
    assert_eq!([count("Table"), count("TR"), count("TH"), count("TD"), count("Figure")], [1, 2, 1, 1, 1]);
}

#[test]
fn what_is_hostile_is_an_error() {
    let deep = format!("{}{}", "<w:sdt>".repeat(300), "</w:sdt>".repeat(300));
    assert!(read(&package(&deep, "")).expect_err("too deep").0.contains("nested"));
    assert!(read(b"PK\x03\x04").is_err());
    let bomb = format!("<!--{}-->", " ".repeat(65 << 20));
    assert!(read(&package(&bomb, "")).expect_err("a bomb").0.contains("larger"));
}
