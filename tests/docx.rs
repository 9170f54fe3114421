//! Finished Word documents taken apart: what a program other than Word would let pass and Word would not.

#[path = "docx/hyphens.rs"]
mod hyphens;
#[path = "docx/package.rs"]
mod package;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use package::{Element, Package};
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Format, Location, MemoryWorld, Start, SystemWorld, World};

/// Projects beneath this crate's root, and the drafts that are made to be hard.
const PROJECTS: &[&str] = &[".", "tests/conformance/constructs", "tests/corpora/small"];
const STORIES: &[&str] = &["word/document.xml", "word/footnotes.xml"];

fn build(world: &dyn World, entry: &project::Entry) -> Vec<u8> {
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(vec![Format::Docx]),
        name: "report".to_owned(),
    };
    let built = pipeline::build(world, project::load(world, entry), &request, &|_| {});
    let report = built.report.unwrap_or_else(|| panic!("{:?}", built.diagnostics));
    report.files.into_iter().next().expect("one file").bytes
}

/// Every document that the tests look into, by name.
fn documents() -> &'static [(String, Package)] {
    static DOCUMENTS: LazyLock<Vec<(String, Package)>> = LazyLock::new(|| {
        let mut documents: Vec<_> = PROJECTS.iter().map(|path| (path.to_string(), of_project(path))).collect();
        documents.push(("hard".to_owned(), Package::open(&hard())));
        documents
    });
    &DOCUMENTS
}

fn of_project(path: &str) -> Package {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Location { root, entry } = project::locate(Start::Named(&folder)).expect("a project");
    let world = SystemWorld::open(&root).expect("it can be read");
    Package::open(&build(&world, &entry))
}

fn hard() -> Vec<u8> {
    let files = [
        ("01-hard.md", include_str!("docx/hard.md").as_bytes().to_vec()),
        ("dot.png", include_bytes!("docx/dot.png").to_vec()),
    ];
    build(&MemoryWorld::new(files), &project::Entry::Folder)
}

fn named<'e>(elements: &'e [Element], name: &str) -> impl Iterator<Item = &'e Element> {
    elements.iter().filter(move |element| element.name == name)
}

#[test]
fn every_relationship_leads_somewhere_and_every_id_is_one() {
    for (name, package) in documents() {
        let mut targets = BTreeSet::new();
        for part in package.names().filter(|part| part.ends_with(".rels")) {
            let (folder, _) = part.split_once("_rels/").expect("beside its part");
            for relationship in package.elements(part).iter().skip(1) {
                let target = relationship.must("Target");
                if relationship.get("TargetMode") != Some("External") {
                    // ECMA-376 part 2, 6.2.2: relative to the part that it starts from.
                    let path = target.strip_prefix("../").map_or(format!("{folder}{target}"), str::to_owned);
                    assert!(package.has(&path), "{name}: {part} leads to {target}");
                    targets.insert(path);
                }
            }
        }
        for part in package.names().filter(|part| !part.ends_with(".rels") && *part != "[Content_Types].xml") {
            assert!(targets.contains(part), "{name}: nothing leads to {part}");
        }
        for part in STORIES {
            let (folder, file) = part.split_once('/').expect("in a folder");
            let relationships = package.elements(&format!("{folder}/_rels/{file}.rels"));
            let ids: BTreeSet<&str> = relationships.iter().skip(1).map(|element| element.must("Id")).collect();
            for element in package.elements(part) {
                for key in ["r:id", "r:embed"] {
                    assert!(element.get(key).is_none_or(|id| ids.contains(id)), "{name}: {element:?}");
                }
            }
        }
    }
}

#[test]
fn every_part_has_a_content_type() {
    for (name, package) in documents() {
        let types = package.elements("[Content_Types].xml");
        let extensions: BTreeSet<&str> = named(&types, "Default").map(|element| element.must("Extension")).collect();
        let parts: BTreeSet<&str> = named(&types, "Override").map(|element| element.must("PartName")).collect();
        for part in package.names().filter(|part| *part != "[Content_Types].xml") {
            let extension = part.rsplit('.').next().expect("an extension");
            let known =
                parts.contains(format!("/{part}").as_str()) || extension != "xml" && extensions.contains(extension);
            assert!(known, "{name}: {part}");
        }
        assert!(parts.iter().all(|part| package.has(&part[1..])), "{name}");
    }
}

