//! A draft's own data: YAML between two lines of `---` at its start.
//!
//! In: a draft. Out: what its part of the report is, and where its text begins.
//! Keys that mean nothing are said, one warning each, and kept out of the text.

use std::collections::BTreeMap;

use serde_json::Value;

use super::hygiene::clean;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::document::{PartKind, PartNumbering};
use crate::source::{FileId, Span};

const KEYS: &[&str] = &["kind", "title", "numbered", "lang", "contributors"];

const KINDS: &[(&str, PartKind)] =
    &[("cover", PartKind::Cover), ("front", PartKind::Front), ("body", PartKind::Body), ("annex", PartKind::Annex)];

/// What front matter says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) kind: PartKind,
    pub(super) title: Option<String>,
    pub(super) numbering: PartNumbering,
    pub(super) language: Option<String>,
    pub(super) contributors: Vec<String>,
    /// Byte where the Markdown begins.
    pub(super) body: usize,
}

/// Reads front matter, if a draft begins with any.
pub(super) fn read(file: FileId, draft: &str, diagnostics: &mut Diagnostics) -> FrontMatter {
    let Some(block) = find(draft) else {
        diagnostics.extend(never_closed(file, draft));
        return FrontMatter::default();
    };
    let yaml = &draft[block.start..block.end];
    let mut read = Reading { file, draft, start: block.start, end: block.end, diagnostics };
    match serde_saphyr::from_str::<BTreeMap<String, Value>>(yaml) {
        Ok(values) => FrontMatter { body: block.body, ..read.values(&values) },
        Err(_) if yaml.trim().is_empty() => FrontMatter { body: block.body, ..FrontMatter::default() },
        Err(error) if read.looks_like_yaml() => {
            let line = error.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
            let reason = error.to_string();
            let reason = reason.lines().next().unwrap_or_default();
            let reason =
                reason.rsplit_once("column ").and_then(|(_, at)| at.split_once(": ")).map_or(reason, |(_, r)| r);
            let message = format!("this front matter is not valid YAML, and nothing of it is used: {reason}");
            read.warn(read.line(line), message, "put values that hold a colon or a quote into \"quotes\"");
            FrontMatter { body: block.body, ..FrontMatter::default() }
        }
        Err(_) => FrontMatter::default(),
    }
}

/// Bytes of the YAML, and where the text goes on.
struct Found {
    start: usize,
    end: usize,
    body: usize,
}

