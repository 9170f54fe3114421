//! Commands that stand for one sign, and how characters that are typed as they are stand.
//!
//! In: a command's name or a character. Out: [`Symbol`]. The table, `symbols.txt`, has a line per command:
//! name, character, class.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::tree::MathClass;

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Symbol {
    pub(super) text: &'static str,
    pub(super) kind: SymbolKind,
}

/// What kind of sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolKind {
    /// A sign with a class.
    Sign(MathClass),
    /// Large, with limits over and under where it stands for itself.
    Sum,
    /// Large, with limits beside.
    Integral,
}

static TABLE: LazyLock<BTreeMap<&'static str, Symbol>> = LazyLock::new(|| {
    let lines = include_str!("symbols.txt").lines();
    lines.map(|line| entry(line).expect("each line has a name, a sign and a class")).collect()
});

fn entry(line: &'static str) -> Option<(&'static str, Symbol)> {
    let mut words = line.split(' ');
    let (name, text, class) = (words.next()?, words.next()?, words.next()?);
    let kind = match class {
        "ord" => SymbolKind::Sign(MathClass::Ordinary),
        "bin" => SymbolKind::Sign(MathClass::Binary),
        "rel" => SymbolKind::Sign(MathClass::Relation),
        "open" => SymbolKind::Sign(MathClass::Opening),
        "close" => SymbolKind::Sign(MathClass::Closing),
        "punct" => SymbolKind::Sign(MathClass::Punctuation),
        "sum" => SymbolKind::Sum,
        "int" => SymbolKind::Integral,
        _ => return None,
    };
    Some((name, Symbol { text, kind }))
}

/// The sign of a command.
pub(super) fn symbol(name: &str) -> Option<Symbol> {
    TABLE.get(name).copied()
}

/// Every command of the table.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.keys().copied()
}

/// The class of a character that is typed as it is.
pub(super) fn class_of(c: char) -> MathClass {
    match c {
        '+' | '-' | '−' | '*' | '∗' | '±' | '∓' | '×' | '÷' | '·' | '⋅' | '∘' | '∪' | '∩' | '∧' | '∨' | '⊕' | '⊗' => {
            MathClass::Binary
        }
        '='
        | '<'
        | '>'
        | ':'
        | '≤'
        | '≥'
        | '≠'
        | '≈'
        | '≡'
        | '∼'
        | '≃'
        | '≅'
        | '∝'
        | '∈'
        | '∉'
        | '∋'
        | '⊂'
        | '⊃'
        | '⊆'
        | '⊇'
        | '≪'
        | '≫'
        | '∣'
        | '∥'
        | '⊥'
        | '←'..='⇿'
        | '⟵'..='⟿' => MathClass::Relation,
        '(' | '[' | '⟨' | '⌊' | '⌈' | '⟦' => MathClass::Opening,
        ')' | ']' | '⟩' | '⌋' | '⌉' | '⟧' | '!' | '?' => MathClass::Closing,
        ',' | ';' => MathClass::Punctuation,
        _ => MathClass::Ordinary,
    }
}

/// The sign that a character typed as it is shows as.
pub(super) fn shown(c: char) -> char {
    match c {
        '-' => '−',
        '*' => '∗',
        '`' => '‘',
        '\u{b5}' => 'μ',
        _ => c,
    }
}

/// A delimiter by command or character; `None` in the second place for `.`, which is none.
pub(super) fn delimiter(name: &str) -> Option<Option<char>> {
    let c = match name {
        "." => return Some(None),
        "<" | "lt" => '⟨',
        ">" | "gt" => '⟩',
        "|" | "vert" | "lvert" | "rvert" | "mid" => '|',
        "\\|" | "Vert" | "lVert" | "rVert" | "parallel" | "‖" => '‖',
        "\\{" => '{',
        "\\}" => '}',
        "/" | "(" | ")" | "[" | "]" | "⟨" | "⟩" | "⌊" | "⌋" | "⌈" | "⌉" => name.chars().next()?,
        "backslash" => '\\',
        "uparrow" | "downarrow" | "updownarrow" | "Uparrow" | "Downarrow" | "Updownarrow" => {
            symbol(name)?.text.chars().next()?
        }
        _ => match symbol(name)? {
            Symbol { text, kind: SymbolKind::Sign(MathClass::Opening | MathClass::Closing) } => text.chars().next()?,
            Symbol { .. } => return None,
        },
    };
    Some(Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_sorted() {
        assert!(names().count() > 600);
        let lines: Vec<&str> = include_str!("symbols.txt").lines().collect();
        assert!(lines.is_sorted(), "so that a command is found and none stands twice");
        assert_eq!(symbol("alpha").map(|symbol| symbol.text), Some("α"));
        assert_eq!(symbol("nonsense"), None);
    }

    #[test]
    fn delimiters_are_signs_that_open_or_close() {
        assert_eq!(delimiter("langle"), Some(Some('⟨')));
        assert_eq!(delimiter("."), Some(None));
        assert_eq!(delimiter("alpha"), None);
    }
}
