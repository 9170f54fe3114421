use super::parser::{Fault, parse};
use super::tree::*;
use super::{environment, unknown};

fn fault(source: &str) -> Fault {
    parse(source).expect_err(source)
}

fn node(source: &str) -> MathNode {
    parse(source).map_or_else(|fault| panic!("{source}: {}", fault.message), |parsed| parsed.node)
}

/// The tree in a few characters: `frac(a, b)`.
fn told(node: &MathNode) -> String {
    let list = |nodes: &[MathNode]| nodes.iter().map(told).collect::<Vec<_>>().join(" ");
    let maybe = |node: &Option<Box<MathNode>>| node.as_ref().map_or_else(|| "-".to_owned(), |node| told(node));
    match node {
        MathNode::Row(nodes) => format!("[{}]", list(nodes)),
        MathNode::Identifier { text, slant: Slant::Italic } | MathNode::Number(text) => text.clone(),
        MathNode::Identifier { text, slant: Slant::Upright } => format!("up({text})"),
        MathNode::Operator { text, class } => format!("{class:?}({text})"),
        MathNode::Delimiter { text, class, height } => format!("{class:?}({text} {height})"),
        MathNode::Large(c) => format!("large({c})"),
        MathNode::Function { name, placement } => format!("{name}:{placement:?}"),
        MathNode::Stretched(c) => format!("stretched({c})"),
        MathNode::Text { text, face } => format!("{face:?}{text:?}"),
        MathNode::Space(width) => format!("~{width:.2}"),
        MathNode::Fraction { numerator, denominator, rule } => {
            format!("{rule:?}({} / {})", told(numerator), told(denominator))
        }
        MathNode::Root { radicand, index } => format!("root({}, {})", told(radicand), maybe(index)),
        MathNode::Scripts { base, sub, sup, placement } => {
            format!("{placement:?}({} _{} ^{})", told(base), maybe(sub), maybe(sup))
        }
        MathNode::Accent { base, mark } => format!("{mark:?}({})", told(base)),
        MathNode::Fenced { open, close, parts, middle } => {
            format!("fenced({open:?} {} {close:?} {middle:?})", list(parts))
        }
        MathNode::Grid(grid) => {
            let rows: Vec<String> = grid.rows.iter().map(|row| list(row)).collect();
            format!("{:?}{:?}({})", grid.kind, grid.columns, rows.join(" ; "))
        }
        MathNode::Sized(size, node) => format!("{size:?}({})", told(node)),
        MathNode::Phantom(node) => format!("phantom({})", told(node)),
        MathNode::Boxed(node) => format!("boxed({})", told(node)),
    }
}

