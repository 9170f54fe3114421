//! Blocks of code: token by token, tabs as spaces, lines that wrap.

use super::change::{self, Shown};
use super::escape;
use super::fit::{self, Breaking};
use super::generator::Generator;
use crate::document::Block;
use crate::resolve::CodeToken;
use crate::style::RoleStyle;

impl Generator<'_> {
    pub(super) fn code(&mut self, block: &Block) {
        let lines = &self.doc.code[block.id];
        let role = self.style.role("code");
        let columns = fit::room(self.place.width - role.padding * 2.0, role.size, 0.602);
        let shown: Vec<Vec<CodeToken>> = lines.iter().map(|line| code_line(line)).collect();
        let plain: Vec<String> =
            shown.iter().map(|line| line.iter().map(|token| token.text.as_str()).collect()).collect();
        self.statement("code(");
        self.out.literal(&plain.join("\n"));
        self.out
            .push(&format!(", {}, ", Breaking::of(code_height(&plain, columns, role), self.text_height()).literal()));
        self.sequence(Self::waiting_anchors);
        for (at, line) in shown.iter().enumerate() {
            self.out.push(",\n");
            let changed = change::line(block, at).or(self.place.change);
            self.sequence(|g| g.code_line(line, columns, changed));
        }
        self.out.push(")");
    }

    fn code_line(&mut self, line: &[CodeToken], columns: usize, changed: Option<Shown>) {
        let Some(shown) = changed else {
            self.running = None;
            return line.iter().for_each(|token| self.code_token(token, columns));
        };
        self.running = self.running.filter(|before| before.look == shown.look);
        let text: String = line.iter().map(|token| token.text.as_str()).collect();
        let code = text.trim();
        let indent = text.len() - text.trim_start().len();
        self.code_text(&text[..indent], columns);
        self.change_number(shown);
        // Where nothing is, a sign stands for the line.
        self.changed(shown, |g| g.code_text(if code.is_empty() { "\u{b6}" } else { code }, columns));
    }

    pub(super) fn code_token(&mut self, token: &CodeToken, columns: usize) {
        let Some(name) = token.kind.name() else { return self.code_text(&token.text, columns) };
        self.statement("token(");
        self.out.literal(name);
        self.out.push(", ");
        self.sequence(|g| g.code_text(&token.text, columns));
        self.out.push(")");
    }

    pub(super) fn code_text(&mut self, text: &str, columns: usize) {
        self.breakable(&escape::pieces(text, columns.min(30)), Self::statement_literal);
    }
}

/// A line of code as it is shown, tabs as spaces.
fn code_line(line: &[CodeToken]) -> Vec<CodeToken> {
    let mut column = 0;
    let mut shown = Vec::with_capacity(line.len());
    for token in line {
        let text = escape::shown_code(&token.text, column);
        column += text.chars().count();
        shown.push(CodeToken { kind: token.kind, text });
    }
    shown
}

fn code_height(lines: &[String], columns: usize, role: &RoleStyle) -> f64 {
    let rows: usize = lines.iter().map(|line| line.chars().count().div_ceil(columns).max(1)).sum();
    rows as f64 * role.line.0 + role.padding.0 * 2.0
}
