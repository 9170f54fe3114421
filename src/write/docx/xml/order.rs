//! Every property container, all of it filled in, held against the sequences of the schema (ECMA-376 part 1, annex A).

use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;
use crate::document::{Direction, Pt, StandingKind};
use crate::style::Color;

const PARAGRAPH: &str = "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid \
    spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl \
    divId cnfStyle rPr sectPr pPrChange";
const MARK: &str = "ins del moveFrom moveTo";
const RUN: &str = "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid \
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
    eastAsianLayout specVanish oMath rPrChange";
const TABLE: &str = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing \
    tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription";
const CELL: &str =
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark";
const ROW: &str = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden ins del trPrChange";
const SECTION: &str = "headerReference headerReference footerReference footerReference footnotePr endnotePr type pgSz pgMar \
    paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid";
const SETTINGS: &str = "writeProtection view zoom removePersonalInformation embedTrueTypeFonts embedSystemFonts saveSubsetFonts \
    mirrorMargins trackRevisions defaultTabStop autoHyphenation evenAndOddHeaders characterSpacingControl updateFields \
    footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping decimalSymbol listSeparator";
const LEVEL: &str = "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr";
const STYLE: &str = "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked \
    pPr rPr tblPr trPr tcPr tblStylePr";
const BORDERS: &str = "top left bottom right between bar";
const TABLE_BORDERS: &str = "top left bottom right insideH insideV";

/// Names of the elements directly within the first element called `container`.
fn children(xml: &str, container: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        let (name, empty) = match reader.read_event().expect("well-formed") {
            Event::Start(start) => (start.name().as_ref().to_owned(), false),
            Event::Empty(start) => (start.name().as_ref().to_owned(), true),
            Event::End(_) => {
                if open.pop().as_deref() == Some(container) {
                    return found;
                }
                continue;
            }
            Event::Eof => return found,
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => continue,
        };
        if open.last().map(String::as_str) == Some(container) {
            found.push(name.trim_start_matches("w:").to_owned());
        }
        if !empty {
            open.push(name);
        }
    }
}

/// All children stand in the order of `sequence`, and there are as many as `count`.
fn check(write: impl FnOnce(&mut Xml), container: &str, sequence: &str, count: usize) {
    let mut xml = Xml::default();
    write(&mut xml);
    let text = String::from_utf8(xml.into_bytes()).expect("UTF-8");
    let children = children(&text, container);
    assert_eq!(children.len(), count, "{container}: {children:?}");
    let mut sequence = sequence.split_whitespace();
    for child in &children {
        assert!(sequence.any(|name| name == child), "{container}: {child} stands too late in {children:?}");
    }
}

fn border() -> Border {
    Border::single(Pt(1.0), Pt(2.0), color())
}

fn color() -> Color {
    Color { red: 1, green: 2, blue: 3 }
}

fn paragraph() -> ParagraphProperties {
    let line = Some(border());
    ParagraphProperties {
        style: Some("S".to_owned()),
        keep_next: Some(true),
        keep_lines: Some(true),
        page_break_before: Some(false),
        at_page_foot: Some(Pt(1.0)),
        widow_control: Some(true),
        list: Some(ListReference { list: 1, level: Some(0) }),
        borders: Some(ParagraphBorders { top: line, left: line, bottom: line, right: line, between: line }),
        fill: Some(color()),
        whole_words: Some(true),
        tabs: vec![Tab { position: Pt(1.0), alignment: TabAlignment::Right, leader: Leader::Dot }],
        direction: Some(Direction::RightToLeft),
        spacing: Spacing { before: Some(Pt(1.0)), after: None, line: Some(LineHeight::Exactly(Pt(2.0))) },
        indent: Some(Indent { start: Pt(1.0), end: Pt(2.0), hang: Pt(3.0) }),
        contextual_spacing: Some(true),
        alignment: Some(TextAlignment::End),
        outline_level: Some(0),
        ends: vec![tracked(StandingKind::Inserted), tracked(StandingKind::Deleted)],
        mark: RunProperties::default(),
        section: Some(section()),
        change: Some(Box::new(ParagraphChange { revision: revision(), was: ParagraphProperties::default() })),
    }
}

fn run() -> RunProperties {
    RunProperties {
        style: Some("S".to_owned()),
        font: Some(RunFonts::all("F")),
        bold: Some(true),
        italic: Some(false),
        strike: Some(true),
        no_proof: Some(true),
        web_hidden: Some(true),
        color: Some(color()),
        size: Some(Pt(9.5)),
        underline: Some(true),
        border: Some(border()),
        fill: Some(color()),
        vertical: Some(VerticalAlignment::Subscript),
        right_to_left: true,
        language: Some(language()),
        change: Some(Box::new(RunChange { revision: revision(), number: 1, was: RunProperties::default() })),
    }
}

fn revision() -> Revision {
    Revision { id: 1, author: "A".to_owned(), time: Some(0) }
}

