//! Differences that a person can read.

/// Equal lines shown before a difference.
const AROUND: usize = 1;
/// Differing lines shown at most.
const SHOWN: usize = 40;

/// The lines that only one of two lists has, each run after the line before it; nothing where they are equal.
pub(crate) fn show(names: [&str; 2], lines: &[Vec<String>; 2]) -> Option<String> {
    let [left, right] = lines;
    if left == right {
        return None;
    }
    let mut out = format!("- {} and + {} differ:", names[0], names[1]);
    let (mut shown, mut total, mut last) = (0, 0, usize::MAX);
    for (sign, at, line) in edits(left, right) {
        if sign == ' ' {
            continue;
        }
        total += 1;
        if shown < SHOWN {
            if last == usize::MAX || at > last + 1 {
                for before in &left[at.saturating_sub(AROUND).min(left.len())..at.min(left.len())] {
                    out.push_str(&format!("\n    {before}"));
                }
            }
            out.push_str(&format!("\n  {sign} {line}"));
            shown += 1;
            last = at;
        }
    }
    if total > shown {
        out.push_str(&format!("\n  … and {} more lines", total - shown));
    }
    Some(out)
}

/// Every line with `-`, `+` or a space, and where in the left list it stands: a longest common subsequence of what
/// lies between the equal beginnings and ends.
fn edits<'a>(left: &'a [String], right: &'a [String]) -> Vec<(char, usize, &'a str)> {
    let start = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let room = left.len().min(right.len()) - start;
    let end = left.iter().rev().zip(right.iter().rev()).take(room).take_while(|(l, r)| l == r).count();
    let (l, r) = (&left[start..left.len() - end], &right[start..right.len() - end]);
    let mut length = vec![vec![0_u32; r.len() + 1]; l.len() + 1];
    for i in (0..l.len()).rev() {
        for j in (0..r.len()).rev() {
            length[i][j] = if l[i] == r[j] { length[i + 1][j + 1] + 1 } else { length[i + 1][j].max(length[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < l.len() || j < r.len() {
        if i < l.len() && j < r.len() && l[i] == r[j] {
            out.push((' ', start + i, l[i].as_str()));
            (i, j) = (i + 1, j + 1);
        } else if j == r.len() || (i < l.len() && length[i + 1][j] >= length[i][j + 1]) {
            out.push(('-', start + i, l[i].as_str()));
            i += 1;
        } else {
            out.push(('+', start + i, r[j].as_str()));
            j += 1;
        }
    }
    out
}

/// Depth and text, white space apart.
pub(crate) fn entries(entries: &[(usize, String)]) -> String {
    let line = |(depth, text): &(usize, String)| format!("\n    {depth} {}", squeezed(text));
    entries.iter().map(line).collect()
}

/// As [`entries`], without the page number that a printed line ends with: digits at the end do not count.
pub(crate) fn contents(contents: &[(usize, String)]) -> String {
    let line = |(depth, text): &(usize, String)| {
        let text = squeezed(text);
        format!("\n    {depth} {}", text.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    contents.iter().map(line).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
