//! Versions, and which of two is the later.

use std::cmp::Ordering;
use std::fmt;

/// A version as a tag or a command names it: one to four numbers, `v` before them and a suffix behind them optional (`1.1`, `v2.0.0-rc.1`).
///
/// The greater is the later (Semantic Versioning 2.0.0, clause 11): numbers that are not there are 0, what stands behind a hyphen comes before the version itself,
/// and what stands behind a plus sign or an underscore says nothing.
#[derive(Debug, Clone)]
pub struct Version {
    numbers: Vec<u64>,
    /// What stands behind a hyphen, cut at full stops; nothing where the version is itself.
    suffix: Vec<String>,
    /// As it was given, without `v`.
    text: String,
}

/// Numbers in a version: what has more is something else.
const MOST_NUMBERS: usize = 4;

impl Version {
    /// Reads one; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let end = text.find(['-', '+', '_']).unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        let number = |digits: &str| digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
        let numbers: Option<Vec<u64>> = numbers.split('.').map(number).collect();
        let numbers = numbers.filter(|numbers| numbers.len() <= MOST_NUMBERS)?;
        let suffix = rest.strip_prefix('-').map(|suffix| suffix.split('+').next().unwrap_or_default());
        let suffix = suffix.filter(|suffix| !suffix.is_empty());
        let suffix = suffix.map(|suffix| suffix.split('.').map(str::to_owned).collect()).unwrap_or_default();
        Some(Self { numbers, suffix, text: text.to_owned() })
    }

    /// Whether it can be a folder's name and a tag's everywhere: letters, digits, full stops and hyphens, and no more than 64 of them.
    pub fn is_plain(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_');
        // No part may be empty or end as git keeps for itself (git-check-ref-format(1)).
        let sound = !self.text.contains("..") && !self.text.ends_with(['.', '-']) && !self.text.ends_with(".lock");
        self.text.len() <= 64 && self.text.bytes().all(plain) && sound
    }

    fn number(&self, at: usize) -> u64 {
        self.numbers.get(at).copied().unwrap_or_default()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = (0..MOST_NUMBERS).map(|at| self.number(at).cmp(&other.number(at)));
        numbers.fold(Ordering::Equal, Ordering::then).then_with(|| match (&*self.suffix, &*other.suffix) {
            ([], []) => Ordering::Equal,
            ([], _) => Ordering::Greater,
            (_, []) => Ordering::Less,
            (one, another) => suffixes(one, another),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

/// Numbers by what they count and before words, words by their letters, the longer later where one begins as the other.
fn suffixes(one: &[String], another: &[String]) -> Ordering {
    let parts = one.iter().zip(another).map(|(one, another)| match (one.parse::<u64>(), another.parse::<u64>()) {
        (Ok(one), Ok(another)) => one.cmp(&another),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => one.cmp(another),
    });
    parts.fold(Ordering::Equal, Ordering::then).then(one.len().cmp(&another.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_other_tags() {
        for tag in ["v1", "1.0", "v4.0.3", "V2.0.0-rc.1", "4.0.3_release", "2024.1"] {
            assert!(Version::parse(tag).is_some_and(|version| version.is_plain()), "{tag}");
        }
        for tag in ["draft", "v", "release-1.0", "v1.x", "1.2.3.4.5", "", "+1", "1.+2"] {
            assert!(Version::parse(tag).is_none(), "{tag}");
        }
        for tag in ["1.0-a/b", "1.0-..", "1.0-a b", "1.0-é", "1-x.lock", "1.0-", "1.0-a."] {
            assert!(Version::parse(tag).is_none_or(|version| !version.is_plain()), "{tag}");
        }
    }

    #[test]
    fn the_later_is_the_greater() {
        let order = [
            "0.9",
            "1.0-alpha",
            "1.0-alpha.1",
            "1.0-draft.2",
            "1.0-draft.10",
            "1.0-rc",
            "1.0",
            "1.0.1",
            "1.9",
            "v1.10",
        ];
        for pair in order.windows(2) {
            let [one, another] = [pair[0], pair[1]].map(|text| Version::parse(text).expect("a version"));
            assert!(one < another, "{one} {another}");
        }
        assert_eq!(Version::parse("1"), Version::parse("v1.0.0"));
        assert_eq!(Version::parse("4.0.3_release"), Version::parse("4.0.3"));
    }
}
