//! Formulas as MathML Core (W3C, MathML Core 1): what every browser of today draws by itself.
//!
//! In: a [`MathNode`]. Out: a `math` element whose `alttext` is the alternative text. Room around signs is said where
//! the operator dictionary would give another than TeX.

use super::block::own;
use super::writer::{Tag, Writer};
use crate::document::{Block, Formula, FormulaForm, NodeId};
use crate::resolve::{
    AccentMark, FormulaInfo, FractionRule, GridColumn, GridKind, MathClass, MathGrid, MathNode, MathSize, Placement,
    Reach, Slant, TextFace,
};

/// A formula for itself, with its number at the end; one that is too wide is scrolled.
pub(super) fn write_block(w: &mut Writer, block: &Block, formula: &Formula) {
    let doc = w.doc;
    let Some((info, node)) = shown(w, block.id) else {
        let number = doc.formulas.get(block.id).and_then(|info| info.number.as_ref());
        let tag = number.map_or(Tag::new("p"), |_| Tag::new("p").class("formula"));
        let tag = own(w, tag, block);
        return w.block(tag, |w| {
            write_source(w, formula);
            if let Some(number) = number {
                w.inline(Tag::new("span").class("number"), |w| w.text(number));
            }
        });
    };
    let tag = Tag::new("div").class("formula scroll").attr("tabindex", "0").attr("role", "group");
    let tag = own(w, tag.attr("aria-label", doc.terms.equation), block);
    w.block(tag, |w| {
        let tag = Tag::new("math").attr("display", "block").attr("alttext", info.alternative.as_str());
        w.inline(tag, |w| pieces(w, node.pieces()));
        if let Some(number) = &info.number {
            w.inline(Tag::new("span").class("number"), |w| w.text(number));
        }
    });
}

/// A formula within a line.
pub(super) fn write(w: &mut Writer, id: NodeId, formula: &Formula) {
    let Some((info, node)) = shown(w, id) else { return write_source(w, formula) };
    let tag = Tag::new("math").maybe("id", w.anchor(id)).attr("alttext", info.alternative.as_str());
    let tag = match info.form {
        FormulaForm::Display => tag.attr("displaystyle", "true"),
        FormulaForm::Line => tag,
    };
    w.inline(tag, |w| pieces(w, node.pieces()));
}

fn shown<'a>(w: &Writer<'a>, id: NodeId) -> Option<(&'a FormulaInfo, &'a MathNode)> {
    let info = w.doc.formulas.get(id)?;
    Some((info, info.shown.as_ref()?))
}

/// The source of what cannot be read.
fn write_source(w: &mut Writer, formula: &Formula) {
    w.inline(Tag::new("code"), |w| w.in_mono(|w| w.text(formula.source.trim())));
}

/// Nodes one after another, functions with the room that their neighbours leave.
fn pieces(w: &mut Writer, nodes: &[MathNode]) {
    for (at, node) in nodes.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| nodes.get(at)).is_some_and(ends_thing);
        let after = nodes.get(at + 1).is_some_and(begins_thing);
        write_node(w, node, Room { before, after });
    }
}

/// Whether a function has room on its sides.
#[derive(Clone, Copy)]
struct Room {
    before: bool,
    after: bool,
}

const NO_ROOM: Room = Room { before: false, after: false };

fn ends_thing(node: &MathNode) -> bool {
    !matches!(node, MathNode::Operator { class, .. } | MathNode::Delimiter { class, .. } if *class != MathClass::Closing)
        && !matches!(node, MathNode::Space(_) | MathNode::Large(_))
}

fn begins_thing(node: &MathNode) -> bool {
    !matches!(
        node,
        MathNode::Operator { .. } | MathNode::Delimiter { .. } | MathNode::Fenced { .. } | MathNode::Space(_)
    )
}

