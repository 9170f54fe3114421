//! Fonts for letters that the bundled families lack: found by file name, and only where a report needs them.
//!
//! In: what a style says of each script, the bytes of files that others have found. Out: [`FontSet`], all the faces that
//! a report is set in. Opens no file, and searches no folder.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::coverage::{Coverage, bundled_coverage, covers_in_formulas, ignorable};
use super::{FontFace, Script, Weight, faces};

/// The font of a script, as a style names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FallbackFont {
    /// Whose letters it has.
    pub script: Script,
    /// Family as in its `name` table.
    pub family: String,
    /// Names of files that hold its regular face, the best first.
    pub regular: Vec<String>,
    /// Names of files that hold its bold face; may be none.
    pub bold: Vec<String>,
    /// A family that most readers have, for where this one can be neither embedded nor found (`w:altName`, CSS).
    pub alternative: Option<String>,
}

impl FallbackFont {
    /// Where a style says nothing: Noto, as Debian and others package it.
    pub fn noto(script: Script) -> Option<Self> {
        let family = script.family()?;
        let files = |weight: &str| match family {
            "Noto Sans CJK SC" => vec![format!("NotoSansCJK-{weight}.ttc"), format!("NotoSansCJKsc-{weight}.otf")],
            _ => ["ttf", "otf"].map(|kind| format!("{}-{weight}.{kind}", family.replace(' ', ""))).to_vec(),
        };
        let alternative = (script == Script::Chinese).then(|| "Microsoft YaHei".to_owned());
        Some(Self { script, family: family.to_owned(), regular: files("Regular"), bold: files("Bold"), alternative })
    }
}

/// A font file's bytes, shared: it may be as large as all else of a build.
#[derive(Clone)]
pub struct FontFile {
    bytes: Arc<Vec<u8>>,
    /// Once somebody asks.
    digest: Arc<OnceLock<[u8; 32]>>,
}

impl FontFile {
    /// A file of these bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Arc::new(bytes), digest: Arc::default() }
    }

    /// The bytes, for those that keep them.
    pub fn shared(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.bytes)
    }

    /// SHA-256, which takes a while where a font has thousands of letters.
    pub fn digest(&self) -> [u8; 32] {
        *self.digest.get_or_init(|| Sha256::digest(&**self.bytes).into())
    }
}

/// The same file, or one of the same bytes.
impl PartialEq for FontFile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.bytes, &other.bytes) || self.bytes == other.bytes
    }
}

impl Eq for FontFile {}

impl AsRef<[u8]> for FontFile {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::ops::Deref for FontFile {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({} bytes)", self.bytes.len())
    }
}

/// A face that was found for this report's letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FallbackFace {
    /// Whose letters it was looked up for.
    pub script: Script,
    /// Family name as in its `name` table.
    pub family: String,
    /// Regular or bold.
    pub weight: Weight,
    /// The file.
    pub data: FontFile,
    /// Which face of the file, where it is a collection.
    pub index: u32,
    /// Whether Word can embed it: TrueType outlines, in a file of their own.
    pub embed_in_docx: bool,
    /// A family that most readers have, for where this one is not.
    pub alternative: Option<String>,
}

impl FallbackFace {
    /// The face of the family in a file; `None` if the file is no font, or has no face of that family and weight.
    pub fn read(font: &FallbackFont, weight: Weight, data: Vec<u8>) -> Option<Self> {
        let count = ttf_parser::fonts_in_collection(&data);
        let fits = |index: &u32| {
            ttf_parser::Face::parse(&data, *index).is_ok_and(|face| {
                let named = |name: &ttf_parser::name::Name| {
                    let family =
                        matches!(name.name_id, ttf_parser::name_id::FAMILY | ttf_parser::name_id::TYPOGRAPHIC_FAMILY);
                    family && name.to_string().as_deref() == Some(font.family.as_str())
                };
                face.is_bold() == (weight == Weight::Bold) && face.names().into_iter().any(|name| named(&name))
            })
        };
        let index = (0..count.unwrap_or(1)).find(fits)?;
        let outlines = ttf_parser::Face::parse(&data, index).is_ok_and(|face| face.tables().glyf.is_some());
        Some(Self {
            script: font.script,
            family: font.family.clone(),
            weight,
            embed_in_docx: count.is_none() && outlines,
            data: FontFile::new(data),
            index,
            alternative: font.alternative.clone(),
        })
    }
}

/// All the faces that a report is set in: the bundled ones, and those found for its scripts.
#[derive(Debug, Clone, Default)]
pub struct FontSet {
    fallback: Vec<FallbackFace>,
    /// What all the faces show, once somebody asks.
    coverage: Arc<OnceLock<Coverage>>,
}

impl FontSet {
    /// The bundled faces alone.
    pub fn bundled() -> Self {
        Self::default()
    }

    /// With faces that were found, in the order in which they are to be tried.
    pub fn new(fallback: Vec<FallbackFace>) -> Self {
        Self { fallback, coverage: Arc::default() }
    }

    /// The bundled faces; a text is set in those of its style's families first.
    pub fn faces(&self) -> &'static [FontFace] {
        faces()
    }

    /// The faces for letters that the bundled ones lack, in the order in which they are to be tried.
    pub fn fallback(&self) -> &[FallbackFace] {
        &self.fallback
    }

    /// The families of [`FontSet::fallback`], each once. In a stack they stand after the style's families for text and
    /// before that for code, whose letters of other scripts are all equally wide.
    pub fn fallback_families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = Vec::new();
        for face in &self.fallback {
            if !families.contains(&face.family.as_str()) {
                families.push(&face.family);
            }
        }
        families
    }

    /// Whether a font was found for a script.
    pub fn has(&self, script: Script) -> bool {
        self.fallback.iter().any(|face| face.script == script)
    }

    /// Whether some face shows the character, or it shows as nothing at all.
    pub fn covers(&self, c: char) -> bool {
        let code = u32::from(c);
        code < 0x20 || ignorable(code) || self.coverage().has(code)
    }

    /// As [`Self::covers`] within a formula, which has a font of its own before the others.
    pub fn covers_in_formulas(&self, c: char) -> bool {
        covers_in_formulas(c) || self.covers(c)
    }

    /// Finds out what the faces show, which takes a while where one has thousands of letters. All else asks when it wants
    /// to know.
    pub fn look_through(&self) {
        self.coverage();
    }

    fn coverage(&self) -> &Coverage {
        if self.fallback.is_empty() {
            return bundled_coverage();
        }
        self.coverage.get_or_init(|| {
            let mut coverage = bundled_coverage().clone();
            for face in self.fallback.iter().filter(|face| face.weight == Weight::Regular) {
                coverage.add(&face.data, face.index, |_| true);
            }
            coverage
        })
    }
}

/// The scripts of characters that no bundled face shows.
pub fn scripts<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<Script> {
    beyond(texts, FontSet::covers)
}

/// As [`scripts`] of the TeX of formulas.
pub fn formula_scripts<'t>(sources: impl IntoIterator<Item = &'t str>) -> BTreeSet<Script> {
    beyond(sources, FontSet::covers_in_formulas)
}

fn beyond<'t>(texts: impl IntoIterator<Item = &'t str>, covers: fn(&FontSet, char) -> bool) -> BTreeSet<Script> {
    let bundled = FontSet::bundled();
    let mut found = BTreeSet::new();
    for text in texts.into_iter().filter(|text| !text.is_ascii()) {
        found.extend(text.chars().filter(|c| !covers(&bundled, *c)).filter_map(Script::of));
    }
    found
}