#[test]
fn every_style_and_list_used_is_defined() {
    for (name, package) in documents() {
        let styles = package.elements("word/styles.xml");
        let kinds: BTreeMap<&str, &str> =
            named(&styles, "w:style").map(|style| (style.must("w:styleId"), style.must("w:type"))).collect();
        let names: BTreeSet<String> = named(&styles, "w:name").map(|name| name.must("w:val").to_lowercase()).collect();
        assert_eq!(names.len(), kinds.len(), "{name}: two styles of one name");
        let numbering = package.elements("word/numbering.xml");
        let lists: BTreeSet<&str> = named(&numbering, "w:num").map(|list| list.must("w:numId")).collect();
        let looks: BTreeSet<&str> =
            named(&numbering, "w:abstractNum").map(|list| list.must("w:abstractNumId")).collect();
        assert!(named(&numbering, "w:abstractNumId").all(|list| looks.contains(list.must("w:val"))), "{name}");
        let parts =
            STORIES.iter().chain(&["word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/footer1.xml"]);
        for element in parts.flat_map(|part| package.elements(part)) {
            let kind = match element.name.as_str() {
                "w:pStyle" | "w:next" => "paragraph",
                "w:rStyle" => "character",
                "w:tblStyle" => "table",
                "w:basedOn" => {
                    assert!(kinds.contains_key(element.must("w:val")), "{name}: {element:?}");
                    continue;
                }
                "w:numId" => {
                    let in_style = element.around.first().is_some_and(|root| root == "w:styles");
                    let taken_away = element.must("w:val") == "0" && in_style;
                    assert!(taken_away || lists.contains(element.must("w:val")), "{name}: {element:?}");
                    continue;
                }
                _ => continue,
            };
            assert_eq!(kinds.get(element.must("w:val")), Some(&kind), "{name}: {element:?}");
        }
    }
}

#[test]
fn bookmarks_are_valid_and_everything_that_names_one_finds_it() {
    for (name, package) in documents() {
        let elements: Vec<Element> = STORIES.iter().flat_map(|part| package.elements(part)).collect();
        let mut ids = BTreeSet::new();
        let mut bookmarks = BTreeSet::new();
        for bookmark in named(&elements, "w:bookmarkStart") {
            let label = bookmark.must("w:name");
            assert!(ids.insert(bookmark.must("w:id")), "{name}: id of {label}");
            assert!(bookmarks.insert(label.to_lowercase()), "{name}: {label} twice");
            let valid = label.starts_with(|c: char| c.is_ascii_alphabetic())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && label.len() <= 40;
            assert!(valid, "{name}: {label}");
        }
        let ends: BTreeSet<&str> = named(&elements, "w:bookmarkEnd").map(|end| end.must("w:id")).collect();
        assert_eq!(ids, ends, "{name}");
        for link in named(&elements, "w:hyperlink").filter_map(|link| link.get("w:anchor")) {
            assert!(bookmarks.contains(&link.to_lowercase()), "{name}: a link to {link}");
        }
        for instruction in named(&elements, "w:instrText") {
            check_instruction(name, &instruction.text, &bookmarks);
        }
    }
}

/// Only what the program itself says: a field's name, a bookmark of ours, switches.
fn check_instruction(document: &str, instruction: &str, bookmarks: &BTreeSet<String>) {
    let words: Vec<&str> = instruction.split_whitespace().collect();
    match words.as_slice() {
        ["TOC", "\\o", depth, "\\h", "\\z", "\\u"] => assert!(depth.starts_with("\"1-"), "{document}: {instruction}"),
        ["TOC", "\\h", "\\z", "\\c", name] => {
            assert!(["\"Figure\"", "\"Table\"", "\"Recommendation\""].contains(name), "{document}: {instruction}");
        }
        ["STYLEREF", "1", "\\n"] => {}
        ["SEQ", name, "\\*", "ARABIC"] => assert!(name.chars().all(|c| c.is_ascii_alphabetic()), "{document}"),
        ["PAGEREF" | "REF" | "NOTEREF", bookmark, switches @ ..] => {
            assert!(bookmarks.contains(&bookmark.to_lowercase()), "{document}: {instruction}");
            let known = ["\\h", "\\n", "\\w", "\\*", "MERGEFORMAT"];
            assert!(switches.iter().all(|switch| known.contains(switch)), "{document}: {instruction}");
        }
        _ => panic!("{document}: {instruction}"),
    }
}

#[test]
fn a_chapter_within_a_caption_is_the_number_that_word_gives_its_heading() {
    let draft = "# One\n\n![A](dot.png \"In it\")\n\n# Two {.unnumbered}\n\n![B](dot.png \"Out of it\")\n";
    let annex = "---\nkind: annex\n---\n\n# An annex\n\n![C](dot.png \"Annexed\")\n";
    let world = MemoryWorld::new([
        ("rapporteur.toml", b"[numbering]\nheadings = \"decimal\"\nfigures = \"by-chapter\"\n".as_slice()),
        ("drafts/a.md", draft.as_bytes()),
        ("drafts/b.md", annex.as_bytes()),
        ("drafts/dot.png", include_bytes!("docx/dot.png")),
    ]);
    let package = Package::open(&build(&world, &project::Entry::Configuration));
    let document = package.text("word/document.xml");
    assert_eq!(document.matches(" STYLEREF 1 \\n ").count(), 1);
    assert!(document.contains(">A.</w:t>"), "an annex's letter is text: its heading has words, too");
}

