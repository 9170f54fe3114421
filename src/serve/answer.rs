//! Which request gets which answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State as Shared};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::guard::Verdict;
use super::{Desk, assets, place, stream, web};
use crate::preview::View;
use crate::project::Format;

/// Bytes of what a page may send: it has little to say.
const LONGEST_BODY: usize = 4096;

/// Every address there is.
pub(super) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(|| async { assets::page() }))
        .route(
            "/_/{name}",
            get(|Path(name): Path<String>, headers: HeaderMap| async move { assets::asset(&name, &headers) }),
        )
        .route("/events", get(stream::events))
        .route("/web", get(report))
        .route("/web/{sheet}", get(sheet))
        .route("/pages/{name}", get(page))
        .route("/place", get(place::find))
        .route("/files/{format}", get(file))
        .route("/look", post(look))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), guarded))
        .with_state(desk)
}

/// The guard before every answer, and what every answer says.
async fn guarded(Shared(desk): Shared<Arc<Desk>>, request: Request, next: Next) -> Response {
    let mut response = match desk.options.guard.judge(request.method(), request.uri(), request.headers()) {
        Verdict::Welcome => next.run(request).await,
        Verdict::Introduced { cookie } => {
            (StatusCode::SEE_OTHER, [(LOCATION, "/".to_owned()), (SET_COOKIE, cookie)]).into_response()
        }
        Verdict::Refused(code, why) => (code, why).into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// The report as a page.
async fn report(Shared(desk): Shared<Arc<Desk>>) -> Response {
    let state = desk.preview.state();
    let Some(page) = &state.web else {
        return (StatusCode::SERVICE_UNAVAILABLE, "The report is being built.\n").into_response();
    };
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (CONTENT_SECURITY_POLICY, web::policy(page))];
    (headers, web::page(&state, page, &desk.options.instance)).into_response()
}

/// One of its style sheets.
async fn sheet(Shared(desk): Shared<Arc<Desk>>, Path(name): Path<String>) -> Response {
    let state = desk.preview.state();
    let head = state.web.as_ref().map(|web| &web.head);
    let css = match (name.as_str(), head) {
        ("fonts.css", Some(head)) => head.fonts.clone(),
        ("style.css", Some(head)) => head.style.clone(),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
}

/// A page as SVG, by its digest. It is shown as a picture, and as a document it could run nothing.
async fn page(Shared(desk): Shared<Arc<Desk>>, Path(name): Path<String>) -> Response {
    let digest = name.strip_suffix(".svg").and_then(|digest| digest.parse().ok());
    let Some(digest) = digest else { return StatusCode::NOT_FOUND.into_response() };
    let state = desk.preview.state();
    let at = state.pages.pages.iter().position(|page| page.digest == digest);
    let drawn = tokio::task::spawn_blocking(move || desk.preview.page_svg(at?, digest));
    let Ok(Some(svg)) = drawn.await else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"),
    ];
    (headers, Body::from(svg.as_bytes().to_owned())).into_response()
}

/// A finished file of the last good state.
async fn file(Shared(desk): Shared<Arc<Desk>>, Path(format): Path<String>) -> Response {
    let Some(format) = Format::ALL.iter().copied().find(|known| known.extension() == format) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let made = tokio::task::spawn_blocking(move || desk.preview.output(format)).await;
    let output = match made {
        Ok(Ok(Some(output))) => output,
        Ok(Ok(None)) => return (StatusCode::SERVICE_UNAVAILABLE, "The report is being built.\n").into_response(),
        Ok(Err(fault)) => return (StatusCode::CONFLICT, format!("{}\n", fault.message)).into_response(),
        Err(_) => return (StatusCode::INTERNAL_SERVER_ERROR, "This is a defect of rapporteur.\n").into_response(),
    };
    let kind = match format {
        Format::Pdf => "application/pdf",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::Html => "text/html; charset=utf-8",
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(&output.name))),
    ];
    (headers, Body::from(output.bytes.to_vec())).into_response()
}

/// A file's name as RFC 8187 3.2 has it.
fn encoded(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// What a reader looks at, so that it is made ready first.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Looking {
    /// From 1.
    Page { page: usize },
    /// From 0.
    Part { part: usize },
}

async fn look(Shared(desk): Shared<Arc<Desk>>, Query(()): Query<()>, Json(looking): Json<Looking>) -> StatusCode {
    let view = match looking {
        Looking::Page { page } => View::Page(page.saturating_sub(1)),
        Looking::Part { part } => View::Part(part),
    };
    let _ = tokio::task::spawn_blocking(move || desk.preview.look_at(view)).await;
    StatusCode::NO_CONTENT
}
