//! The writer as a whole: what it generates is what Typst sets.

mod fixture;

use fixture::Fixture;
use proptest::prelude::*;
use typst_layout::PagedDocument;

use super::{Pdf, write};
use crate::document::{BlockKind, Box, BoxKind, Details, Inline, InlineKind};
use crate::resolve::{
    Anchor, BoxInfo, CodeTokenKind, HeadingPlace, LinkTarget, ParagraphInfo, ResolvedDocument, WebAddress,
};
use crate::style::{FontSet, bundled};

fn set(doc: &ResolvedDocument) -> Pdf {
    let style = bundled("report").expect("bundled");
    let pdf = write(doc, style, &FontSet::bundled()).unwrap_or_else(|errors| {
        let list: Vec<_> = errors.iter().map(|error| format!("{error:?}")).collect();
        panic!("{}", list.join("\n"));
    });
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
    pdf
}

fn constructs() -> Fixture {
    let mut f = Fixture::new("constructs");
    f.front();
    f.introduction();
    f.findings();
    f.boxes();
    f.rest();
    f
}

type Wrap = fn(Vec<Inline>) -> InlineKind;

impl Fixture {
    fn front(&mut self) {
        let block = self.heading(1, None, HeadingPlace::Front, "Executive summary");
        self.add(block);
        let block = self.paragraph(&"The first paragraph of the summary says what the report is about. ".repeat(4));
        self.doc.paragraphs.insert(block.id, ParagraphInfo { lead: true, ..ParagraphInfo::default() });
        self.add(block);
    }

    fn introduction(&mut self) {
        let block = self.heading(1, Some("I."), HeadingPlace::Body, "Introduction");
        self.add(block);
        let body =
            vec![self.paragraph("A note of two paragraphs."), self.paragraph("The second paragraph of the note.")];
        let note = self.note(body);
        let words = self.text("A numbered paragraph with a note");
        let code = self.inline(InlineKind::Code("let x = 1;".to_owned()));
        let again = self.note_again(1, "fnref-1-2");
        let mut content = vec![words, note];
        let kinds: [(&str, Wrap); 6] = [
            (" strong", InlineKind::Strong),
            (" emphasis", InlineKind::Emphasis),
            (" struck", InlineKind::Strikethrough),
            (" marked", InlineKind::Highlight),
            ("raised", InlineKind::Superscript),
            ("lowered", InlineKind::Subscript),
        ];
        for (text, kind) in kinds {
            let text = self.text(text);
            content.push(self.inline(kind(vec![text])));
        }
        content.extend([self.text(" and "), code, again, self.text(", and a ")]);
        content.push(
            self.link(
                "link outside",
                LinkTarget::External(WebAddress::new("https://example.org/a").expect("an address")),
            ),
        );
        let struck = vec![self.text(" to "), self.link("chapter", LinkTarget::Internal(Anchor("chapter".to_owned())))];
        content.push(self.inline(InlineKind::Strikethrough(struck)));
        let block = self.numbered("1.", content);
        self.doc.anchors.insert(block.id, Anchor("chapter".to_owned()));
        self.add(block);
        let block = self
            .numbered_text("2.", &"A paragraph that is longer than a line and so shows how lines stand. ".repeat(5));
        self.add(block);
    }

    fn findings(&mut self) {
        let block = self.heading(2, Some("A."), HeadingPlace::Body, "Consistency and context");
        self.add(block);
        let (one, two) = (self.paragraph("First"), self.paragraph("Second"));
        let inner = self.list(1, &["\u{2022}", "\u{2022}"], vec![vec![one], vec![two]]);
        let outer = vec![self.paragraph("Outer"), inner];
        let last = vec![self.paragraph("Last")];
        let block = self.list(0, &["1.", "2."], vec![outer, last]);
        self.add(block);
        let quote = self
            .paragraph("A quotation that somebody made some time ago, and it is long enough for two lines of text.");
        let block = self.block(BlockKind::BlockQuote(vec![quote]));
        self.add(block);
        let block =
            self.table(Some("Years covered"), &[&["Year", "Meeting"], &["2017", "Geneva"], &["2024", "Riyadh"]]);
        self.add(block);
        let block = self.missing_figure("A map of things");
        self.add(block);
        let block = self.missing_figure("A picture of things");
        self.with_picture(block.id, 200.0, 60.0);
        self.add(block);
        let block = self.paragraph("Source: the map of things.");
        self.doc.paragraphs.insert(block.id, ParagraphInfo { source: true, ..ParagraphInfo::default() });
        self.add(block);
    }

