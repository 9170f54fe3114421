//! Commands that take arguments or change what follows.
//!
//! In: a command's name, its arguments next. Out: what it says. A name that nothing knows is a [`Fault`] with the
//! nearest that is known.

use std::ops::Range;

use super::alphabet::Alphabet;
use super::class;
use super::parser::{Fault, Parser, Stop};
use super::symbol;
use super::token::TokenKind;
use super::tree::{FractionRule, GridColumn, GridKind, MathClass, MathGrid, MathNode, MathSize, Placement};
use super::unknown;

/// What a command says.
pub(super) enum Said {
    /// A piece.
    Node(MathNode),
    /// Nothing to show: a definition, a mark.
    Nothing,
    /// What stands before and after it in its group belong to it.
    Infix(Infix),
    /// The rest of its group is of a size.
    Rest(MathSize),
}

/// Commands between two things.
#[derive(Debug, Clone, Copy)]
pub(super) enum Infix {
    /// `\over`
    Over,
    /// `\atop`
    Atop,
    /// `\choose`
    Choose,
}

impl Infix {
    /// Both sides as one piece.
    pub(super) fn between(self, before: MathNode, after: MathNode) -> MathNode {
        match self {
            Self::Over => fraction(before, after, FractionRule::Drawn),
            Self::Atop => fraction(before, after, FractionRule::None),
            Self::Choose => binomial(before, after),
        }
    }
}

impl<'s> Parser<'s> {
    /// What a command says, its name read.
    pub(super) fn command(&mut self, name: &'s str, range: Range<usize>) -> Result<Said, Fault> {
        if let Some(definition) = self.macros.get(name).cloned() {
            self.expand(&definition, range)?;
            return Ok(Said::Nothing);
        }
        if let Some(said) = self.change(name)? {
            return Ok(said);
        }
        if let Some(node) = self.construct(name)? {
            return Ok(Said::Node(node));
        }
        if let Some(node) = self.small(name, &range)? {
            return Ok(Said::Node(node));
        }
        Err(unknown::unknown(name, range))
    }

    /// Commands that change what follows, or nothing that is shown.
    fn change(&mut self, name: &str) -> Result<Option<Said>, Fault> {
        Ok(Some(match name {
            "displaystyle" => Said::Rest(MathSize::Display),
            "textstyle" => Said::Rest(MathSize::Text),
            "scriptstyle" => Said::Rest(MathSize::Script),
            "scriptscriptstyle" => Said::Rest(MathSize::ScriptScript),
            "over" => Said::Infix(Infix::Over),
            "atop" => Said::Infix(Infix::Atop),
            "choose" => Said::Infix(Infix::Choose),
            "rm" | "it" | "bf" | "cal" | "frak" | "sf" | "tt" => {
                self.alphabet = Alphabet::of_command(name).unwrap_or(self.alphabet);
                Said::Nothing
            }
            "newcommand" | "renewcommand" | "providecommand" => {
                self.new_command()?;
                Said::Nothing
            }
            "def" => {
                self.define()?;
                Said::Nothing
            }
            "color" => {
                self.left_out_colour()?;
                Said::Nothing
            }
            "nonumber" | "notag" | "relax" | "allowbreak" | "nobreak" | "displaylimits" | "limits" | "nolimits" => {
                Said::Nothing
            }
            "vphantom" | "mathstrut" | "strut" => {
                if name == "vphantom" {
                    self.argument()?;
                }
                Said::Nothing
            }
            _ => return Ok(None),
        }))
    }

