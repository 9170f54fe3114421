//! The page around the report: its head, policy, style sheet, script and the parts in order.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use super::writer::{Form, Tag, Writer};
use super::{bibliography, contents, cover, font, metadata, note, style};
use crate::document::PartKind;
use crate::resolve::{ResolvedDocument, Terms};
use crate::style::{FontSet, Stylesheet};

const LAYOUT: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
pub(super) fn write(doc: &ResolvedDocument, stylesheet: &Stylesheet, fonts: &FontSet) -> String {
    let mut body = Writer::new(doc, Form::Page(stylesheet));
    write_body(&mut body);
    let (body, letters, widths) = body.finish();
    let css = [
        font::face_rules(&letters, fonts, stylesheet),
        style::custom_properties(stylesheet, fonts),
        LAYOUT.to_owned(),
        style::boxes(),
        style::code_colors(stylesheet),
        style::column_widths(&widths),
        bibliography::label_rooms(),
        style::paper(stylesheet, doc.language.direction),
    ]
    .concat();
    let mut page = Writer::new(doc, Form::Page(stylesheet));
    page.raw("<!DOCTYPE html>\n");
    let run_in = (stylesheet.page.gutter.0 == 0.0).then_some("run-in");
    page.open(page.in_language(Tag::new("html").maybe("class", run_in), Some(&doc.language)));
    page.raw("\n<head>\n<meta charset=\"utf-8\">\n");
    page.open(Tag::new("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy(&css)));
    page.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    // An empty icon: otherwise a browser asks the server for one.
    page.raw("<link rel=\"icon\" href=\"data:,\">\n");
    metadata::write(&mut page);
    page.raw("<style>");
    page.raw(&css);
    page.raw("</style>\n</head>\n");
    page.raw(&body);
    page.raw("</html>\n");
    page.finish().0
}

/// Nothing may be loaded, and nothing may run but what stands here (Content Security Policy 3).
fn policy(css: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; font-src data:; base-uri 'none'; \
         form-action 'none'",
        source_hash(css),
        source_hash(SCRIPT)
    )
}

fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))
}

/// The body. Its data attributes are the words that the script shows.
fn write_body(w: &mut Writer) {
    let Terms { copied, close, footnote, .. } = w.doc.terms;
    let tag = Tag::new("body").attr("data-copied", copied).attr("data-close", close).attr("data-note", footnote);
    w.group(tag, |w| {
        w.in_role("body", |w| {
            w.need(copied);
            w.in_bold(|w| w.need(close));
            w.block(Tag::new("a").class("skip").attr("href", "#_report"), |w| w.text(w.doc.terms.skip));
            contents::write(w);
            w.group(Tag::new("main").attr("id", "_main"), write_main);
            write_foot(w);
            w.block(Tag::new("div").class("toast").attr("id", "_status").attr("role", "status"), |_| {});
        });
        w.raw("<script>");
        w.raw(SCRIPT);
        w.raw("</script>\n");
    });
}

fn write_main(w: &mut Writer) {
    cover::write(w);
    w.group(Tag::new("div").class("report").attr("id", "_report").attr("tabindex", "-1"), |w| {
        let doc = w.doc;
        for (index, part) in doc.document.parts.iter().enumerate() {
            match part.kind {
                PartKind::Cover => {}
                PartKind::Front => cover::write_part(w, index, "part front", "body"),
                PartKind::Body => cover::write_part(w, index, "part", "body"),
                PartKind::Annex => cover::write_part(w, index, "part annex", "body"),
            }
        }
        note::write(w);
    });
}

fn write_foot(w: &mut Writer) {
    let foot = &w.doc.metadata.running_foot;
    if !foot.is_empty() {
        w.group(Tag::new("footer").class("page-foot"), |w| {
            w.block(Tag::new("p").class("wrap"), |w| w.in_role("running-foot", |w| w.text(foot)));
        });
    }
}
