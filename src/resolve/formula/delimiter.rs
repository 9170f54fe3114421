//! Delimiters that grow (`\left(`), and those of a size of their own (`\big(`).

use super::parser::{Fault, Parser, Stop};
use super::symbol;
use super::token::TokenKind;
use super::tree::{MathClass, MathNode};

/// Height in em and class that a command gives a delimiter; the class of the delimiter itself where `None`.
pub(super) fn size(name: &str) -> Option<(f64, Option<MathClass>)> {
    let (stem, class) = match name.char_indices().last()? {
        (at, 'l') => (&name[..at], Some(MathClass::Opening)),
        (at, 'r') => (&name[..at], Some(MathClass::Closing)),
        (at, 'm') => (&name[..at], Some(MathClass::Relation)),
        _ => (name, None),
    };
    let height = match stem {
        "big" => 1.2,
        "Big" => 1.8,
        "bigg" => 2.4,
        "Bigg" => 3.0,
        _ => return None,
    };
    Some((height, class))
}

impl Parser<'_> {
    /// `\left( … \middle| … \right)`, `\left` read.
    pub(super) fn fenced(&mut self) -> Result<MathNode, Fault> {
        let open = self.delimiter()?;
        let (mut parts, mut middle) = (Vec::new(), Vec::new());
        loop {
            parts.push(self.deeper(|parser| parser.row(Stop::Right)).map(MathNode::row)?);
            let last = self.next()?.map(|token| token.kind) == Some(TokenKind::Command("right"));
            let delimiter = self.delimiter()?;
            if last {
                return Ok(MathNode::Fenced { open, close: delimiter, parts, middle });
            }
            middle.push(delimiter.unwrap_or('|'));
        }
    }

    pub(super) fn sized_delimiter(&mut self, height: f64, class: Option<MathClass>) -> Result<MathNode, Fault> {
        Ok(match self.delimiter()? {
            Some(c) => {
                let class = class.unwrap_or_else(|| symbol::class_of(c));
                MathNode::Delimiter { text: c.to_string(), class, height }
            }
            None => MathNode::empty(),
        })
    }

    /// A delimiter; `None` for `.`.
    fn delimiter(&mut self) -> Result<Option<char>, Fault> {
        self.skip_spaces();
        let found = match self.next()?.map(|token| token.kind) {
            Some(TokenKind::Char(c)) => symbol::delimiter(c.encode_utf8(&mut [0; 4])),
            Some(TokenKind::Command(name @ ("|" | "{" | "}"))) => symbol::delimiter(&format!("\\{name}")),
            Some(TokenKind::Command(name)) => symbol::delimiter(name),
            Some(_) | None => None,
        };
        match found {
            Some(delimiter) => Ok(delimiter),
            None => self
                .fault("a delimiter is missing here")
                .map_err(|fault| fault.hint("write one like `(`, `[`, `\\{`, `|`, or `.` for none")),
        }
    }
}
