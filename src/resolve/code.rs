//! Code in colours.
//!
//! In: code blocks. Out: their lines as [`CodeToken`]s. Loads the languages only when a block names one.

use std::collections::HashSet;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, CodeBlock, Document};

/// A piece of a code line in one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeToken {
    /// What it is.
    pub kind: CodeTokenKind,
    /// The text, without line ending.
    pub text: String,
}

/// Kinds of code tokens; their colours are the palette's `code_<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeTokenKind {
    /// Anything else: the role's own colour.
    Plain,
    /// Keywords, tags.
    Keyword,
    /// Strings.
    String,
    /// Numbers and other literals.
    Number,
    /// Comments; in italics.
    Comment,
    /// Names of types, functions, attributes.
    Name,
}

impl CodeTokenKind {
    /// Palette entry, and class in HTML; `None` for plain text.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Keyword => Some("code_keyword"),
            Self::String => Some("code_string"),
            Self::Number => Some("code_number"),
            Self::Comment => Some("code_comment"),
            Self::Name => Some("code_name"),
        }
    }
}

/// Colours every code block whose language is known; the others are plain.
pub(super) fn resolve(document: &Document, notes: &[usize], found: &mut Diagnostics) -> SideTable<Vec<Vec<CodeToken>>> {
    let mut blocks = Blocks { found, unknown: HashSet::new(), table: SideTable::default() };
    reading::read(document, notes, &mut blocks);
    blocks.table
}

struct Blocks<'s> {
    found: &'s mut Diagnostics,
    /// Languages that were reported.
    unknown: HashSet<String>,
    table: SideTable<Vec<Vec<CodeToken>>>,
}

impl<'a> Read<'a> for Blocks<'_> {
    fn block(&mut self, block: &'a Block, _place: &Place<'a>) {
        if let BlockKind::CodeBlock(code) = &block.kind {
            let literal = code.literal.replace("\r\n", "\n").replace('\r', "\n");
            let lines = match self.syntax(block, code) {
                Some(syntax) if literal.len() <= LONGEST_CODE => colour(&literal, syntax),
                Some(_) | None => plain(&literal),
            };
            self.table.insert(block.id, lines);
        }
    }
}

impl Blocks<'_> {
    fn syntax(&mut self, block: &Block, code: &CodeBlock) -> Option<&'static SyntaxReference> {
        let language = code.language().filter(|language| !is_plain(language))?;
        let syntax = find(language);
        if syntax.is_none() && self.unknown.insert(language.to_lowercase()) {
            let message = format!("no language is called `{language}`");
            let fault = Diagnostic::new(Code::UnknownCodeLanguage, block.span, message);
            self.found.push(fault.hint("the code is set without colours; `text` says that this is meant"));
        }
        syntax
    }
}

/// Longer code is not coloured: it would take seconds.
const LONGEST_CODE: usize = 200_000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Words that say that there is no language.
fn is_plain(language: &str) -> bool {
    ["text", "txt", "plain", "plaintext", "none", "output", "console-output"]
        .contains(&language.to_lowercase().as_str())
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.trim_start_matches(['{', '.']).trim_end_matches('}').to_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, known)| known);
    SYNTAXES.find_syntax_by_token(name)
}

/// Names that writers use and the languages' files do not know.
const ALIASES: [(&str, &str); 9] = [
    ("shell", "sh"),
    ("console", "sh"),
    ("shell-session", "sh"),
    ("shellsession", "sh"),
    ("golang", "go"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("csharp", "cs"),
    ("objective-c", "m"),
];

/// Longer lines are not coloured: patterns may take quadratic time on them.
const LONGEST_LINE: usize = 4_000;

fn plain(literal: &str) -> Vec<Vec<CodeToken>> {
    let token = |text: &str| CodeToken { kind: CodeTokenKind::Plain, text: text.to_owned() };
    literal.lines().map(|line| if line.is_empty() { Vec::new() } else { vec![token(line)] }).collect()
}

fn colour(literal: &str, syntax: &SyntaxReference) -> Vec<Vec<CodeToken>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = Vec::new();
    for line in literal.split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            lines.extend(plain(line));
            continue;
        }
        lines.push(colour_line(line, &mut state, &mut stack));
    }
    lines
}

/// One line's tokens, neighbours of one kind joined.
fn colour_line(line: &str, state: &mut ParseState, stack: &mut ScopeStack) -> Vec<CodeToken> {
    let operations = state.parse_line(line, &SYNTAXES).unwrap_or_default();
    let mut tokens: Vec<CodeToken> = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, kind: CodeTokenKind| {
        let text = text.trim_end_matches(['\n', '\r']);
        match tokens.last_mut() {
            Some(last) if last.kind == kind || text.trim().is_empty() => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => tokens.push(CodeToken { kind, text: text.to_owned() }),
        }
    };
    for (position, operation) in operations {
        push(&line[at..position], kind(stack));
        at = position;
        // An operation that does not fit the stack leaves it as it is: the colours suffer, the text does not.
        let _ = stack.apply(&operation);
    }
    push(&line[at..], kind(stack));
    tokens
}

fn kind(stack: &ScopeStack) -> CodeTokenKind {
    static KINDS: LazyLock<Vec<(Scope, CodeTokenKind)>> = LazyLock::new(|| {
        let named = [
            ("comment", CodeTokenKind::Comment),
            ("string", CodeTokenKind::String),
            ("constant", CodeTokenKind::Number),
            ("keyword.operator", CodeTokenKind::Plain),
            ("keyword", CodeTokenKind::Keyword),
            ("storage", CodeTokenKind::Keyword),
            ("entity.name.tag", CodeTokenKind::Keyword),
            ("markup.heading", CodeTokenKind::Keyword),
            ("entity.name", CodeTokenKind::Name),
            ("entity.other.attribute-name", CodeTokenKind::Name),
            ("support", CodeTokenKind::Name),
            ("variable.function", CodeTokenKind::Name),
        ];
        named.into_iter().filter_map(|(name, kind)| Some((Scope::new(name).ok()?, kind))).collect()
    });
    let scopes = stack.as_slice().iter().rev();
    let mut kinds = scopes.filter_map(|scope| KINDS.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)));
    kinds.next().map_or(CodeTokenKind::Plain, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_lose_no_text() {
        let source = "fn main() { // start\n    let s = \"a\\n\";\n\n    call(s, 42)\n}\n";
        let lines = colour(source, find("rust").expect("Rust is known"));
        let text: Vec<String> =
            lines.iter().map(|line| line.iter().map(|token| token.text.as_str()).collect()).collect();
        assert_eq!(text, source.lines().collect::<Vec<_>>());
        let kinds: Vec<CodeTokenKind> = lines.concat().iter().map(|token| token.kind).collect();
        for expected in [CodeTokenKind::Keyword, CodeTokenKind::Comment, CodeTokenKind::String, CodeTokenKind::Number] {
            assert!(kinds.contains(&expected), "{expected:?} is missing from {lines:?}");
        }
    }

    #[test]
    fn common_names_of_languages_are_known() {
        for name in ["json", "yaml", "toml", "python", "sh", "bash", "html", "css", "js", "xml", "sql", "typescript"] {
            assert!(find(name).is_some(), "{name}");
        }
        assert!(find("no-such-language").is_none());
    }
}
