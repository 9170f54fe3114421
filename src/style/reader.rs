use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::Origins;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::document::Pt;

/// A value as it stands in the file.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// More names than this are not listed in a hint.
const MOST_LISTED: usize = 40;

/// Reads typed values out of the file and remembers every fault, each at its place.
pub(super) struct Reader {
    origins: Origins,
    diagnostics: Diagnostics,
}

impl Reader {
    pub fn new(origins: Origins) -> Self {
        Self { origins, diagnostics: Diagnostics::new() }
    }

    /// Which layer a range lies in, from 0, the deepest.
    pub fn layer(&self, range: &Range<usize>) -> usize {
        self.origins.layer(range)
    }

    /// The value, or every fault.
    pub fn finish<T>(self, value: T) -> Result<T, Diagnostics> {
        if self.diagnostics.is_empty() { Ok(value) } else { Err(self.diagnostics) }
    }

    /// Whether there was no fault so far.
    pub fn is_clean(&self) -> bool {
        self.diagnostics.is_empty()
    }

    pub fn fault(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.diagnostics.push(self.diagnostic(range, message));
    }

    pub fn fault_with_hint(&mut self, range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(self.diagnostic(range, message).hint(hint));
    }

    fn diagnostic(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::InvalidStyle, self.origins.span(&range), message)
    }

    /// A fault at a name that is none of those known, with the nearest as a hint.
    pub fn unknown<'a>(
        &mut self,
        range: Range<usize>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.len() <= MOST_LISTED => format!("there are: {}", known.join(", ")),
            None => "`rapporteur styles show` lists every one".to_owned(),
        };
        self.fault_with_hint(range, format!("there is no {what} `{name}`"), hint);
    }

    /// Faults at every key of a table that is not known.
    pub fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                self.unknown(key.span(), "key", key.get_ref(), known.iter().copied());
            }
        }
    }

    /// A table, or a fault that says what was expected.
    pub fn table<'t, 'd>(&mut self, value: &'t Value<'d>) -> Option<&'t DeTable<'d>> {
        self.expect(value, "a table", DeValue::as_table)
    }

    pub fn text(&mut self, value: &Value<'_>) -> Option<String> {
        self.expect(value, "a text in quotation marks", |v| v.as_str().map(str::to_owned))
    }

    /// Texts, at least one.
    pub fn texts(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        self.expect(value, "a list of texts in quotation marks", |v| {
            let texts: Option<Vec<String>> =
                v.as_array()?.iter().map(|text| text.get_ref().as_str().map(str::to_owned)).collect();
            texts.filter(|texts| !texts.is_empty())
        })
    }

    pub fn flag(&mut self, value: &Value<'_>) -> Option<bool> {
        self.expect(value, "`true` or `false`", DeValue::as_bool)
    }

    /// A finite number that is not negative.
    pub fn number(&mut self, value: &Value<'_>) -> Option<f64> {
        let typed = value.get_ref();
        let text = typed.as_integer().map(ToString::to_string).or_else(|| typed.as_float().map(ToString::to_string));
        let number = text.and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite());
        match number {
            Some(number) if number >= 0.0 => return Some(number),
            Some(number) => self.fault(value.span(), format!("{number} is negative: a length is 0 or more")),
            None if typed.as_str().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit())) => {
                let hint = "write the number alone: points, or millimetres where the key ends in `_mm`";
                self.fault_with_hint(value.span(), "a length has no unit and no quotation marks", hint);
            }
            None => self.fault(value.span(), "expected a number"),
        }
        None
    }

    /// A length in points of at most `limit`.
    pub fn length(&mut self, value: &Value<'_>, limit: f64) -> Option<Pt> {
        let number = self.number(value)?;
        if number > limit {
            self.fault(value.span(), format!("{number} pt is more than Word shows here: {limit} pt"));
            return None;
        }
        Some(Pt(number))
    }

    fn expect<'t, 'd, T>(
        &mut self,
        value: &'t Value<'d>,
        expected: &str,
        read: impl FnOnce(&'t DeValue<'d>) -> Option<T>,
    ) -> Option<T> {
        let read = read(value.get_ref());
        if read.is_none() {
            self.fault(value.span(), format!("expected {expected}"));
        }
        read
    }
}
