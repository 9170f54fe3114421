//! Differences that a person can read.

/// Lines shown before a difference, and at most of it.
const AROUND: usize = 2;
const SHOWN: usize = 12;

/// Where two lists of lines part and meet again; nothing where they are equal.
pub(crate) fn show(names: [&str; 2], lines: &[Vec<String>; 2]) -> Option<String> {
    let [left, right] = lines;
    if left == right {
        return None;
    }
    let start = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let room = left.len().min(right.len()) - start;
    let end = left.iter().rev().zip(right.iter().rev()).take(room).take_while(|(l, r)| l == r).count();
    let mut out = format!("{} and {} differ from fragment {}:", names[0], names[1], start + 1);
    for line in &left[start.saturating_sub(AROUND)..start] {
        out.push_str(&format!("\n    {line}"));
    }
    for (sign, name, list) in [('-', names[0], left), ('+', names[1], right)] {
        let differing = &list[start..list.len() - end];
        for line in differing.iter().take(SHOWN) {
            out.push_str(&format!("\n  {sign} {line}"));
        }
        if differing.len() > SHOWN {
            out.push_str(&format!("\n  {sign} … and {} more in {name}", differing.len() - SHOWN));
        }
    }
    Some(out)
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