/// One element for a node: several stand in a row.
fn child(w: &mut Writer, node: &MathNode) {
    match node.pieces() {
        [only] => write_node(w, only, NO_ROOM),
        several => w.inline(Tag::new("mrow"), |w| pieces(w, several)),
    }
}

fn write_node(w: &mut Writer, node: &MathNode, room: Room) {
    if matches!(node, MathNode::Root { .. }) {
        w.need_sign("√");
    }
    match node {
        MathNode::Row(_) => child(w, node),
        MathNode::Identifier { text, slant } => identifier(w, text, *slant),
        MathNode::Number(text) => sign(w, Tag::new("mn"), text),
        MathNode::Operator { text, class } => operator(w, text, *class),
        MathNode::Delimiter { text, class, height } => {
            let height = format!("{height}em");
            let tag = spaced(text, *class).attr("stretchy", "true").attr("symmetric", "true");
            sign(w, tag.attr("minsize", height.as_str()).attr("maxsize", height), text);
        }
        MathNode::Large(c) => sign(w, Tag::new("mo"), &c.to_string()),
        MathNode::Function { name, .. } => function(w, name, room),
        MathNode::Stretched(c) => sign(w, Tag::new("mo").attr("stretchy", "true"), &c.to_string()),
        MathNode::Text { text, face } => words(w, text, *face),
        MathNode::Space(width) => w.inline(Tag::new("mspace").attr("width", em(*width)), |_| {}),
        MathNode::Fraction { numerator, denominator, rule } => {
            let tag = match rule {
                FractionRule::Drawn => Tag::new("mfrac"),
                FractionRule::None => Tag::new("mfrac").attr("linethickness", "0"),
            };
            several(w, tag, [numerator, denominator]);
        }
        MathNode::Root { radicand, index: None } => w.inline(Tag::new("msqrt"), |w| pieces(w, radicand.pieces())),
        MathNode::Root { radicand, index: Some(index) } => several(w, Tag::new("mroot"), [radicand, index]),
        MathNode::Scripts { base, sub, sup, placement } => {
            scripts(w, base, [sub.as_deref(), sup.as_deref()], *placement, room);
        }
        MathNode::Accent { base, mark } => accent(w, base, *mark),
        MathNode::Fenced { open, close, parts, middle } => w.inline(Tag::new("mrow"), |w| {
            fence(w, *open, "prefix");
            for (at, part) in parts.iter().enumerate() {
                child(w, part);
                fence(w, middle.get(at).copied(), "infix");
            }
            fence(w, *close, "postfix");
        }),
        MathNode::Grid(grid) => write_grid(w, grid),
        MathNode::Sized(size, node) => w.inline(sized(*size), |w| pieces(w, node.pieces())),
        MathNode::Phantom(node) => w.inline(Tag::new("mphantom"), |w| pieces(w, node.pieces())),
        MathNode::Boxed(node) => w.inline(Tag::new("mrow").class("framed"), |w| pieces(w, node.pieces())),
    }
}

fn several<const N: usize>(w: &mut Writer, tag: Tag, nodes: [&MathNode; N]) {
    w.inline(tag, |w| nodes.into_iter().for_each(|node| child(w, node)));
}

/// A token element; its letters come from the font for formulas.
fn sign(w: &mut Writer, tag: Tag, text: &str) {
    w.inline(tag, |w| w.sign(text));
}

fn identifier(w: &mut Writer, text: &str, slant: Slant) {
    if text.chars().all(|c| matches!(c, '′' | '″' | '‴' | '⁗')) {
        return sign(w, Tag::new("mo").attr("lspace", "0").attr("rspace", "0"), text);
    }
    // A letter that stands alone is slanted unless it is said not to be (MathML Core 2.1.5).
    let mut chars = text.chars();
    let slants = |c: char| c.is_ascii_alphabetic() || matches!(c, 'Α'..='Ω' | 'α'..='ω' | '∇' | '∂' | 'ı' | 'ȷ');
    let alone = chars.next().is_some_and(slants) && chars.next().is_none();
    let tag =
        if alone && slant == Slant::Upright { Tag::new("mi").attr("mathvariant", "normal") } else { Tag::new("mi") };
    sign(w, tag, text);
}

