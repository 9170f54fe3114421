//! Rows, pieces and scripts: the frame of the grammar (The TeXbook, chapters 16 to 18).
//!
//! In: tokens. Out: [`MathNode`]s, or the first [`Fault`] with the bytes it is at. Depth, macros and pieces are
//! bounded, so that no formula costs more than a page does.

use std::collections::BTreeMap;
use std::ops::Range;

use super::alphabet::Alphabet;
use super::class;
use super::command::Said;
use super::definition::Definition;
use super::symbol::{self, SymbolKind};
use super::token::{Token, TokenKind, tokens};
use super::tree::{MathClass, MathNode};

/// Bytes of a formula.
const LONGEST: usize = 20_000;
/// Groups within one another; Typst's own depth has an end.
const DEEPEST: usize = 24;
/// Tokens read, and tokens that macros give, whether they are read or not.
const MOST_TOKENS: usize = 60_000;

/// A formula that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed {
    pub(super) node: MathNode,
    /// What was left out: where, and what to say of it.
    pub(super) left_out: Vec<(Range<usize>, String)>,
}

/// Why a formula cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The bytes of the formula.
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Reads a formula.
pub(super) fn parse(source: &str) -> Result<Parsed, Fault> {
    if source.len() > LONGEST {
        let message = format!("this formula is longer than {LONGEST} bytes");
        return Err(
            Fault::new(0..source.len(), message).hint("is this a formula, or something between two dollar signs?")
        );
    }
    let mut parser = Parser::new(source);
    let nodes = parser.row(Stop::End)?;
    let (node, left_out) = (MathNode::row(nodes), parser.left_out);
    Ok(Parsed { node, left_out })
}

/// What ends a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The formula's end.
    End,
    /// `}`
    Close,
    /// `\right` or `\middle`
    Right,
    /// `&`, `\\` or `\end`
    Cell,
    /// `]`
    Bracket,
}

pub(super) struct Parser<'s> {
    /// What is still to be read, the next token last.
    pub(super) input: Vec<Token<'s>>,
    pub(super) macros: BTreeMap<&'s str, Definition<'s>>,
    pub(super) alphabet: Alphabet,
    pub(super) left_out: Vec<(Range<usize>, String)>,
    depth: usize,
    read: usize,
    given: usize,
    /// Where the last token stood.
    last: Range<usize>,
}

impl<'s> Parser<'s> {
    fn new(source: &'s str) -> Self {
        let mut input = tokens(source);
        input.reverse();
        let end = source.len();
        let (macros, left_out) = (BTreeMap::new(), Vec::new());
        Self { input, macros, alphabet: Alphabet::Normal, left_out, depth: 0, read: 0, given: 0, last: end..end }
    }

