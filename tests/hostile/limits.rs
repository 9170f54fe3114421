//! Every limit at its value and one over it, as it is by default and as a configuration sets it.

use rapporteur::diag::{Code, Place, Status};
use rapporteur::markdown;
use rapporteur::pipeline::Built;
use rapporteur::project::{Entry, Format, LimitsConfig, MemoryWorld};
use rapporteur::resolve;
use rapporteur::source::Sources;

use super::build;

const MIB: usize = 1024 * 1024;

fn built(limits: &str, files: &[(&str, Vec<u8>)]) -> Built {
    let configuration = format!("[report]\ntitle = \"T\"\n[limits]\n{limits}\n").into_bytes();
    let files = files.iter().cloned().chain([("rapporteur.toml", configuration)]);
    build(&MemoryWorld::new(files), &Entry::Configuration, Some(vec![Format::Html]))
}

/// What was said of a code.
fn said(built: &Built, code: Code) -> Vec<&str> {
    built.diagnostics.iter().filter(|found| found.code == code).map(|found| found.message.as_str()).collect()
}

/// A comment costs little however long it is.
fn comment(length: usize) -> Vec<u8> {
    format!("A\n\n<!--{}-->\n", "a".repeat(length - 11)).into_bytes()
}

#[test]
fn drafts_may_be_so_large() {
    for (limits, mib) in [("", 2), ("draft_mib = 3", 3)] {
        let at = built(limits, &[("drafts/a.md", comment(mib * MIB))]);
        assert_eq!(said(&at, Code::TooLarge), [] as [&str; 0]);
        assert!(at.report.is_some(), "{:?}", at.diagnostics);
        let over = built(limits, &[("drafts/a.md", comment(mib * MIB + 1))]);
        assert_eq!(said(&over, Code::TooLarge), [format!("drafts/a.md is larger than {mib} MiB")]);
        assert!(over.report.is_none());
    }
}

#[test]
fn all_drafts_together_may_be_so_large() {
    assert_eq!(LimitsConfig::default().drafts_mib, 64);
    let two = |last: usize| vec![("drafts/a.md", comment(MIB)), ("drafts/b.md", comment(last))];
    assert!(built("drafts_mib = 2", &two(MIB)).report.is_some());
    let over = built("drafts_mib = 2", &two(MIB + 1));
    assert_eq!(said(&over, Code::TooLarge), ["drafts/b.md and the drafts before it are larger than 2 MiB in all"]);
}

/// What is said of a draft's notes and tables.
fn excess(text: &str, limits: &LimitsConfig) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("a.md", text);
    let document = markdown::parse(&sources, &[file]).value;
    resolve::within_limits(&document, limits).iter().map(|found| found.message.clone()).collect()
}

#[test]
fn a_report_may_have_so_many_notes() {
    let text = |count: usize| {
        let references: String = (0..count).map(|n| format!("[^{n}]\n\n")).collect();
        let notes: String = (0..count).map(|n| format!("[^{n}]: a\n\n")).collect();
        format!("{references}\n\n{notes}")
    };
    let limits = LimitsConfig::default();
    assert_eq!(excess(&text(5_000), &limits), [] as [&str; 0]);
    assert_eq!(excess(&text(5_001), &limits), ["the report has 5001 notes; 5000 are allowed"]);
    assert_eq!(excess(&text(4), &LimitsConfig { notes: 3, ..limits }).len(), 1);
    let over = built("notes = 3", &[("drafts/a.md", text(4).into_bytes())]);
    assert!(over.report.is_none() && over.diagnostics.has_errors(Status::Draft));
}

#[test]
fn tables_may_have_so_many_cells() {
    let markdown = |rows: usize| format!("|a|b|c|d|e|\n|-|-|-|-|-|\n{}", "|1|2|3|4|5|\n".repeat(rows - 1));
    let html = |cells: usize| format!("<table>{}</table>\n", "<tr><td>a</td></tr>".repeat(cells));
    let limits = LimitsConfig::default();
    assert_eq!(excess(&markdown(10_000), &limits), [] as [&str; 0]);
    assert_eq!(excess(&markdown(10_001), &limits), ["the report's tables have 50005 cells; 50000 are allowed"]);
    let few = LimitsConfig { table_cells: 10, ..limits };
    assert_eq!(excess(&html(10), &few), [] as [&str; 0]);
    assert_eq!(excess(&html(11), &few), ["the report's tables have 11 cells; 10 are allowed"]);
    assert_eq!(excess(&format!("[^1]\n\n[^1]: {}", html(11)), &few).len(), 1, "notes hold tables too");
    let over = built("table_cells = 9", &[("drafts/a.md", markdown(2).into_bytes())]);
    assert_eq!(said(&over, Code::TooLarge), ["the report's tables have 10 cells; 9 are allowed"]);
}

#[test]
fn a_paragraph_may_have_so_many_parts() {
    let limits = LimitsConfig { paragraph_parts: 4, ..LimitsConfig::default() };
    assert_eq!(LimitsConfig::default().paragraph_parts, 5_000);
    let (four, five) = ("*a* [b](c) `d`\\\ne\nf\n", "*a* [b](c) `d` **e *f***\n");
    assert_eq!(excess(&format!("{four}\n{four}\n- {four}\n"), &limits), [] as [&str; 0]);
    let said = ["this paragraph has more than 4 links, notes, emphases and the like"];
    for text in
        [five.to_owned(), format!("# {five}"), format!("|{}|\n|-|\n", five.trim()), format!("a[^1]\n\n[^1]: {five}")]
    {
        assert_eq!(excess(&text, &limits), said, "{text}");
    }
    let over = built("paragraph_parts = 4", &[("drafts/a.md", format!("a\n\n{five}").into_bytes())]);
    assert_eq!(said_at(&over), [(3, 1)]);
}

