//! Files of images, each read and decoded once.
//!
//! In: paths. Out: what lies there, or why it is refused. Files of the same bytes are one.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::LazyLock;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use sha2::{Digest as _, Sha256};

use super::kept::{self, Key, Outcome};
use super::{Asset, MediaType, Raster, raster, vector};
use crate::diag::{Code, Diagnostic};
use crate::document::Pt;
use crate::project::{LimitsConfig, ProjectPath, ReadError, World, mib};
use crate::resolve::Options;
use crate::source::Span;

/// A file that can be shown.
pub(super) struct Loaded {
    digest: [u8; 32],
    path: ProjectPath,
    outcome: Outcome,
}

/// What a file holds.
pub(super) enum Content {
    /// A raster image and, if asked for, its twin.
    Raster(MediaType, Vec<u8>, Option<Vec<u8>>),
    /// A drawing, to be drawn as large as it will be shown.
    Vector(Box<vector::Drawing>),
}

/// A decoded file.
pub(super) struct Decoded {
    pub(super) content: Content,
    /// Its own size, at 96 pixels to the inch.
    pub(super) width: Pt,
    pub(super) height: Pt,
    /// What of it is not shown as its maker meant.
    pub(super) doubts: Vec<Doubt>,
}

/// Something about an image that can be shown all the same.
pub(super) struct Doubt {
    pub(super) code: Code,
    /// To be put after "the image … ".
    pub(super) message: String,
    pub(super) hint: &'static str,
}

impl Doubt {
    /// Said of a path, at the place that refers to it.
    pub(super) fn at(&self, path: &ProjectPath, span: Span) -> Diagnostic {
        Diagnostic::new(self.code, span, format!("the image `{path}` {}", self.message)).hint(self.hint)
    }
}

/// Why a file is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is none.
    Missing,
    /// A symbolic link leads out of the project.
    Outside,
    /// To be put after "the image … ".
    Unreadable(String),
}

type ByPath = HashMap<ProjectPath, Result<usize, Refused>>;

/// Reads and decodes files side by side; hands back those that can be shown, in the order of first use,
/// and where each path's is among them.
pub(super) fn load<'p>(
    paths: impl Iterator<Item = &'p ProjectPath>,
    world: &dyn World,
    limits: &LimitsConfig,
    options: &Options,
) -> (Vec<Loaded>, ByPath) {
    let mut order: Vec<&ProjectPath> = Vec::new();
    let mut known: BTreeMap<&ProjectPath, ()> = BTreeMap::new();
    for path in paths {
        if known.insert(path, ()).is_none() {
            order.push(path);
        }
    }
    let fonts = LazyLock::new(|| vector::Fonts::new(&options.fonts, &options.fallback_fonts));
    let kept_fonts = options.kept.begin(&options.fallback_fonts);
    let loaded: Vec<Result<Loaded, Refused>> =
        order.clone().into_par_iter().map(|path| read(path, world, limits, options, (&fonts, kept_fonts))).collect();
    options.kept.end();
    let (mut files, mut by_digest, mut by_path) = (Vec::<Loaded>::new(), HashMap::new(), HashMap::new());
    for (path, loaded) in order.into_iter().zip(loaded) {
        let position = loaded.map(|loaded| {
            *by_digest.entry(loaded.digest).or_insert_with(|| {
                files.push(loaded);
                files.len() - 1
            })
        });
        by_path.insert(path.clone(), position);
    }
    (files, by_path)
}

fn read(
    path: &ProjectPath,
    world: &dyn World,
    limits: &LimitsConfig,
    options: &Options,
    (fonts, kept_fonts): (&(impl Deref<Target = vector::Fonts> + Sync), u64),
) -> Result<Loaded, Refused> {
    let largest = limits.image_mib.max(limits.svg_mib);
    let bytes = world.read(path, mib(largest)).map_err(|error| match error {
        ReadError::Missing => Refused::Missing,
        ReadError::Outside => Refused::Outside,
        ReadError::TooLarge => Refused::Unreadable(too_large(largest)),
        ReadError::Other(why) => Refused::Unreadable(format!("cannot be read: {why}")),
    })?;
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    let twin = options.raster == Raster::Twin;
    let key = Key { digest, limits: kept::limits(limits), twin, fonts: kept_fonts };
    let outcome = options.kept.get(key, || decode(bytes, limits, twin, fonts, &digest));
    match &*outcome {
        Ok(_) => Ok(Loaded { digest, path: path.clone(), outcome }),
        Err(why) => Err(Refused::Unreadable(why.clone())),
    }
}

fn decode(
    bytes: Vec<u8>,
    limits: &LimitsConfig,
    twin: bool,
    fonts: &vector::Fonts,
    digest: &[u8; 32],
) -> Result<Decoded, String> {
    let length = bytes.len() as u64;
    if raster::is_raster(&bytes) {
        if length > mib(limits.image_mib) {
            Err(too_large(limits.image_mib))
        } else {
            raster::decode(bytes, limits, twin)
        }
    } else if length > mib(limits.svg_mib) && vector::is_vector(&bytes) {
        Err(too_large(limits.svg_mib))
    } else {
        vector::decode(&bytes, limits, fonts, &prefix(digest))
    }
}

fn too_large(limit: u32) -> String {
    format!("is larger than {limit} MiB")
}

/// Ids within a drawing begin with this, so that two drawings in one page never meet.
fn prefix(digest: &[u8; 32]) -> String {
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("i{hex}-")
}

impl Loaded {
    /// What it was decoded to.
    pub(super) fn decoded(&self) -> &Decoded {
        self.outcome.as_ref().as_ref().expect("a file that cannot be decoded is refused")
    }

    /// As writers embed it; with a twin if it is shown this wide at most and Word cannot show it.
    pub(super) fn asset(&self, widest: Option<Pt>) -> Asset {
        let (media, bytes, raster) = match &self.decoded().content {
            Content::Raster(media, bytes, twin) => (*media, bytes.clone(), twin.clone()),
            Content::Vector(drawing) => {
                let raster = widest.and_then(|widest| drawing.twin(widest));
                (MediaType::Svg, drawing.bytes().to_vec(), raster)
            }
        };
        Asset { digest: self.digest, path: self.path.as_str().to_owned(), media, bytes, raster }
    }
}
