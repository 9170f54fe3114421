//! What is fuzzed: a function from bytes to nothing, what it begins with, and how often it is run. The functions are
//! plain, so that a target of cargo-fuzz can call the same.

use std::io::{Cursor, Write};

use rapporteur::inspect;
use rapporteur::markdown;
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};
use rapporteur::source::Sources;

/// One target.
pub struct Target {
    pub name: &'static str,
    /// Folders of this repository and extensions: inputs beside the kept corpus.
    pub seeds: &'static [(&'static str, &'static [&'static str])],
    pub snippets: &'static [&'static str],
    pub runs: u64,
    pub run: fn(&[u8]),
}

const DRAFTS: &[(&str, &[&str])] = &[("tests/suite", &["md"]), ("tests/conformance/constructs/drafts", &["md"])];

const MARKDOWN: &[&str] = &[
    "*",
    "**",
    "_",
    "~~",
    "~",
    "^",
    "==",
    "`",
    "```\n",
    "~~~ rust\n",
    "[",
    "]",
    "](",
    ")",
    "![",
    "](a.png \"t\")",
    "[^1]",
    "[^1]: ",
    "^[",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "- [ ] ",
    "1. ",
    "    ",
    "\n\n",
    "\n",
    "# ",
    "###### ",
    "\n===\n",
    "\n---\n",
    "|",
    "|-|-|\n",
    "| a | b |\n",
    "Table: x {#tbl-x}\n",
    "{#a .b c=\"d\"}",
    "{",
    "}",
    "::: note\n",
    ":::\n",
    "::: {.box title=\"x\"}\n",
    ":::: {.table src=data.csv}\n",
    "<div>",
    "</div>",
    "<span id=\"x\">",
    "<table><tr><td colspan=3 rowspan=2>",
    "</td></tr></table>",
    "<!-- ",
    " -->",
    "<br>",
    "<em>",
    "</em>",
    "<!--\n",
    "<details><summary>",
    "</summary></details>",
    "<img src=x alt=\"\">",
    "<a href=\"#a\">",
    "&amp;",
    "&#x0;",
    "&nope;",
    "\\",
    "\\\n",
    "  \n",
    "$",
    "$$",
    "$\\frac{a}{b}$",
    "[@a, p. 3; -@b]",
    "@fig-a",
    "@sec-",
    "@",
    "{++",
    "++}",
    "{--",
    "--}",
    "{>>",
    "<<}",
    "{~~",
    "~>",
    "~~}",
    "https://e.org/a",
    "www.e.org",
    "a@e.org",
    "<https://e.org>",
    "[r]: <x> 'y'\n",
    "[r]",
    ": ",
    "term\n: ",
    "---\ntitle: x\n---\n",
    "{: .a}",
    "{% raw %}",
    "(a) ",
    "i. ",
    "{lang=ar dir=rtl}",
    "{.landscape}",
    "مرحبا",
    "中文",
    "Source: ",
    "+++\n",
];

const CONFIGURATION: &[&str] = &[
    "[report]\n",
    "[drafts]\n",
    "[style]\n",
    "[numbering]\n",
    "[output]\n",
    "[limits]\n",
    "[citations]\n",
    "title = \"x\"\n",
    "language = \"ar\"\n",
    "date = 2024-12-17\n",
    "authors = [\"a\", { name = \"b\", url = \"c\" }]\n",
    "order = [\"*.md\", \"../x\"]\n",
    "headings = \"decimal\"\n",
    "formats = [\"pdf\"]\n",
    "contents_depth = 9\n",
    "notes = 0\n",
    "= ",
    "\"",
    "'''",
    "[[",
    "]]",
    "{",
    "}",
    ".",
    "#",
    "1e999",
    "0x",
    "-1",
    "true",
    "inf",
    "\\u0000",
];

const STYLE: &[&str] = &[
    "[page]\n",
    "[role.body]\n",
    "[color.light]\n",
    "size = \"0pt\"\n",
    "size = \"-4pt\"\n",
    "size = 1e300\n",
    "size = \"99999mm\"\n",
    "color = \"ink\"\n",
    "\"#000000\"",
    "weight = 700\n",
    "font = \"x\"\n",
    "base = \"report\"\n",
    "= ",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "0",
    "9",
    "-",
    "inf",
    "nan",
    "\n",
];

const BIBLIOGRAPHY: &[&str] = &[
    "@book{a,",
    "@article{",
    "title = {",
    "}",
    "{",
    ",",
    "author = \"A and B and others\"",
    "year = 2024",
    "\"",
    "#",
    "@string{x = ",
    "@comment{",
    "\\\"{o}",
    "$x$",
    "doi = {10.1/x}",
    "url = {javascript:x}",
    "crossref = {a}",
    "month = jan",
    "pages = {1--2}",
    "%",
    "and ",
    "date = {2024-13-99/..}",
    "\\",
    "~",
];

const TABLE: &[&str] = &[
    ",", "\"", "\"\"", "\n", "\r\n", ";", "\t", "a,b,c\n", "1.5", "−3", "12%", "|", "<b>", "*x*", "[^1]", "=1+1",
    "\u{feff}", "'",
];

