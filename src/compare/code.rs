//! Two code blocks as one, line by line.

use super::hunk::{between, hunks};
use super::{Work, canon, mark};
use crate::document::{CodeBlock, LineMark, Standing, StandingKind};

/// The lines of both, and which of them stand in one version only.
pub(super) fn code(work: &mut Work<'_>, old: &CodeBlock, new: &CodeBlock) -> (CodeBlock, Vec<LineMark>) {
    let lines = |code: &CodeBlock| code.literal.split_inclusive('\n').map(str::to_owned).collect::<Vec<String>>();
    let (before, after) = (lines(old), lines(new));
    let signs = |lines: &[String]| lines.iter().map(|line| canon::hash(line)).collect::<Vec<u64>>();
    let found = hunks(&signs(&before), &signs(&after));
    let mut stretches = between(&found, before.len(), after.len()).into_iter().peekable();
    let (mut literal, mut count, mut marks) = (String::new(), 0, Vec::new());
    let mut push = |lines: &[String], kind: Option<(StandingKind, u32)>| {
        for line in lines {
            if let Some((kind, number)) = kind {
                marks.push(LineMark { line: count, standing: Standing { kind, mark: mark(number) } });
            }
            literal.push_str(line);
            count += 1;
        }
    };
    for hunk in found {
        if let Some((_, same)) = stretches.next_if(|(here, _)| here.end <= hunk.old.start) {
            push(&after[same], None);
        }
        let number = work.mark().number;
        push(&before[hunk.old], Some((StandingKind::Deleted, number)));
        push(&after[hunk.new], Some((StandingKind::Inserted, number)));
    }
    stretches.for_each(|(_, same)| push(&after[same], None));
    (CodeBlock { literal, info: new.info.clone() }, marks)
}