    fn boxes(&mut self) {
        let kinds = [
            (BoxKind::Recommendation, Some("Recommendation"), Some("1"), true),
            (BoxKind::Statement, None, None, true),
            (BoxKind::Numbered, Some("Box"), Some("1"), true),
            (BoxKind::Note, Some("Note"), None, false),
            (BoxKind::Tip, Some("Tip"), None, false),
            (BoxKind::Important, Some("Important"), None, false),
            (BoxKind::Warning, Some("Warning"), None, false),
            (BoxKind::Caution, Some("Caution"), None, true),
        ];
        for (kind, label, number, titled) in kinds {
            let title = titled.then(|| vec![self.text("The title of the box")]);
            let blocks = vec![self.paragraph(&"What the box says. ".repeat(8)), self.paragraph("And more.")];
            let block = self.block(BlockKind::Box(Box { kind, title, blocks }));
            let info = BoxInfo { label: label.map(str::to_owned), number: number.map(str::to_owned) };
            self.doc.boxes.insert(block.id, info);
            self.add(block);
        }
    }

    fn rest(&mut self) {
        let block = self.code(&[
            (CodeTokenKind::Keyword, "fn"),
            (CodeTokenKind::Plain, " main() {\n\tprint_it("),
            (CodeTokenKind::String, "\"a very long text that is not broken: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""),
            (CodeTokenKind::Plain, ");\n\n}"),
            (CodeTokenKind::Comment, " // done"),
        ]);
        self.add(block);
        let term = vec![self.text("Term")];
        let details = vec![self.paragraph(&"What it means. ".repeat(12)), self.paragraph("More.")];
        let second = vec![self.text("Second term")];
        let short = vec![self.paragraph("Short.")];
        let block = self.descriptions(vec![(term, details), (second, short)]);
        self.add(block);
        let block = self.block(BlockKind::ThematicBreak);
        self.add(block);
        let summary = vec![self.text("Summary of details")];
        let blocks = vec![self.paragraph("What is unfolded.")];
        let block = self.block(BlockKind::Details(Details { summary, blocks }));
        self.add(block);
        for level in 3..=6 {
            let block = self.heading(level, Some("1."), HeadingPlace::Body, "A deep heading");
            let text = self.paragraph("Text beneath it.");
            self.add(block).add(text);
        }
        let block = self.heading(1, Some("Annex I."), HeadingPlace::Annex, "Sessions");
        self.add(block);
    }
}

#[test]
fn a_report_of_every_construct_is_set() {
    let pdf = set(&constructs().doc);
    assert!(pdf.pages.total >= 4);
}

/// The text that Typst's own parser reads in a literal.
fn read_literal(literal: &str) -> String {
    let root = typst::syntax::parse_code(literal);
    assert!(root.errors_and_warnings().0.is_empty(), "{literal}");
    let code: typst::syntax::ast::Code = root.cast().expect("code");
    let mut expressions = code.exprs();
    let Some(typst::syntax::ast::Expr::Str(text)) = expressions.next() else { panic!("not a literal: {literal}") };
    assert!(expressions.next().is_none(), "more than a literal: {literal}");
    text.get().to_string()
}

/// Every character on the pages, sorted, without white space.
fn characters(frame: &typst::layout::Frame, out: &mut Vec<char>) {
    for (_, item) in frame.items() {
        match item {
            typst::layout::FrameItem::Text(text) => out.extend(text.text.chars().filter(|c| !c.is_whitespace())),
            typst::layout::FrameItem::Group(group) => characters(&group.frame, out),
            typst::layout::FrameItem::Shape(..)
            | typst::layout::FrameItem::Image(..)
            | typst::layout::FrameItem::Link(..)
            | typst::layout::FrameItem::Tag(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_literal_is_read_back_as_the_text(text in ".{0,80}|(\\PC|[\"\\\\#$\\[\\]{}();\u{0}-\u{1f}]){0,40}") {
        let mut literal = String::new();
        super::escape::push_literal(&mut literal, &text);
        prop_assert_eq!(read_literal(&literal), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_set_as_that_text(text in "[\\x20-\\u{17f}]{0,60}|\\PC{0,60}|(.|[\u{ad}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{e000}\u{feff}]){0,40}|#read\\(\"/etc/passwd\"\\)|[a-z]{200}") {
        let mut f = Fixture::new("text");
        let title = f.heading(1, None, HeadingPlace::Body, "Title");
        let paragraph = f.paragraph(&text);
        let code = f.inline(InlineKind::Code(text.clone()));
        let code = f.block(BlockKind::Paragraph(vec![code]));
        let table = f.table(None, &[&["head", &text], &[&text, "data"]]);
        f.add(title).add(paragraph).add(code).add(table);
        set(&f.doc);
        let mut found = Vec::new();
        let (style, faces) = (bundled("report").expect("bundled"), FontSet::bundled());
        let generated = super::page::generate(&f.doc, style, &faces);
        let press = super::Press::new(generated.source, super::page::files(&f.doc, style, &faces), &faces);
        let laid_out = typst::compile::<PagedDocument>(&press).output.expect("it was set just now");
        for page in &laid_out.pages()[2..] {
            characters(&page.frame, &mut found);
        }
        let fonts = FontSet::bundled();
        let shown: String = super::escape::shown(&text).chars().map(|c| if fonts.covers(c) { c } else { '\u{fffd}' }).collect();
        let formless = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        for c in shown.chars().filter(|c| !c.is_whitespace() && !formless(c)) {
            let wanted = 4 * shown.matches(c).count();
            let count = found.iter().filter(|f| **f == c).count();
            prop_assert!(count >= wanted, "{:?}: {} of {}", c, count, wanted);
        }
    }
}

/// A head that fills a page would leave room for a line of the rows beneath it on each.
#[test]
fn a_head_that_fills_half_a_page_is_not_repeated() {
    for (words, repeated) in [(10, true), (6000, false)] {
        let mut f = Fixture::new("head");
        let (long, row) = ("word ".repeat(words), ["a", "b"]);
        let table = f.table(None, &[&["head", &long], &row, &row]);
        f.add(table);
        let source = super::source(&f.doc, bundled("report").expect("bundled"), &FontSet::bundled());
        assert_eq!(source.contains("head-rows(repeat: false, "), !repeated, "{words} words");
        let pages = set(&f.doc).pages.total;
        assert!(pages < 20, "{pages} pages for {words} words");
    }
}

#[test]
fn an_empty_report_has_a_cover() {
    assert_eq!(set(&Fixture::new("empty").doc).pages.total, 1);
}

#[test]
fn blocks_nest_as_deep_as_a_draft_may() {
    type Nest = fn(&mut Fixture, u8, crate::document::Block) -> crate::document::Block;
    let quote: Nest = |f, _, inner| f.block(BlockKind::BlockQuote(vec![inner]));
    let list: Nest = |f, depth, inner| {
        let words = f.paragraph("item");
        f.list(depth, &["1."], vec![vec![words, inner]])
    };
    let boxed: Nest = |f, _, inner| {
        let block = f.block(BlockKind::Box(Box { kind: BoxKind::Note, title: None, blocks: vec![inner] }));
        f.doc.boxes.insert(block.id, BoxInfo { label: Some("Note".to_owned()), number: None });
        block
    };
    for (name, nests) in [("quotes", vec![quote]), ("lists", vec![list]), ("mixed", vec![list, quote, boxed])] {
        let mut f = Fixture::new(name);
        let mut block = f.paragraph("The innermost paragraph has words enough for several lines in a narrow place.");
        for depth in (0..20_u8).rev() {
            block = nests[usize::from(depth) % nests.len()](&mut f, depth, block);
        }
        f.add(block);
        set(&f.doc);
    }
}

#[test]
fn inlines_nest_without_end() {
    let mut f = Fixture::new("inlines");
    let mut inline = f.text("innermost");
    for depth in 0..200 {
        let kind = if depth % 2 == 0 { InlineKind::Strong } else { InlineKind::Emphasis };
        inline = f.inline(kind(vec![inline]));
    }
    let block = f.block(BlockKind::Paragraph(vec![inline]));
    f.add(block);
    set(&f.doc);
}

#[test]
fn a_table_longer_than_three_pages_repeats_its_head_and_its_notes_are_set() {
    let mut f = Fixture::new("long table");
    let rows: Vec<[String; 3]> = (0..150).map(|n| [format!("Row {n}"), "words ".repeat(9), "x".repeat(60)]).collect();
    let mut texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    texts.insert(0, vec!["Head", "Second", "Third"]);
    let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
    let mut block = f.table(Some("A long table"), &texts);
    let body = vec![f.paragraph("A note in the head.")];
    let in_head = f.note(body);
    let body = vec![f.paragraph("A note in a cell.")];
    let in_cell = f.note(body);
    if let BlockKind::Table(table) = &mut block.kind {
        table.head[0].cells[0].blocks[0] = f.block(BlockKind::Paragraph(vec![in_head]));
        table.body[99].cells[0].blocks[0] = f.block(BlockKind::Paragraph(vec![in_cell]));
        let body = vec![f.paragraph("A note in the caption.")];
        let note = f.note(body);
        table.caption.as_mut().unwrap().content.push(note);
    }
    f.add(block);
    let pdf = set(&f.doc);
    assert!(pdf.pages.total > 4, "{}", pdf.pages.total);
}

#[test]
fn a_note_longer_than_a_page_goes_on_overleaf() {
    let mut f = Fixture::new("long note");
    let title = f.heading(1, Some("I."), HeadingPlace::Body, "Title");
    let body =
        (0..60).map(|n| f.paragraph(&format!("Paragraph {n}. {}", "Words of a long note. ".repeat(9)))).collect();
    let note = f.note(body);
    let words = f.text("Text with a very long note");
    let block = f.block(BlockKind::Paragraph(vec![words, note]));
    let after = f.paragraph(&"Text after it. ".repeat(300));
    f.add(title).add(block).add(after);
    assert!(set(&f.doc).pages.total > 4);
}

#[test]
fn a_note_in_a_heading_stays_out_of_the_contents() {
    let mut f = Fixture::new("note in heading");
    let mut block = f.heading(1, Some("XXXVIII."), HeadingPlace::Body, "Title with a note");
    let body = vec![f.paragraph("The note.")];
    let note = f.note(body);
    if let BlockKind::Heading(heading) = &mut block.kind {
        heading.content.push(note);
    }
    f.add(block);
    let words = f.paragraph(&"Text. ".repeat(100));
    f.add(words);
    set(&f.doc);
}

#[test]
fn equal_documents_give_equal_bytes_and_know_their_pages() {
    let (one, two) = (set(&constructs().doc), set(&constructs().doc));
    assert_eq!(one.bytes, two.bytes);
    let doc = constructs().doc;
    let pages = doc.outline.iter().map(|entry| one.pages.by_anchor.get(&entry.anchor).copied());
    let pages: Vec<Option<u32>> = pages.collect();
    assert_eq!(pages[..3], [Some(3), Some(4), Some(4)]);
    assert_eq!(pages.last(), Some(&Some(one.pages.total)));
}
