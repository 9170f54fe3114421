//! `rapporteur.toml` to [`Config`], and other TOML to its type, with all its faults: what is at fault is left out and
//! reported, and the rest is read again, until the rest is sound.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::validate::validate;
use super::{Config, Places};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::source::{FileId, SourceFile, Span};

/// More faults than this in one configuration are not told: it is no configuration.
const MOST_FAULTS: usize = 50;

/// Reads a configuration; keys at fault keep their defaults.
pub(super) fn parse(source: &SourceFile, file: FileId) -> (Config, Places, Diagnostics) {
    let Parsed { value: mut config, places, mut diagnostics, is_toml } = parse_toml::<Config>(source, file);
    // What the values say is only worth checking where they could all be read.
    if is_toml {
        diagnostics.extend(validate(&mut config, &places));
    }
    (config, places, diagnostics)
}

/// What a file of TOML says.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// Its values; those at fault are at their defaults.
    pub value: T,
    /// Where they stand.
    pub places: Places,
    /// What is at fault.
    pub diagnostics: Diagnostics,
    /// Whether it is TOML at all: else there is no sense in a second look at its values.
    pub is_toml: bool,
}

/// Reads TOML of any type; keys at fault keep their defaults.
pub fn parse_toml<T: DeserializeOwned + Default>(source: &SourceFile, file: FileId) -> Parsed<T> {
    let name = source.path().rsplit('/').next().unwrap_or_default();
    let mut diagnostics = Diagnostics::new();
    let mut misplaced: Vec<Range<usize>> = Vec::new();
    let (mut table, syntax) = DeTable::parse_recoverable(source.text());
    for error in syntax.into_iter().take(MOST_FAULTS) {
        let range = error.span().unwrap_or_default();
        misplaced.extend(under_header(source.text(), range.start));
        diagnostics.push(syntax_fault(source.text(), error.message(), Span::new(file, range.start, range.end)));
    }
    let is_toml = diagnostics.is_empty();
    let mut places = Places::of_file(file);
    record(&DeValue::Table(table.get_ref().clone()), String::new(), file, &mut places, &mut diagnostics);
    let value = loop {
        let error = match T::deserialize(toml::Deserializer::from(table.clone())) {
            Ok(value) => break value,
            Err(error) => error,
        };
        let range = error.span().unwrap_or_default();
        let culprit = find(table.get_ref(), &range);
        let span = Span::new(file, range.start, range.end);
        // What is no TOML has no value either: that was said.
        let said = |found: &Diagnostic| matches!(&found.place, Place::Span(at) if at.start == span.start);
        let is_misplaced = misplaced.iter().any(|lines| lines.contains(&range.start));
        if is_toml || !is_misplaced && !diagnostics.iter().any(said) {
            let typed = source.text().get(range).unwrap_or_default();
            diagnostics.push(explain(&error, (name, culprit.as_deref()), typed, span));
        }
        let removed = culprit.is_some_and(|keys| remove(table.get_mut(), &keys));
        if !removed || diagnostics.len() > MOST_FAULTS {
            break T::default();
        }
    };
    Parsed { value, places, diagnostics, is_toml }
}

/// The lines beneath a table's header at fault: what they set belongs to no table that is known.
fn under_header(text: &str, fault: usize) -> Option<Range<usize>> {
    let fault = text.floor_char_boundary(fault);
    // A header that is not closed is at fault at its end, or at that of its line.
    let start = text[..fault].trim_end_matches(['\n', '\r']).rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let behind = start + line.len();
    let next = text[behind..].find("\n[").map_or(text.len(), |at| behind + at);
    line.trim_start().starts_with('[').then_some(start..next)
}

/// What serde says, in the words of someone who writes a configuration.
fn explain(error: &toml::de::Error, (file, keys): (&str, Option<&[String]>), typed: &str, span: Span) -> Diagnostic {
    let message = error.message();
    // Without positions in an array: they shift as items at fault are left out.
    let names = keys.unwrap_or_default().iter().filter(|key| key.parse::<usize>().is_err());
    let key = names.map(String::as_str).collect::<Vec<_>>().join(".");
    if let Some(unknown) = message.strip_prefix("unknown field ") {
        let (name, expected) = quoted_names(unknown);
        let known = Diagnostic::new(Code::UnknownKey, span, format!("`{key}` is no key of {file}"));
        return known.hint(alternatives(&name, &expected));
    }
    if let Some(unknown) = message.strip_prefix("unknown variant ") {
        let (name, expected) = quoted_names(unknown);
        let known = Diagnostic::new(Code::InvalidConfig, span, format!("`{key}` cannot be `{name}`"));
        return known.hint(alternatives(&name, &expected));
    }
    if message.contains("untagged enum Author") {
        let fault = Diagnostic::new(Code::InvalidConfig, span, format!("`{key}` is no author"));
        return fault.hint("an author is a name, or a table such as `{ name = \"…\", url = \"https://…\" }`");
    }
    if let Some((_, wanted)) = message.strip_prefix("invalid type: ").and_then(|types| types.split_once(", expected "))
    {
        let name = key.rsplit('.').next().unwrap_or_default();
        let (what, example) = match wanted {
            "a sequence" => ("a list", Some(format!("{name} = [{typed}]"))),
            "a string" => ("text in quotes", Some(format!("{name} = \"{}\"", typed.trim_matches('\'')))),
            "a boolean" => ("`true` or `false`, without quotes", None),
            "a map" | "a table" => ("a table", Some(format!("[{key}]"))),
            wanted if wanted.starts_with("struct ") => ("a table", Some(format!("[{key}]"))),
            other => (other, None),
        };
        let example = example.filter(|_| !typed.contains(['\n', '[', '{']));
        let fault = Diagnostic::new(Code::InvalidConfig, span, format!("`{key}` is to be {what}"));
        return match example {
            Some(example) => fault.hint(format!("write `{example}`")),
            None => fault,
        };
    }
    Diagnostic::new(Code::InvalidConfig, span, format!("`{key}`: {message}"))
}