/// Line and column of what was said of a limit.
fn said_at(built: &Built) -> Vec<(usize, usize)> {
    let found = built.diagnostics.iter().filter(|found| found.code == Code::TooLarge);
    let spans = found.filter_map(|found| if let Place::Span(span) = found.place { Some(span) } else { None });
    let places = spans.map(|span| built.project.sources[span.file].line_column(span.start));
    places.map(|place| (place.line, place.column)).collect()
}

/// A style of the project that cannot be read is told, even where the program has one of its name.
#[test]
fn a_style_may_be_so_large() {
    let files = |length: usize| {
        let style = format!("base = \"report\"\n#{}", "a".repeat(length - 17)).into_bytes();
        [("drafts/a.md", b"# A\n".to_vec()), ("styles/report/style.toml", style)]
    };
    let at = built("", &files(MIB));
    assert!(at.report.is_some(), "{:?}", at.diagnostics);
    let over = built("", &files(MIB + 1));
    assert_eq!(said(&over, Code::InvalidStyle), ["styles/report/style.toml is larger than 1 MiB"]);
    assert!(over.report.is_none());
}

/// A white image of 8 bits of grey to the pixel.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = image::GrayImage::from_pixel(width, height, image::Luma([255]));
    image.write_with_encoder(image::codecs::png::PngEncoder::new(&mut bytes)).expect("in memory");
    bytes
}

/// What is said of an image.
fn image(limits: &str, name: &str, bytes: Vec<u8>) -> Vec<String> {
    let path = format!("drafts/{name}");
    let draft = format!("![x]({name})\n").into_bytes();
    let built = built(limits, &[("drafts/a.md", draft), (&path, bytes)]);
    assert!(built.report.is_some(), "{:?}", built.diagnostics);
    built.diagnostics.iter().map(|found| found.message.clone()).collect()
}

fn padded(mut bytes: Vec<u8>, with: u8, length: usize) -> Vec<u8> {
    bytes.resize(length, with);
    bytes
}

#[test]
fn images_may_be_so_large() {
    let none = [] as [&str; 0];
    assert_eq!(image("", "a.png", padded(png(8, 8), 0, 20 * MIB)), none);
    assert_eq!(
        image("", "a.png", padded(png(8, 8), 0, 20 * MIB + 1)),
        ["the image `drafts/a.png` is larger than 20 MiB"]
    );
    assert_eq!(image("image_mib = 1", "a.png", padded(png(8, 8), 0, MIB)), none);
    assert_eq!(
        image("image_mib = 1", "a.png", padded(png(8, 8), 0, MIB + 1)),
        ["the image `drafts/a.png` is larger than 1 MiB"]
    );
    assert_eq!(image("", "a.png", png(16_000, 2)), none);
    let side = "the image `drafts/a.png` is 16001 × 2 pixels large; a side may have 16000";
    assert_eq!(image("", "a.png", png(16_001, 2)), [side]);
    assert_eq!(image("image_side = 16001", "a.png", png(16_001, 2)), none);
    assert_eq!(image("image_megapixels = 1", "a.png", png(1_000, 1_000)), none);
    let pixels = "the image `drafts/a.png` has more than 1 megapixels";
    assert_eq!(image("image_megapixels = 1", "a.png", png(1_000, 1_001)), [pixels]);
    assert_eq!(image("", "a.png", png(8_000, 6_251)), ["the image `drafts/a.png` has more than 50 megapixels"]);
}

#[test]
fn drawings_may_be_so_large() {
    let none = [] as [&str; 0];
    let svg = |elements: usize| {
        let lines = "<path d='M0 0h1'/>".repeat(elements - 1);
        format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{lines}</svg>").into_bytes()
    };
    assert_eq!(image("", "a.svg", padded(svg(9), b' ', 2 * MIB)), none);
    assert_eq!(
        image("", "a.svg", padded(svg(9), b' ', 2 * MIB + 1)),
        ["the image `drafts/a.svg` is larger than 2 MiB"]
    );
    assert_eq!(image("svg_mib = 3", "a.svg", padded(svg(9), b' ', 3 * MIB)), none);
    assert_eq!(image("", "a.svg", svg(10_000)), none);
    assert_eq!(image("", "a.svg", svg(10_001)), ["the image `drafts/a.svg` has more than 10000 elements"]);
    assert_eq!(image("svg_elements = 5", "a.svg", svg(5)), none);
    assert_eq!(image("svg_elements = 5", "a.svg", svg(6)), ["the image `drafts/a.svg` has more than 5 elements"]);
    let outside = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='/etc/passwd'/></svg>";
    let left_out = "the image `drafts/a.svg` refers to `/etc/passwd`, which is left out";
    assert_eq!(image("", "a.svg", outside.as_bytes().to_vec()), [left_out]);
}

#[test]
fn limits_are_within_reason() {
    for limits in
        ["notes = 0", "notes = 30001", "draft_mib = 5000", "image_side = -1", "svg_elements = \"many\"", "cells = 3"]
    {
        let built = built(limits, &[("drafts/a.md", b"A\n".to_vec())]);
        assert!(built.report.is_none(), "{limits}");
    }
}