    /// Commands with arguments that make something new of them.
    fn construct(&mut self, name: &str) -> Result<Option<MathNode>, Fault> {
        Ok(Some(match name {
            "frac" | "dfrac" | "cfrac" | "tfrac" | "binom" | "dbinom" | "tbinom" => self.fraction_like(name)?,
            "sqrt" => {
                self.skip_spaces();
                let index = if self.peek() == Some(TokenKind::Char('[')) {
                    self.next()?;
                    Some(Box::new(MathNode::row(self.deeper(|parser| parser.row(Stop::Bracket))?)))
                } else {
                    None
                };
                MathNode::Root { radicand: self.boxed_argument()?, index }
            }
            "left" => self.fenced()?,
            "begin" => self.environment()?,
            "substack" => {
                let node = self.lines()?;
                MathNode::Grid(MathGrid { kind: GridKind::Stack, columns: vec![GridColumn::Center], rows: node })
            }
            "overset" | "stackrel" => {
                let over = self.boxed_argument()?;
                let base = self.boxed_argument()?;
                MathNode::Scripts { base, sub: None, sup: Some(over), placement: Placement::Limits }
            }
            "underset" => {
                let under = self.boxed_argument()?;
                let base = self.boxed_argument()?;
                MathNode::Scripts { base, sub: Some(under), sup: None, placement: Placement::Limits }
            }
            "xrightarrow" | "xleftarrow" | "xleftrightarrow" | "xRightarrow" | "xLeftarrow" | "xmapsto" => {
                self.long_arrow(name)?
            }
            "phantom" | "hphantom" => MathNode::Phantom(self.boxed_argument()?),
            "boxed" | "fbox" => MathNode::Boxed(self.boxed_argument()?),
            "smash" => self.argument()?,
            "textcolor" => {
                self.left_out_colour()?;
                self.argument()?
            }
            "mathrel" | "mathbin" | "mathop" | "mathopen" | "mathclose" | "mathord" | "mathpunct" | "mathinner" => {
                self.of_class(name)?
            }
            "not" => self.negated()?,
            "pmod" => {
                let modulus = self.argument()?;
                let [open, close] = [("(", MathClass::Opening), (")", MathClass::Closing)]
                    .map(|(text, class)| MathNode::Operator { text: text.to_owned(), class });
                let word = function("mod", Placement::Beside);
                MathNode::Row(vec![MathNode::Space(1.0), open, word, MathNode::Space(1.0 / 3.0), modulus, close])
            }
            _ => return self.lettered(name),
        }))
    }

    /// Words, alphabets, accents.
    fn lettered(&mut self, name: &str) -> Result<Option<MathNode>, Fault> {
        if let Some(alphabet) = Alphabet::of_command(name) {
            let node = self.deeper(|parser| {
                parser.alphabet = alphabet;
                parser.argument()
            })?;
            return Ok(Some(super::text::joined(node)));
        }
        if let Some(face) = super::text::face(name) {
            return self.words(face).map(Some);
        }
        if let Some(mark) = super::accent::mark(name) {
            return Ok(Some(MathNode::Accent { base: self.boxed_argument()?, mark }));
        }
        if name == "operatorname" {
            let placement = if self.starred()? { Placement::ByDisplay } else { Placement::Beside };
            return Ok(Some(function(&self.operator_name()?, placement)));
        }
        Ok(None)
    }

    /// Signs, room, delimiters of a size of their own, functions.
    fn small(&mut self, name: &str, range: &Range<usize>) -> Result<Option<MathNode>, Fault> {
        if let Some(width) = super::room::room(name) {
            return Ok(Some(MathNode::Space(width)));
        }
        if let Some((height, class)) = super::delimiter::size(name) {
            return self.sized_delimiter(height, class).map(Some);
        }
        if let Some((name, placement)) = known_function(name) {
            return Ok(Some(function(name, placement)));
        }
        if matches!(name, "hspace" | "kern" | "mkern" | "hskip" | "mskip") {
            return self.given_room(range).map(|width| Some(MathNode::Space(width)));
        }
        let sign = |text: &str, class| MathNode::Operator { text: text.to_owned(), class };
        Ok(match name {
            "{" => Some(sign("{", MathClass::Opening)),
            "}" => Some(sign("}", MathClass::Closing)),
            "|" => Some(self.identifier('‖')),
            "%" | "$" | "#" | "&" | "_" => name.chars().next().map(|c| self.identifier(c)),
            _ => symbol::symbol(name).map(|symbol| self.sign(symbol)),
        })
    }

    fn fraction_like(&mut self, name: &str) -> Result<MathNode, Fault> {
        let (above, beneath) = (self.argument()?, self.argument()?);
        let node = match name {
            "binom" | "dbinom" | "tbinom" => binomial(above, beneath),
            _ => fraction(above, beneath, FractionRule::Drawn),
        };
        Ok(match name {
            "dfrac" | "cfrac" | "dbinom" => MathNode::Sized(MathSize::Display, Box::new(node)),
            "tfrac" | "tbinom" => MathNode::Sized(MathSize::Text, Box::new(node)),
            _ => node,
        })
    }

    pub(super) fn boxed_argument(&mut self) -> Result<Box<MathNode>, Fault> {
        self.deeper(Self::argument).map(Box::new)
    }

    /// `*` behind a command, taken.
    pub(super) fn starred(&mut self) -> Result<bool, Fault> {
        let starred = self.peek() == Some(TokenKind::Char('*'));
        if starred {
            self.next()?;
        }
        Ok(starred)
    }

