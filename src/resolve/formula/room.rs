//! Room across: `\,`, `\quad`, `\hspace{2em}`.

use std::ops::Range;

use super::parser::{Fault, Parser};
use super::token::TokenKind;

impl Parser<'_> {
    /// `{2em}` or `2em`.
    pub(super) fn given_room(&mut self, range: &Range<usize>) -> Result<f64, Fault> {
        self.starred()?;
        self.skip_spaces();
        let braced = self.peek() == Some(TokenKind::Open);
        let mut text = String::new();
        if braced {
            let tokens = self.braced_tokens()?;
            text.extend(
                tokens.iter().filter_map(|token| if let TokenKind::Char(c) = token.kind { Some(c) } else { None }),
            );
        } else {
            while let Some(TokenKind::Char(c)) = self.peek()
                && !length_ends(&text)
                && (c.is_ascii_alphanumeric() || "-+.".contains(c))
            {
                self.next()?;
                text.push(c);
            }
        }
        length(&text)
            .ok_or_else(|| Fault::new(range.clone(), "this length cannot be read").hint("write it like `1.5em`"))
    }
}

/// Room in em.
pub(super) fn room(name: &str) -> Option<f64> {
    Some(match name {
        "," | "thinspace" => 3.0 / 18.0,
        ":" | ">" | "medspace" => 4.0 / 18.0,
        ";" | "thickspace" => 5.0 / 18.0,
        "!" | "negthinspace" => -3.0 / 18.0,
        "negmedspace" => -4.0 / 18.0,
        "negthickspace" => -5.0 / 18.0,
        " " | "\n" | "\t" | "~" | "nobreakspace" | "space" => 0.25,
        "enspace" | "enskip" => 0.5,
        "quad" => 1.0,
        "qquad" => 2.0,
        "/" | "-" => 0.0,
        _ => return None,
    })
}

const UNITS: &[(&str, f64)] =
    &[("em", 1.0), ("mu", 1.0 / 18.0), ("ex", 0.45), ("pt", 0.1), ("mm", 0.28), ("cm", 2.8), ("in", 7.2)];

fn length_ends(text: &str) -> bool {
    UNITS.iter().any(|(unit, _)| text.ends_with(unit))
}

/// A length in em, at most ten either way.
fn length(text: &str) -> Option<f64> {
    let (unit, factor) = UNITS.iter().find(|(unit, _)| text.ends_with(unit))?;
    let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
    number.is_finite().then(|| (number * factor).clamp(-10.0, 10.0))
}
