//! Namespaces of XML, told by their names.
//!
//! In: a name as resolved. Out: a [`Space`]. Knows those of packages and of XMP, in both of their editions.

use quick_xml::name::{Namespace, ResolveResult};

/// Namespaces that the readers know, told by their names and never by a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::inspect) enum Space {
    /// None: attributes without a prefix.
    None,
    /// WordprocessingML.
    Word,
    /// `r:`, relationship ids.
    Relationship,
    /// `_rels/*.rels`.
    PackageRelationships,
    /// DrawingML anchored in text (`wp:`).
    WordDrawing,
    /// DrawingML.
    Drawing,
    /// DrawingML pictures.
    Picture,
    /// `adec:decorative`.
    Decorative,
    /// Markup compatibility.
    Compatibility,
    /// Office mathematics.
    Math,
    /// Core properties.
    CoreProperties,
    /// Dublin Core elements.
    DublinCore,
    /// RDF.
    Rdf,
    /// XMP's description of PDF/A.
    PdfA,
    /// XMP's description of PDF/UA.
    PdfUa,
    /// XMP media management.
    XmpMedia,
    /// Any other.
    Other,
}

impl Space {
    fn named(name: &str) -> Self {
        match name {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::Relationship,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Self::PackageRelationships,
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => Self::WordDrawing,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => {
                Self::Drawing
            }
            "http://schemas.openxmlformats.org/drawingml/2006/picture"
            | "http://purl.oclc.org/ooxml/drawingml/picture" => Self::Picture,
            "http://schemas.microsoft.com/office/drawing/2017/decorative" => Self::Decorative,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties" => Self::CoreProperties,
            "http://purl.org/dc/elements/1.1/" => Self::DublinCore,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Rdf,
            "http://www.aiim.org/pdfa/ns/id/" => Self::PdfA,
            "http://www.aiim.org/pdfua/ns/id/" => Self::PdfUa,
            "http://ns.adobe.com/xap/1.0/mm/" => Self::XmpMedia,
            _ => Self::Other,
        }
    }

    /// That of a name, as it was resolved.
    pub(super) fn of(resolved: &ResolveResult<'_>) -> Self {
        match resolved {
            ResolveResult::Unbound => Self::None,
            ResolveResult::Bound(Namespace(name)) => Self::named(name),
            ResolveResult::Unknown(_) => Self::Other,
        }
    }
}