#[test]
fn formulas_become_trees() {
    for (source, expected) in [
        ("a+b", "[a Binary(+) b]"),
        ("-a", "[Prefix(−) a]"),
        ("a=-b", "[a Relation(=) Prefix(−) b]"),
        ("x\\times-1", "[x Binary(×) Prefix(−) 1]"),
        ("a_i^2", "Beside(a _i ^2)"),
        ("a^2_i", "Beside(a _i ^2)"),
        ("x'", "Beside(x _- ^up(′))"),
        ("f''_n", "Beside(f _n ^up(″))"),
        ("f'^2", "Beside(f _- ^[up(′) 2])"),
        ("3.14", "3.14"),
        ("f(1,2)", "[f Opening(() 1 Punctuation(,) 2 Closing())]"),
        ("\\frac12", "Drawn(1 / 2)"),
        ("\\dfrac{a}{b}", "Display(Drawn(a / b))"),
        ("{a \\over b}+c", "[[Drawn(a / b)] Binary(+) c]"),
        ("\\binom nk", "fenced(Some('(') None(n / k) Some(')') [])"),
        ("\\sqrt[3]{x}", "root(x, 3)"),
        ("\\sum_{i=1}^n i", "[ByDisplay(large(∑) _[i Relation(=) 1] ^n) i]"),
        ("\\int_0^1", "Beside(large(∫) _0 ^1)"),
        ("\\int\\limits_0^1", "Limits(large(∫) _0 ^1)"),
        ("\\lim_{x\\to0}", "ByDisplay(lim:ByDisplay _[x Relation(→) 0] ^-)"),
        ("\\operatorname*{arg\\,max}_x", "ByDisplay(arg\u{2009}max:ByDisplay _x ^-)"),
        ("\\left( a \\rightarrow b \\right]", "fenced(Some('(') [a Relation(→) b] Some(']') [])"),
        ("\\left. a \\middle| b \\right\\}", "fenced(None a b Some('}') ['|'])"),
        ("\\bigl( x", "[Opening(( 1.2) x]"),
        ("\\mathbb{R}^n", "Beside(up(ℝ) _- ^n)"),
        ("\\mathrm{max}+\\mathbf{AB}", "[up(max) Binary(+) [up(𝐀) up(𝐁)]]"),
        ("\\text{\\S 3, 5\\% b}", "Plain\"§3, 5% b\""),
        ("\\text{if $x$ is 5\\%}", "[Plain\"if \" x Plain\" is 5%\"]"),
        ("\\hat{x}\\vec v", "[Over('\\u{302}', Letter)(x) Over('\\u{20d7}', Letter)(v)]"),
        ("\\underbrace{a}_{n}", "Limits(Underbrace('⏟')(a) _n ^-)"),
        ("\\overset{!}{=}", "Limits(Relation(=) _- ^Closing(!))"),
        ("\\xrightarrow[b]{a}", "Limits(stretched(→) _b ^a)"),
        ("a \\not= b \\not\\in C", "[a Relation(≠) b Relation(∉) C]"),
        (
            "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
            "fenced(Some('(') Matrix[Center, Center](1 2 ; 3 4) Some(')') [])",
        ),
        (
            "\\begin{cases}a&x>0\\\\b\\end{cases}",
            "fenced(Some('{') Cases[Left, Left](a [x Relation(>) 0] ; b []) None [])",
        ),
        (
            "\\begin{aligned}a&=b\\\\[1ex]&=c\\\\\\end{aligned}",
            "Lines[Right, Left](a [Relation(=) b] ; [] [Relation(=) c])",
        ),
        ("\\begin{array}{r@{}l}a&b\\end{array}", "Matrix[Right, Left](a b)"),
        ("\\substack{a\\\\b}", "Stack[Center](a ; b)"),
        ("\\newcommand{\\half}[1]{\\frac{#1}{2}} \\half{x}+\\half y", "[Drawn(x / 2) Binary(+) Drawn(y / 2)]"),
        ("\\def\\R{\\mathbb R}x\\in\\R", "[x Relation(∈) up(ℝ)]"),
        ("\\frac\\pi2", "Drawn(π / 2)"),
        ("x^\\frac12", "Beside(x _- ^Drawn(1 / 2))"),
        ("a\\,b\\quad c", "[a ~0.17 b ~1.00 c]"),
        ("\\hspace{2em}x\\kern1.5pt y", "[~2.00 x ~0.15 y]"),
        ("a\\pmod{n}", "[a [~1.00 Opening(() mod:Beside ~0.33 n Closing())]]"),
        ("% nothing\nx", "x"),
        ("", "[]"),
        ("{}^2", "Beside([] _- ^2)"),
        ("\\displaystyle\\sum x", "Display([large(∑) x])"),
        ("\\rm d x", "[up(d) up(x)]"),
        ("|x|", "[up(|) x up(|)]"),
        ("年", "up(年)"),
    ] {
        assert_eq!(told(&node(source)), expected, "{source}");
    }
}

#[test]
fn faults_name_their_place_and_a_way_out() {
    for (source, range, message, hint) in [
        ("a + \\aplha", 4..10, "the command `\\aplha` is not known", "did you mean `\\alpha`?"),
        ("\\begin{pmatrx}", 0..14, "no environment is called `pmatrx`", "did you mean `\\begin{pmatrix}`?"),
        ("a & b", 2..3, "a `&` stands outside of rows and columns", "put the lines in"),
        ("x_1_2", 3..4, "two subscripts stand on one thing", "put the first in braces"),
        ("\\left( a", 7..8, "a `\\left` has no `\\right`", ""),
        ("{a", 1..2, "a `{` is never closed", ""),
        ("a}", 1..2, "a `}` closes nothing", ""),
        ("\\frac1", 5..6, "something is missing at the end", ""),
        ("\\tag{1}", 0..4, "the command `\\tag` is not known", "give the formula a label behind it"),
        ("\\left x y \\right)", 6..7, "a delimiter is missing here", "write one like"),
        ("\\def\\x{\\x\\x}\\x", 12..14, "this formula grows without end as its macros are replaced", ""),
        ("\\begin{matrix}a\\end{pmatrix}", 15..28, "`\\begin{matrix}` is closed by `\\end{pmatrix}`", ""),
        ("\\text{a \\alpha}", 8..14, "the command `\\alpha` is not known within text", "close the text before it"),
    ] {
        let fault = fault(source);
        assert_eq!((fault.range, fault.message.as_str()), (range, message), "{source}");
        assert!(fault.hint.unwrap_or_default().starts_with(hint), "{source}");
    }
}

