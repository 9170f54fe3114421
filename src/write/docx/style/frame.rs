use super::super::xml::{Border, Indent, ParagraphBorders};
use crate::document::{Direction, Pt};
use crate::style::{Border as BorderToken, Color, ColorName, RoleStyle, Stylesheet};

/// The least that Word draws: a side without a border of its own gets this much of the fill's or the paper's colour,
/// because only a border gives a paragraph its padding.
const HAIRLINE: Pt = Pt(0.5);

/// What paragraph borders can hold of padding (`w:space`, ECMA-376 17.3.4).
const MOST_SPACE: f64 = 31.0;

/// What is drawn around a container's paragraphs: a box, a quote, details, a code block.
/// Word joins neighbours that have it alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Surround {
    /// Lines, and padding: left and right are sides of the paper (ECMA-376 17.3.1.17, 17.3.1.28).
    pub borders: ParagraphBorders,
    /// The line at the start, and that at the end.
    pub sides: (Option<Border>, Option<Border>),
    /// Fill.
    pub fill: Option<Color>,
    /// From the container's outer edge to its text, at the start.
    pub start: Pt,
    /// The same at the end.
    pub end: Pt,
}

impl Surround {
    /// From a role's borders, padding and fill, around text of this direction.
    pub fn of(role: &RoleStyle, style: &Stylesheet, direction: Direction) -> Self {
        let fill = role.fill.as_ref().map(|name| style.color(name));
        // Between rules above and below, text keeps its padding from sides that have no line.
        let ruled = role.borders.top.is_some() || role.borders.bottom.is_some();
        let paper = style.color(&ColorName("paper".to_owned()));
        let ground = fill.or_else(|| (ruled && role.padding.0 > 0.0).then_some(paper));
        let padding = Pt(role.padding.0.min(MOST_SPACE));
        let side = |token: &Option<BorderToken>| match (token, ground) {
            (Some(token), _) => Some(Border::single(token.width, padding, style.color(&token.color))),
            (None, Some(ground)) => Some(Border::single(HAIRLINE, padding, ground)),
            (None, None) => None,
        };
        let sides = (side(&role.borders.start), side(&role.borders.end));
        let (left, right) = sides_of_paper(sides, direction);
        let (top, bottom) = (side(&role.borders.top), side(&role.borders.bottom));
        let borders = ParagraphBorders { top, left, bottom, right, between: None };
        let room = |border: Option<Border>| border.map_or(Pt(0.0), |border| border.width + border.space);
        Self { borders, sides, fill, start: room(sides.0), end: room(sides.1) }
    }

    /// Whether it closes its text off: more than a line beside it.
    pub fn closes(&self) -> bool {
        self.fill.is_some() || self.borders.top.is_some() || self.borders.bottom.is_some()
    }

    /// The indents of a paragraph of it that stands at a container's edges.
    pub fn indent(&self, role: &RoleStyle) -> Indent {
        Indent { start: role.indent + self.start, end: role.indent_end + self.end, hang: Pt(0.0) }
    }
}

/// What stands at start and end, as left and right.
pub(super) fn sides_of_paper<T>((start, end): (T, T), direction: Direction) -> (T, T) {
    match direction {
        Direction::LeftToRight => (start, end),
        Direction::RightToLeft => (end, start),
    }
}
