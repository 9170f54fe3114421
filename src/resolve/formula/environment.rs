//! `\begin{…}` to `\end{…}`: rows and columns.
//!
//! In: the tokens behind `\begin`. Out: a [`MathGrid`], with its delimiters if it has any.

use std::ops::Range;

use super::parser::{Fault, Parser, Stop};
use super::token::{Token, TokenKind};
use super::tree::{GridColumn, GridKind, MathGrid, MathNode};
use crate::diag::nearest;

/// Names of environments; a star is left out.
const NAMES: &[&str] = &[
    "matrix",
    "pmatrix",
    "bmatrix",
    "Bmatrix",
    "vmatrix",
    "Vmatrix",
    "smallmatrix",
    "array",
    "cases",
    "dcases",
    "rcases",
    "drcases",
    "aligned",
    "align",
    "alignat",
    "alignedat",
    "split",
    "gather",
    "gathered",
    "multline",
    "equation",
    "eqnarray",
    "subarray",
    "flalign",
];

/// Columns that an array may have.
const MOST_COLUMNS: usize = 100;
/// Cells that a grid may have.
const MOST_CELLS: usize = 5_000;

/// How the columns of an environment stand.
enum Columns {
    /// All alike.
    All(GridColumn),
    /// Right, left, right, left.
    Pairs,
    /// As said.
    These(Vec<GridColumn>),
}

impl<'s> Parser<'s> {
    /// An environment, `\begin` read.
    pub(super) fn environment(&mut self) -> Result<MathNode, Fault> {
        let (name, range) = self.environment_name()?;
        let plain = name.strip_suffix('*').unwrap_or(&name);
        let (kind, columns) = match plain {
            "matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "vmatrix" | "Vmatrix" => {
                let starred = if name.ends_with('*') { self.optional_tokens()? } else { None };
                let column = starred.and_then(|tokens| self::columns(&tokens).first().copied());
                (GridKind::Matrix, Columns::All(column.unwrap_or(GridColumn::Center)))
            }
            "smallmatrix" => (GridKind::Small, Columns::All(GridColumn::Center)),
            "array" => (GridKind::Matrix, Columns::These(self.array_columns(&range)?)),
            "subarray" => {
                let columns = self.array_columns(&range)?;
                (GridKind::Stack, Columns::All(columns[0]))
            }
            "cases" | "dcases" | "rcases" | "drcases" => (GridKind::Cases, Columns::All(GridColumn::Left)),
            "alignat" | "alignedat" => {
                self.braced_tokens()?;
                (GridKind::Lines, Columns::Pairs)
            }
            "aligned" | "align" | "split" | "flalign" => {
                self.optional_tokens()?;
                (GridKind::Lines, Columns::Pairs)
            }
            "eqnarray" => {
                let columns = vec![GridColumn::Right, GridColumn::Center, GridColumn::Left];
                (GridKind::Lines, Columns::These(columns))
            }
            "gather" | "gathered" | "multline" | "equation" => (GridKind::Lines, Columns::All(GridColumn::Center)),
            _ => return Err(unknown(&name, plain, range)),
        };
        let rows = self.deeper(|parser| parser.grid_rows(&name))?;
        if rows.len() * rows.iter().map(Vec::len).max().unwrap_or(1) > MOST_CELLS {
            return Err(Fault::new(range, format!("this has more than {MOST_CELLS} cells")));
        }
        Ok(fenced(plain, grid(kind, columns, rows)))
    }

    fn environment_name(&mut self) -> Result<(String, Range<usize>), Fault> {
        let begin = self.here();
        let tokens = self.braced_tokens()?;
        Ok((text(&tokens), begin.start..self.here().end))
    }

    fn array_columns(&mut self, range: &Range<usize>) -> Result<Vec<GridColumn>, Fault> {
        self.optional_tokens()?;
        let tokens = self.braced_tokens()?;
        let lines = tokens.iter().any(|token| matches!(token.kind, TokenKind::Char('|' | ':')));
        if lines {
            self.left_out.push((range.clone(), "the lines between the columns of an array are not drawn".to_owned()));
        }
        let columns = columns(&tokens);
        if columns.is_empty() || columns.len() > MOST_COLUMNS {
            let fault = Fault::new(range.clone(), "this array does not say its columns");
            return Err(fault.hint("write a letter for each, `l`, `c` or `r`: `\\begin{array}{lcr}`"));
        }
        Ok(columns)
    }

    /// Rows up to `\end{name}`, which is taken.
    fn grid_rows(&mut self, name: &str) -> Result<Vec<Vec<MathNode>>, Fault> {
        let mut rows = vec![Vec::new()];
        loop {
            self.lines_in_grid()?;
            // Each cell has its own alphabet.
            let cell = self.deeper(|parser| parser.row(Stop::Cell)).map(MathNode::row)?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            match self.next()?.map(|token| token.kind) {
                Some(TokenKind::Align) => {}
                Some(TokenKind::Command("end")) => break,
                // The room that `\\[2ex]` asks for is the style's to give.
                Some(TokenKind::Command(_)) => {
                    if self.peek() == Some(TokenKind::Char('[')) {
                        self.optional_tokens()?;
                    }
                    rows.push(Vec::new());
                }
                Some(_) | None => return self.fault("a `\\begin` has no `\\end`"),
            }
        }
        let (end, range) = self.environment_name()?;
        if end != name {
            return Err(Fault::new(range, format!("`\\begin{{{name}}}` is closed by `\\end{{{end}}}`")));
        }
        if rows.len() > 1 && rows.last().is_some_and(|row| matches!(row.as_slice(), [only] if only.pieces().is_empty()))
        {
            rows.pop();
        }
        Ok(rows)
    }

    fn lines_in_grid(&mut self) -> Result<(), Fault> {
        self.skip_spaces();
        while let Some(TokenKind::Command("hline" | "hdashline")) = self.peek() {
            self.next()?;
            self.left_out.push((self.here(), "the lines between the rows of an array are not drawn".to_owned()));
            self.skip_spaces();
        }
        Ok(())
    }
}

