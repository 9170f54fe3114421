use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::{FontFace, Weight, classes};

/// Every bundled face: Noto Sans for text, DejaVu Sans Mono for code, each regular and bold, upright and
/// slanted. Never taken from the system, where versions of these families differ from machine to machine.
pub fn faces() -> &'static [FontFace] {
    static FACES: LazyLock<Vec<FontFace>> = LazyLock::new(|| {
        let noto = [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];
        // They last as long as the program, as those that are part of it do.
        let noto = noto.map(|data| classes::without(data).map_or(data, |mended| &*mended.leak()));
        let mut faces: Vec<FontFace> = noto.into_iter().filter_map(|data| face(data, "Noto Sans")).collect();
        faces.extend(typst_assets::fonts().filter_map(|data| face(data, "DejaVu Sans Mono")));
        faces.sort_by_key(|face| (std::cmp::Reverse(face.family), face.weight, face.italic));
        faces
    });
    &FACES
}

/// SHA-256 of a bundled face's file; all are made at once.
pub(super) fn digest(face: &FontFace) -> [u8; 32] {
    static DIGESTS: LazyLock<Vec<[u8; 32]>> =
        LazyLock::new(|| faces().iter().map(|face| Sha256::digest(face.data).into()).collect());
    let at = faces().iter().position(|known| std::ptr::eq(known.data, face.data));
    at.map_or_else(|| Sha256::digest(face.data).into(), |at| DIGESTS[at])
}

/// The face, if the file is one of `family` with TrueType outlines (Word embeds no others).
fn face(data: &'static [u8], family: &'static str) -> Option<FontFace> {
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let named = |name: &ttf_parser::name::Name| {
        name.name_id == ttf_parser::name_id::FAMILY && name.to_string().as_deref() == Some(family)
    };
    if face.tables().glyf.is_none() || !face.names().into_iter().any(|name| named(&name)) {
        return None;
    }
    let weight = if face.is_bold() { Weight::Bold } else { Weight::Regular };
    let italic = face.is_italic() || face.is_oblique();
    Some(FontFace { family, weight, italic, mono: face.is_monospaced(), data })
}

/// The font for formulas: New Computer Modern Math, in the weight that stands well beside text.
pub fn formula_face() -> &'static [u8] {
    static FACE: LazyLock<&'static [u8]> = LazyLock::new(|| {
        let book = |data: &&[u8]| {
            let face = ttf_parser::Face::parse(data, 0).ok();
            let named = |face: &ttf_parser::Face<'_>| {
                let name = |name: ttf_parser::name::Name<'_>| {
                    name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME
                        && name.to_string().as_deref() == Some("NewCMMath-Book")
                };
                face.names().into_iter().any(name)
            };
            face.as_ref().is_some_and(named)
        };
        typst_assets::fonts().find(book).expect("typst's fonts hold that of formulas")
    });
    &FACE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_families_have_four_faces_each() {
        let list: Vec<_> = faces().iter().map(|face| (face.family, face.weight.number(), face.italic)).collect();
        let four = |family| [(400, false), (400, true), (700, false), (700, true)].map(|(w, i)| (family, w, i));
        assert_eq!(list, [four("Noto Sans"), four("DejaVu Sans Mono")].concat());
    }
}
