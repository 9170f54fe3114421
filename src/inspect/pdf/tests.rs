use proptest::prelude::*;

use super::{foreign, load, plain, read, read_facts};
use crate::inspect::{Fragment, Inspection};

/// A tagged file of one page. Its font maps each byte to itself; `content` and `elements` are what a case brings.
/// It has no table of references: lopdf finds the objects by itself.
fn file(content: &str, root: &str, elements: &[&str]) -> Vec<u8> {
    let map = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange";
    let stream = |data: &str| format!("<< /Length {} >>\nstream\n{data}\nendstream", data.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R /Lang (en) /Outlines 7 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        stream(content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /X /ToUnicode 9 0 R >>".to_owned(),
        format!("<< /Type /StructTreeRoot /K {root} >>"),
        "<< /Type /Outlines /First 8 0 R >>".to_owned(),
        "<< /Title (One) /First 8 0 R /Next 8 0 R >>".to_owned(),
        stream(map),
    ];
    objects.extend(elements.iter().map(|element| format!("<< /Type /StructElem /Pg 3 0 R {element} >>")));
    let mut out = "%PDF-1.7\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    out.push_str("trailer << /Root 1 0 R /Size 99 >>\n%%EOF\n");
    out.into_bytes()
}

/// The same with a table that says where each object stands, as a build writes it.
fn with_table(file: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(file).expect("it is made of letters");
    let body = text.split("trailer").next().expect("it has a beginning").to_owned();
    let mut table = "0000000000 65535 f\r\n".to_owned();
    let places = (1..).map_while(|number| body.find(&format!("\n{number} 0 obj")));
    let places: Vec<usize> = places.collect();
    places.iter().for_each(|at| table.push_str(&format!("{:010} 00000 n\r\n", at + 1)));
    let (at, size) = (body.len(), places.len() + 1);
    format!("{body}xref\n0 {size}\n{table}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{at}\n%%EOF").into_bytes()
}

fn inspect(content: &str, root: &str, elements: &[&str]) -> Inspection {
    read(&file(content, root, elements)).expect("a file that can be read")
}

fn lines(fragments: &[Fragment]) -> Vec<String> {
    let line = |f: &Fragment| {
        let number = f.number.as_ref().map(|n| format!(" [{n}]")).unwrap_or_default();
        let notes = if f.notes.is_empty() { String::new() } else { format!(" ^[{}]", f.notes.join(", ")) };
        format!("{}{number} {}{notes}", f.role.name(), f.text).trim_end().to_owned()
    };
    fragments.iter().map(line).collect()
}

/// Marked content 0, 1, 2 … of these texts.
fn shown(texts: &[&str]) -> String {
    let text = |(id, text): (usize, &&str)| format!("/P <</MCID {id}>> BDC BT /F 10 Tf ({text}) Tj ET EMC\n");
    texts.iter().enumerate().map(text).collect()
}

#[test]
fn structure_elements_have_roles() {
    for (texts, elements, expected) in [
        (&["a b"][..], &["/S /P /K 0"][..], &["body a b"][..]),
        (&["I.", "One"], &["/S /H1 /K [11 0 R 1]", "/S /Lbl /K 0"], &["heading-1 [I.] One"]),
        (&["q"], &["/S /BlockQuote /K 11 0 R", "/S /P /K 0"], &["quote q"]),
        (
            &["-", "x"],
            &[
                "/S /L /K 11 0 R /A << /O /List /ListNumbering /Disc >>",
                "/S /LI /K [12 0 R 13 0 R]",
                "/S /Lbl /K 0",
                "/S /LBody /K 1",
            ],
            &["list-item [-] x"],
        ),
        (
            &["t", "d"],
            &["/S /L /K 11 0 R", "/S /LI /K [12 0 R 13 0 R]", "/S /Lbl /K 0", "/S /LBody /K 1"],
            &["term t", "description d"],
        ),
        (&["a", "b"], &["/S /Code /K [11 0 R 12 0 R]", "/S /P /K 0", "/S /P /K 1"], &["code a\nb"]),
        (&[], &["/S /Figure /Alt (A map)"], &["figure A map"]),
        (&["x"], &["/S /P /ActualText (y) /K 0"], &["body y"]),
        (&["x"], &["/S /P /ActualText <FEFF0079> /K 0"], &["body y"]),
        (
            &["h", "d"],
            &["/S /TR /K [11 0 R 12 0 R]", "/S /TH /K 0", "/S /TD /K 1"],
            &["table-header h", "table-cell d"],
        ),
        (&["Table 1", "c"], &["/S /Caption /K [11 0 R 1]", "/S /Lbl /K 0"], &["caption Table 1 c"]),
        (
            &["x", "2", "2", "n"],
            &[
                "/S /P /K [0 11 0 R 13 0 R]",
                "/S /Link /K 12 0 R",
                "/S /Lbl /K 1",
                "/S /Note /K [14 0 R 3]",
                "/S /Link /K 15 0 R",
                "/S /Lbl /K 2",
            ],
            &["body x ^[2]", "note [2] n"],
        ),
    ] {
        let inspection = inspect(&shown(texts), "10 0 R", elements);
        assert_eq!(lines(&inspection.fragments), expected, "{elements:?}");
        let file = with_table(&file(&shown(texts), "10 0 R", elements));
        let read = plain::read(&file).expect("it is plain");
        assert!(read == foreign::file(&load(&file).expect("it can be read")), "{elements:?}");
        assert_eq!(read_facts(&file).expect("it can be read"), inspection.facts, "{elements:?}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_lopdf() {
    let whole = with_table(&file("", "10 0 R", &["/S /P"]));
    let text = String::from_utf8(whole).expect("it is made of letters");
    assert!(plain::read(text.as_bytes()).is_some());
    for (from, to) in [
        ("trailer\n<<", "trailer\n<< /Prev 1"),
        ("trailer\n<<", "trailer\n<< /Encrypt 1 0 R"),
        ("<< /Length 0 >>", "<</Type/ObjStm>>"),
        ("10 0 obj", "10 1 obj"),
        ("0000000009", "0000000010"),
        ("endstream", "endstreams"),
        ("startxref\n", "startxref\n1"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert!(changed != text && plain::read(changed.as_bytes()).is_none(), "{to}");
    }
}

#[test]
fn contents_are_apart() {
    let elements =
        ["/S /Document /K [11 0 R 12 0 R 14 0 R]", "/S /H1 /K 0", "/S /TOC /K 13 0 R", "/S /TOCI /K 1", "/S /P /K 2"];
    let inspection = inspect(&shown(&["Contents", "I. One 3", "x"]), "10 0 R", &elements);
    assert_eq!(lines(&inspection.fragments), ["body x"]);
    assert_eq!(inspection.facts.contents, [(1, "I. One 3".to_owned())]);
}

#[test]
fn lines_end_in_spaces_and_artifacts_are_no_text() {
    let content = "/Artifact BMC BT /F 10 Tf (running head) Tj ET EMC /P <</MCID 0>> BDC BT /F 10 Tf \
                   1 0 0 1 0 700 Tm (one) Tj 1 0 0 1 0 704 Tm (2) Tj 1 0 0 1 0 680 Tm (two) Tj \
                   /Span <</ActualText (three)>> BDC (xx) Tj EMC [(f) 20 (our)] TJ ET EMC";
    assert_eq!(lines(&inspect(content, "10 0 R", &["/S /P /K 0"]).fragments), ["body one2 twothreefour"]);
}

#[test]
fn circles_end() {
    let inspection =
        inspect(&shown(&["x"]), "[10 0 R 10 0 R]", &["/S /Div /K [10 0 R 11 0 R 0]", "/S /P /K [10 0 R 11 0 R]"]);
    assert_eq!(lines(&inspection.fragments), ["body x"]);
    assert_eq!(inspection.facts.bookmarks, [(1, "One".to_owned())]);
}

#[test]
fn what_is_hostile_is_an_error_or_nothing() {
    assert!(read(b"%PDF-1.7\n").is_err());
    assert!(read(b"%PDF-1.7\ntrailer << /Root 1 0 R >>").is_err());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let _ = read(&file("", &deep, &[]));
    let chain: Vec<String> = (0..5_000).map(|at| format!("/S /Div /K {} 0 R", at + 11)).collect();
    let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
    assert!(inspect("", "10 0 R", &chain).fragments.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing in this file is compressed, so that damage reaches every part of it.
    #[test]
    fn damage_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(SIGNS)), 1..8)) {
        let texts = ["I.", "One", "x", "2", "n"];
        let elements = ["/S /Document /K [11 0 R 13 0 R]", "/S /H1 /K [12 0 R 1]", "/S /Lbl /K 0", "/S /P /K [2 14 0 R]", "/S /Note /K [3 4]"];
        let mut bytes = file(&shown(&texts), "10 0 R", &elements);
        for (at, sign) in changes {
            let at = at.index(bytes.len());
            bytes.splice(at..(at + sign.len()).min(bytes.len()), sign.bytes());
        }
        let _ = read(&bytes);
        let _ = read_facts(&bytes);
    }

    /// Where the table still leads to objects, they are read one way or the other.
    #[test]
    fn damage_behind_a_table_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(SIGNS)), 1..8)) {
        let elements = ["/S /Document /K [11 0 R 13 0 R]", "/S /H1 /K [12 0 R 1]", "/S /Lbl /K 0", "/S /P /K [2 14 0 R]", "/S /Note /K [3 4]"];
        let mut bytes = with_table(&file(&shown(&["I.", "One"]), "10 0 R", &elements));
        for (at, sign) in changes {
            let at = at.index(bytes.len() - sign.len());
            bytes[at..at + sign.len()].copy_from_slice(sign.as_bytes());
        }
        let _ = read_facts(&bytes);
    }
}

/// What means something to a reader of PDF.
const SIGNS: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "/",
    "0",
    "9999999999",
    "-1",
    " R",
    "<",
    ">",
    "\u{0}",
    "/K 10 0 R",
    "stream\n",
    "endobj",
    "/Length 99999",
];