fn find(draft: &str) -> Option<Found> {
    let bom = draft.len() - draft.trim_start_matches('\u{feff}').len();
    let mut at = bom;
    let mut start = None;
    for line in draft[bom..].split_inclusive('\n') {
        let content = line.trim_end();
        match start {
            None if content == "---" => start = Some(at + line.len()),
            None => return None,
            // A blank line after it makes it a thematic break, as pandoc has it.
            Some(start) if start == at && content.is_empty() => return None,
            Some(start) if content == "---" || content == "..." => {
                return Some(Found { start, end: at, body: at + line.len() });
            }
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

/// Front matter whose closing line was forgotten: `---` on the first line, and a key of ours on the second.
fn never_closed(file: FileId, draft: &str) -> Diagnostics {
    let mut found = Diagnostics::new();
    let text = draft.trim_start_matches('\u{feff}');
    let mut lines = text.lines();
    let opens = lines.next().is_some_and(|line| line.trim_end() == "---");
    let key = lines.next().and_then(|line| line.split_once(':')).map(|(key, _)| key);
    if opens && key.is_some_and(|key| KEYS.contains(&key)) {
        let start = draft.len() - text.len();
        let message = "this front matter is never closed, and is taken as text";
        let fault = Diagnostic::new(Code::FrontMatter, Span::new(file, start, start + 3), message);
        found.push(fault.hint("end it with a line `---`"));
    }
    found
}

struct Reading<'a, 'd> {
    file: FileId,
    draft: &'a str,
    start: usize,
    end: usize,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Reading<'a, '_> {
    fn values(&mut self, values: &BTreeMap<String, Value>) -> FrontMatter {
        self.report_unknown();
        FrontMatter {
            kind: values.get("kind").and_then(|value| self.kind(value)).unwrap_or_default(),
            title: values.get("title").and_then(|value| self.text("title", value)),
            numbering: values.get("numbered").and_then(|value| self.numbering(value)).unwrap_or_default(),
            language: values.get("lang").and_then(|value| self.text("lang", value)),
            contributors: values.get("contributors").map(|value| self.contributors(value)).unwrap_or_default(),
            body: 0,
        }
    }

    /// One warning for all keys that mean nothing: other programs have keys of their own.
    fn report_unknown(&mut self) {
        let unknown: Vec<(&str, Span)> = self.keys().into_iter().filter(|key| !KEYS.contains(&key.0)).collect();
        let Some((first, span)) = unknown.first().copied() else { return };
        let names: Vec<String> = unknown.iter().map(|(key, _)| format!("`{key}`")).collect();
        let message = match names.as_slice() {
            [only] => format!("{only} means nothing here and is left out"),
            [others @ .., last] => format!("{} and {last} mean nothing here and are left out", others.join(", ")),
            [] => return,
        };
        let near = unknown.iter().find_map(|(key, _)| Some((key, nearest(key, KEYS.iter().copied())?)));
        let hint = match near {
            Some((key, near)) if *key == first => format!("did you mean `{near}`?"),
            Some((key, near)) => format!("did you mean `{near}` by `{key}`?"),
            None => format!("front matter has {}", KEYS.join(", ")),
        };
        let code = if near.is_some() { Code::FrontMatter } else { Code::ForeignFrontMatter };
        self.diagnostics.push(Diagnostic::new(code, span, message).hint(hint));
    }

    fn kind(&mut self, value: &Value) -> Option<PartKind> {
        let typed = value.as_str().unwrap_or_default();
        let kind = KINDS.iter().find(|(name, _)| typed.trim().eq_ignore_ascii_case(name)).map(|(_, kind)| *kind);
        if kind.is_none() {
            let near = nearest(typed, KINDS.iter().map(|(name, _)| *name));
            let hint = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
            self.refuse_with("kind", "cover, front, body or annex", &hint);
        }
        kind
    }

    fn numbering(&mut self, value: &Value) -> Option<PartNumbering> {
        match value.as_bool() {
            Some(true) => Some(PartNumbering::Numbered),
            Some(false) => Some(PartNumbering::Unnumbered),
            None => {
                self.refuse("numbered", "true or false");
                None
            }
        }
    }

    fn text(&mut self, key: &str, value: &Value) -> Option<String> {
        let text = scalar(value);
        if text.is_none() && !value.is_null() {
            self.refuse(key, "one line of text");
        }
        text
    }

    fn contributors(&mut self, value: &Value) -> Vec<String> {
        let list = match value {
            Value::Array(list) => list.iter().collect(),
            Value::Null => Vec::new(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => vec![value],
        };
        let mut names = Vec::new();
        for entry in list {
            match scalar(entry).or_else(|| entry.get("name").and_then(scalar)) {
                Some(name) => names.push(name),
                None => self.refuse("contributors", "a list of names"),
            }
        }
        names
    }

    fn refuse(&mut self, key: &str, wanted: &str) {
        self.refuse_with(key, wanted, "");
    }

    fn refuse_with(&mut self, key: &str, wanted: &str, hint: &str) {
        let span = self.keys().into_iter().find(|found| found.0 == key).map_or_else(|| self.line(1), |found| found.1);
        self.warn(span, format!("`{key}` is {wanted}; this is left out"), hint);
    }

    /// The keys at the start of a line, each with the span of its line.
    fn keys(&self) -> Vec<(&'a str, Span)> {
        let draft = self.draft;
        let mut keys = Vec::new();
        let mut at = self.start;
        for line in draft[self.start..self.end].split_inclusive('\n') {
            let key = line.split_once(':').map(|(key, _)| key.trim_end().trim_matches(['"', '\'']));
            if let Some(key) = key
                && line.starts_with(|c: char| !c.is_whitespace() && !"#-".contains(c))
            {
                keys.push((key, Span::new(self.file, at, at + line.trim_end().len())));
            }
            at += line.len();
        }
        keys
    }

    fn looks_like_yaml(&self) -> bool {
        let simple = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        self.keys().iter().any(|(key, _)| simple(key))
    }

    /// A line of the YAML, from 1.
    fn line(&self, line: usize) -> Span {
        let mut at = self.start;
        let lines = self.draft[self.start..self.end].split_inclusive('\n');
        for (index, text) in lines.enumerate() {
            if index + 1 == line {
                return Span::new(self.file, at, at + text.trim_end().len());
            }
            at += text.len();
        }
        Span::new(self.file, self.start, self.end)
    }

    fn warn(&mut self, span: Span, message: String, hint: &str) {
        let diagnostic = Diagnostic::new(Code::FrontMatter, span, message);
        let hinted = if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) };
        self.diagnostics.push(hinted);
    }
}

fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => clean(text.trim().to_owned()),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}
