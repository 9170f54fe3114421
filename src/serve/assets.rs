//! The preview's own page, script, style sheet and fonts: in the program, and nothing from elsewhere.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::preview::Digest;
use crate::style::{self, Weight};

/// The page around the report. It loads what stands here, and runs nothing else (Content Security Policy 3). The
/// report's own frame has a policy of its own.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; connect-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// Name, media type, content.
const TEXTS: &[(&str, &str, &str)] = &[
    ("page.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("page.js", SCRIPT, include_str!("page/page.js")),
    ("dom.js", SCRIPT, include_str!("page/dom.js")),
    ("find.js", SCRIPT, include_str!("page/find.js")),
    ("hub.js", SCRIPT, include_str!("page/hub.js")),
    ("morph.js", SCRIPT, include_str!("page/morph.js")),
    ("pages.js", SCRIPT, include_str!("page/pages.js")),
    ("panels.js", SCRIPT, include_str!("page/panels.js")),
    ("source.js", SCRIPT, include_str!("page/source.js")),
    ("stream.js", SCRIPT, include_str!("page/stream.js")),
    ("web.js", SCRIPT, include_str!("page/web.js")),
    ("worker.js", SCRIPT, include_str!("page/worker.js")),
];
const SCRIPT: &str = "text/javascript; charset=utf-8";
const PAGE: &str = include_str!("page/index.html");

/// The page around the report.
pub(super) fn page() -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (headers, PAGE).into_response()
}

/// What it is made of, by name; not sent again to a browser that has it (RFC 9110 13.1.2).
pub(super) fn asset(name: &str, headers: &HeaderMap) -> Response {
    let text = TEXTS.iter().find(|(known, ..)| *known == name).map(|(_, kind, text)| (*kind, text.as_bytes()));
    let weight = match name {
        "regular.ttf" => Some(Weight::Regular),
        "bold.ttf" => Some(Weight::Bold),
        _ => None,
    };
    let font = || {
        let face =
            style::faces().iter().find(|face| face.family == FAMILY && Some(face.weight) == weight && !face.italic);
        face.map(|face| ("font/ttf", face.data))
    };
    let Some((kind, content)) = text.or_else(font) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", Digest::of(content));
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        // The policy too: a browser takes the headers of this answer for those of what it has (RFC 9111 3.2).
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag), (CONTENT_SECURITY_POLICY, POLICY.to_owned())]).into_response();
    }
    ([(CONTENT_TYPE, kind.to_owned()), (ETAG, tag), (CONTENT_SECURITY_POLICY, POLICY.to_owned())], content)
        .into_response()
}

const FAMILY: &str = "Noto Sans";