fn tracked(kind: StandingKind) -> Tracked {
    Tracked { kind, revision: revision() }
}

fn language() -> RunLanguage {
    RunLanguage { latin: "en".to_owned(), east_asian: Some("zh-CN".to_owned()), complex: Some("ar-SA".to_owned()) }
}

fn section() -> SectionProperties {
    let stories = StoryReferences { first: "rId1".to_owned(), others: "rId2".to_owned() };
    let direction = Direction::RightToLeft;
    let [width, height, top, margin_end, bottom, margin_start, header, footer] = [Pt(10.0); 8];
    let (headers, footers) = (stories.clone(), stories);
    let notes = Some(NoteNumbering { format: LevelFormat::LowerLetter, start: Some(2) });
    let (start, title_page) = (SectionStart::Here, true);
    SectionProperties {
        notes,
        start,
        title_page,
        headers,
        footers,
        orientation: PaperOrientation::Landscape,
        width,
        height,
        top,
        margin_end,
        bottom,
        margin_start,
        direction,
        header,
        footer,
    }
}

fn table() -> TableProperties {
    let line = Some(border());
    TableProperties {
        style: Some("T".to_owned()),
        direction: Direction::RightToLeft,
        width: Some(Pt(1.0)),
        indent: Some(Pt(1.0)),
        borders: Some(TableBorders { top: line, start: line, bottom: line, end: line, inside: line }),
        margins: Some(CellMargins { vertical: Pt(1.0), horizontal: Pt(1.0) }),
        look: Some(Look { first_row: true, first_column: false }),
        caption: Some("C".to_owned()),
        description: Some("D".to_owned()),
    }
}

fn cell() -> CellProperties {
    let line = Some(border());
    CellProperties {
        width: Some(Pt(1.0)),
        span: Some(2),
        merge: Some(VerticalMerge::Restart),
        borders: Some(TableBorders { top: line, start: line, bottom: line, end: line, inside: line }),
        fill: Some(color()),
        start_margin: Some(Pt(1.0)),
        end_margin: Some(Pt(1.0)),
    }
}

#[test]
fn paragraphs_and_runs() {
    check(|xml| paragraph().write(xml), "w:pPr", PARAGRAPH, 20);
    check(|xml| ParagraphProperties { change: None, ..paragraph() }.write(xml), "w:rPr", MARK, 2);
    check(|xml| paragraph().write(xml), "w:pBdr", BORDERS, 5);
    check(|xml| section().write(xml), "w:sectPr", SECTION, 11);
    check(|xml| section().write(xml), "w:footnotePr", "pos numFmt numStart numRestart", 3);
    check(|xml| run().write(xml), "w:rPr", RUN, 19);
}

#[test]
fn tables() {
    check(|xml| table().write(xml), "w:tblPr", TABLE, 10);
    check(|xml| table().write(xml), "w:tblBorders", TABLE_BORDERS, 5);
    check(|xml| table().write(xml), "w:tblCellMar", "top left bottom right", 4);
    check(
        |xml| {
            RowProperties { cant_split: true, header: true, tracked: Some(tracked(StandingKind::Deleted)) }.write(xml)
        },
        "w:trPr",
        ROW,
        3,
    );
    check(|xml| cell().write(xml), "w:tcPr", CELL, 6);
    check(|xml| cell().write(xml), "w:tcMar", "top left bottom right", 2);
}

#[test]
fn lists_styles_and_settings() {
    let level = Level {
        format: LevelFormat::Decimal,
        style: Some("S".to_owned()),
        suffix: LevelSuffix::Space,
        text: "%1.".to_owned(),
        indent: Indent::NONE,
        tabs: Vec::new(),
        run: run(),
    };
    let list = AbstractList { id: 0, levels: vec![level] };
    check(|xml| list.write(xml), "w:lvl", LEVEL, 8);
    check(|xml| list.write(xml), "w:abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl", 4);
    let instance = ListInstance { id: 1, list: 0, starts: vec![(0, 3)] };
    check(|xml| instance.write(xml), "w:num", "abstractNumId lvlOverride", 2);
    let style = StyleDefinition {
        kind: StyleKind::Table,
        id: "T".to_owned(),
        name: "T".to_owned(),
        default: false,
        builtin: true,
        based_on: Some("B".to_owned()),
        next: Some("N".to_owned()),
        priority: 1,
        quick: false,
        paragraph: paragraph(),
        run: run(),
        table: Some(TableLook { table: table(), first_row: Some(TableConditional { run: run(), cell: cell() }) }),
    };
    check(|xml| style.write(xml), "w:style", STYLE, 9);
    check(|xml| style.write(xml), "w:tblStylePr", "pPr rPr tblPr trPr tcPr", 2);
    let settings = Settings {
        embed_fonts: true,
        track_revisions: true,
        default_tab: Pt(36.0),
        hyphenate: true,
        language: language(),
    };
    check(|xml| xml.element("w:settings", &[], |xml| settings.write(xml)), "w:settings", SETTINGS, 12);
}
