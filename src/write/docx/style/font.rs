use super::super::package::Relationships;
use super::super::xml::{Build, RELATIONSHIPS, WORD, Xml};
use crate::style::{FallbackFace, FontFace, Script, Weight};

const FONT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font";

/// Fonts that travel with the document (ECMA-376 17.8.1).
#[derive(Debug, Default)]
pub(in super::super) struct EmbeddedFonts<'f> {
    /// Part names and files.
    pub files: Vec<(String, ObfuscatedFont<'f>)>,
    /// From the font table to the files.
    pub relationships: Relationships,
    families: Vec<(String, Vec<Embedding>)>,
}

/// A face that may travel with the document.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Embeddable<'f> {
    /// Its family.
    pub family: &'f str,
    /// Regular or bold.
    pub weight: Weight,
    /// Slanted.
    pub italic: bool,
    /// The file.
    pub data: &'f [u8],
    /// Its SHA-256.
    pub digest: [u8; 32],
}

impl<'f> From<&'f FontFace> for Embeddable<'f> {
    fn from(face: &'f FontFace) -> Self {
        Self { family: face.family, weight: face.weight, italic: face.italic, data: face.data, digest: face.digest() }
    }
}

impl<'f> From<&'f FallbackFace> for Embeddable<'f> {
    fn from(face: &'f FallbackFace) -> Self {
        let (family, data, digest) = (&face.family, &face.data, face.data.digest());
        Self { family, weight: face.weight, italic: false, data, digest }
    }
}

#[derive(Debug)]
struct Embedding {
    element: &'static str,
    relationship: String,
    key: String,
}

/// The faces whose licence bits allow editing and whose outlines Word can embed.
pub(in super::super) fn embed<'f>(faces: impl IntoIterator<Item = Embeddable<'f>>) -> EmbeddedFonts<'f> {
    let mut fonts = EmbeddedFonts::default();
    for face in faces.into_iter().filter(|face| may_be_embedded(face.data)) {
        let name = format!("fonts/font{}.odttf", fonts.files.len() + 1);
        let relationship = fonts.relationships.add(FONT, &name);
        let guid = guid(face.digest);
        fonts.files.push((format!("word/{name}"), ObfuscatedFont { data: face.data, guid }));
        let embedding = Embedding { element: element(&face), relationship, key: braced(guid) };
        match fonts.families.iter_mut().find(|(family, _)| *family == face.family) {
            Some((_, embeddings)) => embeddings.push(embedding),
            None => fonts.families.push((face.family.to_owned(), vec![embedding])),
        }
    }
    fonts
}

/// OS/2 `fsType`: installable or editable embedding; and TrueType outlines.
fn may_be_embedded(data: &[u8]) -> bool {
    let Ok(face) = ttf_parser::Face::parse(data, 0) else { return false };
    let allowed =
        matches!(face.permissions(), Some(ttf_parser::Permissions::Installable | ttf_parser::Permissions::Editable));
    allowed && face.tables().glyf.is_some()
}

fn element(face: &Embeddable<'_>) -> &'static str {
    match (face.weight, face.italic) {
        (Weight::Regular, false) => "w:embedRegular",
        (Weight::Bold, false) => "w:embedBold",
        (Weight::Regular, true) => "w:embedItalic",
        (Weight::Bold, true) => "w:embedBoldItalic",
    }
}

/// A GUID that follows from the file alone.
fn guid(digest: [u8; 32]) -> [u8; 16] {
    let mut guid = [0; 16];
    guid.copy_from_slice(&digest[..16]);
    guid[6] = guid[6] & 0x0f | 0x80;
    guid[8] = guid[8] & 0x3f | 0x80;
    guid
}

fn braced(guid: [u8; 16]) -> String {
    let hex: String = guid.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{{{}-{}-{}-{}-{}}}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// A font as Word keeps it.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct ObfuscatedFont<'f> {
    data: &'f [u8],
    guid: [u8; 16],
}

impl ObfuscatedFont<'_> {
    /// The first 32 bytes are combined with the GUID's bytes in reverse order (ECMA-376 17.8.1).
    pub fn bytes(&self) -> Vec<u8> {
        let mut data = self.data.to_vec();
        for (index, byte) in data.iter_mut().take(32).enumerate() {
            *byte ^= self.guid[15 - index % 16];
        }
        data
    }
}

