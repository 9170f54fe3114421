//! Layers of a style: the style that it builds on, its own file, and what a project's configuration says otherwise.
//!
//! In: files, the deepest first. Out: one table, in which what a later layer says stands for what an earlier one said, and
//! where each value was typed. Never reads a value.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::Value;
use crate::source::{FileId, SourceFile, Span};

/// A file that says something about a style.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'s> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub source: &'s SourceFile,
    /// What of it.
    pub part: LayerPart,
}

/// What of a file says something about a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerPart {
    /// All of it: a `style.toml`.
    Whole,
    /// The tables beneath `[style]` of `rapporteur.toml`.
    Configuration,
}

/// Keys of `[style]` that are no tokens.
const SETTINGS: [&str; 2] = ["name", "chapters_start_pages"];

/// The keys of one side of a border each.
const SIDES: [&str; 4] = ["border_top", "border_bottom", "border_start", "border_end"];

/// Where the texts of layers stand behind each other: a range of all of them is one of a single file.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins {
    /// Where each layer begins.
    layers: Vec<(usize, FileId)>,
}

impl Origins {
    /// Which layer a range lies in, from 0, the deepest.
    pub fn layer(&self, range: &Range<usize>) -> usize {
        self.layers.partition_point(|(base, _)| *base <= range.start).saturating_sub(1)
    }

    /// The range in its file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let (base, file) = self.layers[self.layer(range)];
        Span::new(file, range.start - base, range.end.saturating_sub(base))
    }
}

/// A fault in a layer's syntax.
pub(super) type SyntaxFault = (Range<usize>, String);

/// All layers in one table.
pub(super) fn merge<'s>(layers: &[Layer<'s>]) -> (DeTable<'s>, Origins, Vec<SyntaxFault>) {
    let (mut merged, mut origins, mut faults, mut base) = (DeTable::new(), Origins::default(), Vec::new(), 0);
    for layer in layers {
        origins.layers.push((base, layer.file));
        let (document, errors) = DeTable::parse_recoverable(layer.source.text());
        // The configuration's own syntax is told where it is read.
        if layer.part == LayerPart::Whole {
            faults.extend(errors.iter().map(|error| {
                let range = error.span().unwrap_or(0..0);
                (range.start + base..range.end + base, error.message().to_owned())
            }));
        }
        let table = shifted_table(document.into_inner(), base);
        add(&mut merged, tokens(table, layer.part));
        base += layer.source.text().len() + 1;
    }
    (merged, origins, faults)
}

fn tokens(mut table: DeTable<'_>, part: LayerPart) -> DeTable<'_> {
    if part == LayerPart::Whole {
        return table;
    }
    let Some(DeValue::Table(mut style)) = table.remove("style").map(Spanned::into_inner) else {
        return DeTable::new();
    };
    SETTINGS.iter().for_each(|key| drop(style.remove(*key)));
    style
}

/// A table's entries stand for those of the same name; tables in both are put together.
fn add<'s>(into: &mut DeTable<'s>, from: DeTable<'s>) {
    if from.contains_key("border_all") {
        SIDES.iter().for_each(|side| drop(into.remove(*side)));
    }
    for (key, value) in from {
        match (into.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
            (Some(DeValue::Table(old)), DeValue::Table(new)) => add(old, new.clone()),
            _ => {
                into.remove(key.get_ref().as_ref());
                into.insert(key, value);
            }
        }
    }
}

fn shifted_table<'s>(table: DeTable<'s>, by: usize) -> DeTable<'s> {
    let entry = |(key, value): (Spanned<Cow<'s, str>>, Value<'s>)| {
        let span = key.span();
        (Spanned::new(span.start + by..span.end + by, key.into_inner()), shifted(value, by))
    };
    table.into_iter().map(entry).collect()
}

fn shifted(value: Value<'_>, by: usize) -> Value<'_> {
    let span = value.span();
    let inner = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(shifted_table(table, by)),
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(|item| shifted(item, by)).collect()),
        plain @ (DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)) => plain,
    };
    Spanned::new(span.start + by..span.end + by, inner)
}

/// What a style's file says of the style itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// `base`: the style that it builds on, and where that is said.
    pub base: Option<(String, Span)>,
    /// `description`: what it is for, in a line.
    pub description: Option<String>,
}

impl Header {
    /// Reads it; what is at fault is told when the style is loaded.
    pub fn read(file: FileId, source: &SourceFile) -> Self {
        let (document, _) = DeTable::parse_recoverable(source.text());
        let text = |key: &str| {
            let value = document.get_ref().get(key)?;
            Some((value.get_ref().as_str()?.to_owned(), Span::new(file, value.span().start, value.span().end)))
        };
        Self { base: text("base"), description: text("description").map(|(text, _)| text) }
    }
}
