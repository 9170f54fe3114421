//! What `resolve` decides, as text: a line per node that something was decided about.
//!
//! A case may be several files.

use std::fmt::Write;

use rapporteur::document::{
    Alignment, Block, BlockKind, Inline, InlineKind, NodeId, Pt, Visit, plain_text, walk_blocks,
};
use rapporteur::project::{Date, load};
use rapporteur::resolve::{
    Alternative, LinkTarget, Options, Orientation, Picture, Raster, ReferenceKind, ResolvedDocument, TextBlock,
    include, resolve, word,
};

use crate::area::Expected;
use crate::case;
use crate::dump;

/// The tables of a resolved case, and what was said.
pub fn run(text: &str) -> Vec<Expected> {
    let (world, entry) = case::world(case::files(text));
    let project = load(&world, &entry);
    let mut said = dump::diagnostics(&project.value.sources, &project.diagnostics);
    let mut project = project.value;
    let drafts: Vec<_> = project.drafts.iter().map(|draft| draft.file).collect();
    let mut parsed = rapporteur::markdown::parse(&project.sources, &drafts);
    said.push_str(&dump::diagnostics(&project.sources, &parsed.diagnostics));
    let included = include(&mut parsed.value, &mut project, &world);
    said.push_str(&dump::diagnostics(&project.sources, &included));
    let resolved = resolve(word(parsed.value, &project), &project, &world, &options());
    said.push_str(&dump::diagnostics(&project.sources, &resolved.diagnostics));
    vec![
        Expected { extension: "resolved", text: document(&resolved.value) },
        Expected { extension: "diag", text: said },
    ]
}

fn options() -> Options {
    Options {
        portrait: TextBlock { measure: Pt(400.0), tallest_image: Pt(500.0) },
        landscape: TextBlock { measure: Pt(650.0), tallest_image: Pt(350.0) },
        bullets: vec!["•".to_owned(), "–".to_owned()],
        date: Date { year: 2024, month: 12, day: 17 },
        raster: Raster::None,
        fonts: rapporteur::style::faces().iter().map(|face| face.data).collect(),
        fallback_fonts: Vec::new(),
        kept: rapporteur::resolve::KeptImages::default(),
        alternates: Vec::new(),
    }
}

fn document(doc: &ResolvedDocument) -> String {
    let mut dump = Dump { doc, out: format!("title {:?}\n", doc.metadata.title) };
    for part in &doc.document.parts {
        let _ = writeln!(dump.out, "part {:?}", part.kind);
        walk_blocks(&part.blocks, &mut dump);
    }
    for info in &doc.notes {
        let references: Vec<&str> = info.references.iter().map(|anchor| anchor.as_str()).collect();
        let _ = writeln!(dump.out, "note {} #{} from {}", info.label, info.anchor.as_str(), references.join(" "));
        walk_blocks(&doc.document.notes[info.index].blocks, &mut dump);
    }
    for entry in &doc.outline {
        let listed = if entry.listed { "contents" } else { "bookmark" };
        let number = entry.number.as_deref().unwrap_or("-");
        let text = doc.plain_text(&entry.content);
        let _ = writeln!(dump.out, "{listed} {} {number} {text} #{}", entry.level.get(), entry.anchor.as_str());
    }
    dump.out
}

struct Dump<'d> {
    doc: &'d ResolvedDocument,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, id: NodeId, what: &str) {
        let anchor = self.doc.anchors.get(id).map(|anchor| format!(" #{}", anchor.as_str())).unwrap_or_default();
        let side = match self.doc.orientation(id) {
            Orientation::Portrait => "",
            Orientation::Landscape => " landscape",
        };
        let _ = writeln!(self.out, "  {what}{anchor}{side}");
    }

    fn image(&mut self, id: NodeId, what: &str) {
        let info = &self.doc.images[id];
        let picture = match &info.picture {
            Picture::Asset { asset, width, height } => {
                let asset = self.doc.asset(*asset);
                format!("{} {:?} {:.0}×{:.0}", asset.path, asset.media, width.0, height.0)
            }
            Picture::Placeholder { text } => format!("[{text}]"),
        };
        let alternative = match &info.alternative {
            Alternative::Text(text) => format!("{text:?}"),
            Alternative::Decorative => "decorative".to_owned(),
        };
        self.line(id, &format!("{what} {picture} {alternative}"));
    }
}

