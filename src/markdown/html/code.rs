//! Code in a line that holds links and pictures: they stay what they are, with code within.

use super::element::Name;
use super::inlines::raw_text;
use super::tree::{Element, Piece};
use crate::document::{Inline, InlineKind, plain_text};
use crate::source::Span;

/// Whether code holds what code cannot.
pub(super) fn holds_more(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Inline(inline) => matches!(inline.kind, InlineKind::Link(_) | InlineKind::Image(_)),
        Piece::Element(element) => matches!(element.name, Name::Anchor | Name::Image) || holds_more(&element.children),
        Piece::Text(..) | Piece::Break(_) | Piece::Block(_) => false,
    })
}

/// The pieces of a code element as code between and within links.
pub(super) fn split(pieces: Vec<Piece>, span: Span) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut plain: Vec<Piece> = Vec::new();
    for piece in pieces {
        if !holds_more(std::slice::from_ref(&piece)) {
            plain.push(piece);
            continue;
        }
        out.extend(code(std::mem::take(&mut plain), span));
        out.push(match piece {
            Piece::Element(element) => Piece::Element(within(element)),
            Piece::Inline(inline) => Piece::Inline(coded(inline)),
            Piece::Text(..) | Piece::Break(_) | Piece::Block(_) => piece,
        });
    }
    out.extend(code(plain, span));
    out
}

fn within(mut element: Element) -> Element {
    let held = std::mem::take(&mut element.children);
    element.children = if element.name == Name::Anchor { code(held, element.span) } else { split(held, element.span) };
    element
}

/// A link of Markdown, its text as code.
fn coded(mut inline: Inline) -> Inline {
    if let InlineKind::Link(link) = &mut inline.kind
        && let [first, ..] = link.content.as_slice()
    {
        let kind = InlineKind::Code(plain_text(&link.content));
        link.content = vec![Inline { id: first.id, span: first.span, kind, change: None }];
    }
    inline
}

/// Code, with the spaces around it: what stands in a line of code is trimmed.
fn code(children: Vec<Piece>, span: Span) -> Vec<Piece> {
    let text = raw_text(&children);
    let space = |is: bool| is.then(|| Piece::Text(" ".to_owned(), span));
    let (before, behind) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    if text.trim().is_empty() {
        return space(before).into_iter().collect();
    }
    let (attributes, typed) = Default::default();
    let code = Element { name: Name::Code, typed, attributes, span, children, block: false, markdown: false };
    space(before).into_iter().chain([Piece::Element(code)]).chain(space(behind)).collect()
}
