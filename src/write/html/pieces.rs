//! A page in pieces, so that a preview can send the one block that an edit has changed.
//!
//! Put together in their order, the pieces are the page, byte for byte: [`Page::html`] is what is published.

use std::collections::BTreeSet;

use super::escape;
use super::writer::{Face, Letters};
use crate::document::NodeId;

/// A whole page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What stands before the body.
    pub head: Head,
    /// Attributes of `body`: the words that the script shows.
    pub body: Vec<(&'static str, String)>,
    /// The body, part by part.
    pub regions: Vec<Region>,
    /// What stands after the last region: the ends of its containers, the foot, the script.
    pub tail: String,
    /// What its blocks want of the style sheet.
    pub wants: Wants,
}

/// What blocks want of the style sheet: letters of faces, widths of columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wants {
    pub(super) letters: Letters,
    pub(super) widths: BTreeSet<u16>,
}

impl Wants {
    /// Whether a style sheet made for these serves the others as well.
    pub fn cover(&self, other: &Self) -> bool {
        let has = |(face, letters): (&Face, &BTreeSet<char>)| {
            self.letters.get(face).is_some_and(|own| own.is_superset(letters))
        };
        other.letters.iter().all(has) && self.widths.is_superset(&other.widths)
    }
}

/// The head, and the start tag of `html`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Attributes of `html`: language, direction, class.
    pub root: Vec<(&'static str, String)>,
    /// The page's title.
    pub title: String,
    /// The content security policy, which names what `fonts` and `style` hash to.
    pub policy: String,
    /// The elements that describe the report, the title among them.
    pub description: String,
    /// The faces, as `@font-face`.
    pub fonts: String,
    /// The rest of the style sheet.
    pub style: String,
}

/// A part of the body whose blocks are its container's children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Which it is.
    pub key: RegionKey,
    /// Markup between the region before and this one: ends and starts of what stands around both.
    pub before: String,
    /// The container's start tag with the line's end; empty where the blocks have no container of their own.
    pub open: String,
    /// Its blocks, each one element on lines of its own.
    pub blocks: Vec<Piece>,
    /// The container's end tag with the line's end.
    pub close: String,
}

/// Which part of the body a region is; one key stands once in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RegionKey {
    /// The contents beside the text: one element, or none.
    Contents,
    /// The title block: one element. What drafts put on the cover is inside it.
    Cover,
    /// What a draft contributes; its position in [`crate::document::Document::parts`].
    Part(usize),
    /// Notes that count together; the position in [`crate::resolve::ResolvedDocument::note_groups`].
    Notes(usize),
}

/// One element of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The block or the note that it shows; `None` for what is generated.
    pub node: Option<NodeId>,
    /// Its markup, ending with the line's end.
    pub html: String,
}

impl Page {
    /// The page as it is published.
    pub fn html(&self) -> String {
        let mut html = self.head.html();
        push_tag(&mut html, "body", &self.body);
        html.push('\n');
        for Region { before, open, blocks, close, .. } in &self.regions {
            html.extend([before.as_str(), open]);
            html.extend(blocks.iter().map(|piece| piece.html.as_str()));
            html.push_str(close);
        }
        html.extend([self.tail.as_str(), "</html>\n"]);
        html
    }
}

impl Head {
    /// From the document type to the end of `head`.
    pub fn html(&self) -> String {
        let Self { root, title: _, policy, description, fonts, style } = self;
        let mut html = "<!DOCTYPE html>\n".to_owned();
        push_tag(&mut html, "html", root);
        html.push_str("\n<head>\n<meta charset=\"utf-8\">\n");
        let policy = [("http-equiv", "Content-Security-Policy".to_owned()), ("content", policy.clone())];
        push_tag(&mut html, "meta", &policy);
        html.push_str("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
        // An empty icon: otherwise a browser asks the server for one.
        html.push_str("<link rel=\"icon\" href=\"data:,\">\n");
        html.extend([description, "<style>", fonts, style, "</style>\n</head>\n"]);
        html
    }
}

/// Where a page under construction is to be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// A region's container begins here.
    Open(RegionKey),
    /// A block of it begins here.
    Block(Option<NodeId>),
    /// Its blocks end here.
    Close,
    /// The region ends here.
    End,
}

/// Cuts a body at the places noted while it was written, each a byte offset.
/// They stand in the order open, blocks, close, end.
pub(super) fn cut(body: &str, cuts: &[(usize, Cut)]) -> (Vec<Region>, String) {
    let mut regions: Vec<Region> = Vec::new();
    let mut before = &body[..cuts.first().map_or(body.len(), |(at, _)| *at)];
    for (index, (at, cut)) in cuts.iter().enumerate() {
        let until = cuts.get(index + 1).map_or(body.len(), |(next, _)| *next);
        let text = body[*at..until].to_owned();
        match cut {
            Cut::Open(key) => regions.push(Region {
                key: *key,
                before: before.to_owned(),
                open: text,
                blocks: Vec::new(),
                close: String::new(),
            }),
            Cut::Block(node) => current(&mut regions).blocks.push(Piece { node: *node, html: text }),
            Cut::Close => current(&mut regions).close = text,
            Cut::End => before = &body[*at..until],
        }
    }
    (regions, before.to_owned())
}

fn current(regions: &mut [Region]) -> &mut Region {
    regions.last_mut().expect("a region is opened before it has blocks")
}

/// Adds a start tag, its attributes' values escaped.
pub fn push_tag(out: &mut String, name: &str, attributes: &[(&'static str, String)]) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape::push_text(out, value);
        out.push('"');
    }
    out.push('>');
}
