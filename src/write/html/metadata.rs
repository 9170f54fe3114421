//! What the page says about itself: title, Dublin Core, Open Graph, schema.org.

use serde_json::{Map, Value, json};

use super::escape;
use super::writer::{Tag, Writer};
use crate::resolve::{Alternate, Metadata};

/// The elements of `head` that describe the report.
pub(super) fn write(w: &mut Writer) {
    let metadata = &w.doc.metadata;
    w.raw("<title>");
    let title = w.doc.file_title();
    w.text(&title);
    w.raw("</title>\n");
    for (name, value) in named(metadata) {
        write_meta(w, Tag::new("meta").attr("name", name).attr("content", value));
    }
    for (property, value) in open_graph(metadata) {
        write_meta(w, Tag::new("meta").attr("property", property).attr("content", value));
    }
    if let Some(url) = metadata.licence.as_ref().and_then(|licence| licence.url.as_deref()) {
        write_meta(w, Tag::new("link").attr("rel", "license").attr("href", url));
    }
    for Alternate { language, page } in &metadata.alternates {
        let link = Tag::new("link").attr("rel", "alternate").attr("hreflang", language);
        write_meta(w, link.attr("href", escape::address(page)));
    }
    w.raw("<script type=\"application/ld+json\">");
    w.raw(&escape::json(&schema_org(metadata)));
    w.raw("</script>\n");
}

fn write_meta(w: &mut Writer, tag: Tag) {
    w.open(tag);
    w.line();
}

type Pair = (&'static str, String);

fn named(metadata: &Metadata) -> Vec<Pair> {
    let mut pairs = vec![("generator", concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned())];
    push(&mut pairs, "description", metadata.description.as_deref());
    pairs.extend(metadata.authors.iter().map(|(name, _)| ("author", name.clone())));
    if !metadata.subjects.is_empty() {
        pairs.push(("keywords", metadata.subjects.join(", ")));
    }
    pairs.extend(dublin_core(metadata));
    pairs
}

/// DCMI Metadata Terms.
fn dublin_core(metadata: &Metadata) -> Vec<Pair> {
    let mut pairs = vec![("dcterms.title", metadata.title.clone()), ("dcterms.type", "Text".to_owned())];
    push(&mut pairs, "dcterms.alternative", metadata.subtitle.as_deref());
    push(&mut pairs, "dcterms.language", Some(&metadata.language));
    pairs.extend(metadata.authors.iter().map(|(name, _)| ("dcterms.creator", name.clone())));
    pairs.extend(metadata.contributors.iter().map(|name| ("dcterms.contributor", name.clone())));
    push(&mut pairs, "dcterms.publisher", metadata.publisher.as_deref());
    push(&mut pairs, "dcterms.issued", metadata.date.map(|date| date.to_string()).as_deref());
    pairs.extend(metadata.subjects.iter().map(|subject| ("dcterms.subject", subject.clone())));
    push(&mut pairs, "dcterms.description", metadata.description.as_deref());
    pairs.extend(identifiers(metadata).into_iter().map(|identifier| ("dcterms.identifier", identifier)));
    push(&mut pairs, "dcterms.isPartOf", metadata.series.as_deref());
    push(&mut pairs, "dcterms.hasVersion", metadata.version.as_deref());
    push(&mut pairs, "dcterms.license", metadata.licence.as_ref().map(|l| l.url.as_deref().unwrap_or(&l.text)));
    pairs
}

fn open_graph(metadata: &Metadata) -> Vec<Pair> {
    let mut pairs = vec![("og:type", "article".to_owned()), ("og:title", metadata.title.clone())];
    push(&mut pairs, "og:description", metadata.description.as_deref());
    push(&mut pairs, "og:site_name", metadata.publisher.as_deref());
    push(&mut pairs, "article:published_time", metadata.date.map(|date| date.to_string()).as_deref());
    pairs.extend(metadata.subjects.iter().map(|subject| ("article:tag", subject.clone())));
    pairs
}

fn push(pairs: &mut Vec<Pair>, name: &'static str, value: Option<&str>) {
    pairs.extend(value.filter(|value| !value.is_empty()).map(|value| (name, value.to_owned())));
}

fn identifiers(metadata: &Metadata) -> Vec<String> {
    let doi = metadata.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let isbn = metadata.isbn.as_ref().map(|isbn| format!("urn:isbn:{isbn}"));
    [metadata.reference.clone(), isbn, doi].into_iter().flatten().collect()
}

/// schema.org's `Report`.
fn schema_org(metadata: &Metadata) -> Value {
    let mut report = Map::new();
    report.insert("@context".to_owned(), json!("https://schema.org"));
    report.insert("@type".to_owned(), json!("Report"));
    report.insert("name".to_owned(), json!(metadata.title));
    report.insert("inLanguage".to_owned(), json!(metadata.language));
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            report.insert(key.to_owned(), value);
        }
    };
    let text = |value: &Option<String>| value.as_ref().map(|value| json!(value));
    set("alternativeHeadline", text(&metadata.subtitle));
    set("abstract", text(&metadata.description));
    set("reportNumber", text(&metadata.reference));
    set("version", text(&metadata.version));
    set("datePublished", metadata.date.map(|date| json!(date.to_string())));
    set("creativeWorkStatus", metadata.draft_label.as_ref().map(|label| json!(label)));
    set("author", several(metadata.authors.iter().map(|(name, url)| author(name, url.as_deref())).collect()));
    let person = |name: &String| json!({ "@type": "Person", "name": name });
    set("contributor", several(metadata.contributors.iter().map(person).collect()));
    set("publisher", metadata.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })));
    set("isPartOf", metadata.series.as_ref().map(|name| json!({ "@type": "CreativeWorkSeries", "name": name })));
    set("keywords", several(metadata.subjects.iter().map(|subject| json!(subject)).collect()));
    set("identifier", several(identifiers(metadata).into_iter().map(|identifier| json!(identifier)).collect()));
    set("license", metadata.licence.as_ref().map(|l| json!(l.url.as_deref().unwrap_or(&l.text))));
    Value::Object(report)
}

/// Corporate authors are the rule; an ORCID tells a person.
fn author(name: &str, url: Option<&str>) -> Value {
    let kind = if url.is_some_and(|url| url.contains("orcid.org/")) { "Person" } else { "Organization" };
    match url {
        Some(url) => json!({ "@type": kind, "name": name, "@id": url }),
        None => json!({ "@type": kind, "name": name }),
    }
}

fn several(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}