fn unknown(name: &str, plain: &str, range: Range<usize>) -> Fault {
    let fault = Fault::new(range, format!("no environment is called `{name}`"));
    match nearest(plain, NAMES.iter().copied()) {
        Some(near) => fault.hint(format!("did you mean `\\begin{{{near}}}`?")),
        None => fault,
    }
}

fn text(tokens: &[Token<'_>]) -> String {
    let char = |token: &Token<'_>| if let TokenKind::Char(c) = token.kind { Some(c) } else { None };
    tokens.iter().filter_map(char).collect()
}

fn columns(tokens: &[Token<'_>]) -> Vec<GridColumn> {
    let column = |c: char| match c {
        'l' => Some(GridColumn::Left),
        'c' => Some(GridColumn::Center),
        'r' => Some(GridColumn::Right),
        _ => None,
    };
    text(tokens).chars().filter_map(column).collect()
}

/// Every row with as many cells as there are columns.
fn grid(kind: GridKind, columns: Columns, mut rows: Vec<Vec<MathNode>>) -> MathGrid {
    let count = rows.iter().map(Vec::len).max().unwrap_or(1).min(MOST_COLUMNS);
    let columns = match columns {
        Columns::All(column) => vec![column; count],
        Columns::Pairs => [GridColumn::Right, GridColumn::Left].into_iter().cycle().take(count).collect(),
        Columns::These(mut these) => {
            these.resize(count.max(these.len()), GridColumn::Center);
            these
        }
    };
    for row in &mut rows {
        // What stands beyond the columns that may be goes on in the last.
        let beyond = row.split_off(row.len().min(columns.len()));
        if let Some(last) = row.last_mut().filter(|_| !beyond.is_empty()) {
            let before = std::mem::replace(last, MathNode::empty());
            *last = MathNode::Row(std::iter::once(before).chain(beyond).collect());
        }
        row.resize(columns.len(), MathNode::empty());
    }
    MathGrid { kind, columns, rows }
}

fn fenced(name: &str, grid: MathGrid) -> MathNode {
    let (open, close) = match name {
        "pmatrix" => (Some('('), Some(')')),
        "bmatrix" => (Some('['), Some(']')),
        "Bmatrix" => (Some('{'), Some('}')),
        "vmatrix" => (Some('|'), Some('|')),
        "Vmatrix" => (Some('‖'), Some('‖')),
        "cases" | "dcases" => (Some('{'), None),
        "rcases" | "drcases" => (None, Some('}')),
        _ => return MathNode::Grid(grid),
    };
    MathNode::Fenced { open, close, parts: vec![MathNode::Grid(grid)], middle: Vec::new() }
}

/// Names of environments, for suggestions and tests.
#[cfg(test)]
pub(super) fn names() -> &'static [&'static str] {
    NAMES
}
