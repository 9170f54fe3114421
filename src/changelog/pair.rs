//! What went here and came there in other words: a redline shows it at both places, a changelog tells it once, as moved.
//!
//! In: the changes of a redline. Out: which of them are the two ends of one. An edit within a move would be shown nowhere in a redline, so that there it is
//! deleted and inserted; a reader of a changelog wants to know that it is still there, and what it says now.

use std::collections::{HashMap, HashSet};

use super::fold::in_both;
use super::group::alike;
use crate::resolve::{ChangeInfo, ChangeKind, ChangeObject, RevisionInfo};

/// How much of two texts must be the same for the one to be the other, moved and edited.
const SAME: f64 = 0.75;
/// Fewer words than this may well stand in two places.
const WORDS: usize = 8;
/// More of either are not looked through: each is held against each.
const MOST: usize = 400;

/// By the number of what came, the change that went and is the same.
pub(super) fn pairs(revision: &RevisionInfo) -> HashMap<u32, &ChangeInfo> {
    let of = |kind: ChangeKind| revision.changes.iter().filter(move |change| change.kind == kind && is_whole(change));
    let (gone, come): (Vec<_>, Vec<_>) = (of(ChangeKind::Deleted).collect(), of(ChangeKind::Inserted).collect());
    if gone.len() > MOST || come.len() > MOST {
        return HashMap::new();
    }
    let mut likely: Vec<(f64, &ChangeInfo, &ChangeInfo)> = Vec::new();
    for was in &gone {
        for is in come.iter().filter(|is| is.object == was.object && alike_in_length(was, is)) {
            let share = alike(&was.text.before, &is.text.after);
            if share >= SAME {
                likely.push((share, was, is));
            }
        }
    }
    likely.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut taken: HashSet<u32> = HashSet::new();
    let mut pairs = HashMap::new();
    for (_, was, is) in likely {
        if !taken.contains(&was.number) && !taken.contains(&is.number) {
            taken.extend([was.number, is.number]);
            pairs.insert(is.number, was);
        }
    }
    pairs
}

/// Both ends as one change.
pub(super) fn moved(was: &ChangeInfo, is: &ChangeInfo) -> ChangeInfo {
    let mut one = ChangeInfo { kind: ChangeKind::Moved, origin: was.section, ..is.clone() };
    (one.before, one.text.before) = (was.before.clone(), was.text.before.clone());
    let same = in_both(was.text.before.split_whitespace(), is.text.after.split_whitespace());
    one.removed = was.removed.saturating_sub(same);
    one.added = is.added.saturating_sub(same);
    one
}

fn is_whole(change: &ChangeInfo) -> bool {
    let text = matches!(
        change.object,
        ChangeObject::Paragraph
            | ChangeObject::ListItem
            | ChangeObject::Quote
            | ChangeObject::Recommendation
            | ChangeObject::Box
    );
    text && change.added + change.removed >= WORDS
}

/// Texts of very different length are not the same: not worth a look.
fn alike_in_length(was: &ChangeInfo, is: &ChangeInfo) -> bool {
    let (few, many) = (was.removed.min(is.added), was.removed.max(is.added));
    2 * few >= many
}
