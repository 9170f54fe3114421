//! A formula as a tree of what is set: the same for MathML, Typst and OMML.

/// A piece of a formula. Letters have their alphabet already: a bold x is `𝐱` (Unicode 22.2, Mathematical
/// Alphanumeric Symbols), so that no writer knows alphabets.
#[derive(Debug, Clone, PartialEq)]
pub enum MathNode {
    /// Pieces one after another.
    Row(Vec<MathNode>),
    /// A letter, an upright word, or a symbol that takes no room of its own.
    Identifier {
        /// One character, or an upright word.
        text: String,
        /// Whether a plain letter is slanted.
        slant: Slant,
    },
    /// Digits, with a decimal point.
    Number(String),
    /// A sign that takes room as its class has it.
    Operator {
        /// One character, rarely two.
        text: String,
        /// What it is to its neighbours.
        class: MathClass,
    },
    /// A delimiter of a size of its own (`\big(`).
    Delimiter {
        /// One character.
        text: String,
        /// Opening, closing, or between.
        class: MathClass,
        /// Its height in em.
        height: f64,
    },
    /// A sum or an integral, large where the formula stands for itself.
    Large(char),
    /// `sin`, `max`, any `\operatorname`.
    Function {
        /// As it is shown.
        name: String,
        /// Where its scripts stand.
        placement: Placement,
    },
    /// An arrow as long as what stands over and under it.
    Stretched(char),
    /// Words.
    Text {
        /// With its spaces.
        text: String,
        /// How they are set.
        face: TextFace,
    },
    /// Room across, in em; negative closes up.
    Space(f64),
    /// One over the other.
    Fraction {
        /// Above.
        numerator: Box<MathNode>,
        /// Beneath.
        denominator: Box<MathNode>,
        /// A rule, or none as in a binomial.
        rule: FractionRule,
    },
    /// A root.
    Root {
        /// Under the sign.
        radicand: Box<MathNode>,
        /// 3 for a cube root.
        index: Option<Box<MathNode>>,
    },
    /// Something with pieces raised, lowered, over or under it.
    Scripts {
        /// What carries them.
        base: Box<MathNode>,
        /// Lowered, or under.
        sub: Option<Box<MathNode>>,
        /// Raised, or over.
        sup: Option<Box<MathNode>>,
        /// Beside, or over and under.
        placement: Placement,
    },
    /// A mark over or under something.
    Accent {
        /// What carries it.
        base: Box<MathNode>,
        /// The mark.
        mark: AccentMark,
    },
    /// Delimiters that grow with what they hold.
    Fenced {
        /// At the start, if any.
        open: Option<char>,
        /// At the end, if any.
        close: Option<char>,
        /// At least one; between them stand `middle`.
        parts: Vec<MathNode>,
        /// One fewer than there are parts.
        middle: Vec<char>,
    },
    /// Rows and columns.
    Grid(MathGrid),
    /// Something in the size of another place.
    Sized(MathSize, Box<MathNode>),
    /// Room as for something that is not shown.
    Phantom(Box<MathNode>),
    /// Something in a frame.
    Boxed(Box<MathNode>),
}

impl MathNode {
    /// Nothing.
    pub fn empty() -> Self {
        Self::Row(Vec::new())
    }

    /// One piece for several.
    pub(super) fn row(mut nodes: Vec<Self>) -> Self {
        if nodes.len() == 1 { nodes.remove(0) } else { Self::Row(nodes) }
    }

    /// The pieces of a row, or the one piece.
    pub fn pieces(&self) -> &[Self] {
        match self {
            Self::Row(nodes) => nodes,
            Self::Identifier { .. }
            | Self::Number(_)
            | Self::Operator { .. }
            | Self::Delimiter { .. }
            | Self::Large(_)
            | Self::Function { .. }
            | Self::Stretched(_)
            | Self::Text { .. }
            | Self::Space(_)
            | Self::Fraction { .. }
            | Self::Root { .. }
            | Self::Scripts { .. }
            | Self::Accent { .. }
            | Self::Fenced { .. }
            | Self::Grid(_)
            | Self::Sized(..)
            | Self::Phantom(_)
            | Self::Boxed(_) => std::slice::from_ref(self),
        }
    }
}

/// Whether a plain letter is slanted, as variables are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slant {
    /// It is.
    Italic,
    /// It is not.
    Upright,
}

/// What a sign is to its neighbours (The TeXbook, chapter 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MathClass {
    /// Nothing special: no room.
    Ordinary,
    /// Between two things: `a + b`.
    Binary,
    /// A sign that could be binary, with nothing before it: `−a`.
    Prefix,
    /// Compares: `a = b`.
    Relation,
    /// Opens.
    Opening,
    /// Closes.
    Closing,
    /// Separates.
    Punctuation,
}

/// How words within a formula are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFace {
    /// As the running text.
    Plain,
    /// Bold.
    Bold,
    /// Slanted.
    Italic,
    /// As code.
    Mono,
}

/// What stands between numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FractionRule {
    /// A rule.
    Drawn,
    /// Nothing.
    None,
}

/// Where scripts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Beside: x².
    Beside,
    /// Over and under.
    Limits,
    /// Over and under where the formula stands for itself, beside within a line.
    ByDisplay,
}

/// Marks over and under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccentMark {
    /// A combining character (U+0302 for a hat), over; `reach` says how wide.
    Over(char, Reach),
    /// A line over.
    Overline,
    /// A line under.
    Underline,
    /// A brace, bracket, arrow or parenthesis over all of it.
    Overbrace(char),
    /// The same under.
    Underbrace(char),
}

/// How wide an accent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One letter.
    Letter,
    /// As wide as what is beneath.
    Whole,
}

/// Rows and columns of a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct MathGrid {
    /// What it is.
    pub kind: GridKind,
    /// One per column.
    pub columns: Vec<GridColumn>,
    /// Each with one cell per column.
    pub rows: Vec<Vec<MathNode>>,
}

/// What a grid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridKind {
    /// A matrix or array.
    Matrix,
    /// The same, small enough for a line.
    Small,
    /// Lines of a script.
    Stack,
    /// Cases.
    Cases,
    /// Lines aligned at their signs, or centred; each as if it stood for itself.
    Lines,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridColumn {
    /// At the left: formulas run from left to right in every language.
    Left,
    /// Centred.
    Center,
    /// At the right.
    Right,
}

/// The sizes of The TeXbook, chapter 17.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MathSize {
    /// As if it stood for itself.
    Display,
    /// As within a line.
    Text,
    /// As a script.
    Script,
    /// As a script's script.
    ScriptScript,
}
