//! What changed, as half a page of plain text for a mailing list.

use super::Release;
use super::class::{Class, Reason};
use super::entry::{Action, Entry, Markup, Piece};
use super::markdown::{counted, in_figures};
use super::obligation;
use crate::document::stands_alone;
use crate::resolve::ChangeObject;

/// Letters of a line (RFC 3676, 4.2: lines of flowed text are at most 78).
const WIDTH: usize = 72;
/// Entries that are told.
const MOST: usize = 9;
/// Letters of a place's name and of an entry.
const LONGEST: [usize; 2] = [70, 210];

/// Of plain text, as wdiff marks what was and what is.
pub(super) const MARKUP: Markup =
    Markup { escape: plain, gone: ("[-", "-]"), come: ("{+", "+}"), between: " ", pieces: 1 };

/// Text that does nothing but be read.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Half a page about a version.
pub fn mail(release: &Release) -> String {
    let terms = &release.terms;
    let mut out = format!("{}\n{}\n\n", release.title(), "=".repeat(width(&release.title())));
    wrap(&mut out, &in_figures(release), "", "");
    let mut told: Vec<(usize, &Entry)> = release.of_class(Class::Substantive).enumerate().collect();
    let all = told.len();
    told.sort_by_key(|(at, entry)| (std::cmp::Reverse(weight(entry)), *at));
    told.truncate(MOST);
    told.sort_by_key(|(at, _)| *at);
    for entries in told.chunk_by(|(_, one), (_, other)| (one.times > 1, one.order) == (other.times > 1, other.order)) {
        out.push('\n');
        wrap(&mut out, &cut(&entries[0].1.place(terms), LONGEST[0]), "", "  ");
        for (_, entry) in entries {
            let action = entry.action.words(&terms.changelog.actions);
            wrap(&mut out, &cut(&format!("{action} – {}", entry.told(terms, &MARKUP)), LONGEST[1]), "- ", "  ");
        }
    }
    if let Some(more @ 1..) = all.checked_sub(MOST) {
        out.push('\n');
        wrap(&mut out, &format!("… {}", terms.changelog.more.replace("{}", &more.to_string())), "", "");
    }
    let editorial: Vec<&Entry> = release.of_class(Class::Editorial).collect();
    if !editorial.is_empty() {
        out.push('\n');
        wrap(&mut out, &counted(&editorial, terms), "", "  ");
    }
    out
}

/// A text that is no longer than so many letters, or its first words.
fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let kept = text[..end].rsplit_once(' ').map_or(&text[..end], |(words, _)| words);
    format!("{kept} …")
}

/// How much an entry matters to someone who reads nine.
pub(super) fn weight(entry: &Entry) -> usize {
    let what = match entry.object {
        ChangeObject::Recommendation => 4_000,
        ChangeObject::Section => 1_200,
        ChangeObject::Table | ChangeObject::Figure => 1_500,
        ChangeObject::Words
        | ChangeObject::Link
        | ChangeObject::Paragraph
        | ChangeObject::Passage
        | ChangeObject::Heading
        | ChangeObject::List
        | ChangeObject::ListItem
        | ChangeObject::Term
        | ChangeObject::Quote
        | ChangeObject::Box
        | ChangeObject::Code
        | ChangeObject::Row
        | ChangeObject::Column
        | ChangeObject::Cell
        | ChangeObject::Formula
        | ChangeObject::Note
        | ChangeObject::Rule => 0,
    };
    let why = entry.reasons.iter().map(|reason| match reason {
        Reason::Obligation => 2_000,
        Reason::Number | Reason::Recommendation => 1_000,
        Reason::TableFigure | Reason::Order => 500,
        _ if entry.action == Action::Renamed => 1_000,
        // A requirement that came or went.
        Reason::NewText | Reason::RemovedText | Reason::Sentence if obliges(entry) => 1_500,
        Reason::NewText | Reason::RemovedText | Reason::Sentence => 200,
        Reason::Space
        | Reason::Punctuation
        | Reason::Capitals
        | Reason::Spelling
        | Reason::SmallWords
        | Reason::Format
        | Reason::LinkAddress
        | Reason::Structure
        | Reason::Place
        | Reason::Figure
        | Reason::Formula
        | Reason::Code
        | Reason::Note
        | Reason::Status
        | Reason::Title
        | Reason::Wording => 0,
    });
    what + why.max().unwrap_or_default() + (entry.added + entry.removed).min(400) + 10 * entry.times.min(50)
}

/// Whether what came or went says what must, may or must not be done.
fn obliges(entry: &Entry) -> bool {
    entry.pieces.iter().any(|Piece { text, beside, .. }| {
        [&text.before, &text.after].into_iter().any(|text| !obligation::words(text, beside).is_empty())
    })
}

/// A text in lines, the first after one mark, the others after another.
fn wrap(out: &mut String, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !empty && width(&line) + 1 + width(word) > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            rest.clone_into(&mut line);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Columns that a text takes: signs of scripts without spaces take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if stands_alone(c) { 2 } else { 1 }).sum()
}
