//! What holds for any draft: parsing never panics, spans lie in the file and say the text, no word is lost, and
//! hostile nesting is flattened or refused. `PROPTEST_CASES` says how many drafts are tried.

use proptest::prelude::*;
use proptest::sample::select;
use rapporteur::diag::{Code, Diagnostics, Place};
use rapporteur::document::{BlockKind, Document, Inline, InlineKind, Visit, plain_text_of_blocks, walk_blocks};
use rapporteur::markdown;
use rapporteur::source::{Sources, Span};

fn parse(text: &str) -> (Sources, Document, Diagnostics) {
    let mut sources = Sources::default();
    let file = sources.add("case.md", text);
    let parsed = markdown::parse(&sources, &[file]);
    (sources, parsed.value, parsed.diagnostics)
}

fn count(diagnostics: &Diagnostics, code: Code) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
}

/// Each span of a document, and the texts with theirs.
#[derive(Default)]
struct Spans {
    all: Vec<Span>,
    texts: Vec<(String, Span)>,
}

impl Visit<'_> for Spans {
    fn block(&mut self, block: &rapporteur::document::Block) {
        self.all.push(block.span);
        if let BlockKind::List(list) = &block.kind {
            self.all.extend(list.items.iter().map(|item| item.span));
        }
        if let BlockKind::Table(table) = &block.kind {
            for row in table.head.iter().chain(&table.body) {
                self.all.push(row.span);
                self.all.extend(row.cells.iter().map(|cell| cell.span));
            }
        }
    }

    fn inline(&mut self, inline: &Inline) {
        self.all.push(inline.span);
        if let InlineKind::Text(text) = &inline.kind {
            self.texts.push((text.clone(), inline.span));
        }
    }
}

fn spans(document: &Document) -> Spans {
    let mut spans = Spans::default();
    for part in &document.parts {
        walk_blocks(&part.blocks, &mut spans);
    }
    for note in &document.notes {
        spans.all.push(note.span);
        walk_blocks(&note.blocks, &mut spans);
    }
    spans
}

fn assert_within(text: &str, document: &Document, diagnostics: &Diagnostics) {
    let said = diagnostics.iter().filter_map(|diagnostic| match diagnostic.place {
        Place::Span(span) => Some(span),
        Place::Path(_) | Place::Nowhere => None,
    });
    for span in spans(document).all.into_iter().chain(said) {
        assert!(text.get(span.range()).is_some(), "{span:?} is no range of {text:?}");
    }
}

/// Everything that a reader sees, figures' alternatives and the languages of code with it.
fn projection(document: &Document) -> String {
    struct Hidden(String);
    impl Visit<'_> for Hidden {
        fn block(&mut self, block: &rapporteur::document::Block) {
            if let BlockKind::CodeBlock(code) = &block.kind {
                self.0.push_str(&code.info);
            } else if let BlockKind::Figure(figure) = &block.kind {
                self.0.push_str(&figure.image.alternative);
            }
            self.0.push('\n');
        }
    }
    let mut hidden = Hidden(String::new());
    let mut text = String::new();
    let parts = document.parts.iter().map(|part| &part.blocks);
    for blocks in parts.chain(document.notes.iter().map(|note| &note.blocks)) {
        walk_blocks(blocks, &mut hidden);
        text.push_str(&plain_text_of_blocks(blocks));
        text.push('\n');
    }
    text + &hidden.0
}