/// What is no TOML, above all text without its quotes.
fn syntax_fault(text: &str, message: &str, span: Span) -> Diagnostic {
    let start = span.range().start.min(text.len());
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let fault = Diagnostic::new(Code::InvalidConfig, span, format!("not valid TOML: {message}"));
    let Some((key, value)) = text.get(line..end).and_then(|line| line.split_once('=')) else { return fault };
    let (key, value) = (key.trim(), value.trim());
    if value.starts_with(|c: char| c.is_ascii_digit())
        && value.contains(char::is_alphabetic)
        && line + key.len() <= start
    {
        let message = format!("`{value}` is neither a number nor text");
        return Diagnostic::new(Code::InvalidConfig, span, message)
            .hint("a number stands alone, without its unit; text stands in straight quotes");
    }
    let bare = value.starts_with(char::is_alphabetic) || value.starts_with(['“', '‘', '«', '„']);
    if !bare || line + key.len() > start {
        return fault;
    }
    let value = value.trim_matches(|c| "“”‘’«»„".contains(c));
    let fault =
        Diagnostic::new(Code::InvalidConfig, span, format!("the value of `{key}` is text and needs straight quotes"));
    fault.hint(format!("write `{key} = \"{value}\"`"))
}

/// The names in backquotes: the one at fault, then those expected.
fn quoted_names(text: &str) -> (String, Vec<String>) {
    let mut names = text.split('`').skip(1).step_by(2).map(str::to_owned);
    (names.next().unwrap_or_default(), names.collect())
}

fn alternatives(name: &str, expected: &[String]) -> String {
    match nearest(name, expected.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", expected.join(", ")),
    }
}

/// The keys that lead to the innermost entry or array item whose key or value holds `range`.
fn find(table: &DeTable<'_>, range: &Range<usize>) -> Option<Vec<String>> {
    let holds = |span: Range<usize>| span.start <= range.start && range.end <= span.end;
    // A table's own span is its header alone where it is written `[table]`: look within in any case.
    for (key, value) in table {
        let exactly = key.span() == *range;
        let within = if exactly { None } else { find_in_value(value, range) };
        if exactly || within.is_some() || holds(key.span()) || holds(value.span()) {
            let mut keys = vec![key.get_ref().to_string()];
            keys.extend(within.unwrap_or_default());
            return Some(keys);
        }
    }
    None
}

fn find_in_value(value: &Spanned<DeValue<'_>>, range: &Range<usize>) -> Option<Vec<String>> {
    match value.get_ref() {
        DeValue::Table(table) => find(table, range),
        DeValue::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
            let holds = item.span().start <= range.start && range.end <= item.span().end;
            let within = find_in_value(item, range);
            (holds || within.is_some())
                .then(|| std::iter::once(index.to_string()).chain(within.unwrap_or_default()).collect())
        }),
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            None
        }
    }
}

/// Removes the entry or item that the keys lead to; false if they lead nowhere.
fn remove(table: &mut DeTable<'_>, keys: &[String]) -> bool {
    let Some((first, rest)) = keys.split_first() else { return false };
    let Some(key) = table.keys().find(|key| key.get_ref() == first).cloned() else { return false };
    if rest.is_empty() {
        return table.remove(&key).is_some();
    }
    table.get_mut(&key).is_some_and(|value| remove_in_value(value.get_mut(), rest))
}

fn remove_in_value(value: &mut DeValue<'_>, keys: &[String]) -> bool {
    match value {
        DeValue::Table(table) => remove(table, keys),
        DeValue::Array(items) => {
            let index = keys[0].parse::<usize>().ok().filter(|index| *index < items.len());
            match index {
                Some(index) if keys.len() == 1 => {
                    let kept = items.iter().enumerate().filter(|(at, _)| *at != index);
                    *items = kept.map(|(_, item)| item.clone()).collect();
                    true
                }
                Some(index) => items.get_mut(index).is_some_and(|item| remove_in_value(item.get_mut(), &keys[1..])),
                None => false,
            }
        }
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            false
        }
    }
}

/// Notes where each value stands, and which text holds what no output can.
fn record(value: &DeValue<'_>, key: String, file: FileId, places: &mut Places, diagnostics: &mut Diagnostics) {
    let prefix = if key.is_empty() { key } else { format!("{key}.") };
    let mut entry = |name: &str, value: &Spanned<DeValue<'_>>| {
        let (key, span) = (format!("{prefix}{name}"), Span::new(file, value.span().start, value.span().end));
        if value.get_ref().as_str().is_some_and(|text| text.contains(is_forbidden)) {
            let message = format!("`{key}` holds a control character");
            diagnostics.push(Diagnostic::new(Code::InvalidConfig, span, message));
        }
        places.insert(key.clone(), span);
        record(value.get_ref(), key, file, places, diagnostics);
    };
    match value {
        DeValue::Table(table) => table.iter().for_each(|(name, value)| entry(name.get_ref(), value)),
        DeValue::Array(items) => items.iter().enumerate().for_each(|(at, item)| entry(&at.to_string(), item)),
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// What XML 1.0 (2.2) has no place for.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}