#[test]
fn every_note_is_referred_to_once_and_its_number_is_the_right_one() {
    for (name, package) in documents() {
        let body = package.elements("word/document.xml");
        let references: Vec<&str> = named(&body, "w:footnoteReference").map(|note| note.must("w:id")).collect();
        let notes = package.elements("word/footnotes.xml");
        let written: BTreeSet<&str> = named(&notes, "w:footnote")
            .filter(|note| note.get("w:type").is_none())
            .map(|note| note.must("w:id"))
            .collect();
        assert_eq!(references.iter().copied().collect::<BTreeSet<_>>(), written, "{name}");
        assert_eq!(references.len(), written.len(), "{name}: {references:?}");
        // Word counts those without a mark of their own; ids are the numbers that the report gives.
        let by_word = named(&body, "w:footnoteReference").filter(|note| note.get("w:customMarkFollows").is_none());
        for (count, note) in by_word.enumerate() {
            assert_eq!(note.must("w:id"), (count + 1).to_string(), "{name}");
        }
        assert!(named(&notes, "w:footnoteReference").next().is_none(), "{name}: a note within a note");
    }
}

#[test]
fn cells_end_in_paragraphs_and_tables_do_not_touch() {
    for (name, package) in documents() {
        for part in STORIES {
            let text = package.text(part);
            assert!(!text.contains("</w:tbl></w:tc>"), "{name}: {part}");
            assert!(!text.contains("<w:tc></w:tc>") && !text.contains("</w:tcPr></w:tc>"), "{name}: {part}");
            assert!(!text.contains("</w:tbl><w:tbl>"), "{name}: {part}");
            assert!(!text.contains("</w:tbl><w:sectPr>") && !text.contains("</w:tbl></w:footnote>"), "{name}: {part}");
        }
    }
}

#[test]
fn every_row_covers_every_column() {
    for (name, package) in documents() {
        for part in STORIES {
            check_rows(name, &package.elements(part));
        }
    }
}

fn check_rows(name: &str, elements: &[Element]) {
    // Innermost table last: its columns, and those covered by the row at hand.
    let mut tables: Vec<(usize, usize, usize)> = Vec::new();
    let close = |tables: &mut Vec<(usize, usize, usize)>, depth: usize| {
        while tables.last().is_some_and(|(at, ..)| *at >= depth) {
            let (_, columns, covered) = tables.pop().expect("there is one");
            assert_eq!(columns, covered, "{name}");
        }
    };
    for element in elements {
        let depth = element.around.len();
        match element.name.as_str() {
            "w:tbl" => {
                close(&mut tables, depth);
                tables.push((depth, 0, 0));
            }
            "w:gridCol" => tables.last_mut().expect("in a table").1 += 1,
            "w:tr" => {
                close(&mut tables, depth);
                let (_, columns, covered) = tables.last_mut().expect("in a table");
                assert!(*covered == 0 || covered == columns, "{name}: {covered} of {columns}");
                *covered = 0;
            }
            "w:tc" => {
                close(&mut tables, depth - 1);
                tables.last_mut().expect("in a table").2 += 1;
            }
            "w:gridSpan" => {
                let span: usize = element.must("w:val").parse().expect("a number");
                tables.last_mut().expect("in a table").2 += span - 1;
            }
            _ => {}
        }
    }
    close(&mut tables, 0);
}

#[test]
fn pictures_have_ids_of_their_own_and_words_or_are_decoration() {
    for (name, package) in documents() {
        let elements: Vec<Element> = STORIES.iter().flat_map(|part| package.elements(part)).collect();
        let decorative = named(&elements, "adec:decorative").count();
        let properties: Vec<&Element> = named(&elements, "wp:docPr").collect();
        let ids: BTreeSet<&str> = properties.iter().map(|picture| picture.must("id")).collect();
        assert_eq!(ids.len(), properties.len(), "{name}");
        let silent = properties.iter().filter(|picture| picture.get("descr").is_none_or(str::is_empty)).count();
        assert_eq!(silent, decorative, "{name}");
    }
}

/// An independent reader finds the words where they belong.
#[test]
fn docx_rs_reads_it() {
    let docx = docx_rs::read_docx(&hard()).expect("it reads");
    let mut headings = Vec::new();
    let mut tables = 0;
    for child in &docx.document.children {
        if let docx_rs::DocumentChild::Paragraph(paragraph) = child {
            let style = paragraph.property.style.as_ref().map(|style| style.val.as_str()).unwrap_or_default();
            if style.contains("Heading") && style != "TOCHeading" {
                headings.push((style.to_owned(), paragraph.raw_text()));
            }
        }
        tables += usize::from(matches!(child, docx_rs::DocumentChild::Table(_)));
    }
    let expected: Vec<(&str, &str)> = vec![
        ("Heading1", "Hard things"),
        ("Heading2", "Numbered"),
        ("UnnumberedHeading1", "Between"),
        ("UnnumberedHeading2", "Anew"),
        ("Heading1", "After"),
    ];
    let found: Vec<(&str, &str)> = headings.iter().map(|(style, text)| (style.as_str(), text.trim())).collect();
    assert_eq!(found, expected);
    assert_eq!(tables, 4);
}
