//! The page around the report: its head, policy, style sheet, script and the parts in order.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use super::pieces::{Cut, Head, Page, RegionKey, Wants, cut};
use super::writer::{Finished, Form, Pictures, Tag, Writer};
use super::{KeptFaces, bibliography, block, change, contents, cover, metadata, note, style};
use crate::document::{Block, PartKind};
use crate::resolve::{ResolvedDocument, Terms};
use crate::style::{FontSet, Stylesheet};

const LAYOUT: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
pub(super) fn write(doc: &ResolvedDocument, stylesheet: &Stylesheet, fonts: &FontSet, kept: &KeptFaces) -> Page {
    let mut body = Writer::new(doc, Form::Page(stylesheet));
    let redline = doc.revision.is_some() || doc.document.is_marked();
    body.redline = redline;
    write_body(&mut body);
    let Finished { html, cuts, letters, widths } = body.finish();
    let (regions, tail) = cut(&html, &cuts);
    let fonts_css = kept.rules(&letters, fonts, stylesheet);
    let style = [
        style::custom_properties(stylesheet, fonts, &doc.language),
        LAYOUT.to_owned(),
        if redline { change::LAYOUT.to_owned() } else { String::new() },
        style::boxes(),
        style::code_colors(stylesheet),
        style::column_widths(&widths),
        bibliography::label_rooms(),
        style::paper(stylesheet, doc.language.direction, &doc.metadata),
        style::watermark(stylesheet, &doc.metadata),
    ]
    .concat();
    let head = head(doc, stylesheet, redline, [fonts_css, style]);
    Page { head, body: words(doc), regions, tail, wants: Wants { letters, widths } }
}

/// The body alone, with no pictures.
pub(super) fn write_plain(doc: &ResolvedDocument, stylesheet: &Stylesheet) -> String {
    let mut body = Writer::new(doc, Form::Page(stylesheet));
    body.pictures = Pictures::Absent;
    write_body(&mut body);
    ["<!DOCTYPE html>\n<html lang=\"\"><head><title></title></head><body>\n", &body.finish().html, "</html>\n"].concat()
}

fn head(doc: &ResolvedDocument, stylesheet: &Stylesheet, redline: bool, [fonts, style]: [String; 2]) -> Head {
    let mut description = Writer::new(doc, Form::Page(stylesheet));
    metadata::write(&mut description);
    let run_in = (stylesheet.page.gutter.0 == 0.0).then_some("run-in");
    let classes: Vec<&str> = run_in.into_iter().chain(redline.then_some("redline")).collect();
    let class = (!classes.is_empty()).then(|| classes.join(" "));
    let root = description.in_language(Tag::new("html").maybe("class", class), Some(&doc.language));
    let policy = policy(doc, [fonts.as_str(), style.as_str()]);
    let title = doc.metadata.title.clone();
    Head { root: root.into_attributes(), title, policy, description: description.finish().html, fonts, style }
}

/// One block of a part, as the page has it, and what it wants of the style sheet.
pub(super) fn write_block(
    doc: &ResolvedDocument,
    stylesheet: &Stylesheet,
    part: usize,
    block: &Block,
) -> (String, Wants) {
    let mut w = Writer::new(doc, Form::Page(stylesheet));
    let language = doc.part_languages.get(part).and_then(Option::as_ref);
    w.with_language(language, |w| w.in_role("body", |w| block::write_one(w, block)));
    let Finished { html, letters, widths, .. } = w.finish();
    (html, Wants { letters, widths })
}

/// Nothing may be loaded, and nothing may run but what stands here (Content Security Policy 3).
fn policy(doc: &ResolvedDocument, css: [&str; 2]) -> String {
    let scripts: Vec<String> = scripts(doc).iter().map(|script| source_hash([*script])).collect();
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; font-src data:; base-uri 'none'; \
         form-action 'none'",
        source_hash(css),
        scripts.join(" ")
    )
}

/// The page's own script, and that of a redline's panel.
fn scripts(doc: &ResolvedDocument) -> Vec<&'static str> {
    let own = std::iter::once(SCRIPT);
    own.chain(doc.revision.is_some().then_some(change::SCRIPT)).collect()
}

fn source_hash<const N: usize>(texts: [&str; N]) -> String {
    let digest = texts.iter().fold(Sha256::new(), |digest, text| digest.chain_update(text.as_bytes()));
    format!("'sha256-{}'", BASE64.encode(digest.finalize()))
}

/// The words that the script shows.
fn words(doc: &ResolvedDocument) -> Vec<(&'static str, String)> {
    let Terms { copied, close, footnote, .. } = doc.terms;
    [("data-copied", copied), ("data-close", close), ("data-note", footnote)]
        .map(|(name, word)| (name, word.to_owned()))
        .into_iter()
        .chain(change::words(doc))
        .collect()
}

/// The body's content and its end tag.
fn write_body(w: &mut Writer) {
    let Terms { copied, close, .. } = w.doc.terms;
    w.in_role("body", |w| {
        w.need(copied);
        w.in_bold(|w| w.need(close));
        w.block(Tag::new("a").class("skip").attr("href", "#_report"), |w| w.text(w.doc.terms.skip));
        w.alone(RegionKey::Contents, contents::write);
        change::write_panel(w);
        w.group(Tag::new("main").attr("id", "_main"), write_main);
        write_foot(w);
        write_watermark(w);
        change::write_bar(w);
        w.block(Tag::new("div").class("toast").attr("id", "_status").attr("role", "status"), |_| {});
    });
    for script in scripts(w.doc) {
        w.raw("<script>");
        w.raw(script);
        w.raw("</script>\n");
    }
    w.raw("</body>\n");
}

fn write_main(w: &mut Writer) {
    w.alone(RegionKey::Cover, cover::write);
    w.group(Tag::new("div").class("report").attr("id", "_report").attr("tabindex", "-1"), |w| {
        let doc = w.doc;
        for (index, part) in doc.document.parts.iter().enumerate() {
            match part.kind {
                PartKind::Cover | PartKind::Line(_) => {}
                PartKind::Front => write_part(w, index, "part front"),
                PartKind::Body => write_part(w, index, "part"),
                PartKind::Annex => write_part(w, index, "part annex"),
            }
        }
        note::write(w);
    });
}

/// What a draft contributes, block by block.
fn write_part(w: &mut Writer, index: usize, class: &str) {
    w.cut(Cut::Open(RegionKey::Part(index)));
    cover::write_part(w, index, class, "body", |w, blocks| {
        for block in blocks {
            w.cut(Cut::Block(Some(block.id)));
            block::write_one(w, block);
        }
        w.cut(Cut::Close);
    });
    w.cut(Cut::End);
}

/// Only to be seen: that it is a draft is said at the head.
fn write_watermark(w: &mut Writer) {
    if let Some(label) = &w.doc.metadata.watermark {
        w.block(Tag::new("div").class("watermark").attr("aria-hidden", "true"), |w| {
            w.inline(Tag::new("span"), |w| w.in_role("watermark", |w| w.text(label)));
        });
    }
}

fn write_foot(w: &mut Writer) {
    let foot = &w.doc.metadata.running_foot;
    if !foot.is_empty() {
        w.group(Tag::new("footer").class("page-foot"), |w| {
            w.block(Tag::new("p").class("wrap"), |w| w.in_role("running-foot", |w| w.text(foot)));
        });
    }
}
