//! Words within a formula: `\text{…}`, `\mathrm{max}`, `\operatorname{…}`.

use super::alphabet::Alphabet;
use super::parser::{Fault, Parser};
use super::token::{Token, TokenKind};
use super::tree::{MathNode, Placement, Slant, TextFace};

/// The face of a command that sets words.
pub(super) fn face(name: &str) -> Option<TextFace> {
    Some(match name {
        "text" | "textrm" | "textnormal" | "textup" | "textsf" | "mbox" | "hbox" => TextFace::Plain,
        "textbf" => TextFace::Bold,
        "textit" | "emph" => TextFace::Italic,
        "texttt" => TextFace::Mono,
        _ => return None,
    })
}

impl<'s> Parser<'s> {
    /// Words in braces, with formulas in dollar signs among them.
    pub(super) fn words(&mut self, face: TextFace) -> Result<MathNode, Fault> {
        let tokens = self.braced_tokens()?;
        let (mut nodes, mut text) = (Vec::new(), String::new());
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token.kind {
                TokenKind::Char('$') => {
                    flush(&mut text, face, &mut nodes);
                    let inner: Vec<Token<'s>> =
                        tokens.by_ref().take_while(|token| token.kind != TokenKind::Char('$')).collect();
                    nodes.push(self.deeper(|parser| {
                        parser.alphabet = Alphabet::Normal;
                        parser.tokens_as_row(inner)
                    })?);
                }
                TokenKind::Command(name) => match written(name) {
                    Some(c) => {
                        text.push_str(c);
                        // The space behind a name only ends it.
                        if name.ends_with(|c: char| c.is_ascii_alphabetic()) {
                            while tokens.next_if(|next| next.kind == TokenKind::Space).is_some() {}
                        }
                    }
                    None => {
                        let fault =
                            Fault::new(token.range(), format!("the command `\\{name}` is not known within text"));
                        return Err(fault.hint("close the text before it, or put it in dollar signs"));
                    }
                },
                TokenKind::Char('~') => text.push('\u{a0}'),
                TokenKind::Char('`') => text.push('‘'),
                TokenKind::Char('\'') => text.push('’'),
                TokenKind::Char(c) => text.push(c),
                TokenKind::Space => text.push(' '),
                TokenKind::Sub => text.push('_'),
                TokenKind::Sup => text.push('^'),
                TokenKind::Align => text.push('&'),
                TokenKind::Open | TokenKind::Close | TokenKind::Parameter(_) => {}
            }
        }
        flush(&mut text, face, &mut nodes);
        Ok(MathNode::row(nodes))
    }

    /// The words of `\operatorname{…}`.
    pub(super) fn operator_name(&mut self) -> Result<String, Fault> {
        let mut name = String::new();
        for token in self.braced_tokens()? {
            match token.kind {
                TokenKind::Char('-') => name.push('-'),
                TokenKind::Char(c) => name.push(c),
                TokenKind::Space | TokenKind::Open | TokenKind::Close => {}
                TokenKind::Command("," | ":" | ";" | " " | "thinspace") => name.push('\u{2009}'),
                TokenKind::Command(font) if Alphabet::of_command(font).is_some() || face(font).is_some() => {}
                TokenKind::Command(_)
                | TokenKind::Sub
                | TokenKind::Sup
                | TokenKind::Align
                | TokenKind::Parameter(_) => {
                    return Err(Fault::new(token.range(), "an operator's name holds letters only"));
                }
            }
        }
        Ok(name)
    }

    /// Tokens that were taken out, as a row of their own.
    pub(super) fn tokens_as_row(&mut self, tokens: Vec<Token<'s>>) -> Result<MathNode, Fault> {
        let here = self.here();
        self.put_back(tokens.into_iter().chain([Token::closing(here)]));
        self.group().map(|node| MathNode::row(node.pieces().to_vec()))
    }
}

fn flush(text: &mut String, face: TextFace, nodes: &mut Vec<MathNode>) {
    if !text.is_empty() {
        nodes.push(MathNode::Text { text: std::mem::take(text), face });
    }
}

/// What a command writes within text.
fn written(name: &str) -> Option<&'static str> {
    Some(match name {
        "%" => "%",
        "$" => "$",
        "&" => "&",
        "#" => "#",
        "_" => "_",
        "{" => "{",
        "}" => "}",
        " " | "," | ";" | ":" | "space" => " ",
        "quad" => "\u{2003}",
        "ldots" | "dots" | "textellipsis" => "…",
        "textendash" => "–",
        "textemdash" => "—",
        "S" => "§",
        "P" => "¶",
        "textdegree" | "degree" => "°",
        "euro" => "€",
        "pounds" => "£",
        "copyright" => "©",
        "textbackslash" => "\\",
        "textquoteright" => "’",
        _ => return None,
    })
}

/// Upright letters side by side are one word: `\mathrm{max}`.
pub(super) fn joined(node: MathNode) -> MathNode {
    let upright = |node: &MathNode| {
        let MathNode::Identifier { text, slant: Slant::Upright } = node else { return None };
        text.chars().all(|c| c.is_ascii_alphabetic()).then(|| text.clone())
    };
    let MathNode::Row(nodes) = node else { return node };
    let mut out: Vec<MathNode> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let before = out.last_mut().filter(|last| upright(last).is_some());
        match (before, upright(&node)) {
            (Some(MathNode::Identifier { text, .. }), Some(letters)) => text.push_str(&letters),
            (Some(_) | None, _) => out.push(node),
        }
    }
    MathNode::row(out)
}

/// `\mathop{…}`: upright words are a function.
pub(super) fn as_function(node: MathNode) -> MathNode {
    let placement = Placement::ByDisplay;
    let node = joined(node);
    if let MathNode::Identifier { text: name, slant: Slant::Upright } | MathNode::Text { text: name, .. } = node {
        return MathNode::Function { name, placement };
    }
    node
}
