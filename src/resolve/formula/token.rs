//! TeX's tokens.
//!
//! In: the source of a formula. Out: [`Token`]s, each with the bytes it was typed at; comments are gone.

use std::ops::Range;

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub(super) kind: TokenKind<'s>,
    start: u32,
    end: u32,
}

impl<'s> Token<'s> {
    /// A `}` that closes what was taken out.
    pub(super) fn closing(range: Range<usize>) -> Token<'s> {
        Token { kind: TokenKind::Close, start: offset(range.start), end: offset(range.end) }
    }

    /// The bytes of the formula that it was typed at.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same token as if it stood where `other` does.
    pub(super) fn at(self, other: Range<usize>) -> Self {
        Self { start: offset(other.start), end: offset(other.end), ..self }
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind<'s> {
    /// `\name` or `\,`, without the backslash.
    Command(&'s str),
    /// A character that stands for itself.
    Char(char),
    /// `{`
    Open,
    /// `}`
    Close,
    /// `_`
    Sub,
    /// `^`
    Sup,
    /// `&`
    Align,
    /// White space.
    Space,
    /// `#1` in a macro.
    Parameter(u8),
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("a formula's length is bounded")
}

/// The tokens of a source.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let start = source.len() - rest.len();
        let (kind, len) = match first {
            '%' => (None, rest.find('\n').map_or(rest.len(), |end| end + 1)),
            '\\' => command(rest),
            '{' => (Some(TokenKind::Open), 1),
            '}' => (Some(TokenKind::Close), 1),
            '_' => (Some(TokenKind::Sub), 1),
            '^' => (Some(TokenKind::Sup), 1),
            '&' => (Some(TokenKind::Align), 1),
            '#' => parameter(rest),
            c if c.is_whitespace() && c != '\u{a0}' => {
                let space = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                (Some(TokenKind::Space), space.max(c.len_utf8()))
            }
            c => (Some(TokenKind::Char(c)), c.len_utf8()),
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, start: offset(start), end: offset(start + len) });
        }
        rest = &rest[len..];
    }
    tokens
}

/// A command, and the space behind its name.
fn command(rest: &str) -> (Option<TokenKind<'_>>, usize) {
    let name = &rest[1..];
    let letters = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    if letters > 0 {
        return (Some(TokenKind::Command(&name[..letters])), 1 + letters);
    }
    let len = name.chars().next().map_or(0, char::len_utf8);
    (Some(TokenKind::Command(&name[..len])), 1 + len)
}

fn parameter(rest: &str) -> (Option<TokenKind<'_>>, usize) {
    match rest.as_bytes().get(1) {
        Some(digit @ b'1'..=b'9') => (Some(TokenKind::Parameter(digit - b'0')), 2),
        Some(_) | None => (Some(TokenKind::Char('#')), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_comments_and_spaces() {
        let kinds: Vec<_> = tokens("\\frac x% no\n\\,{#1}\\").into_iter().map(|token| token.kind).collect();
        use TokenKind::{Char, Close, Command, Open, Parameter, Space};
        let expected = [Command("frac"), Space, Char('x'), Command(","), Open, Parameter(1), Close, Command("")];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn every_token_knows_its_bytes() {
        let source = "é\\alpha^2";
        let texts: Vec<_> = tokens(source).iter().map(|token| &source[token.range()]).collect();
        assert_eq!(texts, ["é", "\\alpha", "^", "2"]);
    }
}
