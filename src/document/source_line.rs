//! Source lines: "Source: …" or "Note: …" beneath a figure or table.
//!
//! In: a text. Out: whether it begins with such a word. Which words a report's own language has is for its terms to say.

/// The words of every language, in lower case: before the report's is known, any of them is one.
pub const SOURCE_WORDS: &[&str] = &[
    "source",
    "sources",
    "note",
    "notes",
    "fuente",
    "fuentes",
    "nota",
    "notas",
    "источник",
    "источники",
    "примечание",
    "примечания",
    "المصدر",
    "المصادر",
    "ملاحظة",
    "ملاحظات",
    "حاشية",
    "资料来源",
    "来源",
    "注",
    "说明",
];

/// Whether a text begins with one of some words and a colon, which may be a wide one or stand after a space.
pub fn is_source_line(text: &str, words: &[&str]) -> bool {
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    let label = label.trim_end().to_lowercase();
    words.contains(&label.as_str())
}
