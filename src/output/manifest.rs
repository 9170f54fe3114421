use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// `manifest.json`: from what a set was made, and what it is. Equal for equal inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// What made it.
    pub tool: ToolRecord,
    /// The report's title.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// `draft` or `final`.
    pub status: String,
    /// The report's own version.
    pub version: Option<String>,
    /// ISO 8601.
    pub date: Option<String>,
    /// What it looks like.
    pub style: StyleRecord,
    /// Faces at hand, in the style's order.
    pub fonts: Vec<FontRecord>,
    /// Every file that was read, in the order of reading.
    pub inputs: Vec<InputRecord>,
    /// Those of them that the PDF carries, as they lie in the project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<InputRecord>,
    /// Every file that was written, this one excepted.
    pub outputs: Vec<OutputRecord>,
    /// What the report holds.
    pub figures: Figures,
    /// What the finished PDF says of itself, read back from it.
    pub pdf: Option<PdfRecord>,
    /// What changed, where it is a redline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redline: Option<RedlineRecord>,
    /// From what it can be made again, where it is a release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseRecord>,
    /// The same report in other languages, where the set holds them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Manifest>,
}

/// From what a release was made, so that it can be made again: nothing of the machine that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRecord {
    /// What it is called: the version, without `v`.
    pub version: String,
    /// A draft's label; `None` of a final.
    pub label: Option<String>,
    /// The commit that it is made from.
    pub commit: String,
    /// Where the project lies in the repository, with `/`; empty at its top.
    pub project: String,
    /// The one draft that it is made from, beneath the project, where it is not the project as a whole.
    pub draft: Option<String>,
    /// What files are called after where the configuration says nothing.
    pub name: String,
    /// Whose a redline's changes are that have no author of their own.
    pub author: String,
    /// Whether the label stands behind the text.
    pub watermark: bool,
    /// Whether the PDFs carry what they were made from.
    pub attach_sources: bool,
    /// The releases that it comes after, the newest first; redlines show what changed since that.
    pub earlier: Vec<EarlierRecord>,
    /// BCP 47, of each translation that it holds.
    pub translations: Vec<String>,
}

/// A release before another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierRecord {
    /// Its tag.
    pub tag: String,
    /// The commit that it stands on.
    pub commit: String,
}

/// A redline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedlineRecord {
    /// The baseline, as it is called.
    pub baseline: String,
    /// The revision, as it is called.
    pub revision: String,
    /// Whose the changes are that have no author of their own.
    pub author: String,
    /// Of when they are, in Unix time.
    pub time: i64,
    /// The changes, by their numbers.
    pub changes: Vec<ChangeRecord>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// From 1: the same in every format.
    pub number: u32,
    /// `inserted`, `deleted`, `replaced`, `moved`, `reformatted`, `relevelled`, `nested`, `raised`, `split`, `merged`.
    pub kind: String,
    /// What it was done to: `words`, `paragraph`, `list-item`, `row` and so on.
    pub object: String,
    /// Number and title of the section that it stands in.
    pub section: Option<String>,
    /// What was there, shortened.
    pub before: String,
    /// What is there, shortened.
    pub after: String,
    /// Words that came.
    pub words_added: usize,
    /// Words that went.
    pub words_removed: usize,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolRecord {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the program, where it is a release: two programs of one version need not be the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StyleRecord {
    /// Its name.
    pub name: String,
    /// SHA-256 of its tokens.
    pub sha256: String,
}

/// A face of a font.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FontRecord {
    /// Its family.
    pub family: String,
    /// 400 or 700.
    pub weight: u16,
    /// Whether it is slanted.
    pub italic: bool,
    /// SHA-256 of its file.
    pub sha256: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRecord {
    /// Beneath the project, with `/`.
    pub path: String,
    /// SHA-256 of it.
    pub sha256: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputRecord {
    /// Its name in the output folder.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// Counts of what a report holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Pages of the PDF, if one was written.
    pub pages: Option<usize>,
    /// Words, notes included, generated words excluded.
    pub words: usize,
    /// Headings.
    pub headings: usize,
    /// Tables.
    pub tables: usize,
    /// Figures.
    pub figures: usize,
    /// Notes.
    pub notes: usize,
}

/// A PDF, read back before it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfRecord {
    /// Pages.
    pub pages: usize,
    /// Title in its metadata.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// Conformance claimed ("PDF/UA-1").
    pub conformance: Vec<String>,
    /// Document identifiers.
    pub identifiers: Vec<String>,
    /// How many bookmarks it has.
    pub bookmarks: usize,
    /// How many of each structure element it has (`H1`, `Table`).
    pub tags: std::collections::BTreeMap<String, usize>,
}

impl Manifest {
    /// The file, with a line's end at its end.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("strings and numbers have a place in JSON");
        json + "\n"
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A digest as manifests have it: lower-case hexadecimal.
pub fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn digests_are_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(super::digest(b""), empty);
    }
}
