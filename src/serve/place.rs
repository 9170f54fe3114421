//! Where something shown was typed, and where something typed is shown.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Desk, patch, web};
use crate::preview::{PagePlace, SourcePlace, State};

/// A block of the page, a point of a page, or a line of a draft.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Of the page, with `index` and `revision`.
    region: Option<String>,
    index: usize,
    revision: u64,
    /// From 1, with `x` and `y` in points from its corner.
    page: Option<usize>,
    x: f64,
    y: f64,
    /// Of the project, with `line` from 1.
    file: Option<String>,
    line: usize,
}

/// File, line and column, the block, the page: as far as there are any.
pub(super) async fn find(Shared(desk): Shared<Arc<Desk>>, Query(asked): Query<Asked>) -> Response {
    let found = tokio::task::spawn_blocking(move || {
        let state = desk.preview.state();
        let source = match (asked.region, asked.page, asked.file) {
            (Some(region), ..) => block_source(&state, &region, asked.index, asked.revision),
            (None, Some(page), _) => {
                let (page, x, y) = (page.checked_sub(1)?, asked.x, asked.y);
                desk.preview.source_of(PagePlace { page, x, y })
            }
            (None, None, Some(file)) => Some(SourcePlace { path: file.into(), line: asked.line, column: 1 }),
            (None, None, None) => None,
        };
        source.map(|source| describe(&desk, &state, &source))
    });
    match found.await {
        Ok(Some(found)) => Json(found).into_response(),
        Ok(None) | Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn block_source(state: &State, region: &str, index: usize, revision: u64) -> Option<SourcePlace> {
    let page = state.web.as_ref().filter(|_| state.revision == revision)?;
    let region = page.regions.iter().find(|known| web::region_name(known.key) == region)?;
    Some(region.blocks.get(index)?.source.as_ref()?.start.clone())
}

fn describe(desk: &Desk, state: &State, source: &SourcePlace) -> Value {
    let mut found = patch::place(source);
    if let Some((region, index)) = block_of(state, source) {
        found["region"] = json!(region);
        found["index"] = json!(index);
    }
    if let Some(place) = desk.preview.place_of(source) {
        found["page"] = json!(place.page + 1);
        found["y"] = json!(place.y);
    }
    found
}

/// The block that a line belongs to, or the last one before it.
fn block_of(state: &State, source: &SourcePlace) -> Option<(String, usize)> {
    let regions = state.web.as_ref()?.regions.iter();
    let blocks =
        regions.flat_map(|region| region.blocks.iter().enumerate().map(move |(at, block)| (region, at, block)));
    let before = blocks.filter_map(|(region, at, block)| {
        let lines = block.source.as_ref().filter(|lines| lines.start.path == source.path)?;
        (lines.start.line <= source.line).then_some((lines.last_line >= source.line, lines.start.line, region.key, at))
    });
    let (_, _, key, at) = before.max_by_key(|(within, line, ..)| (*within, *line))?;
    Some((web::region_name(key), at))
}
