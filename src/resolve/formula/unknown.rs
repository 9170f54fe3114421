//! Commands that are not known, and what may be meant.

use std::ops::Range;

use super::parser::Fault;
use super::symbol;
use crate::diag::nearest;

/// Commands that take arguments or change what follows, for suggestions.
const NAMES: &str = "frac dfrac tfrac cfrac binom dbinom tbinom sqrt left right middle big Big bigg Bigg bigl bigr text textrm \
    textbf textit texttt mbox mathrm mathit mathbf boldsymbol bm mathbb mathcal mathscr mathfrak mathsf \
    mathtt operatorname overset underset stackrel overline underline overbrace underbrace overbracket \
    underbracket overparen underparen hat widehat bar tilde widetilde vec dot ddot dddot acute grave breve \
    check mathring overrightarrow overleftarrow overleftrightarrow underrightarrow underleftarrow xrightarrow \
    xleftarrow begin end substack limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle color \
    textcolor phantom hphantom vphantom smash boxed not quad qquad pmod bmod mod over choose atop mathrel \
    mathbin mathop mathopen mathclose mathord mathpunct newcommand renewcommand def sin cos tan log ln exp \
    lim max min sup inf det gcd Pr argmax argmin limsup liminf";

/// Every command that is known.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.split_whitespace().chain(symbol::names())
}

/// What to say of a command that means nothing, or nothing here.
pub(super) fn unknown(name: &str, range: Range<usize>) -> Fault {
    let hint = match name {
        "label" | "tag" | "ref" | "eqref" => {
            Some("give the formula a label behind it, `$$ … $$ {#eq-name}`, and refer to it by `@eq-name`".to_owned())
        }
        "right" => Some("a `\\left` has to stand before it".to_owned()),
        "end" => Some("a `\\begin` has to stand before it".to_owned()),
        "\\" | "cr" => Some("put the lines in `\\begin{aligned}` … `\\end{aligned}`".to_owned()),
        _ => nearest_command(name).map(|near| format!("did you mean `\\{near}`?")),
    };
    let known = matches!(name, "right" | "end" | "\\" | "cr" | "middle");
    let message = match known {
        true => format!("`\\{name}` stands where it means nothing"),
        false => format!("the command `\\{name}` is not known"),
    };
    let fault = Fault::new(range, message);
    match hint {
        Some(hint) => fault.hint(hint),
        None => fault,
    }
}

/// The command that is meant; of `\alpha` and `\Alpha` the one that begins alike.
fn nearest_command(name: &str) -> Option<&'static str> {
    let alike = |other: &&'static str| other.starts_with(|c: char| name.starts_with(c));
    let all = || names();
    nearest(name, all().filter(alike)).or_else(|| nearest(name, all()))
}