    /// Lines of `\substack`.
    fn lines(&mut self) -> Result<Vec<Vec<MathNode>>, Fault> {
        let mut tokens = self.braced_tokens()?;
        let mut rows = Vec::new();
        while !tokens.is_empty() {
            let end = tokens.iter().position(|token| token.kind == TokenKind::Command("\\"));
            let rest = end.map(|at| tokens.split_off(at + 1)).unwrap_or_default();
            if end.is_some() {
                tokens.pop();
            }
            rows.push(vec![self.tokens_as_row(tokens)?]);
            tokens = rest;
        }
        Ok(rows)
    }

    fn long_arrow(&mut self, name: &str) -> Result<MathNode, Fault> {
        let arrow = match name {
            "xleftarrow" => '←',
            "xleftrightarrow" => '↔',
            "xRightarrow" => '⇒',
            "xLeftarrow" => '⇐',
            "xmapsto" => '↦',
            _ => '→',
        };
        let below = self.optional_tokens()?;
        let sub = match below {
            Some(tokens) => Some(Box::new(self.tokens_as_row(tokens)?)),
            None => None,
        };
        let sup = Some(self.boxed_argument()?);
        let base = Box::new(MathNode::Stretched(arrow));
        Ok(MathNode::Scripts { base, sub, sup, placement: Placement::Limits })
    }

    fn of_class(&mut self, name: &str) -> Result<MathNode, Fault> {
        let node = *self.boxed_argument()?;
        let class = match name {
            "mathrel" => MathClass::Relation,
            "mathbin" => MathClass::Binary,
            "mathopen" => MathClass::Opening,
            "mathclose" => MathClass::Closing,
            "mathpunct" => MathClass::Punctuation,
            "mathop" => return Ok(super::text::as_function(node)),
            _ => MathClass::Ordinary,
        };
        Ok(class::reclassed(node, class))
    }

    /// `\not=`: the sign with a stroke through it, one character where Unicode has it.
    fn negated(&mut self) -> Result<MathNode, Fault> {
        use unicode_normalization::UnicodeNormalization as _;
        let node = *self.boxed_argument()?;
        let stroke = |text: String| text.chars().chain(['\u{338}']).nfc().collect::<String>();
        if let MathNode::Operator { text, class } = node {
            return Ok(MathNode::Operator { text: stroke(text), class });
        }
        let MathNode::Identifier { text, slant } = node else {
            return self.fault("`\\not` strikes through one sign only");
        };
        Ok(MathNode::Identifier { text: stroke(text), slant })
    }

    fn left_out_colour(&mut self) -> Result<(), Fault> {
        let start = self.here().start;
        self.braced_tokens()?;
        let range = start..self.here().end;
        self.left_out.push((range, "colours in formulas are the style's to give: this one is left out".to_owned()));
        Ok(())
    }
}

fn fraction(numerator: MathNode, denominator: MathNode, rule: FractionRule) -> MathNode {
    MathNode::Fraction { numerator: Box::new(numerator), denominator: Box::new(denominator), rule }
}

fn binomial(above: MathNode, beneath: MathNode) -> MathNode {
    let parts = vec![fraction(above, beneath, FractionRule::None)];
    MathNode::Fenced { open: Some('('), close: Some(')'), parts, middle: Vec::new() }
}

fn function(name: &str, placement: Placement) -> MathNode {
    MathNode::Function { name: name.to_owned(), placement }
}

/// Functions that TeX knows by name, and a few that everyone defines.
fn known_function(name: &str) -> Option<(&str, Placement)> {
    Some(match name {
        "arccos" | "arcsin" | "arctan" | "arg" | "cos" | "cosh" | "cot" | "coth" | "csc" | "deg" | "dim" | "exp"
        | "hom" | "ker" | "lg" | "ln" | "log" | "sec" | "sin" | "sinh" | "tan" | "tanh" | "sgn" => {
            (name, Placement::Beside)
        }
        "bmod" | "mod" => ("mod", Placement::Beside),
        "det" | "gcd" | "inf" | "lim" | "max" | "min" | "Pr" | "sup" | "lcm" => (name, Placement::ByDisplay),
        "argmax" => ("arg\u{2009}max", Placement::ByDisplay),
        "argmin" => ("arg\u{2009}min", Placement::ByDisplay),
        "limsup" | "varlimsup" => ("lim\u{2009}sup", Placement::ByDisplay),
        "liminf" | "varliminf" => ("lim\u{2009}inf", Placement::ByDisplay),
        _ => return None,
    })
}
