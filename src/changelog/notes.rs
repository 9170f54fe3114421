//! What people wrote about versions: `changes/*.md`.
//!
//! In: files. Out: [`Note`]s, each with the release that it belongs to: that whose name the file has, `v` before it or not; any other file is about the
//! newest. Never changes a word.

use super::Release;
use crate::resolve::Terms;

/// Something that was written about a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The heading that it stands beneath, as typed.
    pub heading: Option<String>,
    /// Which of the four of Keep a Changelog it is, by its place in [`crate::resolve::ChangelogTerms::headings`].
    pub group: Option<usize>,
    /// Markdown, as typed.
    pub text: String,
}

/// Gives notes to releases, the newest of which comes first: files by their names without `.md`, in order.
pub fn assign(files: &[(String, String)], releases: &mut [Release]) {
    for (name, text) in files {
        let bare = |name: &str| name.strip_prefix(['v', 'V']).unwrap_or(name).to_lowercase();
        let own = releases.iter().position(|release| {
            let names = release.tag.iter().chain(release.tag.as_ref().map(|_| &release.name));
            names.into_iter().any(|own| bare(own) == bare(name))
        });
        if let Some(release) = releases.get_mut(own.unwrap_or_default()) {
            release.notes.extend(read(text, &|heading| bare(heading) == bare(name)));
        }
    }
}

/// A file's notes by its headings of the third level; what lies deeper is theirs, and a title that only names the version is none.
fn read(text: &str, names: &dyn Fn(&str) -> bool) -> Vec<Note> {
    let mut notes = vec![Note { heading: None, group: None, text: String::new() }];
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
        }
        match heading(line).filter(|_| !fenced) {
            Some((1 | 2, title)) if names(&title) => {}
            Some((1..=3, heading)) => {
                let group = group(&heading);
                notes.push(Note { heading: Some(heading), group, text: String::new() });
            }
            Some(_) | None => {
                if let Some(note) = notes.last_mut() {
                    note.text.push_str(line);
                    note.text.push('\n');
                }
            }
        }
    }
    notes.retain(|note| note.heading.is_some() || !note.text.trim().is_empty());
    notes
}

/// Level and text of a heading (CommonMark 4.2).
fn heading(line: &str) -> Option<(usize, String)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let text = line.get(level..)?;
    let is = (1..=6).contains(&level) && (text.is_empty() || text.starts_with([' ', '\t']));
    is.then(|| (level, text.trim().trim_end_matches('#').trim_end().to_owned()))
}

/// Which of the four a heading is, in any language.
fn group(heading: &str) -> Option<usize> {
    let wanted = heading.to_lowercase();
    Terms::ALL
        .iter()
        .find_map(|terms| terms.changelog.headings.iter().position(|heading| heading.to_lowercase() == wanted))
}
