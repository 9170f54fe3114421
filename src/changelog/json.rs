//! A changelog for programs.

use serde_json::{Value, json as value};

use super::entry::{Entry, Piece};
use super::{Release, paragraphs};
use crate::resolve::Went;

/// Versions, the newest first.
pub fn json(releases: &[Release]) -> Value {
    value!({ "releases": releases.iter().map(release).collect::<Vec<_>>() })
}

fn release(release: &Release) -> Value {
    let rows = paragraphs(&release.went);
    value!({
        "name": release.name,
        "since": release.since,
        "date": release.date.map(|date| date.to_string()),
        "tag": release.tag,
        "changes": release.total.changes,
        "words_added": release.total.added,
        "words_removed": release.total.removed,
        "tables": release.tables,
        "figures": release.figures,
        "notes": release.notes.iter().map(|note| value!({ "heading": note.heading, "text": note.text })).collect::<Vec<_>>(),
        "entries": release.entries.iter().map(entry).collect::<Vec<_>>(),
        "paragraphs": rows.iter().map(|row| value!({ "before": row.before, "after": row.after, "moved": row.moved })).collect::<Vec<_>>(),
        "numbers": release.went.iter().map(went).collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Value {
    value!({
        "action": entry.action.name(),
        "object": entry.object.name(),
        "count": entry.count,
        "name": entry.name,
        "times": entry.times,
        "chapter": entry.chapter,
        "section": entry.section,
        "from": entry.origin,
        "opening": entry.opening,
        "class": entry.class.name(),
        "reasons": entry.reasons.iter().map(|reason| reason.name()).collect::<Vec<_>>(),
        "words_added": entry.added,
        "words_removed": entry.removed,
        "changes": entry.changes,
        "pieces": entry.pieces.iter().map(piece).collect::<Vec<_>>(),
    })
}

fn piece(piece: &Piece) -> Value {
    value!({
        "before": piece.text.before,
        "after": piece.text.after,
        "class": piece.class.name(),
        "reason": piece.reason.name(),
    })
}

fn went(went: &Went) -> Value {
    value!({
        "object": went.object.name(),
        "before": went.before,
        "after": went.after,
        "moved": went.moved,
    })
}