impl<'a> Visit<'a> for Dump<'_> {
    fn block(&mut self, block: &'a Block) {
        let (doc, id) = (self.doc, block.id);
        match &block.kind {
            BlockKind::Paragraph(content) => {
                let info = doc.paragraphs.get(id).cloned().unwrap_or_default();
                let mut what = format!("paragraph {}", info.number.as_deref().unwrap_or("-"));
                what.push_str(if info.lead { " lead" } else { "" });
                what.push_str(if info.source { " source" } else { "" });
                let text: String = plain_text(content).chars().take(24).collect();
                self.line(id, &format!("{what} {text:?}"));
            }
            BlockKind::Heading(heading) => {
                let info = &doc.headings[id];
                let number = info.number.as_deref().unwrap_or("-");
                let text = doc.plain_text(&heading.content);
                self.line(id, &format!("heading {} {number} {:?} {text:?}", info.level.get(), info.place));
            }
            BlockKind::List(_) => {
                let info = &doc.lists[id];
                self.line(id, &format!("list {} {}", info.depth, info.markers.join(" ")));
            }
            BlockKind::Box(boxed) => {
                let text = doc.boxes[id].text();
                self.line(id, &format!("box {:?} {:?}", boxed.kind, text.unwrap_or_default()));
            }
            BlockKind::CodeBlock(_) => {
                let lines: Vec<usize> = doc.code[id].iter().map(Vec::len).collect();
                self.line(id, &format!("code {lines:?}"));
            }
            BlockKind::Figure(_) => {
                let caption = doc.captions.get(id).map(|info| format!("{} {}", info.label, info.number));
                self.image(id, &format!("figure {}", caption.as_deref().unwrap_or("-")));
            }
            BlockKind::Table(_) => {
                let caption = doc.captions.get(id).map(|info| format!("{} {}", info.label, info.number));
                let info = &doc.tables[id];
                let widths: Vec<String> = info.widths.iter().map(|width| format!("{:.0}%", width * 100.0)).collect();
                let sides = info.alignments.iter().zip(&info.numeric).map(|(alignment, numeric)| {
                    let side = match alignment {
                        Alignment::None => "?",
                        Alignment::Start => "start",
                        Alignment::Center => "center",
                        Alignment::End => "end",
                    };
                    if *numeric { format!("{side}#") } else { side.to_owned() }
                });
                let sides: Vec<String> = sides.collect();
                let caption = caption.as_deref().unwrap_or("-");
                self.line(id, &format!("table {caption} {} {}", widths.join(" "), sides.join(" ")));
            }
            BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => {
                if doc.anchors.get(id).is_some() {
                    self.line(id, "block");
                }
            }
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        let (doc, id) = (self.doc, inline.id);
        match &inline.kind {
            InlineKind::Link(link) => {
                let target = match &doc.links[id] {
                    LinkTarget::External(url) => url.to_string(),
                    LinkTarget::Internal(anchor) => format!("→ #{}", anchor.as_str()),
                    LinkTarget::Dead => "dead".to_owned(),
                };
                self.line(id, &format!("link {} {target}", link.destination));
            }
            InlineKind::Reference(reference) => {
                let info = &doc.references[id];
                let target =
                    info.target.as_ref().map_or("nowhere".to_owned(), |anchor| format!("→ #{}", anchor.as_str()));
                assert_eq!(info.kind == ReferenceKind::Dead, info.target.is_none());
                self.line(id, &format!("reference {} {:?} {target}", reference.label, info.text()));
            }
            InlineKind::Note(_) => {
                let info = &doc.note_references[id];
                let first = if info.first { " first" } else { "" };
                self.line(id, &format!("note reference {}{first}", info.label));
            }
            InlineKind::Image(_) => self.image(id, "image"),
            InlineKind::Span(attributes, _) if attributes.label.is_some() => self.line(id, "span"),
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Code(_)
            | InlineKind::Formula(_)
            | InlineKind::Citation(_)
            | InlineKind::Span(..) => {}
        }
    }
}
