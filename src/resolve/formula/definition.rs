//! Macros that a formula defines for itself: `\newcommand`, `\renewcommand`, `\def`.
//!
//! In: a definition's tokens, or a call's. Out: the tokens that stand for the call. What a macro gives is counted
//! as it is read, so that one that grows without end stops.

use std::ops::Range;

use super::parser::{Fault, Parser};
use super::token::{Token, TokenKind};

/// A macro.
#[derive(Debug, Clone)]
pub(super) struct Definition<'s> {
    parameters: u8,
    /// What stands for a first argument that is left out.
    default: Option<Vec<Token<'s>>>,
    body: Vec<Token<'s>>,
}

impl Definition<'_> {
    /// Tokens that every call costs, even one that gives nothing.
    fn size(&self) -> usize {
        self.body.len() + self.default.as_ref().map_or(0, Vec::len)
    }
}

/// Tokens that one call may give.
const LONGEST_CALL: usize = 20_000;

impl<'s> Parser<'s> {
    /// `\newcommand{\name}[2][default]{body}`, the command read.
    pub(super) fn new_command(&mut self) -> Result<(), Fault> {
        self.starred()?;
        let name = self.defined_name()?;
        let parameters = match self.optional_tokens()? {
            Some(tokens) => match tokens.as_slice() {
                [Token { kind: TokenKind::Char(digit @ '1'..='9'), .. }] => *digit as u8 - b'0',
                _ => return self.fault("a macro has one to nine parameters"),
            },
            None => 0,
        };
        let default = self.optional_tokens()?;
        let body = self.braced_tokens()?;
        self.macros.insert(name, Definition { parameters, default, body });
        Ok(())
    }

    /// `\def\name#1#2{body}`, the command read.
    pub(super) fn define(&mut self) -> Result<(), Fault> {
        let name = self.defined_name()?;
        let mut parameters = 0;
        while let Some(TokenKind::Parameter(number)) = self.peek() {
            self.next()?;
            if number != parameters + 1 {
                return self.fault("a macro's parameters are `#1`, `#2` and so on, in this order");
            }
            parameters = number;
        }
        let body = self.braced_tokens()?;
        self.macros.insert(name, Definition { parameters, default: None, body });
        Ok(())
    }

    /// Puts what a macro stands for in its place.
    pub(super) fn expand(&mut self, definition: &Definition<'s>, call: Range<usize>) -> Result<(), Fault> {
        let mut arguments: Vec<Vec<Token<'s>>> = Vec::new();
        for number in 0..definition.parameters {
            let argument = match &definition.default {
                Some(default) if number == 0 => self.optional_tokens()?.unwrap_or_else(|| default.clone()),
                Some(_) | None => self.argument_tokens()?,
            };
            arguments.push(argument);
        }
        let mut given = Vec::new();
        for token in &definition.body {
            if let TokenKind::Parameter(number) = token.kind {
                match arguments.get(usize::from(number) - 1) {
                    Some(argument) => given.extend(argument),
                    None => return Err(Fault::new(call, format!("this macro has no parameter `#{number}`"))),
                }
            } else {
                given.push(token.at(call.clone()));
            }
            if given.len() > LONGEST_CALL {
                return Err(Fault::new(call, "this macro stands for more than a formula can hold"));
            }
        }
        self.given(given.len().max(definition.size()))?;
        self.put_back(given.into_iter());
        Ok(())
    }

    fn defined_name(&mut self) -> Result<&'s str, Fault> {
        self.skip_spaces();
        let braced = self.peek() == Some(TokenKind::Open);
        if braced {
            self.next()?;
            self.skip_spaces();
        }
        let Some(Token { kind: TokenKind::Command(name), .. }) = self.next()? else {
            return self.fault("a macro's name is missing");
        };
        self.skip_spaces();
        if braced && self.next()?.map(|token| token.kind) != Some(TokenKind::Close) {
            return self.fault("a macro's name is one command");
        }
        Ok(name)
    }

    /// `[…]`, if it stands here.
    pub(super) fn optional_tokens(&mut self) -> Result<Option<Vec<Token<'s>>>, Fault> {
        self.skip_spaces();
        if self.peek() != Some(TokenKind::Char('[')) {
            return Ok(None);
        }
        self.next()?;
        self.tokens_until(TokenKind::Char(']')).map(Some)
    }

    fn argument_tokens(&mut self) -> Result<Vec<Token<'s>>, Fault> {
        self.skip_spaces();
        if self.peek() == Some(TokenKind::Open) {
            return self.braced_tokens();
        }
        match self.next()? {
            Some(token) => Ok(vec![token]),
            None => self.fault("a macro's argument is missing"),
        }
    }

    /// `{…}`, which has to stand here.
    pub(super) fn braced_tokens(&mut self) -> Result<Vec<Token<'s>>, Fault> {
        self.skip_spaces();
        if self.peek() != Some(TokenKind::Open) {
            return self.fault("a `{` is missing behind this");
        }
        self.next()?;
        self.tokens_until(TokenKind::Close)
    }

    /// Tokens up to one that stands in no braces.
    fn tokens_until(&mut self, end: TokenKind<'_>) -> Result<Vec<Token<'s>>, Fault> {
        let start = self.here();
        let (mut tokens, mut depth) = (Vec::new(), 0_usize);
        while let Some(token) = self.next()? {
            match token.kind {
                kind if kind == end && depth == 0 => return Ok(tokens),
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                TokenKind::Command(_)
                | TokenKind::Char(_)
                | TokenKind::Sub
                | TokenKind::Sup
                | TokenKind::Align
                | TokenKind::Space
                | TokenKind::Parameter(_) => {}
            }
            tokens.push(token);
        }
        Err(Fault::new(start, "what opens here is never closed"))
    }
}