/// Marks of every construct but HTML and attributes.
const MARKS: &[&str] = &[
    "*",
    "**",
    "_",
    "`",
    "``",
    "~",
    "~~",
    "^",
    "==",
    "[",
    "]",
    "![",
    "^[",
    "> ",
    "- ",
    "1. ",
    "   ",
    "    ",
    "\t",
    "# ",
    "## ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "|",
    " | ",
    "\n|---|---|\n",
    "---\n",
    "===\n",
    "```\n",
    "~~~",
    "\n: ",
    "\\",
    "  \n",
    "\n::: note\n",
    "\n:::\n",
    "\n:::: box\n",
    "> [!TIP] ",
    "- [ ] ",
    "\n[^q]: ",
    "[^q]",
    "[^zz]",
    ".",
    "!",
    " (",
    ") ",
    "@",
    "&",
    "é",
    "\u{feff}",
    "\u{0}",
    "\u{a0}",
    "字",
    "😀",
    "\"",
    "'",
    "- - - ",
    "+ ",
    "* ",
];
const WORDS: &[&str] = &["alpha", "béta", "gamma", "delta", "Epsilon", "zeta", "ēta", "www", "iota kappa"];
const MARKUP: &[&str] = &[
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<br>",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<a href=\"x\">",
    "</a>",
    "<p>",
    "<ul>",
    "<li>",
    "{#id}",
    "{.a}",
    "]{.b}",
    "{",
    "}",
    "](x)",
    "(",
    "](x \"t\")",
    "\n::: {.tip title=\"*x*\"}\n",
    "Table: ",
    "@fig-x",
    "https://a.org",
    "a@b.org",
    "&amp;",
    "&#1;",
    "<x y='",
    "<script>",
    "<details>",
    "<summary>",
    "---\nkind: body\n---\n",
    "\n\n\n",
    "<<<<<<< a\n",
    "<pre>",
    "colspan=9",
    "<th rowspan=3>",
];

/// HTML of the subset and beyond, whole and broken.
const TAGS: &[&str] = &[
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<caption>",
    "<br>",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</ul>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<blink>",
    "<foo>",
    "</foo>",
    "<h2>",
    "</h2>",
    "<pre>",
    "</pre>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<a href=\"x\">",
    "</a>",
    "<span id=q>",
    "</span>",
    "<sup>",
    "</sup>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<img src=x>",
    "<script>",
    "</script>",
    "<blockquote>",
    "<section>",
    "<td colspan=3 rowspan=2>",
    "\n<div>\n",
    "\n</div>\n",
    "\n\n",
    "\n\n",
    "\n",
    "<!-- -->",
    "<tbody>",
    "</td>",
    "</tr>",
    "<code>",
    "</code>",
];

fn draft(tokens: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop::collection::vec(select(tokens), 0..50).prop_map(|tokens| tokens.concat())
}

fn marks_and_words() -> Vec<&'static str> {
    [MARKS, WORDS, WORDS, WORDS].concat()
}

/// Without fences: the language of code in a caption is left out.
fn tags_words_and_marks() -> Vec<&'static str> {
    let marks: Vec<&str> = MARKS.iter().copied().filter(|mark| !mark.contains(['`', '~'])).collect();
    [TAGS, TAGS, WORDS, WORDS, &marks].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let (_, document, diagnostics) = parse(&text);
        assert_within(&text, &document, &diagnostics);
    }

    #[test]
    fn any_markup_is_read(text in draft([MARKS, WORDS, MARKUP, MARKUP].concat())) {
        let (_, document, diagnostics) = parse(&text);
        assert_within(&text, &document, &diagnostics);
    }

    #[test]
    fn no_word_is_lost(text in draft(marks_and_words())) {
        let (_, document, _) = parse(&text);
        let shown = projection(&document);
        for word in WORDS.iter().flat_map(|word| word.split(' ')).filter(|word| text.contains(*word)) {
            let (typed, found) = (text.matches(word).count(), shown.matches(word).count());
            prop_assert!(found >= typed, "{word} stands {typed} times in {text:?} and {found} times in {shown:?}");
        }
    }

    #[test]
    fn no_word_between_tags_is_lost(text in draft(tags_words_and_marks())) {
        let (_, document, _) = parse(&text);
        let shown = projection(&document);
        for word in ["alpha", "béta", "gamma", "delta", "Epsilon"] {
            let (typed, found) = (text.matches(word).count(), shown.matches(word).count());
            prop_assert!(found >= typed, "{word} stands {typed} times in {text:?} and {found} times in {shown:?}");
        }
    }

    #[test]
    fn spans_say_the_text(text in draft(marks_and_words().into_iter().filter(|mark| !mark.contains('\\')).collect())) {
        let (sources, document, _) = parse(&text);
        for (said, span) in spans(&document).texts {
            let source = sources.text(span);
            let synthetic = [" (", ")", " "].contains(&said.as_str());
            let replaced = source.contains('\0');
            // comrak does not know where the content of an inline note within another stands.
            let in_note = source.starts_with("^[") && source.contains(&said);
            prop_assert!(source == said || synthetic || replaced || in_note, "{said:?} is not {source:?} in {text:?}");
        }
    }
}

