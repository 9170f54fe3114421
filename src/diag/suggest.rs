/// The candidate that `word` most likely means: the nearest by edits (an exchange of neighbours counts
/// as one), if of what lies between a common beginning and a common end a third of the letters at most differ; else
/// one that `word` is the first part of (`scope` of `scope-of-work`). The first of equals, so that the answer is stable.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = lowered(word, Vec::new());
    let mut best: Option<(usize, &str)> = None;
    let mut longer: Option<&str> = None;
    // Thousands of names may be asked for hundreds of words: nothing is allocated for each.
    let (mut other, mut rows): (Vec<char>, Rows) = Default::default();
    for candidate in candidates {
        other = lowered(candidate, other);
        if word.len() >= SHORTEST_PART && other.starts_with(&word) && other.get(word.len()) == Some(&'-') {
            longer = longer.or(Some(candidate));
        }
        if word.len().abs_diff(other.len()) > (word.len().max(other.len()) / 3).max(1) {
            continue;
        }
        let (a, b) = without_common(&word, &other);
        let third = (a.len().max(b.len()) / 3).max(1);
        let below = best.map_or(word.len(), |(least, _)| least).min(third + 1);
        if let Some(distance) = edits_below(below, a, b, &mut rows) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate).or(longer)
}

/// The letters of a name, in the room of another.
fn lowered(name: &str, mut room: Vec<char>) -> Vec<char> {
    room.clear();
    if name.is_ascii() {
        room.extend(name.bytes().map(|letter| char::from(letter.to_ascii_lowercase())));
    } else {
        room.extend(name.chars().flat_map(char::to_lowercase));
    }
    room
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

/// Distances between beginnings of two words: the last row, the one above it, the one before that.
type Rows = [Vec<usize>; 3];

/// Insertions, deletions, replacements and exchanges of neighbours that turn one into the other, if they are fewer than
/// `below`.
fn edits_below(below: usize, a: &[char], b: &[char], rows: &mut Rows) -> Option<usize> {
    if surplus(a, b) >= below {
        return None;
    }
    let [row, above, before] = rows;
    row.clear();
    row.extend(0..=b.len());
    let mut least_above = 0;
    for i in 1..=a.len() {
        std::mem::swap(above, before);
        std::mem::swap(row, above);
        row.clear();
        row.push(i);
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        // An exchange leads past one row, never past two.
        let least = row.iter().copied().min().unwrap_or_default();
        if least.min(std::mem::replace(&mut least_above, least)) >= below {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance < below)
}

/// Letters that one has and the other has not, each counted as often as it is there: so many edits at least.
fn surplus(a: &[char], b: &[char]) -> usize {
    let mut counts = [0_i32; 64];
    a.iter().for_each(|letter| counts[*letter as usize % 64] += 1);
    b.iter().for_each(|letter| counts[*letter as usize % 64] -= 1);
    let of = |sign: i32| counts.iter().map(|count| (count * sign).max(0)).sum::<i32>();
    usize::try_from(of(1).max(of(-1))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Rows, edits_below, nearest};

    /// Every two words of up to four letters out of three: as many edits as the definition says, at whatever limit.
    #[test]
    fn edits_are_counted_up_to_a_limit() {
        fn plainly(a: &[char], b: &[char]) -> usize {
            let (Some((x, a_rest)), Some((y, b_rest))) = (a.split_first(), b.split_first()) else {
                return a.len().max(b.len());
            };
            let least = (plainly(a_rest, b_rest) + usize::from(x != y)).min(plainly(a_rest, b) + 1);
            let least = least.min(plainly(a, b_rest) + 1);
            match (a, b) {
                ([p, q, a_rest @ ..], [r, s, b_rest @ ..]) if p == s && q == r => {
                    least.min(plainly(a_rest, b_rest) + 1)
                }
                _ => least,
            }
        }
        let mut words = vec![Vec::new()];
        for length in 0..4 {
            let longest = words.iter().filter(|word: &&Vec<char>| word.len() == length).cloned().collect::<Vec<_>>();
            words.extend(longest.iter().flat_map(|word| "aBc".chars().map(|letter| [&**word, &[letter]].concat())));
        }
        let mut rows = Rows::default();
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let distance = plainly(a, b);
            for below in 0..6 {
                assert_eq!(edits_below(below, a, b, &mut rows), Some(distance).filter(|it| *it < below), "{a:?} {b:?}");
            }
        }
    }

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
