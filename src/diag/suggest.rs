/// The candidate that `word` most likely means: the nearest by edits (an exchange of neighbours counts
/// as one), if of what lies between a common beginning and a common end a third of the letters at most differ; else
/// one that `word` is the first part of (`scope` of `scope-of-work`). The first of equals, so that the answer is stable.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let word = lower(word);
    let mut best: Option<(usize, &str)> = None;
    let mut longer: Option<&str> = None;
    for candidate in candidates {
        let other = lower(candidate);
        if word.len() >= SHORTEST_PART && other.starts_with(&word) && other.get(word.len()) == Some(&'-') {
            longer = longer.or(Some(candidate));
        }
        if word.len().abs_diff(other.len()) > (word.len().max(other.len()) / 3).max(1) {
            continue;
        }
        let (a, b) = without_common(&word, &other);
        let distance = edits(a, b);
        let near = distance <= (a.len().max(b.len()) / 3).max(1) && distance < word.len();
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate).or(longer)
}

/// A name's first part is at least this long to be known by.
const SHORTEST_PART: usize = 4;

/// What differs between a common beginning and a common end.
fn without_common<'t>(a: &'t [char], b: &'t [char]) -> (&'t [char], &'t [char]) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Insertions, deletions, replacements and exchanges of neighbours that turn one into the other.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_is_offered_and_nothing_far() {
        let keys = ["title", "subtitle", "short_title", "date"];
        for (word, expected) in [
            ("titel", Some("title")),
            ("Subtitel", Some("subtitle")),
            ("dat", Some("date")),
            ("publisher", None),
            ("x", None),
            ("subt", None),
            ("short", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
        let paths = ["drafts/01.md", "drafts/scope-of-work.md", "scope-of-work"];
        for (word, expected) in [
            ("drafts/03.html", None),
            ("drafts/scope-of-wrok.md", Some("drafts/scope-of-work.md")),
            ("scope", Some("scope-of-work")),
            ("sco", None),
        ] {
            assert_eq!(nearest(word, paths), expected, "{word}");
        }
    }
}
