//! Text of all of Unicode, and text that looks like the languages that we generate: it comes out as that text.

use std::collections::BTreeMap;

use rapporteur::inspect::{self, Fragment};
use rapporteur::project::Format;
use scraper::{Html, Node};

use super::{build_files, file, scale};

/// Characters in one run: a paragraph, a cell and so on.
const RUN: usize = 192;
/// Runs in one build.
const RUNS: usize = 96;

/// Scalar values: those of the first plane, and of the others every so many, or all of them.
fn scalars() -> Vec<char> {
    let step = if scale() > 1 { 1 } else { 29 };
    let first = (0..=0xffff_u32).chain((0x1_0000..=0x10_ffff).step_by(step)).chain([0x10_fffe, 0x10_ffff]);
    first.filter_map(char::from_u32).collect()
}

/// What XML and HTML forbid (as the drafts' reader has it) becomes U+FFFD.
fn cleaned(c: char) -> char {
    let code = u32::from(c);
    let control = matches!(code, 0x00..=0x1f | 0x7f..=0x9f) && !c.is_whitespace() || matches!(code, 0x0b | 0x0c | 0x85);
    let noncharacter = matches!(code, 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe;
    if control || noncharacter { '\u{fffd}' } else { c }
}

/// Without white space, which formats may fold, and what takes no room, which reading back leaves out.
fn folded(text: impl Iterator<Item = char>) -> String {
    let is_seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.filter(|c| !c.is_whitespace() && is_seen(c)).collect()
}

fn escaped(run: &[char]) -> String {
    let mut text = String::new();
    for &c in run {
        if c.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
    text
}

/// The places of text, by a word; then those of attributes.
const TEXTS: &[&str] = &["text", "head", "cell", "code", "note", "box", "span", "caption"];

fn draft(runs: &[&[char]]) -> String {
    let mut draft = String::new();
    for (number, run) in runs.iter().enumerate() {
        let marked = |place: &str| format!("QQ{place}W{number}W{}ZZ", escaped(run));
        let raw: String = run.iter().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { *c }).collect();
        let plain: String = raw.chars().map(|c| if "\"\\<>&[]{}`|".contains(c) { ' ' } else { c }).collect();
        draft += &format!("## {}\n\n{}[^n{number}]\n\n", marked("head"), marked("text"));
        draft += &format!("[^n{number}]: {}\n\n", marked("note"));
        draft += &format!("| {} |\n|---|\n| x |\n\nTable: {}\n\n", marked("cell"), marked("caption"));
        draft += &format!("~~~~~\nQQcodeW{number}W{raw}ZZ\n~~~~~\n\n");
        draft += &format!("::: {{.note}}\n{}\n:::\n\n", marked("box"));
        draft += &format!("[{}]{{.x}} [y](https://e.org \"QQtitleW{number}W{plain}ZZ\")\n\n", marked("span"));
    }
    draft
}

/// What stands between the marks of each place and run.
fn marked(text: &str) -> BTreeMap<(String, usize), String> {
    let pieces = text.split("QQ").skip(1).filter_map(|piece| {
        let mut parts = piece.splitn(3, 'W');
        let (place, number, rest) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        Some(((place.to_owned(), number), rest.split("ZZ").next()?.to_owned()))
    });
    pieces.collect()
}

/// All text of a page, and its titles.
fn page_text(page: &[u8]) -> String {
    let html = Html::parse_document(std::str::from_utf8(page).expect("a page is UTF-8"));
    let texts = html.tree.values().filter_map(|node| match node {
        Node::Text(text) => Some(text.to_string()),
        Node::Element(element) => element.attr("title").map(str::to_owned),
        Node::Document | Node::Fragment | Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => None,
    });
    folded(texts.collect::<String>().chars())
}

fn fragments(bytes: &[u8]) -> Vec<Fragment> {
    inspect::inspect(bytes).expect("our own file").fragments
}

#[test]
fn every_scalar_value_comes_out_of_html_and_word() {
    let scalars = scalars();
    let runs: Vec<&[char]> = scalars.chunks(RUN).collect();
    for runs in runs.chunks(RUNS) {
        let draft = draft(runs);
        let files = [("rapporteur.toml", "[report]\ntitle = \"T\"\n"), ("drafts/a.md", draft.as_str())];
        let built = build_files(files, &[Format::Html, Format::Docx]);
        let page = marked(&page_text(file(&built, Format::Html)));
        let words: String = fragments(file(&built, Format::Docx)).into_iter().map(|fragment| fragment.text).collect();
        let word = marked(&folded(words.chars()));
        for (number, run) in runs.iter().enumerate() {
            let expected = folded(run.iter().map(|c| cleaned(*c)));
            for place in TEXTS {
                let key = ((*place).to_owned(), number);
                assert_eq!(page.get(&key), Some(&expected), "HTML, {place}");
                assert_eq!(word.get(&key), Some(&expected), "DOCX, {place}");
            }
            let plain = folded(run.iter().filter(|c| !"\"\\<>&[]{}`|".contains(**c)).map(|c| cleaned(*c)));
            assert_eq!(page.get(&("title".to_owned(), number)), Some(&plain), "HTML, a link's title");
        }
    }
}

/// Text that would be code, were it not text.
const CODE: &[&str] = &[
    "#read(\"/etc/passwd\")",
    "#(panic())",
    "\")#panic()//",
    "\\\")#panic()",
    "#include \"/etc/passwd\"",
    "#import \"@preview/x:1.0.0\"",
    "$ x^2 $",
    "#let x = 1; #x",
    "/* a",
    "*/ b",
    "// c",
    "`raw`",
    "@label <label>",
    "<label>",
    "= Heading",
    "+ item",
    "\\u{41}",
    "\\n",
    "\u{2028}#panic()",
    "]#panic()[",
    "}#panic(){",
    ")#panic()(",
    "sys.inputs",
    "#context here()",
    "<w:t>x</w:t>",
    "<w:instrText>DDE</w:instrText>",
    "]]>",
    "<!--",
    "&amp;",
    "&#x41;",
    "INCLUDETEXT \"/etc/passwd\"",
    "HYPERLINK \"x\"",
    "{ DDEAUTO c:\\\\x }",
    "<br>",
    "\\input{/etc/passwd}",
    "%PDF-1.7",
    "(parens) \\( \\)",
    "/JS (app.alert(1))",
];

/// The same code as a draft would have it as text.
fn as_markdown(code: &str) -> String {
    escaped(&code.chars().collect::<Vec<_>>())
}

#[test]
fn text_that_looks_like_code_comes_out_of_every_format_as_text() {
    let mut draft = String::new();
    let mut fields = String::new();
    for (number, code) in CODE.iter().enumerate() {
        let text = as_markdown(code);
        draft += &format!(
            "## QQheadW{number}W{text}ZZ\n\nQQtextW{number}W{text}ZZ[^{number}]\n\n[^{number}]: QQnoteW{number}W{text}ZZ\n\n"
        );
        draft += &format!("| QQcellW{number}W{text}ZZ |\n|---|\n| x |\n\nTable: QQcaptionW{number}W{text}ZZ\n\n");
        draft += &format!("::: {{.note}}\nQQboxW{number}W{text}ZZ\n:::\n\n~~~~~\nQQcodeW{number}W{code}ZZ\n~~~~~\n\n");
        draft += &format!(
            "![QQaltW{number}W{text}ZZ](missing.png \"QQfigureW{number}W{}ZZ\")\n\n",
            code.replace(['"', '\\'], " ")
        );
        fields += &format!("QQfieldW{number}W{code}ZZ ");
    }
    let fields = toml::Value::String(fields.replace('\u{2028}', " "));
    let configuration =
        format!("[report]\ntitle = {fields}\nsubtitle = {fields}\ndisclaimer = {fields}\n[output]\nname = \"x\"\n");
    let files = [("rapporteur.toml", configuration.as_str()), ("drafts/a.md", draft.as_str())];
    let built = build_files(files, Format::ALL);
    for format in Format::ALL {
        let texts: String = fragments(file(&built, *format)).into_iter().map(|fragment| fragment.text).collect();
        let found = marked(&folded(texts.chars()));
        for (number, code) in CODE.iter().enumerate() {
            let expected = folded(code.chars());
            for place in ["head", "text", "note", "cell", "caption", "box", "code", "field"] {
                assert_eq!(found.get(&(place.to_owned(), number)), Some(&expected), "{format:?}, {place}");
            }
        }
    }
}

/// What Word would run stands in no field: instructions are ours alone.
#[test]
fn no_text_of_a_draft_is_an_instruction_of_word() {
    let code = "QQ INCLUDETEXT \\\"x\\\" QQ";
    let draft = format!(
        "# {code}\n\n::: {{.box title='{code}'}}\n{code}\n:::\n\n[x](https://e.org \"{code}\")\n\n|{code}|\n|-|\n\nTable: {code}\n"
    );
    let configuration = "[report]\ntitle = \"QQ DDEAUTO c\"\nshort_title = \"QQ x\"\nreference = \"QQ y\"\n";
    let built = build_files([("rapporteur.toml", configuration), ("drafts/a.md", &draft)], &[Format::Docx]);
    let package = std::io::Cursor::new(file(&built, Format::Docx));
    let mut archive = zip::ZipArchive::new(package).expect("our own package");
    for index in 0..archive.len() {
        let mut text = String::new();
        let mut part = archive.by_index(index).expect("our own package");
        if std::io::Read::read_to_string(&mut part, &mut text).is_ok() {
            for tag in ["<w:instrText", "w:instr=\""] {
                let instructions =
                    text.split(tag).skip(1).map(|rest| rest.split(['<', '"']).next().unwrap_or_default());
                assert!(instructions.into_iter().all(|instruction| !instruction.contains("QQ")), "part {index}");
            }
        }
    }
}
