//! What pictures are, before two versions are compared: their files may have other names, or the same name and other bytes.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::path;
use crate::document::{Block, BlockKind, Document, Image, Inline, InlineKind, VisitMut, walk_blocks_mut};
use crate::project::{Project, ProjectPath, World, mib};
use crate::source::Span;

/// Gives every image the digest of its file; one that cannot be read has none.
pub fn digest_images(document: &mut Document, project: &Project, world: &dyn World) {
    let mut digests = Digests { project, world, known: HashMap::new() };
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut digests));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut digests));
}

struct Digests<'p> {
    project: &'p Project,
    world: &'p dyn World,
    known: HashMap<ProjectPath, Option<[u8; 32]>>,
}

impl Digests<'_> {
    fn image(&mut self, image: &mut Image, span: Span) {
        let Ok(path) = path((image, span, span.file), (self.project, self.world)) else { return };
        let (world, limit) = (self.world, mib(self.project.config.limits.image_mib));
        let digest = self.known.entry(path).or_insert_with_key(|path| {
            let bytes = world.read(path, limit).ok()?;
            Some(Sha256::digest(&bytes).into())
        });
        image.digest = digest.map(Box::new);
    }
}

impl VisitMut for Digests<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure(figure) = &mut block.kind {
            self.image(&mut figure.image, block.span);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Image(image) = &mut inline.kind {
            self.image(image, inline.span);
        }
    }
}
