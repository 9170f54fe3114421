//! The report as a page in blocks, each with a digest: what a browser has already need not be sent again.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::state::SourcePlace;
use crate::document::NodeId;
use crate::write::html::{Head, Page, RegionKey};

/// Names a content: two that are alike are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(u64);

impl Digest {
    /// The digest of what can be hashed; the same in every thread, not in every release.
    pub fn of(content: &(impl Hash + ?Sized)) -> Self {
        // Its keys are fixed, unlike those of a hash table.
        let mut hasher = std::hash::DefaultHasher::new();
        content.hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl std::fmt::Display for Digest {
    /// 16 hexadecimal digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for Digest {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Web {
    /// What stands before the body, and its style sheets.
    pub head: Arc<Head>,
    /// Of `head`.
    pub head_digest: Digest,
    /// Attributes of `body`.
    pub body: Arc<[(&'static str, String)]>,
    /// The body, part by part.
    pub regions: Arc<[WebRegion]>,
    /// What stands after the last region, up to the end of the body.
    pub tail: Arc<str>,
}

/// A part of the body whose blocks are its container's children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebRegion {
    /// Which it is.
    pub key: RegionKey,
    /// Markup between the region before and this one.
    pub before: Arc<str>,
    /// The container's start tag; empty where the region has no container of its own.
    pub open: Arc<str>,
    /// Its blocks, each one element.
    pub blocks: Arc<[WebBlock]>,
    /// The container's end tag.
    pub close: Arc<str>,
    /// Of its blocks' digests.
    pub digest: Digest,
}

/// An element of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebBlock {
    /// Of the markup.
    pub digest: Digest,
    /// Its markup, one element with the line's end.
    pub html: Arc<str>,
    /// Where it was typed, first line to last; `None` for what is generated. No part of the digest: an edit above moves
    /// it and leaves the element alone.
    pub source: Option<SourceLines>,
}

/// The lines of a draft that something was typed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLines {
    /// The first.
    pub start: SourcePlace,
    /// The last, from 1.
    pub last_line: usize,
}

impl WebRegion {
    pub(super) fn digest_of(blocks: &[WebBlock]) -> Digest {
        Digest::of(&blocks.iter().map(|block| block.digest).collect::<Vec<_>>())
    }
}

impl Web {
    /// Whether a browser would show the same.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        let around = |region: &WebRegion| {
            (region.key, Arc::clone(&region.before), Arc::clone(&region.open), Arc::clone(&region.close))
        };
        let alike = |(one, other): (&WebRegion, &WebRegion)| one.digest == other.digest && around(one) == around(other);
        self.head_digest == other.head_digest
            && self.body == other.body
            && self.tail == other.tail
            && self.regions.len() == other.regions.len()
            && self.regions.iter().zip(&*other.regions).all(alike)
    }

    /// Digests the pieces of a page; `source` says where a node was typed.
    pub(super) fn new(page: Page, source: &dyn Fn(NodeId) -> Option<SourceLines>) -> Self {
        let Page { head, body, regions, tail, wants: _ } = page;
        let regions = regions.into_iter().map(|region| {
            let blocks: Arc<[WebBlock]> = region
                .blocks
                .into_iter()
                .map(|piece| WebBlock {
                    digest: Digest::of(piece.html.as_str()),
                    html: piece.html.into(),
                    source: piece.node.and_then(source),
                })
                .collect();
            WebRegion {
                key: region.key,
                before: region.before.into(),
                open: region.open.into(),
                close: region.close.into(),
                digest: WebRegion::digest_of(&blocks),
                blocks,
            }
        });
        let regions = regions.collect();
        let head_digest = Digest::of(&(&head.root, &head.description, &head.fonts, &head.style));
        Self { head_digest, head: Arc::new(head), body: body.into(), regions, tail: tail.into() }
    }

    /// The page as a build publishes it, byte for byte.
    pub fn html(&self) -> String {
        let mut html = self.head.html();
        crate::write::html::push_tag(&mut html, "body", &self.body);
        html.push('\n');
        for WebRegion { before, open, blocks, close, .. } in self.regions.iter() {
            html.extend([&**before, open]);
            html.extend(blocks.iter().map(|block| &*block.html));
            html.push_str(close);
        }
        html.extend([&*self.tail, "</html>\n"]);
        html
    }
}
