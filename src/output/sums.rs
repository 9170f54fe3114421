//! `SHA256SUMS`, as `sha256sum -c` reads it (GNU coreutils 6.1).

use super::{OutputFile, digest};

/// Its name in a release.
pub const SUMS_FILE: &str = "SHA256SUMS";

/// A line for each file, in the order of their names.
pub fn sums(files: &[OutputFile]) -> String {
    let mut lines: Vec<(&str, String)> = files.iter().map(|file| (file.name.as_str(), digest(&file.bytes))).collect();
    lines.sort();
    lines.into_iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect()
}

/// Names and digests of a list; `None` where a line is none of its kind, or names a file in another folder.
pub fn read_sums(text: &str) -> Option<Vec<(String, String)>> {
    let line = |line: &str| {
        let (digest, name) = line.split_once(' ')?;
        let name = name.strip_prefix([' ', '*'])?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_plain = !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != "..";
        (is_digest && is_plain).then(|| (name.to_owned(), digest.to_lowercase()))
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let file = |name: &str| OutputFile { name: name.to_owned(), bytes: name.as_bytes().to_vec() };
        let text = sums(&[file("b c.pdf"), file("a.html")]);
        let read = read_sums(&text).expect("it is a list");
        assert_eq!(read.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a.html", "b c.pdf"]);
        assert_eq!(read[0].1, digest(b"a.html"));
        for bad in ["x  a\n", &text.replace("a.html", "../a"), &text.replace("  ", " ")] {
            assert_eq!(read_sums(bad), None, "{bad}");
        }
    }
}