/// `fontTable.xml`: the families used, and where embedded ones are.
pub(in super::super) fn font_table(families: &[Family<'_>], fonts: &EmbeddedFonts<'_>) -> Vec<u8> {
    Xml::root("w:fonts", &[("xmlns:w", WORD), ("xmlns:r", RELATIONSHIPS)], |xml| {
        for Family { name: family, pitch, alternative, script } in families {
            xml.element("w:font", &[("w:name", family)], |xml| {
                xml.optional("w:altName", *alternative);
                xml.value("w:charset", charset(*script));
                xml.value("w:family", pitch.family());
                xml.value("w:pitch", pitch.name());
                let embedded = fonts.families.iter().filter(|(name, _)| name == family);
                for element in ["w:embedRegular", "w:embedBold", "w:embedItalic", "w:embedBoldItalic"] {
                    let mut found = embedded.clone().flat_map(|(_, list)| list).filter(|e| e.element == element);
                    if let Some(font) = found.next() {
                        xml.empty(element, &[("r:id", &font.relationship), ("w:fontKey", &font.key)]);
                    }
                }
            });
        }
    })
}

/// A line of the font table.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Family<'f> {
    /// Its name.
    pub name: &'f str,
    /// Whether all letters are equally wide.
    pub pitch: Pitch,
    /// A family that may stand for it (`w:altName`, ECMA-376 17.8.3.1).
    pub alternative: Option<&'f str>,
    /// Whose letters it is for, where it is not for Latin ones.
    pub script: Option<Script>,
}

/// `w:charset` (ECMA-376 17.8.3.2): Word goes by it where it has not the font.
fn charset(script: Option<Script>) -> &'static str {
    match script {
        Some(Script::Arabic) => "B2",
        Some(Script::Hebrew) => "B1",
        Some(Script::Thai) => "DE",
        Some(Script::Chinese) => "86",
        Some(_) => "01",
        None => "00",
    }
}

/// Whether all letters are equally wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Pitch {
    /// No.
    Variable,
    /// Yes.
    Fixed,
}

impl Pitch {
    fn name(self) -> &'static str {
        match self {
            Self::Variable => "variable",
            Self::Fixed => "fixed",
        }
    }

    fn family(self) -> &'static str {
        match self {
            Self::Variable => "swiss",
            Self::Fixed => "modern",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::package::Package;
    use super::*;

    /// The only part of a package.
    fn part(file: ObfuscatedFont<'_>) -> Vec<u8> {
        let mut package = Package::default();
        package.add_font("word/fonts/font1.odttf", file);
        let bytes = package.pack(|_| None);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
        let mut part = zip.by_name("word/fonts/font1.odttf").expect("the font is there");
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut read).expect("it can be read");
        read
    }

    #[test]
    fn obfuscation_undone_gives_the_font_back() {
        let face = crate::style::faces().first().expect("there are faces");
        let mut fonts = embed([Embeddable::from(face)]);
        let (name, file) = fonts.files.remove(0);
        assert_eq!(name, "word/fonts/font1.odttf");
        let key = &fonts.families[0].1[0].key;
        // As a reader does it: the key's hexadecimal digits, without braces and hyphens, from the last byte to the first.
        let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
        let bytes: Vec<u8> =
            (0..16).map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).expect("hexadecimal")).collect();
        let file = part(file);
        let restored: Vec<u8> =
            file.iter().enumerate().map(|(i, b)| if i < 32 { b ^ bytes[15 - i % 16] } else { *b }).collect();
        assert_eq!(restored, face.data);
        assert_ne!(&file[..32], &face.data[..32]);
    }
}
