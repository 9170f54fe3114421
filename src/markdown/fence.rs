//! The lines of `:::` that open and close boxes.
//!
//! In: a draft's body and which of its lines are code. Out: which lines open what, whether each is
//! closed, and the text with fences that comrak pairs as pandoc does. comrak closes the outermost
//! box of a length first, even where the fence is code, knows no `:` within attributes, and
//! forgets code in a list that a fence ends: so fences get a length for their depth, and a
//! line with an empty comment goes before each that closes.

use std::collections::BTreeMap;

use super::depth::REFUSED;

/// Every opening line of a text, by its number (from 1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fences {
    openings: BTreeMap<usize, Opening>,
    strays: Vec<usize>,
    closings: BTreeMap<usize, usize>,
}

/// A line that opens a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    /// Bytes before what stands behind the colons.
    pub(super) info: usize,
    /// Whether a line closes it.
    pub(super) closed: bool,
    level: usize,
}

/// A line that is a fence, split.
struct Fence<'a> {
    prefix: &'a str,
    colons: usize,
    info: &'a str,
}

impl Fences {
    /// Pairs the fences of a text.
    pub(super) fn new(text: &str, is_code: impl Fn(usize) -> bool) -> Self {
        if !text.contains(":::") {
            return Self::default();
        }
        let mut fences = Self::default();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (line, content) in numbered(text).filter(|(line, _)| !is_code(*line)) {
            let Some(fence) = Fence::new(content) else { continue };
            let quotes = fence.prefix.matches('>').count();
            while open.last().is_some_and(|(_, outer)| *outer > quotes) {
                open.pop();
            }
            if !fence.info.is_empty() {
                let info = fence.prefix.len() + fence.colons;
                fences.openings.insert(line, Opening { info, closed: false, level: open.len() });
                open.push((line, quotes));
            } else if open.last().is_some_and(|(_, outer)| *outer == quotes) {
                let (opening, _) = open.pop().expect("there is a last one");
                let opening = fences.openings.get_mut(&opening).expect("what is open was opened");
                opening.closed = true;
                fences.closings.insert(line, opening.level);
            } else {
                fences.strays.push(line);
            }
        }
        fences
    }

    /// The opening on a line.
    pub(super) fn opening(&self, line: usize) -> Option<Opening> {
        self.openings.get(&line).copied()
    }

    /// The first line that opens a box in more than [`REFUSED`] others: comrak takes time that grows with the
    /// square of the depth, so that nothing of it is read.
    pub(super) fn too_deep(&self) -> Option<usize> {
        self.openings.iter().find(|(_, opening)| opening.level >= REFUSED).map(|(line, _)| *line)
    }

    /// Lines that close nothing.
    pub(super) fn strays(&self) -> &[usize] {
        &self.strays
    }

    /// The text for comrak where it must differ from the draft, and the numbers of lines that it has more.
    pub(super) fn rewritten(&self, text: &str) -> Option<(String, Vec<usize>)> {
        if self.openings.is_empty() && self.strays.is_empty() {
            return None;
        }
        let deepest = self.openings.values().map(|opening| opening.level).max().unwrap_or_default().min(REFUSED);
        let longest = numbered(text).map(|(_, line)| longest_run(line)).max().unwrap_or_default().clamp(2, 100);
        let colons = |level: usize| ":".repeat(longest + 1 + deepest - level.min(deepest));
        let mut rewritten = String::with_capacity(text.len());
        let mut added = Vec::new();
        let mut rest = text;
        for (line, content) in numbered(text) {
            let prefix = Fence::new(content).map_or("", |fence| fence.prefix);
            let ending = &rest[content.len()..];
            let ending = &ending[..line_ending(ending)];
            rest = &rest[content.len() + ending.len()..];
            if let Some(opening) = self.opening(line) {
                rewritten.extend([prefix, &colons(opening.level), " box"]);
            } else if let Some(level) = self.closings.get(&line) {
                rewritten.extend([prefix, "<!-- -->\n", prefix, &colons(*level)]);
                added.push(line + added.len());
            } else if self.strays.binary_search(&line).is_ok() {
                rewritten.extend([prefix, "\\", &content[prefix.len()..]]);
            } else {
                rewritten.push_str(content);
            }
            rewritten.push_str(ending);
        }
        Some((rewritten, added))
    }
}

/// Colons side by side.
fn longest_run(line: &str) -> usize {
    line.split(|c| c != ':').map(str::len).max().unwrap_or_default()
}

impl<'a> Fence<'a> {
    fn new(line: &'a str) -> Option<Self> {
        let after = line.trim_start_matches([' ', '\t', '>']);
        let plain = after.starts_with(':');
        let after = after_marker(after).unwrap_or(after);
        let colons = after.len() - after.trim_start_matches(':').len();
        if colons < 3 {
            return None;
        }
        let info = after[colons..].trim().trim_end_matches(':').trim_end();
        let opens = info.is_empty() && plain || info.starts_with(|c: char| c == '{' || c.is_alphanumeric());
        opens.then(|| Self { prefix: &line[..line.len() - after.len()], colons, info })
    }
}

/// What follows a list's marker.
fn after_marker(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest =
        if digits.len() < text.len() { digits.strip_prefix(['.', ')'])? } else { text.strip_prefix(['-', '*', '+'])? };
    let after = rest.trim_start_matches(' ');
    (after.len() < rest.len()).then_some(after)
}

/// Lines without their endings, from 1 (CommonMark 2.1).
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut line = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let content = &rest[..end];
        rest = &rest[end + line_ending(&rest[end..])..];
        line += 1;
        Some((line, content))
    })
}

fn line_ending(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with(['\n', '\r'])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_of_one_length_nest() {
        let text = "::: a\n::: {.b title=\"c: d\"}\nx\n:::\r\n:::\n";
        let fences = Fences::new(text, |_| false);
        let expected = ":::: box\n::: box\nx\n<!-- -->\n:::\r\n<!-- -->\n::::\n".replace(":::", "::::");
        assert_eq!(fences.rewritten(text), Some((expected, vec![4, 6])));
        assert!(fences.opening(1).is_some_and(|o| o.closed) && fences.opening(2).is_some_and(|o| o.closed));
    }

    #[test]
    fn an_open_box_and_a_stray_end_are_known() {
        let text = "> ::: a\n\n:::\ntext\n- ::: b\n";
        let fences = Fences::new(text, |_| false);
        assert_eq!(fences.strays(), [3]);
        assert!(!fences.opening(1).expect("opens").closed);
        assert!(!fences.opening(5).expect("opens").closed);
        let expected = "> :::: box\n\n\\:::\ntext\n- :::: box\n".to_owned();
        assert_eq!(fences.rewritten(text), Some((expected, Vec::new())));
    }

    #[test]
    fn too_many_open_boxes_are_known() {
        let fences = |count| Fences::new(&"::: a\n".repeat(count), |_| false);
        assert_eq!(fences(REFUSED).too_deep(), None);
        assert_eq!(fences(5_000).too_deep(), Some(REFUSED + 1));
        assert_eq!(Fences::new(&"::: a\n:::\n".repeat(5_000), |_| false).too_deep(), None);
    }

    #[test]
    fn fences_in_code_are_no_fences() {
        let text = "::: a\n```\n:::\n```\n:::\n";
        let fences = Fences::new(text, |line| (2..=4).contains(&line));
        assert!(fences.opening(1).is_some_and(|opening| opening.closed));
        assert_eq!(fences.strays(), [] as [usize; 0]);
    }
}
