//! Letters in the alphabets of mathematics.
//!
//! In: a character and an [`Alphabet`]. Out: the character of Unicode's Mathematical Alphanumeric Symbols
//! (Unicode 22.2), and whether it is slanted where it is a plain letter.

use super::tree::Slant;

/// An alphabet that a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Latin and small Greek letters slanted, capitals of Greek upright.
    Normal,
    /// `\mathrm`
    Upright,
    /// `\mathit`
    Italic,
    /// `\mathbf`
    Bold,
    /// `\boldsymbol`: bold, slanted where it would be.
    BoldSymbol,
    /// `\mathbb`
    DoubleStruck,
    /// `\mathcal`, `\mathscr`
    Script,
    /// `\mathfrak`
    Fraktur,
    /// `\mathsf`
    Sans,
    /// `\mathtt`
    Mono,
}

impl Alphabet {
    /// Of a command.
    pub(super) fn of_command(name: &str) -> Option<Self> {
        Some(match name {
            "mathrm" | "mathup" | "rm" | "symrm" | "symup" => Self::Upright,
            "mathit" | "it" | "symit" => Self::Italic,
            "mathbf" | "bf" | "bold" | "symbf" => Self::Bold,
            "boldsymbol" | "bm" | "pmb" | "mathbfit" | "symbfit" => Self::BoldSymbol,
            "mathbb" | "Bbb" | "symbb" => Self::DoubleStruck,
            "mathcal" | "mathscr" | "cal" | "symcal" | "symscr" => Self::Script,
            "mathfrak" | "frak" | "symfrak" => Self::Fraktur,
            "mathsf" | "sf" | "symsf" => Self::Sans,
            "mathtt" | "tt" | "symtt" => Self::Mono,
            "mathnormal" | "symnormal" => Self::Normal,
            _ => return None,
        })
    }

    /// A character in this alphabet, and whether it is slanted.
    pub(super) fn letter(self, c: char) -> (char, Slant) {
        match self {
            Self::Normal => (c, natural(c)),
            Self::Upright => (c, Slant::Upright),
            Self::Italic => (c, if is_letter(c) { Slant::Italic } else { Slant::Upright }),
            Self::Bold
            | Self::BoldSymbol
            | Self::DoubleStruck
            | Self::Script
            | Self::Fraktur
            | Self::Sans
            | Self::Mono => self.styled(c).map_or((c, natural(c)), |styled| (styled, Slant::Upright)),
        }
    }

    fn styled(self, c: char) -> Option<char> {
        let (latin, digits) = match self {
            Self::Bold => (0x1D400, Some(0x1D7CE)),
            Self::BoldSymbol => (0x1D468, Some(0x1D7CE)),
            Self::DoubleStruck => (0x1D538, Some(0x1D7D8)),
            Self::Script => (0x1D49C, None),
            Self::Fraktur => (0x1D504, None),
            Self::Sans => (0x1D5A0, Some(0x1D7E2)),
            Self::Mono => (0x1D670, Some(0x1D7F6)),
            Self::Normal | Self::Upright | Self::Italic => return None,
        };
        let from = |base: u32, first: char| char::from_u32(base + u32::from(c) - u32::from(first));
        match c {
            'A'..='Z' | 'a'..='z' if self.hole(c).is_some() => self.hole(c),
            'A'..='Z' => from(latin, 'A'),
            'a'..='z' => from(latin + 26, 'a'),
            '0'..='9' => from(digits?, '0'),
            _ => self.greek(c),
        }
    }

    /// Letters that Unicode had before it had their alphabets.
    fn hole(self, c: char) -> Option<char> {
        let table = match self {
            Self::DoubleStruck => "CℂHℍNℕPℙQℚRℝZℤ",
            Self::Script => "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
            Self::Fraktur => "CℭHℌIℑRℜZℨ",
            Self::Normal | Self::Upright | Self::Italic | Self::Bold | Self::BoldSymbol | Self::Sans | Self::Mono => "",
        };
        let mut letters = table.chars();
        while let (Some(plain), Some(styled)) = (letters.next(), letters.next()) {
            if plain == c {
                return Some(styled);
            }
        }
        None
    }

    /// Bold Greek, which the other alphabets have not.
    fn greek(self, c: char) -> Option<char> {
        const BOLD: u32 = 0x1D6A8;
        const BOLD_ITALIC: u32 = 0x1D71C;
        let at = greek_position(c)?;
        let base = match self {
            Self::Bold => BOLD,
            Self::BoldSymbol if natural(c) == Slant::Italic => BOLD_ITALIC,
            Self::BoldSymbol => BOLD,
            Self::Normal
            | Self::Upright
            | Self::Italic
            | Self::DoubleStruck
            | Self::Script
            | Self::Fraktur
            | Self::Sans
            | Self::Mono => return None,
        };
        char::from_u32(base + at)
    }
}

/// Position in the order of the Greek alphabets (Unicode, 1D6A8 to 1D6E1).
fn greek_position(c: char) -> Option<u32> {
    match c {
        'Α'..='Ρ' | 'Σ'..='Ω' => Some(u32::from(c) - u32::from('Α')),
        '∇' => Some(25),
        'α'..='ω' => Some(u32::from(c) - u32::from('α') + 26),
        _ => "∂ϵϑϰϕϱϖ".chars().position(|variant| variant == c).and_then(|at| u32::try_from(at + 51).ok()),
    }
}

/// Whether a letter is slanted where nothing else is asked for.
fn natural(c: char) -> Slant {
    let slanted =
        c.is_ascii_alphabetic() || matches!(c, 'α'..='ω' | '∂' | 'ϵ' | 'ϑ' | 'ϰ' | 'ϕ' | 'ϱ' | 'ϖ' | 'ı' | 'ȷ');
    if slanted { Slant::Italic } else { Slant::Upright }
}

fn is_letter(c: char) -> bool {
    natural(c) == Slant::Italic || matches!(c, 'Α'..='Ω')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_are_unicodes_own() {
        let styled = |alphabet: Alphabet, text: &str| text.chars().map(|c| alphabet.letter(c).0).collect::<String>();
        assert_eq!(styled(Alphabet::Bold, "Ax1Γα"), "𝐀𝐱𝟏𝚪𝛂");
        assert_eq!(styled(Alphabet::BoldSymbol, "Ax1Γα∇ϕ"), "𝑨𝒙𝟏𝚪𝜶𝛁𝝓");
        assert_eq!(styled(Alphabet::DoubleStruck, "ARk1"), "𝔸ℝ𝕜𝟙");
        assert_eq!(styled(Alphabet::Script, "LAe"), "ℒ𝒜ℯ");
        assert_eq!(styled(Alphabet::Fraktur, "gH"), "𝔤ℌ");
        assert_eq!(styled(Alphabet::Sans, "x2"), "𝗑𝟤");
        assert_eq!(styled(Alphabet::Mono, "x2"), "𝚡𝟸");
        assert_eq!(styled(Alphabet::Bold, "é+"), "é+", "what has no such form stays");
    }

    #[test]
    fn capitals_of_greek_stand_upright() {
        assert_eq!(Alphabet::Normal.letter('Γ').1, Slant::Upright);
        assert_eq!(Alphabet::Normal.letter('γ').1, Slant::Italic);
        assert_eq!(Alphabet::Upright.letter('x').1, Slant::Upright);
        assert_eq!(Alphabet::Italic.letter('Γ').1, Slant::Italic);
    }
}
