//! What the file says about itself: `docProps/core.xml`, `app.xml`, `custom.xml`.

use super::xml::{Build, Xml};
use crate::diag::Status;
use crate::resolve::{Metadata, RevisionInfo};

const CORE: &[(&str, &str)] = &[
    ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:dcterms", "http://purl.org/dc/terms/"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

/// Core properties (ECMA-376 part 2, 11). Times are the report's date.
pub(super) fn core(meta: &Metadata) -> Vec<u8> {
    Xml::root("cp:coreProperties", CORE, |xml| {
        let authors: Vec<&str> = meta.authors.iter().map(|(name, _)| name.as_str()).collect();
        let authors = authors.join("; ");
        let status = match meta.status {
            Status::Draft => "Draft",
            Status::Final => "Final",
        };
        let texts = [
            ("dc:title", Some(meta.title.as_str())),
            ("dc:subject", meta.subtitle.as_deref()),
            ("dc:creator", Some(authors.as_str())),
            ("cp:keywords", Some(&*meta.subjects.join("; "))),
            ("dc:description", meta.description.as_deref()),
            ("dc:identifier", meta.reference.as_deref()),
            ("cp:category", meta.series.as_deref()),
            ("cp:version", meta.version.as_deref()),
            ("cp:contentStatus", Some(meta.draft_label.as_deref().unwrap_or(status))),
            ("cp:lastModifiedBy", Some(authors.as_str())),
            ("dc:language", Some(meta.language.as_str())),
        ]
        .map(|(name, text)| (name, text.map(str::to_owned)));
        for (name, text) in texts {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                xml.leaf(name, &[], &text);
            }
        }
        if let Some(date) = meta.date {
            let moment = format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month, date.day);
            for name in ["dcterms:created", "dcterms:modified"] {
                xml.leaf(name, &[("xsi:type", &"dcterms:W3CDTF")], &moment);
            }
        }
    })
}

/// Extended properties (ECMA-376 22.2).
pub(super) fn app(meta: &Metadata) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    Xml::root("Properties", &[("xmlns", namespace)], |xml| {
        xml.leaf("Application", &[], "rapporteur");
        if let Some(publisher) = &meta.publisher {
            xml.leaf("Company", &[], publisher);
        }
    })
}

/// Custom properties (ECMA-376 22.3), where there are any.
pub(super) fn custom(meta: &Metadata, redline: Option<&RevisionInfo>) -> Option<Vec<u8>> {
    let contributors = meta.contributors.join("; ");
    let properties: Vec<(&str, &str)> = [
        ("Contributors", Some(contributors.as_str())),
        ("DOI", meta.doi.as_deref()),
        ("Event", meta.event.as_deref()),
        ("ISBN", meta.isbn.as_deref()),
        ("Licence", meta.licence.as_ref().map(|licence| licence.text.as_str())),
    ]
    .into_iter()
    .chain(redline.into_iter().flat_map(|info| {
        // What a copy that comes back is held against: what was compared, and by what.
        [
            ("Redline Baseline", Some(info.baseline.as_str())),
            ("Redline Revision", Some(info.revision.as_str())),
            ("Redline Program", Some(concat!("rapporteur ", env!("CARGO_PKG_VERSION")))),
        ]
    }))
    .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
    .collect();
    if properties.is_empty() {
        return None;
    }
    let namespaces = [
        ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
        ("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
    ];
    Some(Xml::root("Properties", &namespaces, |xml| {
        for (index, (name, value)) in properties.iter().enumerate() {
            // The first two ids are reserved ([MS-OE376] 2.1.1.1).
            let id = index + 2;
            xml.element(
                "property",
                &[("fmtid", &"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"), ("pid", &id), ("name", name)],
                |xml| xml.leaf("vt:lpwstr", &[], value),
            );
        }
    }))
}
