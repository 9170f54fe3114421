//! What is raised, lowered, over and under: `x_i^2`, `f''`, `\sum\limits_i`.

use super::class;
use super::parser::{Fault, Parser};
use super::token::TokenKind;
use super::tree::{AccentMark, MathNode, Placement, Slant};

impl Parser<'_> {
    /// Primes with nothing before them.
    pub(super) fn primes(&mut self) -> MathNode {
        MathNode::Identifier { text: prime(1 + self.more_primes()), slant: Slant::Upright }
    }

    fn more_primes(&mut self) -> usize {
        let mut count = 0;
        while self.peek() == Some(TokenKind::Char('\'')) {
            self.input.pop();
            count += 1;
        }
        count
    }

    /// A piece with the scripts that follow it.
    pub(super) fn scripts(&mut self, base: MathNode) -> Result<MathNode, Fault> {
        let (mut sub, mut sup) = (None, None);
        let mut placement = natural_placement(&base);
        loop {
            self.skip_spaces();
            match self.peek() {
                Some(TokenKind::Command("limits")) => placement = Placement::Limits,
                Some(TokenKind::Command("nolimits")) => placement = Placement::Beside,
                Some(TokenKind::Command("displaylimits")) => placement = Placement::ByDisplay,
                Some(TokenKind::Sub) => {
                    self.next()?;
                    self.script(&mut sub, "two subscripts stand on one thing")?;
                    continue;
                }
                Some(TokenKind::Sup) => {
                    self.next()?;
                    self.script(&mut sup, "two superscripts stand on one thing")?;
                    continue;
                }
                Some(TokenKind::Char('\'')) if sup.is_none() => {
                    let text = prime(self.more_primes());
                    let primes = MathNode::Identifier { text, slant: Slant::Upright };
                    // `f'^2`: the power stands behind the prime.
                    sup = Some(if self.peek() == Some(TokenKind::Sup) {
                        self.next()?;
                        let power = self.deeper(Self::argument)?;
                        MathNode::Row(vec![primes, power])
                    } else {
                        primes
                    });
                    continue;
                }
                Some(_) | None => break,
            }
            self.next()?;
        }
        if sub.is_none() && sup.is_none() {
            return Ok(base);
        }
        let (base, sub, sup) = (Box::new(base), sub.map(Box::new), sup.map(Box::new));
        Ok(MathNode::Scripts { base, sub, sup, placement })
    }

    fn script(&mut self, slot: &mut Option<MathNode>, twice: &str) -> Result<(), Fault> {
        if slot.is_some() {
            return self.fault(twice).map_err(|fault| fault.hint("put the first in braces with what carries it"));
        }
        *slot = Some(self.deeper(Self::argument)?);
        Ok(())
    }
}

/// One to four primes are characters of their own.
fn prime(count: usize) -> String {
    match count {
        1 => "′".to_owned(),
        2 => "″".to_owned(),
        3 => "‴".to_owned(),
        4 => "⁗".to_owned(),
        _ => "′".repeat(count),
    }
}

/// Where scripts stand if nothing is said.
fn natural_placement(base: &MathNode) -> Placement {
    match base {
        MathNode::Large(c) if !class::is_integral(*c) => Placement::ByDisplay,
        MathNode::Function { placement, .. } => *placement,
        MathNode::Accent { mark: AccentMark::Overbrace(_) | AccentMark::Underbrace(_), .. } => Placement::Limits,
        MathNode::Stretched(_) => Placement::Limits,
        MathNode::Row(_)
        | MathNode::Identifier { .. }
        | MathNode::Number(_)
        | MathNode::Operator { .. }
        | MathNode::Delimiter { .. }
        | MathNode::Large(_)
        | MathNode::Text { .. }
        | MathNode::Space(_)
        | MathNode::Fraction { .. }
        | MathNode::Root { .. }
        | MathNode::Scripts { .. }
        | MathNode::Accent { .. }
        | MathNode::Fenced { .. }
        | MathNode::Grid(_)
        | MathNode::Sized(..)
        | MathNode::Phantom(_)
        | MathNode::Boxed(_) => Placement::Beside,
    }
}