#[test]
fn labels_of_notes_are_a_files_own_and_ids_the_reports() {
    let mut sources = Sources::default();
    let first = sources.add("a.md", "A[^1] and @scope.\n\n[^1]: Of a.\n");
    let second = sources.add("b.md", "# Scope {#scope}\n\nB[^1] and @nothing.\n\n[^1]: Of b.\n");
    let parsed = markdown::parse(&sources, &[first, second]);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    struct Found(Vec<String>);
    impl Visit<'_> for Found {
        fn inline(&mut self, inline: &Inline) {
            if let InlineKind::Reference(reference) = &inline.kind {
                self.0.push(reference.label.to_string());
            } else if let InlineKind::Note(id) = inline.kind {
                self.0.push(format!("note {}", id.index()));
            }
        }
    }
    let mut found = Found(Vec::new());
    for part in &parsed.value.parts {
        walk_blocks(&part.blocks, &mut found);
    }
    let notes: Vec<String> = parsed.value.notes.iter().map(|note| format!("note {}", note.id.index())).collect();
    assert_eq!(found.0, [notes[0].as_str(), "scope", notes[1].as_str()]);
    assert_eq!(plain_text_of_blocks(&parsed.value.notes[1].blocks), "Of b.");
}

#[test]
fn ids_stand_in_reading_order() {
    let (_, document, _) = parse("# A {#a}\n\n- b ^[c]\n\n| d |\n|---|\n| @a |\n");
    struct Ids(Vec<usize>);
    impl Visit<'_> for Ids {
        fn block(&mut self, block: &rapporteur::document::Block) {
            self.0.push(block.id.index());
        }
        fn inline(&mut self, inline: &Inline) {
            self.0.push(inline.id.index());
        }
    }
    let mut ids = Ids(Vec::new());
    walk_blocks(&document.parts[0].blocks, &mut ids);
    assert!(ids.0.is_sorted() && ids.0.len() > 8, "{:?}", ids.0);
}

#[test]
fn deep_blocks_are_flattened_or_refused() {
    for depth in [21, 99, 101, 3_000, 40_000] {
        let (_, document, diagnostics) = parse(&format!("{}deep\n", "> ".repeat(depth)));
        let refused = depth > 100;
        assert_eq!(count(&diagnostics, Code::TooDeep), usize::from(refused), "{depth}");
        assert_eq!(count(&diagnostics, Code::DeepNesting), usize::from(!refused), "{depth}");
        assert_eq!(projection(&document).contains("deep"), !refused, "{depth}");
    }
    let list: String = (0..60).map(|depth| format!("{}- item {depth}\n", "  ".repeat(depth))).collect();
    let (_, document, diagnostics) = parse(&list);
    assert_eq!(count(&diagnostics, Code::DeepNesting), 1);
    assert_eq!(projection(&document).matches("item").count(), 60);
    let elements = format!("{}deep\n", "<div id=x>".repeat(40_000));
    assert_eq!(count(&parse(&elements).2, Code::TooDeep), 1);
}

#[test]
fn deep_inlines_are_flattened() {
    for (open, close) in
        [("*a _b ", " c_ d*"), ("<b>", "</b>"), ("[a", "b]"), ("![a", "b](x)"), ("^[a", "b]"), ("[^[^", "")]
    {
        for depth in [30, 10_000] {
            let (_, document, _) = parse(&format!("{}deep{}\n", open.repeat(depth), close.repeat(depth)));
            assert!(projection(&document).contains("deep"), "{open} {depth}");
        }
    }
}