#[test]
fn what_macros_give_is_bounded_whether_it_is_read_or_not() {
    let long = "x".repeat(15_000);
    for source in [
        format!("\\def\\a{{\\a {long}}}\\a"),
        format!("\\newcommand\\a[1][{long}]{{\\a}}\\a"),
        format!("\\def\\a#1{{\\a{{}}{}}}\\a{{}}", "#1".repeat(7_000)),
    ] {
        assert_eq!(fault(&source).message, "this formula grows without end as its macros are replaced");
    }
}

#[test]
fn what_is_left_out_is_said() {
    let left_out =
        |source: &str| parse(source).expect(source).left_out.into_iter().map(|(range, _)| range).collect::<Vec<_>>();
    assert_eq!(left_out("\\color{red}x"), vec![0..11; 1]);
    assert_eq!(left_out("\\begin{array}{c|c}a&b\\\\\\hline\\end{array}").len(), 2);
}

#[test]
fn every_command_that_is_suggested_is_known() {
    for name in unknown::names() {
        let tried = ["", " x", "{x}", "{x}{y}", "(", "{red}{x}", "{\\x}{y}", "\\x{y}"];
        let known = |tail: &&str| {
            let source = format!("\\{name}{tail}");
            parse(&source).err().is_none_or(|fault| !fault.message.ends_with("is not known"))
        };
        assert!(tried.iter().any(known), "\\{name}");
    }
    for name in environment::names() {
        assert!(parse(&format!("\\begin{{{name}}}{{c}}a\\end{{{name}}}")).is_ok(), "{name}");
    }
}

#[test]
fn hostile_formulas_end_soon() {
    for source in [
        "{".repeat(15_000),
        "\\frac".repeat(3_000),
        "x^{".repeat(5_000),
        "\\left(".repeat(3_000),
        "\\begin{matrix}".repeat(1_000),
        "&".repeat(19_000),
        format!("\\begin{{matrix}}{}\\end{{matrix}}", "&".repeat(9_000)),
        format!("\\begin{{matrix}}{}{}\\end{{matrix}}", "&".repeat(90), "\\\\".repeat(5_000)),
        format!("\\def\\a{{{}}}\\def\\b{{{}}}\\b", "x".repeat(999), "\\a".repeat(999)),
        "a\\over ".repeat(2_000),
        "\\sqrt[".repeat(2_000),
        "\\text{$".repeat(2_000),
        "\\displaystyle".repeat(1_500),
        "\\newcommand".repeat(1_500),
        "\\char é \\color{#éaéa} \\hspace{\u{2003}}".to_owned(),
        "x".repeat(1_000_000),
    ] {
        let _ = parse(&source);
    }
}

proptest::proptest! {
    /// Strings of what TeX is made of never panic the parser, and faults point into them.
    #[test]
    fn anything_is_read_or_refused(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let source: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        if let Err(fault) = parse(&source) {
            proptest::prop_assert!(source.get(fault.range).is_some(), "{source}");
        }
    }

    #[test]
    fn any_text_is_read_or_refused(source in "\\PC{0,40}") {
        if let Err(fault) = parse(&source) {
            proptest::prop_assert!(source.get(fault.range).is_some(), "{source}");
        }
    }
}

const PIECES: &[&str] = &[
    "a",
    "1",
    ".",
    " ",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "^",
    "_",
    "&",
    "'",
    "$",
    "#1",
    "~",
    "|",
    "%",
    "\n",
    "é",
    "年",
    "\\",
    "\\\\",
    "\\frac",
    "\\sqrt",
    "\\left",
    "\\right",
    "\\middle",
    "\\text",
    "\\mathbb",
    "\\hat",
    "\\sum",
    "\\int",
    "\\limits",
    "\\over",
    "\\begin{matrix}",
    "\\end{matrix}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\newcommand",
    "\\def",
    "\\x",
    "\\substack",
    "\\operatorname",
    "\\not",
    "\\big",
    "\\color",
    "\\xrightarrow",
    "\\displaystyle",
    "\\rm",
    "-",
    "\\hspace",
    "\\mathop",
    "\\underbrace",
    "\\begin{array}",
    "\\pmod",
];