const FORMULA: &[&str] = &[
    "\\frac{",
    "}{",
    "}",
    "{",
    "^",
    "_",
    "\\sqrt[3]{",
    "\\left(",
    "\\right)",
    "\\begin{matrix}",
    "\\end{matrix}",
    "&",
    "\\\\",
    "\\text{",
    "\\sum",
    "\\limits",
    "\\alpha",
    "\\overline{",
    "\\mathbb{R}",
    "\\color{red}",
    "\\rule{1em}{2em}",
    "\\def\\x{\\x}",
    "\\newcommand{\\y}[1]{#1}",
    "\\y",
    "\\operatorname{",
    "\\not",
    "'",
    "~",
    "%",
    "#",
    "$",
    "\\",
    "x",
    "\\begin{cases}",
    "\\end{cases}",
    "\\xrightarrow[a]{b}",
    "\\hspace{-9em}",
    "\\unicode{x41}",
    "\\substack{a\\\\b}",
    "\\big",
    "\\genfrac(){0pt}{0}{a}{b}",
];

const WORD: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r><w:t>x</w:t></w:r>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr><w:tc>",
    "</w:tc></w:tr>",
    "<w:gridSpan w:val=\"99999\"/>",
    "<w:numPr><w:ilvl w:val=\"9\"/></w:numPr>",
    "<w:ins w:id=\"1\">",
    "</w:ins>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:instrText>",
    "&#0;",
    "&x;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "\"",
    "<",
    ">",
    "/>",
    "<w:footnoteReference w:id=\"1\"/>",
];

/// Every target. Runs are such that all take less than a minute, unoptimised.
pub const TARGETS: &[Target] = &[
    Target { name: "markdown", seeds: DRAFTS, snippets: MARKDOWN, runs: 1_500, run: markdown },
    Target { name: "html", seeds: DRAFTS, snippets: MARKDOWN, runs: 250, run: |input| draft(input, Format::Html) },
    Target { name: "docx", seeds: DRAFTS, snippets: MARKDOWN, runs: 150, run: |input| draft(input, Format::Docx) },
    Target { name: "pdf", seeds: DRAFTS, snippets: MARKDOWN, runs: 20, run: |input| draft(input, Format::Pdf) },
    Target {
        name: "configuration",
        seeds: &[("tests/conformance", &["toml"])],
        snippets: CONFIGURATION,
        runs: 600,
        run: configuration,
    },
    Target { name: "style", seeds: &[("styles", &["toml"])], snippets: STYLE, runs: 60, run: style },
    Target { name: "bibliography", seeds: &[("tests", &["bib"])], snippets: BIBLIOGRAPHY, runs: 60, run: bibliography },
    Target { name: "table", seeds: &[("tests", &["csv"])], snippets: TABLE, runs: 150, run: table },
    Target { name: "formula", seeds: &[], snippets: FORMULA, runs: 150, run: formula },
    Target { name: "word", seeds: &[], snippets: WORD, runs: 400, run: word },
];

fn build(files: &[(&str, &[u8])], format: Format) {
    let request =
        Request { date: Date { year: 2024, month: 12, day: 17 }, formats: Some(vec![format]), name: "x".to_owned() };
    let world = MemoryWorld::new(files.iter().copied());
    let built = pipeline::build(&world, project::load(&world, &Entry::Configuration), &request, &|_| {});
    // What is not built says why.
    assert!(built.report.is_some() || built.diagnostics.has_errors(built.status()));
}

const PLAIN: (&str, &[u8]) = ("rapporteur.toml", b"[report]\ntitle = \"T\"\n");

fn markdown(input: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.add("a.md", String::from_utf8_lossy(input));
    let parsed = markdown::parse(&sources, &[file]);
    assert_eq!(parsed.value.parts.len(), 1);
}

fn draft(input: &[u8], format: Format) {
    build(&[PLAIN, ("drafts/a.md", input), ("drafts/b.md", b"# B {#a}\n\nx[^1]\n\n[^1]: y\n")], format);
}

fn configuration(input: &[u8]) {
    build(&[("rapporteur.toml", input), ("drafts/a.md", b"# A\n\nb\n")], Format::Html);
}

fn style(input: &[u8]) {
    let configuration: &[u8] = b"[report]\ntitle = \"T\"\n[style]\nname = \"own\"\n";
    let draft: &[u8] = b"# A\n\n> b\n\n|a|\n|-|\n|b|\n\n::: note\nx[^1]\n:::\n\n[^1]: y\n";
    build(
        &[("rapporteur.toml", configuration), ("styles/own/style.toml", input), ("drafts/a.md", draft)],
        Format::Docx,
    );
}

fn bibliography(input: &[u8]) {
    let configuration: &[u8] = b"[report]\ntitle = \"T\"\n[citations]\nbibliography = [\"a.bib\"]\n";
    build(
        &[("rapporteur.toml", configuration), ("a.bib", input), ("drafts/a.md", b"# A\n\nb [@a, p. 3; @b] @a\n")],
        Format::Html,
    );
}

fn table(input: &[u8]) {
    let draft: &[u8] = b"# A\n\n::: {.table src=data.csv}\n:::\n";
    build(&[PLAIN, ("drafts/data.csv", input), ("drafts/a.md", draft)], Format::Html);
}

fn formula(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    build(&[PLAIN, ("drafts/a.md", format!("# A\n\n$${text}$$\n\na ${text}$ b\n").as_bytes())], Format::Docx);
}

/// A package whose document is the input, or the input itself as a package.
fn word(input: &[u8]) {
    let _ = inspect::inspect(input);
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>";
    let relationships = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
                         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    for (name, bytes) in [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relationships.as_bytes()),
        ("word/document.xml", input),
    ] {
        package.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        package.write_all(bytes).expect("in memory");
    }
    let _ = inspect::inspect(&package.finish().expect("in memory").into_inner());
}
