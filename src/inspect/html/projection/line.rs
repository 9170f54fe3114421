//! A line that is open, and its white space.

use super::state::{Context, Item};
use crate::inspect::projection::{ProjectedBlock, ProjectedKind, ProjectedList, ProjectedRun};

/// A line break that was typed, while white space is collapsed.
pub(super) const BREAK: &str = "\u{2028}";

/// What is read of a line.
pub(super) struct Line {
    pub block: ProjectedBlock,
    pub runs: Vec<ProjectedRun>,
    /// Whether white space stands as it is.
    pub verbatim: bool,
}

impl Line {
    /// One that begins here; the first of an item has its marker.
    pub fn open(context: &Context, item: Option<&mut Item>) -> Self {
        let level = context.depth.saturating_sub(1);
        let list = item.map(|item| {
            let marker = if item.begun { String::new() } else { item.marker.clone() };
            item.begun = true;
            ProjectedList { marker, level: item.level.unwrap_or(level) }
        });
        let block = ProjectedBlock {
            key: context.key,
            list,
            ..ProjectedBlock::new(ProjectedKind::Paragraph, context.style.as_str())
        };
        Self { block, runs: Vec::new(), verbatim: context.verbatim }
    }
}

/// Runs as a reader sees them: white space as one space, none at either end, and none that brings numbers beneath each other.
pub(super) fn tidy(runs: Vec<ProjectedRun>, verbatim: bool) -> Vec<ProjectedRun> {
    let mut out: Vec<ProjectedRun> = Vec::new();
    let mut blank = true;
    for mut run in runs {
        if run.object.is_none() && !verbatim {
            run.text = collapsed(&run.text, &mut blank);
        } else {
            blank = false;
        }
        out.push(run);
    }
    while let Some(last) = out.last_mut().filter(|last| last.object.is_none()) {
        let kept = last.text.trim_end_matches(|c: char| c.is_whitespace()).len();
        last.text.truncate(kept);
        if !last.text.is_empty() {
            break;
        }
        out.pop();
    }
    out.retain(|run| run.object.is_some() || !run.text.is_empty());
    out
}

/// Text with its white space collapsed, as it goes on from what stands before (CSS Text 3, 4.1.1).
fn collapsed(text: &str, blank: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' => {
                if !*blank {
                    out.push(' ');
                }
                *blank = true;
            }
            '\u{2028}' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                *blank = true;
            }
            c => {
                out.push(c);
                *blank = false;
            }
        }
    }
    out
}