fn operator(w: &mut Writer, text: &str, class: MathClass) {
    sign(w, operator_tag(text, class), text);
}

/// As [`spaced`], in its own size where it would grow with its neighbours.
fn operator_tag(text: &str, class: MathClass) -> Tag {
    let tag = spaced(text, class);
    if text.chars().all(grows) { tag.attr("stretchy", "false") } else { tag }
}

/// Whether a sign grows with what stands beside it (MathML Core, appendix B).
fn grows(c: char) -> bool {
    let delimits = matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '|' | '‖' | '⟨' | '⟩' | '⌈'..='⌋' | '∣' | '∥');
    delimits || matches!(c, '←'..='⇿' | '⟵'..='⟿' | '/' | '\\')
}

/// `mo` with TeX's room around it (The TeXbook, chapter 18).
fn spaced(text: &str, class: MathClass) -> Tag {
    let (form, before, after) = match class {
        MathClass::Ordinary | MathClass::Prefix | MathClass::Opening => ("prefix", "0", "0"),
        MathClass::Binary => ("infix", "0.2222em", "0.2222em"),
        MathClass::Relation => ("infix", "0.2778em", "0.2778em"),
        MathClass::Closing => ("postfix", "0", "0"),
        MathClass::Punctuation => ("infix", "0", "0.1667em"),
    };
    let tag = Tag::new("mo").attr("form", form);
    let known = matches!(text, "+" | "−" | "=" | "<" | ">" | "≤" | "≥" | "≠" | "≈" | "×" | "⋅" | "∈");
    if known && form == "infix" { tag } else { tag.attr("lspace", before).attr("rspace", after) }
}

fn function(w: &mut Writer, name: &str, room: Room) {
    let width = |has: bool| if has { "0.1667em" } else { "0" };
    let tag =
        Tag::new("mo").attr("form", "prefix").attr("lspace", width(room.before)).attr("rspace", width(room.after));
    sign(w, tag.attr("movablelimits", "true"), name);
}

/// Words in the running text's font; spaces at the ends would collapse.
fn words(w: &mut Writer, text: &str, face: TextFace) {
    let inner = text.trim_matches(' ');
    let (before, after) =
        (text.len() - text.trim_start_matches(' ').len(), text.len() - text.trim_end_matches(' ').len());
    let text = match inner {
        "" => "\u{a0}".repeat(text.len().min(8)),
        inner => format!("{}{inner}{}", "\u{a0}".repeat(before.min(8)), "\u{a0}".repeat(after.min(8))),
    };
    w.inline(Tag::new("mtext"), |w| match face {
        TextFace::Plain => w.text(&text),
        TextFace::Bold => w.inline(Tag::new("b"), |w| w.in_bold(|w| w.text(&text))),
        TextFace::Italic => w.inline(Tag::new("i"), |w| w.in_italic(|w| w.text(&text))),
        TextFace::Mono => w.inline(Tag::new("code"), |w| w.in_mono(|w| w.text(&text))),
    });
}

fn scripts(w: &mut Writer, base: &MathNode, [sub, sup]: [Option<&MathNode>; 2], placement: Placement, room: Room) {
    let name = match (placement, sub.is_some(), sup.is_some()) {
        (Placement::Beside, true, true) => "msubsup",
        (Placement::Beside, true, false) => "msub",
        (Placement::Beside, false, _) => "msup",
        (Placement::Limits | Placement::ByDisplay, true, true) => "munderover",
        (Placement::Limits | Placement::ByDisplay, true, false) => "munder",
        (Placement::Limits | Placement::ByDisplay, false, _) => "mover",
    };
    w.inline(Tag::new(name), |w| {
        match base {
            MathNode::Large(c) => {
                let movable = if placement == Placement::ByDisplay { "true" } else { "false" };
                sign(w, Tag::new("mo").attr("movablelimits", movable), &c.to_string());
            }
            MathNode::Row(_)
            | MathNode::Identifier { .. }
            | MathNode::Number(_)
            | MathNode::Operator { .. }
            | MathNode::Delimiter { .. }
            | MathNode::Function { .. }
            | MathNode::Stretched(_)
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
            | MathNode::Boxed(_) => match base.pieces() {
                [only] => write_node(w, only, room),
                _ => child(w, base),
            },
        }
        [sub, sup].into_iter().flatten().for_each(|script| child(w, script));
    });
}