    /// The next token, spaces included.
    pub(super) fn next(&mut self) -> Result<Option<Token<'s>>, Fault> {
        self.read += 1;
        self.bounded(self.read)?;
        let token = self.input.pop();
        if let Some(token) = token {
            self.last = token.range();
        }
        Ok(token)
    }

    /// Counts tokens that a macro gives: one that calls itself first puts ever more before what is never read.
    pub(super) fn given(&mut self, tokens: usize) -> Result<(), Fault> {
        self.given += tokens;
        self.bounded(self.given)
    }

    fn bounded(&self, tokens: usize) -> Result<(), Fault> {
        if tokens > MOST_TOKENS {
            return self.fault("this formula grows without end as its macros are replaced");
        }
        Ok(())
    }

    /// The next token, which stays.
    pub(super) fn peek(&self) -> Option<TokenKind<'s>> {
        self.input.last().map(|token| token.kind)
    }

    /// Leaves spaces out.
    pub(super) fn skip_spaces(&mut self) {
        while self.peek() == Some(TokenKind::Space) {
            self.input.pop();
        }
    }

    /// Tokens to be read next.
    pub(super) fn put_back(&mut self, tokens: impl DoubleEndedIterator<Item = Token<'s>>) {
        self.input.extend(tokens.rev());
    }

    /// Where the last token stood.
    pub(super) fn here(&self) -> Range<usize> {
        self.last.clone()
    }

    pub(super) fn fault<T>(&self, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault::new(self.here(), message))
    }

    /// Reads one level deeper.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth >= DEEPEST {
            return self.fault(format!("this formula nests deeper than {DEEPEST}"));
        }
        self.depth += 1;
        let alphabet = self.alphabet;
        let value = read(self);
        self.alphabet = alphabet;
        self.depth -= 1;
        value
    }

    /// Pieces up to what ends the row; a brace that closes it is taken.
    pub(super) fn row(&mut self, stop: Stop) -> Result<Vec<MathNode>, Fault> {
        let mut nodes = Vec::new();
        loop {
            self.skip_spaces();
            if self.stops(stop)? {
                break;
            }
            match self.piece()? {
                Said::Node(node) => {
                    let node = self.scripts(node)?;
                    nodes.push(node);
                }
                Said::Nothing => {}
                Said::Infix(infix) => {
                    let after = self.deeper(|parser| parser.row(stop))?;
                    let (before, after) = (class::settled(nodes), after);
                    return Ok(vec![infix.between(MathNode::row(before), MathNode::row(after))]);
                }
                Said::Rest(size) => {
                    let rest = self.deeper(|parser| parser.row(stop))?;
                    nodes.push(MathNode::Sized(size, Box::new(MathNode::row(rest))));
                    break;
                }
            }
        }
        Ok(class::settled(nodes))
    }

    /// Whether the row ends here.
    fn stops(&mut self, stop: Stop) -> Result<bool, Fault> {
        let ends = match (stop, self.peek()) {
            (Stop::End, None) => true,
            (Stop::Close, None) => return self.fault("a `{` is never closed"),
            (Stop::Right, None) => return self.fault("a `\\left` has no `\\right`"),
            (Stop::Cell, None) => return self.fault("a `\\begin` has no `\\end`"),
            (Stop::Bracket, None) => return self.fault("a `[` is never closed"),
            (Stop::Close, Some(TokenKind::Close))
            | (Stop::Right, Some(TokenKind::Command("right" | "middle")))
            | (Stop::Cell, Some(TokenKind::Align | TokenKind::Command("\\" | "cr" | "end" | "tabularnewline")))
            | (Stop::Bracket, Some(TokenKind::Char(']'))) => true,
            (_, Some(_)) => false,
        };
        if ends && matches!(stop, Stop::Close | Stop::Bracket) {
            self.next()?;
        }
        Ok(ends)
    }

    /// One piece without its scripts.
    fn piece(&mut self) -> Result<Said, Fault> {
        if matches!(self.peek(), Some(TokenKind::Sub | TokenKind::Sup)) {
            return Ok(Said::Node(MathNode::empty()));
        }
        let Some(token) = self.next()? else { return Ok(Said::Nothing) };
        match token.kind {
            TokenKind::Open => self.group().map(Said::Node),
            TokenKind::Command(name) => self.command(name, token.range()),
            TokenKind::Char(c) if c.is_ascii_digit() => Ok(Said::Node(self.number(c))),
            TokenKind::Char(c) => self.character(c, token.range()).map(Said::Node),
            TokenKind::Close => self.fault("a `}` closes nothing"),
            TokenKind::Align => self
                .fault("a `&` stands outside of rows and columns")
                .map_err(|fault| fault.hint("put the lines in `\\begin{aligned}` … `\\end{aligned}`, or write `\\&`")),
            TokenKind::Parameter(_) => self.fault("a `#` stands outside of a macro"),
            TokenKind::Space | TokenKind::Sub | TokenKind::Sup => Ok(Said::Nothing),
        }
    }

    /// What stands in braces, the first of which is read.
    pub(super) fn group(&mut self) -> Result<MathNode, Fault> {
        self.deeper(|parser| parser.row(Stop::Close)).map(MathNode::Row)
    }

    /// A command's argument: a group, or one piece.
    pub(super) fn argument(&mut self) -> Result<MathNode, Fault> {
        self.skip_spaces();
        let Some(token) = self.next()? else { return self.fault("something is missing at the end") };
        match token.kind {
            TokenKind::Open => self.group().map(|node| MathNode::row(node.pieces().to_vec())),
            TokenKind::Char(c) => self.character(c, token.range()),
            TokenKind::Command(name) => self.deeper(|parser| match parser.command(name, token.range())? {
                Said::Node(node) => Ok(node),
                // A macro was replaced: its first piece is the argument.
                Said::Nothing => parser.argument(),
                Said::Infix(_) | Said::Rest(_) => parser
                    .fault(format!("`\\{name}` cannot stand here"))
                    .map_err(|fault| fault.hint("put it in braces")),
            }),
            TokenKind::Close | TokenKind::Align | TokenKind::Sub | TokenKind::Sup | TokenKind::Parameter(_) => {
                self.fault("something is missing before this")
            }
            TokenKind::Space => self.argument(),
        }
    }

    /// A number: digits, and a point between two of them.
    fn number(&mut self, first: char) -> MathNode {
        let mut text = String::from(first);
        loop {
            match self.peek() {
                Some(TokenKind::Char(c)) if c.is_ascii_digit() => text.push(c),
                Some(TokenKind::Char('.')) if self.digit_follows() => text.push('.'),
                Some(_) | None => break,
            }
            self.input.pop();
        }
        MathNode::Number(text.chars().map(|c| self.alphabet.letter(c).0).collect())
    }

    fn digit_follows(&self) -> bool {
        let second = self.input.len().checked_sub(2).and_then(|at| self.input.get(at));
        second.is_some_and(|token| matches!(token.kind, TokenKind::Char(c) if c.is_ascii_digit()))
    }

    fn character(&mut self, c: char, range: Range<usize>) -> Result<MathNode, Fault> {
        Ok(match c {
            '$' => return Err(Fault::new(range, "a `$` stands within a formula").hint("write `\\$`")),
            '#' => return Err(Fault::new(range, "a `#` stands outside of a macro").hint("write `\\#`")),
            '~' | '\u{a0}' => MathNode::Space(0.25),
            '\'' => return Ok(self.primes()),
            '0'..='9' => MathNode::Number(self.alphabet.letter(c).0.to_string()),
            _ => {
                let class = symbol::class_of(c);
                if class == MathClass::Ordinary {
                    self.identifier(symbol::shown(c))
                } else {
                    MathNode::Operator { text: symbol::shown(c).to_string(), class }
                }
            }
        })
    }

    /// A letter in the alphabet in force.
    pub(super) fn identifier(&self, c: char) -> MathNode {
        let (c, slant) = self.alphabet.letter(c);
        MathNode::Identifier { text: c.to_string(), slant }
    }

    /// A sign by its command.
    pub(super) fn sign(&self, symbol: symbol::Symbol) -> MathNode {
        let first = symbol.text.chars().next().unwrap_or_default();
        match symbol.kind {
            SymbolKind::Sum | SymbolKind::Integral => MathNode::Large(first),
            SymbolKind::Sign(MathClass::Ordinary) => self.identifier(first),
            SymbolKind::Sign(class) => MathNode::Operator { text: symbol.text.to_owned(), class },
        }
    }
}
