//! Figures: an image alone in its paragraph, its title the caption.

use super::leaf;
use super::reader::Reader;
use crate::document::{
    Attributes, Block, BlockKind, Caption, Figure, Image, Inline, InlineKind, SOURCE_WORDS, is_source_line, plain_text,
};
use crate::source::Span;

/// A paragraph's content as blocks: a figure where it is one image, and its source line where that stands right
/// beneath; nothing where it is empty.
pub(super) fn paragraph(reader: &mut Reader<'_>, span: Span, mut content: Vec<Inline>) -> Vec<Block> {
    if content.is_empty() {
        return Vec::new();
    }
    let source = source_line(&mut content);
    let whole = content.first().filter(|_| !source.is_empty()).map_or(span, |image| image.span);
    let mut blocks = if let [Inline { kind: InlineKind::Image(_), .. }] = content.as_slice()
        && let Some(Inline { kind: InlineKind::Image(image), span: at, .. }) = content.pop()
    {
        vec![figure(reader, whole, at, image, None)]
    } else {
        vec![reader.plain_block(span, BlockKind::Paragraph(content))]
    };
    if let Some(at) = source.iter().map(|inline| inline.span).reduce(Span::to) {
        blocks.push(reader.plain_block(at, BlockKind::Paragraph(source)));
    }
    blocks
}

/// Takes out what stands beneath an image that has a caption or label, if that is a source line.
fn source_line(content: &mut Vec<Inline>) -> Vec<Inline> {
    let [Inline { kind: InlineKind::Image(image), .. }, end, rest @ ..] = content.as_slice() else { return Vec::new() };
    let is_figure = !image.title.is_empty() || image.attributes.label.is_some();
    let breaks = matches!(end.kind, InlineKind::SoftBreak | InlineKind::LineBreak);
    if !is_figure || !breaks || !is_source_line(&plain_text(rest), SOURCE_WORDS) {
        return Vec::new();
    }
    let source = content.split_off(2);
    content.truncate(1);
    source
}

/// A figure; a caption given by HTML stands before the image's title.
pub(super) fn figure(
    reader: &mut Reader<'_>,
    span: Span,
    at: Span,
    mut image: Image,
    given: Option<(Span, Vec<Inline>)>,
) -> Block {
    let attributes = image.attributes.clone();
    image.attributes = Attributes { label: None, ..image.attributes };
    let title = std::mem::take(&mut image.title);
    let caption = given.or_else(|| {
        let stands = title_span(reader, at, &title);
        let content = leaf::fragment(reader, &title, stands);
        (!content.is_empty()).then_some((stands, content))
    });
    let caption = caption.or_else(|| described(reader, at, &attributes));
    let caption = caption.map(|(span, content)| Caption { id: reader.ids.fresh(), span, content });
    reader.block(span, attributes, BlockKind::Figure(Figure { image, caption }))
}

/// pandoc-crossref's figures (`{#fig:map}`) have their description for a caption.
fn described(reader: &mut Reader<'_>, image: Span, attributes: &Attributes) -> Option<(Span, Vec<Inline>)> {
    attributes.label.as_ref().filter(|label| label.as_str().starts_with("fig:"))?;
    let source = reader.place.text(image);
    let description = source.strip_prefix("![")?;
    let mut depth = 0_usize;
    let mut escaped = false;
    let end = description.bytes().position(|byte| {
        let closes = byte == b']' && !escaped && depth == 0;
        depth = match byte {
            b'[' if !escaped => depth + 1,
            b']' if !escaped => depth.saturating_sub(1),
            _ => depth,
        };
        escaped = byte == b'\\' && !escaped;
        closes
    })?;
    let start = image.range().start + "![".len();
    let stands = reader.place.between(start, start + end);
    let content = leaf::fragment(reader, &description[..end], stands);
    (!content.is_empty()).then_some((stands, content))
}

/// Where in an image a title stands, if as it is; else the image.
fn title_span(reader: &Reader<'_>, image: Span, title: &str) -> Span {
    let source = reader.place.text(image);
    let found = ['"', '\'', '('].iter().find_map(|quote| source.rfind(&format!("{quote}{title}")));
    found.filter(|_| !title.is_empty()).map_or(image, |at| {
        let start = image.range().start + at + 1;
        reader.place.between(start, start + title.len())
    })
}