fn accent(w: &mut Writer, base: &MathNode, mark: AccentMark) {
    let stretched = |reach: Reach| if reach == Reach::Whole { "true" } else { "false" };
    let (tag, stretchy, shown) = match mark {
        AccentMark::Over(c, reach) => (Tag::new("mover").attr("accent", "true"), stretched(reach), spacing(c)),
        AccentMark::Overline => (Tag::new("mover").attr("accent", "true"), "true", '‾'),
        AccentMark::Underline => (Tag::new("munder").attr("accentunder", "true"), "true", '_'),
        AccentMark::Overbrace(c) => (Tag::new("mover"), "true", c),
        AccentMark::Underbrace(c) => (Tag::new("munder"), "true", c),
    };
    w.inline(tag, |w| {
        child(w, base);
        sign(w, Tag::new("mo").attr("stretchy", stretchy), &shown.to_string());
    });
}

/// The sign that stands for a combining mark where it stands for itself.
fn spacing(mark: char) -> char {
    match mark {
        '\u{300}' => '`',
        '\u{301}' => '´',
        '\u{302}' => '^',
        '\u{303}' => '~',
        '\u{304}' => '¯',
        '\u{306}' => '˘',
        '\u{307}' => '˙',
        '\u{308}' => '¨',
        '\u{30a}' => '˚',
        '\u{30c}' => 'ˇ',
        '\u{20d6}' => '←',
        '\u{20d7}' => '→',
        '\u{20e1}' => '↔',
        mark => mark,
    }
}

fn fence(w: &mut Writer, delimiter: Option<char>, form: &'static str) {
    if let Some(c) = delimiter {
        let tag = Tag::new("mo").attr("form", form).attr("fence", "true").attr("stretchy", "true");
        sign(w, tag, &c.to_string());
    }
}

fn write_grid(w: &mut Writer, grid: &MathGrid) {
    let tag = match grid.kind {
        GridKind::Matrix => Tag::new("mtable"),
        GridKind::Small => Tag::new("mtable").class("small"),
        GridKind::Stack => Tag::new("mtable").class("stack"),
        GridKind::Cases => Tag::new("mtable").class("cases"),
        GridKind::Lines => Tag::new("mtable").class("lines").attr("displaystyle", "true"),
    };
    w.inline(tag, |w| {
        for row in &grid.rows {
            w.inline(Tag::new("mtr"), |w| {
                for (cell, column) in row.iter().zip(&grid.columns) {
                    let side = match column {
                        GridColumn::Left => Some("left"),
                        GridColumn::Center => None,
                        GridColumn::Right => Some("right"),
                    };
                    w.inline(Tag::new("mtd").maybe("class", side), |w| pieces(w, cell.pieces()));
                }
            });
        }
    });
}

fn sized(size: MathSize) -> Tag {
    let (display, level) = match size {
        MathSize::Display => ("true", "0"),
        MathSize::Text => ("false", "0"),
        MathSize::Script => ("false", "1"),
        MathSize::ScriptScript => ("false", "2"),
    };
    Tag::new("mstyle").attr("displaystyle", display).attr("scriptlevel", level)
}

/// A length in em, four decimals at most.
fn em(width: f64) -> String {
    format!("{}em", (width * 10_000.0).round() / 10_000.0)
}
